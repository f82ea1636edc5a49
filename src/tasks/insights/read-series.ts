import { quoteText } from "../../data/sql-names.ts";
import type { Json } from "../../json.ts";
import type { Grouping, Measure, Subject } from "./subjects.ts";
import type { RunQuery, TimeAxis } from "./time-grain.ts";
import { leastValues } from "./types.ts";

/** A measure along time, whole periods only, in their order. */
export type Series = {
  readonly measure: Measure;
  readonly axis: TimeAxis;
  readonly periods: readonly string[];
  /** Where each period comes, counted in periods from any start. */
  readonly positions: readonly number[];
  readonly values: readonly number[];
  /** The only group it is about. */
  readonly within?: { readonly column: string; readonly value: string };
  /** 0 to 1: which part of the table it is about. */
  readonly share: number;
  /** Gives the periods and values, also those that are left out as not whole. */
  readonly query: string;
  /** Where they are not the whole columns. */
  readonly cells?: readonly string[];
};

const mostPeriods = 3_000;

/** The series of each measure over the whole table. */
export async function readSeries(subject: Subject, axis: TimeAxis, run: RunQuery): Promise<Series[]> {
  const { measures } = subject;
  if (measures.length === 0) return [];
  const { rows } = await run(seriesSql(subject, axis, measures));
  if (rows.length > mostPeriods) return [];
  return measures.flatMap((measure, index): Series[] => {
    const points = rows.map((row) => [row[0]!, row[2 + 2 * index]!, row[3 + 2 * index]!, row[1]!]);
    const series = wholeSeries(axis, points);
    if (series === undefined) return [];
    return [{ measure, axis, ...series, share: 1, query: seriesSql(subject, axis, [measure]) }];
  });
}

/** The series of one measure in each of the largest groups. */
export async function readGroupSeries(
  subject: Subject,
  axis: TimeAxis,
  {
    measure,
    grouping,
    most,
  }: { readonly measure: Measure; readonly grouping: Grouping; readonly most: number },
  run: RunQuery,
): Promise<Series[]> {
  const value = `${measure.fn}(${measure.sql})`;
  const { rows } = await run(
    `SELECT ${grouping.sql}, ${axis.sql}, ${value}, count(${measure.sql}), count(*) FROM ${subject.sql} WHERE ${grouping.sql} IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  const byGroup = Map.groupBy(rows, ([group]) => String(group));
  const size = (own: readonly (readonly Json[])[]): number =>
    own.reduce((sum, row) => sum + (measure.fn === "sum" ? Math.abs(Number(row[2])) : Number(row[3])), 0);
  const total = size(rows);
  return [...byGroup]
    .sort(([, one], [, two]) => size(two) - size(one))
    .slice(0, most)
    .flatMap(([group, own]): Series[] => {
      const series = wholeSeries(
        axis,
        own.map(([, ...rest]) => rest),
      );
      if (series === undefined) return [];
      const where = `${grouping.sql} = ${quoteText(group)}`;
      return [
        {
          measure,
          axis,
          ...series,
          within: { column: grouping.name, value: group },
          share: total === 0 ? 0 : size(own) / total,
          query: seriesSql(subject, axis, [measure], where),
        },
      ];
    });
}

function seriesSql(subject: Subject, axis: TimeAxis, measures: readonly Measure[], where?: string): string {
  const values = measures.map(({ fn, sql }) => `${fn}(${sql}), count(${sql})`).join(", ");
  const condition = where === undefined ? "" : ` WHERE ${where}`;
  return `SELECT ${axis.sql} AS period, count(*), ${values} FROM ${subject.sql}${condition} GROUP BY 1 ORDER BY 1`;
}

/** A period more of whose cells are empty says more about what is missing than about the measure. */
const leastFilled = 0.7;

/**
 * The points of rows of period, value, cells that are filled, and rows. Undefined for too few periods, or too many that
 * are missing in between.
 */
function wholeSeries(
  axis: TimeAxis,
  rows: readonly (readonly Json[])[],
): Pick<Series, "periods" | "positions" | "values"> | undefined {
  const kept = rows
    .filter(([period = null, value = null, filled, all]) => {
      if (period === null || value === null || !axis.isWhole(String(period))) return false;
      return Number(filled) >= leastFilled * Number(all);
    })
    .map(([period, value]) => ({ period: String(period), value: Number(value) }))
    .map((each) => ({ ...each, position: axis.position(each.period) }))
    .sort((one, two) => one.position - two.position);
  if (kept.length < leastValues) return undefined;
  const span = kept.at(-1)!.position - kept[0]!.position + 1;
  // Weekends and holidays may be missing.
  if (kept.length < (axis.grain === "day" ? 0.5 : 0.8) * span) return undefined;
  if (new Set(kept.map(({ value }) => value)).size < 3) return undefined;
  return {
    periods: kept.map(({ period }) => period),
    positions: kept.map(({ position }) => position - kept[0]!.position),
    values: kept.map(({ value }) => value),
  };
}
