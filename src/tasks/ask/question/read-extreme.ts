import type { Filter, Measure, Plan } from "../plan.ts";
import { type ColumnProfile, isKey } from "../profile.ts";
import { mainAmount } from "./main-amount.ts";
import { addOnce, columnAt, find, meantColumn, openColumns, type Question, take } from "./question.ts";
import {
  type Conditioned,
  filtersOf,
  grainWords,
  isMeasure,
  keyOfTarget,
  type Shape,
  sumOf,
  type Target,
  takeAsked,
  takeFunction,
  takeKind,
  takeNumber,
  takeOnlyAmount,
  targetOf,
} from "./shape.ts";
import { findSuperlative, placesOf, type Superlative, takeSuperlative } from "./superlatives.ts";

/** `which region has the highest sales`, `top 5 customers by revenue`, `what is the lowest price`, `the oldest employee`. */
export function readExtreme(conditioned: Conditioned): Shape | undefined {
  const { question } = conditioned;
  if (findSuperlative(question) === undefined) return undefined;
  const isPlainAsk = find(
    question,
    /^(?:what|how much|how many|how high|how low) (?:(?:is|was|are|were|the) )*(?:highest|largest|greatest|biggest|maximum|max|lowest|smallest|minimum|min|most|least|longest|shortest)\b/,
  );
  const asked = takeAsked(question) ?? asTarget(takeKind(question));
  const superlative = takeSuperlative(question);
  if (superlative === undefined) return undefined;
  const fn = takeFunction(question);
  const target = asked ?? targetAfter(question, superlative);
  if (asked?.kind === "column" && superlative.column !== undefined && hasPluralNoun(question))
    addOnce(question.doubts, `“${superlative.said}” may be of one or of the average`);
  if (target?.kind === "column" && takeSizedRow(question, superlative)) {
    const size = sizeOf(question, superlative);
    return bestRow(conditioned, superlative, target.column, size, filtersOf(conditioned, size));
  }
  const counted = takeCounted(question, superlative, target);
  const number = counted === undefined ? numberFor(question, superlative) : undefined;
  const where = filtersOf(conditioned, number);
  // `which cable car is the oldest` asks for what has the year, where the kind of car is a condition.
  const isOfRow = superlative.column === number && find(question, /^(?:which|who)\b/) !== undefined;
  if (
    target === undefined &&
    number !== undefined &&
    !isOfRow &&
    (isPlainAsk !== undefined || !superlative.isCounted)
  )
    return { calculation: single(question, where, superlative, number) };
  if (target === undefined) return bestRow(conditioned, superlative, undefined, number, where);
  if (counted !== undefined || (number === undefined && superlative.isCount))
    return byGroups(question, target, where, superlative, counted ?? { fn: "count" });
  if (number === undefined) return withoutNumber(question, target, where, superlative);
  return ofTarget(conditioned, { target, number, where, superlative, fn });
}

/** `the oldest employees` of a city are a group. */
function hasPluralNoun({ tokens }: Question): boolean {
  return tokens.some(({ text, said }) => text === "noun" && /(s|people|staff)$/i.test(said));
}

function asTarget(column: ColumnProfile | undefined): Target | undefined {
  return column && { kind: "column", column };
}

/** `the cheapest product`, `top 5 customers`, `the largest order`, `the month with the highest sales`. */
function targetAfter(question: Question, { at }: Superlative): Target | undefined {
  const before = find(
    question,
    new RegExp(
      `(?<t>[cdbl]_\\d+|noun|${grainWords}) (?:with|that has|that have|having|who has|of|that had|which had)`,
    ),
  );
  if (before !== undefined && before.at < at) {
    take(
      question,
      new RegExp(`(?:${before.groups.t})(?: (?:with|that has|that have|having|who has|that had|which had))?`),
    );
    return targetOf(question, before.groups.t!);
  }
  const after = find(question, new RegExp(`(?<t>[cdbl]_\\d+|noun|\\b(?:${grainWords}))(?= |$)`));
  if (after === undefined) return undefined;
  const target = targetOf(question, after.groups.t!);
  if (target !== undefined) question.used.add(after.at);
  return target;
}

