import { monthNames, monthOf, monthPattern, shortMonth } from "./month-names.ts";
import type { DateStyle, StyleLanguage, TextRange } from "./types.ts";

/** A date as a text has it. `readings` has more than one day when the order of day and month can't be told. */
export type WrittenDate = TextRange & {
  readonly text: string;
  readonly readings: readonly Day[];
  readonly style: DateStyle;
};

/** A day of the calendar; month from 1. */
export type Day = { readonly year: number; readonly month: number; readonly day: number };

const BEFORE = String.raw`(?<![\p{L}\p{N}_/.:@#=+-]|[\p{N}][ ]?[–—])`;
const AFTER = String.raw`(?![\p{L}\p{N}_/@#=]|[-–—:.,]\p{N}|-\p{L})`;
const GAP = "[ \\u00a0\\u202f]";
const BY_NAME = new RegExp(
  `${BEFORE}(?:(?<day>\\d{1,2})(?:\\.|º|st|nd|rd|th|er)?${GAP}(?:(?:of|de|do|del)${GAP})?(?<month>${monthPattern}\\.?),?${GAP}(?:(?:of|de|do|del)${GAP})?(?<year>(?:1[89]|20)\\d\\d)|(?<month2>${monthPattern}\\.?)${GAP}(?<day2>\\d{1,2})(?:st|nd|rd|th)?,?${GAP}(?<year2>(?:1[89]|20)\\d\\d))${AFTER}`,
  "giu",
);
const BY_NUMBER = new RegExp(
  `${BEFORE}(?:(?<year>(?:1[89]|20)\\d\\d)-(?<month>\\d\\d)-(?<day>\\d\\d)|(?<a>\\d{1,2})(?<sign>[./-])${GAP}?(?<b>\\d{1,2})\\k<sign>${GAP}?(?<year2>(?:1[89]|20)\\d\\d|\\d\\d))${AFTER}`,
  "gu",
);

/** The dates with a year that a text has, in order. Years of two digits are read as of this century, and never for sure. */
export function writtenDates(text: string): readonly WrittenDate[] {
  return [...namedDates(text), ...numberedDates(text)].toSorted((a, b) => a.start - b.start);
}

function namedDates(text: string): readonly WrittenDate[] {
  return [...text.matchAll(BY_NAME)].flatMap((match) => {
    const groups = match.groups ?? {};
    const found = monthOf(groups.month ?? groups.month2 ?? "");
    if (found === undefined) return [];
    const day = {
      year: Number(groups.year ?? groups.year2),
      month: found.month,
      day: Number(groups.day ?? groups.day2),
    };
    const style: DateStyle = {
      order: groups.day === undefined ? "mdy" : "dmy",
      month: found.isShort ? "short" : "name",
      sign: "",
      isPadded: (groups.day ?? groups.day2 ?? "").startsWith("0"),
    };
    return isDay(day) ? [{ ...rangeOf(match), text: match[0], readings: [day], style }] : [];
  });
}

function numberedDates(text: string): readonly WrittenDate[] {
  return [...text.matchAll(BY_NUMBER)].flatMap((match): WrittenDate[] => {
    const { year, month, day, a = "", b = "", sign = "-", year2 = "" } = match.groups ?? {};
    if (year !== undefined) {
      const read = { year: Number(year), month: Number(month), day: Number(day) };
      const style: DateStyle = { order: "ymd", month: "number", sign: "-", isPadded: true };
      return isDay(read) ? [{ ...rangeOf(match), text: match[0], readings: [read], style }] : [];
    }
    // With two digits for the year `1.2.03` is as likely a section or a version.
    if (year2.length === 2 && (sign !== "/" || a.length + b.length < 4)) return [];
    const full = year2.length === 2 ? 2000 + Number(year2) : Number(year2);
    const dayFirst = { year: full, month: Number(b), day: Number(a) };
    const monthFirst = { year: full, month: Number(a), day: Number(b) };
    const possible = sign === "." ? [dayFirst] : [dayFirst, ...(a === b ? [] : [monthFirst])];
    const readings = possible.filter(isDay);
    const order = readings[0] === dayFirst ? "dmy" : "mdy";
    const style: DateStyle = { order, month: "number", sign, isPadded: a.length === 2 && b.length === 2 };
    // A third reading stands for the century that is not written.
    const unsure = year2.length === 2 ? readings.map((each) => ({ ...each, year: each.year - 100 })) : [];
    return readings.length === 0
      ? []
      : [{ ...rangeOf(match), text: match[0], readings: [...readings, ...unsure], style }];
  });
}

/** The date in a style; undefined where the style has no form in that language. */
export function formatDate(
  { year, month, day }: Day,
  style: DateStyle,
  language: StyleLanguage,
): string | undefined {
  const two = (value: number): string => (style.isPadded ? String(value).padStart(2, "0") : String(value));
  if (style.month === "number") {
    const parts = { y: String(year).padStart(4, "0"), m: two(month), d: two(day) };
    return [...style.order].map((part) => parts[part as "y" | "m" | "d"]).join(style.sign);
  }
  const name = style.month === "short" ? shortMonth(month, language) : monthNames[language][month - 1];
  if (name === undefined) return undefined;
  if (language === "en") {
    if (style.order === "mdy") return `${name} ${day}, ${year}`;
    return style.order === "dmy" ? `${two(day)} ${name} ${year}` : undefined;
  }
  if (style.order === "ymd") return undefined;
  if (language === "de") return `${two(day)}. ${name} ${year}`;
  if (language === "fr") return `${day === 1 ? "1er" : two(day)} ${name} ${year}`;
  return `${two(day)} de ${name} de ${year}`;
}

function isDay({ year, month, day }: Day): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return month >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function rangeOf(match: RegExpExecArray): TextRange {
  return { start: match.index, end: match.index + match[0].length };
}
