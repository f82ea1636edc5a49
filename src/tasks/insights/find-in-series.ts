import { findCourse } from "./find-course.ts";
import { findOddPeriod } from "./find-odd-period.ts";
import { findSeasonality } from "./find-seasonality.ts";
import type { Series } from "./read-series.ts";
import { type Points, studySeries } from "./study-series.ts";
import { seasonOf } from "./time-grain.ts";
import { type Look, leastValues } from "./types.ts";

const cycles: Readonly<Record<string, number>> = { month: 12, quarter: 4, day: 7 };

/** Patterns of one measure along time: its course, its seasons and the period that lies apart. */
export function findInSeries(series: Series, table: string): Look {
  if (series.values.length < leastValues) return { candidates: [], pValues: [] };
  const study = studySeries(pointsOf(series));
  const found = [findCourse(series, study), findSeasonality(series, study), findOddPeriod(series, study)];
  return {
    candidates: found.flatMap((each) => (each === undefined ? [] : [{ ...each, table }])),
    pValues: study.pValues,
  };
}

function pointsOf({ axis, periods, positions, values }: Series): Points {
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
