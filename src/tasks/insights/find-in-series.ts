import { mean, median } from "simple-statistics";
import type { ResultTable } from "../ask/compose-answer.ts";
import { grainNoun, periodName, seasonName } from "./period-names.ts";
import type { Series } from "./read-series.ts";
import { type Piece, statementOf } from "./statement.ts";
import { leastSquares } from "./statistics/least-squares.ts";
import { momentsOf, welchP } from "./statistics/two-groups.ts";
import { type Study, studySeries } from "./study-series.ts";
import { measureName } from "./subjects.ts";
import { seasonOf } from "./time-grain.ts";
import { alpha, type Candidate, type Look, leastValues } from "./types.ts";

/**
 * Smaller effects are not told however sure they are: months have 28 to 31 days, and long tables make everything
 * significant. As parts of the level.
 */
const least = { trend: 0.1, step: 0.05, season: 0.15, outlier: 0.1 };

const cycles: Readonly<Record<string, number>> = { month: 12, quarter: 4, day: 7 };

/** Patterns of one measure along time: its course, its seasons and the period that lies apart. */
export function findInSeries(series: Series, table: string): Look {
  if (series.values.length < leastValues) return { candidates: [], pValues: [] };
  const study = studySeries(pointsOf(series));
  const found = [courseOf(series, study), seasonalityOf(series, study), outlierOf(series, study)];
  return {
    candidates: found.flatMap((each) => (each === undefined ? [] : [{ ...each, table }])),
    pValues: study.pValues,
  };
}

type Found = Omit<Candidate, "table">;

function pointsOf({ axis, periods, positions, values }: Series): Parameters<typeof studySeries>[0] {
  const cycle = cycles[axis.grain];
  const seasons = periods.map((period) => seasonOf(period, axis.grain));
  if (cycle === undefined || seasons.includes(undefined)) return { positions, values };
  // Half a dozen days a week, say, are a cycle too; most seasons must have come round twice.
  const counts = Array.from(
    { length: cycle },
    (_, season) => seasons.filter((each) => each === season).length,
  );
  const isRound =
    counts.every((count) => count === 0 || count >= 2) && counts.filter((count) => count > 0).length > 1;
  return { positions, values, ...(isRound && { seasons: seasons as number[], cycle }) };
}

/** What all findings of a series have in common. */
function base({
  measure,
  axis,
  within,
  values,
  query,
  cells,
}: Series): Pick<Found, "columns" | "n" | "query" | "cells"> {
  return {
    ...(cells !== undefined && { cells }),
    columns: [measure.name, axis.column, ...(within === undefined ? [] : [within.column])],
    n: values.length,
    query,
  };
}

function namesOf({ within }: Series, names: Readonly<Record<string, string>>): Record<string, string> {
  return { ...names, ...(within !== undefined && { within: within.value }) };
}

/** `Amount of North`. */
function subject({ measure, within }: Series): Piece[] {
  const name: Piece = { name: measureName(measure) };
  return within === undefined ? [name] : [name, " of ", { name: within.value }];
}

function courseOf(series: Series, study: Study): Found | undefined {
  const { course, isAdjusted } = study;
  if (course.kind === "flat") return undefined;
  const { axis, values, positions, periods, measure } = series;
  const { unit } = measure;
  const noun = grainNoun(axis.grain);
  const own = base(series);
  if (course.kind === "trend") {
    const { line, tau, p } = course;
    const level = median(values as number[]);
    const change = line.slope * positions.at(-1)!;
    const found = { slope: line.slope, tau, level, relative: Math.abs(line.slope / level), n: own.n };
    const [from, to] = [periodName(periods[0]!, axis.grain), periodName(periods.at(-1)!, axis.grain)];
    const pieces: Piece[] = [
      ...(isAdjusted ? ["Apart from its seasons, "] : []),
      ...subject(series),
      line.slope > 0 ? " rises by " : " falls by ",
      { value: "slope", unit, unsigned: true },
      ` a ${noun} from `,
      { name: from },
      " to ",
      { name: to },
      ...(level > 0
        ? ([", which is ", { value: "relative", as: "percent" }, ` of the median ${noun}`] as Piece[])
        : []),
      ".",
    ];
    if (Math.abs(change) < least.trend * Math.abs(level)) return undefined;
    return {
      ...own,
      kind: "trend",
      names: namesOf(series, {
        from: periods[0]!,
        to: periods.at(-1)!,
        ...(isAdjusted && { adjusted: baselineName(series, study) }),
      }),
      statement: statementOf(pieces, found),
      values: found,
      test: "Mann-Kendall, slope by Theil and Sen",
      p,
      effect: { name: "tau", value: tau },
      impact: weigh(series, 0.35 * Math.abs(tau) + 0.55 * Math.min(1, Math.abs(change / (level || 1)))),
      pattern: `course:${line.slope > 0}`,
      chart: lineChart(
        series,
        pieces,
        positions.map((position) => line.slope * position + line.intercept),
        "trend",
      ),
    };
  }
  return course.kind === "step" ? stepOf(series, course) : bendOf(series, course);
}

