// Writes demo/orders.xlsx: twelve months of orders, with a header over two rows with merged cells. The figures follow a
// rule, so that they are the same every time.
import { writeFile } from "node:fs/promises";
import { type Cell, dayNumber, demoWorkbook, styles } from "./demo-workbook.ts";

const regions = ["North", "South", "East", "West"] as const;
const products = [
  ["Desk", 240],
  ["Chair", 95.5],
  ["Lamp", 42.9],
  ["Shelf", 129],
] as const;

function orders(): Cell[][] {
  const rows: Cell[][] = [];
  for (let month = 0; month < 12; month++) {
    for (let index = 0; index < 8; index++) {
      const [product, price] = products[(month + index) % 4]!;
      const region = regions[(month * 3 + index * 5) % 4]!;
      const quantity = 2 + ((month * 7 + index * 11) % 9) + (month === 10 ? 5 : 0);
      const day = dayNumber(2025, month, 2 + index * 3);
      rows.push([day, region, product, quantity, price, Math.round(quantity * price * 100) / 100]);
    }
  }
  return rows;
}

const body = orders();
const first = 6;
const last = first + body.length - 1;
const sum = (column: number): number =>
  Math.round(body.reduce((all, row) => all + Number(row[column]), 0) * 100) / 100;
const all = (style: number) => () => style;
const rows = [
  { row: 1, cells: ["Furniture orders 2025"], style: all(styles.title) },
  { row: 2, cells: ["All amounts in euros, without VAT"], style: all(styles.note) },
  { row: 4, cells: ["Order", undefined, undefined, "Sale", undefined, undefined], style: all(styles.head) },
  {
    row: 5,
    cells: ["Date", "Region", "Product", "Quantity", "Price (€)", "Amount (€)"],
    style: all(styles.head),
  },
  ...body.map((cells, index) => ({
    row: first + index,
    cells,
    style: (column: number) => (column === 0 ? styles.date : column > 3 ? styles.money : styles.plain),
  })),
  {
    row: last + 1,
    cells: ["Total", undefined, undefined, sum(3), undefined, sum(5)],
    style: all(styles.total),
  },
  { row: last + 3, cells: ["November includes the trade fair."], style: all(styles.note) },
];
const workbook = demoWorkbook({ name: "Orders", rows, merged: ["A4:C4", "D4:F4"] });
await writeFile(new URL("../demo/orders.xlsx", import.meta.url), workbook);
