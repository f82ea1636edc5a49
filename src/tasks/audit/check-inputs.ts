import { contains } from "../../files/xlsx/address.ts";
import type { AuditBook, AuditSheet, Target } from "./audit-book.ts";
import { readsOf } from "./check-cycles.ts";
import { cellList, counted, quoted } from "./describe-cells.ts";
import { isTotalLabel, labelOf } from "./sheet-labels.ts";
import type { AuditFinding } from "./types.ts";

type Place = { readonly row: number; readonly column: number };

/** Most ranges that are compared with each number. */
const mostRanges = 5000;

/** Numbers beside a label, among others that formulas read, which nothing reads. */
export function checkInputs(book: AuditBook): AuditFinding[] {
  const isIndirect = book.sheets.some(({ formulas }) =>
    formulas.some(({ parsed }) => parsed.functions.has("INDIRECT") || parsed.functions.has("OFFSET")),
  );
  if (isIndirect) return [];
  const read = readCells(book);
  if (read === undefined) return [];
  return book.sheets.flatMap((sheet) => unusedOn(sheet, read));
}

type Read = { readonly single: ReadonlySet<string>; readonly ranges: readonly Target[] };

function keyOf(sheet: AuditSheet, { row, column }: Place): string {
  return `${sheet.name}!${row} ${column}`;
}

function readCells(book: AuditBook): Read | undefined {
  const single = new Set<string>();
  const ranges = new Map<string, Target>();
  for (const sheet of book.sheets) {
    for (const formula of sheet.formulas) {
      for (const target of readsOf(book, sheet, formula)) {
        const { firstRow, lastRow, firstColumn, lastColumn } = target.range;
        if (firstRow === lastRow && firstColumn === lastColumn)
          single.add(keyOf(target.sheet, { row: firstRow, column: firstColumn }));
        else ranges.set(`${target.sheet.name}!${firstRow} ${lastRow} ${firstColumn} ${lastColumn}`, target);
        if (ranges.size > mostRanges) return undefined;
      }
    }
  }
  return { single, ranges: [...ranges.values()] };
}

function unusedOn(sheet: AuditSheet, { single, ranges }: Read): AuditFinding[] {
  const own = ranges.filter((each) => each.sheet === sheet);
  return inputBlocks(sheet).flatMap((block) => {
    const used = block.filter((place) => single.has(keyOf(sheet, place)));
    const unused = block.filter(
      ({ row, column }) =>
        !single.has(keyOf(sheet, { row, column })) &&
        !isTotalLabel(labelOf(sheet, row, column)) &&
        !own.some(({ range }) => contains(range, row, column)),
    );
    // Where most are read by nothing the block is a table for people to read.
    if (unused.length === 0 || used.length < 2 || unused.length * 2 > used.length) return [];
    return [unusedFinding(sheet, unused)];
  });
}

/** Runs of typed numbers in a column, each with its label right beside it and nothing more behind it. */
function inputBlocks(sheet: AuditSheet): Place[][] {
  const blocks: Place[][] = [];
  for (let column = 1; column < sheet.columnCount; column++) {
    let block: Place[] = [];
    for (const row of sheet.cells.rows) {
      const isInput =
        sheet.numberAt(row, column) !== undefined &&
        !sheet.isComputed(row, column) &&
        sheet.classAt(row, column - 1) === "text" &&
        sheet.classAt(row, column + 1) !== "number";
      if (isInput && (block.length === 0 || block.at(-1)!.row === row - 1)) block.push({ row, column });
      else {
        if (block.length > 2) blocks.push(block);
        block = isInput ? [{ row, column }] : [];
      }
    }
    if (block.length > 2) blocks.push(block);
  }
  return blocks;
}

function unusedFinding(sheet: AuditSheet, unused: readonly Place[]): AuditFinding {
  const first = unused[0]!;
  const label = quoted(labelOf(sheet, first.row, first.column));
  return {
    kind: "unused-input",
    severity: "low",
    confidence: 0.45,
    sheet: sheet.name,
    cells: cellList(unused),
    message: `no formula reads ${unused.length === 1 ? `the value beside ${label}` : `${counted(unused.length, "value")}, the first beside ${label}`}, though formulas read the ones around it`,
  };
}
