import type { ColumnProfile } from "../../ask/profile.ts";
import type { Period } from "../../ask/question/periods.ts";
import type { Concept } from "../read/concept.ts";
import type { Sentence } from "../read/sentence-types.ts";
import type { Chunk } from "./chunks.ts";
import { type Element, isConcept, isMark, isNumber } from "./elements.ts";
import type { ValueChoice } from "./find-names.ts";
import { restrictingWords } from "./unread.ts";

/** Words that stand for values of a column. */
export type NamedValue = {
  readonly choices: readonly ValueChoice[];
  readonly isLoose: boolean;
  /** Element of its chunk; -1 for those of other chunks. */
  readonly at: number;
  /** What others are compared with: `than in the South`. */
  readonly isBase: boolean;
};

export type NamedPeriod = { readonly period: Period; readonly at: number; readonly isBase: boolean };

export type BaseShift = "year" | "month" | "quarter" | "itself";

/** What a stretch of a sentence is about, with what it takes over from the rest of the sentence. */
export type Scope = {
  /** Columns of numbers. */
  readonly measures: readonly ColumnProfile[];
  readonly isMeasureLoose: boolean;
  /** Other columns that are named, with their elements. */
  readonly groups: readonly { readonly columns: readonly ColumnProfile[]; readonly at: number }[];
  readonly hasNoun: boolean;
  readonly values: readonly NamedValue[];
  readonly periods: readonly NamedPeriod[];
  readonly shift?: BaseShift;
  readonly concepts: ReadonlySet<Concept>;
  readonly doubts: readonly string[];
  /** How many words were understood. */
  readonly matched: number;
  /** How many of them only by another word of the same meaning. */
  readonly alike: number;
};

type Own = Omit<Scope, "doubts"> & {
  readonly unread: readonly string[];
  readonly leading: readonly NamedValue[];
};

/** What chunk number `at` is about; more than one where it isn't plain what it takes over. */
export function scopesOf(chunks: readonly Chunk[], at: number, sentence: Sentence): Scope[] {
  const owns = chunks.map((chunk) => ownScope(chunk, sentence));
  const own = owns[at]!;
  const before = owns.slice(0, at).reverse();
  const after = owns.slice(at + 1);
  const giver =
    own.measures.length > 0 || own.hasNoun
      ? undefined
      : [...before, ...after].find((each) => each.measures.length > 0 || each.hasNoun);
  const periodGiver = own.periods.some(({ isBase }) => !isBase)
    ? undefined
    : [...before, ...after].find((each) => each.periods.some(({ isBase }) => !isBase));
  const base = {
    ...own,
    measures: giver?.measures ?? own.measures,
    isMeasureLoose: giver?.isMeasureLoose ?? own.isMeasureLoose,
    hasNoun: own.hasNoun || (giver?.hasNoun ?? false),
    periods: [...(periodGiver?.periods.filter(({ isBase }) => !isBase).map(taken) ?? []), ...own.periods],
    alike: own.alike + (giver?.alike ?? 0),
    matched: own.matched + (giver === undefined ? 0 : 1) + (periodGiver === undefined ? 0 : 1),
    doubts: doubtsOf([
      ...own.unread,
      ...(giver?.unread ?? []),
      ...(isBare(own) ? (before.find((each) => !isBare(each))?.unread ?? []) : []),
    ]),
    concepts: giver === undefined ? own.concepts : withFunctions(own.concepts, giver.concepts),
  };
  // Two lists that belong together pairwise.
  const isInTurn = chunks.some(({ elements }) =>
    elements.some(
      ({ kind, from }) => /^(word|concept)$/.test(kind) && inTurn.test(sentence.tokens[from]!.plain),
    ),
  );
  const doubted = isInTurn ? { ...base, doubts: [...base.doubts, "several figures are said in turn"] } : base;
  return inheritValues(doubted, own, before, giver);
}

/** Goes on about what was said before. */
function isBare({ measures, values, hasNoun }: Own): boolean {
  return measures.length === 0 && !hasNoun && !values.some(({ isBase }) => !isBase);
}

const functions: readonly Concept[] = ["average", "median", "count", "share", "highest", "lowest", "monthly"];

/** `The average price was 5 in 2024 and 6 in 2025`: the second one is an average too. */
function withFunctions(own: ReadonlySet<Concept>, given: ReadonlySet<Concept>): ReadonlySet<Concept> {
  return new Set([...own, ...functions.filter((each) => given.has(each))]);
}

