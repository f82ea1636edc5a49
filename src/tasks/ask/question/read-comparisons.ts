import type { Filter } from "../plan.ts";
import type { ColumnProfile } from "../profile.ts";
import { mainAmount } from "./main-amount.ts";
import {
  addOnce,
  any,
  columnAt,
  find,
  meantColumn,
  type NumberMention,
  numberAt,
  type Question,
  type Taken,
  take,
} from "./question.ts";

type Sign = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** A number that something is compared with; of a column, of the number of rows, or of what the question is about. */
export type Comparison = {
  readonly of: ColumnProfile | "rows" | undefined;
  readonly sign: Sign | "between";
  readonly value: NumberMention;
  readonly to?: NumberMention;
  readonly at: number;
};

const { figure: N } = any;
/** Columns that hold numbers. */
const C = "[ml]_\\d+";

const signs: readonly (readonly [RegExp, Sign])[] = [
  [/^(at least|no less than|no fewer than|not less than|a minimum of|minimum of|>=)$/, ">="],
  [/^(at most|no more than|not more than|a maximum of|maximum of|up to|<=)$/, "<="],
  [
    /^((more|greater|higher|larger|bigger|longer|later|older|heavier|taller|more expensive|faster) than|over|above|exceed(s|ed|ing)?|beyond|older than|>)$/,
    ">",
  ],
  [/^((less|fewer|lower|smaller|shorter|earlier|younger|lighter|cheaper) than|under|below|<)$/, "<"],
  [/^(not equal to|different from)$/, "!="],
  [/^(exactly|equal to|equals|=)$/, "="],
];
const sign =
  "at least|no less than|no fewer than|not less than|a minimum of|minimum of|at most|no more than|not more than|a maximum of|maximum of|up to|(?:more|greater|higher|larger|bigger|longer|later|older|heavier|taller|faster|less|fewer|lower|smaller|shorter|earlier|younger|lighter|cheaper|more expensive) than|over|above|exceed(?:s|ed|ing)?|beyond|under|below|not equal to|different from|exactly|equal to|equals|[<>=]+";
const link = "(?:(?:is|are|was|were|of|has|have|had|that|which|being|be|with|a|an|the|it) )*";
const after =
  "or more|or higher|or greater|or above|or over|and up|or later|and above|and over|or less|or fewer|or lower|or below|or under|or earlier|and below";

const forms: readonly RegExp[] = [
  new RegExp(`(?<c>${C}) ${link}(?:from|between) (?<n>${N}) (?:and|to) (?<o>${N})`),
  new RegExp(`(?:from|between) (?<n>${N}) (?:and|to) (?<o>${N}) (?<c>${C})`),
  new RegExp(`(?<c>${C}) ${link}(?<s>${sign}) (?<n>${N})`),
  new RegExp(`(?<s>${sign}) (?<n>${N})(?: (?:of|in|the|total))* (?<c>${C}|noun|times)`),
  new RegExp(`(?<c>${C}) ${link}(?<n>${N}) (?<t>${after})`),
  new RegExp(`(?<n>${N}) (?<t>${after})(?: (?:of|in|the|total))*(?: (?<c>${C}|noun|times))?`),
  new RegExp(`(?:from|between) (?<n>${N}) (?:and|to) (?<o>${N})`),
  new RegExp(`(?<s>${sign}) (?<n>${N})`),
  new RegExp(`(?<c>${C}) (?:(?:is|are|was|were|of|=|equals?|at|number) )?(?:only )?(?<n>${N})`),
  new RegExp(`(?<!top |first |last |bottom |est )(?:only )?(?<n>${N}) (?<c>m_\\d+)`),
];

const ofRow = new RegExp(`noun (?:(?:no|nr|number|id|#) )?(?<n>${N})`);

/** `order 1005`: the row of that number. */
export function readRowNumber(question: Question): void {
  const { id } = question.profile;
  const found = id === undefined ? undefined : find(question, ofRow);
  if (id === undefined || found === undefined) return;
  take(question, ofRow);
  const { value } = numberAt(question, found.groups.n!);
  question.conditions.push({ filter: { column: id.column.name, is: "=", value }, at: found.at });
}

/** Takes the comparisons with numbers out of the question; what they are of may be settled later. */
export function readComparisons(question: Question): Comparison[] {
  const found: Comparison[] = [];
  for (const form of forms)
    for (let taken = take(question, form); taken !== undefined; taken = take(question, form))
      found.push(comparisonOf(question, taken));
  return found;
}

