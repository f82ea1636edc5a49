// The inner loop of reading a sheet: one long function on purpose. It runs ten million times for a large sheet, and
// every call or object in it would show. It takes only the spelling that spreadsheet programs write; at anything
// else it stops before the row or cell, and `readMarkup` takes that one with all that XML allows.
import { maxColumns, maxRows } from "../address.ts";
import { CellKind } from "../types.ts";
import { columnWithRoom } from "./cell-columns.ts";
import { addFormula, markShared } from "./formula-list.ts";
import { parseDecimal } from "./parse-decimal.ts";
import { type SheetScan, storedRow } from "./sheet-scan.ts";
import { internText, type TextPool } from "./text-pool.ts";

/** Four bytes at once, as a little-endian number. */
const word = (text: string): number => new DataView(new TextEncoder().encode(text).buffer).getInt32(0, true);
const OPEN_CELL = word("<c r");
const OPEN_ROW = word("<row");
const ROW_NUMBER = word(' r="');
const CLOSE_ROW = word("</ro");
const CLOSE_VALUE = word("</v>");
const CLOSE_CELL = word("</c>");
const CLOSE_FORMULA = word("</f>");
const OPEN_INLINE = word("<is>");
const CLOSE_TEXT = word("</t>");
const CLOSE_INLINE = word("</is");
const INLINE_TYPE = word("inli");
const SHARED = [word('<f t="'.slice(0, 4)), word('="sh'), word("ared"), word('" si')] as const;

const SPACE = 32;
const QUOTE = 34;
const APOSTROPHE = 39;
const MINUS = 45;
const SLASH = 47;
const ZERO = 48;
const NINE = 57;
const LESS = 60;
const EQUALS = 61;
const GREATER = 62;
const UPPER_A = 65;
const UPPER_Z = 90;
const [B, E, F, H, I, N, S, T, V, W] = Array.from("befhinstvw", (letter) => letter.charCodeAt(0));

/** Where a number that was matched ends. */
const found = { value: 0, end: 0 };

/**
 * Reads rows and cells of `bytes[from, end)` into `scan` and returns where it stopped: at the first row, cell or tag
 * that is incomplete or not in the usual spelling. At least 16 bytes behind `end` must be 0.
 */
