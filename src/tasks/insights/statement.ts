import { numbersIn, unboundNumbers } from "../ask/bound-numbers.ts";
import { formatValue } from "../ask/compose-answer.ts";

/** A number in a statement: where it stands, and the name of the value it is. */
export type StatementSlot = { readonly start: number; readonly end: number; readonly value: string };

/** A sentence whose every number is a computed value. */
export type Statement = { readonly text: string; readonly slots: readonly StatementSlot[] };

/** A part of a sentence: our own words, a text of the workbook, or a computed value. */
export type Piece =
  | string
  | { readonly name: string }
  | {
      readonly value: string;
      readonly as?: "number" | "percent" | "count" | "factor";
      readonly unit?: string | undefined;
      /** Says the number without its sign, where words say it (`falls by`). */
      readonly unsigned?: boolean;
    };

const causalWords =
  /\b(because|caus\w*|due to|thanks to|led to|leads? to|driv\w+|drove|effect of|result of|explain\w*|influenc\w*|impact\w*)\b/i;

/**
 * Puts a statement together. Our own words may hold no number and no word of cause: a number has to be a slot bound to
 * one of `values`, and what it is written as has to be that value, rounded. Throws `RangeError` otherwise.
 */
export function statementOf(pieces: readonly Piece[], values: Readonly<Record<string, number>>): Statement {
  let text = "";
  const slots: StatementSlot[] = [];
  for (const piece of pieces) {
    if (typeof piece === "string") {
      refuseUnbound(piece);
      text += piece;
    } else if ("name" in piece) text += nameText(piece.name);
    else {
      const value = values[piece.value];
      if (value === undefined || !Number.isFinite(value))
        throw new RangeError(`there is no value ${piece.value}`);
      const start = text.length;
      text += written(piece.unsigned === true ? Math.abs(value) : value, piece);
      slots.push({ start, end: text.length, value: piece.value });
    }
  }
  const statement = { text, slots };
  refuseUnboundSlots(statement, values);
  return statement;
}

/** Refuses a statement one of whose slots is written as another number than its value. */
export function refuseUnboundSlots(
  { text, slots }: Statement,
  values: Readonly<Record<string, number>>,
): void {
  for (const { start, end, value } of slots) {
    const own = text.slice(start, end);
    const bound = values[value];
    // What stands behind the number is a unit, which may read as a scale (`83.2 m`).
    const number = own.replace(/(?<=\d)\s(?!thousand|million|billion).*$/, "").replace(/^[€£¥$]/, "");
    const scaled = /%$/.test(own) ? (bound ?? Number.NaN) * 100 : (bound ?? Number.NaN);
    const read = numbersIn(number);
    if (read.length !== 1 || unboundNumbers(number, [scaled]).length > 0)
      throw new RangeError(`"${own}" is not the value of ${value}`);
  }
}

function refuseUnbound(words: string): void {
  const [number] = numbersIn(words);
  if (number !== undefined) throw new RangeError(`the number ${number.text} is bound to no value`);
  const cause = causalWords.exec(words);
  if (cause !== null) throw new RangeError(`"${cause[0]}" says more than was computed`);
}

/** A text of a workbook in a sentence: one line, not too long. */
export function nameText(name: string): string {
  const line = name.replace(/\s+/g, " ").trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

function written(value: number, piece: Exclude<Piece, string | { readonly name: string }>): string {
  const { as = "number", unit } = piece;
  switch (as) {
    case "count":
      return formatValue(value, { type: "BIGINT" });
    case "percent":
      return `${roundedText(value * 100, 2)} %`;
    case "factor":
      return roundedText(value, 2);
    case "number":
      return unit === "%" ? `${roundedText(value * 100, 3)} %` : withUnit(roundedText(value, 3), unit);
    default:
      return as satisfies never;
  }
}

function withUnit(text: string, unit: string | undefined): string {
  if (unit === undefined) return text;
  return /^[€£¥$]$/.test(unit) ? `${unit}${text}` : `${text} ${unit}`;
}

const scales = [
  [1e9, "billion"],
  [1e6, "million"],
] as const;

/** With at least that many telling digits, whole numbers never cut short; millions and more in words. */
function roundedText(value: number, digits: number): string {
  const size = Math.abs(value);
  if (size >= 1e15) return value.toExponential(digits - 1);
  const [scale, word] = scales.find(([each]) => size >= each) ?? [1, ""];
  const scaled = value / scale;
  const kept = word === "" ? digits : 3;
  const places =
    scaled === 0 ? 0 : Math.max(0, Math.min(12, kept - 1 - Math.floor(Math.log10(Math.abs(scaled)))));
  const [whole = "", rest] = scaled.toFixed(places).split(".");
  const grouped = whole.replace("-", "").length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const shown = rest === undefined ? grouped : `${grouped}.${rest}`.replace(/\.?0+$/, "");
  return word === "" ? shown : `${shown} ${word}`;
}
