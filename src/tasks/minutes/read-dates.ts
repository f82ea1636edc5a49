import * as chrono from "chrono-node";
import { DATE_WORDS, type DateWords } from "./date-words.ts";
import { numberWord, rx } from "./words.ts";

/** A day named in speech. Without `date` it can mean more than one day; `reason` says why. */
export type DateMention = {
  readonly text: string;
  readonly index: number;
  /** `YYYY-MM-DD`. */
  readonly date?: string;
  readonly reason?: string;
};

const DAY = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);
const timeOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** `YYYY-MM-DD` some days later. */
export function addDays(date: string, days: number): string {
  return iso(timeOf(date) + days * DAY);
}

function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return iso(Date.UTC(year, month - 1 + months, Math.min(day, last)));
}

const weekdayOf = (date: string): number => new Date(timeOf(date)).getUTCDay();
/** Days since Monday. */
const intoWeek = (date: string): number => (weekdayOf(date) + 6) % 7;

type Modifier = "next" | "of-next-week" | "this" | "none";

/** A weekday word against the call's day; `next` counts only when both ways to read it give the same day. */
function weekdayDate(weekday: number, modifier: Modifier, callDate: string): Partial<DateMention> {
  const ahead = (weekday - weekdayOf(callDate) + 7) % 7;
  const coming = addDays(callDate, ahead === 0 ? 7 : ahead);
  if (modifier === "this") return { date: addDays(callDate, ahead) };
  if (modifier === "none") {
    return ahead === 0 ? { reason: "it can mean the day of the call or a week later" } : { date: coming };
  }
  const ofNextWeek = addDays(callDate, 7 - intoWeek(callDate) + ((weekday + 6) % 7));
  if (modifier === "of-next-week") return { date: ofNextWeek };
  return coming === ofNextWeek
    ? { date: coming }
    : { reason: "\"next\" can mean this week's day or next week's" };
}

type Rule = {
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray, callDate: string) => Partial<DateMention>;
};

const ENGLISH_ORDINAL = "(\\d{1,2})(?:st|nd|rd|th)";

/** The day of the month that comes next, `the 14th`. */
function dayOfMonth(day: number, callDate: string): Partial<DateMention> {
  for (let months = 0; months < 3; months++) {
    const first = addMonths(`${callDate.slice(0, 8)}01`, months);
    const date = addDays(first, day - 1);
    if (date.slice(0, 7) === first.slice(0, 7) && date > callDate) return { date };
  }
  return { reason: "no such day" };
}

/** `5/6` is two days; `25/12` is one. */
function slashDate(a: number, b: number, year: string | undefined, callDate: string): Partial<DateMention> {
  const readings = [
    [a, b],
    [b, a],
  ].filter(([day = 0, month = 0]) => day >= 1 && day <= 31 && month >= 1 && month <= 12);
  const [first, second] = readings;
  if (first === undefined) return { reason: "no such day" };
  if (second !== undefined && a !== b) return { reason: "day and month can be read both ways" };
  const [day = 1, month = 1] = first;
  let fullYear =
    year === undefined ? Number(callDate.slice(0, 4)) : Number(year.length === 2 ? `20${year}` : year);
  const at = (): string => iso(Date.UTC(fullYear, month - 1, day));
  if (year === undefined && at() < callDate) fullYear++;
  return new Date(Date.UTC(fullYear, month - 1, day)).getUTCDate() === day
    ? { date: at() }
    : { reason: "no such day" };
}

const fixed = (source: string, read: (callDate: string) => Partial<DateMention>): Rule => ({
  pattern: rx(`\\b(?:${source})\\b`),
  read: (_match, callDate) => read(callDate),
});