/** `line`, or the period of the step. */
function baselineName({ periods }: Series, { season }: Pick<Study, "season">): string {
  const { baseline = "line" } = season ?? {};
  return baseline === "line" ? baseline : periods[baseline]!;
}

function stepOf(series: Series, { at, p }: { readonly at: number; readonly p: number }): Found | undefined {
  const { axis, values, periods, measure } = series;
  const { unit } = measure;
  const [before, after] = [mean(values.slice(0, at)), mean(values.slice(at))];
  const relative = Math.abs(after - before) / Math.abs(before);
  // A wild value that was drawn in for the test is in these means.
  const isApart = welchP(momentsOf(values.slice(0, at)), momentsOf(values.slice(at))) < alpha;
  if (relative < least.step || !isApart) return undefined;
  const found = { before, after, relative, beforeCount: at, afterCount: values.length - at };
  const noun = grainNoun(axis.grain);
  const pieces: Piece[] = [
    "From ",
    { name: periodName(periods[at]!, axis.grain) },
    " on, ",
    ...subject(series),
    " is ",
    { value: "after", unit },
    ` a ${noun} on average, before it was `,
    { value: "before", unit },
    ...(before > 0 && after > 0
      ? ([` (`, { value: "relative", as: "percent" }, after > before ? " more)" : " less)"] as Piece[])
      : []),
    ".",
  ];
  return {
    ...base(series),
    kind: "change-point",
    names: namesOf(series, { period: periods[at]! }),
    statement: statementOf(pieces, found),
    values: found,
    test: "best split in two, by permutation",
    p,
    effect: { name: "difference of means", value: after - before },
    impact: weigh(series, 0.4 + 0.55 * Math.min(1, relative / 0.5)),
    pattern: `course:${after > before}`,
    chart: lineChart(
      series,
      pieces,
      values.map((_, index) => (index < at ? before : after)),
      "average",
    ),
  };
}

function bendOf(series: Series, { at, p }: { readonly at: number; readonly p: number }): Found | undefined {
  const { axis, values, positions, periods, measure } = series;
  const { unit } = measure;
  const knee = positions[at]!;
  const { fitted } = leastSquares(
    positions.map((position) => [1, position, Math.max(0, position - knee)]),
    values,
  );
  const slope = (one: number, two: number): number =>
    (fitted[two]! - fitted[one]!) / (positions[two]! - positions[one]!);
  const found = { slopeBefore: slope(0, at), slopeAfter: slope(at, values.length - 1) };
  const level = Math.abs(median(values as number[])) || 1;
  const change = Math.max(...fitted) - Math.min(...fitted);
  if (change < least.trend * level) return undefined;
  const noun = grainNoun(axis.grain);
  const verb = (value: number): string => (value > 0 ? "rises" : "falls");
  const pieces: Piece[] = [
    "Until ",
    { name: periodName(periods[at]!, axis.grain) },
    " ",
    ...subject(series),
    ` ${verb(found.slopeBefore)} by `,
    { value: "slopeBefore", unit, unsigned: true },
    ` a ${noun}, from then on it ${verb(found.slopeAfter)} by `,
    { value: "slopeAfter", unit, unsigned: true },
    ".",
  ];
  return {
    ...base(series),
    kind: "change-point",
    names: namesOf(series, { period: periods[at]! }),
    statement: statementOf(pieces, found),
    values: found,
    test: "best bend of a line, by permutation",
    p,
    effect: { name: "change of slope", value: found.slopeAfter - found.slopeBefore },
    impact: weigh(series, 0.35 + 0.55 * Math.min(1, change / level)),
    pattern: `bend:${found.slopeAfter > found.slopeBefore}`,
    chart: lineChart(series, pieces, fitted, "trend"),
  };
}

