import { isSameName } from "../plan-columns.ts";
import type { ColumnProfile, Profile } from "../profile.ts";
import { monthOf } from "./calendar.ts";
import { wordsOf } from "./words.ts";

/** A column that says when: dates, numbers of years, or the names of months. */
export type TimeColumn = { readonly column: ColumnProfile; readonly form: "date" | "year" | "month-name" };

/** The columns that say when, dates first. */
export function timeColumns({ columns }: Profile): TimeColumn[] {
  const found = columns.flatMap((column): TimeColumn[] => {
    const form = formOf(column);
    return form === undefined ? [] : [{ column, form }];
  });
  return [...found.filter(({ form }) => form === "date"), ...found.filter(({ form }) => form !== "date")];
}

const begins =
  /^(date|datum|fecha|data|day|created|opened|received|submitted|ordered|started|start date|booked|posted|year|jahr|month)$/i;

/** The column that says when a row is from, where the others only say when something was done with it. */
export function mainTime(profile: Profile): TimeColumn | undefined {
  const [first, ...others] = timeColumns(profile);
  if (others.length === 0) return first;
  const all = [first!, ...others].filter(({ form }) => form === first!.form);
  const own = all.filter(({ column }) => isOwn(column, profile));
  if (own.length === 1) return own[0];
  return all.find(({ column }) => begins.test(column.column.name)) ?? first;
}

/** True for a column whose groups follow each other in time, so that they are best left in its order. */
export function isTimeKey({ columns, unpivot }: Profile, name: string): boolean {
  const column = columns.find((each) => isSameName(each.column.name, name));
  return column?.kind === "date" || column?.isLabel === true || unpivot?.name === name;
}

/** `Order date` of orders, `Bestelldatum` of `Bestellungen`. */
function isOwn({ stems }: ColumnProfile, { rowNouns }: Profile): boolean {
  return stems.some(
    (stem) =>
      rowNouns.includes(stem) ||
      (/(datum|tag)$/.test(stem) &&
        rowNouns.some((noun) => noun.length > 5 && stem.startsWith(noun.slice(0, 6)))),
  );
}

/** True where it is not plain which of several columns says when a row is from. */
export function isTimeUnclear(profile: Profile): boolean {
  const columns = timeColumns(profile);
  const main = mainTime(profile);
  if (columns.length < 2 || main === undefined) return false;
  return !isOwn(main.column, profile) && !begins.test(main.column.column.name);
}

/** How a column says when; undefined when it does not. */
export function formOf(profile: ColumnProfile): TimeColumn["form"] | undefined {
  const { column, kind, isLabel } = profile;
  if (kind === "date") return "date";
  if (isYearColumn(profile)) return kind === "number" && isLabel ? "year" : undefined;
  if (kind !== "text" || (column.strings?.length ?? 0) < 2 || column.strings!.length > 24) return undefined;
  return column.strings!.every((text) => monthNumber(text) !== undefined) ? "month-name" : undefined;
}

function isYearColumn({ column, range }: ColumnProfile): boolean {
  if (!/\b(year|season|jahr|année|año|ano)\b/i.test(column.name)) return false;
  return range !== undefined && range.min >= 1000 && range.max <= 2500;
}

/** 1 to 12 for `Jan`, `March`; undefined for other texts. */
function monthNumber(text: string): number | undefined {
  const words = wordsOf(text);
  return words.length === 1 ? monthOf(words[0]!.text) : undefined;
}

/** The texts of a month-name column that name one of these months. */
export function monthTexts({ column }: ColumnProfile, months: readonly number[]): string[] {
  return (column.strings ?? []).filter((text) => months.includes(monthNumber(text)!));
}

/** The years in which a date column has a day of one of these months, ascending. */
export function yearsWith({ column }: ColumnProfile, months: readonly number[]): number[] {
  const years = new Set<number>();
  const { values, present, type } = column;
  const scale = type === "timestamp" ? 1 : 86_400_000;
  const seen = new Set<number>();
  for (let row = 0; row < values.length; row++) {
    if (present[row] === 0) continue;
    const day = Math.floor((values[row]! * scale) / 86_400_000);
    if (seen.has(day)) continue;
    seen.add(day);
    const date = new Date(day * 86_400_000);
    if (months.includes(date.getUTCMonth() + 1)) years.add(date.getUTCFullYear());
  }
  return [...years].sort((a, b) => a - b);
}