/** `in two weeks`, `ten days from now`. */
function spanRules(words: DateWords, language: string): Rule[] {
  const count = (text: string): number => {
    const word = text.toLowerCase();
    return words.numbers[word] ?? numberWord(word) ?? Number(word);
  };
  const number =
    language === "en" ? "(\\d{1,3}|a|an|\\p{L}+)" : `(\\d{1,3}|${Object.keys(words.numbers).join("|")})`;
  const spanRule = (unit: string, add: (date: string, n: number) => string): Rule => ({
    pattern: rx(`\\b${words.inDays} ${number} ${unit}\\b|\\b${number} ${unit} from (?:now|today)\\b`),
    read: (match, callDate) => {
      const n = count(match[1] ?? match[2] ?? "");
      return Number.isFinite(n) && n > 0 && n < 400
        ? { date: add(callDate, n) }
        : { reason: "it names no single day" };
    },
  });
  return [
    spanRule(words.units.day, addDays),
    spanRule(words.units.week, (date, n) => addDays(date, 7 * n)),
    spanRule(words.units.month, addMonths),
  ];
}

/** A weekday with and without `next`, `this` and what English has besides. */
function weekdayRules(words: DateWords, language: string, index: number): Rule[] {
  const day = words.weekdays[index] ?? "";
  const rule = (source: string, modifier: Modifier): Rule =>
    fixed(source, (callDate) => weekdayDate(index, modifier, callDate));
  const english = (): Rule[] => [
    {
      pattern: rx(`\\b(?:(?:next|this) )?${day},? (?:the )?${ENGLISH_ORDINAL}\\b(?! of)`),
      read: (match, callDate) => {
        const found = dayOfMonth(Number(match[1]), callDate);
        if (found.date === undefined || weekdayOf(found.date) === index) return found;
        return { reason: "the day of the week and the day of the month don't agree" };
      },
    },
    {
      pattern: rx(`\\b(?:a|one) week (?:from|on) ${day}\\b|\\b${day} week\\b`),
      read: (_m, callDate) => ({
        date: addDays(weekdayDate(index, "none", callDate).date ?? addDays(callDate, 7), 7),
      }),
    },
    rule(`${day} (?:of )?next week|next week(?: on)?,? ${day}`, "of-next-week"),
    fixed(`(?:last|past|every|each|previous) ${day}`, () => ({ reason: "it is not a day ahead" })),
  ];
  return [
    ...(language === "en" ? english() : []),
    rule(`(?:${words.next}) ${day}|${day} (?:${words.next})`, "next"),
    rule(`(?:${words.this}) ${day}`, "this"),
    rule(day, "none"),
  ];
}

/** The ends of weeks, months and years, and the days next to the call's own. */
function nearRules(words: DateWords): Rule[] {
  return [
    fixed(words.dayAfter, (date) => ({ date: addDays(date, 2) })),
    fixed(words.tomorrow, (date) => ({ date: addDays(date, 1) })),
    fixed(words.endOfNextWeek, (date) => ({ date: addDays(date, 7 - intoWeek(date) + 4) })),
    fixed(words.endOfWeek, (date) =>
      intoWeek(date) > 4 ? { reason: "the week has ended" } : { date: addDays(date, 4 - intoWeek(date)) },
    ),
    fixed(words.endOfMonth, (date) => ({ date: addDays(addMonths(`${date.slice(0, 8)}01`, 1), -1) })),
    fixed(words.endOfYear, (date) => ({ date: `${date.slice(0, 4)}-12-31` })),
  ];
}

