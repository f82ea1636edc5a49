import type { TableColumn } from "../../table.ts";
import { type DecimalSign, provenSign } from "../csv/number-style.ts";
import { readDates as readWrittenDates } from "../csv/written-dates.ts";
import { cellText } from "../xlsx/read/cell-value.ts";
import { CellKind, type SheetCells } from "../xlsx/types.ts";
import { CellClass, type CellClasses, isTextKind } from "./cell-classes.ts";
import { textNumber, unitOfFormat } from "./text-numbers.ts";

export type ColumnData = Pick<TableColumn, "type" | "values" | "present" | "strings" | "exceptions"> & {
  /** What most numbers are written or formatted in: `€`, `%`. */
  readonly unit?: string;
};

/** Where a column's cells come from: `rows` are indexes of stored rows; covered cells show what another row holds. */
export type ColumnSource = {
  readonly classes: CellClasses;
  readonly rows: Uint32Array;
  readonly column: number;
  readonly originOf: ReadonlyMap<number, number> | undefined;
  /** As long as `cells.strings`, all -1; left as it was. */
  readonly scratch: Int32Array;
};

/** Share of a column's cells that must agree on a type; the others are told as exceptions. */
const agreement = 0.8;

/** The cells of a column in the type that most of them have. */
export function readColumn(source: ColumnSource): ColumnData {
  const { common, isPure } = commonClass(source);
  switch (common) {
    case CellClass.number:
      return readNumbers(source, isPure);
    case CellClass.date:
      return readDates(source, isPure);
    case CellClass.boolean:
      return { type: "boolean", ...readValues(source, CellClass.boolean, isPure) };
    default:
      return readTexts(source);
  }
}

/** The rows of a table without gaps or merged cells are one stretch of stored rows. */
function isStretch({ rows, originOf }: ColumnSource): boolean {
  return originOf === undefined && rows.length > 0 && rows.at(-1) === rows[0]! + rows.length - 1;
}

/** The class that the rows agree on, text when they don't; `isPure` where every single row is of it. */
function commonClass(source: ColumnSource): { readonly common: number; readonly isPure: boolean } {
  const { classes, rows, column, originOf } = source;
  const found = classes.columns[column];
  if (found === undefined) return { common: CellClass.text, isPure: false };
  const counts = new Uint32Array(8);
  if (isStretch(source)) {
    const first = rows[0]!;
    const end = Math.min(found.length, first + rows.length);
    for (let row = first; row < end; row++) counts[found[row]!]!++;
  } else {
    for (let index = 0; index < rows.length; index++)
      counts[found[originOf?.get(rows[index]!) ?? rows[index]!] ?? 0]!++;
  }
  const { text, number, date, boolean } = CellClass;
  const filled = counts[text]! + counts[number]! + counts[date]! + counts[boolean]!;
  const agreed = [number, date, boolean].find((each) => filled > 0 && counts[each]! >= agreement * filled);
  return { common: agreed ?? text, isPure: counts[agreed ?? text] === rows.length };
}

type Values = {
  readonly values: Float64Array;
  readonly present: Uint8Array;
  readonly exceptions: { row: number; text: string }[];
  /** Rows of the table whose cells are of the class, but written as text; their values are still to be read. */
  readonly written: readonly number[];
};

/** The stored numbers of the cells of a class; all others that hold something are exceptions. */
function readValues(source: ColumnSource, wanted: number, isPure: boolean): Values {
  const { classes, rows, column, originOf } = source;
  const { values: stored, kinds } = classes.cells.columns[column]!;
  const found = classes.columns[column]!;
  // Where each row of a stretch holds a stored number of the class, its values serve as they are.
  if (isPure && !classes.hasWritten[column] && isStretch(source)) {
    const values = stored.subarray(rows[0], rows[0]! + rows.length);
    return { values, present: new Uint8Array(rows.length).fill(1), exceptions: [], written: [] };
  }
  const values = new Float64Array(rows.length);
  const present = new Uint8Array(rows.length);
  const exceptions: { row: number; text: string }[] = [];
  const written: number[] = [];
  for (let index = 0; index < rows.length; index++) {
    const row = originOf === undefined ? rows[index]! : (originOf.get(rows[index]!) ?? rows[index]!);
    const cell = found[row] ?? CellClass.empty;
    if (cell === wanted) {
      if (isTextKind(kinds[row])) {
        written.push(index);
        continue;
      }
      values[index] = stored[row]!;
      present[index] = 1;
    } else if (cell !== CellClass.empty && cell !== CellClass.covered) {
      exceptions.push({ row: index, text: shownText(classes.cells, row, column) });
    }
  }
  return { values, present, exceptions, written };
}

