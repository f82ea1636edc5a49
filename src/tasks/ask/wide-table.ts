import type { Table, TableColumn } from "../../table.ts";
import type { PlanValue, Unpivot } from "./plan.ts";
import { isNumberType } from "./plan-columns.ts";
import { type ColumnProfile, type Profile, profileColumn, profileTable } from "./profile.ts";
import { isoDay, monthOf } from "./question/calendar.ts";
import { wordsOf } from "./question/words.ts";

/** A time that a column's heading names. */
type Period = { readonly kind: "year" | "month" | "month-of-year" | "quarter"; readonly as: PlanValue };

const mostRows = 20_000;

/**
 * A table with a column for each month, quarter or year, seen with these turned into rows, as questions are asked of it
 * (“total in March”, “which year was highest”). Undefined for tables made otherwise.
 */
export function wideProfile(table: Table): Profile | undefined {
  const unpivot = unpivotOf(table);
  return unpivot === undefined ? undefined : profileOf(table, unpivot);
}

/** The same of each of several series (`2023 Sales`, `2023 Costs`, …), whose values have a column with their name. */
export function wideProfiles(table: Table): Profile[] {
  const plain = unpivotOf(table);
  if (plain !== undefined) return [profileOf(table, plain) ?? []].flat();
  return unpivotsOf(table).flatMap((unpivot) => {
    const profile = profileOf(table, unpivot);
    return profile === undefined ? [] : [{ ...profile, isSeries: true }];
  });
}

function profileOf(table: Table, unpivot: Unpivot): Profile | undefined {
  if (table.rowCount > mostRows) return undefined;
  const turned = unpivot.columns.map(({ column }) => table.columns.find(({ name }) => name === column)!);
  const whole = profileTable(table);
  const others = new Set(datedColumns(table).map(({ column }) => column));
  const kept = whole.columns.filter(({ column }) => !turned.includes(column) && !others.has(column));
  const [time, value] = madeColumns(turned, unpivot).map(profileColumn);
  // Headings of years are the time of the values, so they are no mere labels here.
  return { ...whole, columns: [...kept, time!, { ...value!, ...additive(value!) }], unpivot };
}

type Dated = { readonly column: TableColumn; readonly period: Period };

/** The columns of numbers whose headings name a time, of the kind of time that most name. */
function datedColumns(table: Table): Dated[] {
  const dated = table.columns.flatMap((column): Dated[] => {
    const period = isNumberType(column.type) ? periodOf(column.name) : undefined;
    return period === undefined ? [] : [{ column, period }];
  });
  const kinds = Map.groupBy(dated, ({ period }) => period.kind);
  return [...kinds.values()].sort((a, b) => b.length - a.length)[0] ?? [];
}

/** How the columns of time of a table become rows; undefined where there are fewer than two, or two of one time. */
export function unpivotOf(table: Table): Unpivot | undefined {
  const columns = datedColumns(table);
  // Two columns of one year (`2019 men`, `2019 women`) are two series; one column of values can't hold both.
  return hasEachOnce(columns) ? unpivotFrom(columns, table, "Value") : undefined;
}

/** One for each series of columns; a single one where they are of one. */
export function unpivotsOf(table: Table): Unpivot[] {
  const plain = unpivotOf(table);
  if (plain !== undefined) return [plain];
  const series = Map.groupBy(datedColumns(table), ({ column }) => seriesOf(column.name));
  return [...series]
    .filter(([name, columns]) => /\p{L}|%/u.test(name) && hasEachOnce(columns))
    .map(([name, columns]) => unpivotFrom(columns, table, name));
}

function hasEachOnce(columns: readonly Dated[]): boolean {
  return (
    columns.length > 1 && new Set(columns.map(({ period }) => String(period.as))).size === columns.length
  );
}

function unpivotFrom(columns: readonly Dated[], table: Table, value: string): Unpivot {
  const { kind } = columns[0]!.period;
  return {
    columns: columns.map(({ column, period }) => ({ column: column.name, as: period.as })),
    name: free({ year: "Year", month: "Month", "month-of-year": "Month", quarter: "Quarter" }[kind], table),
    type: kind === "year" ? "integer" : kind === "month" ? "date" : "text",
    value: free(value, table),
  };
}

