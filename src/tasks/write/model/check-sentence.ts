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
import { SENTENCE_OPENERS } from "../verify-facts.ts";

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
const MOST_NEW_WORDS = 0.25;
const FIGURE = /\[\[f\d+\]\]/gu;
// Who compares has computed: what these words say must stand in the evidence.
const COMPARING: ReadonlySet<string> = new Set(
  (
    "more less fewer higher lower larger smaller bigger greater faster slower better worse most least best worst highest lowest " +
    "largest smallest rise rose risen fall fell fallen grow grew grown increase decrease decline drop double triple halve exceed " +
    "outperform record majority minority average twice half third quarter none nobody everyone always never " +
    "dozen couple several many hundreds thousands million billion trillion"
  )
    .split(" ")
    .map(stemOf),
);
// Judgements: a source makes them or nobody does.
const JUDGING: ReadonlySet<string> = new Set(
  (
    "groundbreaking remarkable impressive outstanding excellent successful success failure failed disastrous brilliant alarming " +
    "significant significantly substantial crucial vital essential dramatic dramatically extraordinary innovative pioneering superior " +
    "inferior terrible great wonderful shocking historic unprecedented exceptional robust seamless cutting-edge world-class"
  )
    .split(" ")
    .map(stemOf),
);
/** Words that a model says to whoever asked it. */
const CHATTER =
  /^(?:sure|certainly|of course|absolutely|okay|here (?:is|are)|here['’]s|as an ai|as requested)\b/iu;

/**
 * Every reason not to print a sentence that a model wrote: names, numbers and dates that its evidence lacks, claims
 * beyond it, duties and negations that came or went. Empty when it may stand. Works on English best; where evidence
 * and sentence are in different languages, names and numbers alone are held.
 */
export function checkSentence(text: string, evidence: Evidence): readonly string[] {
  const bare = text.replace(FIGURE, "").replace(/\s+/gu, " ").trim();
  const comparison = compare(bare, evidence);
  const isForeign = evidence.quotes.length > 0 && languageOf(evidence.quotes.join(" ")) !== languageOf(bare);
  const objections: readonly Pick<Objection, "code" | "detail">[] = [
    ...checkChatter(bare, evidence),
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

/** Chatter in front, also where the quote itself begins with a word such as "Note:". */
function checkChatter(text: string, evidence: Evidence): readonly Objection[] {
  const opening = CHATTER.exec(text)?.[0];
  const isQuoted =
    opening === undefined || comparisonText(evidence).toLowerCase().includes(opening.toLowerCase());
  return isQuoted ? [] : [{ code: "chatter", detail: opening }];
}

function checkMeaning(comparison: Comparison): readonly Objection[] {
  const claims = checkClaims({ ...comparison, kind: "simplify" });
  return [
    ...checkOperators(comparison),
    ...claims.filter(({ code }) => code === "new-claim"),
    ...checkNewWords(comparison),
    ...checkNegation(comparison),
  ];
}

function checkNewWords({ source, allowed, candidate, names }: Comparison): readonly Objection[] {
  const known = new Set([...source, ...allowed].map(({ key }) => key));
  const isNew = (token: Token | undefined): boolean => token !== undefined && !known.has(token.key);
  const matter = candidate.filter((token, at) => isMatter(token) && !isFact(candidate, at, names));
  const fresh = matter.filter((token) => isNew(token) && !OPERATOR_KEYS.has(token.key));
  const claims = candidate.filter(
    (token) => isNew(token) && (COMPARING.has(stemOf(token.lower)) || JUDGING.has(stemOf(token.lower))),
  );
  // A capital at a sentence's start may be a name's.
  const opening = candidate.filter(
    (token) =>
      token.kind === "content" && token.isSentenceStart && isNew(token) && !SENTENCE_OPENERS.has(token.lower),
  );
  const clause = matter.filter(
    (token, at) => isNew(token) && (isNew(matter[at + 1]) || isNew(matter[at - 1])),
  );
  if (claims.length > 0) return [{ code: "new-claim", detail: words(claims) }];
  if (opening.length > 0) return [{ code: "new-name", detail: words(opening) }];
  // Two new words side by side say something of their own; one is a synonym.
  if (clause.length > 1) return [{ code: "new-claim", detail: words(clause) }];
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

/** A sentence may leave out what a quote says beside the point, but a "not" neither goes from its words nor comes to others. */
function checkNegation({ source, candidate }: Comparison): readonly Objection[] {
  const used = new Set(candidate.map(({ key }) => key));
  const before = operatorsIn(source).filter(({ name }) => name === "not");
  const after = operatorsIn(candidate).filter(({ name }) => name === "not");
  const isDenied = (by: typeof before, word: string | undefined): boolean =>
    word === undefined || by.some(({ scope }) => scope.slice(0, 3).includes(word));
  const lost = before.find(
    ({ scope: [word] }) => word !== undefined && used.has(word) && !isDenied(after, word),
  );
  if (lost !== undefined) return [{ code: "negation", detail: `"${lost.text}" was lost` }];
  // "Not only" and "not no longer" govern nothing by themselves: more of them than before is one too many.
  const isMore = denials(candidate) > denials(source);
  const added = after.find(({ scope: [word] }) => isMore || !isDenied(before, word));
  if (isMore && added === undefined) return [{ code: "negation", detail: '"not" was added' }];
  return added === undefined ? [] : [{ code: "negation", detail: `"${added.text}" was added` }];
}

function denials(tokens: readonly Token[]): number {
  return tokens.filter(({ lower }) => /^(?:not|no|never|cannot|neither|nor|without)$/u.test(lower)).length;
}
