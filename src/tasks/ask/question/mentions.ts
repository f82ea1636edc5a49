import type { ColumnProfile, Profile } from "../profile.ts";
import { sameField } from "./synonyms.ts";
import { idleWords, numberOfWord, type Word } from "./words.ts";

/** Words of the question that name a column, or one of several. Ends are excluded. */
export type ColumnMention = {
  readonly kind: "column";
  readonly from: number;
  readonly to: number;
  /** More than one where the words don't say which. */
  readonly columns: readonly ColumnProfile[];
  /** How the name was said: whole, one word of several, another word for it. */
  readonly how: "whole" | "part" | "synonym";
  /** True for a word like `change`, which may ask for a calculation instead. */
  readonly isSteering?: boolean;
  /** `unpaid` of a column `Paid`. */
  readonly isNegated?: boolean;
};

/** Words that are a value of a column, or stand inside of some. */
export type ValueMention = {
  readonly kind: "value";
  readonly from: number;
  readonly to: number;
  readonly said: string;
  /** The columns that have it, with the texts as they stand there. */
  readonly choices: readonly { readonly column: ColumnProfile; readonly texts: readonly string[] }[];
  readonly isPart: boolean;
};

/** A word for what the rows are: `orders`. */
export type NounMention = { readonly kind: "noun"; readonly from: number; readonly to: number };

export type Mention = ColumnMention | ValueMention | NounMention;

const longest = 16;

/** What the words of a question name: the longest stretches first, whole values before parts, none twice. */
export function findMentions(words: readonly Word[], profile: Profile): Mention[] {
  const taken = new Array<boolean>(words.length).fill(false);
  const found: Mention[] = [];
  const pass = (most: number, find: (stretch: Stretch) => Mention | undefined): void => {
    for (let length = Math.min(most, words.length); length > 0; length--)
      for (let from = 0; from + length <= words.length; from++) {
        if (taken.slice(from, from + length).includes(true)) continue;
        const mention = find(stretchOf(words, from, length, profile));
        if (mention === undefined) continue;
        found.push(mention);
        taken.fill(true, from, from + length);
      }
  };
  pass(longest, (stretch) => wholeAt(stretch) ?? nounAt(stretch));
  pass(8, (stretch) => partAt(stretch));
  pass(1, (stretch) => columnPartAt(stretch) ?? negatedAt(stretch) ?? synonymAt(stretch) ?? formAt(stretch));
  pass(1, (stretch) => softColumnAt(stretch));
  return found.sort((a, b) => a.from - b.from);
}

type Stretch = {
  readonly words: readonly Word[];
  readonly all: readonly Word[];
  readonly from: number;
  readonly to: number;
  readonly key: string;
  readonly plain: string;
  readonly profile: Profile;
};

function stretchOf(all: readonly Word[], from: number, length: number, profile: Profile): Stretch {
  const words = all.slice(from, from + length);
  const key = words.map(({ stem }) => stem).join(" ");
  const plain = words.map(({ said }) => said.toLowerCase()).join(" ");
  return { words, all, from, to: from + length, key, plain, profile };
}

/** A column's whole name or a whole value; where both fit, the one that is said to the letter. */
function wholeAt(stretch: Stretch): Mention | undefined {
  const { from, to, key, plain, profile, words } = stretch;
  const columns = profile.columns.filter(
    ({ key: own, lastKey, stems }) => own === key || lastKey === key || stems.join(" ") === key,
  );
  // `Amount` and `total amount` say little, except where they are a column's name.
  const isName = columns.length > 0 && (words.length > 1 || words[0]!.text.length > 3);
  if (isSilent(stretch) && !isName) return undefined;
  const choices = valuesAt(stretch);
  const isExact = (text: string): boolean => text.toLowerCase().trim() === plain;
  const exactColumn = columns.some(({ column }) => isExact(column.name));
  const exactValue = choices.some(({ texts }) => texts.some(isExact));
  const isColumn =
    columns.length > 0 &&
    (choices.length === 0 || !exactValue || (exactColumn && !isSaidAsValue(stretch, columns)));
  if (isColumn) {
    const exact = columns.filter((each) => each.key === key);
    const isSteering = /^(change|growth|share|difference|variance|average|increase|decrease)$/.test(plain);
    const meant = exact.length > 0 ? exact : columns;
    return { kind: "column", from, to, columns: meant, how: "whole", ...(isSteering && { isSteering }) };
  }
  if (choices.length === 0 || (words.length === 1 && steering.has(words[0]!.text))) return undefined;
  return { kind: "value", from, to, said: saidOf(stretch), choices, isPart: false };
}

