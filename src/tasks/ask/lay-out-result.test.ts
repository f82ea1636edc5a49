import { expect, it } from "vitest";
import { chooseChart } from "./choose-chart.ts";
import { columnOf, layOutResult, placeOf } from "./lay-out-result.ts";
import type { Plan } from "./plan.ts";
import { resultChart } from "./result-chart.ts";
import { resultTable } from "./result-table.fixture.ts";

const plan: Plan = {
  table: "Orders",
  groupBy: [{ column: "Day", grain: "quarter" }, { column: "Region" }],
  measures: [{ fn: "sum", column: "Amount" }],
};
const result = resultTable(
  ["Day (quarter)", "Region", "sum of Amount:DOUBLE"],
  [
    ["2024-Q2", "North", 5],
    ["2024-Q1", "North", 1],
    ["2024-Q1", null, 2],
    ["2024-Q2", "South", 7],
  ],
);

it("puts one key down in its order and the other across, and leaves free what there is no row for", () => {
  const { spec } = chooseChart(plan, result);
  const { main, beside } = layOutResult(result, plan, spec);
  expect(beside).toBeUndefined();
  expect(main.headings.map(({ text }) => text)).toEqual(["Day (quarter)", "North", "(empty)", "South"]);
  expect(main.rows.map((cells) => cells.map(({ value }) => value))).toEqual([
    ["2024-Q1", 1, 2, null],
    ["2024-Q2", 5, null, 7],
  ]);
  expect(main.rows[0]![1]?.row).toBe(1);
  expect(main.rows[0]![3]?.row).toBeUndefined();
  expect(placeOf(main, 1, 3)).toBe("D5");
});

it("keeps the list where a limit cut it, with the same numbers crossed beside it for the chart", () => {
  const limited: Plan = { ...plan, limit: 4 };
  const { spec } = chooseChart(limited, result);
  const layout = layOutResult(result, limited, spec);
  expect(layout.main.rows).toHaveLength(4);
  expect(layout.beside?.firstColumn).toBe(4);
  expect(columnOf(layout.beside!, 1)).toBe("F4:F5");
  const chart = resultChart(spec!, result, layout, []);
  expect(chart).toMatchObject({ categories: "E4:E5", anchor: "E7" });
  expect(chart.series.map(({ values }) => values)).toEqual(["F4:F5", "G4:G5", "H4:H5"]);
});

it("counts millions in millions on the chart's scale, and leaves the cells alone", () => {
  const one: Plan = { ...plan, groupBy: [{ column: "Region" }] };
  const large = resultTable(
    ["Region", "sum of Amount:DOUBLE:€"],
    [
      ["North", 51e6],
      ["South", 43e6],
    ],
  );
  const { spec } = chooseChart(one, large);
  const chart = resultChart(spec!, large, layOutResult(large, one, spec), [undefined, '#,##0 "€"']);
  expect(chart).toMatchObject({
    numberFormat: "#,##0,,",
    axisTitles: { value: "Sum of Amount (€ million)" },
  });
});

it("gives many bars the height that their names need", () => {
  const one: Plan = { ...plan, groupBy: [{ column: "Region" }] };
  const rows = Array.from({ length: 40 }, (_, at) => [`Region ${at}`, at]);
  const many = resultTable(["Region", "sum of Amount:DOUBLE"], rows);
  const { spec } = chooseChart(one, many);
  expect(resultChart(spec!, many, layOutResult(many, one, spec), []).size?.height).toBe(690);
});

it("puts times across in their order, by their names", () => {
  const months = ["2024-03", "2024-01", "2024-02"];
  const rows = Array.from({ length: 10 }, (_, at) => months.map((month) => [month, `C${at}`, at])).flat();
  const long = resultTable(["Day (month)", "Category", "number of rows:BIGINT"], rows);
  const byBoth: Plan = {
    table: "Orders",
    groupBy: [{ column: "Day", grain: "month" }, { column: "Category" }],
    measures: [{ fn: "count" }],
  };
  const { main } = layOutResult(long, byBoth, chooseChart(byBoth, long).spec);
  expect(main.headings.map(({ text }) => text)).toEqual(["Category", "Jan 2024", "Feb 2024", "Mar 2024"]);
});