/** What a heading says beside its time: `Sales` of `2023 / Sales`. */
function seriesOf(name: string): string {
  return wordsOf(name)
    .filter(
      ({ text }) =>
        monthOf(text) === undefined &&
        !/^((19|20)\d\d|[qt][1-4]|\d{1,2}|fy|year|years|ended|ending)$/.test(text),
    )
    .map(({ said }) => said)
    .join(" ");
}

function free(wanted: string, table: Table): string {
  let name = wanted;
  while (table.columns.some((each) => each.name.toLowerCase() === name.toLowerCase())) name += " *";
  return name;
}

function periodOf(name: string): Period | undefined {
  const words = wordsOf(name).map(({ text }) => text);
  const years = [...new Set(words.filter((text) => /^(19|20)\d\d$/.test(text)))];
  const months = words.map(monthOf).filter((each) => each !== undefined);
  const quarters = words.filter((text) => /^[qt][1-4]$/.test(text));
  const iso = words.find((text) => /^\d{4}-\d{2}-\d{2}$/.test(text));
  if (iso !== undefined) return words.length === 1 ? { kind: "month", as: iso } : undefined;
  if (years.length > 1 || months.length > 1 || quarters.length > 1) return undefined;
  const [year, month, quarter] = [years[0], months[0], quarters[0]];
  if (quarter !== undefined) {
    const label = `Q${quarter.slice(1)}`;
    return { kind: "quarter", as: year === undefined ? label : `${label} ${year}` };
  }
  // Heads of statements name the day on which the years end, all of them the same.
  const isYearEnd = words.some((text) => /^\d{1,2}$/.test(text));
  if (year !== undefined && (month === undefined || isYearEnd)) return { kind: "year", as: Number(year) };
  if (month === undefined || words.length > 2) return undefined;
  if (year !== undefined) return { kind: "month", as: isoDay(Number(year), month, 1)! };
  return words.length === 1 ? { kind: "month-of-year", as: name.trim() } : undefined;
}

function additive({
  column,
  isAdditive,
}: ColumnProfile): Pick<ColumnProfile, "isLabel" | "isAdditive" | "isAmount"> {
  const isAmount = column.unit !== "%" && (isAdditive || column.name.startsWith("Value"));
  return { isLabel: false, isAdditive: isAmount, isAmount };
}

/** The two columns that `unpivot` makes, to be looked at; queries make them anew from the table itself. */
function madeColumns(turned: readonly TableColumn[], unpivot: Unpivot): readonly [TableColumn, TableColumn] {
  const { columns, name, type } = unpivot;
  const [first] = turned as readonly [TableColumn];
  const rowCount = first.values.length * turned.length;
  const pick = (key: "values" | "present") => (_: unknown, at: number) =>
    turned[at % turned.length]![key][Math.floor(at / turned.length)]!;
  const times = columns.map(({ as }, index) => {
    if (type === "text") return index;
    return type === "date" ? Date.parse(`${as}T00:00Z`) / 86_400_000 : Number(as);
  });
  const units = new Set(turned.map(({ unit }) => unit));
  const { unit: _, strings: __, ...shape } = first;
  return [
    {
      ...shape,
      name,
      type,
      values: Float64Array.from({ length: rowCount }, (_, at) => times[at % times.length]!),
      present: new Uint8Array(rowCount).fill(1),
      ...(type === "text" && { strings: columns.map(({ as }) => String(as)) }),
      exceptions: [],
    },
    {
      ...shape,
      name: unpivot.value,
      type: turned.every((column) => column.type === "integer") ? "integer" : "decimal",
      values: Float64Array.from({ length: rowCount }, pick("values")),
      present: Uint8Array.from({ length: rowCount }, pick("present")),
      ...(units.size === 1 && first.unit !== undefined && { unit: first.unit }),
      exceptions: [],
    },
  ];
}