function seasonalityOf(series: Series, { season }: Study): Found | undefined {
  if (season === undefined) return undefined;
  const { axis, values, measure } = series;
  const level = mean(values.filter((_, index) => index !== season.without));
  const known = season.means.filter((each) => !Number.isNaN(each));
  const centre = mean(known);
  if (level <= 0 || known.length < 2) return undefined;
  const apart = season.means.map((each) => (Number.isNaN(each) ? 0 : (each - centre) / level));
  const [high, low] = [apart.indexOf(Math.max(...apart)), apart.indexOf(Math.min(...apart))];
  const found = {
    above: apart[high]!,
    below: apart[low]!,
    cycles: (values.length - (season.without === undefined ? 0 : 1)) / season.means.length,
  };
  if (found.above - found.below < least.season) return undefined;
  const noun = grainNoun(axis.grain);
  const pieces: Piece[] = [
    ...subject(series),
    axis.grain === "day" ? " follows the week: highest " : " follows the year: highest ",
    { name: seasonName(high, axis.grain) },
    " (",
    { value: "above", as: "percent" },
    ` above the average ${noun}), lowest `,
    { name: seasonName(low, axis.grain) },
    " (",
    { value: "below", as: "percent", unsigned: true },
    " below).",
  ];
  return {
    ...base(series),
    kind: "seasonality",
    names: namesOf(series, {
      high: String(high),
      low: String(low),
      baseline: baselineName(series, { season }),
      ...(season.without !== undefined && { without: series.periods[season.without]! }),
    }),
    statement: statementOf(pieces, found),
    values: found,
    test: "F test by permutation",
    p: season.p,
    effect: { name: "range of seasons", value: found.above - found.below },
    impact: weigh(series, 0.4 + 0.5 * Math.min(1, (found.above - found.below) / 0.6)),
    pattern: `season:${axis.grain}`,
    chart: lineChart({ ...series, measure }, pieces),
  };
}

function outlierOf(series: Series, { outlier }: Study): Found | undefined {
  if (outlier === undefined) return undefined;
  const { axis, values, periods, measure } = series;
  const { unit } = measure;
  const value = values[outlier.index]!;
  const { expected } = outlier;
  const factor = value / expected;
  const found = { value, expected, factor, less: 1 - factor, robustZ: outlier.robustZ };
  if (Math.abs(value - expected) < least.outlier * Math.abs(expected)) return undefined;
  const noun = grainNoun(axis.grain);
  const isFactor = expected > 0 && value > 0 && (found.factor >= 1.1 || found.factor <= 0.9);
  const given =
    outlier.design === "flat"
      ? ` on average the other ${noun}s give `
      : ` the course of the other ${noun}s gives `;
  const pieces: Piece[] = [
    { name: upperFirst(periodName(periods[outlier.index]!, axis.grain)) },
    " stands out: ",
    ...subject(series),
    " is ",
    { value: "value", unit },
    `,${given}`,
    { value: "expected", unit },
    ...(isFactor
      ? ((factor > 1
          ? [" (", { value: "factor", as: "factor" }, " times as much)"]
          : [" (", { value: "less", as: "percent" }, " less)"]) as Piece[])
      : []),
    ".",
  ];
  if (!Number.isFinite(found.robustZ)) return undefined;
  return {
    ...base(series),
    kind: "outlier",
    names: namesOf(series, { period: periods[outlier.index]!, design: outlier.design }),
    statement: statementOf(pieces, found),
    values: found,
    test: "outlier test by deleted residuals",
    p: outlier.p,
    effect: { name: "robust z", value: outlier.robustZ },
    impact: weigh(series, 0.4 + 0.5 * Math.min(1, Math.abs(value - expected) / (Math.abs(expected) || 1))),
    pattern: `outlier:${periods[outlier.index]}`,
    chart: lineChart(series, pieces),
  };
}

/** What holds for a part of the table only counts less. */
function weigh({ share, measure }: Series, strength: number): number {
  return strength * measure.weight * Math.sqrt(share);
}

/** The measure along time, beside it what is said of it. */
export function lineChart(
  { axis, periods, values, measure, within }: Series,
  pieces: readonly Piece[],
  fitted?: readonly number[],
  fittedName = "trend",
): NonNullable<Found["chart"]> {
  const name = measureName(measure) + (within === undefined ? "" : ` of ${within.value}`);
  const unit = measure.unit === undefined || measure.unit === "%" ? "" : ` (${measure.unit})`;
  const isTime = axis.grain !== "month-name";
  const result: ResultTable = {
    columns: [
      { name: axis.column, type: "VARCHAR" },
      { name, type: "DOUBLE", ...(measure.unit !== undefined && { unit: measure.unit }) },
      ...(fitted === undefined ? [] : [{ name: fittedName, type: "DOUBLE" }]),
    ],
    rows: periods.map((period, index) => [
      period,
      values[index]!,
      ...(fitted === undefined ? [] : [fitted[index]!]),
    ]),
    isTruncated: false,
  };
  const statement = pieces.map((piece) =>
    typeof piece === "string" ? piece : "name" in piece ? piece.name : "…",
  );
  return {
    result,
    spec: {
      kind: "line",
      title: `${name} by ${grainNoun(axis.grain)}`,
      category: 0,
      categoryScale: isTime ? "time" : "names",
      values: [{ column: 1, name }, ...(fitted === undefined ? [] : [{ column: 2, name: fittedName }])],
      axisTitles: { value: `${name}${unit}` },
      sort: isTime ? "by-category" : "listed",
      altText: `Line of ${name} by ${grainNoun(axis.grain)}. ${statement.join("")}`,
    },
  };
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
