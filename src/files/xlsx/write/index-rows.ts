// A byte scan of a whole sheet, which may hold 400 MB: one plain loop without an object for each cell.
import { maxRows, parseAddress } from "../address.ts";
import { type Markup, nextMarkup, tagAttribute } from "../read/markup.ts";
import { damagedCells } from "../read/sheet-scan.ts";

const LESS = 60;
const GREATER = 62;
const SLASH = 47;
const BANG = 33;
const QUESTION = 63;
const COLON = 58;
const EQUALS = 61;
const SPACE = 32;
const [E, F, O, R, W] = Array.from("eforw", (letter) => letter.charCodeAt(0));

/** A formula with a range of its own: an array formula, a data table, or the first cell of a shared formula. */
export type SpecialFormula = {
  readonly kind: string;
  /** Its `ref`, as written. */
  readonly ref: string;
  /** Its `si`, as written. */
  readonly group: string | undefined;
  /** Index of its row. */
  readonly rowIndex: number;
};

/** Where the rows of a sheet stand in its bytes. */
export type RowIndex = {
  readonly count: number;
  /** Row numbers, from 1. */
  readonly numbers: Uint32Array;
  readonly starts: Uint32Array;
  /** Just behind each row. */
  readonly ends: Uint32Array;
  /** True when numbers only grow, as they should. */
  readonly isSorted: boolean;
  readonly specials: readonly SpecialFormula[];
  /** Where the end tag of the list of rows begins. */
  readonly closeStart: number;
};

type Growing = {
  count: number;
  numbers: Uint32Array;
  starts: Uint32Array;
  ends: Uint32Array;
  isSorted: boolean;
};

/**
 * Finds the rows of a sheet from just behind the start tag of `sheetData`. `onFormula` is called with every `f`
 * element's start tag and ends the scan there when it says true; a scan without it is several times faster. Throws `FileDamagedError` for what is no sheet.
 */
export function indexRows(bytes: Uint8Array, from: number, onFormula?: (tag: Markup) => boolean): RowIndex {
  const end = bytes.length;
  const rows: Growing = {
    count: 0,
    numbers: new Uint32Array(1024),
    starts: new Uint32Array(1024),
    ends: new Uint32Array(1024),
    isSorted: true,
  };
  const specials: SpecialFormula[] = [];
  let isInRow = false;
  let at = from;
  for (;;) {
    while (bytes[at] !== LESS && at < end) at++;
    if (at >= end) throw damagedCells("the sheet is cut off");
    const second = bytes[at + 1]!;
    if (second === BANG || second === QUESTION) {
      at = whole(nextMarkup(bytes, at, end)).end;
      continue;
    }
    const isClose = second === SLASH;
    let name = at + (isClose ? 2 : 1);
    let i = name;
    for (let code = bytes[i]!; code > SPACE && code !== GREATER && code !== SLASH; code = bytes[++i]!) {
      if (code === COLON) name = i + 1;
    }
    const length = i - name;
    if (length === 1 && !isClose && bytes[name] === F) {
      if (onFormula !== undefined || hasRange(bytes, i)) {
        const tag = whole(nextMarkup(bytes, at, end));
        if (onFormula?.(tag)) return { ...rows, specials, closeStart: at };
        const ref = tagAttribute(bytes, tag, "ref");
        if (ref !== undefined) {
          const kind = tagAttribute(bytes, tag, "t") ?? "normal";
          specials.push({ kind, ref, group: tagAttribute(bytes, tag, "si"), rowIndex: rows.count - 1 });
        }
      }
    } else if (length === 3 && bytes[name] === R && bytes[name + 1] === O && bytes[name + 2] === W) {
      if (isClose) {
        const close = bytes.indexOf(GREATER, i) + 1;
        if (!isInRow || close === 0) throw damagedCells("a row ends that did not begin");
        rows.ends[rows.count - 1] = close;
        isInRow = false;
      } else {
        if (isInRow) throw damagedCells("a row stands inside another row");
        const tag = whole(nextMarkup(bytes, at, end));
        addRow(rows, bytes, tag);
        isInRow = tag.kind === "open";
        i = tag.end;
      }
    } else if (isClose && length === 9 && isSheetData(bytes, name)) {
      if (isInRow) throw damagedCells("a row does not end");
      return { ...rows, specials, closeStart: at };
    }
    at = i;
  }
}

function isSheetData(bytes: Uint8Array, name: number): boolean {
  return String.fromCharCode(...bytes.subarray(name, name + 9)) === "sheetData";
}

function whole(markup: Markup | undefined): Markup {
  if (markup === undefined) throw damagedCells("the sheet is cut off");
  return markup;
}

/** True when the start tag that goes on at `from` has an attribute `ref`. */
function hasRange(bytes: Uint8Array, from: number): boolean {
  for (let i = from; bytes[i] !== GREATER && i < bytes.length; i++) {
    if (bytes[i] === R && bytes[i + 1] === E && bytes[i + 2] === F && bytes[i - 1]! <= SPACE) {
      if (bytes[i + 3] === EQUALS || bytes[i + 3]! <= SPACE) return true;
    }
  }
  return false;
}

function addRow(rows: Growing, bytes: Uint8Array, tag: Markup): void {
  if (rows.count === rows.numbers.length) {
    for (const name of ["numbers", "starts", "ends"] as const) {
      const wider = new Uint32Array(rows.count * 2);
      wider.set(rows[name]);
      rows[name] = wider;
    }
  }
  const before = rows.count === 0 ? 0 : rows.numbers[rows.count - 1]!;
  const written = tagAttribute(bytes, tag, "r")?.trim();
  const number = written === undefined ? impliedNumber(bytes, tag, before) : Number(written);
  if (!Number.isInteger(number) || number < 1 || number > maxRows)
    throw damagedCells(`no sheet has a row ${written ?? number}`);
  if (number <= before) rows.isSorted = false;
  rows.numbers[rows.count] = number;
  rows.starts[rows.count] = tag.start;
  rows.ends[rows.count] = tag.end;
  rows.count++;
}

/** A row that does not say its number follows the one before, or takes it from its first cell. */
function impliedNumber(bytes: Uint8Array, tag: Markup, before: number): number {
  const first = tag.kind === "open" ? nextMarkup(bytes, tag.end, bytes.length) : undefined;
  const address = first?.name === "c" ? tagAttribute(bytes, first, "r") : undefined;
  return Math.max(before + 1, parseAddress(address?.trim() ?? "")?.row ?? 0);
}

/** Positions in the index of the rows with that number: none, one, or more in a damaged sheet. */
export function rowsNumbered(rows: RowIndex, number: number): number[] {
  if (rows.isSorted) {
    const position = placeOf(rows, number);
    return rows.numbers[position] === number && position < rows.count ? [position] : [];
  }
  const found: number[] = [];
  for (let index = 0; index < rows.count; index++) if (rows.numbers[index] === number) found.push(index);
  return found;
}

/** Where in the bytes a new row of that number goes: before the first with a greater one. */
export function placeForRow(rows: RowIndex, number: number): number {
  let position = rows.isSorted ? placeOf(rows, number) : 0;
  while (position < rows.count && rows.numbers[position]! <= number) position++;
  if (position < rows.count) return rows.starts[position]!;
  return rows.count === 0 ? rows.closeStart : rows.ends[rows.count - 1]!;
}

/** The first position whose number is not smaller; by halving. */
function placeOf(rows: RowIndex, number: number): number {
  let low = 0;
  let high = rows.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows.numbers[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
