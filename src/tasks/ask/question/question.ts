import type { Filter, Plan } from "../plan.ts";
import { type ColumnProfile, isKey, type Profile } from "../profile.ts";
import type { ColumnMention, ValueMention } from "./mentions.ts";
import type { Period } from "./periods.ts";
import { idleWords } from "./words.ts";

/** A number as said: `20 %` is 20 with a percent sign. */
export type NumberMention = { readonly value: number; readonly unit?: string };

/**
 * A word of the question, or what stands for a whole stretch of it: `m_0` a column of numbers, `d_0` of times, `b_0` of
 * truth values, `l_0` of numbers that only name things, `c_0` another one (all counted together, from 0); `v_0` a value, `n_0` a number, `p_0` a time, `noun`
 * the word for the rows.
 */
export type Token = { readonly text: string; readonly said: string };

/** A condition and the token it was read from. */
export type Condition = { readonly filter: Filter; readonly at: number };

/** A question under work: readers mark the tokens they understood as used. */
export type Question = {
  readonly profile: Profile;
  /** What every plan begins with. */
  readonly base: Pick<Plan, "table" | "unpivot" | "elapsed">;
  readonly tokens: readonly Token[];
  readonly columns: readonly ColumnMention[];
  readonly values: readonly ValueMention[];
  readonly numbers: readonly NumberMention[];
  readonly periods: readonly Period[];
  readonly used: Set<number>;
  readonly conditions: Condition[];
  /** What had to be taken for granted, for the answer to say. */
  readonly assumptions: string[];
  /** Why the reading may be wrong: with one of these the answer is not given. */
  readonly doubts: string[];
};

/** A phrase that was found: what its named groups say, and its first and last token. */
export type Taken = {
  readonly text: string;
  readonly groups: Readonly<Record<string, string | undefined>>;
  readonly at: number;
  readonly end: number;
};

/** Finds a phrase among the tokens that no reader has used yet, without using it. */
export function find(question: Question, pattern: RegExp): Taken | undefined {
  const { text, places } = liveText(question);
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [at, end] = [match.index, match.index + match[0].trimEnd().length];
  const inside = places.filter(({ start, stop }) => start < end && stop > at);
  if (inside.length === 0) return undefined;
  return { text: match[0], groups: match.groups ?? {}, at: inside[0]!.index, end: inside.at(-1)!.index };
}

/** Finds a phrase and uses its tokens; those that are kept (of the named groups) stay open for other readers. */
export function take(question: Question, pattern: RegExp, kept: readonly string[] = []): Taken | undefined {
  const found = find(question, pattern);
  if (found === undefined) return undefined;
  const keptTexts = kept.map((name) => found.groups[name]);
  for (let at = found.at; at <= found.end; at++)
    if (!keptTexts.includes(question.tokens[at]!.text)) question.used.add(at);
  return found;
}

function liveText({ tokens, used }: Question): {
  text: string;
  places: { index: number; start: number; stop: number }[];
} {
  const places: { index: number; start: number; stop: number }[] = [];
  let text = "";
  tokens.forEach((token, index) => {
    if (used.has(index)) return;
    if (text !== "") text += " ";
    const start = text.length;
    text += token.text;
    places.push({ index, start, stop: text.length });
  });
  return { text, places };
}

/** The mention that a placeholder stands for. */
export function columnAt({ columns }: Question, token: string): ColumnMention {
  return columns[Number(token.slice(2))]!;
}

export function valueAt({ values }: Question, token: string): ValueMention {
  return values[Number(token.slice(2))]!;
}

export function numberAt({ numbers }: Question, token: string): NumberMention {
  return numbers[Number(token.slice(2))]!;
}

export function periodAt({ periods }: Question, token: string): Period {
  return periods[Number(token.slice(2))]!;
}

/** The column that a mention means, of those that may be meant here; says so when that is not sure. */
export function meantColumn(
  question: Question,
  mention: ColumnMention,
  fits: (column: ColumnProfile) => boolean = () => true,
): ColumnProfile | undefined {
  const fitting = mention.columns.filter(fits);
  const [first] = fitting;
  if (first === undefined) return undefined;
  const said = saidOf(question, mention);
  if (fitting.length > 1)
    addOnce(question.doubts, `“${said}” may be ${fitting.map(({ column }) => column.name).join(" or ")}`);
  else if (mention.isSteering === true)
    addOnce(question.doubts, `“${said}” may be the column ${first.column.name} or be computed`);
  else if (mention.how === "synonym")
    addOnce(question.assumptions, `“${said}” is taken to be ${first.column.name}`);
  return first;
}

function saidOf({ tokens, columns }: Question, mention: ColumnMention): string {
  const place = `_${columns.indexOf(mention)}`;
  return tokens.find(({ text }) => isColumnToken(text) && text.endsWith(place))?.said ?? "";
}

/** Column mentions whose tokens are not used yet, in order, with their tokens. */
export function openColumns(question: Question): { readonly mention: ColumnMention; readonly at: number }[] {
  return question.tokens.flatMap(({ text }, at) =>
    isColumnToken(text) && !question.used.has(at) ? [{ mention: columnAt(question, text), at }] : [],
  );
}

/** The words of a question that nothing accounts for. */
export function unreadWords(question: Question): string[] {
  const { tokens, used } = question;
  const hasNoun = tokens.some(({ text }) => text === "noun");
  return tokens.flatMap(({ text, said }, at) => {
    const isIdle = idleWords.has(text) || text === "noun" || (hasNoun && rowVerbs.test(text));
    return used.has(at) || isIdle || ownerWords.test(said) || namesRows(question, text) ? [] : [said];
  });
}

/** Whose sheet it is: `the company's total assets`. */
const ownerWords = /^(company|firm|group|business|organi[sz]ation|entity|corporation)['’]s$/i;

/** What is done with orders, tickets or people, and tells nothing more. */
const rowVerbs = /^(placed|received|submitted|sent|issued|booked|registered|filed|raised|entered)$/;

/** The column that every row has a value of its own in: `the age of the respondents`. */
function namesRows({ profile, columns }: Question, text: string): boolean {
  if (!isColumnToken(text)) return false;
  const [column, second] = columns[Number(text.slice(2))]!.columns;
  return second === undefined && column !== undefined && column === profile.subject && isKey(column);
}

export function addOnce(list: string[], text: string): void {
  if (!list.includes(text)) list.push(text);
}

function isColumnToken(text: string): boolean {
  return /^[cdmbl]_\d+$/.test(text);
}

/** Regular expressions of the placeholders. */
export const any = {
  column: "[cdmbl]_\\d+",
  number: "m_\\d+",
  time: "d_\\d+",
  value: "v_\\d+",
  figure: "n_\\d+",
  period: "p_\\d+",
} as const;
