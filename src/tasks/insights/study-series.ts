import { mean, median } from "simple-statistics";
import { findBend, findStep, leastStretch, stepP } from "./statistics/change-points.ts";
import { leastSquares } from "./statistics/least-squares.ts";
import { type Outlier, outlierIn } from "./statistics/outliers.ts";
import { seasonMeans, seasonP } from "./statistics/seasons.ts";
import { carriedOver, withoutCarried } from "./statistics/serial-correlation.ts";
import { kendallTau, type Line, theilSen, trendP } from "./statistics/trend.ts";

/** A series without its names. */
export type Points = {
  readonly positions: readonly number[];
  readonly values: readonly number[];
  /** The season of each value, where values have one. */
  readonly seasons?: readonly number[];
  /** How many values make a full turn of seasons. */
  readonly cycle?: number;
};

/** The course that describes a series best. */
export type Course =
  | { readonly kind: "flat" }
  | { readonly kind: "trend"; readonly line: Line; readonly tau: number; readonly p: number }
  | { readonly kind: "step"; readonly at: number; readonly p: number }
  | { readonly kind: "bend"; readonly at: number; readonly p: number };

export type Study = {
  readonly course: Course;
  /** True where the course is that of the values less their seasons. */
  readonly isAdjusted: boolean;
  readonly season?: {
    readonly p: number;
    readonly means: readonly number[];
    readonly baseline: Baseline;
    /** Index of the only value that was left out. */
    readonly without?: number;
  };
  readonly outlier?: Outlier & { readonly design: string };
  /** Of every test that was made. */
  readonly pValues: readonly number[];
};

/** Raw p-values below it shape what is looked at next; what is reported is decided over all tests of the file. */
const likely = 0.01;

/** A yearly or weekly range below this part of the level shapes nothing. */
const leastRange = 0.15;

/** Looks for seasons, then for the course behind them, then for a value that lies apart from both. */
export function studySeries(points: Points): Study {
  const { positions, values } = points;
  const season = studySeason(points);
  const isSeasonal = season !== undefined && season.p < likely && rangeOf(season.means, values) >= leastRange;
  const adjusted = isSeasonal ? withoutSeasons(points, season.baseline) : [...values];
  const { course, pValues } = studyCourse(positions, clipWild(positions, adjusted));
  const found = course.kind !== "flat" && course.p < likely ? course : { kind: "flat" as const };
  const outlier = studyOutlier(designOf(points, found, isSeasonal), values);
  const design = `${found.kind}${isSeasonal ? "+season" : ""}`;
  return {
    course: course.kind === "trend" ? { ...course, ...lineThrough(positions, adjusted) } : course,
    isAdjusted: isSeasonal,
    ...(season !== undefined && { season }),
    ...(outlier !== undefined && { outlier: { ...outlier, design } }),
    pValues: [
      ...pValues,
      ...(season === undefined ? [] : [season.p]),
      ...(outlier === undefined ? [] : [outlier.p]),
    ],
  };
}

function lineThrough(positions: readonly number[], values: readonly number[]): { line: Line; tau: number } {
  return { line: theilSen(positions, values), tau: kendallTau(values) };
}

function rangeOf(means: readonly number[], values: readonly number[]): number {
  const known = means.filter((each) => !Number.isNaN(each));
  return (Math.max(...known) - Math.min(...known)) / Math.abs(mean(values as number[]));
}

function detrended({ positions, values, seasons }: Points): number[] {
  const { slope, intercept } = theilSen(positions, values, seasons);
  return values.map((value, index) => value - slope * positions[index]! - intercept);
}

/** What seasons are seen against: a line, or the means before and after a step (its index). */
export type Baseline = "line" | number;

/** The seasons of all values but one that lies far from them: it says nothing about the other years. */
function studySeason(points: Points): Study["season"] {
  const { positions, values, seasons, cycle = 0 } = points;
  if (seasons === undefined || cycle === 0 || values.length < 2 * cycle) return undefined;
  const straight: Course = { kind: "trend", line: { slope: 0, intercept: 0 }, tau: 0, p: 1 };
  const design = designOf(points, straight, true);
  const wild = outlierIn(design, values);
  if (wild === undefined || wild.p >= likely || wild.robustZ < 3.5) return seasonsOf(points);
  const keep = <T>(list: readonly T[]): T[] => list.filter((_, index) => index !== wild.index);
  const found = seasonsOf({
    positions: keep(positions),
    values: keep(values),
    seasons: keep(seasons),
    cycle,
  });
  if (found === undefined) return undefined;
  const { baseline } = found;
  const moved = baseline === "line" || baseline < wild.index ? baseline : baseline + 1;
  return { ...found, baseline: moved, without: wild.index };
}

function seasonsOf(points: Points): Study["season"] {
  const { values, seasons, cycle = 0 } = points;
  if (seasons === undefined || values.length < 2 * cycle) return undefined;
  const baseline = baselineOf(points);
  const level = against(points, baseline);
  const means = seasonMeans(level, seasons, cycle);
  const carried = carriedOver(level.map((value, index) => value - means[seasons[index]!]!));
  const own = carried === 0 ? seasons : seasons.slice(1);
  return { p: seasonP(withoutCarried(level, carried), own), means, baseline };
}

/** Most places of a step that are tried. */
const mostSteps = 40;

/**
 * Whether seasons stand on a line or on a step. A step looks like seasons to what takes a line out, and seasons like a
 * step, so each is fitted together with the seasons and the better fit wins, the step only by a clear margin.
 */
