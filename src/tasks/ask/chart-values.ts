import { numberOf } from "./chart-data.ts";
import { areComparable, cells, nameOf } from "./chart-roles.ts";
import type { ChartKind, ChartSpec, ChartValue } from "./chart-spec.ts";
import type { ResultTable } from "./compose-answer.ts";
import type { Plan } from "./plan.ts";

/** The values that a chart shows, and its kind where they settle it. */
export type PickedValues = {
  readonly values: readonly ChartValue[];
  readonly kind?: ChartKind;
  readonly why?: string;
};

/** What values are picked for. */
export type PickFor = {
  readonly plan: Plan | undefined;
  readonly result: ResultTable;
  readonly category: number;
  readonly scale: ChartSpec["categoryScale"];
  /** The column whose values are series of their own, where there is one. */
  readonly series?: number;
  /** The kind that the person asked for. */
  readonly asked: ChartKind | undefined;
};

const mostSeries = 8;
/** Names that have room below columns; more or longer ones are read beside bars. */
const mostNames = 8;
const longestName = 12;
/** Columns of more times than these are too thin. */
const mostColumns = 24;

/** Picks from the columns of numbers those that are worth a chart together. */
export function pickValues(base: PickFor, numbers: readonly number[]): PickedValues {
  const { plan, result, series } = base;
  const [first] = numbers as [number, ...number[]];
  const value = (column: number): ChartValue => ({ column, name: nameOf(result, column) });
  const over = plan?.over;
  const last = result.columns.length - 1;
  const measure = over === undefined ? first : (plan?.groupBy?.length ?? 0) + over.measure;
  if (series !== undefined) return { values: [value(over?.as === "running-total" ? last : measure)] };
  const as = over?.as;
  switch (as) {
    case "share":
      return { values: [value(last)] };
    case "rank":
      return { values: [value(measure)] };
    case "running-total":
      return combo(
        [value(measure)],
        [value(last)],
        "primary",
        "a value and its running total belong together",
      );
    case "change":
    case "percent-change":
      return combo([value(measure)], [value(last)], "secondary", "a value and its change belong together");
    case undefined:
      return severalMeasures(base, numbers, value);
    default:
      return as satisfies never;
  }
}

/** Measures of one kind share a scale; those of another kind are lines with a scale of their own. */
function severalMeasures(
  base: PickFor,
  numbers: readonly number[],
  value: (column: number) => ChartValue,
): PickedValues {
  const { plan, result, asked } = base;
  const [first, ...others] = numbers as [number, ...number[]];
  const isLike = (one: number, two: number): boolean => areComparable(plan, result, one, two);
  const alike = [first, ...others.filter((each) => isLike(first, each))].slice(0, mostSeries);
  const [other, ...rest] = others.filter((each) => !alike.includes(each));
  if (other === undefined) {
    const [second] = others;
    return asked === "combo" && second !== undefined
      ? combo([value(first)], [value(second)], "primary", "as asked for")
      : { values: alike.map(value) };
  }
  if (asked !== "combo" && !(hasRoom(base) && isFilled(result, other))) return { values: alike.map(value) };
  const apart = [other, ...rest.filter((each) => isLike(other, each))].slice(0, mostSeries - 1);
  const columns = alike.slice(0, mostSeries - apart.length);
  const why = "values of different kinds have a scale each";
  const picked = combo(columns.map(value), apart.map(value), "secondary", why);
  if (count(base) <= mostColumns) return picked;
  return { ...picked, values: picked.values.map((each): ChartValue => ({ ...each, kind: "line" })) };
}

function count({ result, category }: PickFor): number {
  return new Set(cells(result, category).map(String)).size;
}

function hasRoom(base: PickFor): boolean {
  const { result, category, scale } = base;
  if (scale !== "names") return true;
  const longest = Math.max(...cells(result, category).map((each) => String(each ?? "(empty)").length));
  return count(base) <= mostNames && longest <= longestName;
}

function isFilled(result: ResultTable, column: number): boolean {
  return cells(result, column).some((each) => (numberOf(each) ?? 0) !== 0);
}

function combo(
  columns: readonly ChartValue[],
  lines: readonly ChartValue[],
  axis: "primary" | "secondary",
  why: string,
): PickedValues {
  const values = [
    ...columns.map((each): ChartValue => ({ ...each, kind: "column" })),
    ...lines.map((each): ChartValue => ({ ...each, kind: "line", axis })),
  ];
  return { kind: "combo", values, why };
}
