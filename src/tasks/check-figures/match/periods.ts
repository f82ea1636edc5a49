import type { Filter, PlanValue } from "../../ask/plan.ts";
import type { ColumnProfile, Profile } from "../../ask/profile.ts";
import { lastDayOf } from "../../ask/question/calendar.ts";
import { type Period, periodFrom, wholeMonths } from "../../ask/question/periods.ts";
import { mainTime, timeColumns, yearsWith } from "../../ask/question/time-columns.ts";
import { wordsOf } from "../../ask/question/words.ts";

export type DaysPeriod = Extract<Period, { kind: "days" }>;

/** Conditions that keep the rows of a time; `doubts` say why they may be others than meant. */
export type PeriodFilters = { readonly filters: readonly Filter[]; readonly doubts: readonly string[] };

/** How a table says when a row is from. */
export type TableTime =
  | { readonly form: "date"; readonly column: ColumnProfile; readonly from: string; readonly to: string }
  | { readonly form: "year"; readonly column: ColumnProfile; readonly years: readonly [number, number] }
  | {
      readonly form: "labels";
      readonly column: ColumnProfile;
      readonly labels: readonly { readonly text: string; readonly period: Period }[];
      readonly year?: ColumnProfile;
    };

/** The column of times of a table, where there is one. */
export function tableTime(profile: Profile): TableTime | undefined {
  const own = profile.unpivot;
  const made = own && profile.columns.find(({ column }) => column.name === own.name);
  const main = mainTime(profile);
  const label = made?.kind === "text" ? made : profile.columns.find(isLabelColumn);
  const year = timeColumns(profile).find(({ form }) => form === "year")?.column;
  if (main?.form === "date" && main.column.range !== undefined) return dateTime(main.column);
  if (label !== undefined) {
    const labels = labelsOf(label);
    if (labels.length > 0) return { form: "labels", column: label, labels, ...(year && { year }) };
  }
  const years = made?.kind === "number" ? made : year;
  if (years?.range !== undefined)
    return { form: "year", column: years, years: [years.range.min, years.range.max] };
  return undefined;
}

function dateTime(column: ColumnProfile): TableTime {
  const scale = column.column.type === "timestamp" ? 1 : 86_400_000;
  const day = (value: number): string => new Date(value * scale).toISOString().slice(0, 10);
  return { form: "date", column, from: day(column.range!.min), to: day(column.range!.max) };
}

function isLabelColumn(profile: ColumnProfile): boolean {
  const strings = profile.column.strings ?? [];
  if (profile.kind !== "text" || strings.length < 2 || strings.length > 60) return false;
  return labelsOf(profile).length === strings.length;
}

function labelsOf({ column }: ColumnProfile): { text: string; period: Period }[] {
  return (column.strings ?? []).flatMap((text) => {
    const words = wordsOf(text).map((each) => each.text);
    const found = words.length === 0 || words.length > 5 ? undefined : periodFrom(["in", ...words], 1);
    return found === undefined || found.length !== words.length ? [] : [{ text, period: found.period }];
  });
}

/** The times that a sentence may mean: a month without a year is in each year of the table, or in those of the context. */
export function concretePeriods(period: Period, time: TableTime, contextYears: readonly number[]): Period[] {
  if (period.kind !== "month-of-year" || time.form !== "date") return [period];
  const years = yearsWith(time.column, period.months);
  const known = years.filter((year) => contextYears.includes(year));
  const meant = known.length > 0 ? known : years;
  return meant.map((year) =>
    wholeMonths(
      year,
      period.months[0]!,
      period.months.at(-1)!,
      period.months.length === 1 ? "month" : "quarter",
    ),
  );
}