/** `tickets that are closed` says a status, `tickets closed in May` a date. */
function isSaidAsValue({ all, from, to }: Stretch, columns: readonly ColumnProfile[]): boolean {
  if (columns.some(({ kind }) => kind !== "date")) return false;
  const isDated = /^(in|on|before|after|since|between|during|by|until|from|at|within|less|more|fewer)$/.test(
    all[to]?.text ?? "",
  );
  const isNamed = /^(by|per|each|which|what|the|of|first|last)$/.test(all[from - 1]?.text ?? "");
  return !isDated && !isNamed && all[0]?.text !== "when";
}

function valuesAt({ key, plain, profile, words }: Stretch): ValueMention["choices"] {
  if (words.length === 1 && numberOfWord(words[0]!.text) !== undefined) return [];
  return profile.columns.flatMap((column) => {
    const texts = column.texts?.whole(key, plain) ?? [];
    return texts.length > 0 ? [{ column, texts }] : [];
  });
}

/** Function words alone name nothing, whatever stands in the table. */
function isSilent({ words }: Stretch): boolean {
  // `IT` is no `it`.
  if (words.length === 1 && /^\p{Lu}{2,}$/u.test(words[0]!.said)) return false;
  return idleWords.has(words[0]!.text) || idleWords.has(words.at(-1)!.text)
    ? words.every(({ text }) => idleWords.has(text) || text.length < 3)
    : words.length === 1 && /^(no|not|or|and|per|by)$/.test(words[0]!.text);
}

function saidOf({ words }: Stretch): string {
  return words.map(({ said }) => said).join(" ");
}

function nounAt({ words, from, to, profile }: Stretch): NounMention | undefined {
  const { stem, text } = words[0]!;
  if (words.length > 1 || steering.has(text)) return undefined;
  const isNoun = profile.rowNouns.some(
    (noun) => (noun === stem || sameField(noun, stem)) && !measureWord.test(noun),
  );
  return isNoun && !measureWord.test(text) ? { kind: "noun", from, to } : undefined;
}

/** Words that are said for an amount even where a sheet is called so. */
const measureWord =
  /^(sales?|revenues?|turnover|costs?|expenses?|budgets?|stocks?|amount|spend|support|overview)$/;

/** Words that stand together inside of longer values: a surname, the kind of a product. */
function partAt(stretch: Stretch): ValueMention | undefined {
  const { words, all, from, to, key, profile } = stretch;
  const isTelling = ({ text }: Word): boolean => !idleWords.has(text) && text.length > 2;
  if (!isTelling(words[0]!) || idleWords.has(words.at(-1)!.text)) return undefined;
  const isOne = words.length === 1;
  if (isOne && (steering.has(words[0]!.text) || numberOfWord(words[0]!.text) !== undefined)) return undefined;
  // `which city …`, `how many songs …`: the kind of thing that is asked for, whatever some cell says.
  if (isOne && askedFor.test(textBefore(all, from))) return undefined;
  const choices = profile.columns.flatMap((column) => {
    const texts = column.texts?.holding(key) ?? [];
    return texts.length > 0 ? [{ column, texts }] : [];
  });
  if (choices.length === 0) return undefined;
  return { kind: "value", from, to, said: saidOf(stretch), choices, isPart: true };
}

const askedFor =
  /\b(what|which|whose|how many|how much|number of|amount of|all|any|other|different|many)( the| of the| other| total)?$/;