export function scanCells(
  scan: SheetScan,
  bytes: Uint8Array,
  view: DataView,
  from: number,
  end: number,
): number {
  const { cells, formulas, texts } = scan;
  const { columns } = cells;
  let { rowIndex, rowDigits, lastShared } = scan;
  let cellCount = 0;
  let item = from;
  let i = from;
  for (;;) {
    item = i;
    const opening = view.getInt32(i, true);
    if (opening === OPEN_CELL) {
      if (!scan.isInRow || rowDigits === 0 || bytes[i + 4] !== EQUALS || bytes[i + 5] !== QUOTE) break;
      i += 6;
      let code = bytes[i]!;
      let number = 0;
      while (code >= UPPER_A && code <= UPPER_Z) {
        number = number * 26 + code - UPPER_A + 1;
        code = bytes[++i]!;
      }
      // The row's digits are those of the row itself; a file where they are not is refused by Excel.
      i += rowDigits;
      if (number === 0 || number > maxColumns || bytes[i] !== QUOTE) break;
      i++;
      let style = 0;
      let kind: number = CellKind.number;
      while (bytes[i] === SPACE && bytes[i + 2] === EQUALS && bytes[i + 3] === QUOTE) {
        const name = bytes[i + 1];
        i += 4;
        code = bytes[i]!;
        if (name === S) {
          while (code >= ZERO && code <= NINE) {
            style = style * 10 + code - ZERO;
            code = bytes[++i]!;
          }
          if (code !== QUOTE || style > 65_535) break;
          i++;
        } else if (name === T && bytes[i + 1] === QUOTE) {
          if (code === S) kind = CellKind.sharedString;
          else if (code === B) kind = CellKind.boolean;
          else if (code === E) kind = CellKind.error;
          else if (code !== N) break;
          i += 2;
        } else if (name === T && code === S && bytes[i + 1] === T && bytes[i + 3] === QUOTE) {
          kind = CellKind.formulaString;
          i += 4;
        } else if (name === T && bytes[i + 9] === QUOTE && view.getInt32(i, true) === INLINE_TYPE) {
          kind = CellKind.inlineString;
          i += 10;
        } else break;
      }
      if (bytes[i] === SLASH && bytes[i + 1] === GREATER) {
        scan.column = number - 1;
        i += 2;
        continue;
      }
      if (bytes[i] !== GREATER) break;
      i++;
      let formulaStart = 0;
      let formulaEnd = 0;
      let shared = -1;
      if (bytes[i + 1] === F) {
        if (bytes[i + 2] === GREATER) {
          formulaStart = i + 3;
          i = formulaStart;
          while (bytes[i] !== LESS && i < end) i++;
          formulaEnd = i;
          if (view.getInt32(i, true) !== CLOSE_FORMULA) break;
          i += 4;
        } else if (matchShared(bytes, view, i)) {
          shared = found.value;
          i = found.end;
        } else break;
      }
      let value = 0;
      if (bytes[i + 1] === V) {
        if (bytes[i] !== LESS || bytes[i + 2] !== GREATER) break;
        i += 3;
        if (kind === CellKind.number) {
          const isNegative = bytes[i] === MINUS;
          if (isNegative) i++;
          const start = i;
          code = bytes[i]!;
          while (code >= ZERO && code <= NINE) {
            value = value * 10 + code - ZERO;
            code = bytes[++i]!;
          }
          if (code !== LESS || i - start > 15 || i === start) {
            if (!parseDecimal(bytes, start, found)) break;
            value = found.value;
            i = found.end;
          }
          if (isNegative) value = -value;
        } else if (kind === CellKind.sharedString || kind === CellKind.boolean) {
          const start = i;
          code = bytes[i]!;
          while (code >= ZERO && code <= NINE) {
            value = value * 10 + code - ZERO;
            code = bytes[++i]!;
          }
          if (i === start || i - start > 9) break;
          if (kind === CellKind.boolean) {
            if (value > 1) break;
          } else if (value > lastShared) lastShared = value;
        } else if (kind === CellKind.inlineString) {
          break;
        } else {
          if (!matchText(texts, bytes, view, i, end)) break;
          value = found.value;
          i = found.end;
        }
        if (view.getInt32(i, true) !== CLOSE_VALUE || view.getInt32(i + 4, true) !== CLOSE_CELL) break;
        i += 8;
      } else if (bytes[i + 1] === I) {
        if (kind !== CellKind.inlineString || !matchInline(texts, bytes, view, i, end)) break;
        value = found.value;
        i = found.end;
      } else {
        if (view.getInt32(i, true) !== CLOSE_CELL) break;
        i += 4;
        kind = CellKind.empty;
      }
      const column = number - 1;
      scan.column = column;
      if (formulaStart > 0) addFormula(formulas, scan.row, column, bytes, formulaStart, formulaEnd);
      else if (shared >= 0) {
        addFormula(formulas, scan.row, column, bytes, 0, 0);
        markShared(formulas, shared);
      } else if (kind === CellKind.empty) continue;
      if (rowIndex < 0) rowIndex = storedRow(scan);
      let target = columns[column];
      if (target === undefined || rowIndex >= target.values.length) {
        target = columnWithRoom(cells, column, rowIndex);
      }
      if (rowIndex >= target.used) target.used = rowIndex + 1;
      target.values[rowIndex] = value;
      target.kinds[rowIndex] = kind;
      target.styles[rowIndex] = style;
      cellCount++;
    } else if (opening === OPEN_ROW) {
      i = matchRow(scan, bytes, view, i, end);
      if (i < 0) break;
      rowIndex = -1;
      rowDigits = scan.rowDigits;
    } else if (opening === CLOSE_ROW) {
      if (!scan.isInRow || bytes[i + 4] !== W || bytes[i + 5] !== GREATER) break;
      scan.isInRow = false;
      i += 6;
    } else if (i < end && bytes[i]! <= SPACE) i++;
    else break;
  }
  cells.cellCount += cellCount;
  scan.rowIndex = rowIndex;
  scan.lastShared = lastShared;
  return item;
}

