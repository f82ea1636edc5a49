import { chartData, numberOf } from "./chart-data.ts";
import {
  areComparable,
  categoryKey,
  cells,
  isScatter,
  nameOf,
  type Roles,
  rolesOf,
  scaleOf,
} from "./chart-roles.ts";
import type { ChartKind, ChartSpec, ChartValue } from "./chart-spec.ts";
import type { ResultTable } from "./compose-answer.ts";
import { describeChart } from "./describe-chart.ts";
import type { Plan } from "./plan.ts";

export type ChooseChartOptions = {
  /** The kind that the person asked for; another is chosen where the result can't be shown so. */
  readonly kind?: ChartKind;
  /** Defaults to what is shown by what. */
  readonly title?: string;
};

/** The chart that suits a result, or none; `reason` says why this one, or why none helps. */
export type ChartChoice =
  | { readonly spec: ChartSpec; readonly reason: string }
  | { readonly spec?: undefined; readonly reason: string };

const mostNames = 60;
const mostTimes = 1_000;
const mostPoints = 5_000;
const mostSeries = 8;
const mostParts = 6;

/** Chooses the chart for a result. Without a plan (a query written by a person) columns are judged by what they hold. */
export function chooseChart(
  plan: Plan | undefined,
  result: ResultTable,
  options: ChooseChartOptions = {},
): ChartChoice {
  const { rows, isTruncated } = result;
  if (isTruncated) return { reason: "only a part of the rows is here" };
  if (rows.length < 2) return { reason: "a single value needs no chart" };
  const roles = rolesOf(plan, result);
  const draft = draftChart(plan, result, roles, options);
  if ("reason" in draft) return draft;
  const spec: ChartSpec = { ...draft.spec, altText: "" };
  const tooMuch = whyTooMuch(spec, result);
  if (tooMuch !== undefined) return { reason: tooMuch };
  return { spec: { ...spec, altText: describeChart(spec, chartData(spec, result)) }, reason: draft.why };
}

type Draft =
  | { readonly spec: Omit<ChartSpec, "altText">; readonly why: string }
  | { readonly reason: string };

function draftChart(
  plan: Plan | undefined,
  result: ResultTable,
  { keys, values }: Roles,
  options: ChooseChartOptions,
): Draft {
  if (values.length === 0) return { reason: "the result lists names and has no numbers to show" };
  const [first, second] = values;
  const wantsScatter = options.kind === "scatter" && second !== undefined;
  const areTwo = plan?.groupBy === undefined && values.length === 2 && isScatter(result, keys, values);
  if (wantsScatter || areTwo) return scatter(result, first!, second!, options);
  if (keys.length === 0) return { reason: "the numbers belong to nothing that has a name" };
  if (keys.length > 2 && plan?.groupBy !== undefined)
    return { reason: "the groups are made of more than two things" };
  const category = categoryKey(result, keys);
  const scale = scaleOf(plan, result, category);
  const grouped = plan?.groupBy !== undefined && keys.length === 2;
  const series = grouped ? keys.find((key) => key !== category) : undefined;
  const base = { plan, result, category, scale, ...(series !== undefined && { series }), options };
  return withKind(base, pickValues(base, values));
}

/** What a chart is made from, until its kind is known. */
type Base = {
  readonly plan: Plan | undefined;
  readonly result: ResultTable;
  readonly category: number;
  readonly scale: ChartSpec["categoryScale"];
  readonly series?: number;
  readonly options: ChooseChartOptions;
};

function scatter(result: ResultTable, x: number, y: number, options: ChooseChartOptions): Draft {
  const title = options.title ?? capital(`${nameOf(result, y)} against ${nameOf(result, x)}`);
  const axisTitles = { category: titled(result, x), value: titled(result, y) };
  const values = [{ column: y, name: nameOf(result, y) }];
  const spec = {
    kind: "scatter",
    title,
    category: x,
    categoryScale: "numbers",
    values,
    axisTitles,
    sort: "listed",
  } as const;
  return { spec, why: "two numbers of each row are set against each other" };
}

type Picked = { readonly values: readonly ChartValue[]; readonly kind?: ChartKind; readonly why?: string };

function pickValues({ plan, result, scale, series, options }: Base, values: readonly number[]): Picked {
  const [first, ...others] = values as [number, ...number[]];
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
      return combo(value(measure), value(last), "primary", "a value and its running total belong together");
    case "change":
    case "percent-change":
      return combo(value(measure), value(last), "secondary", "a value and its change belong together");
    case undefined:
      break;
    default:
      as satisfies never;
  }
  const alike = others.filter((each) => areComparable(plan, result, first, each));
  const [second] = others;
  const isMixed = second !== undefined && others.length === 1 && alike.length === 0;
  if (isMixed && (scale === "time" || options.kind === "combo"))
    return combo(value(first), value(second), "secondary", "two values of different kinds have a scale each");
  if (options.kind === "combo" && second !== undefined)
    return combo(value(first), value(second), "primary", "as asked for");
  return { values: [first, ...alike].slice(0, mostSeries).map(value) };
}

