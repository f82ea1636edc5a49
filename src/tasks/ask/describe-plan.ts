import type { Calculation, Filter, Plan, PlanValue } from "./plan.ts";
import { keyLabel, measureLabel } from "./plan-columns.ts";

/** What a calculation computes, in words a person can check against the question. */
export function describeCalculation(calculation: Calculation): string {
  if (!("op" in calculation)) return describePlan(calculation);
  const [left, right] = [describePlan(calculation.left), describePlan(calculation.right)];
  switch (calculation.op) {
    case "difference":
      if (calculation.unit !== undefined) return `the ${calculation.unit} from (${right}) to (${left})`;
      return `${left}, less ${right}`;
    case "sum":
      return `${left}, plus ${right}`;
    case "ratio":
      return `${left}, divided by ${right}`;
    case "share":
      return `${left}, in per cent of ${right}`;
    case "percent-change":
      return `the change from (${right}) to (${left}) in per cent`;
  }
}

function describePlan(plan: Plan): string {
  const { measures = [], groupBy = [], where = [], orderBy = [], limit, offset, beside, over, having } = plan;
  const parts: string[] = [];
  if (plan.count !== undefined) parts.push(`the number of ${groupBy.map(keyLabel).join(" and ")}`);
  else if (measures.length > 0) parts.push(measures.map(measureLabel).join(" and "));
  else parts.push(plan.show === undefined ? "the rows" : plan.show.join(", "));
  if (over !== undefined) parts.push(`with its ${over.as.replaceAll("-", " ")}`);
  if (groupBy.length > 0 && plan.count === undefined) parts.push(`by ${groupBy.map(keyLabel).join(" and ")}`);
  const found = where.map(describeFilter).join(" and ");
  if (beside !== undefined)
    parts.push(`of the row ${beside > 0 ? "after" : "before"} the one where ${found}`);
  else if (found !== "") parts.push(`where ${found}`);
  if (having !== undefined)
    parts.push(`where ${measureLabel(measures[having.measure]!)} ${having.is} ${having.value}`);
  const orders = orderBy.map(({ by, direction }) => {
    const name =
      typeof by === "number" ? measureLabel(measures[by]!) : by === "row" ? "the order of the sheet" : by;
    return `${direction === "ascending" ? "lowest" : "highest"} ${name} first`;
  });
  if (orders.length > 0) parts.push(orders.join(", then "));
  if (limit !== undefined) parts.push(placesOf(limit, offset));
  return `${parts.join(", ")} (${plan.table})`;
}

function placesOf(limit: number, offset: number | undefined): string {
  if (offset === undefined) return limit === 1 ? "only the first" : `only the first ${limit}`;
  return limit === 1 ? `only number ${offset + 1}` : `only numbers ${offset + 1} to ${offset + limit}`;
}

function describeFilter(filter: Filter): string {
  const grain = "grain" in filter ? filter.grain : undefined;
  const column = grain === undefined ? filter.column : `${grain.replaceAll("-", " ")} of ${filter.column}`;
  switch (filter.is) {
    case "empty":
      return `${column} is empty`;
    case "not-empty":
      return `${column} is filled in`;
    case "between":
      return `${column} is from ${shown(filter.from)} to ${shown(filter.to)}`;
    case "in":
      return `${column} is ${filter.values.map(shown).join(" or ")}`;
    case "not-in":
      return `${column} is none of ${filter.values.map(shown).join(", ")}`;
    case "contains":
      return `${column} contains ${shown(filter.value)}`;
    case "not-contains":
      return `${column} does not contain ${shown(filter.value)}`;
    case "=":
      return `${column} is ${shown(filter.value)}`;
    case "!=":
      return `${column} is not ${shown(filter.value)}`;
    default:
      return `${column} ${filter.is} ${shown(filter.value)}`;
  }
}

function shown(value: PlanValue): string {
  return typeof value === "string" ? `“${value}”` : String(value);
}
