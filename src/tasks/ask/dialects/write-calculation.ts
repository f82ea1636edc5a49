import type { Calculation, ElapsedUnit, Plan } from "../plan.ts";
import type { Dialect } from "./dialect.ts";
import type { PlanSource } from "./plan-source.ts";
import { planLabels, writePlan } from "./write-plan.ts";

/** The SELECT of a calculation: of a plan, or of two single values set against each other. Throws as `writePlan`. */
export function writeCalculation(
  calculation: Calculation,
  dialect: Dialect,
  sourceOf: (table: string) => PlanSource,
): string {
  if (!("op" in calculation)) return writePlan(calculation, sourceOf(calculation.table));
  const side = (plan: Plan): string => `(${writePlan(plan, sourceOf(plan.table))})`;
  const [left, right] = [side(calculation.left), side(calculation.right)];
  const label = dialect.quoteName(pairLabel(calculation));
  switch (calculation.op) {
    case "difference":
      if (calculation.unit !== undefined)
        return writeElapsed(calculation.unit, { left, right, label }, dialect);
      return `SELECT ${left} - ${right} AS ${label}`;
    case "sum":
      return `SELECT ${left} + ${right} AS ${label}`;
    case "ratio":
      return `SELECT ${dialect.quotient(left, right)} AS ${label}`;
    case "share":
      return `SELECT ${dialect.quotient(left, right)} * 100 AS ${label}`;
    case "percent-change":
      return `SELECT ${dialect.quotient(`(${left} - ${right})`, right)} * 100 AS ${label}`;
    default:
      return calculation.op satisfies never;
  }
}

type Pair = { readonly left: string; readonly right: string; readonly label: string };

function writeElapsed(unit: ElapsedUnit, { left, right, label }: Pair, dialect: Dialect): string {
  const { elapsed, quoteName, repeatsDates } = dialect;
  if (!repeatsDates) return `SELECT ${elapsed(unit, right, left)} AS ${label}`;
  const [from, to] = [quoteName("from"), quoteName("to")];
  return `SELECT ${elapsed(unit, from, to)} AS ${label}\nFROM (SELECT ${right} AS ${from}, ${left} AS ${to}) AS ${quoteName("ends")}`;
}

/** The names of a calculation's result, in the order of its columns. */
export function calculationLabels(
  calculation: Calculation,
  sourceOf: (table: string) => PlanSource,
): string[] {
  return "op" in calculation
    ? [pairLabel(calculation)]
    : planLabels(calculation, sourceOf(calculation.table));
}

const pairLabels = {
  difference: "difference",
  sum: "sum",
  ratio: "ratio",
  share: "share in %",
  "percent-change": "change in %",
} as const;

function pairLabel({ op, unit }: Exclude<Calculation, Plan>): string {
  return op === "difference" && unit !== undefined ? unit : pairLabels[op];
}
