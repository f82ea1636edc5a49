import type { Sentence } from "../read/sentence-types.ts";
import { type Element, isConcept, isMark, isName, isNumber } from "./elements.ts";

/**
 * Words of a stretch that may narrow what its figure is about, and that nothing in the table explains: `recurring` of
 * `recurring revenue`. Verbs, adverbs, and parts between commas that name nothing are no such words.
 */
export function restrictingWords(elements: readonly Element[], sentence: Sentence): string[] {
  const found: string[] = [];
  elements.forEach((element, index) => {
    // `between 5 and 7 %` is no single figure; `between 2024 and 2025` is a time.
    const isRange = isConcept(element, "between") && elements[index + 1]?.kind === "figure";
    if (isRange || isConcept(element, "without", "not")) found.push(textOf(element, sentence));
    if (element.kind !== "word" || !isInTelling(elements, index)) return;
    if (isRestricting(elements, index, sentence)) found.push(textOf(element, sentence));
  });
  return found;
}

function textOf({ from, to }: Element, { tokens }: Sentence): string {
  return tokens
    .slice(from, to)
    .map(({ text }) => text)
    .join(" ");
}

/** True for words between commas among which something of the table or a number stands. */
function isInTelling(elements: readonly Element[], at: number): boolean {
  const isEnd = (element: Element | undefined): boolean =>
    element === undefined || isMark(element, ",;:()–—") || isConcept(element, "clause");
  let [from, to] = [at, at];
  while (!isEnd(elements[from - 1])) from--;
  while (!isEnd(elements[to + 1])) to++;
  return elements
    .slice(from, to + 1)
    .some((each) => isName(each) || isNumber(each) || each.kind === "period");
}

const adverb = /(?:ly|ment|mente|weise)$/;
const romanceVerb = /(?:aron|ieron|io|ou|aram|eram|iram|eu|iu|ait|aient|erent|irent|mos|avons|ons)$/;

/** `Recibimos`, `avons`: verbs by their ends. */
function isVerb(plain: string, language: string): boolean {
  return /^(fr|es|pt)$/.test(language) && romanceVerb.test(plain);
}

function isRestricting(elements: readonly Element[], at: number, { tokens, language }: Sentence): boolean {
  const element = elements[at]!;
  const token = tokens[element.from]!;
  const [before, after] = [elements[at - 1], elements[at + 1]];
  const isSentenceStart = element.from === 0;
  if (adverb.test(token.plain) && token.plain.length > 4) return false;
  const isCapital = /^\p{Lu}/u.test(token.text) && !isSentenceStart;
  if (isCapital) return true;
  if (isVerb(token.plain, language) && /(?:mos|avons)$/.test(token.plain)) return false;
  // `a booming North`, `recurring revenue`: it says which one.
  if (after !== undefined && isName(after))
    return !(language !== "de" && isVerbPlace(elements, at)) && !isBehindName(before, language);
  const isLed =
    before !== undefined &&
    (isConcept(before, "of", "in", "small", "and", "mild", "each", "versus", "than") ||
      before.kind === "word");
  if (isLed && !isVerbPlace(elements, at)) return true;
  if (before !== undefined && isNumber(before)) return language !== "de" || isCapital;
  if (before !== undefined && isName(before) && /^(fr|es|pt)$/.test(language))
    return !romanceVerb.test(token.plain);
  if (before !== undefined && isName(before)) return !isVerbPlace(elements, at);
  return isSentenceStart && !isMark(after, ",") && !isVerb(token.plain, language);
}

/** `sold` of `the North sold 5,000`: between a name and a figure, with nothing but small words around. */
function isVerbPlace(elements: readonly Element[], at: number): boolean {
  const next = elements
    .slice(at + 1)
    .find((each) => !isConcept(each, "small", "mild", "to", "by", "of", "in", "be"));
  const isBeforeFigure = next !== undefined && (isNumber(next) || next.kind === "period");
  const previous = elements.slice(0, at).findLast((each) => !isConcept(each, "small", "mild", "be"));
  return (
    isBeforeFigure &&
    previous !== undefined &&
    (isName(previous) || previous.kind === "period" || isMark(previous, ","))
  );
}

/** `der Norden erzielte Umsätze`: a verb that parts two names. */
function isBehindName(before: Element | undefined, language: string): boolean {
  return before !== undefined && isName(before) && language === "de";
}
