import type { Filter, Measure, Plan } from "../plan.ts";
import { type ColumnProfile, isKey } from "../profile.ts";
import { mainAmount } from "./main-amount.ts";
import { any, find, type Question, take } from "./question.ts";
import { type Comparison, columnForNumber, doubtFar, inUnit } from "./read-comparisons.ts";
import {
  type Conditioned,
  filtersOf,
  grainWords,
  keyOfTarget,
  moneyVerbs,
  type Shape,
  type Target,
  takeAsked,
  takeFunction,
  takeNumber,
  takeOnlyAmount,
  targetOf,
} from "./shape.ts";

/** `which months are above 10,000`, `which customers have more than 3 orders`: groups by what they come to. */
export function readHaving(conditioned: Conditioned): Shape | undefined {
  const { question } = conditioned;
  if (find(question, /\b(?:how many|number of|count of)\b/) !== undefined) return undefined;
  return attempt(conditioned, () => takeAsked(question) ?? takeLeading(question));
}

/** `how many regions sold more than 1000`, `the number of customers with more than 3 orders`: such groups, counted. */
export function readGroupCount(conditioned: Conditioned): Shape | undefined {
  const { question, comparisons } = conditioned;
  const at = comparisons[0]?.at ?? 0;
  // `customers with orders over 500` compares each order.
  if (comparisons[0]?.of !== "rows" && question.tokens[at - 1]?.text === "noun") return undefined;
  const isSum = question.tokens.some(({ text }) =>
    /^(total|altogether|overall|sold|sell|spent|spend|earned|generated|bought)$/.test(text),
  );
  const shape = attempt(conditioned, () => takeCounted(question));
  if (shape === undefined || "op" in shape.calculation) return undefined;
  const plan: Plan = { ...shape.calculation, count: "groups" };
  // A month or a year is nothing that a row could be by itself.
  const isTime = plan.groupBy?.[0]?.grain !== undefined;
  const single = isSum || isTime ? undefined : rowByRow(plan);
  return { calculation: plan, ...(single !== undefined && { alternatives: [single] }) };
}

/** The same of groups that have one row at least which holds by itself. */
function rowByRow(plan: Plan): Plan | undefined {
  const [measure] = plan.measures ?? [];
  if (measure?.fn !== "sum") return undefined;
  const fn = plan.having?.is.startsWith("<") === true ? ("min" as const) : ("max" as const);
  return { ...plan, measures: [{ ...measure, fn }] };
}

const target = `${any.column}|${grainWords}`;
const counted = new RegExp(
  `(?:how many|(?:the )?(?:number|count) of) (?:different |distinct |of |the |our )*(?<t>${target})`,
);
const leading = new RegExp(
  `^(?:(?:the|all|me|our|show|list|give|those) )*(?<t>${target}) (?=(?:with|that|who|whose|having|where|above|over|under|below|has|have)\\b)`,
);

function takeCounted(question: Question): Target | undefined {
  const found = take(question, counted);
  return found && targetOf(question, found.groups.t!);
}

function takeLeading(question: Question): Target | undefined {
  const found = find(question, leading);
  if (found === undefined || found.groups.t!.startsWith("m_")) return undefined;
  take(question, leading);
  return targetOf(question, found.groups.t!);
}

/** Leaves the question as it was where it can't be read so. */
function attempt(conditioned: Conditioned, takeTarget: () => Target | undefined): Shape | undefined {
  const { question, comparisons } = conditioned;
  const [comparison, second] = comparisons;
  if (comparison === undefined || second !== undefined || comparison.sign === "between") return undefined;
  const before = new Set(question.used);
  const [doubts, assumptions] = [question.doubts.length, question.assumptions.length];
  const asked = takeTarget();
  const shape = asked && havingOf(conditioned, asked, comparison, comparison.sign);
  if (shape !== undefined) return shape;
  question.used.clear();
  for (const at of before) question.used.add(at);
  question.doubts.length = doubts;
  question.assumptions.length = assumptions;
  return undefined;
}

function havingOf(
  conditioned: Conditioned,
  target: Target,
  comparison: Comparison,
  sign: NonNullable<Plan["having"]>["is"],
): Shape | undefined {
  const { question } = conditioned;
  const key = keyOfTarget(target);
  const isOnce = target.kind === "column" && isKey(target.column) && question.profile.unpivot === undefined;
  if (key === undefined || (isOnce && comparison.of !== "rows")) return undefined;
  const fn = takeFunction(question);
  const named = comparedWith(question, comparison);
  if (named === undefined) return undefined;
  if (named !== "rows" && fn === undefined && !named.isAdditive) return undefined;
  const measure: Measure =
    named === "rows" ? { fn: "count" } : { fn: fn ?? "sum", column: named.column.name };
  const value = named === "rows" ? comparison.value.value : inUnit(comparison.value, named);
  if (named !== "rows") doubtFar(question, value, named);
  const hasGaps = target.kind === "column" && target.column.filledCount < target.column.column.present.length;
  const where: Filter[] = [
    ...filtersOf({ question, comparisons: [] }),
    ...(hasGaps ? [{ column: key.column, is: "not-empty" as const }] : []),
  ];
  take(question, /\bmore\b/);
  if (named !== "rows" && fn === undefined) question.assumptions.push(`${named.column.name} is added up`);
  const plan: Plan = {
    ...question.base,
    ...(where.length > 0 && { where }),
    groupBy: [key],
    measures: [measure],
    having: { measure: 0, is: sign, value },
  };
  if (named === "rows" || fn !== undefined || named.isAmount) return { calculation: plan };
  const single = {
    fn: sign.startsWith("<") ? ("min" as const) : ("max" as const),
    column: named.column.name,
  };
  return { calculation: plan, alternatives: [{ ...plan, measures: [single] }] };
}

/** What of each group is compared: what is named, the column of the number's currency, else what the amounts come to. */
function comparedWith(question: Question, comparison: Comparison): ColumnProfile | "rows" | undefined {
  if (comparison.of !== undefined) {
    if (comparison.of !== "rows") take(question, moneyVerbs);
    return comparison.of;
  }
  const named = takeNumber(question);
  if (named !== undefined) return named;
  const isMoney = comparison.value.unit !== undefined;
  const byUnit = isMoney ? columnForNumber(question, comparison) : undefined;
  if (byUnit !== undefined) take(question, moneyVerbs);
  return byUnit ?? takeOnlyAmount(question) ?? mainAmount(question.profile);
}