function taken<Named extends { readonly at: number }>(named: Named): Named {
  return { ...named, at: -1 };
}

/** Values of the words before hold on, unless this chunk names another one of the same column or speaks of all. */
function inheritValues(
  base: Omit<Scope, "values"> & { values: readonly NamedValue[] },
  own: Own,
  before: readonly Own[],
  giver: Own | undefined,
): Scope[] {
  const columnsOf = (values: readonly NamedValue[]): Set<ColumnProfile> =>
    new Set(values.flatMap(({ choices }) => choices.map(({ column }) => column)));
  const ownColumns = columnsOf(own.values);
  const isNew = (value: NamedValue): boolean =>
    !value.isBase && value.choices.every(({ column }) => !ownColumns.has(column));
  if (own.concepts.has("total")) return [base];
  const sure = before.flatMap(({ leading }) => leading).filter(isNew);
  const rest = (before.find(({ values }) => values.some((each) => !each.isBase))?.values ?? []).filter(
    (each) => isNew(each) && !sure.some((known) => sharesColumn(known, each)),
  );
  const withSure = { ...base, values: [...sure.map(taken), ...own.values] };
  if (rest.length === 0) return [withSure];
  const withAll = {
    ...withSure,
    values: [...rest.map(taken), ...withSure.values],
    matched: base.matched + 1,
  };
  // Without words of its own it goes on about the same.
  if (giver !== undefined && own.values.length === 0) return [withAll];
  if (giver === undefined && own.measures.length + (own.hasNoun ? 1 : 0) + own.values.length === 0)
    return [withAll];
  return [
    { ...withAll, matched: base.matched },
    { ...withSure, matched: base.matched },
  ];
}

function sharesColumn(one: NamedValue, two: NamedValue): boolean {
  return one.choices.some(({ column }) => two.choices.some((each) => each.column === column));
}

const inTurn = /^(respectively|respektive|jeweils|respectivement|respectivamente|respetivamente)$/;

function doubtsOf(unread: readonly string[]): string[] {
  return unread.length === 0 ? [] : [`“${[...new Set(unread)].join("”, “")}” is not explained by the table`];
}

function ownScope({ elements, leading }: Chunk, sentence: Sentence): Own {
  const isBase = baseTest(elements, sentence);
  const columns = elements.flatMap((element, at) =>
    element.kind === "column" ? [{ columns: element.columns, isLoose: element.isLoose, at }] : [],
  );
  const isMeasure = (column: ColumnProfile): boolean => column.kind === "number" && !column.isLabel;
  const numeric = columns.filter((each) => each.columns.some(isMeasure));
  const values = elements.flatMap((element, at): NamedValue[] =>
    element.kind === "value"
      ? [{ choices: element.choices, isLoose: element.isLoose, at, isBase: isBase(at) }]
      : [],
  );
  const periods = elements.flatMap((element, at): NamedPeriod[] =>
    element.kind === "period" ? [{ period: element.period, at, isBase: isBase(at) }] : [],
  );
  const concepts = new Set(
    elements.flatMap((element) => (element.kind === "concept" ? [element.concept] : [])),
  );
  const shift = shiftOf(elements);
  return {
    measures: [...new Set(numeric.flatMap((each) => each.columns.filter(isMeasure)))],
    isMeasureLoose: numeric.some(({ isLoose }) => isLoose),
    groups: columns.filter((each) => !each.columns.some(isMeasure)),
    hasNoun: elements.some(({ kind }) => kind === "noun"),
    values,
    periods,
    ...(shift !== undefined && { shift }),
    concepts,
    unread: restrictingWords(elements, sentence),
    leading: values.filter(({ at }) => at < leading),
    alike: elements.filter((each) => "isAlike" in each && each.isAlike).length,
    matched: elements.reduce((sum, element) => sum + weightOf(element), 0),
  };
}

/** Names of several words say more than the same words one by one. */
function weightOf({ kind, from, to }: Element): number {
  if (kind === "period") return 1;
  return kind === "column" || kind === "value" || kind === "noun" ? (to - from) * 1.1 - 0.1 : 0;
}

function shiftOf(elements: readonly Element[]): BaseShift | undefined {
  const has = (concept: string): boolean => elements.some((each) => isConcept(each, concept));
  if (has("year-before") || has("same-before")) return "year";
  if (has("month-before")) return "month";
  if (has("quarter-before")) return "quarter";
  return has("period-before") ? "itself" : undefined;
}

