import { chartData, numberOf } from "./chart-data.ts";
import { categoryKey, cells, isScatter, nameOf, type Roles, rolesOf, scaleOf } from "./chart-roles.ts";
import type { ChartKind, ChartSpec, ChartValue } from "./chart-spec.ts";
import { type PickedValues, pickValues } from "./chart-values.ts";
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
/** Series that stand beside each other. */
const mostBeside = 4;

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
  const category = roomiestKey(result, keys);
  const scale = scaleOf(plan, result, category);
  const isGrouped = plan?.groupBy !== undefined && keys.length === 2;
  const isCrossed = isGrouped || (plan === undefined && values.length === 1 && areCrossed(result, keys));
  const series = isCrossed ? keys.find((key) => key !== category) : undefined;
  const base = { plan, result, category, scale, ...(series !== undefined && { series }), options };
  return withKind(base, pickValues({ ...base, asked: options.kind }, values));
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

/** Of two keys, the one along the axis must leave few enough series. */
function roomiestKey(result: ResultTable, keys: readonly number[]): number {
  const category = categoryKey(result, keys);
  const other = keys.find((key) => key !== category);
  if (keys.length !== 2 || other === undefined) return category;
  const count = (key: number): number => new Set(cells(result, key).map(String)).size;
  return count(other) > mostSeries && count(category) <= mostSeries ? other : category;
}

/** Two keys that meet in many rows, each pair once: what a query of one's own grouped by both gives. */
function areCrossed(result: ResultTable, keys: readonly number[]): boolean {
  if (keys.length !== 2) return false;
  const distinct = (of: readonly number[]): number =>
    new Set(result.rows.map((row) => JSON.stringify(of.map((key) => row[key] ?? null)))).size;
  const { length } = result.rows;
  return distinct(keys) === length && keys.every((key) => distinct([key]) > 1 && distinct([key]) < length);
}

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

function withKind(base: Base, picked: PickedValues): Draft {
  const { plan, result, category, scale, series, options } = base;
  const { kind, why } = kindOf(base, picked);
  const [first] = picked.values as readonly [ChartValue, ...ChartValue[]];
  const by = [category, ...(series === undefined ? [] : [series])].map((key) => keyName(base, key));
  const names = listed(picked.values.map(({ name }) => name));
  const apart = picked.values.filter(({ axis }) => axis === "secondary");
  const [second] = apart;
  const axisTitles = {
    category: titled(result, category),
    value: titled(result, first.column, picked.values.length - apart.length > 1),
    ...(second !== undefined && { secondary: titled(result, second.column, apart.length > 1) }),
  };
  const isOrdered = (plan?.orderBy?.length ?? 0) > 0 || plan === undefined || plan.groupBy === undefined;
  const sort = scale !== "names" ? "by-category" : isOrdered || isCycle(base) ? "listed" : "largest-first";
  const isShare = plan?.over?.as === "share" && series === undefined;
  const whole = (plan?.groupBy?.length ?? 0) + (plan?.over?.measure ?? 0);
  const shown = isShare ? `share of ${nameOf(result, whole)} in %` : names;
  const title = options.title ?? capital(`${shown} by ${by.join(" and ")}`);
  const shape = { title, category, categoryScale: scale, values: picked.values, axisTitles, sort } as const;
  const isStacked = (kind === "column" || kind === "bar") && areParts(base, first.column);
  const more = { ...(series !== undefined && { series }), ...(isStacked && { stacked: true }) };
  return { spec: { kind, ...shape, ...more }, why };
}

/** How a title names what values are by: `month` where dates were put together by their months. */
function keyName({ plan, result }: Base, key: number): string {
  const grain = plan?.groupBy?.[key]?.grain;
  return grain === undefined ? nameOf(result, key) : grain === "month-of-year" ? "month" : grain;
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** Many series that add up to something are put on top of each other: side by side they would be too thin to compare. */
function areParts({ plan, result, series }: Base, column: number): boolean {
  const fn = plan?.measures?.[column - (plan.groupBy?.length ?? 0)]?.fn;
  if (series === undefined || plan?.over !== undefined || (fn !== "sum" && fn !== "count")) return false;
  const isNegative = cells(result, column).some((value) => (numberOf(value) ?? 0) < 0);
  return !isNegative && new Set(cells(result, series).map(String)).size > mostBeside;
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

function kindOf(base: Base, picked: PickedValues): { readonly kind: ChartKind; readonly why: string } {
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

function whyNoPie({ result, series }: Base, { values }: PickedValues): string | undefined {
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
  if (isShared) return unit === undefined ? "" : `in ${unit}`;
  return unit === undefined || name.includes(unit) ? capital(name) : `${capital(name)} (${unit})`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
