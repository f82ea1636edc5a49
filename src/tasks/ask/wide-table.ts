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
  if (unpivot === undefined || table.rowCount > mostRows) return undefined;
  const turned = unpivot.columns.map(({ column }) => table.columns.find(({ name }) => name === column)!);
  const whole = profileTable(table);
  const kept = whole.columns.filter(({ column }) => !turned.includes(column));
  const [time, value] = madeColumns(turned, unpivot).map(profileColumn);
  // Headings of years are the time of the values, so they are no mere labels here.
  return { ...whole, columns: [...kept, time!, { ...value!, ...additive(value!) }], unpivot };
}

/** How the columns of time of a table become rows; undefined where there are fewer than two of one kind. */
export function unpivotOf(table: Table): Unpivot | undefined {
  const numbers = table.columns.filter(({ type }) => isNumberType(type));
  const found = numbers.map((column) => ({ column, period: periodOf(column.name) }));
  const dated = found.filter((each) => each.period !== undefined);
  const kinds = Map.groupBy(dated, ({ period }) => period!.kind);
  const [kind, columns] = [...kinds].sort((a, b) => b[1].length - a[1].length)[0] ?? [];
  if (kind === undefined || columns === undefined || columns.length < 2) return undefined;
  // Two columns of one year (`2019 men`, `2019 women`) are two series; one column of values can't hold both.
  const names = columns.map(({ period }) => String(period!.as));
  if (new Set(names).size < names.length) return undefined;
  return {
    columns: columns.map(({ column, period }) => ({ column: column.name, as: period!.as })),
    name: free({ year: "Year", month: "Month", "month-of-year": "Month", quarter: "Quarter" }[kind], table),
    type: kind === "year" ? "integer" : kind === "month" ? "date" : "text",
    value: free("Value", table),
  };
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

function additive({ column }: ColumnProfile): Pick<ColumnProfile, "isLabel" | "isAdditive" | "isAmount"> {
  const isAmount = column.unit !== "%";
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
