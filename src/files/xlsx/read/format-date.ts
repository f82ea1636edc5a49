import { type FormatSection, type FormatToken, isMinute } from "./number-format.ts";
import { millisecondsOfSerial } from "./serial-date.ts";

const months = "January February March April May June July August September October November December".split(
  " ",
);
const days = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

type Moment = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  /** Since midnight, rounded to what the format shows. */
  readonly seconds: number;
  /** Since day 0, for elapsed times. */
  readonly total: number;
};

/** A day number as that section of a format shows it in English; `########` where there is no such date, as in Excel. */
export function formatDate(serial: number, section: FormatSection, date1904: boolean): string {
  const { tokens } = section;
  const decimals = secondDecimals(tokens);
  const showsSeconds = tokens.some(({ kind, text }) => kind !== "literal" && text.startsWith("s"));
  const scale = 10 ** (showsSeconds ? decimals : 3);
  const total = Math.round(Number((serial * 86_400).toPrecision(15)) * scale) / scale;
  const moment = momentOf(total, date1904);
  const isElapsed = tokens.some(({ kind }) => kind === "elapsed");
  if (moment === undefined && !(isElapsed && serial >= 0)) return "########";
  const isHalfDay = tokens.some(({ kind }) => kind === "half-day");
  const shown: Moment = moment ?? { year: 0, month: 0, day: 0, weekday: 0, seconds: total % 86_400, total };
  let text = "";
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (isFraction(tokens, index)) {
      const fraction = (shown.seconds % 1).toFixed(decimals).slice(2);
      text += `.${fraction}`;
      index += decimals;
    } else text += tokenText(token, isMinute(tokens, index), shown, isHalfDay);
  }
  return text;
}

function momentOf(total: number, date1904: boolean): Moment | undefined {
  const day = Math.floor(total / 86_400);
  const seconds = total - day * 86_400;
  const milliseconds = millisecondsOfSerial(day, date1904);
  if (milliseconds === undefined) return undefined;
  const date = new Date(milliseconds);
  const found = {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    seconds,
    total,
  };
  if (date1904) return found;
  // Excel shows the days that Lotus 1-2-3 invented: 0 January and 29 February 1900, and weekdays to match.
  if (day === 0) return { ...found, year: 1900, month: 1, day: 0, weekday: 6 };
  if (day === 60) return { ...found, year: 1900, month: 2, day: 29, weekday: 3 };
  return day < 60 ? { ...found, weekday: (found.weekday + 6) % 7 } : found;
}

/** Digits behind the point that follows seconds. */
function secondDecimals(tokens: readonly FormatToken[]): number {
  const point = tokens.findIndex((_, index) => isFraction(tokens, index));
  if (point < 0) return 0;
  let count = 0;
  while (tokens[point + 1 + count]?.text === "0") count++;
  return count;
}

function isFraction(tokens: readonly FormatToken[], index: number): boolean {
  const before = tokens[index - 1];
  return (
    tokens[index]!.kind === "point" &&
    tokens[index + 1]?.text === "0" &&
    before !== undefined &&
    before.kind !== "literal" &&
    before.text.startsWith("s")
  );
}

function tokenText(token: FormatToken, isMinutes: boolean, moment: Moment, isHalfDay: boolean): string {
  const { text } = token;
  const padded = (value: number): string => String(Math.floor(value)).padStart(text.length > 1 ? 2 : 1, "0");
  const { seconds, total } = moment;
  if (token.kind === "half-day") {
    const half = seconds < 43_200 ? "AM" : "PM";
    return text.length > 3 ? half : half[0]!;
  }
  if (token.kind === "elapsed") {
    const unit = text[0] === "h" ? 3600 : text[0] === "m" ? 60 : 1;
    return String(Math.floor(total / unit)).padStart(text.length, "0");
  }
  if (token.kind !== "date") return text;
  const hour = Math.floor(seconds / 3600);
  switch (text[0]) {
    case "y":
    case "e":
      return text.length <= 2 && text[0] === "y"
        ? String(moment.year % 100).padStart(2, "0")
        : String(moment.year);
    case "m":
      return isMinutes ? padded((seconds % 3600) / 60) : monthText(moment.month, text.length);
    case "d":
      return text.length > 2
        ? days[moment.weekday]!.slice(0, text.length === 3 ? 3 : undefined)
        : padded(moment.day);
    case "h":
      return padded(isHalfDay ? ((hour + 11) % 12) + 1 : hour);
    case "s":
      return padded(seconds % 60);
    case "b":
      return String(moment.year + 543);
    default:
      return "";
  }
}

function monthText(month: number, length: number): string {
  const name = months[month - 1] ?? "";
  if (length === 5) return name.slice(0, 1);
  if (length >= 3) return length === 3 ? name.slice(0, 3) : name;
  return String(month).padStart(length, "0");
}
