// Writes demo/calls.xlsx: a year of customers' calls by week and topic. The demo's proposal says "about 340 times a
// week", which this workbook contradicts, and "four out of ten about customs", which it bears out. The figures follow a rule.
import { writeFile } from "node:fs/promises";
import { type Cell, dayNumber, demoWorkbook, styles } from "./demo-workbook.ts";

const weeks = 52;
const first = 5;

/** A week's calls: more about customs from June, when the terminals changed their scans, and a rush before Christmas. */
function callsOf(week: number): readonly number[] {
  const wave = (step: number, size: number): number => ((week * step) % (2 * size + 1)) - size;
  const rush = week === 5 ? 2.2 : 1;
  const customs = (week < 29 ? 118 : 178) + wave(7, 9);
  return [customs, 96 + wave(5, 8), 71 + wave(11, 7), 57 + wave(3, 6)].map((calls) =>
    Math.round(calls * rush),
  );
}

const body: Cell[][] = Array.from({ length: weeks }, (_, week) => {
  const calls = callsOf(week);
  return [dayNumber(2025, 10, 17 + 7 * week), ...calls, calls.reduce((a, b) => a + b, 0)];
});
const sums = [1, 2, 3, 4, 5].map((column) => body.reduce((all, row) => all + Number(row[column]), 0));
const all = (style: number) => () => style;
const rows = [
  { row: 1, cells: ["Calls to customer service"], style: all(styles.title) },
  { row: 2, cells: ["Nordfrakt, by week and topic"], style: all(styles.note) },
  { row: 4, cells: ["Week", "Customs", "Pick-up", "Invoice", "Other", "Calls"], style: all(styles.head) },
  ...body.map((cells, index) => ({
    row: first + index,
    cells,
    style: (column: number) => (column === 0 ? styles.date : styles.plain),
  })),
  { row: first + weeks, cells: ["Total", ...sums], style: all(styles.count) },
];
const workbook = demoWorkbook({ name: "Calls", rows });
await writeFile(new URL("../demo/calls.xlsx", import.meta.url), workbook);
