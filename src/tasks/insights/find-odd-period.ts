import { lineChart } from "./line-chart.ts";
import { grainNoun, periodName } from "./period-names.ts";
import type { Series } from "./read-series.ts";
import { base, type Found, leastEffect, namesOf, subject, weigh } from "./series-finding.ts";
import { type Piece, statementOf } from "./statement.ts";
import type { Study } from "./study-series.ts";

/** The period of a series that lies apart from what the others give. */
export function findOddPeriod(series: Series, { outlier, course }: Study): Found | undefined {
  if (outlier === undefined) return undefined;
  const { axis, values, periods, measure } = series;
  const { unit } = measure;
  const value = values[outlier.index]!;
  const { expected } = outlier;
  const factor = value / expected;
  const found = { value, expected, factor, less: 1 - factor, robustZ: outlier.robustZ };
  const apart = Math.abs(value / daysShare(series, outlier.index) - expected);
  if (Math.min(apart, Math.abs(value - expected)) < leastEffect.outlier * Math.abs(expected))
    return undefined;
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
  const isTurned = /^(step|bend)/.test(outlier.design) && (course.kind === "step" || course.kind === "bend");
  return {
    ...base(series),
    kind: "outlier",
    names: namesOf(series, {
      period: periods[outlier.index]!,
      design: outlier.design,
      ...(isTurned && { turn: periods[course.at]! }),
    }),
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

/** What a month has of the days of an average one, where a day more adds more: a February is a tenth short of others. */
function daysShare({ axis, measure, periods }: Series, index: number): number {
  if (axis.grain !== "month" || measure.fn !== "sum") return 1;
  const [year = 0, month = 0] = periods[index]!.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).getUTCDate() / 30.44;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
