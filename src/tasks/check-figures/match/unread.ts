import type { Sentence } from "../read/sentence-types.ts";
import type { Token } from "../read/tokens.ts";
import { type Element, isConcept, isMark, isName, isNumber } from "./elements.ts";
import { isCounted } from "./read-role.ts";

/**
 * Words of a stretch that may narrow what its figure is about, and that nothing in the table explains: `recurring` of
 * `recurring revenue`, `exports` of `revenue from exports`. Where the stretch names what is measured, only words that hang
 * on a name, on a preposition or on the number do; verbs, adverbs and parts between commas that name nothing never do.
 */
export function restrictingWords(elements: readonly Element[], sentence: Sentence): string[] {
  const found: string[] = [];
  elements.forEach((element, index) => {
    // `between 5 and 7 %` is no single figure; `between 2024 and 2025` is a time.
    const isRange = isConcept(element, "between") && elements[index + 1]?.kind === "figure";
    if (isRange || isConcept(element, "without", "not") || isUnnamedPart(elements, index))
      found.push(textOf(element, sentence));
    if (element.kind !== "word" || !isInTelling(elements, index)) return;
    if (isRestricting({ elements, at: index, sentence })) found.push(textOf(element, sentence));
  });
  return found;
}

/** `of which 95,000 for trade fairs`, but not `of which 95,000 in the North`, where a name says which part. */
function isUnnamedPart(elements: readonly Element[], at: number): boolean {
  if (!isConcept(elements[at], "whereof")) return false;
  const behind = elements.slice(at + 1);
  const end = behind.findIndex(isEnd);
  return !(end < 0 ? behind : behind.slice(0, end)).some(({ kind }) => kind === "value");
}

function textOf({ from, to }: Element, { tokens }: Sentence): string {
  return tokens
    .slice(from, to)
    .map(({ text }) => text)
    .join(" ");
}

const isEnd = (element: Element | undefined): boolean =>
  element === undefined || isMark(element, ",;:()–—") || isConcept(element, "clause");

/** The stretch between commas and the like that an element stands in. */
function stretchAt(elements: readonly Element[], at: number): readonly Element[] {
  let [from, to] = [at, at];
  while (!isEnd(elements[from - 1])) from--;
  while (!isEnd(elements[to + 1])) to++;
  return elements.slice(from, to + 1);
}

/** True for words between commas among which something of the table or a number stands. */
function isInTelling(elements: readonly Element[], at: number): boolean {
  return stretchAt(elements, at).some((each) => isName(each) || isNumber(each) || each.kind === "period");
}

type WordAt = {
  readonly elements: readonly Element[];
  readonly at: number;
  readonly sentence: Sentence;
};

const adverb = /(?:ly|ment|mente|weise)$/;
const romance = /^(fr|es|pt)$/;
const romanceVerb = /(?:aron|ieron|ió|ou|aram|eram|iram|eu|iu|ait|aient|èrent|irent|ó|mos|ons|issent|ssait)$/;

function isRestricting(word: WordAt): boolean {
  const { elements, at, sentence } = word;
  const { tokens, language } = sentence;
  const token = tokens[elements[at]!.from]!;
  const isStart = elements[at]!.from === 0;
  if (adverb.test(token.plain) && token.plain.length > 4) return false;
  if (/^\p{Lu}/u.test(token.text) && !isStart && language !== "de") return true;
  if (isPredicate(word)) return true;
  if (isVerb(word, token)) return false;
  return (
    isModifier(word, token) || isLed(word) || isCountedWord(word) || isSubject(word) || isGoverning(word)
  );
}

/** Names of what is measured: columns, rows, lines. */
function isThing(element: Element | undefined): boolean {
  return element?.kind === "column" || element?.kind === "noun" || element?.kind === "value";
}

const isFiller = (element: Element | undefined): boolean =>
  isConcept(element, "small", "mild", "about", "above", "below", "nearly", "at-least", "at-most");

/** The verb of its stretch: by its end, or as the only word that can be one, between a name and a number. */
function isVerb(word: WordAt, token: Token): boolean {
  const { elements, at, sentence } = word;
  const { language } = sentence;
  if (romance.test(language) && romanceVerb.test(token.text.toLowerCase())) return true;
  const previous = elements.slice(0, at).findLast((each) => !isFiller(each));
  const isBehind =
    previous === undefined
      ? false
      : isName(previous) || previous.kind === "period" || isMark(previous, ",") || isPronoun(word);
  if (!isBehind || isDirectAdjective(word)) return false;
  return isVerbForm(token, language)
    ? !hasVerb(word) || isBeforeFigure(word)
    : isBeforeFigure(word) && !hasVerb(word);
}

const pronoun =
  /^(we|they|it|she|he|wir|sie|es|man|nous|on|ils|elles|nos|se|sich|who|which|that|qui|que|die|der)$/;

function isPronoun({ elements, at, sentence }: WordAt): boolean {
  return pronoun.test(sentence.tokens[elements[at]!.from - 1]?.plain ?? "");
}

