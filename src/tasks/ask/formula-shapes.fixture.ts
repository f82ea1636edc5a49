import { openDatabase } from "../../data/index.ts";
import { openWorkbook, readSheet, type SheetCells } from "../../files/index.ts";
import { readTables } from "../../files/tables/read-tables.ts";
import { formatAddress } from "../../files/xlsx/address.ts";
import { t, workbookFile } from "../../files/xlsx/workbook.fixture.ts";
import { escapeText } from "../../files/xml/xml-text.ts";
import type { Json } from "../../json.ts";
import type { Table } from "../../table.ts";
import type { Filter, GroupKey, Measure, Plan } from "./plan.ts";
import { measureFormula } from "./plan-formula.ts";
import { planSql } from "./plan-sql.ts";

type Cell = string | number | boolean | null;

/** A name that needs quotes, and quotes within them. */
export const sheetName = `It's "24" & more`;

const head = ["No", "Day", "Region", "Product", "Quantity", "Price", "Amount", "Paid", "Made"];
const day = (text: string): number => Date.parse(`${text}T00:00Z`) / 86_400_000 + 25_569;
const moment = (text: string): number => Date.parse(`${text}Z`) / 86_400_000 + 25_569;

const body: readonly (readonly Cell[])[] = [
  [1, day("2023-12-31"), "North", "Chair", 2, 49.95, 99.9, true, moment("2023-12-31T23:59:00")],
  [2, day("2024-01-01"), "South", "Desk*", 1, 250.25, 250.25, false, moment("2024-01-01T00:00:00")],
  [3, day("2024-01-31"), "North", "A?", 5, 9.99, 49.95, true, moment("2024-01-31T18:30:00")],
  [4, day("2024-02-10"), "East", "a~b", 3, 0.1, 0.3, true, moment("2024-02-10T12:00:00")],
  [5, day("2024-02-29"), "South", '5" pipe', 4, 12.5, 50, false, moment("2024-02-29T08:15:30")],
  [
    6,
    day("2024-03-31"),
    "North-East",
    "Desk & <Co>",
    7,
    33.333,
    233.331,
    false,
    moment("2024-03-31T17:00:00"),
  ],
  [7, day("2024-04-01"), null, "Größe", -2, 19.9, -39.8, true, moment("2024-04-01T09:00:00")],
  [8, day("2024-06-30"), "East", "Chair", 10, 49.95, null, true, moment("2024-06-30T10:00:00")],
  [9, day("2024-12-31"), "East", "Armchair", 1, 120, 120, false, moment("2024-12-31T23:59:59")],
  [10, day("2025-01-01"), "South", "ABC", 6, 0.5, 3, true, moment("2025-01-01T00:00:00")],
  [11, day("2025-02-01"), "West", "=Total", 8, 2.25, 18, false, moment("2025-02-01T07:00:00")],
  [12, day("2025-03-15"), "West", "a~bc", 9, 1.1, 9.9, true, moment("2025-03-15T19:45:00")],
];

const dateStyles: Readonly<Record<number, number>> = { 1: 1, 8: 2 };

/** A sheet with a title, a line of heads in row 3 and orders below, as a file with `added` formulas in a sheet `Answer`. */
export function ordersFile(added: readonly string[] = []): Uint8Array {
  const rows = [["Orders of the shop"], [], head, ...body].map((cells, index) => rowXml(index + 1, cells));
  const answers = added.map(
    (formula, index) => `<row r="${index + 1}"><c r="A${index + 1}"><f>${escapeText(formula)}</f></c></row>`,
  );
  return workbookFile({
    sheets: [
      { name: sheetName, rows: rows.join("") },
      ...(added.length > 0 ? [{ name: "Answer", rows: answers.join("") }] : []),
    ],
    formats: ["yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd hh:mm:ss"],
  });
}

function rowXml(row: number, cells: readonly Cell[]): string {
  const written = cells.map((value, column) => {
    if (value === null) return "";
    const address = formatAddress(row, column);
    const style = row > 3 && dateStyles[column] !== undefined ? ` s="${dateStyles[column]}"` : "";
    if (typeof value === "string") return `<c r="${address}" t="inlineStr"><is>${t(value)}</is></c>`;
    if (typeof value === "boolean") return `<c r="${address}" t="b"><v>${value ? 1 : 0}</v></c>`;
    return `<c r="${address}"${style}><v>${value}</v></c>`;
  });
  return `<row r="${row}">${written.join("")}</row>`;
}

/** The table as it is read from the file, and the cells that it stands on. */
export async function ordersTable(): Promise<{ readonly table: Table; readonly cells: SheetCells }> {
  const book = openWorkbook(ordersFile());
  const { tables } = await readTables(book);
  return { table: tables[0]!.table, cells: await readSheet(book, book.sheets[0]!) };
}

/** A formula made for a plan, and the value that DuckDB computes. */
export type Shape = { readonly name: string; readonly formula: string; readonly value: Json };

const measures: readonly Measure[] = [
  { fn: "sum", column: "Amount" },
  { fn: "count" },
  { fn: "count", column: "Amount" },
  { fn: "count", column: "Region" },
  { fn: "average", column: "Amount" },
  { fn: "min", column: "Price" },
  { fn: "max", column: "Quantity" },
  { fn: "range", column: "Quantity" },
  { fn: "max", column: "Day" },
];

