import { contains } from "../../files/xlsx/address.ts";
import type { AuditBook, AuditSheet, PlacedFormula, Target } from "./audit-book.ts";

/** The ranges that a name stands for in a formula of that sheet; none for names of anything else. */
export function rangesOfName(book: AuditBook, sheet: AuditSheet, name: string): Target[] {
  const same = book.names.filter((each) => each.name.toLowerCase() === name.toLowerCase());
  const defined =
    same.find((each) => each.sheet === sheet.name) ?? same.find((each) => each.sheet === undefined);
  return (defined?.ranges ?? []).flatMap(({ sheet: named, range }) => {
    const there = named === undefined ? sheet : book.sheetNamed(named);
    return there === undefined ? [] : [{ sheet: there, range }];
  });
}

/** The cells of `Orders[Amount]`, `Orders[[#This Row],[Amount]]` or `[@Amount]`; what isn't understood gives none. */
export function rangesOfTable(
  book: AuditBook,
  sheet: AuditSheet,
  text: string,
  { row, column }: PlacedFormula,
): Target[] {
  const bracket = text.indexOf("[");
  const name = text.slice(0, bracket).toLowerCase();
  const table = book.tables.find((each) =>
    name === ""
      ? each.sheet === sheet.name && contains(each.range, row, column)
      : each.name.toLowerCase() === name,
  );
  const there = table === undefined ? undefined : book.sheetNamed(table.sheet);
  if (table === undefined || there === undefined) return [];
  const inside = text.slice(bracket + 1, -1);
  const isThisRow = /^@|#This Row/i.test(inside);
  const items = [...inside.replace(/^@/, "").matchAll(/\[((?:[^[\]']|'.)*)\]|^((?:[^[\]#]|'.)+)$/g)]
    .map((match) => (match[1] ?? match[2] ?? "").replaceAll(/'(.)/g, "$1").toLowerCase())
    .filter((item) => !item.startsWith("#"));
  const indexes = items
    .map((item) => table.columns.findIndex((each) => each.toLowerCase() === item))
    .filter((index) => index >= 0);
  const first = table.range.firstColumn + Math.min(...indexes);
  const last = table.range.firstColumn + Math.max(...indexes);
  if (indexes.length === 0) return [];
  const [top, bottom] = rowsMeant(inside, table);
  return [
    {
      sheet: there,
      range: {
        firstRow: isThisRow ? row : top,
        lastRow: isThisRow ? row : bottom,
        firstColumn: first,
        lastColumn: last,
      },
    },
  ];
}

function rowsMeant(
  inside: string,
  { range, headerRows, totalsRows }: AuditBook["tables"][number],
): [number, number] {
  if (/#All/i.test(inside)) return [range.firstRow, range.lastRow];
  if (/#Totals/i.test(inside)) return [range.lastRow - totalsRows + 1, range.lastRow];
  if (/#Headers/i.test(inside)) return [range.firstRow, range.firstRow + headerRows - 1];
  return [range.firstRow + headerRows, range.lastRow - totalsRows];
}
