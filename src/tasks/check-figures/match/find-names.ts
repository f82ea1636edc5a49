import { type ColumnProfile, isKey, type Profile } from "../../ask/profile.ts";
import { sameField } from "../../ask/question/synonyms.ts";
import { stemOf, wordsOf } from "../../ask/question/words.ts";
import type { Piece, Sentence } from "../read/sentence-types.ts";
import type { Token } from "../read/tokens.ts";
import { impliedNames, unitNames } from "./implied-measures.ts";
import { stemsOf, thingOf } from "./vocabulary.ts";

/** Texts of a column that some words name. */
export type ValueChoice = { readonly column: ColumnProfile; readonly texts: readonly string[] };

/** Words of a sentence that name something of a table. */
export type Name = {
  readonly from: number;
  readonly to: number;
  /** The table calls it by another word of the same meaning. */
  readonly isAlike?: boolean;
} & (
  | { readonly kind: "column"; readonly columns: readonly ColumnProfile[]; readonly isLoose: boolean }
  | { readonly kind: "value"; readonly choices: readonly ValueChoice[]; readonly isLoose: boolean }
  | { readonly kind: "noun" }
);

const longest = 8;

/** What the words of a sentence name in a table, the longest stretches first, whole names before parts. */
export function findNames(sentence: Sentence, profile: Profile): Name[] {
  const { tokens } = sentence;
  const open = openTokens(sentence);
  const found: Name[] = [];
  const pass = (
    most: number,
    find: (words: readonly Token[], isPlain: boolean) => Naming | undefined,
  ): void => {
    for (let length = Math.min(most, tokens.length); length > 0; length--)
      for (let from = 0; from + length <= tokens.length; from++) {
        const states = open.slice(from, from + length);
        if (states.includes("taken")) continue;
        const words = tokens.slice(from, from + length);
        const naming = find(words, states[0] === "word" && states.at(-1) === "word");
        // `Sur` is the South in Spanish, `sur` means on in French: such words name only what is written so.
        if (naming === undefined || (!states.includes("word") && !isWritten(naming, words))) continue;
        found.push({ ...naming, from, to: from + length });
        open.fill("taken", from, from + length);
      }
  };
  pass(longest, (words) => wholeName(glued(words), profile) ?? turnedName(words, profile));
  pass(
    1,
    (words) => rowsName(words[0]!, profile) ?? thingName(words[0]!, profile) ?? nounName(words[0]!, profile),
  );
  pass(4, (words, isPlain) => (isPlain ? partName(words, profile) : undefined));
  const free = unitNames(sentence, profile).filter(
    (each) => !found.some(({ from, to }) => each.from < to && each.to > from),
  );
  found.push(...free);
  const columnsOf = (token: Token): readonly ColumnProfile[] => {
    const naming = thingName(token, profile);
    return naming?.kind === "column" ? naming.columns : [];
  };
  found.push(...impliedNames(sentence, found, columnsOf));
  return found.sort((a, b) => a.from - b.from);
}

/** Parts of a German compound that is a name as a whole: `Jahresüberschuss`. */
function glued(words: readonly Token[]): readonly Token[] {
  const isOne =
    words.length > 1 && words.every((word, index) => index === 0 || word.start === words[index - 1]!.end);
  if (!isOne || words.some(({ kind }) => kind !== "word")) return words;
  const plain = words.map((word) => word.plain).join("");
  const text = words.map((word) => word.text).join("");
  return [{ ...words[0]!, text, plain, stem: stemOf(plain), end: words.at(-1)!.end }];
}

const ofWords = /^(?:from|of|on|for|aus|von|fur)$/;

/** `Revenue from hardware` is the line `Hardware revenue`. */
function turnedName([first, of, last, ...more]: readonly Token[], profile: Profile): Naming | undefined {
  if (last === undefined || more.length > 0 || !ofWords.test(of!.plain)) return undefined;
  const naming = wholeName([last, first!], profile);
  return naming?.kind === "value" || naming?.kind === "column" ? naming : undefined;
}

function isWritten(naming: Naming, words: readonly Token[]): boolean {
  const said = words.map(({ text }) => text).join(" ");
  if (!/^\p{Lu}/u.test(said) || naming.kind !== "value") return false;
  return naming.choices.some(({ texts }) => texts.includes(said));
}

type Naming = Name extends infer N ? (N extends Name ? Omit<N, "from" | "to"> : never) : never;

/** Words can begin a name; words with another duty may stand inside of one. */
function openTokens({ tokens, pieces }: Sentence): ("word" | "inside" | "taken")[] {
  const open: ("word" | "inside" | "taken")[] = tokens.map(() => "taken");
  for (const piece of pieces) {
    if (piece.kind === "word") open.fill("word", piece.from, piece.to);
    if (piece.kind === "concept" && mayBeNamed(piece)) open.fill("inside", piece.from, piece.to);
  }
  // Names that a sentence writes with a capital may be made of words with a duty: `Total`, `Mean`.
  return open;
}

function mayBeNamed(piece: Piece): boolean {
  return piece.kind === "concept" && piece.concept !== "clause";
}

