import { describe, expect, it } from "vitest";
import { chartData } from "./chart-data.ts";
import { type ChartChoice, chooseChart } from "./choose-chart.ts";
import type { Measure, Plan } from "./plan.ts";
import { monthsFrom2024, resultTable } from "./result-table.fixture.ts";

const sum: readonly Measure[] = [{ fn: "sum", column: "Amount" }];
const byRegion: Plan = { table: "Orders", groupBy: [{ column: "Region" }], measures: sum };
const byMonth: Plan = { table: "Orders", groupBy: [{ column: "Day", grain: "month" }], measures: sum };
const regions = resultTable(
  ["Region", "sum of Amount:DOUBLE:€"],
  [
    ["North", 5],
    ["South", 9.5],
    [null, 7],
  ],
);
const named = (count: number): ReturnType<typeof resultTable> =>
  resultTable(
    ["Region", "sum of Amount:DOUBLE"],
    Array.from({ length: count }, (_, index) => [`R${index}`, index]),
  );

const kind = (choice: ChartChoice): string | undefined => choice.spec?.kind;

describe("a chart is", () => {
  it("columns for a few short names, the largest first", () => {
    const { spec } = chooseChart(byRegion, regions);
    expect(spec).toMatchObject({ kind: "column", title: "Sum of Amount by Region", sort: "largest-first" });
    expect(spec?.axisTitles).toEqual({ category: "Region", value: "Sum of Amount (€)" });
    const { categories, series } = chartData(spec!, regions);
    expect(categories.map(({ label }) => label)).toEqual(["South", "(empty)", "North"]);
    expect(series).toEqual([{ name: "sum of Amount", values: [9.5, 7, 5] }]);
  });

  it("in the order that was asked for", () => {
    const plan: Plan = { ...byRegion, orderBy: [{ by: "Region", direction: "ascending" }] };
    expect(chooseChart(plan, regions).spec).toMatchObject({ sort: "listed" });
  });

  it("bars for many or long names", () => {
    expect(kind(chooseChart(byRegion, named(9)))).toBe("bar");
    const long = resultTable(
      ["Region", "sum of Amount:DOUBLE"],
      [
        ["Lower Saxony and Bremen", 1],
        ["X", 2],
      ],
    );
    expect(kind(chooseChart(byRegion, long))).toBe("bar");
  });

  it("a line for many times in order, columns for a few", () => {
    const months = (count: number) =>
      resultTable(
        ["Day (month)", "sum of Amount:DOUBLE"],
        monthsFrom2024(count)
          .map((month, index) => [month, index])
          .reverse(),
      );
    const { spec } = chooseChart(byMonth, months(12));
    expect(spec).toMatchObject({ kind: "line", categoryScale: "time", sort: "by-category" });
    expect(
      chartData(spec!, months(12))
        .categories.slice(0, 2)
        .map(({ label }) => label),
    ).toEqual(["Jan 2024", "Feb 2024"]);
    expect(kind(chooseChart(byMonth, months(5)))).toBe("column");
    const years = resultTable(
      ["Year:BIGINT", "sum of Amount:DOUBLE"],
      Array.from({ length: 9 }, (_, index) => [2010 + index, index]),
    );
    expect(kind(chooseChart({ ...byRegion, groupBy: [{ column: "Year" }] }, years))).toBe("line");
    expect(kind(chooseChart(undefined, years))).toBe("line");
  });

  it("no line for years that are numbers of something else", () => {
    const sizes = resultTable(
      ["Size:BIGINT", "sum of Amount:DOUBLE"],
      Array.from({ length: 9 }, (_, index) => [1900 + index, index]),
    );
    const plan: Plan = { ...byRegion, groupBy: [{ column: "Size" }] };
    expect(chooseChart(plan, sizes).spec).toMatchObject({ kind: "column", categoryScale: "numbers" });
    expect(chooseChart(undefined, sizes).spec).toMatchObject({ kind: "scatter" });
  });

  it("a pie for shares of one whole with at most six parts, else bars", () => {
    const shares = (count: number) =>
      resultTable(
        ["Region", "sum of Amount:DOUBLE", "share in %:DOUBLE"],
        Array.from({ length: count }, (_, index) => [`R${index}`, index + 1, 100 / count]),
      );
    const plan: Plan = { ...byRegion, over: { measure: 0, as: "share" } };
    expect(chooseChart(plan, shares(6)).spec).toMatchObject({
      kind: "pie",
      title: "Share of sum of Amount in % by Region",
    });
    expect(kind(chooseChart(plan, shares(7)))).toBe("column");
    expect(kind(chooseChart({ ...plan, limit: 3 }, shares(3)))).toBe("column");
  });

  it("a pie when asked for, unless a part is negative", () => {
    expect(kind(chooseChart(byRegion, regions, { kind: "pie" }))).toBe("pie");
    const loss = resultTable(
      ["Region", "sum of Amount:DOUBLE"],
      [
        ["A", 5],
        ["B", -1],
      ],
    );
    const choice = chooseChart(byRegion, loss, { kind: "pie" });
    expect(choice).toMatchObject({ spec: { kind: "column" } });
    expect(choice.reason).toContain("empty or negative");
  });

  it("points for two numbers of each row", () => {
    const rows = Array.from({ length: 20 }, (_, index) => [`P${index}`, index / 2, 5000 - index]);
    const result = resultTable(["Product", "Price:DOUBLE:€", "Sold:BIGINT"], rows);
    const plan: Plan = { table: "Orders", show: ["Product", "Price", "Sold"] };
    expect(chooseChart(plan, result).spec).toMatchObject({
      kind: "scatter",
      title: "Sold against Price",
      category: 1,
    });
  });

  it("columns with a line for a value and its change", () => {
    const rows = monthsFrom2024(8).map((month, index) => [month, 100 + index, index === 0 ? null : 1.5]);
    const result = resultTable(["Day (month)", "sum of Amount:DOUBLE:€", "change in %:DOUBLE"], rows);
    const { spec } = chooseChart({ ...byMonth, over: { measure: 0, as: "percent-change" } }, result);
    expect(spec).toMatchObject({
      kind: "combo",
      axisTitles: { value: "Sum of Amount (€)", secondary: "Change in %" },
    });
    expect(spec?.values).toEqual([
      { column: 1, name: "sum of Amount", kind: "column" },
      { column: 2, name: "change in %", kind: "line", axis: "secondary" },
    ]);
  });

  it("a series each for a second key", () => {
    const rows = monthsFrom2024(7).flatMap((month, index) => [
      [month, "North", index],
      ...(index === 3 ? [] : [[month, "South", 10 * index]]),
    ]);
    const result = resultTable(["Day (month)", "Region", "sum of Amount:DOUBLE"], rows);
    const plan: Plan = { ...byMonth, groupBy: [{ column: "Day", grain: "month" }, { column: "Region" }] };
    const { spec } = chooseChart(plan, result);
    expect(spec).toMatchObject({ kind: "line", series: 1 });
    expect(chartData(spec!, result).series).toEqual([
      { name: "North", values: [0, 1, 2, 3, 4, 5, 6] },
      { name: "South", values: [0, 10, 20, null, 40, 50, 60] },
    ]);
  });

  it("a series each for the second key of a query of one's own", () => {
    const rows = ["North", "South"].flatMap((region) =>
      ["Chair", "Desk", "Lamp"].map((each, at) => [region, each, at]),
    );
    const { spec } = chooseChart(undefined, resultTable(["region", "product", "total:DOUBLE"], rows));
    expect(spec).toMatchObject({ kind: "column", category: 1, series: 0 });
    const once = resultTable(
      ["name", "town", "total:DOUBLE"],
      [
        ["A", "X", 1],
        ["B", "X", 2],
        ["C", "Y", 3],
      ],
    );
    expect(chooseChart(undefined, once).spec?.series).toBeUndefined();
  });

  it("with what has fewer values across, so that series can be told apart", () => {
    const plan: Plan = { ...byRegion, groupBy: [{ column: "Day", grain: "year" }, { column: "Shop" }] };
    const rows = ["2023", "2024"].flatMap((year) =>
      Array.from({ length: 12 }, (_, at) => [year, `S${at}`, at]),
    );
    const { spec } = chooseChart(plan, resultTable(["Day (year)", "Shop", "sum of Amount:DOUBLE"], rows));
    expect(spec).toMatchObject({ category: 1, series: 0, title: "Sum of Amount by Shop and year" });
  });

  it("on top of each other for many series that add up, beside each other for averages", () => {
    const plan: Plan = { ...byRegion, groupBy: [{ column: "Region" }, { column: "Product" }] };
    const rows = ["N", "S", "E", "W", "M", "O", "P"].flatMap((region) =>
      ["A", "B", "C", "D", "F"].map((product) => [region, product, 5]),
    );
    const result = resultTable(["Region", "Product", "sum of Amount:DOUBLE"], rows);
    expect(chooseChart(plan, result).spec?.stacked).toBe(true);
    const average: Plan = { ...plan, measures: [{ fn: "average", column: "Amount" }] };
    expect(chooseChart(average, result).spec?.stacked).toBeUndefined();
    const loss = { ...result, rows: [...rows.slice(1), ["N", "A", -5]] };
    expect(chooseChart(plan, loss).spec?.stacked).toBeUndefined();
  });

  it("columns and a line with a scale of its own for values of different kinds", () => {
    const plan: Plan = {
      ...byMonth,
      measures: [...sum, { fn: "sum", column: "Cost" }, { fn: "sum", column: "Visitors" }],
    };
    const columns = [
      "Day (month)",
      "sum of Amount:DOUBLE:€",
      "sum of Cost:DOUBLE:€",
      "sum of Visitors:BIGINT",
    ];
    const months = (count: number) =>
      resultTable(
        columns,
        monthsFrom2024(count).map((month, at) => [month, 900 + at, 700 + at, 30 + at]),
      );
    const { spec } = chooseChart(plan, months(12));
    expect(spec?.kind).toBe("combo");
    expect(spec?.values.map(({ kind: each, axis }) => [each, axis])).toEqual([
      ["column", undefined],
      ["column", undefined],
      ["line", "secondary"],
    ]);
    expect(spec?.title).toBe("Sum of Amount, sum of Cost and sum of Visitors by month");
    expect(spec?.axisTitles).toMatchObject({ value: "in €", secondary: "Sum of Visitors" });
    expect(chooseChart(plan, months(30)).spec?.values[0]?.kind).toBe("line");
  });

  it("by months where sheets keep months as their first or last days", () => {
    const labels = (days: readonly string[]): string[] => {
      const result = resultTable(
        ["Month:DATE", "sum of Amount:DOUBLE"],
        days.map((day, at) => [day, at]),
      );
      const { spec } = chooseChart({ ...byRegion, groupBy: [{ column: "Month" }] }, result);
      return chartData(spec!, result).categories.map(({ label }) => label);
    };
    expect(labels(["2024-01-01", "2024-02-01"])).toEqual(["Jan 2024", "Feb 2024"]);
    expect(labels(["2024-01-31", "2024-02-29"])).toEqual(["Jan 2024", "Feb 2024"]);
    expect(labels(["2023-01-01", "2024-01-01"])).toEqual(["2023", "2024"]);
    expect(labels(["2024-01-01", "2024-02-02"])).toEqual(["1 Jan 2024", "2 Feb 2024"]);
  });

  it("of values that one scale can show", () => {
    const plan: Plan = { ...byRegion, measures: [...sum, { fn: "count" }, { fn: "max", column: "Amount" }] };
    const result = resultTable(
      ["Region", "sum of Amount:DOUBLE:€", "number of rows:BIGINT", "largest Amount:DOUBLE:€"],
      [
        ["A", 90, 50, 40],
        ["B", 80, 60, 30],
      ],
    );
    expect(chooseChart(plan, result).spec?.values.map(({ column }) => column)).toEqual([1, 3, 2]);
  });

  it("told in words, with its extremes", () => {
    expect(chooseChart(byRegion, regions).spec?.altText).toBe(
      "Column chart: Sum of Amount by Region. 3 categories: largest 9.5 (South), smallest 5.0 (North).",
    );
  });
});