const sized = /^(largest|biggest|greatest|smallest|highest|lowest)$/;

/** `who placed the largest order`: one row by its size, where `most orders` are counted. */
function takeSizedRow(question: Question, { said }: Superlative): boolean {
  if (!sized.test(said)) return false;
  const noun = question.tokens.findIndex(({ text }) => text === "noun");
  const isPlural = /(s|people|staff|en|äge)$/i.test(question.tokens[noun]?.said ?? "s");
  if (isPlural || mainAmount(question.profile) === undefined) return false;
  if (question.tokens[noun - 1]?.text !== said || openColumns(question).length > 0) return false;
  question.used.add(noun);
  return true;
}

/** `the most orders`, `the highest number of different customers`: what is counted. */
function takeCounted(
  question: Question,
  superlative: Superlative,
  target: Target | undefined,
): Measure | undefined {
  if (superlative.isCount) return { fn: "count" };
  if (superlative.column !== undefined) return undefined;
  if (target?.kind === "rows") return undefined;
  const noun = take(question, /(?:(?:number|count|amount) of )?noun\b/);
  if (noun !== undefined) {
    if (noun.text === "noun" && sized.test(superlative.said))
      addOnce(question.doubts, `“${superlative.said}” may be of each or of all together`);
    return { fn: "count" };
  }
  if (openColumns(question).some(({ mention }) => mention.columns.some(isMeasure))) return undefined;
  const found = find(
    question,
    /(?:(?:number|count|amount) of )?(?<d>different |distinct |unique )?(?<c>[cdbl]_\d+)/,
  );
  if (
    found === undefined ||
    !/^(most|least|fewest|highest|lowest|largest|smallest|top|bottom|greatest)$/.test(superlative.said)
  )
    return undefined;
  const column = meantColumn(question, columnAt(question, found.groups.c!));
  take(question, /(?:(?:number|count|amount) of )?(?:different |distinct |unique )?[cdbl]_\d+/);
  if (column === undefined) return undefined;
  if (found.groups.d !== undefined) return { fn: "count-distinct", column: column.column.name };
  if (!isKey(column) && column !== question.profile.id)
    addOnce(
      question.doubts,
      `${column.column.name} stands in several rows: they may be counted once or each time`,
    );
  return { fn: "count", column: column.column.name };
}

function numberFor(question: Question, superlative: Superlative): ColumnProfile | undefined {
  const named = openColumns(question).some(({ mention }) => mention.columns.some(isMeasure));
  if (!named && superlative.column !== undefined) return superlative.column;
  return (
    takeNumber(question, superlative.at) ??
    superlative.column ??
    takeOnlyAmount(question) ??
    sizeOf(question, superlative)
  );
}

/** `the largest order`: by what it comes to. */
function sizeOf(question: Question, { said }: Superlative): ColumnProfile | undefined {
  const column = /largest|biggest|smallest|highest|lowest|greatest|top/.test(said)
    ? mainAmount(question.profile)
    : undefined;
  if (column !== undefined) addOnce(question.assumptions, `“${said}” is by ${column.column.name}`);
  return column;
}

/** `what is the highest price`: the number itself. */
function single(
  question: Question,
  where: readonly Filter[],
  superlative: Superlative,
  number: ColumnProfile,
): Plan {
  const { direction, place = 1 } = superlative;
  const column = number.column.name;
  if (place > 1) {
    const { ties: _, ...places } = placesOf(superlative);
    const filled: Filter = { column, is: "not-empty" };
    const plan = { ...question.base, where: [...where, filled], show: [column], distinct: true };
    addOnce(question.assumptions, `the same ${column} in several rows takes one place`);
    return { ...plan, orderBy: [{ by: column, direction }], ...places };
  }
  return {
    ...question.base,
    ...(where.length > 0 && { where }),
    measures: [{ fn: direction === "descending" ? "max" : "min", column }],
  };
}

