import { mean } from "simple-statistics";
import { lineChart } from "./line-chart.ts";
import { grainNoun, seasonName } from "./period-names.ts";
import type { Series } from "./read-series.ts";
import { base, baselineName, type Found, leastEffect, namesOf, subject, weigh } from "./series-finding.ts";
import { type Piece, statementOf } from "./statement.ts";
import type { Study } from "./study-series.ts";

/** What comes back every year or week in a series. */
export function findSeasonality(series: Series, { season }: Study): Found | undefined {
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
  if (found.above - found.below < leastEffect.season) return undefined;
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
