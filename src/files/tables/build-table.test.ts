import { describe, expect, it } from "vitest";
import type { TableColumn } from "../../table.ts";
import { type BuiltTable, buildTable } from "./build-table.ts";
import { findRegions } from "./find-regions.ts";
import { type GridOptions, grid } from "./grid.fixture.ts";

function build(drawing: string, options?: GridOptions): BuiltTable {
  const cells = grid(drawing, options);
  return buildTable(cells, findRegions(cells)[0]!, { name: "t", file: "a.xlsx" });
}

function columns({ table }: BuiltTable): string[] {
  return table.columns.map(
    ({ name, type, unit }) => `${name}: ${type}${unit === undefined ? "" : ` ${unit}`}`,
  );
}

function values({ table }: BuiltTable, name: string): (string | number | undefined)[] {
  const column = table.columns.find((each) => each.name === name)!;
  return Array.from(column.values, (value, row) => cellOf(column, value, row));
}

function cellOf(column: TableColumn, value: number, row: number): string | number | undefined {
  if (column.present[row] === 0) return undefined;
  return column.type === "text" ? column.strings![value] : value;
}

describe("buildTable", () => {
  it("types columns, and tells where each row stands", () => {
    const built = build(
      "id | day | at | share | ok | note\n1 | 2024-01-05 | 08:30 | 5% | TRUE | a\n2 | 2024-01-06 | 09:00 | 12.5% | FALSE | b",
    );
    expect(columns(built)).toEqual([
      "id: integer",
      "day: date",
      "at: time",
      "share: decimal %",
      "ok: boolean",
      "note: text",
    ]);
    expect(values(built, "day")).toEqual([19_727, 19_728]);
    expect(values(built, "at")).toEqual([30_600, 32_400]);
    expect(values(built, "share")).toEqual([0.05, 0.125]);
    expect(built.table).toMatchObject({
      rowCount: 2,
      source: { file: "a.xlsx", sheet: "Sheet1", range: "A1:F3" },
    });
    expect([...built.table.sheetRows]).toEqual([2, 3]);
  });

  it("keeps what is no number as an exception of a column of numbers", () => {
    const built = build("x | n\na | 1\nb | n/a\nc | 3\nd | #N/A\ne | 5\nf | 2\ng | \nh | 6");
    expect(columns(built)).toEqual(["x: text", "n: integer"]);
    expect(built.table.columns[1]!.exceptions).toEqual([
      { row: 1, text: "n/a" },
      { row: 3, text: "#N/A" },
    ]);
    expect(values(built, "n")[6]).toBeUndefined();
  });

  it("makes text of a column that is of two minds", () => {
    expect(columns(build("x | n\na | 1\nb | two\nc | 3\nd | four"))).toEqual(["x: text", "n: text"]);
  });

  it("reads dates written as text where the whole column tells the day from the month, and no others", () => {
    const dated = build(`at | n\n'2025-01-04 | 1\n'2025-02-11 | 2\n'2025-03-21 | 3`);
    expect(columns(dated)).toEqual(["at: date", "n: integer"]);
    expect(values(dated, "at")[0]).toBe(Date.UTC(2025, 0, 4) / 86_400_000);
    const unclear = build(`at | n\n'03/04/2025 | 1\n'05/06/2025 | 2\n'07/08/2025 | 3`);
    expect(columns(unclear)).toEqual(["at: text", "n: integer"]);
  });

  it("reads numbers written as text exactly, with the unit they were written in", () => {
    const built = build("x | a | b\np | '$ 1,452.4 | '12 %\nq | '(99.0) | '7.5 %\nr | '— | '(0.3)%");
    expect(columns(built)).toEqual(["x: text", "a: decimal $", "b: decimal %"]);
    expect(values(built, "a")).toEqual([1452.4, -99, undefined]);
    expect(values(built, "b")).toEqual([0.12, 0.075, -0.003]);
    expect(built.table.columns[1]!.exceptions).toEqual([{ row: 2, text: "—" }]);
  });

  it("lets all numbers of a column follow the decimal sign that some of them prove", () => {
    const built = build("x | n\na | '1.234\nb | '1.234,56\nc | '7,5");
    expect(values(built, "n")).toEqual([1234, 1234.56, 7.5]);
  });

  it("leaves digits with leading zeros as names", () => {
    const built = build("zip | n\n'01067 | 1\n'80331 | 2\n'10115 | 3");
    expect(values(built, "zip")).toEqual(["01067", "80331", "10115"]);
  });

  it("joins header rows, spreads merged and unmerged group labels, and takes units from a row of their own", () => {
    const merged = build(
      " | 2023 | | 2024 |\nk | plan | real | plan | real\na | 1 | 2 | 3 | 4\nb | 5 | 6 | 7 | 8",
      {
        merges: ["B1:C1", "D1:E1"],
      },
    );
    expect(columns(merged).slice(1)).toEqual([
      "2023 / plan: integer",
      "2023 / real: integer",
      "2024 / plan: integer",
      "2024 / real: integer",
    ]);
    const units = build(
      " | Energy | | Water |\nk | used | cost | used | cost\n | kWh | € | m3 | €\na | 1 | 2 | 3 | 4\nb | 5 | 6 | 7 | 8",
    );
    expect(columns(units)).toEqual([
      "k: text",
      "Energy / used: integer kWh",
      "Energy / cost: integer €",
      "Water / used: integer m3",
      "Water / cost: integer €",
    ]);
  });

  it("puts a span of time over the years only, wherever it is written", () => {
    const built = build(
      " | | Year ended May 31, |\n | '2019 | Change | '2018\na | '1 | '5% | '2\nb | '3 | '4% | '5",
    );
    expect(columns(built).slice(1)).toEqual([
      "Year ended May 31, / 2019: integer",
      "Change: decimal %",
      "Year ended May 31, / 2018: integer",
    ]);
  });

  it("knows units from names, formats, corners and titles", () => {
    expect(columns(build("x | weight (kg) | price\na | 1.5 | €2\nb | 2.5 | €3"))[1]).toBe(
      "weight (kg): decimal kg",
    );
    expect(columns(build("x | weight (kg) | price\na | 1.5 | €2\nb | 2.5 | €3"))[2]).toBe("price: integer €");
    expect(columns(build("($ in millions) | '2019 | '2018\na | '1 | '2\nb | '3 | '4"))[1]).toBe(
      "2019: integer $ million",
    );
    expect(columns(build("Amounts in thousands\nx | n | m\na | €1 | 5\nb | €2 | 6"))[1]).toBe(
      "n: integer € thousand",
    );
  });

  it("gives every column a name of its own", () => {
    expect(columns(build(" | n | N | n\na | 1 | 2 | 3\nb | 4 | 5 | 6"))).toEqual([
      "Column A: text",
      "n: integer",
      "N 2: integer",
      "n 3: integer",
    ]);
  });

  it("leaves sums out and reports them", () => {
    const built = build("x | n | m\na | 1 | 10\nb | 2 | 20\nTotal | 3 | 30");
    expect(built.table.rowCount).toBe(2);
    expect(built.totals).toEqual([
      {
        sheetRow: 4,
        label: "Total",
        values: [
          { column: "n", value: 3 },
          { column: "m", value: 30 },
        ],
      },
    ]);
  });

  it("drops the header where a page repeats it, and columns that only keep others apart", () => {
    const built = build("a | b | | c\nx | 1 | | 2\ny | 3 | | 4\na | b | | c\nz | 5 | | 6\nw | 7 | | 8");
    expect(columns(built)).toEqual(["a: text", "b: integer", "c: integer"]);
    expect(values(built, "a")).toEqual(["x", "y", "z", "w"]);
  });

  it("makes a column of labels over groups of rows", () => {
    const built = build(
      "item | n | m\nFruit: | |\napple | 1 | 2\npear | 3 | 4\nTotal fruit | 4 | 6\nwater | 9 | 9\nBread: | |\nrye | 5 | 6",
    );
    expect(built.sectionColumn).toBe("Section");
    expect(values(built, "Section")).toEqual(["Fruit", "Fruit", undefined, "Bread"]);
    expect(values(built, "item")).toEqual(["apple", "pear", "water", "rye"]);
    expect(built.totals.map(({ label }) => label)).toEqual(["Total fruit"]);
  });

  it("keeps a row that merely lacks its numbers", () => {
    const built = build("item | n | m\napple | 1 | 2\npear | |\nplum | 3 | 4\nfig | 5 | 6");
    expect(built.sectionColumn).toBeUndefined();
    expect(values(built, "item")).toEqual(["apple", "pear", "plum", "fig"]);
  });

  it("fills labels that are merged down over several rows", () => {
    const built = build("floor | room | m2\n1 | a | 20\n | b | 25\n2 | c | 31\n | d | 12", {
      merges: ["A2:A3"],
    });
    expect(values(built, "floor")).toEqual([1, 1, 2, undefined]);
  });

  it("says which columns are spans of time", () => {
    expect(build(" | 2023 | 2024\na | 1 | 2\nb | 3 | 4").wide).toEqual({
      kind: "year",
      columns: [
        { name: "2023", period: "2023" },
        { name: "2024", period: "2024" },
      ],
    });
    const groups = build(
      " | 2023 | | 2024 |\nk | plan | real | plan | real\na | 1 | 2 | 3 | 4\nb | 5 | 6 | 7 | 8",
    );
    expect(groups.wide?.columns[1]).toEqual({ name: "2023 / real", period: "2023", measure: "real" });
    const quarters = build(" | 2024 | | 2025 |\nk | Q1 | Q2 | Q1 | Q2\na | 1 | 2 | 3 | 4\nb | 5 | 6 | 7 | 8");
    expect(quarters.wide?.columns.map(({ period }) => period)).toEqual([
      "2024-Q1",
      "2024-Q2",
      "2025-Q1",
      "2025-Q2",
    ]);
    expect(build("k | @2024-01 | @2024-02\na | 1 | 2\nb | 3 | 4").wide).toMatchObject({
      kind: "month",
      columns: [{ period: "2024-01" }, { period: "2024-02" }],
    });
    expect(build("year | n\n2023 | 1\n2024 | 2").wide).toBeUndefined();
  });

  it("keeps formatted blanks and texts that differ by white space apart from values", () => {
    const built = build("x | t\na | 'red\nb | 'red \nc | '  \nd | 'blue\ne | 'red");
    expect(values(built, "t")).toEqual(["red", "red", undefined, "blue", "red"]);
    expect(built.table.columns[1]!.strings).toEqual(["red", "blue"]);
  });
});
