import type { Filter, GroupKey, Plan, PlanValue } from "../plan.ts";
import type { ColumnProfile } from "../profile.ts";
import type { Period } from "./periods.ts";
import {
  addOnce,
  any,
  find,
  openColumns,
  periodAt,
  type Question,
  type Taken,
  take,
  valueAt,
} from "./question.ts";
import { timeFor } from "./read-times.ts";
import {
  type Conditioned,
  filtersOf,
  isMeasure,
  type Shape,
  sumOf,
  takeFunction,
  takeNumber,
  takeOnlyAmount,
} from "./shape.ts";
import type { TimeColumn } from "./time-columns.ts";

/** What is set side by side: two or more values of one column, or two times. */
export type Compared = { readonly key: GroupKey; readonly where: readonly Filter[] };

const one = `(?:${any.value}|${any.period})`;
const versus = "(?:vs|versus|against|compared (?:to|with)|in comparison (?:to|with)|compare (?:to|with))";
const lead = "(?:in |for |of |from |between |with |the )*";
const forms: readonly RegExp[] = [
  new RegExp(`(?<a>${one}) ${versus} ${lead}(?<b>${one})(?: (?:${versus}|and) ${lead}(?<c>${one}))?`),
  new RegExp(`(?<a>${one}) (?:(?<c>${one}) )?(?:and|with|to) ${lead}(?<b>${one})`),
];
const asked = /\b(?:compare|compared|comparison(?: of)?|side by side)\b/;

/** Takes out `Germany vs France`, `compare 2023 and 2024`, before they are read as conditions. */
export function takeCompared(question: Question): Compared | undefined {
  const [plain, listed] = forms as readonly [RegExp, RegExp];
  const isAsked = find(question, asked) !== undefined;
  const form = find(question, plain) !== undefined ? plain : isAsked ? listed : undefined;
  const found = form && find(question, form);
  const compared = found && (comparedValues(question, found) ?? comparedTimes(question, found));
  if (compared === undefined || form === undefined) return undefined;
  take(question, form);
  take(question, asked);
  return compared;
}

function comparedValues(question: Question, { groups }: Taken): Compared | undefined {
  const tokens = [groups.a, groups.b, groups.c].filter((token) => token !== undefined);
  if (!tokens.every((token) => token.startsWith("v_"))) return undefined;
  const mentions = tokens.map((token) => valueAt(question, token));
  const columns = mentions[0]!.choices.map(({ column }) => column);
  const shared = columns.filter((each) =>
    mentions.every(({ choices }) =>
      choices.some(({ column, texts }) => column === each && texts.length === 1),
    ),
  );
  const [column] = shared;
  if (column === undefined) return undefined;
  if (shared.length > 1)
    addOnce(question.doubts, `they may be of ${shared.map((each) => each.column.name).join(" or ")}`);
  const values = mentions.map(({ choices }) => choices.find((each) => each.column === column)!.texts[0]!);
  const { name } = column.column;
  return { key: { column: name }, where: [{ column: name, is: "in", values }] };
}

function comparedTimes(question: Question, { groups }: Taken): Compared | undefined {
  const tokens = [groups.a, groups.b, groups.c].filter((token) => token !== undefined);
  if (!tokens.every((token) => token.startsWith("p_"))) return undefined;
  const time = timeFor(question, undefined);
  const periods = tokens.map((token) => periodAt(question, token));
  return time && timesOf(time, sameYear(periods));
}

/** `March and April 2024`: the year is said once. */
function sameYear(periods: readonly Period[]): readonly Period[] {
  const dated = periods.find(({ kind }) => kind === "days");
  if (dated?.kind !== "days") return periods;
  return periods.map((each) =>
    each.kind !== "month-of-year"
      ? each
      : { ...dated, ...monthsOf(Number(dated.from.slice(0, 4)), each.months) },
  );
}

function monthsOf(year: number, months: readonly number[]): { from: string; to: string } {
  const text = (month: number): string => `${year}-${String(month).padStart(2, "0")}`;
  return { from: `${text(months[0]!)}-01`, to: `${text(months.at(-1)!)}-31` };
}

/** Times of one length, as parts of one year or as years: others no single condition can say. */
function timesOf({ column, form }: TimeColumn, periods: readonly Period[]): Compared | undefined {
  const { name } = column.column;
  const days = periods.filter((each) => each.kind === "days");
  const grains = new Set(days.map(({ grain }) => grain));
  const [grain] = grains;
  if (days.length < periods.length || grains.size > 1 || grain === undefined || form === "month-name")
    return undefined;
  const years = [...new Set(days.map(({ from }) => Number(from.slice(0, 4))))];
  if (grain === "year")
    return form === "year"
      ? { key: { column: name }, where: [{ column: name, is: "in", values: years }] }
      : { key: { column: name, grain }, where: [{ column: name, grain, is: "in", values: years }] };
  if (form === "year" || (grain !== "month" && grain !== "quarter")) return undefined;
  const months = [...new Set(days.flatMap(({ from, to }) => monthRange(from, to)))].sort((a, b) => a - b);
  // The same month of two years.
  if (years.length > 1 && months.length !== (grain === "month" ? 1 : 3)) return undefined;
  const values: readonly PlanValue[] = months;
  return {
    key: { column: name, grain },
    where: [
      { column: name, grain: "year", is: "in", values: years },
      { column: name, grain: "month-of-year", is: "in", values },
    ],
  };
}

function monthRange(from: string, to: string): number[] {
  const [first, last] = [from, to].map((day) => Number(day.slice(5, 7))) as [number, number];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** One number for each of those that are compared. */
export function readComparing(
  conditioned: Conditioned,
  { key, where: own }: Compared,
  keys: readonly GroupKey[],
): Shape | undefined {
  const { question } = conditioned;
  const fn = takeFunction(question);
  const column = takeNumber(question) ?? takeOnlyAmount(question);
  take(question, /\b(?:by|per)\b/);
  const isCount = column === undefined && takeRows(question);
  const where = [...filtersOf(conditioned, column), ...own];
  const measure = column === undefined ? ({ fn: "count" } as const) : measureOf(question, fn, column);
  if (column === undefined && !isCount) addOnce(question.doubts, "it is not clear what is compared");
  const plan: Plan = { ...question.base, where, groupBy: [...keys, key], measures: [measure] };
  return { calculation: plan };
}

function takeRows(question: Question): boolean {
  if (openColumns(question).some(({ mention }) => mention.columns.some(isMeasure))) return false;
  return take(question, /\b(?:(?:how many|number of|count of) )?(?:noun|rows)\b/) !== undefined;
}

function measureOf(question: Question, fn: ReturnType<typeof takeFunction>, column: ColumnProfile) {
  if (fn !== undefined && fn !== "sum") return { fn, column: column.column.name };
  if (fn === undefined && column.isAdditive)
    addOnce(question.assumptions, `${column.column.name} is added up`);
  return sumOf(question, column);
}
