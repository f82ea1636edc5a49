import type { GroupKey, Measure, Plan } from "../plan.ts";
import { isSameName } from "../plan-columns.ts";
import type { ColumnProfile } from "../profile.ts";
import { addOnce, any, columnAt, find, meantColumn, type Question, take } from "./question.ts";
import { inUnit } from "./read-comparisons.ts";
import { readSeveral } from "./read-several.ts";
import {
  type Conditioned,
  filtersOf,
  grainWords,
  isMeasure,
  keyOfTarget,
  type Shape,
  sumOf,
  takeFunction,
  takeNumber,
  takeOnlyAmount,
  targetOf,
} from "./shape.ts";
import { takeSuperlative } from "./superlatives.ts";
import { isTimeKey } from "./time-columns.ts";

const by =
  "(?:(?:for|in|of|from|at|on) (?:each|every)|each|every|per|by|grouped by|broken down by|break down by|split by|split into|across|according to|over the|over)";
const one = `${any.column}|${grainWords}`;
const phrase = new RegExp(
  `${by} (?:the |different |all )*(?<t>${one})(?: (?:and|by) (?:by )?(?<u>${one}))?(?! noun)`,
);
const adverbs: readonly (readonly [RegExp, string])[] = [
  [/\b(?:monthly|month by month|month over month|month on month)\b/, "month"],
  [/\b(?:quarterly|quarter by quarter|quarter over quarter|quarter on quarter)\b/, "quarter"],
  [/\b(?:yearly|annual|annually|year by year|year over year|year on year)\b/, "year"],
  [/\b(?:daily|day by day)\b/, "day"],
];

/** What rows are put together by, used up: `by region`, `per month`, `for each customer`, `monthly`. */
export function takeKeys(question: Question): GroupKey[] {
  const keys: GroupKey[] = [];
  for (let found = find(question, phrase); found !== undefined; found = find(question, phrase)) {
    const tokens = [found.groups.t, found.groups.u].filter((token) => token !== undefined);
    // `top 5 customers by revenue` puts them in order.
    if (tokens.some((token) => /^m_/.test(token))) break;
    const targets = tokens.map((token) => targetOf(question, token));
    take(question, phrase);
    keys.push(
      ...targets
        .flatMap((target) => (target && keyOfTarget(target)) ?? [])
        .map((key) => grained(question, key)),
    );
  }
  for (const [pattern, word] of adverbs) {
    const found = keys.length > 0 ? undefined : find(question, pattern);
    if (found === undefined || isAveraged(question, found.at)) continue;
    const target = targetOf(question, word);
    const key = target && keyOfTarget(target);
    if (key === undefined) continue;
    take(question, pattern);
    keys.push(key);
  }
  return keys;
}

/** `average monthly sales` asks for one number, not for one a month; of columns of months it is just their average. */
function isAveraged({ tokens, used, profile, conditions }: Question, at: number): boolean {
  if (!/^(average|mean|median)$/.test(tokens[at - 1]?.text ?? "")) return false;
  const isOneRow = conditions.some(
    ({ filter }) => filter.is === "=" && filter.column === profile.subject?.column.name,
  );
  if (profile.unpivot !== undefined && isOneRow) used.add(at);
  return true;
}

/** Days are put together by month, unless they are few. */
function grained(question: Question, key: GroupKey): GroupKey {
  if (key.grain !== undefined) return key;
  const column = question.profile.columns.find((each) => isSameName(each.column.name, key.column));
  if (column?.kind !== "date" || question.profile.unpivot?.name === key.column) return key;
  if (column.distinctCount <= 31 && column.column.type === "date") return key;
  addOnce(question.assumptions, `${key.column} is put together by month`);
  return { ...key, grain: "month" };
}

/** `sales by region`, `the average price per month`, `how many orders for each customer`. */
export function readGrouping(conditioned: Conditioned, keys: readonly GroupKey[]): Shape | undefined {
  const { question } = conditioned;
  if (keys.length === 0) return undefined;
  const ratio = readAveragePer(conditioned, keys);
  if (ratio !== undefined) return ratio;
  const several = readSeveral(conditioned, keys);
  if (several !== undefined) return several;
  const limits = takeLimit(question);
  const { measure, column } = takeGroupMeasure(question);
  const having = havingIn(conditioned, keys, measure);
  const where = filtersOf(having === undefined ? conditioned : { question, comparisons: [] }, column);
  const isTime = keys.some(
    ({ column: name, grain }) => grain !== undefined || isTimeKey(question.profile, name),
  );
  const plan: Plan = {
    ...question.base,
    ...(where.length > 0 && { where }),
    groupBy: keys,
    measures: [measure],
    ...(having !== undefined && { having }),
    // Times come in their order, but for the top few of them.
    ...((!isTime || limits?.count !== undefined) && {
      orderBy: [{ by: 0, direction: limits?.direction ?? ("descending" as const) }],
    }),
    ...(limits?.count !== undefined && { limit: limits.count }),
  };
  return { calculation: plan };
}

