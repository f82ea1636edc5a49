import type { Calculation, Filter, GroupKey, Measure } from "../plan.ts";
import type { ColumnProfile } from "../profile.ts";
import { mainAmount, quantityOf } from "./main-amount.ts";
import { addOnce, any, columnAt, find, meantColumn, openColumns, type Question, take } from "./question.ts";
import { type Comparison, columnForNumber, comparisonFilter } from "./read-comparisons.ts";
import { formOf, mainTime, timeColumns } from "./time-columns.ts";

/** What a question comes to, and other ways to take it that must give the same answer for it to be sure. */
export type Shape = { readonly calculation: Calculation; readonly alternatives?: readonly Calculation[] };

/** A question whose conditions are read. */
export type Conditioned = { readonly question: Question; readonly comparisons: readonly Comparison[] };

/** The conditions as filters; comparisons that name no column are of the one that the question is about. */
export function filtersOf({ question, comparisons }: Conditioned, about?: ColumnProfile): Filter[] {
  const compared = comparisons.flatMap((each): Filter[] => {
    if (each.of === "rows") {
      addOnce(question.doubts, "a number of rows is compared, but nothing is put together");
      return [];
    }
    const column = each.of ?? about ?? columnForNumber(question, each);
    return column === undefined ? [] : [comparisonFilter(question, each, column)];
  });
  return [...question.conditions.map(({ filter }) => filter), ...compared];
}

/** What is asked for: a column's values, a grain of time, or whole rows. */
export type Target =
  | { readonly kind: "column"; readonly column: ColumnProfile }
  | { readonly kind: "grain"; readonly key: GroupKey }
  | { readonly kind: "rows" };

const grains: Readonly<Record<string, NonNullable<GroupKey["grain"]>>> = {
  year: "year",
  years: "year",
  quarter: "quarter",
  quarters: "quarter",
  month: "month",
  months: "month",
  weekday: "weekday",
  weekdays: "weekday",
  day: "day",
  days: "day",
  date: "day",
  dates: "day",
};

export const grainWords: string =
  "years?|quarters?|months?|weekdays?|day of the week|days of the week|days?|dates?";

/** The time column at a grain that a word names: `month`; undefined, where no column of dates can tell. */
function grainTarget(question: Question, word: string): Target | undefined {
  const grain = /of the week/.test(word) ? "weekday" : grains[word];
  if (grain === undefined) return undefined;
  const open = openColumns(question).find(({ mention }) =>
    mention.columns.some(({ kind }) => kind === "date"),
  );
  const first = mainTime(question.profile);
  const [, second] = timeColumns(question.profile);
  const named = open?.mention.columns.find(({ kind }) => kind === "date");
  if (named !== undefined && open !== undefined) question.used.add(open.at);
  const column = named ?? first?.column;
  if (column === undefined) return undefined;
  if (named === undefined && second !== undefined)
    addOnce(question.assumptions, `times are those of ${column.column.name}`);
  const form = formOf(column);
  if (form === "year") return grain === "year" ? { kind: "column", column } : undefined;
  if (form === "month-name") return /month/.test(grain) ? { kind: "column", column } : undefined;
  if (grain === "day" && column.column.type === "date") return { kind: "column", column };
  return { kind: "grain", key: { column: column.column.name, grain } };
}

/** A column token or a grain word as what is asked for. */
export function targetOf(question: Question, token: string): Target | undefined {
  if (token === "noun") return { kind: "rows" };
  if (!/^[cdmbl]_\d+$/.test(token)) return grainTarget(question, token);
  const column = meantColumn(
    question,
    columnAt(question, token),
    ({ kind, isLabel }) => kind !== "number" || isLabel,
  );
  const any = column ?? meantColumn(question, columnAt(question, token));
  return any && { kind: "column", column: any };
}

/** The key that puts rows together by a target. */
export function keyOfTarget(target: Target): GroupKey | undefined {
  if (target.kind === "rows") return undefined;
  return target.kind === "grain" ? target.key : { column: target.column.column.name };
}

const asked = new RegExp(
  `(?:(?:in|on|by|for|at|from|to|during|under) )?(?:which|what|whose|name|list|show|find) (?:(?:are|is|was|were|all|of|the|other|me|our|different) )*(?<t>${any.column}|noun|${grainWords})(?! (?:is|are|was|were) the)`,
);

/** What stands behind “which” and the like: used up. */
export function takeAsked(question: Question): Target | undefined {
  const found = find(question, asked);
  if (found === undefined || /^m_/.test(found.groups.t!)) return undefined;
  const target = targetOf(question, found.groups.t!);
  if (target !== undefined) take(question, asked);
  return target;
}

