import { formatRange } from "../../files/index.ts";
import type { Json } from "../../json.ts";
import type { Table, TableColumn } from "../../table.ts";
import { sheetName } from "./cite-cells.ts";
import type { Filter, GroupKey, PlanValue } from "./plan.ts";

/** A pair of a range and a criterion, as SUMIFS takes them. */
export type Criterion = readonly [range: string, criterion: string];

/** Alternatives that no row meets two of, each a list of criteria that hold together; undefined where no formula can say it. */
export type Alternatives = readonly (readonly Criterion[])[] | undefined;

const mostAlternatives = 12;

/** What holds where all the parts hold. */
export function combine(parts: readonly Alternatives[]): Alternatives {
  let sets: readonly (readonly Criterion[])[] = [[]];
  for (const part of parts) {
    if (part === undefined) return undefined;
    sets = sets.flatMap((set) => part.map((more) => [...set, ...more]));
    if (sets.length > mostAlternatives) return undefined;
  }
  return sets;
}

/** The column that a plan names, in any case. */
export function columnNamed(table: Table, name: string): TableColumn | undefined {
  return table.columns.find((each) => each.name.toLowerCase() === name.toLowerCase());
}

/** The cells of a column, fixed so that the formula can be copied: `Orders!$D$5:$D$16`. */
export function rangeOf({ source, sheetRows, rowCount }: Table, { column }: TableColumn): string {
  const range = formatRange({
    firstRow: sheetRows[0]!,
    lastRow: sheetRows[rowCount - 1]!,
    firstColumn: column,
    lastColumn: column,
  });
  return `${sheetName(source.sheet!)}!${range.replace(/([A-Z]+)(\d+)/g, "$$$1$$$2")}`;
}

/** A condition as criteria. */
export function filterCriteria(table: Table, filter: Filter): Alternatives {
  const column = columnNamed(table, filter.column);
  if (column === undefined || column.exceptions.length > 0) return undefined;
  if ("grain" in filter && filter.grain !== undefined) return grainCriteria(table, column, filter);
  const one = (sign: string, value: PlanValue): Alternatives =>
    single(table, column, criterionOf(column, sign, value));
  switch (filter.is) {
    case "between":
      return combine([one(">=", filter.from), single(table, column, upTo(column, filter.to))]);
    case "in":
      return eachOnce(filter.values, (value) => one("", value));
    case "not-in":
      return orEmpty(table, column, combine(filter.values.map((value) => one("<>", value))));
    case "contains":
      return single(table, column, containing(column, "", filter.value));
    case "not-contains":
      return orEmpty(table, column, single(table, column, containing(column, "<>", filter.value)));
    case "empty":
      // Also where a formula gives an empty text, which is nothing to read either.
      return single(table, column, '""');
    case "not-empty":
      return single(table, column, '"<>"');
    case "=":
      return one("", filter.value);
    case "!=":
      return orEmpty(table, column, one("<>", filter.value));
    default:
      // Programs put texts in different orders.
      return column.type === "text" || column.type === "boolean" ? undefined : one(filter.is, filter.value);
  }
}

/** What holds in the rows of one group, by the value that the group has in the result. */
export function keyCriteria(table: Table, key: GroupKey, value: Json | undefined): Alternatives {
  const column = columnNamed(table, key.column);
  if (column === undefined || column.exceptions.length > 0) return undefined;
  if (value === undefined || (typeof value === "object" && value !== null)) return undefined;
  if (value === null) return single(table, column, '""');
  if (key.grain !== undefined) return within(table, column, periodOf(column, key.grain, value));
  if (typeof value === "string" && hasOtherCase(column, value)) return undefined;
  return single(table, column, criterionOf(column, "", value));
}

function single(table: Table, column: TableColumn, criterion: string | undefined): Alternatives {
  return criterion === undefined ? undefined : [[[rangeOf(table, column), criterion]]];
}

/** Excel counts an empty cell as another than any value; not every program does, so it is said where there are some. */
function orEmpty(table: Table, column: TableColumn, others: Alternatives): Alternatives {
  if (column.present.every((each) => each === 1)) return others;
  const range = rangeOf(table, column);
  return others && [...others.map((set): Criterion[] => [...set, [range, '"<>"']]), [[range, '""']]];
}

