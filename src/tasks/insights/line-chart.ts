import type { ResultTable } from "../ask/compose-answer.ts";
import { grainNoun } from "./period-names.ts";
import type { Series } from "./read-series.ts";
import type { Piece } from "./statement.ts";
import { measureName } from "./subjects.ts";
import type { InsightChart } from "./types.ts";

/** The measure along time, beside it what is said of it. */
export function lineChart(
  { axis, periods, values, measure, within }: Series,
  pieces: readonly Piece[],
  fitted?: readonly number[],
  fittedName = "trend",
): InsightChart {
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