function textBefore(words: readonly Word[], from: number): string {
  return words
    .slice(Math.max(0, from - 3), from)
    .map(({ text }) => text)
    .join(" ");
}

/** A single word that is one of several of a column's name. */
function columnPartAt({ words, from, to, profile }: Stretch): ColumnMention | undefined {
  const { text, stem } = words[0]!;
  if (idleWords.has(text) || steering.has(text) || stem.length < 3 || numberOfWord(text) !== undefined)
    return undefined;
  const columns = profile.columns.filter(({ stems }) => stems.includes(stem));
  // `price` means the unit price; `unit` alone is rather the quantity.
  const headed = columns.filter(({ stems }) => stems.at(-1) === stem);
  const chosen = headed.length > 0 || synonymsOf(profile, stem).length > 0 ? headed : columns;
  return chosen.length === 0 ? undefined : { kind: "column", from, to, columns: chosen, how: "part" };
}

function negatedAt({ words, from, to, profile }: Stretch): ColumnMention | undefined {
  const bare = /^(?:un|non)(.{3,})$/.exec(words[0]!.stem)?.[1];
  const columns = profile.columns.filter(
    ({ kind, stems }) => kind === "boolean" && stems.includes(bare ?? ""),
  );
  return columns.length === 0
    ? undefined
    : { kind: "column", from, to, columns, how: "part", isNegated: true };
}

function synonymAt({ words, from, to, profile }: Stretch): ColumnMention | undefined {
  const { stem, text } = words[0]!;
  if (idleWords.has(text)) return undefined;
  const columns = synonymsOf(profile, stem);
  return columns.length === 0 ? undefined : { kind: "column", from, to, columns, how: "synonym" };
}

function synonymsOf({ columns }: Profile, stem: string): ColumnProfile[] {
  return columns.filter(({ stems }) => sameField(stems.at(-1) ?? "", stem));
}

/** Other forms of a word than English makes: `Bestellungen` for `Bestellung`. */
function formAt(stretch: Stretch): Mention | undefined {
  const { words, from, to, profile } = stretch;
  const { text, stem } = words[0]!;
  if (text.length < 5 || idleWords.has(text) || steering.has(text)) return undefined;
  if (profile.rowNouns.some((noun) => isForm(noun, text) || isForm(stem, noun)))
    return { kind: "noun", from, to };
  const columns = profile.columns.filter(({ stems }) =>
    stems.some((each) => isForm(each, text) || isForm(stem, each)),
  );
  if (columns.length > 0) return { kind: "column", from, to, columns, how: "part" };
  return undefined;
}

function isForm(base: string, word: string): boolean {
  return (
    base.length >= 4 &&
    word.startsWith(base) &&
    /^(e|n|en|er|s|es|nen|ern|x|os|as|a|o)?$/.test(word.slice(base.length))
  );
}

/** A column that is called `Total`, `Number` or `Amount`: only where the word is no part of “the total of …”. */
function softColumnAt({ words, all, from, to, profile }: Stretch): ColumnMention | undefined {
  const { stem, text } = words[0]!;
  if (!softNames.has(text)) return undefined;
  const isFigure = text === "amount" || text === "value";
  if (!isFigure && /^(of|number|amount|how|many|much)$/.test(all[to]?.text ?? "")) return undefined;
  const columns = profile.columns.filter(({ key }) => key === stem);
  return columns.length === 0 ? undefined : { kind: "column", from, to, columns, how: "whole" };
}

const softNames: ReadonlySet<string> = new Set(
  "total number amount name value list record entry data table file".split(" "),
);

/** Words that steer a question and so are no values by themselves, even where a table holds them. */
export const steering: ReadonlySet<string> = new Set(
  `most least highest lowest largest smallest biggest greatest best worst first last next previous before after above
  below more less fewer same different average mean median sum combined difference earliest latest top bottom
  consecutive times time until since per than between not no without except only both either or over under maximum
  minimum max min share percentage percent proportion change growth total count year month quarter week day weekday
  missing empty blank each every who when where how long`.split(/\s+/),
);
