import type { Language } from "../edit/language-of.ts";
import { type Token, tokensOf } from "../edit/text-tokens.ts";
import type { Sources } from "./types.ts";

/** What the sources call by name, as a whole: needed where a capital alone does not make a name. */
export type KnownFacts = {
  /** Lower-case words that stand with a capital in the middle of sentences, and never without. */
  readonly names: ReadonlySet<string>;
  /** Every lower-case word of the sources. */
  readonly words: ReadonlySet<string>;
};

const PLACEHOLDER = /\[\[[^\]]*\]\]/gu;
const TIME_WORDS: ReadonlySet<string> = new Set(
  (
    "today tomorrow yesterday tonight midnight noon fortnight daily weekly monthly quarterly yearly annually " +
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday " +
    "heute morgen gestern januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag " +
    "aujourd'hui demain hier janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche " +
    "hoy mañana ayer enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo " +
    "hoje amanhã ontem janeiro fevereiro março maio junho julho setembro outubro novembro dezembro"
  ).split(" "),
);
/** Words that are also times, but hardly ever in small letters. */
const ALSO_PLAIN: ReadonlySet<string> = new Set(["may", "march", "mars", "morgen", "hier"]);
/** Sentences may begin with these though no source says them. */
export const SENTENCE_OPENERS: ReadonlySet<string> = new Set(
  "according additionally also currently finally first further instead later meanwhile next previously second similarly then third today".split(
    " ",
  ),
);
const UNITS: ReadonlySet<string> = new Set(["percent", "eur", "usd", "gbp", "€", "$", "£", "¥"]);

/** The sign and the words of a unit say the same in every language. */
const UNIT_WORDS: ReadonlyMap<string, string> = new Map(
  [
    "eur euro euros €",
    "usd dollar dollars $",
    "gbp pound pounds £",
    "percent prozent % pourcent pct",
  ].flatMap((group) => {
    const [first = "", ...others] = group.split(" ");
    return others.map((other): [string, string] => [other, first]);
  }),
);

/** The text without placeholders of figures and tables. */
export function bareOf(text: string): string {
  return text.replace(PLACEHOLDER, " ");
}

/** The names and words of all sources, and of their speakers. */
export function factsOf({ texts, workbooks }: Sources): KnownFacts {
  const capital = new Set<string>();
  const plain = new Set<string>();
  const words = new Set<string>();
  const read = (text: string): void => {
    for (const match of text.matchAll(/\p{L}[\p{L}\p{N}'’-]*/gu)) {
      const [word] = match;
      const lower = word.toLowerCase();
      words.add(lower);
      if (!/^\p{Lu}/u.test(word)) plain.add(lower);
      else if (/[\p{L}\p{N},] $/u.test(text.slice(Math.max(0, match.index - 2), match.index)))
        capital.add(lower);
    }
  };
  for (const { passages } of texts)
    for (const { text, place } of passages) {
      read(text);
      if (place.speaker !== undefined)
        for (const word of place.speaker.split(/\s+/u)) capital.add(word.toLowerCase());
    }
  for (const { tables } of workbooks)
    for (const { name, columns } of tables) read([name, ...columns.map((each) => each.name)].join(" "));
  return { names: new Set([...capital].filter((word) => !plain.has(word))), words };
}

export type FactCheck = {
  readonly text: string;
  /** What its numbers have to stand in. */
  readonly numbers: string;
  /** What its names, dates and addresses have to stand in. */
  readonly names: string;
  readonly known: KnownFacts;
  readonly language: Language;
};

/** The numbers, names, dates and addresses of a text that do not stand where they have to. */
export function doubtfulTokens({ text, numbers, names, known, language }: FactCheck): readonly Token[] {
  const tokens = tokensOf(text, language);
  const numberKeys = keysOf(numbers, language);
  const nameKeys = keysOf(names, language);
  return tokens.filter((token, at) => {
    if (token.kind === "mark") return false;
    const isOpening = token.key === "#1" && token.isSentenceStart;
    if (token.kind === "number" && !isOpening) return !numberKeys.has(token.key);
    const unit = UNIT_WORDS.get(token.lower) ?? token.key;
    if (/\p{N}/u.test(token.text) || UNITS.has(unit))
      return !numberKeys.has(unit) && !numberKeys.has(token.key);
    if (isOpening || nameKeys.has(token.key) || nameKeys.has(token.lower)) return false;
    return token.kind === "address" || isTime(token) || isName(tokens, at, known, language);
  });
}

function keysOf(text: string, language: Language): ReadonlySet<string> {
  return new Set(
    tokensOf(text, language).flatMap(({ key, lower }) => [key, lower, UNIT_WORDS.get(lower) ?? key]),
  );
}

function isTime({ lower, isCapital }: Token): boolean {
  return TIME_WORDS.has(lower) && (isCapital || !ALSO_PLAIN.has(lower));
}

/**
 * Whether a word names somebody or something. German gives every noun a capital: there a name is what the sources
 * nowhere say, or what is all capitals.
 */
function isName(tokens: readonly Token[], at: number, known: KnownFacts, language: Language): boolean {
  const token = tokens[at]!;
  if (token.kind === "code") return true;
  if (!token.isCapital || token.kind === "function") return false;
  if (language === "de") return !token.isSentenceStart && !known.words.has(token.lower);
  if (!token.isSentenceStart) return true;
  // What no source says anywhere may well be somebody's name.
  if (!known.words.has(token.lower) && !SENTENCE_OPENERS.has(token.lower)) return true;
  const next = tokens[at + 1];
  return known.names.has(token.lower) || (next?.isCapital === true && next.kind === "content");
}

/** Part of the text's meaningful words that the other text has as well; 1 where it has none. */
export function tokenOverlap(text: string, other: string): number {
  const keys = new Set(tokensOf(other).map(({ key }) => key));
  const own = tokensOf(text).filter(({ kind }) => kind === "content" || kind === "code");
  return own.length === 0 ? 1 : own.filter(({ key }) => keys.has(key)).length / own.length;
}
