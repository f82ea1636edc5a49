import { parquetFile } from "../../data/parquet.fixture.ts";
import { type WorkbookSource, workbookFile } from "../../files/xlsx/workbook.fixture.ts";

/** A table as people make it, under a title and with a sum. */
export const ordersCsv = `Orders 2025,,,
,,,
Region,Product,Quantity,Amount
North,Chair,4,"1,200.50"
South,Desk,1,899.00
North,Desk,2,"1,798.00"
East,Lamp,10,350.10
Total,,17,"4,247.60"
`;

/** The same rows as cells. */
export const ordersTable: readonly (readonly (string | number)[])[] = [
  ["Orders 2025"],
  [],
  ["Region", "Product", "Quantity", "Amount"],
  ["North", "Chair", 4, 1200.5],
  ["South", "Desk", 1, 899],
  ["North", "Desk", 2, 1798],
  ["East", "Lamp", 10, 350.1],
  ["Total", "", 17, 4247.6],
];

/** Rows of a sheet from texts and numbers. */
export function sheetRows(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number, address: string): string => {
    if (value === "") return "";
    return typeof value === "number"
      ? `<c r="${address}"><v>${value}</v></c>`
      : `<c r="${address}" t="inlineStr"><is><t>${value}</t></is></c>`;
  };
  return rows
    .map((values, row) => {
      const cells = values.map((value, column) => cell(value, `${"ABCDEFGH"[column]}${row + 1}`));
      return `<row r="${row + 1}">${cells.join("")}</row>`;
    })
    .join("");
}

/** The same orders as rows of a sheet. */
export const ordersRows: string = sheetRows(ordersTable);

/** The same orders as a workbook with a sheet of that name. */
export function ordersWorkbook(source: WorkbookSource = {}): Uint8Array {
  return workbookFile({ sheets: [{ name: "Orders", rows: ordersRows }], ...source });
}

/** The same orders as a Parquet file, with a serial number too long for a float64, a list and an empty row. */
export function ordersParquet(): Promise<Uint8Array> {
  return parquetFile(`FROM (VALUES
    ('North', DATE '2025-01-05', 1200.50::DECIMAL(10,2), 9223372036854775806, ['a', 'b']),
    ('South', DATE '2025-01-09', 899, 9223372036854775805, ['c']),
    ('North', DATE '2025-02-01', 1798, 3, []),
    ('East', DATE '2025-03-31', 350.10, 4, ['a']),
    (NULL, NULL, NULL, NULL, NULL)
  ) AS rows(Region, "Order date", Amount, Serial, Tags)`);
}

/** A container of the time before 2007 with one stream of that name. */
export function compoundFile(stream: string): Uint8Array {
  const bytes = new Uint8Array(4096);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  bytes.set(
    Array.from(stream).flatMap((letter) => [letter.charCodeAt(0), 0]),
    2048 + 128,
  );
  return bytes;
}