function combo(first: ChartValue, second: ChartValue, axis: "primary" | "secondary", why: string): Picked {
  return {
    kind: "combo",
    values: [
      { ...first, kind: "column" },
      { ...second, kind: "line", axis },
    ],
    why,
  };
}

function withKind(base: Base, picked: Picked): Draft {
  const { plan, result, category, scale, series, options } = base;
  const { kind, why } = kindOf(base, picked);
  const [first, second] = picked.values as [ChartValue, ChartValue?];
  const by = [nameOf(result, category), ...(series === undefined ? [] : [nameOf(result, series)])].join(
    " and ",
  );
  const names = picked.values.map(({ name }) => name).join(" and ");
  const isApart = second?.axis === "secondary";
  const axisTitles = {
    category: titled(result, category),
    value: titled(result, first.column, picked.values.length > 1 && !isApart),
    ...(isApart && { secondary: titled(result, second.column) }),
  };
  const isOrdered = (plan?.orderBy?.length ?? 0) > 0 || plan === undefined || plan.groupBy === undefined;
  const sort = scale !== "names" ? "by-category" : isOrdered || isCycle(base) ? "listed" : "largest-first";
  const isShare = plan?.over?.as === "share" && series === undefined;
  const whole = (plan?.groupBy?.length ?? 0) + (plan?.over?.measure ?? 0);
  const shown = isShare ? `share of ${nameOf(result, whole)} in %` : names;
  const title = options.title ?? capital(`${shown} by ${by}`);
  const shape = { title, category, categoryScale: scale, values: picked.values, axisTitles, sort } as const;
  return { spec: { kind, ...shape, ...(series !== undefined && { series }) }, why };
}

/** Months of any year, weekdays and columns that became rows come in an order that everybody knows. */
function isCycle({ plan, category }: Base): boolean {
  const key = plan?.groupBy?.[category];
  return (
    key?.grain === "month-of-year" ||
    key?.grain === "weekday" ||
    (key !== undefined && key.column === plan?.unpivot?.name)
  );
}

function kindOf(base: Base, picked: Picked): { readonly kind: ChartKind; readonly why: string } {
  const { result, category, scale, options, series } = base;
  const asked = options.kind;
  if (picked.kind !== undefined && (asked === undefined || asked === "combo"))
    return { kind: picked.kind, why: picked.why ?? "" };
  const count = new Set(cells(result, category).map(String)).size;
  const noPie = whyNoPie(base, picked);
  if ((asked === "pie" || isWhole(base)) && noPie === undefined)
    return { kind: "pie", why: "it shows the parts of one whole" };
  const isOrdered = scale !== "names" || isCycle(base);
  if (asked === "column" || asked === "bar" || (asked === "line" && isOrdered))
    return { kind: asked, why: "as asked for" };
  const because = (why: string): string => (asked === "pie" ? `${why}; a pie can't show it: ${noPie}` : why);
  const isTime = scale === "time" || (isOrdered && !isWeekOrYear(base) && scale === "names");
  if (isTime && (count > 6 || (series !== undefined && count > 3)))
    return { kind: "line", why: because("values over time are a line") };
  if (isOrdered) return { kind: "column", why: because("a few values in their order") };
  const longest = Math.max(...cells(result, category).map((value) => String(value ?? "(empty)").length));
  if (count > 8 || longest > 12)
    return { kind: "bar", why: because("many or long names are read best beside bars") };
  return { kind: "column", why: because("a few names side by side") };
}

function isWeekOrYear({ plan, category }: Base): boolean {
  const grain = plan?.groupBy?.[category]?.grain;
  return grain === "month-of-year" || grain === "weekday";
}

/** Shares of all there is: nothing was left out by a limit or a condition on groups. */
function isWhole({ plan, scale }: Base): boolean {
  return (
    plan?.over?.as === "share" && plan.limit === undefined && plan.having === undefined && scale === "names"
  );
}

function whyNoPie({ result, series }: Base, { values }: Picked): string | undefined {
  if (series !== undefined || values.length > 1) return "there is more than one series";
  if (result.rows.length > mostParts) return `there are more than ${mostParts} parts`;
  const numbers = cells(result, values[0]!.column).map(numberOf);
  const isBad = numbers.some((value) => value === null || value < 0) || numbers.every((value) => value === 0);
  return isBad ? "a part is empty or negative" : undefined;
}

function whyTooMuch(spec: ChartSpec, result: ResultTable): string | undefined {
  const { categories, series } = chartData(spec, result);
  const isTime = spec.categoryScale === "time";
  const most = spec.kind === "scatter" ? mostPoints : isTime ? mostTimes : mostNames;
  if (categories.length > most) return `more than ${most} categories can't be told apart`;
  if (categories.length < 2) return "there is one category only";
  return series.length > mostSeries ? `more than ${mostSeries} series can't be told apart` : undefined;
}

/** A column's name with its unit, where the name doesn't say it; of several columns the unit they share. */
function titled({ columns }: ResultTable, index: number, isShared = false): string {
  const { name, unit } = columns[index]!;
  if (isShared) return unit ?? "";
  return unit === undefined || name.includes(unit) ? capital(name) : `${capital(name)} (${unit})`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