function wholeName(words: readonly Token[], profile: Profile): Naming | undefined {
  if (words[0]!.kind !== "word" || words.at(-1)!.kind === "mark") return undefined;
  const plain = words.map(({ text }) => text.toLowerCase()).join(" ");
  const keys = keysOf(words);
  const columns = profile.columns.filter(
    ({ key, lastKey, stems }) =>
      keys.includes(key) || keys.includes(lastKey) || keys.includes(stems.join(" ")),
  );
  const [only, other] = words;
  // `Orders` are the rows, though `Order no` is called so as well.
  if (
    other === undefined &&
    columns.length > 0 &&
    columns.every((each) => each === profile.id) &&
    !isSame(only!, columns)
  )
    return { kind: "noun" };
  if (columns.length > 0) {
    const exact = columns.filter(({ key }) => keys.includes(key));
    return { kind: "column", columns: exact.length > 0 ? exact : columns, isLoose: false };
  }
  const choices = profile.columns.flatMap((column): ValueChoice[] => {
    const texts = keys.flatMap((key) => column.texts?.whole(key, plain) ?? []);
    return texts.length > 0 ? [{ column, texts: [...new Set(texts)] }] : [];
  });
  return choices.length === 0 ? undefined : { kind: "value", choices, isLoose: false };
}

function isSame({ text }: Token, columns: readonly ColumnProfile[]): boolean {
  return columns.some(({ column }) => column.name.toLowerCase() === text.toLowerCase());
}

function keysOf(words: readonly Token[]): string[] {
  const first = words.map(({ stem }) => stem).join(" ");
  const [only, second] = words;
  return second === undefined ? [...new Set([first, ...stemsOf(only!.plain)])] : [first];
}

/** A word of reports for a column or a value, also in another language. */
function thingName({ plain }: Token, profile: Profile): Naming | undefined {
  const thing = thingOf(plain);
  if (thing === undefined) return undefined;
  const columns = profile.columns.filter(({ column }) => thingsOf(column.name).includes(thing));
  const whole = columns.filter(({ column }) => wordsOf(column.name).length === 1);
  if (columns.length > 0)
    return {
      kind: "column",
      isAlike: true,
      columns: whole.length > 0 ? whole : columns,
      isLoose: whole.length !== 1 && columns.length > 1,
    };
  const choices = profile.columns.flatMap((column): ValueChoice[] => {
    const texts = (column.column.strings ?? []).slice(0, 500).filter((text) => {
      const words = wordsOf(text);
      return words.length === 1 && thingOf(words[0]!.text) === thing;
    });
    return texts.length > 0 ? [{ column, texts }] : [];
  });
  if (choices.length > 0) return { kind: "value", choices, isLoose: false };
  const alike = profile.columns.filter(
    ({ stems, isAmount }) => isAmount && stems.some((stem) => sameField(stem, stemOfThing(thing))),
  );
  return alike.length === 0 ? undefined : { kind: "column", columns: alike, isLoose: alike.length > 1 };
}

function stemOfThing(thing: string): string {
  return stemsOf(thing)[0]!;
}

function thingsOf(name: string): string[] {
  return wordsOf(name.replace(/[([][^)\]]*[)\]]/g, " ")).flatMap(({ text }) => thingOf(text) ?? []);
}

/** `Orders` are the rows where the only column that is called so numbers them: `Order no`. */
function rowsName(token: Token, profile: Profile): Naming | undefined {
  const noun = nounName(token, profile);
  const named = noun && thingName(token, profile);
  const isNumbered =
    named?.kind === "column" &&
    named.columns.every(
      (column) => isKey(column) && !column.isAmount && wordsOf(column.column.name).length > 1,
    );
  return isNumbered ? noun : undefined;
}

function nounName({ plain }: Token, { rowNouns }: Profile): Naming | undefined {
  const stems = stemsOf(plain);
  const thing = thingOf(plain);
  const isNoun = rowNouns.some(
    (noun) => stems.includes(noun) || (thing !== undefined && thingOf(noun) === thing),
  );
  return isNoun && !measureThings.has(thing ?? "") ? { kind: "noun" } : undefined;
}

const measureThings: ReadonlySet<string> = new Set([
  "revenue",
  "cost",
  "budget",
  "profit",
  "stock",
  "amount",
]);

/** One of several words of a column's name, or words inside of longer values. */
function partName(words: readonly Token[], profile: Profile): Naming | undefined {
  const [first, second] = words;
  if (first!.plain.length < 3) return undefined;
  const stems = second === undefined ? stemsOf(first!.plain) : words.map(({ stem }) => stem);
  if (second === undefined) {
    const columns = profile.columns.filter((column) => column.stems.some((stem) => stems.includes(stem)));
    if (columns.length > 0) return { kind: "column", columns, isLoose: true };
  }
  const choices = profile.columns.flatMap((column): ValueChoice[] => {
    const texts = column.texts?.holding(words.map(({ stem }) => stem).join(" ")) ?? [];
    return texts.length > 0 && texts.length < 20 ? [{ column, texts }] : [];
  });
  return choices.length === 0 ? undefined : { kind: "value", choices, isLoose: true };
}