function byGroups(
  question: Question,
  target: Target,
  where: readonly Filter[],
  superlative: Superlative,
  measure: Measure,
): Shape | undefined {
  const key = keyOfTarget(target);
  if (key === undefined) return undefined;
  const filled = target.kind === "column" && target.column.filledCount < target.column.column.present.length;
  const conditions: Filter[] = [
    ...where,
    ...(filled ? [{ column: key.column, is: "not-empty" as const }] : []),
  ];
  return {
    calculation: {
      ...question.base,
      ...(conditions.length > 0 && { where: conditions }),
      groupBy: [key],
      measures: [measure],
      orderBy: [{ by: 0, direction: superlative.direction }],
      ...placesOf(superlative),
    },
  };
}

/** `which X has the most`, with nothing that says of what. */
function withoutNumber(
  question: Question,
  target: Target,
  where: readonly Filter[],
  superlative: Superlative,
): Shape | undefined {
  if (target.kind === "column" && isMeasure(target.column))
    return { calculation: single(question, where, superlative, target.column) };
  addOnce(question.doubts, `it is not clear by what “${superlative.said}” is meant`);
  return byGroups(question, target, where, superlative, { fn: "count" });
}

type Wanted = {
  readonly target: Target;
  readonly number: ColumnProfile;
  readonly where: readonly Filter[];
  readonly superlative: Superlative;
  readonly fn: Measure["fn"] | undefined;
};

/** A name that stands in several rows is judged by what its rows come to, unless that would mean nothing. */
function ofTarget(conditioned: Conditioned, wanted: Wanted): Shape | undefined {
  const { question } = conditioned;
  const { target, number, where, superlative, fn } = wanted;
  const rows = bestRow(
    conditioned,
    superlative,
    target.kind === "column" ? target.column : undefined,
    number,
    where,
  );
  if (target.kind === "rows") return rows;
  const isTime = superlative.column !== undefined && superlative.column.kind === "date";
  const repeats = target.kind === "grain" || (!isKey(target.column) && !isTime);
  const isWide = question.profile.unpivot !== undefined;
  if (!repeats && fn === undefined && !isWide) return rows;
  if (isTime) return rows;
  const name = number.column.name;
  if (fn !== undefined)
    return byGroups(
      question,
      target,
      where,
      superlative,
      fn === "sum" ? sumOf(question, number) : { fn, column: name },
    );
  if (!number.isAdditive) return rows;
  addOnce(question.assumptions, `${name} is added up`);
  const sums = byGroups(question, target, where, superlative, { fn: "sum", column: name });
  if (number.isAmount || rows === undefined || sums === undefined) return sums;
  const key = keyOfTarget(target)!;
  const alternative: Plan = {
    ...question.base,
    ...(where.length > 0 && { where }),
    groupBy: [key],
    measures: [{ fn: superlative.direction === "descending" ? "max" : "min", column: name }],
    orderBy: [{ by: 0, direction: superlative.direction }],
    ...placesOf(superlative),
  };
  return { ...sums, alternatives: [alternative] };
}

/** The row where the number is highest or lowest: what it is about, and the number beside it. */
function bestRow(
  { question }: Conditioned,
  superlative: Superlative,
  column: ColumnProfile | undefined,
  number: ColumnProfile | undefined,
  where: readonly Filter[],
): Shape | undefined {
  const { id, subject } = question.profile;
  const shown = column ?? subject ?? id;
  if (shown === undefined || number === undefined) return undefined;
  const isRank = /\b(rank|place|position|pos)\b/i.test(number.column.name);
  if (isRank) addOnce(question.doubts, `the best ${number.column.name} may be the lowest`);
  const conditions: Filter[] = [...where, { column: number.column.name, is: "not-empty" }];
  const idFirst = column === undefined && id !== undefined && id !== shown ? [id.column.name] : [];
  return {
    calculation: {
      ...question.base,
      where: conditions,
      show: [...idFirst, shown.column.name, ...(shown === number ? [] : [number.column.name])],
      orderBy: [{ by: number.column.name, direction: superlative.direction }],
      ...placesOf(superlative),
    },
  };
}
