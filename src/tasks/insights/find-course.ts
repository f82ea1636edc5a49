import { mean, median } from "simple-statistics";
import { lineChart } from "./line-chart.ts";
import { grainNoun, periodName } from "./period-names.ts";
import type { Series } from "./read-series.ts";
import { base, baselineName, type Found, leastEffect, namesOf, subject, weigh } from "./series-finding.ts";
import { type Piece, statementOf } from "./statement.ts";
import { leastSquares } from "./statistics/least-squares.ts";
import { momentsOf, welchP } from "./statistics/two-groups.ts";
import type { Study } from "./study-series.ts";
import { alpha } from "./types.ts";

/** The course of a series: how it rises or falls, or where it changed. */
export function findCourse(series: Series, study: Study): Found | undefined {
  const { course, isAdjusted } = study;
  const adjusted = isAdjusted ? { adjusted: baselineName(series, study) } : {};
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
    if (Math.abs(change) < leastEffect.trend * Math.abs(level)) return undefined;
    return {
      ...own,
      kind: "trend",
      names: namesOf(series, {
        from: periods[0]!,
        to: periods.at(-1)!,
        ...adjusted,
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
  const turned = course.kind === "step" ? stepOf(series, course) : bendOf(series, course);
  return turned && { ...turned, names: { ...turned.names, ...adjusted } };
}

function stepOf(series: Series, { at, p }: { readonly at: number; readonly p: number }): Found | undefined {
  const { axis, values, periods, measure } = series;
  const { unit } = measure;
  const [before, after] = [mean(values.slice(0, at)), mean(values.slice(at))];
  const relative = Math.abs(after - before) / Math.abs(before);
  // A wild value that was drawn in for the test is in these means.
  const isApart = welchP(momentsOf(values.slice(0, at)), momentsOf(values.slice(at))) < alpha;
  if (relative < leastEffect.step || !isApart) return undefined;
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
    test: "best split in two, by simulation",
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
  if (change < leastEffect.trend * level) return undefined;
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
    test: "best bend of a line, by simulation",
    p,
    effect: { name: "change of slope", value: found.slopeAfter - found.slopeBefore },
    impact: weigh(series, 0.35 + 0.55 * Math.min(1, change / level)),
    pattern: `bend:${found.slopeAfter > found.slopeBefore}`,
    chart: lineChart(series, pieces, fitted, "trend"),
  };
}
