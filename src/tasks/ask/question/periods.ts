import { isoDay, lastDayOf, monthOf, weekdayOf } from "./calendar.ts";

/** A time that a question names: a stretch of days, or something that comes again every year or week. */
export type Period =
  | {
      readonly kind: "days";
      readonly grain: "year" | "half" | "quarter" | "month" | "day";
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: "month-of-year"; readonly months: readonly number[] }
  | { readonly kind: "weekday"; readonly days: readonly number[] }
  | { readonly kind: "unclear"; readonly why: string };

/** A period and how many words say it. */
export type PeriodFound = { readonly period: Period; readonly length: number };

const fillers = "(?:of |in |the |,)?";
const ordinals: Readonly<Record<string, number>> = { first: 1, second: 2, third: 3, fourth: 4, last: 4 };

type Form = readonly [RegExp, (groups: readonly string[], today: string | undefined) => Period | undefined];

const forms: readonly Form[] = [
  [/^(\d{4})-(\d{2})-(\d{2})$/, ([y, m, d]) => dayPeriod(Number(y), Number(m), Number(d))],
  [/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, ([d, m, y]) => dayPeriod(Number(y), Number(m), Number(d))],
  [/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, ([a, b, y]) => slashed(Number(a), Number(b), Number(y))],
  [/^(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]+) (\d{4})$/, ([d, m, y]) => namedDay(y!, m!, d!)],
  [/^([a-z]+) (\d{1,2})(?:st|nd|rd|th)? (\d{4})$/, ([m, d, y]) => namedDay(y!, m!, d!)],
  [new RegExp(`^([a-z]+) ${fillers}(\\d{4})$`), ([m, y]) => monthPeriod(y!, m!)],
  [new RegExp(`^[qt]([1-4]) ${fillers}(\\d{4})$`), ([q, y]) => quarterPeriod(Number(y), Number(q))],
  [/^(\d{4}) [qt]([1-4])$/, ([y, q]) => quarterPeriod(Number(y), Number(q))],
  [
    /^(first|second|third|fourth|last|1st|2nd|3rd|4th) quarter (?:of |in )?(?:the year )?(\d{4})$/,
    ([q, y]) => quarterPeriod(Number(y), ordinals[q!] ?? Number.parseInt(q!, 10)),
  ],
  [
    /^(first|second|1st|2nd|last) half (?:of |in )?(?:the year )?(\d{4})$/,
    ([h, y]) => halfPeriod(Number(y), h === "first" || h === "1st" ? 1 : 2),
  ],
  [/^h([12]) (?:of )?(\d{4})$/, ([h, y]) => halfPeriod(Number(y), Number(h))],
  [/^(?:fiscal|fy|financial) ?(?:year )?(\d{4})$|^fy(\d{4})$/, ([y, z]) => yearPeriod(Number(y ?? z))],
  [/^(?:year |the year )(\d{4})$/, ([y]) => yearPeriod(Number(y))],
  [/^(\d{4})$/, ([y]) => yearPeriod(Number(y))],
  [
    /^(last|this|current|previous) (year|quarter|month)$/,
    ([which, grain], today) => relative(which!, grain!, today),
  ],
  [/^(today|yesterday)$/, ([which], today) => relativeDay(which!, today)],
  [/^(?:the )?weekends?$/, () => ({ kind: "weekday", days: [6, 7] })],
  [/^[qt]([1-4])$/, ([q]) => ({ kind: "month-of-year", months: quarterMonths(Number(q)) })],
  [
    /^(first|second|third|fourth|last|1st|2nd|3rd|4th) quarter$/,
    ([q]) => ({ kind: "month-of-year", months: quarterMonths(ordinals[q!] ?? Number.parseInt(q!, 10)) }),
  ],
  [/^([a-z]+)$/, ([word]) => namedPart(word!)],
];

