import { decodeText } from "../../xml/xml-text.ts";
import { columnIndex, maxColumns, maxRows, parseAddress, parseRange } from "../address.ts";
import { CellKind } from "../types.ts";
import { storeCell } from "./cell-columns.ts";
import { addFormula, markShared } from "./formula-list.ts";
import { endTag, type Markup, nextMarkup, sourceText, tagAttribute } from "./markup.ts";
import { parseDecimal } from "./parse-decimal.ts";
import { serialOfIsoDate } from "./serial-date.ts";
import { damagedCells, type SheetScan, storedRow } from "./sheet-scan.ts";
import { internText } from "./text-pool.ts";

/** Where reading goes on, or that more bytes are needed first, or that the rows are over. */
export type Step =
  | { readonly kind: "next"; readonly at: number }
  | { readonly kind: "more" }
  | { readonly kind: "end"; readonly start: number; readonly at: number };

const more: Step = { kind: "more" };

/**
 * Reads one row tag, one whole cell or whatever else stands at `at` inside `sheetData`, in any spelling that XML
 * allows: prefixes, single quotes, missing addresses, comments, CDATA, rich text (ECMA-376-1, 18.3.1.80).
 */
export function scanItem(scan: SheetScan, bytes: Uint8Array, at: number, end: number): Step {
  const markup = nextMarkup(bytes, at, end);
  if (markup === undefined) return more;
  if (markup.kind === "other") return { kind: "next", at: markup.end };
  if (markup.kind === "close") return closeItem(scan, markup);
  if (!scan.isInRow) {
    if (markup.name !== "row") return skipElement(bytes, markup, end);
    openRow(scan, bytes, markup);
    return { kind: "next", at: markup.end };
  }
  if (markup.name === "row") throw damagedCells("a row stands inside another row");
  if (markup.name !== "c") return skipElement(bytes, markup, end);
  const close = markup.kind === "empty" ? markup : endTag(bytes, markup, end);
  if (close === undefined) return more;
  readCell(scan, bytes, markup, close);
  return { kind: "next", at: close.end };
}

function skipElement(bytes: Uint8Array, markup: Markup, end: number): Step {
  const close = markup.kind === "empty" ? markup : endTag(bytes, markup, end);
  return close === undefined ? more : { kind: "next", at: close.end };
}

function closeItem(scan: SheetScan, markup: Markup): Step {
  if (scan.isInRow && markup.name === "row") {
    scan.isInRow = false;
    return { kind: "next", at: markup.end };
  }
  if (!scan.isInRow && markup.name === "sheetData")
    return { kind: "end", start: markup.start, at: markup.end };
  throw damagedCells(`</${markup.name}> stands where it ends nothing`);
}

function openRow(scan: SheetScan, bytes: Uint8Array, markup: Markup): void {
  const written = tagAttribute(bytes, markup, "r")?.trim();
  const row = written === undefined ? scan.row + 1 : Number(written);
  if (!Number.isInteger(row) || row < 1 || row > maxRows) throw damagedCells(`no sheet has a row ${written}`);
  scan.row = row;
  scan.rowIndex = -1;
  // Only a number written plainly lets the fast path skip it in the addresses of cells.
  scan.rowDigits = written === String(row) ? written.length : 0;
  scan.column = -1;
  scan.isInRow = markup.kind === "open";
  const isHidden = isTrue(tagAttribute(bytes, markup, "hidden"));
  if (isHidden && scan.hiddenRows.length < maxRows) scan.hiddenRows.push(row);
}

export function isTrue(value: string | undefined): boolean {
  return value === "1" || value === "true" || value === "on";
}

type Span = { readonly start: number; readonly end: number };

type CellContent = {
  readonly value: Span | undefined;
  readonly formula: (Span & { readonly tag: Markup }) | undefined;
  /** Source bytes of an inline string's runs. */
  readonly inline: Uint8Array | undefined;
};

function readCell(scan: SheetScan, bytes: Uint8Array, open: Markup, close: Markup): void {
  const column = columnOfCell(scan, tagAttribute(bytes, open, "r")?.trim());
  scan.column = column;
  if (open === close) return;
  const content = readContent(bytes, open.end, close.start);
  const cell = typedCell(scan, bytes, tagAttribute(bytes, open, "t"), content);
  if (cell.kind === CellKind.empty && content.formula === undefined) return;
  const style = Math.min(65_535, Math.max(0, Number(tagAttribute(bytes, open, "s") ?? 0) || 0));
  const index = storedRow(scan);
  storeCell(scan.cells, index, column, { ...cell, style });
  if (content.formula !== undefined) readFormula(scan, bytes, column, content.formula);
}

function columnOfCell(scan: SheetScan, address: string | undefined): number {
  if (address === undefined) {
    if (scan.column + 1 >= maxColumns) throw damagedCells("a row has more cells than a sheet has columns");
    return scan.column + 1;
  }
  const cell = parseAddress(address);
  const column = cell?.column ?? columnIndex(/^[A-Za-z]+/.exec(address)?.[0] ?? "");
  if (cell === undefined || column === undefined) throw damagedCells(`no sheet has a cell ${address}`);
  // A row that does not say its number takes it from its first cell.
  if (scan.rowDigits === 0 && scan.column < 0 && scan.rowIndex < 0 && cell.row > scan.row)
    scan.row = cell.row;
  return column;
}

