import type { Comparison, Objection } from "../../edit/check-candidate.ts";
import { checkClaims, isMatter } from "../../edit/check-claims.ts";
import { checkFacts, isFact } from "../../edit/check-facts.ts";
import { checkForm } from "../../edit/check-form.ts";
import { checkOperators } from "../../edit/check-operators.ts";
import { languageOf } from "../../edit/language-of.ts";
import { OPERATOR_KEYS, operatorsIn } from "../../edit/operators.ts";
import { type Token, tokensOf } from "../../edit/text-tokens.ts";
import { stemOf } from "../../edit/word-stems.ts";
import type { Figure } from "../types.ts";

/** What a sentence may rest on. */
export type Evidence = {
  /** The sources' own words, each with its speaker before it where there is one. */
  readonly quotes: readonly string[];
  /** Figures that the sentence names by their placeholders. */
  readonly figures: readonly Figure[];
  /** What the person said: names from here may stand in any sentence, numbers only where nothing else is cited. */
  readonly said: string;
};

/** Part of a sentence's words that its evidence need not have: small talk of grammar, plain synonyms. */
const MOST_NEW_WORDS = 0.4;
const FIGURE = /\[\[f\d+\]\]/gu;
// Who compares has computed: what these words say must stand in the evidence.
const COMPARING: ReadonlySet<string> = new Set(
  (
    "more less fewer higher lower larger smaller bigger greater faster slower better worse most least best worst highest lowest " +
    "largest smallest rise rose risen fall fell fallen grow grew grown increase decrease decline drop double triple halve exceed " +
    "outperform record majority minority average twice half third quarter none nobody everyone always never"
  )
    .split(" ")
    .map(stemOf),
);

/**
 * Every reason not to print a sentence that a model wrote: names, numbers and dates that its evidence lacks, claims
 * beyond it, duties and negations that came or went. Empty when it may stand. Works on English best; where evidence
 * and sentence are in different languages, names and numbers alone are held.
 */
export function checkSentence(text: string, evidence: Evidence): readonly string[] {
  const bare = text.replace(FIGURE, "").replace(/\s+/gu, " ").trim();
  const comparison = compare(bare, evidence);
  const isForeign = evidence.quotes.length > 0 && languageOf(evidence.quotes.join(" ")) !== languageOf(bare);
  const objections = [
    ...checkForm(`${comparisonText(evidence)}.`, bare).filter(({ code }) => code !== "unchanged"),
    ...checkFacts(comparison),
    ...(isForeign ? [] : checkMeaning(comparison)),
  ];
  return [...new Set(objections.map(({ code, detail }) => `${code}: ${detail}`))];
}

function comparisonText({ quotes, figures, said }: Evidence): string {
  const cited = [...quotes, ...figures.map(({ name }) => name)];
  return (cited.length > 0 ? cited : [said]).join(". ");
}

function compare(text: string, evidence: Evidence): Comparison {
  const source = comparisonText(evidence);
  const language = languageOf(source);
  const isCited = evidence.quotes.length + evidence.figures.length > 0;
  const tokens = tokensOf(source, language);
  return {
    language,
    source: tokens,
    tight: tokens,
    candidate: tokensOf(text, language),
    // A number of the prompt must not lend itself to what a source says: "five pages" is not "five risks".
    allowed: tokensOf(isCited ? evidence.said.replace(/\p{N}\S*/gu, " ") : "", language),
    kind: "free",
    isStrict: false,
    names: new Set(),
    held: [],
  };
}

function checkMeaning(comparison: Comparison): readonly Objection[] {
  const claims = checkClaims({ ...comparison, kind: "simplify" });
  return [
    ...checkOperators(comparison),
    ...claims.filter(({ code }) => code === "new-claim"),
    ...checkNewWords(comparison),
    ...checkLostNegation(comparison),
  ];
}

function checkNewWords({ source, allowed, candidate, names }: Comparison): readonly Objection[] {
  const known = new Set([...source, ...allowed].map(({ key }) => key));
  const matter = candidate.filter((token, at) => isMatter(token) && !isFact(candidate, at, names));
  const fresh = matter.filter((token) => !known.has(token.key) && !OPERATOR_KEYS.has(token.key));
  const comparing = candidate.filter((token) => COMPARING.has(stemOf(token.lower)) && !known.has(token.key));
  if (comparing.length > 0) return [{ code: "new-claim", detail: words(comparing) }];
  return fresh.length > Math.max(1, matter.length * MOST_NEW_WORDS)
    ? [{ code: "new-claim", detail: words(fresh) }]
    : [];
}

function words(tokens: readonly Token[]): string {
  return tokens
    .slice(0, 4)
    .map(({ text }) => text)
    .join(", ");
}

/** A sentence may leave out what a quote says beside the point, but not the "not" of the words that it uses. */
function checkLostNegation({ source, candidate }: Comparison): readonly Objection[] {
  const used = new Set(candidate.map(({ key }) => key));
  const isDenied = operatorsIn(candidate).some(({ name }) => name === "not");
  const lost = operatorsIn(source).find(
    ({ name, scope }) => name === "not" && scope[0] !== undefined && used.has(scope[0]),
  );
  return lost === undefined || isDenied ? [] : [{ code: "negation", detail: `"${lost.text}" was lost` }];
}
