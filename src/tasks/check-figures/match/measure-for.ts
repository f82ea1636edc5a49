import { type ColumnProfile, isKey, type Profile } from "../../ask/profile.ts";
import { mainAmount } from "../../ask/question/main-amount.ts";
import { type Element, isConcept } from "./elements.ts";
import { measureOf } from "./plans.ts";
import { countedAt, type Role } from "./read-role.ts";
import type { Asked, What } from "./reading-work.ts";
import type { Scope } from "./scope.ts";

/** What is added up, averaged or counted. */
export function measureFor(asked: Asked, role: Role, scope: Scope, profile: Profile): What | undefined {
  const paid = moneyOfHeader(asked, scope);
  if (paid !== undefined) return withFunction(asked, { ...scope, measures: [paid] }, paid, []);
  const counted = countMeasure(asked, role, scope);
  if (counted !== undefined) return counted;
  const column = measureColumn(asked, scope, profile);
  if (column === undefined) {
    const mayCount =
      scope.hasNoun && role !== "value" && role !== "start" && asked.figure.currency === undefined;
    return mayCount || (role === "start" && scope.hasNoun)
      ? { measure: { fn: "count" }, doubts: [] }
      : undefined;
  }
  const doubts: string[] = [];
  if (scope.measures.length > 1 && !isNamedOnce(scope))
    doubts.push(`it may be ${scope.measures.map((each) => each.column.name).join(" or ")}`);
  if (scope.isMeasureLoose) doubts.push(`${column.column.name} is only alike`);
  return withFunction(asked, scope, column, doubts);
}

/** Money said under a header over several columns (`Sale / Quantity`, `Sale / Amount (€)`): its one column of money. */
function moneyOfHeader({ figure }: Asked, { measures }: Scope): ColumnProfile | undefined {
  const headers = new Set(measures.map(({ column }) => column.name.split(" / ")[0]));
  const isUnder =
    measures.length > 1 && headers.size === 1 && measures.every(({ column }) => column.name.includes(" / "));
  if (figure.currency === undefined || !isUnder) return undefined;
  const money = measures.filter(
    ({ column, isAdditive }) => isAdditive && /[€$£]|eur|usd|gbp|chf/i.test(column.unit ?? ""),
  );
  return money.length === 1 ? money[0] : undefined;
}

function isNamedOnce({ measures }: Scope): boolean {
  return measures.length === 1;
}

function withFunction({ elements, at }: Asked, scope: Scope, column: ColumnProfile, doubts: string[]): What {
  const { concepts, groups } = scope;
  const eachAt = elements.findIndex((each) => isConcept(each, "each"));
  const eachColumn = groups.find((group) => eachAt >= 0 && group.at > eachAt)?.columns[0];
  const isMonthly = concepts.has("monthly") || (eachAt >= 0 && concepts.has("month"));
  if (
    concepts.has("average") ||
    (eachAt >= 0 && (scope.hasNoun || eachColumn !== undefined)) ||
    (isMonthly && !concepts.has("highest"))
  ) {
    if (eachColumn !== undefined)
      return { measure: measureOf(column, "sum"), column, per: [{ column: eachColumn.column.name }], doubts };
    if (isMonthly)
      return { measure: measureOf(column, "sum"), column, per: [{ column: "", grain: "month" }], doubts };
    if (concepts.has("quarter") || (concepts.has("year") && eachAt >= 0))
      doubts.push("an average over stretches of time");
    return { measure: measureOf(column, "average"), column, doubts };
  }
  if (concepts.has("median")) return { measure: measureOf(column, "median"), column, doubts };
  const extreme = elements.slice(0, at).findLast((each) => isConcept(each, "highest", "lowest"));
  if (extreme !== undefined && !isRankClaim(elements, scope)) {
    // The largest order is a row; the largest region isn't.
    if (isMonthly || groups.some(({ columns }) => !columns.every(isKey)))
      doubts.push("the largest of groups");
    const fn = isConcept(extreme, "highest") ? "max" : "min";
    return { measure: measureOf(column, fn), column, doubts };
  }
  if (eachAt >= 0) doubts.push("it is said of each");
  return {
    measure: measureOf(column, concepts.has("total") && column.isAdditive ? "sum" : undefined),
    column,
    doubts,
  };
}

