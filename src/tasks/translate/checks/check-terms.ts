import type { GlossaryTerm } from "../../../files/glossary/types.ts";
import type { CheckedPair, CheckFinding } from "./check-types.ts";

/** Terms of the glossary that the source uses and the translation should, and those that it must not use. */
export function checkTerms({ source, target, glossary, to, from }: CheckedPair): CheckFinding[] {
  const findings: CheckFinding[] = [];
  for (const { term } of termsIn(source, glossary?.terms ?? [], from)) {
    const finding = judge(term, target, to);
    if (finding) findings.push(finding);
  }
  return findings;
}

/** A term that a text uses, and the words there that are it. */
export type UsedTerm = { readonly term: GlossaryTerm; readonly words: readonly string[] };

/** The terms that a source text uses. What a longer term covers is no use of a shorter one. */
export function termsIn(text: string, terms: readonly GlossaryTerm[], language: string): UsedTerm[] {
  let rest = text;
  const found = new Map<RegExp, string[]>();
  const patternOf = ({ source, caseSensitive = false }: GlossaryTerm): RegExp =>
    termPattern(source, { caseSensitive, language, isSource: true });
  for (const term of terms.toSorted((a, b) => b.source.length - a.source.length)) {
    const pattern = patternOf(term);
    if (found.has(pattern)) continue;
    const words: string[] = [];
    rest = rest.replace(pattern, (word) => {
      words.push(word);
      return "\u0001";
    });
    found.set(pattern, words);
  }
  return terms.flatMap((term) => {
    const words = found.get(patternOf(term)) ?? [];
    return words.length > 0 ? [{ term, words }] : [];
  });
}

function judge(term: GlossaryTerm, target: string, to: string): CheckFinding | undefined {
  if (term.kind === "keep")
    return target.includes(term.source)
      ? undefined
      : { kind: "terms", severity: "serious", text: `“${term.source}” must stay as it is` };
  const used = term.targets.find((each) => usesTerm(target, each, to, term.caseSensitive));
  if (term.kind === "approved" && used === undefined)
    return {
      kind: "terms",
      severity: "minor",
      text: `“${term.source}” should be “${term.targets.join("” or “")}”`,
    };
  if (term.kind === "forbidden" && used !== undefined)
    return { kind: "forbidden-term", severity: "serious", text: `“${used}” must not be used` };
  return undefined;
}

const withoutSpaces = /^(ja|zh|th|lo|km|my)\b/i;

/** True when the text has the term, each word of it inflected at its end or not. */
export function usesTerm(text: string, term: string, language: string, caseSensitive = false): boolean {
  return text.search(termPattern(term, { caseSensitive, language, isSource: false })) >= 0;
}

type PatternOptions = {
  readonly caseSensitive: boolean;
  readonly language: string;
  readonly isSource: boolean;
};

const patterns = new Map<string, RegExp>();

function termPattern(term: string, options: PatternOptions): RegExp {
  const key = [term, options.caseSensitive, options.language, options.isSource].join("\0");
  const known = patterns.get(key);
  if (known) return known;
  const pattern = new RegExp(termSource(term.trim(), options), options.caseSensitive ? "gu" : "giu");
  if (patterns.size > 5000) patterns.clear();
  patterns.set(key, pattern);
  return pattern;
}

function termSource(term: string, { language, isSource }: PatternOptions): string {
  if (withoutSpaces.test(language)) return escaped(term);
  const isEnglish = isSource && /^en\b/i.test(language);
  const words = term.split(/\s+/).map(isEnglish ? englishForms : inflected);
  return `(?<![\\p{L}\\p{M}\\p{N}])${words.join("[\\s\\u00a0-]+")}(?![\\p{L}\\p{M}\\p{N}])`;
}

/** Signs that mean something in a pattern; a hyphen outside of brackets means none, and mustn't be escaped there. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** A word's stem with any short ending; a short word or one with digits as it is, but for a plural. */
function inflected(word: string): string {
  if (!/^[\p{L}\p{M}]+$/u.test(word)) return escaped(word);
  if (word.length < 4) return `${escaped(word)}(?:e?s|en|e)?`;
  const cut = word.length > 6 ? 2 : 1;
  return `${escaped(word.slice(0, word.length - cut))}[\\p{L}\\p{M}]{0,${cut + 3}}`;
}

/** An English noun in singular and plural: by its stem `state` would be in every station. */
function englishForms(word: string): string {
  const endingIn = (ending: RegExp, forms: string): string | undefined =>
    ending.test(word) ? `${escaped(word.replace(ending, ""))}(?:${forms})` : undefined;
  return (
    endingIn(/(?<=[^aeiou])y$/i, "y|ies") ??
    endingIn(/man$/i, "man|men") ??
    endingIn(/um$/i, "ums?|a") ??
    endingIn(/fe?$/i, "fe?|fe?s|ves") ??
    endingIn(/child$/i, "child|children") ??
    `${escaped(word)}(?:e?s)?`
  );
}