const is = (
  column: string,
  sign: "=" | "!=" | "<" | "<=" | ">" | ">=",
  value: Json & (string | number | boolean),
): Filter => ({
  column,
  is: sign,
  value,
});
const signs = ["=", "!=", "<", "<=", ">", ">="] as const;
const holding = (value: string): Filter[] => [
  { column: "Product", is: "contains", value },
  { column: "Product", is: "not-contains", value },
];

/** Every kind of condition, each with values that formulas and queries could take differently. */
export const filters: readonly Filter[] = [
  ...["North", "north", "Chair", "nowhere"].flatMap((value) => [
    is("Region", "=", value),
    is("Region", "!=", value),
  ]),
  ...["chair", "Desk*", "A?", "a~b", '5" pipe', "Desk & <Co>", "Größe", "GRÖSSE", "ABC"].flatMap((value) => [
    is("Product", "=", value),
    is("Product", "!=", value),
  ]),
  ...["chair", "*", "?", "~", '"', "&", "<Co", "ö"].flatMap(holding),
  ...signs.flatMap((sign) => [
    is("Quantity", sign, 5),
    is("Quantity", sign, -2),
    is("Price", sign, 49.95),
    is("Amount", sign, 0.3),
  ]),
  ...signs.flatMap((sign) => [
    is("Day", sign, "2024-02-10"),
    is("Made", sign, "2024-01-01"),
    is("Made", sign, "2024-02-10"),
  ]),
  ...(["=", "!="] as const).flatMap((sign) => [is("Paid", sign, true), is("Paid", sign, false)]),
  ...signs.map((sign): Filter => ({ column: "Day", grain: "year", is: sign, value: 2024 })),
  ...signs.map((sign): Filter => ({ column: "Made", grain: "year", is: sign, value: 2024 })),
  { column: "Day", grain: "year", is: "in", values: [2023, 2025, 2025] },
  { column: "Quantity", is: "between", from: 2, to: 7 },
  { column: "Price", is: "between", from: 0.5, to: 49.95 },
  { column: "Day", is: "between", from: "2024-01-01", to: "2024-12-31" },
  { column: "Made", is: "between", from: "2024-01-01", to: "2024-12-31" },
  { column: "Region", is: "in", values: ["North", "South"] },
  { column: "Region", is: "in", values: ["North", "north", "NORTH"] },
  { column: "Quantity", is: "in", values: [1, 2, 2] },
  { column: "Day", is: "in", values: ["2024-01-01", "2024-02-29"] },
  { column: "Region", is: "not-in", values: ["North", "South"] },
  { column: "Quantity", is: "not-in", values: [1, 2] },
  { column: "Region", is: "empty" },
  { column: "Region", is: "not-empty" },
  { column: "Amount", is: "empty" },
  { column: "Amount", is: "not-empty" },
];

const keys: readonly GroupKey[] = [
  { column: "Region" },
  { column: "Product" },
  { column: "Quantity" },
  { column: "Price" },
  { column: "Paid" },
  { column: "Day" },
  { column: "Day", grain: "year" },
  { column: "Day", grain: "quarter" },
  { column: "Day", grain: "month" },
  { column: "Made", grain: "year" },
  { column: "Made", grain: "quarter" },
  { column: "Made", grain: "month" },
  { column: "Made", grain: "day" },
];

/** Plans over the orders: every measure with no, one and two conditions, and by every key. */
export function plans(table: string): readonly Plan[] {
  const pairs: readonly Filter[][] = filters.flatMap((filter, index) => [
    [filter, filters[(index * 7 + 3) % filters.length]!],
  ]);
  const conditions = [[], ...filters.map((filter) => [filter]), ...pairs];
  return [
    ...conditions.map((where): Plan => ({ table, where, measures })),
    { table, measures: [...measures, { fn: "median", column: "Amount" }] },
    ...keys.map((key): Plan => ({ table, groupBy: [key], measures })),
    {
      table,
      groupBy: [{ column: "Region" }, { column: "Day", grain: "year" }],
      where: [filters[0]!],
      measures,
    },
  ];
}

/** Runs the plans in DuckDB, and makes the formula of each value that has one. `without` counts those that have none. */
export async function formulaShapes(table: Table): Promise<{ shapes: Shape[]; without: string[] }> {
  await using database = await openDatabase({ memoryMb: 300 });
  await database.load(table);
  const shapes: Shape[] = [];
  const without: string[] = [];
  for (const plan of plans(table.name)) {
    const { groupBy = [] } = plan;
    const { rows } = await database.query(planSql(plan, table));
    for (const row of rows) {
      plan.measures!.forEach((measure, index) => {
        const key = row.slice(0, groupBy.length);
        const name = JSON.stringify([measure, plan.where, groupBy, key]);
        const formula = measureFormula(plan, measure, table, key);
        if (formula === undefined) without.push(name);
        else shapes.push({ name, formula, value: row[groupBy.length + index]! });
      });
    }
  }
  return { shapes, without };
}