function comparisonOf(question: Question, { groups, at, text }: Taken): Comparison {
  const { c, s, t, n, o } = groups;
  const value = numberAt(question, n!);
  const of = ofWhat(question, c, text);
  if (o !== undefined) return { of, sign: "between", value, to: numberAt(question, o), at };
  const found = signs.find(([pattern]) => pattern.test(s ?? "="))?.[1] ?? "=";
  const trailing = /less|fewer|lower|below|under|earlier/.test(t ?? "") ? "<=" : ">=";
  return { of, sign: t === undefined ? found : trailing, value, at };
}

const adjectives: readonly (readonly [RegExp, RegExp])[] = [
  [/older|younger/, /\b(age|alter|âge|edad)\b/i],
  [/longer|shorter/, /\b(duration|length|time|days|hours|minutes|years|tenure)\b/i],
  [/cheaper|expensive/, /\b(price|cost|preis|prix|precio)\b/i],
  [/heavier|lighter/, /\b(weight)\b/i],
  [/taller/, /\b(height)\b/i],
];

function ofWhat(question: Question, token: string | undefined, text: string): Comparison["of"] {
  if (token === "noun" || token === "times") return "rows";
  if (token !== undefined)
    return meantColumn(question, columnAt(question, token), ({ kind }) => kind === "number");
  const names = adjectives.find(([pattern]) => pattern.test(text))?.[1];
  const { columns } = question.profile;
  return names && columns.find(({ kind, column }) => kind === "number" && names.test(column.name));
}

/** The comparison as a condition on rows, of a column that is settled by now. */
export function comparisonFilter(
  question: Question,
  { sign: is, value, to }: Comparison,
  column: ColumnProfile,
): Filter {
  const { name } = column.column;
  const from = inUnit(value, column);
  doubtFar(question, from, column);
  return is === "between"
    ? { column: name, is, from, to: inUnit(to!, column) }
    : { column: name, is, value: from };
}

/** A number that no value comes near may be told in another unit (`5 million` of a table in thousands). */
export function doubtFar(question: Question, value: number, { column, range }: ColumnProfile): void {
  if (range === undefined) return;
  const most = Math.max(Math.abs(range.min), Math.abs(range.max));
  if (Math.abs(value) > 100 * most && most > 0)
    addOnce(question.doubts, `${value} is far from every ${column.name}`);
}

/** Per cents stand in cells as hundredths: `20 %` is 0.2 there; of a table in thousands `2 million` is 2,000. */
export function inUnit({ value, unit }: NumberMention, { column, range }: ColumnProfile): number {
  const scale = /\b(thousand|million|billion)s?\b/i.exec(column.unit ?? "")?.[1]?.toLowerCase();
  const factor = scale === undefined ? 1 : { thousand: 1e3, million: 1e6, billion: 1e9 }[scale]!;
  if (factor > 1 && range !== undefined && Math.abs(value) >= factor) return value / factor;
  const isHundredth = column.unit === "%" && range !== undefined && Math.abs(range.max) <= 2;
  return isHundredth && (unit === "%" || Math.abs(value) > 2) ? value / 100 : value;
}

/** The column that a comparison without one is of: that of its currency or sign, or the only one of numbers. */
export function columnForNumber(question: Question, { value }: Comparison): ColumnProfile | undefined {
  const numbers = question.profile.columns.filter(({ kind, isLabel }) => kind === "number" && !isLabel);
  const signed = numbers.filter(
    ({ column }) => value.unit !== undefined && sameUnit(column.unit, value.unit),
  );
  const added = signed.filter(({ isAdditive }) => isAdditive);
  const only =
    [added, signed, numbers].find(({ length }) => length === 1)?.[0] ??
    (value.unit === undefined ? mainAmount(question.profile) : undefined);
  if (only === undefined) addOnce(question.doubts, `it is not clear what ${value.value} is compared with`);
  else addOnce(question.assumptions, `${value.value} is compared with ${only.column.name}`);
  return only;
}

const currencies: Readonly<Record<string, string>> = {
  dollar: "$",
  dollars: "$",
  usd: "$",
  euro: "€",
  euros: "€",
  eur: "€",
  gbp: "£",
  pound: "£",
  pounds: "£",
};

function sameUnit(unit: string | undefined, said: string): boolean {
  const plain = (text: string): string => currencies[text.toLowerCase()] ?? text.toLowerCase();
  return unit !== undefined && plain(unit) === plain(said);
}
