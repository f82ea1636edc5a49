import type { StyleText } from "./style-text.ts";
import type { DateStyle, Found, RuleCheck } from "./types.ts";
import { formatDate, type WrittenDate, writtenDates } from "./written-date.ts";

/** Dates in another form. One that can be read as two days is left, with a comment; so is the end of a range. */
export function checkDates(
  { style, inTables }: Extract<RuleCheck, { readonly kind: "date" }>,
  source: StyleText,
): readonly Found[] {
  if (source.kind === "cell" && !inTables) return [];
  return writtenDates(source.text).flatMap((date): readonly Found[] => {
    const { start, end, readings } = date;
    const [day] = readings;
    if (day === undefined) return [];
    const language = source.language ?? "en";
    const wanted = readings.map((each) => formatDate(each, style, language));
    if (wanted.includes(plainForm(date.text)) && isSameOrder(date, style)) return [];
    const message =
      wanted[0] === undefined || readings.length > 1 ? "another form of date" : `dates as ${wanted[0]}`;
    if (readings.length > 1)
      return [{ start, end, message: `${message}; “${date.text}” can be read in two ways` }];
    if (wanted[0] === undefined || source.language === undefined)
      return [{ start, end, message: `${message}; its form in this language is left to you` }];
    if (isInRange(source.text, date))
      return sameForm(date, style) ? [] : [{ start, end, message: `${message}; it is part of a range` }];
    return [{ start, end, replacement: wanted[0], message }];
  });
}

/** No-break spaces and the Austrian January are as good. */
function plainForm(text: string): string {
  return text
    .replace(/[\u00a0\u202f]/gu, " ")
    .replace("Jänner", "Januar")
    .replace("setiembre", "septiembre");
}

/** Written in numbers as the rule has them, a date is read as the rule does. */
function isSameOrder(date: WrittenDate, style: DateStyle): boolean {
  return style.month !== "number" || date.style.sign === style.sign;
}

function sameForm(date: WrittenDate, style: DateStyle): boolean {
  return date.style.order === style.order && date.style.month === style.month;
}

function isInRange(text: string, { start, end }: WrittenDate): boolean {
  return (
    /(?<!\d)\d{1,2}(?:\.|st|nd|rd|th)?\s*(?:[–—-]|to|and|until|bis|und|au|et|al|y|a|e)\s*$/iu.test(
      text.slice(Math.max(0, start - 12), start),
    ) ||
    /\p{Ll}{3,}\s*[–—-]\s*$/u.test(text.slice(Math.max(0, start - 12), start)) ||
    /^\s*(?:[–—-]|bis(?!\p{L}))\s*\d/iu.test(text.slice(end, end + 8))
  );
}
