import type { Json } from "../../json.ts";
import { numbersIn, unboundNumbers } from "./bound-numbers.ts";

/** What a query gave; numbers too long for a float64 come as texts. */
export type ResultTable = {
  readonly columns: readonly { readonly name: string; readonly type: string; readonly unit?: string }[];
  readonly rows: readonly (readonly Json[])[];
  readonly isTruncated: boolean;
};

/** A value in the answer's text: where it stands, and the cell of the result it is. */
export type Slot = {
  readonly start: number;
  readonly end: number;
  readonly row: number;
  readonly column: number;
};

/** A sentence whose every number is a cell of the result. */
export type AnswerText = { readonly text: string; readonly slots: readonly Slot[] };

const mostRows = 12;

/**
 * Puts the result into words: a value, a list of names, or a line a group. Nothing in it comes from a model, and the
 * text is read again: a number that is no value of the result throws `RangeError`.
 */
export function composeAnswer(result: ResultTable): AnswerText {
  const writer = createWriter(result);
  const { columns, rows } = result;
  if (rows.length === 0) writer.say("Nothing in the table fits.");
  else if (columns.length === 1) sayList(writer, result);
  else if (rows.length === 1) sayRow(writer, result, 0);
  else sayGroups(writer, result);
  const answer = writer.done();
  checkBound(answer, result);
  return answer;
}

type Writer = {
  readonly say: (text: string) => void;
  readonly value: (row: number, column: number) => void;
  readonly done: () => AnswerText;
};

function createWriter({ columns, rows }: ResultTable): Writer {
  let text = "";
  const slots: Slot[] = [];
  return {
    say: (more) => {
      text += more;
    },
    value: (row, column) => {
      const start = text.length;
      text += formatValue(rows[row]![column]!, columns[column]!);
      slots.push({ start, end: text.length, row, column });
    },
    done: () => ({ text, slots }),
  };
}

function sayList(writer: Writer, { columns, rows, isTruncated }: ResultTable): void {
  writer.say(`${columns[0]!.name}: `);
  const shown = Math.min(rows.length, mostRows);
  for (let row = 0; row < shown; row++) {
    if (row > 0) writer.say(row === shown - 1 && rows.length <= mostRows ? " and " : ", ");
    writer.value(row, 0);
  }
  if (rows.length > shown || isTruncated) writer.say(", …");
}

function sayRow(writer: Writer, { columns }: ResultTable, row: number): void {
  columns.forEach(({ name }, column) => {
    writer.say(`${column > 0 ? ", " : ""}${name}: `);
    writer.value(row, column);
  });
}

function sayGroups(writer: Writer, result: ResultTable): void {
  const { columns, rows, isTruncated } = result;
  const shown = Math.min(rows.length, mostRows);
  writer.say(`${columns.map(({ name }) => name).join(" · ")}\n`);
  for (let row = 0; row < shown; row++) {
    if (row > 0) writer.say("\n");
    columns.forEach((_, column) => {
      if (column > 0) writer.say(" · ");
      writer.value(row, column);
    });
  }
  if (rows.length > shown || isTruncated) writer.say("\n…");
}

/** A value as people write it: thousands parted by commas, at most six places, the unit behind it or a currency sign before. */
export function formatValue(
  value: Json,
  { type, unit }: { readonly type: string; readonly unit?: string },
): string {
  if (value === null) return "(empty)";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string" && !isNumberType(type)) return value;
  // A share is kept as a part of one and shown in hundredths, as spreadsheets do.
  if (unit === "%") return `${groupDigits(plainNumber(Number(value) * 100))} %`;
  const text = groupDigits(typeof value === "string" ? value : plainNumber(Number(value)));
  if (unit === undefined) return text;
  return /^[€£¥$]$/.test(unit) ? `${unit}${text}` : `${text} ${unit}`;
}

function isNumberType(type: string): boolean {
  return /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL.*)$/i.test(type);
}

function plainNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value)) return String(value);
  const digits = Math.abs(value) >= 1 ? 6 : 10;
  return value.toFixed(digits).replace(/\.?0+$/, "");
}

function groupDigits(text: string): string {
  const [whole = "", places] = text.split(".");
  // Four digits alone may be a year.
  const grouped = whole.replace("-", "").length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return places === undefined ? grouped : `${grouped}.${places}`;
}

function checkBound({ text, slots }: AnswerText, result: ResultTable): void {
  const names = result.columns.map(({ name }) => name);
  const texts = result.rows.flat().filter((each) => typeof each === "string");
  const values = slots.flatMap(({ row, column }) => {
    const value = Number(result.rows[row]![column]);
    if (!Number.isFinite(value)) return [];
    const { unit } = result.columns[column]!;
    // Read again, `83.2 m` is a number of millions, or of metres.
    const scale = unit === undefined ? 1 : (numbersIn(`1 ${unit}`)[0]?.value ?? 1);
    return unit === "%" ? [value * 100] : [value, value * scale];
  });
  const [unbound] = unboundNumbers(text, values, [...names, ...texts]);
  if (unbound !== undefined)
    throw new RangeError(`the number ${unbound.text} of the answer is no value of the result`);
}