const kinds: readonly (readonly [RegExp, RegExp])[] = [
  [
    /\b(who|whom|whose)\b/,
    /\b(name|player|driver|rider|artist|winner|candidate|person|director|author|athlete|coach|incumbent|skier|swimmer|golfer|employee|customer|opponent|president|minister|manager|agent|assignee|mitarbeiter|kunde|client|employe|cliente|empleado|nombre|nom)\b/i,
  ],
  [/\b(when|what date|which date|on what date)\b/, /\b(date|year|time|day|released?|season|datum|fecha)\b/i],
  [
    /\bwhere\b/,
    /\b(location|place|venue|city|country|stadium|site|town|county|state|region|area|warehouse)\b/i,
  ],
];

/** The column that `who`, `when` and `where` ask for, by its name; used up. */
export function takeKind(question: Question): ColumnProfile | undefined {
  for (const [word, names] of kinds) {
    if (find(question, word) === undefined) continue;
    const { columns } = question.profile;
    const column = /when|date/.test(word.source)
      ? (mainTime(question.profile)?.column ?? columns.find((each) => names.test(each.column.name)))
      : columns.find((each) => each.kind === "text" && names.test(each.column.name));
    if (column === undefined) return undefined;
    take(question, word);
    return column;
  }
  return undefined;
}

const functions: readonly (readonly [RegExp, Measure["fn"]])[] = [
  [/\b(?:on )?(?:the )?(?:average|mean|avg)(?: of| value of| number of)?\b/, "average"],
  [/\bmedian(?: of)?\b/, "median"],
  [/\b(?:add up|sum up|added up)\b/, "sum"],
  [
    /\b(?:sum|total|combined|overall|in total|altogether|in all|together|all in all|cumulative)(?: of| number of| amount of)?\b/,
    "sum",
  ],
  [/\brange of\b/, "range"],
];

/** The aggregate that the question names: `average`, `total`; used up. */
export function takeFunction(question: Question): Measure["fn"] | undefined {
  for (const [pattern, fn] of functions) {
    if (take(question, pattern) === undefined) continue;
    if (fn === "sum") take(question, /\b(?:in total|altogether|overall|combined|together)\b/);
    return fn;
  }
  return undefined;
}

/** The column of numbers that the question is about: the one it names, else the values of columns turned into rows. */
export function takeNumber(question: Question, from = 0): ColumnProfile | undefined {
  const named = openColumns(question).filter(({ mention }) => mention.columns.some(isMeasure));
  const chosen = named.find(({ at }) => at >= from) ?? named[0];
  if (chosen === undefined) return valueColumn(question);
  const column = meantColumn(question, chosen.mention, isMeasure);
  for (const { mention, at } of named)
    if (at === chosen.at || (column !== undefined && mention.columns.includes(column))) question.used.add(at);
  take(question, moneyVerbs);
  return column;
}

/** What is done with amounts and quantities; it tells nothing more once the column is known. */
export const moneyVerbs: RegExp =
  /\b(?:sold|sells?|bought|purchased|ordered|spent|spend|earned|earns?|generated|achieved|delivered|produced|booked|charged)\b/;

export function isMeasure({ kind, isLabel }: ColumnProfile): boolean {
  return kind === "number" && !isLabel;
}

export function valueColumn({ profile }: Question): ColumnProfile | undefined {
  const { unpivot } = profile;
  return unpivot && profile.columns.find(({ column }) => column.name === unpivot.value);
}

/** Words that come with a number without naming its column, used up where one column only can be meant. */
export function takeOnlyAmount(question: Question): ColumnProfile | undefined {
  const only = mainAmount(question.profile);
  if (only === undefined) return undefined;
  const spoken =
    /\b(?:how much (?:money )?|sold|sell|sells|spent|spend|earned|earn|paid|made|ordered|bought|cost|worth)\b/;
  const said = take(question, spoken);
  if (said === undefined) return undefined;
  const isMoney = /money|much|spen|earn|paid|cost|worth/.test(said.text);
  const quantity = isMoney ? undefined : quantityOf(question.profile);
  if (quantity !== undefined && quantity !== only)
    addOnce(question.doubts, `it may be about ${only.column.name} or ${quantity.column.name}`);
  const price = question.profile.columns.find(({ column }) =>
    /\b(?:price|unit cost)\b|preis$/i.test(column.name),
  );
  if (/cost|worth/.test(said.text) && price !== undefined && price !== only)
    addOnce(question.doubts, `it may be about ${only.column.name} or ${price.column.name}`);
  addOnce(question.assumptions, `it is about ${only.column.name}`);
  return only;
}

/** Adds up where that means something; averages are only taken when they are asked for. */
export function sumOf(question: Question, column: ColumnProfile): Measure {
  if (!column.isAdditive) addOnce(question.doubts, `the sum of ${column.column.name} may mean nothing`);
  return { fn: "sum", column: column.column.name };
}