/** `by region where the total is over 1000`, `by customer with more than 2 orders`: a condition on the groups. */
function havingIn(
  { question, comparisons }: Conditioned,
  keys: readonly GroupKey[],
  { fn, column: name }: Measure,
): Plan["having"] {
  const [comparison, second] = comparisons;
  if (comparison === undefined || second !== undefined || comparison.sign === "between") return undefined;
  const { of, sign, value, at } = comparison;
  const { profile, tokens } = question;
  const column = profile.columns.find((each) => each.column.name === name);
  const words = tokens.slice(0, at).map(({ text }) => text);
  const from = words.findLastIndex((text) => /^(where|having|with|whose)$/.test(text));
  const isOfGroup = from > 0 && /\b(?:total|sum|average|number)\b/.test(words.slice(from).join(" "));
  if (of === "rows")
    return fn === "count" && keys.length > 0 ? { measure: 0, is: sign, value: value.value } : undefined;
  if (!isOfGroup || column === undefined || (of !== undefined && of !== column)) return undefined;
  return { measure: 0, is: sign, value: inUnit(value, column) };
}

function takeLimit(
  question: Question,
): { count: number | undefined; direction: "ascending" | "descending" } | undefined {
  const found = find(question, /\b(?:top|bottom) n_\d+/);
  if (found === undefined) return undefined;
  const superlative = takeSuperlative(question);
  return superlative && { count: superlative.count, direction: superlative.direction };
}

/** `average number of orders per customer`: rows by different customers. */
function readAveragePer(conditioned: Conditioned, keys: readonly GroupKey[]): Shape | undefined {
  const { question } = conditioned;
  const [key] = keys;
  if (keys.length !== 1 || key === undefined || key.grain !== undefined) return undefined;
  if (take(question, /\b(?:average|mean) number of (?:noun|rows)\b/) === undefined) return undefined;
  const where = filtersOf(conditioned);
  const base = { ...question.base, ...(where.length > 0 && { where }) };
  return {
    calculation: {
      op: "ratio",
      left: { ...base, measures: [{ fn: "count" }] },
      right: { ...base, measures: [{ fn: "count-distinct", column: key.column }] },
    },
  };
}

/** The number that is shown of each group, used up: a named aggregate, the most or least, a sum, or a count. */
function takeGroupMeasure(question: Question): { measure: Measure; column?: ColumnProfile } {
  const isDistinct = take(
    question,
    /\b(?:how many|number of|count of) (?:different|distinct|unique) (?<t>[cdmbl]_\d+)/,
  );
  if (isDistinct !== undefined) {
    const column = meantColumn(question, columnAt(question, isDistinct.groups.t!));
    if (column !== undefined) return { measure: { fn: "count-distinct", column: column.column.name } };
  }
  const fn = takeFunction(question);
  const extreme = fn === undefined ? takeSuperlative(question) : undefined;
  if (extreme?.place !== undefined)
    addOnce(question.doubts, `“${extreme.said}” of each group is not computed`);
  const column = takeNumber(question) ?? takeOnlyAmount(question);
  const counts = take(
    question,
    /\b(?:how many(?: times)?|number of|count(?: of)?|how often)(?: (?:noun|rows|times))?\b/,
  );
  if (column === undefined || !isMeasure(column)) {
    if (fn !== undefined && fn !== "sum") addOnce(question.doubts, `it is not clear what the ${fn} is of`);
    takeCounted(question);
    return { measure: { fn: "count" } };
  }
  const name = column.column.name;
  if (fn !== undefined)
    return { measure: fn === "sum" ? sumOf(question, column) : { fn, column: name }, column };
  if (extreme !== undefined)
    return { measure: { fn: extreme.direction === "descending" ? "max" : "min", column: name }, column };
  if (counts === undefined || column.isAdditive) addOnce(question.assumptions, `${name} is added up`);
  return { measure: sumOf(question, column), column };
}

/** What is counted where no number is named: the rows, or a column that stands for them. */
function takeCounted(question: Question): void {
  const { id, subject } = question.profile;
  const names = [id, subject].flatMap((each) => (each === undefined ? [] : [each.column.name]));
  const found = find(question, /(?<c>c_\d+)/);
  if (found === undefined) return;
  const { columns } = columnAt(question, found.groups.c!);
  if (columns.some(({ column }) => names.includes(column.name))) take(question, /c_\d+/);
}
