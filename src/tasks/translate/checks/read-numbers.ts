import { asciiDigits, type NumberForm } from "./number-forms.ts";
import { type NumberWords, scaleAfter } from "./number-words.ts";

/** A number as it stands in a text. */
export type WrittenNumber = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Without separators of thousands, a point for decimals, no needless zeros: `1234.5`. */
  readonly value: string;
  /** The value times the scale word behind it (`1.2 million` is 1200000); the value itself where there is none. */
  readonly scaled: number;
};

const token = /\d(?:[\d.,'’\u00a0\u202f\u2009 ]*\d)?/g;

/**
 * Every number of a text by the form of its language. What that form doesn't allow (dates, versions, times, a decimal
 * sign of another language) is read as its groups of digits, one by one.
 */
export function readNumbers(text: string, form: NumberForm, words: NumberWords): WrittenNumber[] {
  const plain = asciiDigits(text);
  const found: WrittenNumber[] = [];
  for (const { 0: run, index } of plain.matchAll(token))
    for (const [start, end] of splitRun(run, form, plain.slice(index + run.length))) {
      if (isFullHour(plain, index + start, index + end)) continue;
      const value = canonical(plain.slice(index + start, index + end), form);
      const scale = scaleAfter(plain.slice(index + end), words);
      const at = { text: text.slice(index + start, index + end), start: index + start, end: index + end };
      found.push({ ...at, value, scaled: Number(value) * scale });
    }
  return found;
}

/** True for the minutes of 15:00 and 15h00, which others leave out. */
function isFullHour(text: string, start: number, end: number): boolean {
  return text.slice(start, end) === "00" && /\d[:.h]$/.test(text.slice(0, start));
}

/** Offsets of the numbers in a run of digits and signs; `behind` is the text after it. */
function splitRun(run: string, form: NumberForm, behind: string): [number, number][] {
  const isTime = /^\d{1,2}\.\d\d$/.test(run) && /^[\s\u00a0]?[ap]\.?m\b/i.test(behind);
  if (!isTime && isNumber(run, form)) return [[0, run.length]];
  const spaced = /[ \u00a0\u202f\u2009]/.test(run) ? [...run.matchAll(/[^ \u00a0\u202f\u2009]+/g)] : [];
  if (spaced.length > 1)
    return spaced.flatMap(({ 0: part, index }) =>
      splitRun(part, form, "").map(([start, end]): [number, number] => [start + index, end + index]),
    );
  return [...run.matchAll(/\d+/g)].map(({ 0: part, index }) => [index, index + part.length]);
}

function isNumber(run: string, { decimal, groups }: NumberForm): boolean {
  const [whole = "", fraction, more] = run.split(decimal);
  if (more !== undefined || (fraction !== undefined && !/^\d+$/.test(fraction))) return false;
  if (/^\d+$/.test(whole)) return true;
  const sign = groups.find((group) => whole.includes(group));
  if (sign === undefined) return false;
  const [first = "", ...rest] = whole.split(sign);
  const inThousands = rest.every((part) => /^\d{3}$/.test(part));
  // Indian grouping: 12,34,567.
  const inLakhs =
    /^\d{3}$/.test(rest.at(-1) ?? "") && rest.slice(0, -1).every((part) => /^\d{2}$/.test(part));
  return /^[1-9]\d{0,2}$/.test(first) && (inThousands || inLakhs);
}

function canonical(text: string, { decimal }: NumberForm): string {
  const [whole = "", fraction = ""] = text.split(decimal);
  const digits = whole.replace(/\D/g, "").replace(/^0+(?=\d)/, "");
  const decimals = fraction.replace(/0+$/, "");
  return decimals === "" ? digits : `${digits}.${decimals}`;
}
