import { columnName, maxColumns } from "../xlsx/address.ts";
import { columnWithRoom, finishColumns, type GrowingCells, growingCells } from "../xlsx/read/cell-columns.ts";
import { noFormulas } from "../xlsx/read/formula-list.ts";
import { formatKind } from "../xlsx/read/number-format.ts";
import { parseDecimal } from "../xlsx/read/parse-decimal.ts";
import { emptyLayout } from "../xlsx/read/sheet-layout.ts";
import { generalStyle } from "../xlsx/read/styles.ts";
import { internText, pooledTexts, type TextPool, textPool } from "../xlsx/read/text-pool.ts";
import { CellKind, type CellStyle, type SheetCells } from "../xlsx/types.ts";
import { decodeDelimited, type TextEncoding } from "./decode-delimited.ts";
import { detectDialect } from "./detect-dialect.ts";
import { type DecimalSign, isAmbiguous, provenSign, readNumber } from "./number-style.ts";
import { settleColumn } from "./settle-columns.ts";
import { type Dialect, type FieldReader, type Splitter, splitRecords, splitter } from "./split-records.ts";

export type ReadDelimitedOptions = {
  /** Defaults to what the byte order mark or the bytes say. */
  readonly encoding?: TextEncoding;
  /** Defaults to the delimiter under which lines agree best. */
  readonly delimiter?: Dialect["delimiter"];
  /** How quotation marks are written inside quotation marks. Defaults to what leaves the fewest stray. */
  readonly escape?: Dialect["escape"];
  /** Defaults to what the numbers of each column, or else of the file, prove. */
  readonly decimalSign?: DecimalSign;
  /** Stops reading between two stretches of 4 MiB. */
  readonly signal?: AbortSignal;
  /** Called after each stretch, with a share between 0 and 1. */
  readonly onProgress?: (share: number) => void;
  /** Most cells that the rows may spread over. Defaults to 100 million. */
  readonly maxCells?: number;
};

const STRETCH = 4 * 1024 * 1024;

/**
 * Reads comma-, semicolon-, tab- or bar-separated text as the cells of one sheet: numbers in either notation with
 * percent signs and currencies, dates where a whole column agrees on them, everything else as text. What had to be
 * decided or left open is said in `notes`.
 */
export async function readDelimited(
  file: Uint8Array,
  options: ReadDelimitedOptions = {},
): Promise<SheetCells> {
  const text = decodeDelimited(file, options.encoding);
  const dialect = detectDialect(text.bytes, {
    ...(options.delimiter === undefined ? {} : { delimiter: options.delimiter }),
    ...(options.escape === undefined ? {} : { escape: options.escape }),
  });
  const split = splitter(text.bytes, dialect);
  const signs = decimalSigns(split, options.decimalSign);
  const reading: Reading = {
    cells: growingCells(options.maxCells),
    texts: textPool(1024 * 1024 * 1024),
    signs,
    styles: [generalStyle],
    styleIndexes: new Map([["General", 0]]),
    notes: [...text.notes, ...signs.notes],
    isTruncated: false,
  };
  const cursor = { at: separatorLine(text.bytes), record: 0 };
  const onField = fieldReader(reading);
  while (cursor.at < text.bytes.length) {
    options.signal?.throwIfAborted();
    splitRecords(split, cursor, cursor.at + STRETCH, onField);
    reading.cells.expectedRows =
      Math.ceil((reading.cells.rowCount * text.bytes.length * 1.02) / cursor.at) + 64;
    options.onProgress?.(Math.min(1, cursor.at / text.bytes.length));
    // Lets a signal be heard.
    if (cursor.at < text.bytes.length) await new Promise((resolve) => setTimeout(resolve));
  }
  return finish(reading);
}

type Reading = {
  readonly cells: GrowingCells;
  readonly texts: TextPool;
  readonly signs: DecimalSigns;
  readonly styles: CellStyle[];
  readonly styleIndexes: Map<string, number>;
  readonly notes: string[];
  isTruncated: boolean;
};

/** Excel's own line `sep=;` says the delimiter and is no row. */
function separatorLine(bytes: Uint8Array): number {
  const match = /^sep=.\r?\n/i.exec(new TextDecoder().decode(bytes.subarray(0, 8)));
  return match?.[0].length ?? 0;
}

type DecimalSigns = {
  readonly file: DecimalSign;
  readonly columns: ReadonlyMap<number, DecimalSign>;
  readonly notes: readonly string[];
};

const SAMPLE_RECORDS = 2000;