/** `The difference between the North and the South`: the second of the two. */
function gapBase(elements: readonly Element[]): number | undefined {
  const between = elements.findIndex((each) => isConcept(each, "between"));
  if (between < 0 || !elements.slice(0, between).some((each) => isConcept(each, "gap"))) return undefined;
  const names = elements.flatMap(({ kind }, at) => (kind === "value" && at > between ? [at] : []));
  const [one, two] = names;
  if (one === undefined || two === undefined || names.length > 2) return undefined;
  return elements.slice(one, two).some((each) => isConcept(each, "and")) ? two : undefined;
}

/** Tells which names and times are what others are compared with. */
function baseTest(elements: readonly Element[], { tokens, language }: Sentence): (at: number) => boolean {
  const gap = gapBase(elements);
  if (gap !== undefined) return (at) => at === gap;
  const isChange = elements.some(
    (each) =>
      isConcept(each, "up", "down", "more", "less", "as-much", "move", "versus") ||
      (each.kind === "figure" && /^(multiple|points)$/.test(each.figure.form)),
  );
  if (!isChange && !isAboveSaid(elements, language)) return (at) => isBelowOther(elements, at);
  return (at) => {
    for (let index = at - 1; index >= 0; index--) {
      const element = elements[index]!;
      // `more than the South in 2024`: the time holds for both.
      if (element.kind === "value" && elements[at]!.kind === "period") return false;
      // `exceeded in 2024 that of the South`: so it does where the name comes behind.
      if (isConcept(element, "above", "below") && isBeforeName(elements, at)) return false;
      if (isConcept(element, "than", "versus")) return true;
      // `2.8 times that of the North`
      if (element.kind === "figure" && element.figure.form === "multiple")
        return element.figure.digits !== undefined && elements[at]!.kind === "value";
      if (isConcept(element, "above", "below")) return !isFigureNext(elements, index);
      if (isConcept(element, "from"))
        return elements[at]!.kind === "period" && !isFigureNext(elements, index);
      if (isConcept(element, "in") && tokens[element.from]!.plain === "on")
        return elements[at]!.kind === "period";
      const isOpen =
        isConcept(
          element,
          "in",
          "of",
          "small",
          "where",
          "to",
          "year",
          "month",
          "quarter",
          "mild",
          "as-much",
          "and",
        ) ||
        (element.kind !== "figure" &&
          element.kind !== "mark" &&
          element.kind !== "concept" &&
          element.kind !== "word");
      if (!isOpen || isMark(element, ",")) return false;
      if (isConcept(element, "to") && elements[at]!.kind === "period") return false;
    }
    return false;
  };
}

/** A time with a name behind it and no word for a place between: `2024 den der Region Süd`. */
function isBeforeName(elements: readonly Element[], at: number): boolean {
  if (elements[at]!.kind !== "period") return false;
  const behind = elements.slice(at + 1);
  const name = behind.findIndex(({ kind }) => kind === "value");
  return (
    name > 0 &&
    behind
      .slice(0, name)
      .every((each) => each.kind === "column" || isConcept(each, "small", "mild", "of", "where"))
  );
}

/** `lay above that of the North`: the North is what it is compared with. */
function isBelowOther(elements: readonly Element[], at: number): boolean {
  if (elements[at]!.kind !== "value") return false;
  const lead = elements
    .slice(0, at)
    .findLast((each) => !isConcept(each, "small", "of", "in", "where", "mild") && each.kind !== "column");
  return isConcept(lead, "above", "below");
}

/** `exceeded that of the West by 12 %`, `12 % above 2024`; `over 2024` alone is a time. */
function isAboveSaid(elements: readonly Element[], language: string): boolean {
  const at = elements.findIndex((each) => isConcept(each, "above", "below"));
  if (at < 0) return false;
  const before = elements.slice(0, at).findLast((each) => !isConcept(each, "small", "mild"));
  const behind = elements.slice(at + 1);
  const figure = behind.findIndex(isNumber);
  const lead = behind.slice(0, Math.max(figure, 0)).findLast((each) => !isConcept(each, "small", "mild"));
  const isRomance = /^(fr|es|pt)$/.test(language);
  return (
    (before !== undefined && isNumber(before)) ||
    isConcept(lead, "by") ||
    (isRomance &&
      isConcept(lead, "of", "in") &&
      behind.slice(0, figure).some((each) => each.kind === "value"))
  );
}

function isFigureNext(elements: readonly Element[], at: number): boolean {
  const next = elements.slice(at + 1).find((each) => !isConcept(each, "small"));
  return next !== undefined && isNumber(next);
}