/** Alternatives of values; the same value twice would count its rows twice. */
function eachOnce(values: readonly PlanValue[], one: (value: PlanValue) => Alternatives): Alternatives {
  const found = new Map<string, readonly Criterion[]>();
  for (const value of values) {
    const criteria = one(value);
    if (criteria === undefined) return undefined;
    for (const set of criteria) found.set(JSON.stringify(set).toLowerCase(), set);
  }
  return [...found.values()];
}

/** Groups keep the case of texts, criteria don't. */
function hasOtherCase({ strings = [] }: TableColumn, value: string): boolean {
  const folded = value.toLowerCase();
  return strings.some((text) => text !== value && text.toLowerCase() === folded);
}

type GrainFilter = Exclude<Filter, { readonly is: "between" | "empty" | "not-empty" }>;

/** Years as spans of days. For months of any year or weekdays there is no criterion. */
function grainCriteria(table: Table, column: TableColumn, filter: GrainFilter): Alternatives {
  if (filter.grain !== "year") return undefined;
  const span = (year: PlanValue): Period | undefined => periodOf(column, "year", year);
  if ("values" in filter) {
    if (filter.is === "not-in") return undefined;
    return eachOnce(filter.values, (year) => within(table, column, span(year)));
  }
  const period = span(filter.value);
  if (period === undefined) return undefined;
  const [first, next] = period;
  const is = (sign: string, day: string): Alternatives => single(table, column, `"${sign}"&${day}`);
  switch (filter.is) {
    case "=":
      return within(table, column, period);
    case "!=":
      return [is("<", first), is(">=", next), single(table, column, '""')].flatMap((part) => part ?? []);
    case "<":
      return is("<", first);
    case "<=":
      return is("<", next);
    case ">":
      return is(">=", next);
    case ">=":
      return is(">=", first);
    case "contains":
    case "not-contains":
      return undefined;
    default:
      return filter satisfies never;
  }
}

/** The first day of a period and of the next one, as formulas. */
type Period = readonly [first: string, next: string];

function within(table: Table, column: TableColumn, period: Period | undefined): Alternatives {
  if (period === undefined) return undefined;
  const range = rangeOf(table, column);
  return [
    [
      [range, `">="&${period[0]}`],
      [range, `"<"&${period[1]}`],
    ],
  ];
}

function periodOf(
  { type }: TableColumn,
  grain: NonNullable<GroupKey["grain"]>,
  value: Json,
): Period | undefined {
  if (type !== "date" && type !== "timestamp") return undefined;
  const text = String(value);
  const months = (year: string, first: number, count: number): Period | undefined => {
    const [from, to] = [dateFormula(Number(year), first, 1), dateFormula(Number(year), first + count, 1)];
    return from === undefined || to === undefined ? undefined : [from, to];
  };
  if (grain === "year") return /^\d{4}$/.test(text) ? months(text, 1, 12) : undefined;
  if (grain === "day") {
    const [from, to] = [dayFormula(text), dayFormula(text, 1)];
    return from === undefined || to === undefined ? undefined : [from, to];
  }
  const [, year = "", part = ""] = /^(\d{4})-Q?(\d{1,2})$/.exec(text) ?? [];
  if (year === "") return undefined;
  if (grain === "month") return months(year, Number(part), 1);
  if (grain === "quarter") return months(year, Number(part) * 3 - 2, 3);
  return undefined;
}

/** The day of an ISO date, or so many days later; undefined for anything else, a time of day too. */
function dayFormula(text: string, later = 0): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  return dateFormula(Number(year), Number(month), Number(day) + later);
}

function dateFormula(year: number, month: number, day: number): string | undefined {
  // DATE takes years before 1900 for years after it, and workbooks that count from 1904 know no earlier ones.
  return year < 1905 || year > 9998 ? undefined : `DATE(${year},${month},${day})`;
}

/** The last day of a span belongs to it whole, also where the column knows the time of day. */
function upTo(column: TableColumn, value: PlanValue): string | undefined {
  if (column.type !== "timestamp" || !/^\d{4}-\d{2}-\d{2}$/.test(String(value)))
    return column.type === "text" ? undefined : criterionOf(column, "<=", value);
  const next = dayFormula(String(value), 1);
  return next === undefined ? undefined : `"<"&${next}`;
}

