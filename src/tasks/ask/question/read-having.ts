import type { Measure, Plan } from "../plan.ts";
import { isKey } from "../profile.ts";
import { mainAmount } from "./main-amount.ts";
import { find, take } from "./question.ts";
import { type Comparison, doubtFar, inUnit } from "./read-comparisons.ts";
import {
  type Conditioned,
  filtersOf,
  keyOfTarget,
  type Shape,
  type Target,
  takeAsked,
  takeFunction,
  takeNumber,
  valueColumn,
} from "./shape.ts";

/** `which months are above 10,000`, `which customers have more than 3 orders`: groups by what they come to. */
export function readHaving(conditioned: Conditioned): Shape | undefined {
  const { question, comparisons } = conditioned;
  const [comparison] = comparisons;
  if (comparison === undefined || comparisons.length > 1 || comparison.sign === "between") return undefined;
  if (find(question, /\bhow many\b/) !== undefined) return undefined;
  const before = new Set(question.used);
  const target = takeAsked(question);
  const shape = target && havingOf(conditioned, target, comparison, comparison.sign);
  if (shape === undefined) {
    question.used.clear();
    for (const at of before) question.used.add(at);
  }
  return shape;
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
  const named =
    comparison.of ?? takeNumber(question) ?? valueColumn(question) ?? mainAmount(question.profile);
  if (named === undefined) return undefined;
  if (named !== "rows" && fn === undefined && !named.isAdditive) return undefined;
  const measure: Measure =
    named === "rows" ? { fn: "count" } : { fn: fn ?? "sum", column: named.column.name };
  const value = named === "rows" ? comparison.value.value : inUnit(comparison.value, named);
  if (named !== "rows") doubtFar(question, value, named);
  const where = filtersOf({ question, comparisons: [] });
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
