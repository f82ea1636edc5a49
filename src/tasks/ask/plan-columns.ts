import { sqlNames } from "../../data/sql-names.ts";
import type { ColumnType, Table } from "../../table.ts";
import type { Elapsed, GroupKey, Measure, Plan, Unpivot } from "./plan.ts";

/** A column as a plan may name it, and as SQL does. */
export type PlanColumn = {
  readonly name: string;
  readonly type: ColumnType;
  /** As the engine names it, not yet quoted. */
  readonly sqlName: string;
  /** Of a column that the plan itself makes: what it is computed from, instead of a name. */
  readonly elapsed?: Elapsed;
  readonly unit?: string;
};

/** The columns that a plan over this table can name: its own, those that `unpivot` leaves and makes, and `elapsed`. */
export function planColumns(table: Table, unpivot?: Unpivot, elapsed?: Elapsed): readonly PlanColumn[] {
  const names = sqlNames(table.columns.map(({ name }) => name));
  const own = table.columns.map(({ name, type, unit }, index): PlanColumn => {
    return { name, type, sqlName: names[index]!, ...(unit !== undefined && { unit }) };
  });
  if (elapsed !== undefined)
    return [...own, { name: elapsed.name, type: "integer", sqlName: elapsed.name, elapsed }];
  if (unpivot === undefined) return own;
  const turned = own.filter(({ name }) => unpivot.columns.some(({ column }) => isSameName(column, name)));
  const isWhole = turned.every(({ type }) => type === "integer");
  const [unit] = new Set(turned.map((each) => each.unit));
  return [
    ...own.filter((each) => !turned.includes(each)),
    { name: unpivot.name, type: unpivot.type, sqlName: unpivot.name },
    {
      name: unpivot.value,
      type: isWhole ? "integer" : "decimal",
      sqlName: unpivot.value,
      ...(unit !== undefined && { unit }),
    },
  ];
}

/** Names of columns are compared without regard to case. */
export function isSameName(one: string, two: string): boolean {
  return one.toLowerCase() === two.toLowerCase();
}

/** True for columns to calculate with. */
export function isNumberType(type: ColumnType): boolean {
  return type === "integer" || type === "decimal";
}

/** True for columns that have a year and a month. */
export function isDateType(type: ColumnType): boolean {
  return type === "date" || type === "timestamp";
}

/** How a group's column is called in the result. */
export function keyLabel({ column, grain }: GroupKey): string {
  return grain === undefined ? column : `${column} (${grain.replaceAll("-", " ")})`;
}

const measureNames: Readonly<Record<Measure["fn"], string>> = {
  count: "number of",
  "count-distinct": "number of different",
  sum: "sum of",
  average: "average of",
  median: "median of",
  min: "smallest",
  max: "largest",
  range: "range of",
};

/** How a measure's column is called in the result: `sum of Amount`. */
export function measureLabel({ fn, column }: Measure): string {
  return column === undefined ? "number of rows" : `${measureNames[fn]} ${column}`;
}

/** What is shown beside a measure, as its column is called. */
export const overLabels: Readonly<Record<NonNullable<Plan["over"]>["as"], string>> = {
  share: "share in %",
  change: "change",
  "percent-change": "change in %",
  rank: "rank",
  "running-total": "running total",
};