const verbForms: Readonly<Record<string, RegExp>> = {
  en: /(?:ed|es|ing|ew|ought|aught|ook|old|ent|elt|ade|ran|ang|ank|ept|s)$/,
  de: /(?:te|ten|t|en|ieb|ieben|og|ogen|ang|ing|ug|ugen|ahm|ahmen|iel|ielen|ieg|iegen|ab|aben)$/,
  fr: /(?:e|es|ent|it|rent|ait|aient|ut|a|ee|ees|i|is|u|us)$/,
  es: /(?:o|aron|ieron|a|an|e|en|aba|aban|ia|ian|ado|ido|ados|idas|idos|adas)$/,
  pt: /(?:ou|aram|eu|eram|iu|iram|a|am|e|em|ava|avam|ado|ido|ados|idos|adas|idas)$/,
};

function isVerbForm({ plain, text }: Token, language: string): boolean {
  return !/^\p{Lu}/u.test(text) && (verbForms[language]?.test(plain) ?? false);
}

/** `a booming North`, `der bereinigte Umsatz`: between an article or preposition and a name. */
function isDirectAdjective({ elements, at, sentence }: WordAt): boolean {
  let after = at + 1;
  while (elements[after]?.kind === "word") after++;
  if (!isThing(elements[after]) || romance.test(sentence.language)) return false;
  const before = elements[at - 1];
  const plain = sentence.tokens[elements[at]!.from - 1]?.plain ?? "";
  return (
    isConcept(before, "in", "of", "from", "to", "and") || (isConcept(before, "small") && !pronoun.test(plain))
  );
}

function isBeforeFigure({ elements, at }: WordAt): boolean {
  const next = elements
    .slice(at + 1)
    .find((each) => !isFiller(each) && !isConcept(each, "to", "by", "of", "in", "from"));
  return next !== undefined && (isNumber(next) || next.kind === "period" || next.kind === "word");
}

function hasVerb({ elements, at }: WordAt): boolean {
  return stretchAt(elements, at).some((each) => isConcept(each, "be", "up", "down", "move"));
}

/** `recurring revenue`, `ventes récurrentes`, `weekend orders`: a word beside a name says which. */
function isModifier({ elements, at, sentence }: WordAt, token: Token): boolean {
  const { language } = sentence;
  const [before, after] = [elements[at - 1], elements[at + 1]];
  if (isThing(after) && !(language === "de" && before !== undefined && isName(before))) {
    // `the largest order carried revenue`
    return before === undefined || !isName(before) || !isVerbForm(token, language);
  }
  if (before === undefined || !isName(before)) return false;
  if (romance.test(language)) return true;
  return !isVerbForm(token, language);
}

/** `revenue from exports`, `in Spain`, `per head`: a preposition leads to it, with words between. */
function isLed({ elements, at }: WordAt): boolean {
  let index = at - 1;
  while (isConcept(elements[index], "small", "mild") || elements[index]?.kind === "word") index--;
  return isConcept(
    elements[index],
    "of",
    "in",
    "each",
    "than",
    "versus",
    "from",
    "to",
    "without",
    "above",
    "below",
    "share",
  );
}

const copula =
  /^(?:is|are|was|were|been|be|ist|sind|war|waren|wurde|wurden|est|sont|etait|etaient|ete|furent|es|son|fue|fueron|eran|era|estaban|sao|foi|foram|eram|estavam)$/;

/** `37 orders were late`: said of what is counted, it narrows it. */
function isPredicate({ elements, at, sentence }: WordAt): boolean {
  let index = at - 1;
  while (isConcept(elements[index], "small", "mild")) index--;
  const verb = elements[index];
  if (!isConcept(verb, "be") || !copula.test(sentence.tokens[verb!.to - 1]!.plain)) return false;
  const before = elements.slice(0, index);
  const figure = before.findLastIndex(isNumber);
  const isNext = isThing(elements[at + 1]) || (elements[at + 1] !== undefined && isNumber(elements[at + 1]!));
  return figure >= 0 && !isNext && isCounted(before, figure);
}

/** `12 drivers`, `40 square metres`: what a number counts. */
function isCountedWord({ elements, at, sentence }: WordAt): boolean {
  let index = at - 1;
  while (elements[index]?.kind === "word" || isConcept(elements[index], "mild")) index--;
  const before = elements[index];
  if (before?.kind !== "figure") return false;
  const isPlain = before.figure.currency === undefined && before.figure.form === "number";
  return isPlain || sentence.language !== "de" || /^\p{Lu}/u.test(sentence.tokens[elements[at]!.from]!.text);
}

/** A noun that begins the stretch, before the verb: `complaints in the South fell`. */
function isSubject({ elements, at, sentence }: WordAt): boolean {
  let index = at - 1;
  while (elements[index]?.kind === "word" || isConcept(elements[index], "small", "mild")) index--;
  const isFirst = index < 0 || isEnd(elements[index]);
  const token = sentence.tokens[elements[at]!.from]!;
  if (!isFirst || isMark(elements[at + 1], ",")) return false;
  return !(/ing$/.test(token.plain) && sentence.language === "en");
}

/** `a subsidy of 50,000`: the noun that the number belongs to. */
function isGoverning({ elements, at, sentence }: WordAt): boolean {
  const lead = elements.slice(at + 1).find((each) => !isFiller(each));
  const next = elements.slice(at + 1).find((each) => !isFiller(each) && !isConcept(each, "of"));
  if (!isConcept(lead, "of") || next?.kind !== "figure") return false;
  const plain = sentence.tokens[elements[at]!.from - 1]?.plain ?? "";
  return isConcept(elements[at - 1], "small") && !pronoun.test(plain);
}
