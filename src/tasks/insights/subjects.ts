import { quoteName } from "../../data/index.ts";
import type { FoundTable } from "../../files/index.ts";
import type { LoadedTable } from "../ask/cite-cells.ts";
import { type ColumnProfile, isKey, type Profile, profileTable } from "../ask/profile.ts";
import { mainTime, type TimeColumn } from "../ask/question/time-columns.ts";

/** A column to measure by: added up where its sum means something, else averaged. */
export type Measure = {
  readonly name: string;
  /** Quoted, as SQL writes it. */
  readonly sql: string;
  readonly fn: "sum" | "avg";
  readonly unit?: string;
  /** 0 to 1: money and quantities count most. */
  readonly weight: number;
  readonly profile: ColumnProfile;
};

/** A column whose values part the rows into groups. */
export type Grouping = { readonly name: string; readonly sql: string; readonly groups: number };

/** What findings of a table can be about. */
export type Subject = {
  readonly found: FoundTable;
  readonly loaded: LoadedTable;
  /** The table, quoted. */
  readonly sql: string;
  readonly profile: Profile;
  readonly measures: readonly Measure[];
  readonly groupings: readonly Grouping[];
  readonly time?: TimeColumn & { readonly sql: string };
};

const mostMeasures = 6;
const mostGroups = 5_000;

/** Looks at a table's columns once: which are measures, which part the rows, which says when. */
export function subjectOf(found: FoundTable, loaded: LoadedTable): Subject {
  const profile = profileTable(found.table);
  const sqlOf = (column: ColumnProfile): string => {
    const index = profile.columns.indexOf(column);
    return quoteName(loaded.description.columns[index]!.name);
  };
  const time = mainTime(profile);
  // Months and years that stand side by side are one measure along time, not many.
  const wide = new Set(found.wide?.columns.map(({ name }) => name));
  const measures = profile.columns.filter(
    (each) => each !== time?.column && !wide.has(each.column.name) && isMeasure(each),
  );
  return {
    found,
    loaded,
    sql: quoteName(loaded.description.name),
    profile,
    measures: measures
      .map((each) => measureOf(each, sqlOf(each)))
      .sort((a, b) => b.weight - a.weight)
      .slice(0, mostMeasures),
    groupings: profile.columns
      .filter((each) => each !== time?.column && isGrouping(each))
      .map((each) => ({ name: each.column.name, sql: sqlOf(each), groups: each.distinctCount })),
    ...(time !== undefined && { time: { ...time, sql: sqlOf(time.column) } }),
  };
}

const namesThings =
  /(^|[^\p{L}])(id|no|nr|number|code|key|index|idx|row|line|rank|ranking|pos|position|lat|latitude|lon|lng|longitude|zip|postcode|plz|phone|year|month|week|day|hour|quarter|version|isbn|ean|sku|serial|nummer|jahr|monat)([^\p{L}]|$)|#/iu;

/** Numbers that are measured or counted: no ids, codes, years, places or running numbers. */
function isMeasure(column: ColumnProfile): boolean {
  const { kind, isLabel, filledCount, distinctCount, range } = column;
  if (kind !== "number" || isLabel || filledCount < 8 || distinctCount < 3 || range === undefined)
    return false;
  const { name, type, values, present } = column.column;
  if (
    namesThings.test(name) &&
    !/\b(number of|no\.? of|per|days?|hours?) /i.test(name) &&
    column.column.unit === undefined
  )
    return false;
  if (!isNamed(name)) return false;
  if (type !== "integer") return true;
  const areYears = range.min >= 1900 && range.max <= 2100 && range.max - range.min < 120;
  if (
    areYears &&
    distinctCount <= range.max - range.min + 1 &&
    /year|jahr|season|yr|date|founded|born/i.test(name)
  )
    return false;
  return !isRunning(values, present);
}

/** False for columns whose heading says nothing, or a year only. */
export function isNamed(name: string): boolean {
  return /\p{L}|%/u.test(plainName(name)) && !/^\s*column ([a-z]{1,3}|\d+)\s*$/i.test(name);
}

/** True for 1, 2, 3, … in the order of rows, with or without gaps. */
function isRunning(values: Float64Array, present: Uint8Array): boolean {
  let [last, steps, pairs] = [Number.NaN, 0, 0];
  for (let row = 0; row < Math.min(values.length, 2_000); row++) {
    if (present[row] === 0) continue;
    if (!Number.isNaN(last)) {
      pairs++;
      if (values[row]! - last === 1) steps++;
    }
    last = values[row]!;
  }
  return pairs > 4 && steps > 0.8 * pairs;
}

function measureOf(profile: ColumnProfile, sql: string): Measure {
  const { column, isAdditive, isAmount } = profile;
  const isSummed = isAmount || (isAdditive && column.type === "integer");
  const isMoney =
    isAmount && /amount|revenue|sales|turnover|total|value|cost|umsatz|betrag/i.test(`${column.name}`);
  return {
    name: column.name,
    sql,
    fn: isSummed ? "sum" : "avg",
    ...(column.unit !== undefined && column.inHundredths !== true && { unit: column.unit }),
    weight: isMoney ? 1 : isAmount ? 0.95 : isSummed ? 0.85 : 0.8,
    profile,
  };
}

function isGrouping(column: ColumnProfile): boolean {
  const { kind, distinctCount, filledCount, column: own } = column;
  if (
    kind !== "text" ||
    !isNamed(own.name) ||
    distinctCount < 2 ||
    distinctCount > mostGroups ||
    isKey(column)
  )
    return false;
  if (filledCount < 0.6 * own.present.length || distinctCount > filledCount / 2) return false;
  const labels = (own.strings ?? []).slice(0, 200);
  // Places in a race and codes are no groups that people think in.
  const isCoded = labels.filter((text) => /^[\d\s.,:%+-]+$/.test(text)).length > 0.3 * labels.length;
  return !isCoded && labels.every((text) => text.length <= 80);
}

/** A column's name in a sentence: the last of several header rows, without a unit in brackets. */
export function plainName(name: string): string {
  const last = name.split(" / ").at(-1)!;
  return last.replace(/\s*[([][^)\]\d]{0,6}[)\]]\s*/g, " ").trim() || name;
}

/** What a measure is called in a sentence: `average Price`, `Amount`. */
export function measureName({ fn, name }: Pick<Measure, "fn" | "name">): string {
  const plain = plainName(name);
  return fn === "avg" && !/^(average|avg|mean)\b/i.test(plain) ? `average ${plain}` : plain;
}
