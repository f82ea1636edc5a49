import { checkClaims } from "./check-claims.ts";
import { checkFacts } from "./check-facts.ts";
import { checkForm, checkPunctuation, wordCount } from "./check-form.ts";
import { checkOperators } from "./check-operators.ts";
import { checkRelations } from "./check-relations.ts";
import { type Language, languageOf } from "./language-of.ts";
import { mendSpelling } from "./mend-spelling.ts";
import type { RewriteKind } from "./rewrite-kind.ts";
import { type Token, tokensOf } from "./text-tokens.ts";
import { tightenPhrases } from "./tighten-phrases.ts";

/** Why a candidate is refused, in a word that can be counted. */
export type ObjectionCode =
  | "new-name"
  | "new-number"
  | "new-date"
  | "new-address"
  | "new-claim"
  | "lost-name"
  | "lost-number"
  | "lost-date"
  | "lost-address"
  | "lost-term"
  | "lost-placeholder"
  | "lost-content"
  | "negation"
  | "modality"
  | "condition"
  | "quantity"
  | "number-context"
  | "who-does-what"
  | "punctuation"
  | "repeats"
  | "not-shorter"
  | "cut-off"
  | "chatter"
  | "unchanged";

/** `detail` is the words it is about. */
export type Objection = { readonly code: ObjectionCode; readonly detail: string };

export type CheckOptions = {
  readonly kind: RewriteKind;
  /**
   * `strict` is for models that often invent: a rewrite may leave out words and use plain synonyms, in the order of
   * the source, and nothing else. `loose` leaves wording free and holds facts, negations and duties. Defaults to "strict".
   */
  readonly strictness?: "strict" | "loose";
  /** Words that must stay to the letter: texts of links, defined terms. */
  readonly held?: readonly string[];
  /** Lower-case words that are names elsewhere in the document, so that they count at the start of a sentence too. */
  readonly names?: ReadonlySet<string>;
  /** What the person said: facts from here may come in, in a free rewrite. */
  readonly allowedText?: string;
};

/** Source and candidate read once for all checks. */
export type Comparison = {
  readonly language: Language;
  readonly source: readonly Token[];
  /** The source without empty phrases; what a good rewrite keeps is measured on it. */
  readonly tight: readonly Token[];
  readonly candidate: readonly Token[];
  readonly allowed: readonly Token[];
  readonly kind: RewriteKind;
  readonly isStrict: boolean;
  readonly names: ReadonlySet<string>;
  readonly held: readonly string[];
};

/**
 * Every reason not to put `candidate` in the place of `source`; empty when it is safe. Works on English best; for
 * other languages numbers, names, addresses, placeholders, length, ends and repetition are still held.
 */
export function checkCandidate(
  source: string,
  candidate: string,
  options: CheckOptions,
): readonly Objection[] {
  const form = checkForm(source, candidate);
  if (form.some((objection) => objection.code === "unchanged")) return form;
  const language = languageOf(source);
  const sourceTokens = tokensOf(source, language);
  const candidateTokens = tokensOf(candidate, language);
  const comparison: Comparison = {
    language,
    source: sourceTokens,
    tight: tokensOf(tightenPhrases(source), language),
    candidate: options.kind === "grammar" ? mendSpelling(sourceTokens, candidateTokens) : candidateTokens,
    allowed: tokensOf(options.kind === "free" ? (options.allowedText ?? "") : "", language),
    kind: options.kind,
    isStrict: options.strictness !== "loose",
    names: options.names ?? new Set(),
    held: options.held ?? [],
  };
  return [
    ...form,
    ...(comparison.isStrict ? checkPunctuation(source, candidate) : []),
    ...checkLength(source, candidate, options.kind),
    ...checkHeld(source, candidate, comparison),
    ...checkFacts(comparison),
    ...checkOperators(comparison),
    ...checkClaims(comparison),
    ...(comparison.isStrict ? checkRelations(comparison) : []),
  ];
}

/** Every reason not to put in new text: facts come from `allowed` alone, which is the instruction and its surroundings. */
export function checkInsertion(text: string, allowed: string): readonly Objection[] {
  const form = checkForm("", text).filter(
    (objection) => objection.code === "chatter" || objection.code === "repeats",
  );
  if (text.trim() === "") return [{ code: "cut-off", detail: "there is no text" }];
  const language = languageOf(allowed);
  const source = tokensOf(allowed, language);
  const comparison: Comparison = {
    language,
    source,
    tight: source,
    candidate: tokensOf(text, language),
    allowed: source,
    kind: "free",
    isStrict: false,
    names: new Set(),
    held: [],
  };
  return [
    ...form,
    ...(/\[\[\d+\]\]/u.test(text) ? [{ code: "lost-placeholder" as const, detail: "it brings one in" }] : []),
    ...checkFacts(comparison),
  ];
}

function checkLength(source: string, candidate: string, kind: RewriteKind): readonly Objection[] {
  const before = wordCount(source);
  const after = wordCount(candidate);
  const detail = `${before} words became ${after}`;
  if (kind === "shorten" && after >= before) return [{ code: "not-shorter", detail }];
  if (kind === "grammar" && Math.abs(after - before) > Math.max(2, before * 0.2))
    return [{ code: "new-claim", detail }];
  if (kind !== "free" && after > before * 1.6 + 5) return [{ code: "new-claim", detail }];
  return [];
}

function checkHeld(source: string, candidate: string, { held, kind }: Comparison): readonly Objection[] {
  const objections: Objection[] = [];
  const placeholders = (text: string): readonly string[] => text.match(/\[\[\d+\]\]/gu) ?? [];
  const wanted = placeholders(source).join(" ");
  if (placeholders(candidate).join(" ") !== wanted) {
    objections.push({ code: "lost-placeholder", detail: wanted === "" ? "it brings one in" : wanted });
  }
  const plain = (text: string): string => text.replaceAll("’", "'").toLowerCase();
  for (const term of held) {
    const isIn = (text: string): boolean => plain(text).includes(plain(term));
    if (kind !== "free" && isIn(source) && !isIn(candidate))
      objections.push({ code: "lost-term", detail: term });
  }
  return objections;
}