const NUMERIC_RULES: readonly Rule[] = [
  { pattern: /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/u, read: (match) => ({ date: match[0] }) },
  {
    pattern: /(?<![\d/])(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?(?![\d/])/u,
    read: (m, callDate) => slashDate(Number(m[1]), Number(m[2]), m[3], callDate),
  },
];

const THE_NTH: Rule = {
  pattern: rx(
    `\\bthe ${ENGLISH_ORDINAL}\\b(?! (?:of|time|one|question|point|floor|century|slide|page|version))`,
  ),
  read: (m, callDate) => dayOfMonth(Number(m[1]), callDate),
};

/** All rules of a language; a stretch of text belongs to the first that fits it. */
function rulesOf(words: DateWords, language: string): Rule[] {
  return [
    ...NUMERIC_RULES,
    ...nearRules(words),
    ...words.weekdays.flatMap((_day, index) => weekdayRules(words, language, index)),
    ...spanRules(words, language),
    fixed(words.vague, () => ({ reason: "it names no single day" })),
    fixed(words.today, (date) => ({ date })),
    ...(language === "en" ? [THE_NTH] : []),
  ];
}

const RULES: ReadonlyMap<string, readonly Rule[]> = new Map(
  Object.entries(DATE_WORDS).map(([language, words]) => [language, rulesOf(words, language)]),
);

const MONTH_DAYS: Readonly<Record<string, (text: string, reference: Date) => chrono.ParsedResult[]>> = {
  en: (text, reference) =>
    chrono.en.strict.parse(text, { instant: reference, timezone: 0 }, { forwardDate: true }),
  de: (text, reference) =>
    chrono.de.strict.parse(text, { instant: reference, timezone: 0 }, { forwardDate: true }),
  fr: (text, reference) =>
    chrono.fr.strict.parse(text, { instant: reference, timezone: 0 }, { forwardDate: true }),
  es: (text, reference) =>
    chrono.es.strict.parse(text, { instant: reference, timezone: 0 }, { forwardDate: true }),
  pt: (text, reference) =>
    chrono.pt.strict.parse(text, { instant: reference, timezone: 0 }, { forwardDate: true }),
};

const MONTH =
  /(?<!\p{L})(?:jan|feb|fév|fev|m[aä]r|apr|avr|abr|ma[iyj]|jui?n|jui?l|aug|ago|aoû|sep|set|o[cku]t|nov|de[czs]|déc|dic|ene)/iu;

/** Dates with a month's name (`December 3rd`); a year left out is the one that makes the day lie ahead. */
function monthDates(text: string, language: string, callDate: string | undefined): DateMention[] {
  const parse = MONTH_DAYS[language];
  if (parse === undefined || !/\p{L}{3}/u.test(text)) return [];
  const results = parse(text, new Date(timeOf(callDate ?? "2000-01-01") + DAY / 2));
  return results.flatMap((result): DateMention[] => {
    const { start } = result;
    // English "may 2 people" and "march 2 of them" are verbs unless written with a capital.
    if (!MONTH.test(result.text)) return [];
    if (
      !start.isCertain("day") ||
      !start.isCertain("month") ||
      (language === "en" && /^(?:may|march)\b/u.test(result.text))
    )
      return [];
    if (/\bago\b|\d:\d\d$/u.test(result.text) && !/\p{Lu}/u.test(result.text)) return [];
    const hasYear = start.isCertain("year");
    const mention = { text: result.text, index: result.index };
    if (callDate === undefined && !hasYear)
      return [{ ...mention, reason: "the date of the call is not known" }];
    const year = start.get("year") ?? 0;
    return [{ ...mention, date: iso(Date.UTC(year, (start.get("month") ?? 1) - 1, start.get("day") ?? 1)) }];
  });
}

/** Every day named in a text, in order, each resolved against the call's date or left as words with the reason. */
export function readDates(text: string, language: string, callDate: string | undefined): DateMention[] {
  const plain = text.replaceAll("’", "'");
  const found: DateMention[] = [...monthDates(plain, language, callDate)];
  let rest = plain;
  const blank = (index: number, length: number): void => {
    rest = rest.slice(0, index) + "\u0000".repeat(length) + rest.slice(index + length);
  };
  for (const mention of found) blank(mention.index, mention.text.length);
  for (const rule of RULES.get(language) ?? RULES.get("en") ?? []) {
    for (let match = rule.pattern.exec(rest); match !== null; match = rule.pattern.exec(rest)) {
      const mention = { text: plain.slice(match.index, match.index + match[0].length), index: match.index };
      const isAbsolute = /^\d{4}-/u.test(match[0]);
      if (callDate === undefined && !isAbsolute)
        found.push({ ...mention, reason: "the date of the call is not known" });
      else found.push({ ...mention, ...rule.read(match, callDate ?? "2000-01-01") });
      blank(match.index, match[0].length);
    }
  }
  return found.sort((a, b) => a.index - b.index);
}
