import type { TableColumn } from "../../../table.ts";
import type { Elapsed, ElapsedUnit } from "../plan.ts";
import { type ColumnProfile, profileColumn } from "../profile.ts";
import { columnAt, type Question, type Token } from "./question.ts";
import { formOf, isTimeUnclear, mainTime } from "./time-columns.ts";

const day = "d_\\d+";
const unit = "(?<u>days?|months?|years?|long|time|duration|delay|lead time|gap)";
const fillers =
  "(?:(?:did|does|do|will|it|that|we|us|you|they|take|takes|took|taken|needed|need|is|was|were|are|there|pass|passed|elapsed|lay|needs|on|the) |(?<f>average) )*";
const asked = "(?:(?:what is|what was|how many|how much|how|number of|the number of) )?(?:the )?";
const later = `(?:be )?(?<b>${day})`;
const sign = "more than|less than|fewer than|at least|at most|over|under|exactly|longer than|up to";

const start = `(?:the |their |its |being |they |it |were |was |is |are )*(?<a>${day}|noun)`;

/** Each is put into words that the other readers know, with `@` for the column of the time between and `0` for none. */
const forms: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(
      `${asked}${unit} ${fillers}(?:between|from) (?:the )?(?<a>${day}|noun) (?:and|to|until|till) (?:the )?${later}`,
    ),
    "F @",
  ],
  [
    new RegExp(
      `(?:took|takes?|taken|needed|needs?|with) (?:the )?(?<w>longest|shortest|fastest|slowest|most|least|fewest)(?: (?<u>days?|months?|years?|time))? (?:(?:from|between) ${start} )?(?:to|until|from|and) ${later}`,
    ),
    "the W @",
  ],
  [
    new RegExp(
      `(?:(?:took|takes?|taken|needed|needs?|that|which|it|us) )+(?<s>${sign}) (?<n>n_\\d+) (?<u>days?|months?|years?) (?:from ${start} )?(?:to|until) ${later}`,
    ),
    "@ S N",
  ],
  [
    new RegExp(
      `(?<b>${day}) (?<s>${sign}|within|in) (?<n>n_\\d+) (?<u>days?|months?|years?)(?: (?:after|of|from) ${start})?`,
    ),
    "@ S N",
  ],
  [new RegExp(`(?<b>${day}) (?:after|later than) ${start}`), "@ more than 0"],
  [new RegExp(`(?<b>${day}) (?:before|earlier than) ${start}`), "@ less than 0"],
  [new RegExp(`${asked}${unit} ${fillers}(?:to|until|before) ${later}`), "F @"],
];

/**
 * Reads “the days between order date and ship date”, “how long it takes to ship”, “took more than 5 days to close” as
 * a column of its own, which then can be averaged, compared and put in order as any other.
 */
export function withElapsed(question: Question): Question {
  if (question.profile.unpivot !== undefined) return question;
  for (const [form, words] of forms) {
    const found = findIn(question.tokens, form);
    const elapsed = found && elapsedOf(question, found.groups);
    if (found !== undefined && elapsed !== undefined) return replaced(question, found, elapsed, words);
  }
  return question;
}

type Found = {
  readonly from: number;
  readonly to: number;
  readonly groups: Readonly<Record<string, string | undefined>>;
};

/** A phrase as whole tokens; the last one excluded. */
function findIn(tokens: readonly Token[], form: RegExp): Found | undefined {
  const text = tokens.map((each) => each.text).join(" ");
  const match = new RegExp(`(?<= |^)${form.source}(?= |$)`).exec(text);
  if (match === null) return undefined;
  const before = text.slice(0, match.index).split(" ").length - 1;
  return { from: before, to: before + match[0].split(" ").length, groups: match.groups ?? {} };
}

function elapsedOf(question: Question, groups: Found["groups"]): Elapsed | undefined {
  const to = dateOf(question, groups.b!);
  const start =
    groups.a === undefined || groups.a === "noun" ? mainDate(question) : dateOf(question, groups.a);
  if (start === undefined || to === undefined || start === to) return undefined;
  const said = groups.u ?? "days";
  const inUnit: ElapsedUnit = said.startsWith("month")
    ? "months"
    : said.startsWith("year")
      ? "years"
      : "days";
  const [from, until] = [start.column.name, to.column.name];
  return { from, to: until, unit: inUnit, name: `${inUnit} from ${from} to ${until}` };
}

function dateOf(question: Question, token: string): ColumnProfile | undefined {
  const dates = columnAt(question, token).columns.filter((column) => formOf(column) === "date");
  return dates.length === 1 ? dates[0] : undefined;
}

function mainDate({ profile }: Question): ColumnProfile | undefined {
  const time = mainTime(profile);
  return time?.form === "date" && !isTimeUnclear(profile) ? time.column : undefined;
}

function replaced(
  question: Question,
  { from, to, groups }: Found,
  elapsed: Elapsed,
  words: string,
): Question {
  const { profile, columns, tokens, numbers } = question;
  const column = elapsedColumn(profile.columns, elapsed);
  const said = tokens
    .slice(from, to)
    .map((token) => token.said)
    .join(" ");
  const texts: Readonly<Record<string, string>> = {
    "@": `m_${columns.length}`,
    "0": `n_${numbers.length}`,
    F: groups.f ?? "",
    W: /^(shortest|fastest|least|fewest)$/.test(groups.w ?? "") ? "lowest" : "highest",
    S: /^(within|in|up to)$/.test(groups.s ?? "") ? "at most" : (groups.s ?? ""),
    N: groups.n ?? "",
  };
  const made = words
    .split(" ")
    .flatMap((word) => (texts[word] ?? word).split(" "))
    .filter((text) => text !== "")
    .map((text): Token => ({ text, said }));
  const isSaid = /^(day|month|year)s?$/.test(groups.u ?? "");
  return {
    ...question,
    profile: { ...profile, columns: [...profile.columns, column] },
    base: { ...question.base, elapsed },
    numbers: [...numbers, { value: 0 }],
    columns: [...columns, { kind: "column", from: -1, to: -1, columns: [column], how: "whole" }],
    tokens: [...tokens.slice(0, from), ...made, ...tokens.slice(to)],
    assumptions: [
      ...question.assumptions,
      isSaid ? `it is about the ${elapsed.name}` : `time is told in ${elapsed.name}`,
    ],
  };
}

/** The column as it will be, so that it can be looked at; queries compute it anew. */
function elapsedColumn(
  columns: readonly ColumnProfile[],
  { from, to, unit: inUnit, name }: Elapsed,
): ColumnProfile {
  const [start, end] = [from, to].map(
    (wanted) => columns.find(({ column }) => column.name === wanted)!.column,
  ) as [TableColumn, TableColumn];
  // Nearly: only the size of the numbers matters here.
  const size = { days: 1, months: 30.4375, years: 365.25 }[inUnit];
  const values = start.values.map((_, row) => Math.trunc((dayOf(end, row) - dayOf(start, row)) / size));
  const present = start.present.map((each, row) => (each === 1 && end.present[row] === 1 ? 1 : 0));
  const profile = profileColumn({ name, type: "integer", column: -1, values, present, exceptions: [] });
  return { ...profile, isLabel: false, isAdditive: false, isAmount: false };
}

function dayOf({ type, values }: TableColumn, row: number): number {
  return type === "timestamp" ? Math.floor(values[row]! / 86_400_000) : values[row]!;
}
