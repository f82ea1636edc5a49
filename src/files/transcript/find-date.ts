/** A date found in text: `iso` as `YYYY-MM-DD`, and where it stands. */
export type FoundDate = { readonly iso: string; readonly index: number; readonly length: number };

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH =
  "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const ISO = /(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/;
const DOTTED = /(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)/;
const SLASHED = /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(\d{4})(?![\d/])/;
const DAY_MONTH = new RegExp(
  `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?\\.?\\s+(?:of\\s+)?${MONTH}\\.?,?\\s+(\\d{4})(?!\\d)`,
  "i",
);
const MONTH_DAY = new RegExp(`\\b${MONTH}\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})(?!\\d)`, "i");
const COMPACT = /(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)/;

/**
 * The first full date of a short text (a header line, a file name) that can be read in one way only:
 * `2026-11-17`, `17.11.2026`, `17 November 2026`, `November 17, 2026`, `20261117`. A date with slashes counts when
 * one part is above 12. Only the first 300 characters are looked at.
 */
export function findDate(text: string): FoundDate | undefined {
  const head = text.slice(0, 300);
  return (
    match(head, ISO, (m) => isoDate(m[1], m[2], m[3])) ??
    match(head, DAY_MONTH, (m) => isoDate(m[3], monthNumber(m[2]), m[1])) ??
    match(head, MONTH_DAY, (m) => isoDate(m[3], monthNumber(m[1]), m[2])) ??
    match(head, DOTTED, (m) => isoDate(m[3], m[2], m[1])) ??
    match(head, SLASHED, (m) => slashed(m)) ??
    match(head, COMPACT, (m) => isoDate(m[1], m[2], m[3]))
  );
}

/** `YYYY-MM-DD` when the day exists in the calendar, otherwise undefined. */
export function isoDate(
  year: string | number | undefined,
  month: string | number | undefined,
  day: string | number | undefined,
): string | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (!Number.isInteger(y) || y < 1000 || y > 9999) return undefined;
  const date = new Date(Date.UTC(y, m - 1, d));
  if (date.getUTCFullYear() !== y || date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d)
    return undefined;
  return date.toISOString().slice(0, 10);
}

function match(
  text: string,
  pattern: RegExp,
  read: (found: RegExpExecArray) => string | undefined,
): FoundDate | undefined {
  const found = pattern.exec(text);
  if (found === null) return undefined;
  const iso = read(found);
  return iso === undefined ? undefined : { iso, index: found.index, length: found[0].length };
}

function monthNumber(name: string | undefined): number {
  return MONTHS.indexOf((name ?? "").slice(0, 3).toLowerCase()) + 1;
}

function slashed(found: RegExpExecArray): string | undefined {
  const [a, b] = [Number(found[1]), Number(found[2])];
  if (a > 12 || a === b) return isoDate(found[3], b, a);
  return b > 12 ? isoDate(found[3], a, b) : undefined;
}
