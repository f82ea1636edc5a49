import { quoteName } from "../../data/index.ts";
import { cellsOfRow } from "./quality/cells-of-rows.ts";
import type { Series } from "./read-series.ts";
import type { Subject } from "./subjects.ts";
import { type Grain, positionOf, type RunQuery, type TimeAxis } from "./time-grain.ts";
import { leastValues } from "./types.ts";

const mostRows = 40;

/** Each row of a table whose columns are years, quarters or months as a series with the row's label for a name. */
export async function readWideSeries(subject: Subject, run: RunQuery): Promise<Series[]> {
  const { found, loaded, sql, profile } = subject;
  const { wide, table } = found;
  const grain = wide === undefined ? undefined : grainOf(wide.kind);
  const columns = (wide?.columns ?? []).filter(
    ({ period, measure }) => /^\d{4}(-Q\d|-\d\d)?$/.test(period) && measure === undefined,
  );
  const label = profile.subject?.column;
  if (grain === undefined || label === undefined || table.rowCount > mostRows) return [];
  if (columns.length < leastValues || new Set(columns.map(({ period }) => period)).size < columns.length)
    return [];
  const sqlOf = (name: string): string =>
    quoteName(loaded.description.columns[table.columns.findIndex((each) => each.name === name)]!.name);
  const query = `SELECT ${[label.name, ...columns.map(({ name }) => name)].map(sqlOf).join(", ")} FROM ${sql} ORDER BY rowid`;
  const { rows } = await run(query);
  const axis: TimeAxis = {
    column: label.name,
    grain,
    sql: "",
    isWhole: () => true,
    position: (period) => positionOf(period, grain),
  };
  const order = columns
    .map(({ period, name }, index) => ({ period, index, position: axis.position(period), name }))
    .sort((one, two) => one.position - two.position);
  const numbers = table.columns.find(({ name }) => name === columns[0]!.name)!;
  return rows.flatMap(([name = null, ...values], row): Series[] => {
    const kept = order.filter(({ index }) => values[index] !== null && values[index] !== undefined);
    if (
      name === null ||
      kept.length < leastValues ||
      new Set(kept.map(({ index }) => values[index])).size < 3
    )
      return [];
    return [
      {
        measure: {
          name: String(name),
          sql: "",
          fn: "sum",
          weight: 0.8,
          profile: profile.columns.find(({ column }) => column === numbers)!,
          ...(numbers.unit !== undefined && numbers.inHundredths !== true && { unit: numbers.unit }),
        },
        axis,
        periods: kept.map(({ period }) => period),
        positions: kept.map(({ position }) => position - kept[0]!.position),
        values: kept.map(({ index }) => Number(values[index])),
        share: 1,
        query,
        cells: cellsOfRow(
          subject,
          row,
          order.map((each) => each.name),
        ),
      },
    ];
  });
}

function grainOf(kind: string): Extract<Grain, "month" | "quarter" | "year"> | undefined {
  return kind === "month" || kind === "quarter" || kind === "year" ? kind : undefined;
}
