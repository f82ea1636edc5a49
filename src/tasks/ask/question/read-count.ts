import type { Plan } from "../plan.ts";
import { type ColumnProfile, isKey } from "../profile.ts";
import { quantityOf } from "./main-amount.ts";
import { addOnce, columnAt, find, meantColumn, openColumns, type Question, take } from "./question.ts";
import {
  type Conditioned,
  filtersOf,
  isMeasure,
  type Shape,
  sumOf,
  takeFunction,
  takeNumber,
} from "./shape.ts";

const counts =
  /\b(?:(?:what|give) (?:is|was|are|were|me) )?(?:the )?(?:total )?(?:how many times|how many|number of|count of|count|how often|amount of(?= noun| [clbd]_))(?: total)?\b/;

/** `how many orders`, `how many different customers`, `the number of units`: rows, different values, or a sum. */
export function readCount(conditioned: Conditioned): Shape | undefined {
  const { question } = conditioned;
  if (question.profile.unpivot !== undefined && find(question, /\bamount of\b/) !== undefined)
    return undefined;
  const taken = take(question, counts);
  if (taken === undefined) return undefined;
  const counted = question.tokens[taken.end + 1]?.text ?? "";
  if (/^v_/.test(counted) && quantityOf(question.profile) !== undefined)
    addOnce(question.doubts, "rows or pieces may be counted");
  take(question, /\b(?:times|in total|altogether|overall|in all)\b/);
  const isDistinct = take(question, /\b(?:different|distinct|unique|separate|various)\b/) !== undefined;
  const named = openColumns(question)[0];
  const isNumber = named?.mention.columns.some(isMeasure) === true && named.at <= taken.end + 4;
  if (isNumber && !isDistinct) return sumOrAverage(conditioned);
  const where = filtersOf(conditioned);
  const base: Plan = { ...question.base, ...(where.length > 0 && { where }) };
  const column = take(question, /\bnoun\b/) === undefined || isDistinct ? countedColumn(question) : undefined;
  if (isDistinct && column === undefined) addOnce(question.doubts, "it is not clear what is to be different");
  if (column === undefined) return { calculation: { ...base, measures: [{ fn: "count" }] } };
  const name = column.column.name;
  if (isDistinct || !(isKey(column) || column === question.profile.id))
    return distinct(question, base, column, isDistinct);
  const calculation: Plan = { ...base, measures: [{ fn: "count", column: name }] };
  // A name left out in some rows may stand for the one above it.
  const hasGaps = column.filledCount < column.column.present.length;
  return { calculation, ...(hasGaps && { alternatives: [{ ...base, measures: [{ fn: "count" }] }] }) };
}

function sumOrAverage(conditioned: Conditioned): Shape | undefined {
  const { question } = conditioned;
  const fn = takeFunction(question);
  const column = takeNumber(question);
  if (column === undefined) return undefined;
  const where = filtersOf(conditioned, column);
  const measure =
    fn === undefined || fn === "sum" ? sumOf(question, column) : { fn, column: column.column.name };
  return { calculation: { ...question.base, ...(where.length > 0 && { where }), measures: [measure] } };
}

function countedColumn(question: Question): ColumnProfile | undefined {
  const found = find(question, /(?<c>[cdbl]_\d+)/);
  if (found === undefined) return undefined;
  const mention = columnAt(question, found.groups.c!);
  // A word that several columns have, as `order` in `Order no` and `Order date`, is a word for the rows.
  const { id } = question.profile;
  question.used.add(found.at);
  if (id !== undefined && mention.columns.includes(id)) return id;
  return meantColumn(question, mention);
}

/** Names that stand in several rows are counted once, which is what people mean by `how many customers`. */
function distinct(question: Question, base: Plan, column: ColumnProfile, isSaid: boolean): Shape {
  const name = column.column.name;
  if (!isSaid) addOnce(question.assumptions, `each ${name} is counted once`);
  const isSold = find(question, /\b(?:sold|sell|bought|buy|shipped|produced|purchased|delivered|ordered)\b/);
  if (!isSaid && isSold !== undefined) addOnce(question.doubts, `${name} may be counted once or each time`);
  const calculation: Plan = { ...base, measures: [{ fn: "count-distinct", column: name }] };
  const isPlain = isSaid || parties.test(name);
  return { calculation, ...(!isPlain && { alternatives: [{ ...base, measures: [{ fn: "count" }] }] }) };
}

/** People, places and kinds, which stay one however many rows they have; an event or a game may be new in each row. */
const parties =
  /\b(customer|client|buyer|supplier|vendor|employee|staff|person|agent|manager|user|member|company|account|country|region|state|city|product|item|article|category|type|kind|brand|department|team|warehouse|store|branch|respondent|kunde|lieferant|mitarbeiter|produkt|artikel|land|abteilung|fournisseur|produit|pays|région|cliente|proveedor|producto|país|región)s?\b/i;