/** Takes the start tag of a row at `at` into `scan`; returns where it ends, or -1 when it is not in the usual spelling. */
function matchRow(scan: SheetScan, bytes: Uint8Array, view: DataView, at: number, end: number): number {
  if (scan.isInRow || view.getInt32(at + 4, true) !== ROW_NUMBER) return -1;
  const start = at + 8;
  let i = start;
  let number = 0;
  let code = bytes[i]!;
  while (code >= ZERO && code <= NINE) {
    number = number * 10 + code - ZERO;
    code = bytes[++i]!;
  }
  const digits = i - start;
  if (code !== QUOTE || number < 1 || number > maxRows || digits > 7) return -1;
  i = endOfRowTag(bytes, i + 1, end);
  if (i < 0) return -1;
  scan.row = number;
  scan.rowIndex = -1;
  scan.rowDigits = digits;
  scan.column = -1;
  scan.isInRow = bytes[i - 2] !== SLASH;
  return i;
}

/** Matches text up to `</v>` at `at`; its index and where it ends are left in `found`. */
function matchText(texts: TextPool, bytes: Uint8Array, view: DataView, at: number, end: number): boolean {
  let i = at;
  while (bytes[i] !== LESS && i < end) i++;
  if (view.getInt32(i, true) !== CLOSE_VALUE || view.getInt32(i + 4, true) !== CLOSE_CELL) return false;
  found.value = internText(texts, bytes, at, i);
  found.end = i;
  return true;
}

/** Matches `<is><t>text</t></is></c>` at `at`; the text's index and the end are left in `found`. */
function matchInline(texts: TextPool, bytes: Uint8Array, view: DataView, at: number, end: number): boolean {
  if (view.getInt32(at, true) !== OPEN_INLINE || bytes[at + 4] !== LESS) return false;
  if (bytes[at + 5] !== T || bytes[at + 6] !== GREATER) return false;
  const start = at + 7;
  let i = start;
  while (bytes[i] !== LESS && i < end) i++;
  if (view.getInt32(i, true) !== CLOSE_TEXT || view.getInt32(i + 4, true) !== CLOSE_INLINE) return false;
  if (bytes[i + 8] !== GREATER || view.getInt32(i + 9, true) !== CLOSE_CELL) return false;
  found.value = internText(texts, bytes, start, i);
  found.end = i + 13;
  return true;
}

/** Just behind the `>` of a row's start tag; -1 when it is incomplete, hides the row or has single quotes. */
function endOfRowTag(bytes: Uint8Array, from: number, end: number): number {
  let isQuoted = false;
  for (let i = from; i < end; i++) {
    const code = bytes[i]!;
    if (code === QUOTE) isQuoted = !isQuoted;
    else if (code === GREATER && !isQuoted) return i + 1;
    else if (code === LESS || code === APOSTROPHE) return -1;
    else if (code <= SPACE && bytes[i + 1] === H && bytes[i + 2] === I) return -1;
  }
  return -1;
}

/** Matches `<f t="shared" si="7"/>` at `at`; the number and the end are left in `found`. */
function matchShared(bytes: Uint8Array, view: DataView, at: number): boolean {
  if (view.getInt32(at, true) !== SHARED[0] || view.getInt32(at + 4, true) !== SHARED[1]) return false;
  if (view.getInt32(at + 8, true) !== SHARED[2] || view.getInt32(at + 12, true) !== SHARED[3]) return false;
  if (bytes[at + 16] !== EQUALS || bytes[at + 17] !== QUOTE) return false;
  let i = at + 18;
  let number = 0;
  let code = bytes[i]!;
  while (code >= ZERO && code <= NINE) {
    number = number * 10 + code - ZERO;
    code = bytes[++i]!;
  }
  if (i === at + 18 || i - at > 27 || code !== QUOTE || bytes[i + 1] !== SLASH || bytes[i + 2] !== GREATER) {
    return false;
  }
  found.value = number;
  found.end = i + 3;
  return true;
}