const dayMilliseconds = 86_400_000;
/** Day numbers of 1970-01-01; before March 1900 they are one less, because Excel has a 29 February 1900. */
const unixEpoch = { 1900: 25_569, 1904: 24_107 } as const;

/** A column of day numbers as days, times of day or moments. */
function readDates(source: ColumnSource, isPure: boolean): ColumnData {
  const read = readValues(source, CellClass.date, isPure);
  const { values, present, exceptions, written } = read;
  const { dateSystem } = source.classes.cells;
  const texts = new Map(written.map((index) => [index, shownAt(source, index)]));
  const serial = writtenSerial(new Set(texts.values()));
  // Which number is the day and which the month, only the whole column can tell; where it can't, dates stay text.
  if (serial === undefined && written.length > (1 - agreement) * values.length) return readTexts(source);
  for (const [index, text] of texts) {
    const value = serial?.(text);
    if (value === undefined) exceptions.push({ row: index, text });
    else {
      values[index] = value - (dateSystem === 1904 ? unixEpoch[1900] - unixEpoch[1904] : 0);
      present[index] = 1;
    }
  }
  exceptions.sort((a, b) => a.row - b.row);
  let areDays = true;
  let areTimes = true;
  for (let index = 0; index < values.length; index++) {
    if (present[index] === 0) continue;
    const value = values[index]!;
    if (areDays && !Number.isInteger(value)) areDays = false;
    if (areTimes && (value < 0 || value >= 1)) areTimes = false;
    if (!areDays && !areTimes) break;
  }
  const epoch = unixEpoch[dateSystem];
  const moved = new Float64Array(values.length);
  const leapDays = dateSystem === 1900 ? 60 : Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index++) {
    if (present[index] === 0) continue;
    const value = values[index]!;
    if (areTimes) moved[index] = Math.round(value * dayMilliseconds) / 1000;
    else {
      const days = value - epoch + (value < leapDays ? 1 : 0);
      moved[index] = areDays ? days : Math.round(days * dayMilliseconds);
    }
  }
  return { type: areTimes ? "time" : areDays ? "date" : "timestamp", values: moved, present, exceptions };
}

/** How dates written as text are to be read, as day numbers of 1900; undefined where they are not of one kind. */
function writtenSerial(texts: ReadonlySet<string>): ((text: string) => number | undefined) | undefined {
  if (texts.size === 0) return undefined;
  const reading = readWrittenDates([...texts]);
  return reading?.order === undefined ? undefined : reading.serial;
}

/** A column of numbers, of which some or all may be written as text. */
function readNumbers(source: ColumnSource, isPure: boolean): ColumnData {
  const { cells } = source.classes;
  const { values, present, exceptions, written } = readValues(source, CellClass.number, isPure);
  const texts = new Map(written.map((index) => [index, cells.strings[storedAt(source, index)]!.trim()]));
  // Digits with leading zeros are names: post codes, article numbers.
  for (const text of texts.values()) if (/^0\d/.test(text)) return readTexts(source);
  const sign = decimalSign(new Set(texts.values()));
  const units = styleUnits(source, present);
  for (const [index, text] of texts) {
    const read = textNumber(text, sign);
    if (read === undefined) {
      exceptions.push({ row: index, text });
      continue;
    }
    values[index] = read.value;
    present[index] = 1;
    units.set(read.unit, (units.get(read.unit) ?? 0) + 1);
  }
  exceptions.sort((a, b) => a.row - b.row);
  const unit = commonUnit(units, values.length);
  let isWhole = true;
  for (let index = 0; index < values.length && isWhole; index++)
    isWhole = Number.isSafeInteger(values[index]!);
  const type = isWhole ? "integer" : "decimal";
  return { type, values, present, exceptions, ...(unit !== undefined && { unit }) };
}