function criterionOf(column: TableColumn, sign: string, value: PlanValue): string | undefined {
  const { type } = column;
  switch (type) {
    case "integer":
    case "decimal":
      return typeof value === "boolean" ? undefined : numberCriterion(sign, value);
    case "text":
      return sign === "" || sign === "<>" ? textCriterion(column, sign, String(value)) : undefined;
    case "date":
    case "timestamp": {
      const day = dayFormula(String(value));
      if (day === undefined) return undefined;
      return sign === "" ? day : `"${sign}"&${day}`;
    }
    case "boolean": {
      const truth = /^(true|yes|1)$/i.test(String(value)) ? "TRUE" : "FALSE";
      return sign === "" ? truth : `"${sign}"&${truth}`;
    }
    case "time":
      return undefined;
    default:
      return type satisfies never;
  }
}

function numberCriterion(sign: string, value: string | number): string | undefined {
  const number = typeof value === "string" && value.trim() === "" ? Number.NaN : Number(value);
  // A number in a formula has 15 digits; with fewer than the column's own it would find nothing.
  if (!Number.isFinite(number) || Number(number.toPrecision(15)) !== number) return undefined;
  const literal = String(number).toUpperCase();
  if (sign === "") return literal;
  // Within a text the decimal sign would have to be that of the reader's country; joined to it, it is.
  return /^-?\d+$/.test(literal) ? `"${sign}${literal}"` : `"${sign}"&${literal}`;
}

/** Most characters of a text in a formula. */
const longestText = 255;

function textCriterion(column: TableColumn, sign: string, text: string): string | undefined {
  // Programs don't agree on what a tilde of the text itself must look like.
  if (text.trim() === "" || text.includes("~")) return undefined;
  if (/^[<>=]/.test(text) || readsAsValue(text)) {
    const pattern = patternOf(column, text);
    return pattern === undefined ? undefined : quoted(sign + pattern);
  }
  return quoted(sign + escaped(text));
}

/**
 * What can't be taken for a value or a comparison, as texts with a star can't: `18-29*`. Undefined where another text
 * of the column would fit too, and for what the column does not hold.
 */
function patternOf({ strings = [] }: TableColumn, text: string): string | undefined {
  const folded = text.toLowerCase();
  const all = strings.map((each) => each.toLowerCase());
  if (!all.includes(folded)) return undefined;
  const others = all.filter((each) => each !== folded);
  const isSign = /^[<>=]/.test(text);
  if (!isSign && !others.some((each) => each.startsWith(folded))) return `${escaped(text)}*`;
  return others.some((each) => each.endsWith(folded)) ? undefined : `*${escaped(text)}`;
}

function containing({ type }: TableColumn, sign: string, value: PlanValue): string | undefined {
  const text = String(value);
  return type !== "text" || text === "" || text.includes("~")
    ? undefined
    : quoted(`${sign}*${escaped(text)}*`);
}

const months =
  "jan|feb|f[eé]v|ene|gen|mar|mär|mrt|mrz|apr|avr|abr|may|mai|mei|mag|jun|jui|giu|jul|lug|aug|ago|aoû|sep|set|oct|okt|ott|out|nov|dec|dez|déc|dic";
const valueText = new RegExp(
  `^([\\d\\s.,:/+%()'’$€£¥-]|e(?=[+-]?\\d)|(?<=\\d\\s*)[ap]m?\\b|(${months})\\p{L}*)*$`,
  "iu",
);

/** True for texts that a program would take for a number, a date, a truth value or an error when they are a criterion. */
function readsAsValue(text: string): boolean {
  if (/^(true|false)$/i.test(text.trim()) || /^\s*#/.test(text)) return true;
  return /\d/.test(text) && valueText.test(text);
}

/** Stars and question marks stand for other characters in a criterion, unless a tilde is before them. */
function escaped(text: string): string {
  return text.replace(/[*?]/g, "~$&");
}

function quoted(text: string): string | undefined {
  // A line break would have to be written as CHAR(10) for the formula to stay readable.
  if (text.length > longestText || /\p{Cc}/u.test(text)) return undefined;
  return `"${text.replaceAll('"', '""')}"`;
}
