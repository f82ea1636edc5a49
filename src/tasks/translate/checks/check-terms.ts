import type { GlossaryTerm } from "../../../files/glossary/types.ts";
import type { CheckedPair, CheckFinding } from "./check-types.ts";

/** Terms of the glossary that the source uses and the translation should, and those that it must not use. */
export function checkTerms({ source, target, glossary, to, from }: CheckedPair): CheckFinding[] {
  const findings: CheckFinding[] = [];
  for (const term of glossary?.terms ?? []) {
    if (!usesTerm(source, term.source, from, term.caseSensitive)) continue;
    const finding = judge(term, target, to);
    if (finding) findings.push(finding);
  }
  return findings;
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
  const [where, what] = caseSensitive ? [text, term] : [text.toLowerCase(), term.toLowerCase()];
  if (withoutSpaces.test(language)) return where.includes(what);
  return termPattern(what).test(where);
}

const patterns = new Map<string, RegExp>();

function termPattern(term: string): RegExp {
  const known = patterns.get(term);
  if (known) return known;
  const words = term.split(/\s+/).map((word) => inflected(word));
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{M}\\p{N}])${words.join("[\\s\\u00a0-]+")}(?![\\p{L}\\p{M}\\p{N}])`,
    "u",
  );
  if (patterns.size > 5000) patterns.clear();
  patterns.set(term, pattern);
  return pattern;
}

/** A word's stem with any short ending; a short word or one with digits as it is, but for a plural. */
function inflected(word: string): string {
  const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  if (!/^[\p{L}\p{M}]+$/u.test(word)) return escaped(word);
  if (word.length < 4) return `${escaped(word)}(?:e?s|en|e)?`;
  const cut = word.length > 6 ? 2 : 1;
  return `${escaped(word.slice(0, word.length - cut))}[\\p{L}\\p{M}]{0,${cut + 3}}`;
}
