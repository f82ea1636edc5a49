import type { Json } from "../../json.ts";
import { numbered, type PeriodStep, periodOf, periodStep } from "./chart-periods.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { formatValue, type ResultTable } from "./compose-answer.ts";

/** A place along the axis: how it is written, and where it comes where it has an order of its own. */
export type ChartCategory = {
  readonly label: string;
  readonly order?: number;
  /** First row of the result that stands there; absent for a place that has none. */
  readonly row?: number;
};

export type ChartSeries = {
  readonly name: string;
  /** One for each category; null where there is none. */
  readonly values: readonly (number | null)[];
  readonly kind?: "column" | "line";
  readonly axis?: "primary" | "secondary";
};

/** What a chart shows, in its order: a block of cells with categories down and series across. */
export type ChartData = {
  readonly categories: readonly ChartCategory[];
  readonly series: readonly ChartSeries[];
  /** Of times: how far apart they are. */
  readonly step?: PeriodStep;
};

/** The part of a result that a chart shows, in the chart's order, long rows of two keys made wide. */
export function chartData(spec: ChartSpec, result: ResultTable): ChartData {
  const step = spec.categoryScale === "time" ? periodStep(column(result, spec.category)) : undefined;
  const rows = spec.series === undefined ? ownRows(spec, result, step) : keyedRows(spec, result, step);
  const kept = order(spec, rows);
  const labels = unique(kept.map(({ category }) => category.label));
  return {
    categories: kept.map(({ category }, index) => ({ ...category, label: labels[index]! })),
    series: seriesNames(spec, result).map((each, index) => ({
      ...each,
      values: kept.map(({ values }) => values[index] ?? null),
    })),
    ...(step !== undefined && { step }),
  };
}

type Row = { readonly category: ChartCategory; readonly values: readonly (number | null)[] };

/** The number that a cell of a result is; null for anything else. */
export function numberOf(value: Json | undefined): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string" || !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value)) return null;
  return Number(value);
}

function column({ rows }: ResultTable, index: number): Json[] {
  return rows.map((row) => row[index] ?? null);
}

function ownRows(spec: ChartSpec, result: ResultTable, step: PeriodStep | undefined): Row[] {
  return result.rows.flatMap((row, index) => {
    const category = categoryOf(spec, result, row[spec.category] ?? null, step);
    if (category === undefined) return [];
    return [
      {
        category: { ...category, row: index },
        values: spec.values.map((each) => numberOf(row[each.column])),
      },
    ];
  });
}

function keyedRows(spec: ChartSpec, result: ResultTable, step: PeriodStep | undefined): Row[] {
  const keys = seriesKeys(result, spec.series!);
  const names = keys.map(({ name }) => name);
  const places = new Map(keys.map((each, index) => [JSON.stringify(each.value), index]));
  const rows = new Map<string, { category: ChartCategory; values: (number | null)[] }>();
  for (const [index, row] of result.rows.entries()) {
    const value = row[spec.category] ?? null;
    const category = categoryOf(spec, result, value, step);
    if (category === undefined) continue;
    const key = JSON.stringify(value);
    const own = rows.get(key) ?? {
      category: { ...category, row: index },
      values: names.map(() => null),
    };
    const place = places.get(JSON.stringify(row[spec.series!] ?? null))!;
    own.values[place] = numberOf(row[spec.values[0]!.column]);
    rows.set(key, own);
  }
  return [...rows.values()];
}

/** Undefined for what has no place on an axis of times or numbers. */
function categoryOf(
  spec: ChartSpec,
  result: ResultTable,
  value: Json,
  step: PeriodStep | undefined,
): ChartCategory | undefined {
  if (step !== undefined) return value === null ? undefined : periodOf(value, step);
  const label = labelOf(result, spec.category, value);
  if (spec.categoryScale !== "numbers") return { label };
  const number = numberOf(value);
  return number === null ? undefined : { label, order: number };
}

function labelOf({ columns }: ResultTable, index: number, value: Json): string {
  const { type } = columns[index]!;
  return plainText(formatValue(value, { type }));
}

/** A text for one line of a picture: no control characters, no halves of characters. */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]+/gu, " ")
    .trim();
}

function seriesNames(spec: ChartSpec, result: ResultTable): Omit<ChartSeries, "values">[] {
  if (spec.series === undefined)
    return spec.values.map(({ column: _, ...each }) => ({ ...each, name: plainText(each.name) }));
  return seriesKeys(result, spec.series).map(({ name }) => ({ name }));
}

/** The values of a column that are series of their own, with their names: times in their order, others as they come. */
export function seriesKeys(
  result: ResultTable,
  index: number,
): { readonly value: Json; readonly name: string }[] {
  const all = column(result, index);
  const distinct = [...new Map(all.map((value) => [JSON.stringify(value), value])).values()];
  const step = all.includes(null) ? undefined : periodStep(all);
  if (step === undefined) {
    const names = unique(distinct.map((value) => labelOf(result, index, value)));
    return distinct.map((value, at) => ({ value, name: names[at]! }));
  }
  return distinct
    .map((value) => ({ value, ...periodOf(value, step) }))
    .sort((one, two) => one.order - two.order)
    .map(({ value, label }) => ({ value, name: label }));
}

function order({ sort }: ChartSpec, rows: readonly Row[]): readonly Row[] {
  if (sort === "listed") return rows;
  if (sort === "by-category")
    return [...rows].sort((one, two) => (one.category.order ?? 0) - (two.category.order ?? 0));
  const size = ({ values }: Row): number => values.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  return [...rows].sort((one, two) => size(two) - size(one));
}

/** Years, quarters and months that have no value keep their place, empty. */
export function fillGaps(data: ChartData): ChartData {
  const { step, categories, series } = data;
  if (step === undefined || step === "day" || step === "moment") return data;
  const orders = categories.map(({ order }) => order!);
  const [first, last] = [Math.min(...orders), Math.max(...orders)];
  if (last - first >= 3 * orders.length || last - first >= 1_000) return data;
  const all = Array.from({ length: last - first + 1 }, (_, index) => numbered(first + index, step));
  const found = new Map(orders.map((order, index) => [order, index]));
  return {
    ...data,
    categories: all,
    series: series.map((each) => ({
      ...each,
      values: all.map(({ order }) => each.values[found.get(order) ?? -1] ?? null),
    })),
  };
}

/** Two rows of one name stay two: the second is told apart by a number. */
function unique(labels: readonly string[]): string[] {
  const seen = new Set<string>();
  return labels.map((label) => {
    let name = label;
    for (let number = 2; seen.has(name); number++) name = `${label} (${number})`;
    seen.add(name);
    return name;
  });
}
