import type { ColumnType, Table, TableColumn } from "../table.ts";

type Cell = number | string | boolean | null;

/** A column from plain values: texts, numbers, booleans, ISO dates (`date`, `timestamp`), seconds (`time`), nulls. */
export function column(name: string, type: ColumnType, cells: readonly Cell[]): TableColumn {
  const strings =
    type === "text" ? [...new Set(cells.filter((cell) => cell !== null).map(String))] : undefined;
  const numbers = new Map(strings?.map((text, index) => [text, index]));
  const value = (cell: Cell): number => {
    if (cell === null) return 0;
    if (type === "text") return numbers.get(String(cell))!;
    if (type === "date") return Date.parse(`${cell}T00:00Z`) / 86_400_000;
    if (type === "timestamp") return Date.parse(`${cell}Z`);
    return Number(cell);
  };
  return {
    name,
    type,
    column: 0,
    values: Float64Array.from(cells, value),
    present: Uint8Array.from(cells, (cell) => (cell === null ? 0 : 1)),
    ...(strings ? { strings } : {}),
    exceptions: [],
  };
}

/** A table whose first row stands in row 2 of its sheet. */
export function table(name: string, columns: readonly TableColumn[], sheetRows?: readonly number[]): Table {
  const rowCount = columns[0]?.values.length ?? 0;
  return {
    name,
    source: { sheet: name, range: `A1:${String.fromCharCode(64 + columns.length)}${rowCount + 1}` },
    columns: columns.map((item, index) => ({ ...item, column: index })),
    rowCount,
    sheetRows: Uint32Array.from(sheetRows ?? Array.from({ length: rowCount }, (_, index) => index + 2)),
  };
}

/** Eight orders with a gap in the sheet after the fourth; `amount` has cents, `share` is floating-point. */
export function ordersTable(): Table {
  return table(
    "orders",
    [
      column("id", "integer", [1, 2, 3, 4, 5, 6, 7, 8]),
      column("day", "date", [
        ...["2024-01-15", "2024-01-31", "2024-02-10", "2024-02-10"],
        ...["2024-03-05", "2024-03-20", null, "2024-12-31"],
      ]),
      column("region", "text", ["North", "South", "North", "East", "South", "North", null, "East"]),
      column("product", "text", ["Chair", "Desk", "Lamp", "Chair", "Chair", "Desk", "Lamp", "Desk & Co"]),
      column("quantity", "integer", [2, 1, 5, 3, 4, 1, 10, 2]),
      column("amount", "decimal", [100.1, 250.25, 49.95, 150.15, 200.2, 250.25, 99.9, 500.5]),
      column("share", "decimal", [0.1, 0.2, 1 / 3, 0.4, 0.5, 2 / 3, null, 0.7]),
      column("paid", "boolean", [true, false, true, true, false, true, false, true]),
      column("start", "time", [32_400, 36_000, 43_200, 45_000, 50_400, 57_600, 61_200, 64_800]),
      column("made", "timestamp", [
        ...["2024-01-15T09:00:00", "2024-01-31T10:00:00", "2024-02-10T12:00:00", "2024-02-10T12:30:00"],
        ...["2024-03-05T14:00:00", "2024-03-20T16:00:00", null, "2024-12-31T18:00:00.250"],
      ]),
    ],
    [4, 5, 6, 7, 10, 11, 12, 13],
  );
}

/** Three regions, one of which no order has. */
export function costsTable(): Table {
  return table("costs", [
    column("region", "text", ["North", "South", "West"]),
    column("cost per unit", "decimal", [1.5, 2.25, 9.99]),
    column("manager", "text", ["Ann", "Bob", "Cem"]),
  ]);
}
