import type { Measure } from "../plan.ts";
import { isKey } from "../profile.ts";
import { addOnce, find, openColumns, take } from "./question.ts";
import {
  type Conditioned,
  filtersOf,
  isMeasure,
  type Shape,
  sumOf,
  takeFunction,
  takeNumber,
  takeOnlyAmount,
} from "./shape.ts";

/** `the total amount`, `the average price`, `what were sales in March`: one number of the rows. */
export function readMeasure(conditioned: Conditioned): Shape | undefined {
  const { question } = conditioned;
  const fn = takeFunction(question);
  const named = openColumns(question).filter(({ mention }) => mention.columns.some(isMeasure));
  const isAsked =
    fn !== undefined ||
    find(question, /\bhow much\b/) !== undefined ||
    question.profile.unpivot !== undefined;
  if (fn === undefined && namesOneRow(conditioned)) return undefined;
  if (!isAsked && named.length === 0) return undefined;
  const column = takeNumber(question) ?? takeOnlyAmount(question);
  if (column === undefined) return undefined;
  take(question, /\bhow much(?: money)?\b/);
  const where = filtersOf(conditioned, column);
  if (fn === undefined) {
    if (!column.isAdditive) addOnce(question.doubts, `${column.column.name} may be averaged or listed`);
    else addOnce(question.assumptions, `${column.column.name} is added up`);
  }
  const measure: Measure =
    fn === undefined || fn === "sum" ? sumOf(question, column) : { fn, column: column.column.name };
  return { calculation: { ...question.base, ...(where.length > 0 && { where }), measures: [measure] } };
}

/** True where a condition names a single row: its number is looked up, not computed. */
function namesOneRow({ question }: Conditioned): boolean {
  if (question.profile.unpivot !== undefined) return false;
  return question.conditions.some(({ filter }) => {
    const column = question.profile.columns.find((each) => each.column.name === filter.column);
    return filter.is === "=" && column !== undefined && isKey(column);
  });
}
