import { FileDamagedError, FileTooLargeError } from "../../../errors.ts";
import { relationshipsOf } from "../../opc/opc-package.ts";
import { scanXml } from "../../xml/scan-xml.ts";
import { decodeText } from "../../xml/xml-text.ts";
import type { CellColumn, Sheet, SheetCells, SheetLayout, Workbook } from "../types.ts";
import { CellKind } from "../types.ts";
import { finishColumns, sortRows } from "./cell-columns.ts";
import { decodeEscapes } from "./escapes.ts";
import { finishFormulas, noFormulas } from "./formula-list.ts";
import { nextMarkup, sourceText } from "./markup.ts";
import { scanCells } from "./scan-cells.ts";
import { scanItem } from "./scan-item.ts";
import { appendBytes, type ByteWindow, byteWindow, partBytes } from "./sheet-bytes.ts";
import { readLayout } from "./sheet-layout.ts";
import { type SheetScan, sheetScan } from "./sheet-scan.ts";
import { pooledTexts } from "./text-pool.ts";
import { warmScanner } from "./warm-scanner.ts";
import { naming } from "./workbook-part.ts";

export type ReadSheetOptions = {
  /** Stops reading between two megabytes. */
  readonly signal?: AbortSignal;
  /** Called after each piece of inflated XML, a megabyte at most, with a share between 0 and 1. */
  readonly onProgress?: (share: number) => void;
  /** Most cells that the sheet may spread over, empty ones between filled ones included. Defaults to 100 million. */
  readonly maxCells?: number;
  /** False leaves out the texts of formulas, which are "" then; where they stand is still told. Defaults to true. */
  readonly formulaTexts?: boolean;
};

/** Bytes of XML from which on it pays to warm the scanner. */
const warmedFrom = 4 * 1024 * 1024;

/** Most bytes that may stand before the rows, in one cell or between two, and behind the rows. */
const maxHead = 16 * 1024 * 1024;
const maxItem = 4 * 1024 * 1024;
const maxTail = 64 * 1024 * 1024;

/**
 * Reads the cells of a sheet in one pass over its XML, a megabyte at a time. A sheet of another kind than a worksheet
 * has none. Errors say which sheet it was.
 */
export function readSheet(
  workbook: Workbook,
  sheet: Sheet,
  options: ReadSheetOptions = {},
): Promise<SheetCells> {
  return naming(sheet.name, async () => {
    if (sheet.part === undefined) throw new FileDamagedError("its part is missing from the file");
    const scan = sheetScan(workbook.dateSystem === 1904, options.maxCells, options.formulaTexts);
    const around = await scanPart(workbook, sheet.part, scan, options);
    const layout = readLayout(
      scanXml(around),
      relationshipsOf(workbook.package, sheet.part),
      scan.hiddenRows,
    );
    return finishCells(workbook, sheet, scan, layout);
  });
}

/** Reads all rows into `scan` and returns the XML around them. */
async function scanPart(
  workbook: Workbook,
  part: string,
  scan: SheetScan,
  options: ReadSheetOptions,
): Promise<string> {
  const total = Math.max(1, workbook.package.entries.get(part.toLowerCase())?.size ?? 1);
  if (total > warmedFrom) warmScanner();
  const window = byteWindow();
  const search = { at: 0 };
  let head: string | undefined;
  let isOver = false;
  let done = 0;
  for await (const piece of partBytes(workbook.package, part)) {
    options.signal?.throwIfAborted();
    appendBytes(window, piece);
    head ??= skipHead(window, search);
    if (head !== undefined && !isOver) isOver = scanRows(scan, window);
    checkPending(window, head === undefined ? maxHead : isOver ? maxTail : maxItem);
    done += piece.length;
    scan.cells.expectedRows = Math.ceil((scan.cells.rowCount * total * 1.02) / done) + 64;
    options.onProgress?.(Math.min(1, done / total));
  }
  const rest = sourceText(window.bytes, window.at, window.end);
  if (head === undefined) return rest;
  if (!isOver) throw new FileDamagedError("it is cut off");
  return head + rest;
}

function checkPending(window: ByteWindow, limit: number): void {
  if (window.end - window.at <= limit) return;
  throw new FileTooLargeError(
    `a cell, or what stands around the rows, takes more than ${limit / 1024 / 1024} MiB`,
  );
}

/**
 * The XML before the rows, once their start tag is there: `search` remembers how far there is none. A list of rows
 * that is empty stays part of what is around.
 */
function skipHead(window: ByteWindow, search: { at: number }): string | undefined {
  for (;;) {
    const markup = nextMarkup(window.bytes, search.at, window.end);
    if (markup === undefined) return undefined;
    search.at = markup.end;
    if (markup.name !== "sheetData" || markup.kind !== "open") continue;
    const head = sourceText(window.bytes, window.at, markup.start);
    window.at = markup.end;
    return head;
  }
}

/** Reads on as far as the window goes; true when the rows are over and the window stands behind them. */
function scanRows(scan: SheetScan, window: ByteWindow): boolean {
  for (;;) {
    window.at = scanCells(scan, window.bytes, window.view, window.at, window.end);
    const step = scanItem(scan, window.bytes, window.at, window.end);
    if (step.kind === "more") return false;
    window.at = step.at;
    if (step.kind === "end") return true;
  }
}

function finishCells(workbook: Workbook, sheet: Sheet, scan: SheetScan, layout: SheetLayout): SheetCells {
  const shared = scan.lastShared < 0 ? [] : workbook.sharedStrings;
  if (scan.lastShared >= shared.length) {
    throw new FileDamagedError(
      `a cell refers to the shared string ${scan.lastShared}, but there are ${shared.length}`,
    );
  }
  const own = pooledTexts(scan.texts).map((text) => decodeEscapes(decodeText(text)));
  sortRows(scan.cells);
  const columns = finishColumns(scan.cells);
  if (own.length > 0 && shared.length > 0) moveIndexes(columns, shared.length);
  return {
    sheet: sheet.name,
    rows: scan.cells.rows.subarray(0, scan.cells.rowCount),
    columns,
    strings: own.length === 0 ? shared : [...shared, ...own],
    cellCount: scan.cells.cellCount,
    formulas: scan.formulas.count === 0 ? noFormulas : finishFormulas(scan.formulas),
    styles: workbook.styles,
    dateSystem: workbook.dateSystem,
    layout,
    notes: [],
  };
}

/** Texts of the sheet itself come behind the shared strings in one list. */
function moveIndexes(columns: readonly CellColumn[], by: number): void {
  for (const { values, kinds } of columns) {
    for (let index = 0; index < kinds.length; index++) {
      const kind = kinds[index]!;
      // Numbers and shared strings, which most cells are, come before these kinds.
      if (kind < CellKind.inlineString) continue;
      if (kind <= CellKind.formulaString || kind === CellKind.error) values[index]! += by;
    }
  }
}