function storedAt({ classes, rows, column, originOf }: ColumnSource, index: number): number {
  const row = originOf?.get(rows[index]!) ?? rows[index]!;
  return classes.cells.columns[column]!.values[row]!;
}

function shownAt({ classes, rows, column, originOf }: ColumnSource, index: number): string {
  return shownText(classes.cells, originOf?.get(rows[index]!) ?? rows[index]!, column);
}

/** How many numbers are formatted in which unit. */
function styleUnits(source: ColumnSource, present: Uint8Array): Map<string | undefined, number> {
  const { cells } = source.classes;
  const { rows, column, originOf } = source;
  const { styles } = cells.columns[column]!;
  const stretchAt = isStretch(source) ? rows[0]! : -1;
  const times = new Map<number, number>();
  let style = -1;
  let run = 0;
  for (let index = 0; index < rows.length; index++) {
    if (present[index] === 0) continue;
    const own = styles[stretchAt < 0 ? (originOf?.get(rows[index]!) ?? rows[index]!) : stretchAt + index]!;
    if (own !== style) {
      times.set(style, (times.get(style) ?? 0) + run);
      style = own;
      run = 0;
    }
    run++;
  }
  times.set(style, (times.get(style) ?? 0) + run);
  const units = new Map<string | undefined, number>();
  for (const [index, count] of times) {
    if (count === 0) continue;
    const unit = unitOfFormat(cells.styles[index]?.formatCode ?? "");
    units.set(unit, (units.get(unit) ?? 0) + count);
  }
  return units;
}

function decimalSign(texts: ReadonlySet<string>): DecimalSign {
  let balance = 0;
  for (const text of texts) {
    const sign = provenSign(text);
    if (sign !== undefined) balance += sign === "," ? 1 : -1;
  }
  return balance > 0 ? "," : ".";
}

/** The only unit seen; a percent sign must be on half of the numbers, for statements mix shares into amounts. */
function commonUnit(units: ReadonlyMap<string | undefined, number>, rows: number): string | undefined {
  const seen = [...units].flatMap(([unit, times]) => (unit === undefined ? [] : [{ unit, times }]));
  const [first, ...others] = seen.sort((a, b) => b.times - a.times);
  if (first === undefined) return undefined;
  const otherTimes = others.reduce((sum, { times }) => sum + times, 0);
  if (otherTimes * 4 > first.times) return undefined;
  const all = [...units.values()].reduce((sum, times) => sum + times, 0);
  return first.unit === "%" && first.times * 2 < Math.min(all, rows) ? undefined : first.unit;
}

function shownText(cells: SheetCells, row: number, column: number): string {
  return cellText(cells, cells.rows[row]!, column).trim();
}

function readTexts({ classes, rows, column, originOf, scratch }: ColumnSource): ColumnData {
  const { cells } = classes;
  const values = new Float64Array(rows.length);
  const present = new Uint8Array(rows.length);
  const strings: string[] = [];
  const own = cells.columns[column];
  const found = classes.columns[column];
  if (own === undefined || found === undefined)
    return { type: "text", values, present, strings, exceptions: [] };
  const { values: storedValues, kinds } = own;
  const indexes = new Map<string, number>();
  const touched: number[] = [];
  const indexOf = (text: string): number => {
    const known = indexes.get(text) ?? strings.push(text) - 1;
    indexes.set(text, known);
    return known;
  };
  for (let index = 0; index < rows.length; index++) {
    const row = originOf === undefined ? rows[index]! : (originOf.get(rows[index]!) ?? rows[index]!);
    const cell = row < found.length ? found[row]! : CellClass.empty;
    if (cell === CellClass.empty || cell === CellClass.covered) continue;
    present[index] = 1;
    const kind = kinds[row]!;
    if (kind < CellKind.sharedString || kind > CellKind.formulaString) {
      values[index] = indexOf(shownText(cells, row, column));
      continue;
    }
    const stored = storedValues[row]!;
    let known = scratch[stored]!;
    if (known === -1) {
      known = indexOf(cells.strings[stored]!.trim());
      scratch[stored] = known;
      touched.push(stored);
    }
    values[index] = known;
  }
  for (const stored of touched) scratch[stored] = -1;
  return { type: "text", values, present, strings, exceptions: [] };
}