function baselineOf({ positions, values, seasons, cycle = 0 }: Points): Baseline {
  const n = values.length;
  const months = values.map((_, index) =>
    Array.from({ length: cycle - 1 }, (_, at) => (seasons![index] === at + 1 ? 1 : 0)),
  );
  const errorOf = (course: (index: number) => number): number =>
    leastSquares(
      months.map((own, index) => [1, ...own, course(index)]),
      values,
    ).squaredError;
  const straight = errorOf((index) => positions[index]!);
  const least = leastStretch(n);
  const every = Math.ceil((n - 2 * least) / mostSteps);
  let [best, error] = [least, Number.POSITIVE_INFINITY];
  for (let at = least; at <= n - least; at += every) {
    const own = errorOf((index) => (index < at ? 0 : 1));
    if (own < error) [best, error] = [at, own];
  }
  const isClear = n * Math.log(error / straight) + Math.log(n) < -6;
  return isClear ? best : "line";
}

function against(points: Points, baseline: Baseline): number[] {
  if (baseline === "line") return detrended(points);
  const { values } = points;
  const [before, after] = [mean(values.slice(0, baseline)), mean(values.slice(baseline))];
  return values.map((value, index) => value - (index < baseline ? before : after));
}

/** The values less what their season adds, by medians, which one wild value doesn't move. */
function withoutSeasons(points: Points, baseline: Baseline): number[] {
  const { values, seasons, cycle = 0 } = points;
  const level = against(points, baseline);
  const typical = Array.from({ length: cycle }, (_, season) => {
    const own = level.filter((_, index) => seasons![index] === season);
    return own.length === 0 ? 0 : median(own);
  });
  return values.map((value, index) => value - typical[seasons![index]!]!);
}

/** Draws in the few values far from a straight line, so that one wild month is not taken for a new course. */
function clipWild(positions: readonly number[], values: readonly number[]): number[] {
  const residuals = detrended({ positions, values });
  const scale = 1.4826 * median(residuals.map(Math.abs));
  const wild = residuals.flatMap((residual, index) => (Math.abs(residual) > 4.5 * scale ? [index] : []));
  if (scale === 0 || wild.length === 0 || wild.length > Math.max(1, 0.04 * values.length)) return [...values];
  return values.map((value, index) =>
    wild.includes(index) ? value - residuals[index]! + Math.sign(residuals[index]!) * 2 * scale : value,
  );
}

function studyCourse(
  positions: readonly number[],
  values: readonly number[],
): { course: Course; pValues: number[] } {
  const n = values.length;
  const criterion = (squaredError: number, parameters: number): number =>
    n * Math.log(Math.max(squaredError, 1e-300) / n) + parameters * Math.log(n);
  const flat = leastSquares(
    values.map(() => [1]),
    values,
  );
  const straight = leastSquares(lineOf(positions), values);
  const step = findStep(values);
  const bend = findBend(positions, values);
  const line = theilSen(positions, values);
  const trend = { line, tau: kendallTau(values), p: trendP(positions, values, line) };
  const courses: { course: Course; score: number }[] = [
    { course: { kind: "trend", ...trend }, score: criterion(straight.squaredError, 2) },
  ];
  if (step !== undefined)
    courses.push({
      course: { kind: "step", at: step.at, p: stepP(values, step.at) },
      score: criterion(flat.squaredError - step.gain, 3),
    });
  if (bend !== undefined)
    courses.push({
      course: { kind: "bend", at: bend.at, p: bend.p },
      score: criterion(straight.squaredError - bend.gain, 4),
    });
  // What chance explains is no better description, however well it fits.
  const sure = courses.filter(({ course }) => course.kind === "flat" || course.p < likely);
  const best = (sure.length > 0 ? sure : courses).reduce((one, two) => (two.score < one.score ? two : one));
  const isFlat = criterion(flat.squaredError, 1) <= best.score;
  return {
    course: isFlat ? { kind: "flat" } : best.course,
    pValues: courses.flatMap(({ course }) => (course.kind === "flat" ? [] : [course.p])),
  };
}

function lineOf(positions: readonly number[]): number[][] {
  return positions.map((position) => [1, position]);
}

/** What a value is expected from: the course that was found, and the season. */
function designOf(
  { positions, values, seasons, cycle = 0 }: Points,
  course: Course,
  isSeasonal: boolean,
): number[][] {
  return values.map((_, index) => {
    const position = positions[index]!;
    const own = [1];
    if (course.kind === "trend" || course.kind === "bend") own.push(position);
    if (course.kind === "step") own.push(index >= course.at ? 1 : 0);
    if (course.kind === "bend") own.push(Math.max(0, position - positions[course.at]!));
    if (isSeasonal)
      for (let season = 1; season < cycle; season++) own.push(seasons![index] === season ? 1 : 0);
    return own;
  });
}

/** Sums of skewed amounts have long tails: a value of a positive series has to lie apart on a log scale as well. */
function studyOutlier(
  design: readonly (readonly number[])[],
  values: readonly number[],
): Outlier | undefined {
  const found = outlierIn(design, values);
  if (found === undefined) return undefined;
  if (found.robustZ < 3.5) return { ...found, p: 1 };
  const onLogs = values.some((value) => value <= 0)
    ? found
    : outlierIn(design, values.map(Math.log), found.index);
  const p = Math.max(found.p, onLogs?.p ?? 1, besideP(design, values, found.index));
  return { ...found, p };
}

/** In a series that wanders a value has to lie apart from what the one before makes expected as well. */
function besideP(design: readonly (readonly number[])[], values: readonly number[], index: number): number {
  const carried = carriedOver(leastSquares(design, values).residuals);
  if (carried === 0) return 0;
  const rows = design
    .slice(1)
    .map((row, before) => row.map((each, at) => each - carried * design[before]![at]!));
  // The first value has none before it, and is seen in the second.
  return outlierIn(rows, withoutCarried(values, carried), Math.max(0, index - 1))?.p ?? 1;
}