describe("no chart is made", () => {
  it("of a value, of names, of a part of the rows", () => {
    expect(chooseChart(byRegion, resultTable(["sum of Amount:DOUBLE"], [[5]])).reason).toContain(
      "single value",
    );
    expect(chooseChart(undefined, resultTable(["Name"], [["a"], ["b"]])).reason).toContain("names");
    expect(chooseChart(byRegion, { ...regions, isTruncated: true }).spec).toBeUndefined();
    expect(chooseChart(byRegion, resultTable(["Region", "n:BIGINT"], [])).spec).toBeUndefined();
  });

  it("of more than can be told apart", () => {
    expect(chooseChart(byRegion, named(61)).reason).toContain("60");
    expect(kind(chooseChart(byRegion, named(60)))).toBe("bar");
    const rows = Array.from({ length: 18 }, (_, index) => [
      `R${index % 2}`,
      `S${Math.floor(index / 2)}`,
      index,
    ]);
    const plan: Plan = { ...byRegion, groupBy: [{ column: "Region" }, { column: "Shop" }] };
    expect(kind(chooseChart(plan, resultTable(["Region", "Shop", "sum:DOUBLE"], rows)))).toBe("bar");
    const many = Array.from({ length: 81 }, (_, index) => [
      `R${index % 9}`,
      `S${Math.floor(index / 9)}`,
      index,
    ]);
    expect(chooseChart(plan, resultTable(["Region", "Shop", "sum:DOUBLE"], many)).reason).toContain("series");
  });
});

it("keeps two rows of one name apart", () => {
  const plan: Plan = { table: "People", show: ["Name", "Age"] };
  const result = resultTable(
    ["Name", "Age:BIGINT"],
    [
      ["Smith", 30],
      ["Smith", 40],
    ],
  );
  const { spec } = chooseChart(plan, result);
  expect(chartData(spec!, result).categories.map(({ label }) => label)).toEqual(["Smith", "Smith (2)"]);
});