/** The longest time that the words from `at` on say; `today` (ISO 8601) is what “last month” is counted from. */
export function periodFrom(words: readonly string[], at: number, today?: string): PeriodFound | undefined {
  for (let length = Math.min(5, words.length - at); length > 0; length--) {
    const text = words.slice(at, at + length).join(" ");
    // Words that are names of months or days only beside something that makes them so.
    if (
      length === 1 &&
      /^(may|sun|sat|mon|mar|wed|thu|fri)$/.test(text) &&
      !leadsToTime.test(words[at - 1] ?? "")
    )
      continue;
    for (const [pattern, make] of forms) {
      const match = pattern.exec(text);
      const period = match === null ? undefined : make(match.slice(1), today);
      if (period !== undefined) return { period, length };
    }
  }
  return undefined;
}

const leadsToTime =
  /^(in|of|for|since|from|to|until|and|between|by|on|before|after|during|or|last|im|en|au)$/;

function dayPeriod(year: number, month: number, day: number): Period | undefined {
  const iso = isoDay(year, month, day);
  return iso === undefined ? undefined : { kind: "days", grain: "day", from: iso, to: iso };
}

function slashed(a: number, b: number, year: number): Period | undefined {
  if (a > 12) return dayPeriod(year, b, a);
  if (b > 12 || a === b) return dayPeriod(year, a, b);
  return {
    kind: "unclear",
    why: `${a}/${b}/${year} may be in ${isoDay(year, a, 1)!.slice(0, 7)} or ${isoDay(year, b, 1)!.slice(0, 7)}`,
  };
}

function namedDay(year: string, name: string, day: string): Period | undefined {
  const month = monthOf(name);
  return month === undefined ? undefined : dayPeriod(Number(year), month, Number(day));
}

function monthPeriod(year: string, name: string): Period | undefined {
  const month = monthOf(name);
  return month === undefined || !isYear(Number(year))
    ? undefined
    : wholeMonths(Number(year), month, month, "month");
}

/** From the first day of one month to the last of another in the same year. */
export function wholeMonths(
  year: number,
  first: number,
  last: number,
  grain: "year" | "half" | "quarter" | "month",
): Period {
  return { kind: "days", grain, from: isoDay(year, first, 1)!, to: lastDayOf(year, last) };
}

function quarterPeriod(year: number, quarter: number): Period | undefined {
  return isYear(year) ? wholeMonths(year, quarter * 3 - 2, quarter * 3, "quarter") : undefined;
}

function quarterMonths(quarter: number): number[] {
  return [quarter * 3 - 2, quarter * 3 - 1, quarter * 3];
}

function halfPeriod(year: number, half: number): Period | undefined {
  return isYear(year) ? wholeMonths(year, half * 6 - 5, half * 6, "half") : undefined;
}

function yearPeriod(year: number): Period | undefined {
  return isYear(year) ? wholeMonths(year, 1, 12, "year") : undefined;
}

function isYear(year: number): boolean {
  return year >= 1700 && year <= 2200;
}

function namedPart(word: string): Period | undefined {
  const month = monthOf(word);
  if (month !== undefined) return { kind: "month-of-year", months: [month] };
  const weekday = weekdayOf(word);
  return weekday === undefined ? undefined : { kind: "weekday", days: [weekday] };
}

function relative(which: string, grain: string, today: string | undefined): Period | undefined {
  if (today === undefined) return { kind: "unclear", why: `it is not known when “${which} ${grain}” is` };
  const back = which === "last" || which === "previous" ? 1 : 0;
  const [year, month] = today.split("-").map(Number) as [number, number];
  if (grain === "year") return yearPeriod(year - back);
  const span = grain === "quarter" ? 3 : 1;
  const index = year * 12 + Math.floor((month - 1) / span) * span - back * span;
  const first = (index % 12) + 1;
  return wholeMonths(Math.floor(index / 12), first, first + span - 1, grain as "quarter" | "month");
}

function relativeDay(which: string, today: string | undefined): Period | undefined {
  if (today === undefined) return { kind: "unclear", why: `it is not known when “${which}” is` };
  const day = new Date(Date.parse(`${today}T00:00Z`) - (which === "today" ? 0 : 86_400_000))
    .toISOString()
    .slice(0, 10);
  return { kind: "days", grain: "day", from: day, to: day };
}
