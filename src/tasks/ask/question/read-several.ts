import type { GroupKey, Measure, Plan } from "../plan.ts";
import type { ColumnProfile } from "../profile.ts";
import { unpivotsOf } from "../wide-table.ts";
import { addOnce, columnAt, meantColumn, type Question } from "./question.ts";
import { type Conditioned, filtersOf, isMeasure, type Shape, sumOf } from "./shape.ts";
import { isTimeKey } from "./time-columns.ts";

const functions: readonly (readonly [RegExp, Measure["fn"]])[] = [
  [/^(average|mean|avg)$/, "average"],
  [/^median$/, "median"],
  [/^(total|sum|overall|combined)$/, "sum"],
  [/^(highest|largest|maximum|maximal|max|greatest|biggest)$/, "max"],
  [/^(lowest|smallest|minimum|minimal|min)$/, "min"],
];
const joining = /^(and|plus|versus|vs|against|also|well)$/;
const between = /^(the|of|both|as|with|to|in|its|their|our|what|is|are|was|were|how|show|along|together)$/;

/** A measure as said: without a function where only the column is named. */
type Item = { readonly fn: Measure["fn"] | undefined; readonly column: ColumnProfile | "rows" };

type List = { readonly items: readonly Item[]; readonly used: readonly number[]; readonly joins: number };

/** `total amount and average discount by region`, `highest and lowest price`, `number of orders and revenue per month`. */
export function readSeveral(conditioned: Conditioned, keys: readonly GroupKey[]): Shape | undefined {
  const { question } = conditioned;
  const list = listIn(question);
  if (list === undefined || list.items.some((each) => isTimeHeading(question, each))) return undefined;
  const measures = measuresOf(question, list.items);
  if (measures === undefined) return undefined;
  for (const at of list.used) question.used.add(at);
  const where = filtersOf(conditioned);
  const isTime = keys.some(({ column, grain }) => grain !== undefined || isTimeKey(question.profile, column));
  const plan: Plan = {
    ...question.base,
    ...(where.length > 0 && { where }),
    ...(keys.length > 0 && { groupBy: keys }),
    measures,
    ...(keys.length > 0 && !isTime && { orderBy: [{ by: 0, direction: "descending" as const }] }),
  };
  if (keys.length === 0) doubtOneSum(question, list.items);
  return { calculation: plan };
}

/** The first stretch of the question that lists two measures or more, joined by `and` and the like. */
function listIn(question: Question): List | undefined {
  const { tokens } = question;
  for (let start = 0; start < tokens.length; start++) {
    // What leads to the first measure belongs to the list.
    const list = listFrom(question, start);
    if (list.items.length > 1 && list.joins > 0) return list;
  }
  return undefined;
}

function listFrom(question: Question, start: number): List {
  const { tokens, used } = question;
  const items: Item[] = [];
  const taken: number[] = [];
  let [pending, functionsTaken, joins, pendingJoins]: [Measure["fn"][], number[], number, number] = [
    [],
    [],
    0,
    0,
  ];
  for (let at = start; at < tokens.length; at++) {
    const { text } = tokens[at]!;
    if (used.has(at)) continue;
    const fn = functions.find(([pattern]) => pattern.test(text))?.[1];
    const counted = countedAt(question, at);
    const column = /^m_\d+$/.test(text) ? columnOf(question, text) : undefined;
    if (counted !== undefined && pending.length === 0) {
      items.push({ fn: "count", column: "rows" });
      taken.push(...counted);
      at = counted.at(-1)!;
    } else if (column !== undefined) {
      const fns = pending.length === 0 ? [undefined] : pending;
      items.push(...fns.map((each) => ({ fn: each, column })));
      taken.push(at, ...functionsTaken);
      [pending, functionsTaken] = [[], []];
    } else if (fn !== undefined) {
      pending.push(fn);
      functionsTaken.push(at);
      continue;
    } else if (joining.test(text)) {
      pendingJoins++;
      if (text !== "and") taken.push(at);
      continue;
    } else if (/^(much|compared?)$/.test(text)) {
      taken.push(at);
      continue;
    } else if (between.test(text)) continue;
    else break;
    joins += items.length > 1 ? pendingJoins : 0;
  }
  return { items, used: taken, joins };
}

/** The tokens of `number of orders`, `how many orders`, `order count`. */
function countedAt({ tokens }: Question, at: number): number[] | undefined {
  const [first, second, third] = tokens.slice(at, at + 3).map(({ text }) => text);
  if (/^(number|count)$/.test(first ?? "") && second === "of" && third === "noun")
    return [at, at + 1, at + 2];
  if (first === "how" && second === "many" && third === "noun") return [at, at + 1, at + 2];
  if (first === "noun" && second === "count") return [at, at + 1];
  return undefined;
}

function columnOf(question: Question, token: string): ColumnProfile | undefined {
  const { columns } = columnAt(question, token);
  return columns.filter(isMeasure).length === 0 ? undefined : meantQuietly(question, token);
}

/** Doubts of a list that turns out to be none must not stay. */
function meantQuietly(question: Question, token: string): ColumnProfile | undefined {
  const trial: Question = { ...question, doubts: [], assumptions: [] };
  const column = meantColumn(trial, columnAt(question, token), isMeasure);
  return trial.doubts.length > 0 ? undefined : column;
}

/** `in 2018 and 2019`, where these are columns, asks for one number of both. */
function isTimeHeading({ profile }: Question, { column }: Item): boolean {
  if (column === "rows" || profile.unpivot !== undefined) return false;
  return unpivotsOf(profile.table).some(({ columns }) =>
    columns.some((each) => each.column === column.column.name),
  );
}

/** What is said of one goes for those behind it that say nothing; undefined where that leaves one measure only. */
function measuresOf(question: Question, items: readonly Item[]): Measure[] | undefined {
  const measures: Measure[] = [];
  let last: Measure["fn"] | undefined;
  for (const { fn, column } of items) {
    if (column === "rows") measures.push({ fn: "count" });
    else measures.push(measureOf(question, fn ?? last, column, fn === undefined && last !== undefined));
    if (column !== "rows") last = fn ?? last;
  }
  const texts = measures.map((each) => JSON.stringify(each));
  return new Set(texts).size < measures.length ? undefined : measures;
}

function measureOf(
  question: Question,
  fn: Measure["fn"] | undefined,
  column: ColumnProfile,
  isCarried: boolean,
): Measure {
  const { name } = column.column;
  if (fn === undefined || fn === "sum") {
    if (fn === undefined && column.isAdditive) addOnce(question.assumptions, `${name} is added up`);
    return sumOf(question, column);
  }
  if (isCarried && column.isAdditive) addOnce(question.doubts, `${name} may be added up, or not`);
  return { fn, column: name };
}

/** `the total of gold and silver` may be one number. */
function doubtOneSum(question: Question, items: readonly Item[]): void {
  const isSum = items.filter(({ fn }) => fn === "sum").length === 1;
  const isOf = question.tokens.some(
    ({ text }, at) =>
      /^(combined|sum)$/.test(text) || (text === "total" && question.tokens[at + 1]?.text === "of"),
  );
  if (isSum && isOf) addOnce(question.doubts, "the numbers may be meant together");
}