function readContent(bytes: Uint8Array, from: number, end: number): CellContent {
  let value: CellContent["value"];
  let formula: CellContent["formula"];
  let inline: CellContent["inline"];
  for (let at = from; ; ) {
    const markup = nextMarkup(bytes, at, end);
    if (markup === undefined) return { value, formula, inline };
    const close = markup.kind === "open" ? endTag(bytes, markup, end) : markup;
    if (close === undefined) throw damagedCells(`<${markup.name}> does not end in its cell`);
    at = close.end;
    const isEmpty = markup === close;
    const start = isEmpty ? 0 : markup.end;
    const stop = isEmpty ? 0 : close.start;
    if (markup.name === "v") value = { start, end: stop };
    else if (markup.name === "f") formula = { tag: markup, start, end: stop };
    else if (markup.name === "is") inline = inlineText(bytes, start, stop);
  }
}

/** The text of all runs, as source; phonetic runs, which say how to pronounce it, left out. */
function inlineText(bytes: Uint8Array, from: number, end: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let at = from; ; ) {
    const markup = nextMarkup(bytes, at, end);
    if (markup === undefined) break;
    at = markup.end;
    if (markup.kind !== "open" || (markup.name !== "t" && markup.name !== "rPh")) continue;
    const close = endTag(bytes, markup, end);
    if (close === undefined) break;
    at = close.end;
    if (markup.name === "t") pieces.push(bytes.subarray(markup.end, close.start));
  }
  if (pieces.length === 1) return pieces[0]!;
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let to = 0;
  for (const piece of pieces) {
    joined.set(piece, to);
    to += piece.length;
  }
  return joined;
}

type TypedValue = { readonly kind: number; readonly value: number };

const emptyValue: TypedValue = { kind: CellKind.empty, value: 0 };
const decimal = { value: 0, end: 0 };

function typedCell(
  scan: SheetScan,
  bytes: Uint8Array,
  type: string | undefined,
  content: CellContent,
): TypedValue {
  const { inline, value } = content;
  // Some writers put an inline string in a cell of another type, or leave an old one beside a value.
  if (inline !== undefined && (type === "inlineStr" || value === undefined)) {
    return { kind: CellKind.inlineString, value: internText(scan.texts, inline, 0, inline.length) };
  }
  if (value === undefined) return emptyValue;
  const text = (kind: number): TypedValue => ({
    kind,
    value: internText(scan.texts, bytes, value.start, value.end),
  });
  if (type === "str") return text(CellKind.formulaString);
  if (type === "inlineStr") return text(CellKind.inlineString);
  if (parseDecimal(bytes, value.start, decimal) && decimal.end === value.end) {
    if (type === undefined || type === "n") return { kind: CellKind.number, value: decimal.value };
    if (type === "s") return sharedString(scan, decimal.value);
  }
  const written = decodeText(sourceText(bytes, value.start, value.end)).trim();
  if (written === "") return emptyValue;
  if (type === "e") return text(CellKind.error);
  if (type === "s") return sharedString(scan, Number(written));
  if (type === "b") return { kind: CellKind.boolean, value: isTrue(written) ? 1 : 0 };
  const serial = type === "d" ? serialOfIsoDate(written, scan.date1904) : undefined;
  if (serial !== undefined) return { kind: CellKind.date, value: serial };
  const number = Number(written);
  // What claims to be a number and is none is kept as it stands: nothing is lost silently.
  if (!Number.isFinite(number)) return text(CellKind.inlineString);
  return { kind: CellKind.number, value: number };
}

function sharedString(scan: SheetScan, index: number): TypedValue {
  if (!Number.isInteger(index) || index < 0 || index > 0x7fffffff) {
    throw damagedCells("a cell refers to a shared string by something else than its number");
  }
  scan.lastShared = Math.max(scan.lastShared, index);
  return { kind: CellKind.sharedString, value: index };
}

function readFormula(
  scan: SheetScan,
  bytes: Uint8Array,
  column: number,
  formula: NonNullable<CellContent["formula"]>,
): void {
  const { formulas, row } = scan;
  addFormula(formulas, row, column, bytes, formula.start, formula.end);
  const type = tagAttribute(bytes, formula.tag, "t");
  if (type === undefined || type === "normal") return;
  const range = parseRange(tagAttribute(bytes, formula.tag, "ref") ?? "") ?? {
    firstRow: row,
    lastRow: row,
    firstColumn: column,
    lastColumn: column,
  };
  const text = decodeText(sourceText(bytes, formula.start, formula.end));
  if (type === "array" || type === "dataTable") {
    const kind = type === "array" ? "array" : "table";
    formulas.filled.push({ kind, range, row, column, formula: text });
  } else if (type === "shared") {
    const number = Number(tagAttribute(bytes, formula.tag, "si") ?? Number.NaN);
    if (!Number.isInteger(number) || number < 0 || number > 0x7fffffff) return;
    markShared(formulas, number);
    // Usually the first cell comes first; in a few files a cell without text comes before it.
    if (text !== "" && !formulas.groups.has(number)) {
      formulas.groups.set(number, { kind: "shared", range, row, column, formula: text });
    }
  }
}
