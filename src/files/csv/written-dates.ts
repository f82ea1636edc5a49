import { serialOfIsoDate, serialOfMilliseconds } from "../xlsx/read/serial-date.ts";

/** In which order day, month and year stand. */
export type DateOrder = "year-month-day" | "day-month-year" | "month-day-year";

export type DateReading = {
  /** Undefined when every date could be read in two orders. */
  readonly order: DateOrder | undefined;
  readonly formatCode: string;
  /** The day number of a text of the column. */
  readonly serial: (text: string) => number | undefined;
};

const pattern =
  /^([0-9]{1,4})([-/. ])([0-9]{1,2}|[A-Za-z]{3,9})\2([0-9]{1,4})(?:[T ,]+([0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)(?:\s*([AaPp])\.?[Mm]\.?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?$/;
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * How the texts of a column are to be read as dates; undefined when they are not all dates of one kind. Where no
 * number above 12 decides between day and month, `order` is undefined.
 */
export function readDates(texts: readonly string[]): DateReading | undefined {
  const matches = texts.map((text) => pattern.exec(text.trim()));
  const first = matches[0];
  if (first === null || first === undefined) return undefined;
  const hasTime = first[5] !== undefined;
  if (
    matches.some((match) => match === null || match[2] !== first[2] || (match[5] !== undefined) !== hasTime)
  ) {
    return undefined;
  }
  const all = matches as RegExpExecArray[];
  const order = orderOf(all);
  if (order === null) return undefined;
  const reading = order ?? "day-month-year";
  const serials = texts.map((text) => serialOf(text, reading));
  if (serials.includes(undefined)) return undefined;
  return {
    order,
    formatCode: formatOf(first, reading),
    serial: (text) => serialOf(text, reading),
  };
}

/** `null` when the texts contradict each other. */
function orderOf(matches: readonly RegExpExecArray[]): DateOrder | undefined | null {
  if (matches.every((match) => match[1]!.length === 4)) return "year-month-day";
  if (matches.some((match) => match[1]!.length > 2)) return null;
  // With a name for the month there is no question; the name stands in the middle here.
  if (matches.every((match) => /[a-z]/i.test(match[3]!))) return "day-month-year";
  if (matches.some((match) => /[a-z]/i.test(match[3]!))) return null;
  const isDayFirst = matches.some((match) => Number(match[1]) > 12);
  const isMonthFirst = matches.some((match) => Number(match[3]) > 12);
  if (isDayFirst && isMonthFirst) return null;
  if (isDayFirst) return "day-month-year";
  if (isMonthFirst) return "month-day-year";
  // A point between numbers is the German way, where the day comes first.
  return matches.every((match) => match[2] === ".") ? "day-month-year" : undefined;
}

function serialOf(text: string, order: DateOrder): number | undefined {
  const match = pattern.exec(text.trim());
  if (match === null) return undefined;
  const [, one = "", , two = "", three = "", time, half] = match;
  const [year, month, day] =
    order === "year-month-day"
      ? [one, two, three]
      : order === "day-month-year"
        ? [three, two, one]
        : [three, one, two];
  const monthNumber = /^[0-9]/.test(month)
    ? Number(month)
    : months.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  if (year.length !== 2 && year.length !== 4) return undefined;
  // Excel's own rule: 00 to 29 are of this century.
  const fullYear = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 30 ? 2000 : 1900);
  const date = new Date(Date.UTC(fullYear, monthNumber - 1, Number(day)));
  if (fullYear < 1900 || date.getUTCMonth() !== monthNumber - 1 || date.getUTCDate() !== Number(day))
    return undefined;
  const clock = time === undefined ? 0 : serialOfIsoDate(clockText(time, half), false);
  return clock === undefined ? undefined : serialOfMilliseconds(date.getTime(), false) + clock;
}

function clockText(time: string, half: string | undefined): string {
  const [hour = "0", ...rest] = time.split(":");
  const shift = half === undefined ? Number(hour) : (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0);
  return [String(shift).padStart(2, "0"), ...rest].join(":");
}

function formatOf(match: RegExpExecArray, order: DateOrder): string {
  const [, one = "", sign = "", two = "", three = "", time, half] = match;
  const year = (text: string): string => (text.length === 4 ? "yyyy" : "yy");
  const part = (text: string, letter: string): string =>
    /[a-z]/i.test(text)
      ? letter.repeat(text.length === 3 ? 3 : 4)
      : letter.repeat(text.startsWith("0") ? 2 : text.length);
  const day = (text: string): string => part(text, "d");
  const month = (text: string): string => part(text, "m");
  const pieces =
    order === "year-month-day"
      ? [year(one), month(two), day(three)]
      : order === "day-month-year"
        ? [day(one), month(two), year(three)]
        : [month(one), day(two), year(three)];
  const clock =
    time === undefined
      ? ""
      : ` hh:mm${time.split(":").length > 2 ? ":ss" : ""}${half === undefined ? "" : " AM/PM"}`;
  return pieces.join(sign === "-" ? "\\-" : sign) + clock;
}
