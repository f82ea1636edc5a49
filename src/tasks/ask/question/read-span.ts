import type { Filter, Plan } from "../plan.ts";
import { type ColumnProfile, isKey } from "../profile.ts";
import { addOnce, any, columnAt, numberAt, type Question, take, valueAt } from "./question.ts";
import { type Conditioned, filtersOf, type Shape } from "./shape.ts";
import { formOf, isTimeUnclear, mainTime, type TimeColumn, timeColumns } from "./time-columns.ts";

/** The time from one row to another: the first and the last, or two that are named. */
export type Span = {
  readonly unit: "days" | "months" | "years";
  readonly time: TimeColumn;
  /** The conditions that name the two rows; absent for the first and the last. */
  readonly rows?: readonly [Filter, Filter];
};

const unit =
  "(?:how many |how much |how |what is |what was |the number of |number of |the )*(?<u>days?|months?|years?|long|time)";
const fillers =
  "(?:(?:did|does|do|it|take|took|is|was|were|are|there|pass|passed|elapsed|lay|in|apart|had|have|have been|been|the) )*";
const ends = new RegExp(
  `${unit} ${fillers}(?:between|from) (?:the )?(?:very )?(?:first|earliest|oldest)(?: (?:noun|${any.time}))? (?:and|to|until) (?:the )?(?:very )?(?:last|latest|newest|most recent|final)(?: (?:noun|(?<d>${any.time})))?`,
);
const named = `(?:the )?(?:noun )?(?:(?:no|nr|number|id|#) )?`;
const pair = new RegExp(
  `${unit} ${fillers}(?:between|from) (?:the )?(?:(?<d>${any.time}) (?:of|for) )?${named}(?<v>${any.value}|${any.figure}) (?:and|to|until) ${named}(?<w>${any.value}|${any.figure})`,
);

/** Takes out `how many days between the first and the last order`, `… between order 1001 and order 1005`. */
export function takeSpan(question: Question): Span | undefined {
  if (question.profile.unpivot !== undefined) return undefined;
  const before = new Set(question.used);
  const span = takeEnds(question) ?? takePair(question);
  if (span !== undefined) return span;
  question.used.clear();
  for (const at of before) question.used.add(at);
  return undefined;
}

function takeEnds(question: Question): Span | undefined {
  const found = take(question, ends);
  const time = found && timeOf(question, found.groups.d);
  return time && spanOf(question, found!.groups.u!, time);
}

function takePair(question: Question): Span | undefined {
  const found = take(question, pair);
  const time = found && timeOf(question, found.groups.d);
  if (found === undefined || time === undefined) return undefined;
  const rows = [found.groups.v!, found.groups.w!].map((token) => rowFilter(question, token));
  const [one, two] = rows;
  if (one === undefined || two === undefined || one.column !== two.column) return undefined;
  const [first, second] = [one, two].map((each) => timeAt(question, time, each));
  if (first === undefined || second === undefined) return undefined;
  const span = spanOf(question, found.groups.u!, time);
  return span && { ...span, rows: first <= second ? [one, two] : [two, one] };
}

function timeOf(question: Question, token: string | undefined): TimeColumn | undefined {
  if (token === undefined) {
    if (isTimeUnclear(question.profile)) addOnce(question.doubts, "it is not clear which date is meant");
    const main = mainTime(question.profile);
    if (main !== undefined && timeColumns(question.profile).length > 1)
      addOnce(question.assumptions, `times are those of ${main.column.column.name}`);
    return main;
  }
  const [column, second] = columnAt(question, token).columns.filter((each) => formOf(each) !== undefined);
  if (second !== undefined) addOnce(question.doubts, "it is not clear which date is meant");
  return column && { column, form: formOf(column)! };
}

/** Columns of years know nothing of months and days. */
function spanOf(question: Question, said: string, time: TimeColumn): Span | undefined {
  const inUnit = said.startsWith("month") ? "months" : said.startsWith("year") ? "years" : "days";
  if (time.form === "month-name" || (time.form === "year" && inUnit !== "years")) return undefined;
  if (/^(long|time)$/.test(said)) addOnce(question.assumptions, "time is told in days");
  if (inUnit !== "days" && time.form === "date")
    addOnce(question.assumptions, `only whole ${inUnit} are counted`);
  return { unit: inUnit, time };
}

/** A row that has the named value to itself. */
function rowFilter(question: Question, token: string): Filter | undefined {
  const { id } = question.profile;
  if (token.startsWith("n_"))
    return id?.kind === "number"
      ? { column: id.column.name, is: "=", value: numberAt(question, token).value }
      : undefined;
  const [choice, second] = valueAt(question, token).choices.filter(({ column }) => isKey(column));
  if (choice === undefined || second !== undefined || choice.texts.length > 1) return undefined;
  return { column: choice.column.column.name, is: "=", value: choice.texts[0]! };
}

/** When the one row that a condition finds is from; undefined where it finds none or several. */
function timeAt({ profile }: Question, { column }: TimeColumn, filter: Filter): number | undefined {
  const by = profile.columns.find((each) => each.column.name === filter.column)?.column;
  if (by === undefined || !("value" in filter)) return undefined;
  const wanted = by.strings === undefined ? filter.value : by.strings.indexOf(String(filter.value));
  const rows = [...by.values.keys()].filter((row) => by.present[row] === 1 && by.values[row] === wanted);
  const [row, second] = rows;
  return row === undefined || second !== undefined || !isFilled(column, row)
    ? undefined
    : column.column.values[row];
}

function isFilled({ column }: ColumnProfile, row: number): boolean {
  return column.present[row] === 1;
}

/** The time between two rows as the difference of two dates, or of two years. */
export function readSpan(conditioned: Conditioned, { unit: inUnit, time, rows }: Span): Shape {
  const { question } = conditioned;
  const where = filtersOf(conditioned);
  const { name } = time.column.column;
  const side = (fn: "min" | "max", filter: Filter | undefined): Plan => {
    const all = filter === undefined ? where : [...where, filter];
    return { ...question.base, ...(all.length > 0 && { where: all }), measures: [{ fn, column: name }] };
  };
  const [left, right] = [side("max", rows?.[1]), side("min", rows?.[0])];
  return {
    calculation: { op: "difference", left, right, ...(time.form === "date" && { unit: inUnit }) },
  };
}