/** `The North had the highest revenue`: a place among others rather than the largest of some rows. */
export function isRankClaim(elements: readonly Element[], { groups, values, periods }: Scope): boolean {
  const at = elements.findIndex((each) => isConcept(each, "highest", "lowest"));
  if (at < 0) return false;
  const next = elements.slice(at + 1).find((each) => !isConcept(each, "small", "mild"));
  if (next?.kind === "noun" || next?.kind === "word") return false;
  const own = values.filter((value) => !value.isBase);
  if (
    next?.kind === "column" &&
    groups.some((group) => group.columns.some((column) => next.columns.includes(column)))
  )
    return own.some(({ choices }) => choices.some(({ column }) => next.columns.includes(column)));
  if (isConcept(next, "month", "quarter", "year")) return periods.length > 0;
  return own.some((value) => value.at >= 0 && value.at < at);
}

function countMeasure({ elements, at, figure }: Asked, role: Role, scope: Scope): What | undefined {
  if (role !== "count" && !(scope.concepts.has("count") && scope.measures.length === 0)) return undefined;
  const place = countedAt(elements, at) ?? countNoun(elements);
  const element = place === undefined ? undefined : elements[place];
  if (element === undefined) return scope.hasNoun ? { measure: { fn: "count" }, doubts: [] } : undefined;
  if (element.kind === "noun") return { measure: { fn: "count" }, doubts: [] };
  if (element.kind !== "column") return undefined;
  const [column, second] = element.columns;
  const doubts = second === undefined ? [] : ["several columns are called so"];
  if (element.isLoose) doubts.push(`${column!.column.name} is only alike`);
  if (column!.kind === "number" && !column!.isLabel)
    return {
      measure: measureOf(column!, scope.concepts.has("average") ? "average" : undefined),
      column: column!,
      doubts,
    };
  // A few of many may be any.
  if (scope.measures.length > 0 && figure.digits === undefined) doubts.push("some of them may be meant");
  return { measure: { fn: "count-distinct", column: column!.column.name }, doubts };
}

function countNoun(elements: readonly Element[]): number | undefined {
  const at = elements.findIndex((each) => isConcept(each, "count"));
  if (at < 0) return undefined;
  const found = elements.findIndex(
    (each, index) => index > at && (each.kind === "noun" || each.kind === "column"),
  );
  return found < 0 ? undefined : found;
}

function measureColumn(
  { elements, at, figure }: Asked,
  scope: Scope,
  profile: Profile,
): ColumnProfile | undefined {
  const counted = countedAt(elements, at);
  const element = counted === undefined ? undefined : elements[counted];
  if (element?.kind === "column") {
    const own = element.columns.find((column) => column.kind === "number" && !column.isLabel);
    if (own !== undefined) return own;
  }
  if (scope.measures.length > 0) return nearest(elements, at, scope.measures);
  const numbers = profile.columns.filter((column) => column.kind === "number" && !column.isLabel);
  const named = scope.values.filter(({ isBase }) => !isBase);
  if (profile.unpivot !== undefined && named.length > 0)
    return profile.columns.find(({ column }) => column.name === profile.unpivot!.value);
  const isRecord = named.some(({ choices }) => choices.some(({ column }) => isKey(column)));
  if (numbers.length === 1 && isRecord) return numbers[0];
  const isSaid = named.length > 0 || scope.concepts.has("total") || scope.hasNoun;
  return figure.currency !== undefined && isSaid ? (mainAmount(profile) ?? undefined) : undefined;
}

/** Of several measures the one that stands nearest. */
function nearest(
  elements: readonly Element[],
  at: number,
  measures: readonly ColumnProfile[],
): ColumnProfile {
  let [best, distance] = [measures[0]!, Number.POSITIVE_INFINITY];
  elements.forEach((element, index) => {
    if (element.kind !== "column") return;
    const own = element.columns.find((column) => measures.includes(column));
    if (own !== undefined && Math.abs(index - at) < distance) [best, distance] = [own, Math.abs(index - at)];
  });
  return best;
}