/** Which decimal sign each column uses, by its first 2,000 rows; a column that proves nothing follows the file. */
function decimalSigns(split: Splitter, given: DecimalSign | undefined): DecimalSigns {
  if (given !== undefined) return { file: given, columns: new Map(), notes: [] };
  const votes = new Map<number, { ".": number; ",": number }>();
  const total = { ".": 0, ",": 0 };
  const unclear = new Map<number, string>();
  const decoder = new TextDecoder();
  const end = Math.min(split.bytes.length, STRETCH);
  splitRecords(
    split,
    { at: 0, record: 0 },
    end,
    (_, column, bytes, from, to) => {
      if (to - from > 40) return;
      const text = decoder.decode(bytes.subarray(from, to));
      const sign = provenSign(text);
      if (sign === undefined) {
        if (isAmbiguous(text)) unclear.set(column, text);
        return;
      }
      const vote = votes.get(column) ?? { ".": 0, ",": 0 };
      vote[sign]++;
      total[sign]++;
      votes.set(column, vote);
    },
    SAMPLE_RECORDS,
  );
  const file = total[","] > total["."] ? "," : ".";
  const columns = new Map<number, DecimalSign>();
  for (const [column, vote] of votes) {
    if (vote["."] !== vote[","]) columns.set(column, vote[","] > vote["."] ? "," : ".");
  }
  const isProven = total["."] + total[","] > 0;
  const notes = [...unclear].flatMap(([column, text]) =>
    isProven || columns.has(column) ? [] : [unclearNote(column, text, file)],
  );
  return { file, columns, notes };
}

function unclearNote(column: number, text: string, sign: DecimalSign): string {
  const meaning = text.includes(sign) ? "decimals" : "thousands";
  return `Column ${columnName(column)} holds numbers like ${text.trim()}; the sign in them was read as one for ${meaning}.`;
}

const [ZERO, NINE, MINUS, POINT] = [48, 57, 45, 46];

/** Stores each field where it belongs. */
function fieldReader(reading: Reading): FieldReader {
  const { cells, texts, signs } = reading;
  const decoder = new TextDecoder();
  const decimal = { value: 0, end: 0 };
  return (record, column, bytes, start, end) => {
    if (start === end) return;
    if (column >= maxColumns) {
      reading.isTruncated = true;
      return;
    }
    const index = rowOf(cells, record);
    const target =
      index < (cells.columns[column]?.values.length ?? 0)
        ? cells.columns[column]!
        : columnWithRoom(cells, column, index);
    target.used = index + 1;
    cells.cellCount++;
    const sign = signs.columns.get(column) ?? signs.file;
    const from = bytes[start] === MINUS ? start + 1 : start;
    if (isPlainNumber(bytes, from, end, sign) && parseDecimal(bytes, from, decimal) && decimal.end === end) {
      target.values[index] = from > start && decimal.value !== 0 ? -decimal.value : decimal.value;
      target.kinds[index] = CellKind.number;
      return;
    }
    const written =
      end - start <= 40 && holdsDigit(bytes, start, end)
        ? readNumber(decoder.decode(bytes.subarray(start, end)), sign)
        : undefined;
    if (written === undefined) {
      target.values[index] = internText(texts, bytes, start, end);
      target.kinds[index] = CellKind.inlineString;
    } else {
      target.values[index] = written.value;
      target.kinds[index] = CellKind.number;
      target.styles[index] = styleIndex(reading, written.formatCode);
    }
  };
}

function rowOf(cells: GrowingCells, record: number): number {
  const last = cells.rowCount - 1;
  if (last >= 0 && cells.rows[last] === record) return last;
  if (cells.rowCount === cells.rows.length) {
    const wider = new Uint32Array(cells.rowCount * 2);
    wider.set(cells.rows);
    cells.rows = wider;
  }
  cells.rows[cells.rowCount] = record;
  return cells.rowCount++;
}

/** True for digits with at most one point, no leading zeros, where a point can only mean decimals. */
function isPlainNumber(bytes: Uint8Array, start: number, end: number, sign: DecimalSign): boolean {
  if (end - start > 19 || start === end) return false;
  let points = 0;
  for (let at = start; at < end; at++) {
    const code = bytes[at]!;
    if (code === POINT) points++;
    else if (code < ZERO || code > NINE) return false;
  }
  if (points > (sign === "." ? 1 : 0) || end - start - points > (points === 0 ? 15 : 18)) return false;
  return bytes[start] !== ZERO || end === start + 1 || bytes[start + 1] === POINT;
}

function holdsDigit(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at]! >= ZERO && bytes[at]! <= NINE) return true;
  return false;
}

function styleIndex(reading: Reading, formatCode: string): number {
  const known = reading.styleIndexes.get(formatCode);
  if (known !== undefined) return known;
  // No file has so many formats; a hostile one gets the general format.
  if (reading.styles.length >= 65_535) return 0;
  const index = reading.styles.length;
  reading.styles.push({ formatCode, formatKind: formatKind(formatCode), isBold: false });
  reading.styleIndexes.set(formatCode, index);
  return index;
}

function finish(reading: Reading): SheetCells {
  const { cells, notes } = reading;
  const strings = pooledTexts(reading.texts);
  const added = new Map<string, number>();
  const textIndex = (text: string): number => {
    const index = added.get(text) ?? strings.push(text) - 1;
    added.set(text, index);
    return index;
  };
  cells.columns.forEach((column, index) => {
    settleColumn({
      column: index,
      cells: column,
      strings,
      styleOf: (code) => styleIndex(reading, code),
      textIndex,
      notes,
    });
  });
  if (reading.isTruncated) notes.push("Cells beyond the 16,384th column were left out.");
  return {
    sheet: "",
    rows: cells.rows.subarray(0, cells.rowCount),
    columns: finishColumns(cells),
    strings,
    cellCount: cells.cellCount,
    formulas: noFormulas,
    styles: reading.styles,
    dateSystem: 1900,
    layout: emptyLayout,
    notes,
  };
}
