import type { ColumnProfile, Profile } from "../profile.ts";
import { monthOf } from "./calendar.ts";
import { type ColumnMention, findMentions, type Mention, type ValueMention } from "./mentions.ts";
import { type Period, periodFrom } from "./periods.ts";
import type { NumberMention, Question, Token } from "./question.ts";
import { formOf, timeColumns } from "./time-columns.ts";
import { toEnglish } from "./to-english.ts";
import { numberOfWord, stemOf, type Word, wordsOf } from "./words.ts";

export type OpenQuestionOptions = {
  /** The day that “last month” is counted from, as ISO 8601; without it such words are not understood. */
  readonly today?: string;
};

/** Splits a question into words and what stands for columns, values, numbers and times; nothing is understood yet. */
export function openQuestion(text: string, profile: Profile, options: OpenQuestionOptions = {}): Question {
  const words = wordsOf(text).flatMap((word) => partsOf(word, profile));
  const mentions = findMentions(words, profile);
  const question: Question = {
    profile,
    base: {
      table: profile.table.name,
      ...(profile.unpivot !== undefined && { unpivot: profile.unpivot }),
    },
    tokens: [],
    columns: mentions.filter((each): each is ColumnMention => each.kind === "column"),
    values: mentions.filter((each): each is ValueMention => each.kind === "value"),
    numbers: [],
    periods: [],
    used: new Set(),
    conditions: [],
    assumptions: [],
    doubts: [],
  };
  const numbers: NumberMention[] = [];
  const periods: Period[] = [];
  const plain = toEnglish(withoutDateWords(withPlaceholders(words, mentions, question)));
  const timed = withoutYearWords(withPeriods(plain, periods, profile, options.today));
  const tokens = withNumbers(timed, numbers);
  return { ...question, tokens, numbers, periods };
}

/** `Gesamtumsatz` is the total of a column `Umsatz`. */
function partsOf(word: Word, { columns }: Profile): Word[] {
  const match = /^(gesamt|durchschnitts|maximal|minimal)(.{4,})$/.exec(word.text);
  if (match === null || columns.some(({ stems }) => stems.includes(word.stem))) return [word];
  const [first, second] = [match[1]!.replace(/s$/, ""), match[2]!];
  const stem = stemOf(second);
  const isColumn = columns.some(({ stems }) =>
    stems.some((each) => each === stem || second.startsWith(each)),
  );
  if (!isColumn) return [word];
  return [
    { said: word.said, text: first, stem: stemOf(first) },
    { said: word.said, text: second, stem },
  ];
}

function withPlaceholders(words: readonly Word[], mentions: readonly Mention[], question: Question): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < words.length; at++) {
    const mention = mentions.find(({ from }) => from === at);
    if (mention === undefined) {
      tokens.push({ text: words[at]!.text, said: words[at]!.said });
      continue;
    }
    const said = words
      .slice(at, mention.to)
      .map((word) => word.said)
      .join(" ");
    tokens.push({ text: placeFor(mention, question), said });
    at = mention.to - 1;
  }
  return tokens;
}

/** `the due date` of a column `Due`: the word says nothing more. */
function withoutDateWords(tokens: readonly Token[]): Token[] {
  return tokens.filter(
    ({ text }, at) => !/^dates?$/.test(text) || !/^d_\d+$/.test(tokens[at - 1]?.text ?? ""),
  );
}

function placeFor(mention: Mention, { columns, values }: Question): string {
  if (mention.kind === "noun") return "noun";
  if (mention.kind === "value") return `v_${values.indexOf(mention)}`;
  return `${letterOf(mention.columns)}_${columns.indexOf(mention)}`;
}

function letterOf(columns: readonly ColumnProfile[]): string {
  const letters = new Set(
    columns.map((column) => {
      if (formOf(column) !== undefined) return "d";
      if (column.kind === "number") return column.isLabel ? "l" : "m";
      return column.kind === "boolean" ? "b" : "c";
    }),
  );
  return letters.size === 1 ? [...letters][0]! : "c";
}

const isPlaceholder = (text: string): boolean => /^[cdmblvnp]_\d+$/.test(text);

