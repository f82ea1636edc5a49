import type { ColumnType, Table, TableColumn } from "../src/table.ts";
import { customers, type Order, orders, products, regions } from "./large-workbook.ts";

/** 1970-01-01 as Excel counts days. */
const epoch = 25_569;

type Field = {
  readonly name: string;
  readonly type: ColumnType;
  readonly strings?: readonly string[];
  readonly value: (order: Order, row: number) => number | undefined;
};

const fields: readonly Field[] = [
  { name: "order no", type: "integer", value: (_, row) => 100_001 + row },
  { name: "date", type: "date", value: ({ day }) => day - epoch },
  { name: "region", type: "text", strings: regions, value: ({ region }) => region },
  { name: "product", type: "text", strings: products, value: ({ product }) => product },
  { name: "customer", type: "text", strings: customers, value: ({ customer }) => customer },
  { name: "quantity", type: "integer", value: ({ quantity }) => quantity },
  { name: "price", type: "decimal", value: ({ price }) => price },
  { name: "amount", type: "decimal", value: ({ amount }) => amount },
  { name: "paid", type: "boolean", value: ({ paid }) => paid },
  { name: "margin", type: "decimal", value: ({ margin }) => margin },
];

/** The rows of the large workbook as they are after reading, without the workbook. */
export function largeTable(rowCount: number): Table {
  const columns = fields.map(({ name, type, strings }, column): TableColumn => {
    const room = { values: new Float64Array(rowCount), present: new Uint8Array(rowCount) };
    return { name, type, column, ...room, ...(strings && { strings }), exceptions: [] };
  });
  let row = 0;
  for (const order of orders(rowCount)) {
    for (let index = 0; index < fields.length; index++) {
      const value = fields[index]!.value(order, row);
      if (value === undefined) continue;
      columns[index]!.values[row] = value;
      columns[index]!.present[row] = 1;
    }
    row++;
  }
  const sheetRows = Uint32Array.from({ length: rowCount }, (_, index) => index + 2);
  return { name: "orders", source: { range: `A1:J${rowCount + 1}` }, columns, rowCount, sheetRows };
}