/** The conditions for a time; undefined where the table can't tell it. */
export function periodFilters(period: Period, time: TableTime): PeriodFilters | undefined {
  if (period.kind === "weekday" || period.kind === "unclear") return undefined;
  const { name } = time.column.column;
  switch (time.form) {
    case "date": {
      if (period.kind !== "days") return undefined;
      const filter: Filter = {
        column: name,
        is: "between",
        from: period.from,
        to: endOf(period.to, time.column),
      };
      return { filters: [filter], doubts: coverageDoubts(period, time) };
    }
    case "year": {
      if (period.kind !== "days" || period.grain !== "year") return undefined;
      const [from, to] = [period.from, period.to].map((day) => Number(day.slice(0, 4))) as [number, number];
      if (from === to) return { filters: [{ column: name, is: "=", value: from }], doubts: [] };
      return { filters: [{ column: name, is: "between", from, to }], doubts: [] };
    }
    case "labels":
      return labelFilters(period, time);
    default:
      return time satisfies never;
  }
}

function endOf(to: string, { column }: ColumnProfile): string {
  return column.type === "timestamp" ? `${to}T23:59:59` : to;
}

/** A table that begins in March has not all of the year. */
function coverageDoubts(period: DaysPeriod, { from, to }: Extract<TableTime, { form: "date" }>): string[] {
  const slack = period.grain === "day" || period.grain === "month" ? 0 : 35 * 86_400_000;
  const [first, last] = [Date.parse(period.from), Date.parse(period.to)];
  const isCovered =
    slack === 0
      ? Date.parse(from) <= last && Date.parse(to) >= first
      : Date.parse(from) <= first + slack && Date.parse(to) >= last - slack;
  return isCovered ? [] : [`the table has rows from ${from} to ${to} only`];
}

function labelFilters(
  period: Period,
  time: Extract<TableTime, { form: "labels" }>,
): PeriodFilters | undefined {
  const inside = time.labels.filter((label) => isWithin(label.period, period)).map(({ text }) => text);
  if (inside.length === 0) return undefined;
  const filters: Filter[] = [oneOf(time.column.column.name, inside)];
  const doubts: string[] = [];
  const isYearless = time.labels.some((label) => label.period.kind === "month-of-year");
  if (period.kind === "days" && isYearless) {
    const year = Number(period.from.slice(0, 4));
    if (time.year === undefined) doubts.push("the table does not say of which year its months are");
    else filters.push({ column: time.year.column.name, is: "=", value: year });
  }
  return { filters, doubts };
}

function oneOf(column: string, values: readonly PlanValue[]): Filter {
  const [only] = values;
  return values.length === 1 ? { column, is: "=", value: only! } : { column, is: "in", values };
}

function isWithin(label: Period, asked: Period): boolean {
  if (label.kind === "days" && asked.kind === "days") return label.from >= asked.from && label.to <= asked.to;
  const months = (period: Period): readonly number[] =>
    period.kind === "month-of-year"
      ? period.months
      : period.kind === "days"
        ? Array.from({ length: 12 }, (_, index) => index + 1).filter(
            (month) => month >= Number(period.from.slice(5, 7)) && month <= Number(period.to.slice(5, 7)),
          )
        : [];
  const [own, wanted] = [months(label), months(asked)];
  return own.length > 0 && own.every((month) => wanted.includes(month));
}

/** The same stretch of time earlier: a year, or as long as it is itself. */
export function earlier(period: DaysPeriod, by: "year" | "month" | "quarter" | "itself"): DaysPeriod {
  const months = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
  const length = months(period.to) - months(period.from) + 1;
  const back = { year: 12, month: 1, quarter: 3, itself: length }[by];
  const [first, last] = [months(period.from) - back, months(period.to) - back];
  const day = (text: string, month: number): string =>
    `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-${text.slice(8)}`;
  if (period.grain === "day") return { ...period, from: day(period.from, first), to: day(period.to, last) };
  return {
    ...period,
    from: `${Math.floor(first / 12)}-${String((first % 12) + 1).padStart(2, "0")}-01`,
    to: lastDayOf(Math.floor(last / 12), (last % 12) + 1),
  };
}