function withPeriods(tokens: readonly Token[], periods: Period[], profile: Profile, today?: string): Token[] {
  const forms = new Set(timeColumns(profile).map(({ form }) => form));
  const fits = (period: Period): boolean => {
    if (period.kind === "unclear" || forms.has("date")) return forms.size > 0;
    if (period.kind === "days")
      return forms.has("year") && (period.grain === "year" || isYearEnd(period.to, profile));
    return period.kind === "month-of-year" && forms.has("month-name");
  };
  const words = tokens.map(({ text }) => text);
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const period = isPlaceholder(words[at]!) ? undefined : periodFrom(words, at, today);
    // `top 2024` and `more than 2000` are no years.
    const isFigure =
      /^\d+$/.test(words[at]!) &&
      /^(than|least|most|top|over|above|exceed|below|under|[$€£])$/.test(words[at - 1] ?? "");
    if (period === undefined || !fits(period.period) || isFigure) {
      found.push(tokens[at]!);
      continue;
    }
    const stretch = tokens.slice(at, at + period.length);
    found.push({
      text: `p_${periods.push(period.period) - 1}`,
      said: stretch.map(({ said }) => said).join(" "),
    });
    at += period.length - 1;
  }
  return found;
}

/** `31 December 2018` of a table whose heading of 2018 says that its years end in December. */
function isYearEnd(day: string, { unpivot }: Profile): boolean {
  const [year, month] = day.split("-").map(Number);
  const heading = unpivot?.columns.find(({ as }) => as === year)?.column ?? "";
  return unpivot?.type === "integer" && wordsOf(heading).some(({ text }) => monthOf(text) === month);
}

/** `for the fiscal years 2018 and 2019`, `the year ended 31 December 2018`, `at 2019 year end`: the year says it all. */
function withoutYearWords(tokens: readonly Token[]): Token[] {
  const isPeriod = (at: number): boolean => /^p_\d+$/.test(tokens[at]?.text ?? "");
  // As said: `years` may be the name of a column, too.
  const textAt = (at: number): string => {
    const { text, said } = tokens[at] ?? { text: "", said: "" };
    return /^d_/.test(text) ? said.toLowerCase() : text;
  };
  const dropped = new Set<number>();
  tokens.forEach((_, at) => {
    if (!isPeriod(at)) return;
    let before = at - 1;
    while (/^(fiscal|financial|calendar|years?|periods?|ended|ending|the|at)$/.test(textAt(before))) before--;
    const isAsked = /^(which|what|each|every|per|by|many|n_\d+|same)$/.test(textAt(before));
    if (!isAsked)
      for (let index = before + 1; index < at; index++) if (textAt(index) !== "the") dropped.add(index);
    const isEnd = textAt(at + 1) === "year" && /^ends?$/.test(textAt(at + 2));
    if (isEnd) dropped.add(at + 1).add(at + 2);
  });
  return tokens.filter((_, at) => !dropped.has(at));
}

const scales: Readonly<Record<string, number>> = {
  thousand: 1e3,
  million: 1e6,
  mn: 1e6,
  mio: 1e6,
  billion: 1e9,
  bn: 1e9,
};
const currency = /^([$€£]|dollars?|euros?|eur|usd|gbp|pounds?)$/;

function withNumbers(tokens: readonly Token[], numbers: NumberMention[]): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const sign = /^[$€£]$/.test(tokens[at]!.text) ? tokens[at]!.text : undefined;
    const start = sign === undefined ? at : at + 1;
    const value = isPlaceholder(tokens[start]?.text ?? "")
      ? undefined
      : numberOfWord(tokens[start]?.text ?? "");
    const isPronoun =
      tokens[start]?.text === "one" &&
      !/^(than|least|most|exactly|only|top|or)$/.test(tokens[at - 1]?.text ?? "");
    if (value === undefined || isPronoun) {
      found.push(tokens[at]!);
      continue;
    }
    let end = start + 1;
    const scale = scales[tokens[end]?.text ?? ""];
    if (scale !== undefined) end++;
    const unit = unitAt(tokens, end) ?? sign;
    if (unit !== undefined && unit !== sign) end += tokens[end]!.text === "per" ? 2 : 1;
    const said = tokens
      .slice(at, end)
      .map((each) => each.said)
      .join(" ");
    const number = { value: value * (scale ?? 1), ...(unit !== undefined && { unit }) };
    found.push({ text: `n_${numbers.push(number) - 1}`, said });
    at = end - 1;
  }
  return found;
}

function unitAt(tokens: readonly Token[], at: number): string | undefined {
  const text = tokens[at]?.text ?? "";
  if (text === "%" || text === "percent" || (text === "per" && tokens[at + 1]?.text === "cent")) return "%";
  return currency.test(text) ? text : undefined;
}
