import { expect, it } from "vitest";
import { openWorkbook, readSheet, type SheetCells } from "../../files/index.ts";
import { readTables } from "../../files/tables/read-tables.ts";
import { t, workbookFile } from "../../files/xlsx/workbook.fixture.ts";
import type { Table } from "../../table.ts";
import type { Calculation, Measure, Plan } from "./plan.ts";
import { resultFormats, scaleFormat } from "./result-formats.ts";
import { resultTable } from "./result-table.fixture.ts";

const formats = ['"$"#,##0', "0%", "dd/mm/yyyy", '#,##0.00\\ "€";[Red]-#,##0.00\\ "€"', "0"];
const heads = ["Name", "Pay", "Bonus", "Start", "Costs", "Points", "Year"];

async function staff(): Promise<{ tables: Table[]; sheets: SheetCells[] }> {
  const text = (address: string, value: string): string =>
    `<c r="${address}" t="inlineStr"><is>${t(value)}</is></c>`;
  const head = heads.map((name, at) => text(`${String.fromCharCode(65 + at)}1`, name)).join("");
  const rows = [1, 2, 3, 4].map((at) => {
    const numbers = [40_000 + at, 0.05 * at, 45_000 + at, 10.5 * at, at, 2020 + at];
    const styles = [1, 2, 3, 4, 5, 0];
    const cells = numbers.map(
      (value, index) =>
        `<c r="${String.fromCharCode(66 + index)}${at + 1}" s="${styles[index]}"><v>${value}</v></c>`,
    );
    return `<row r="${at + 1}">${text(`A${at + 1}`, `Person ${at}`)}${cells.join("")}</row>`;
  });
  const book = openWorkbook(
    workbookFile({ formats, sheets: [{ rows: `<row r="1">${head}</row>${rows.join("")}` }] }),
  );
  const { tables } = await readTables(book);
  return { tables: tables.map(({ table }) => table), sheets: [await readSheet(book, book.sheets[0]!)] };
}

async function formatOf(measure: Measure, over?: Plan["over"]): Promise<(string | undefined)[]> {
  const { tables, sheets } = await staff();
  const plan: Plan = {
    table: tables[0]!.name,
    groupBy: [{ column: "Name" }],
    measures: [measure],
    ...(over && { over }),
  };
  const columns = ["Name", "value:DOUBLE", ...(over === undefined ? [] : ["over:DOUBLE"])];
  const result = resultTable(columns, [
    ["a", 1.5, 1].slice(0, columns.length),
    ["b", 2.25, 2].slice(0, columns.length),
  ]);
  return resultFormats({ result, calculation: plan, tables, sheets });
}

it("takes the format of the cells, with decimals for averages", async () => {
  expect(await formatOf({ fn: "sum", column: "Pay" })).toEqual([undefined, '"$"#,##0']);
  expect(await formatOf({ fn: "average", column: "Pay" })).toEqual([undefined, '"$"#,##0.00']);
  expect(await formatOf({ fn: "average", column: "Bonus" })).toEqual([undefined, "0.0%"]);
  expect(await formatOf({ fn: "average", column: "Points" })).toEqual([undefined, "0.00"]);
  expect(await formatOf({ fn: "average", column: "Costs" })).toEqual([undefined, formats[3]]);
  expect(await formatOf({ fn: "min", column: "Start" })).toEqual([undefined, "dd/mm/yyyy"]);
  expect(await formatOf({ fn: "count", column: "Pay" })).toEqual([undefined, "#,##0"]);
});

it("shows shares with a decimal, ranks without, and changes as the values", async () => {
  const sum = { fn: "sum", column: "Pay" } as const;
  expect((await formatOf(sum, { measure: 0, as: "share" }))[2]).toBe("0.0");
  expect((await formatOf(sum, { measure: 0, as: "rank" }))[2]).toBe("0");
  expect((await formatOf(sum, { measure: 0, as: "change" }))[2]).toBe('"$"#,##0');
});

it("shows months as months and years as years", async () => {
  const { tables, sheets } = await staff();
  const calculation: Calculation = {
    table: tables[0]!.name,
    groupBy: [{ column: "Start", grain: "month" }, { column: "Year" }],
    measures: [{ fn: "count" }],
  };
  const result = resultTable(
    ["Start (month)", "Year:BIGINT", "number of rows:BIGINT"],
    [
      ["2023-03", 2021, 4],
      ["2023-04", 2022, 5],
    ],
  );
  expect(resultFormats({ result, calculation, tables, sheets })).toEqual(["mmm yyyy", "0", "#,##0"]);
});

it("goes by the values where no cell says it", () => {
  const of = (column: string, values: readonly number[]): string | undefined =>
    resultFormats({
      result: resultTable(
        ["name", column],
        values.map((value, at) => [`n${at}`, value]),
      ),
      tables: [],
      sheets: [],
    })[1];
  expect(of("total:DOUBLE", [1200, 7])).toBe("#,##0");
  expect(of("total:DOUBLE", [72.7, 66])).toBe("#,##0.0");
  expect(of("total:DOUBLE:€", [72.71, 66.125])).toBe('#,##0.00 "€"');
  expect(of("total:DOUBLE:$", [72.71, 66.125])).toBe('"$"#,##0.00');
  expect(of("total:DOUBLE", [0.0123, 0.5])).toBe("#,##0.0000");
  expect(of("part:DOUBLE:%", [0.1, 0.5])).toBe("0.0%");
  expect(of("year:BIGINT", [2023, 2024])).toBe("0");
});

it("writes the marks of a scale shorter than the values", () => {
  expect(scaleFormat('#,##0.00 "€"', [5000], 1)).toBe('#,##0 "€"');
  expect(scaleFormat("#,##0.00", [5e9], 1e6)).toBe("#,##0,,");
  expect(scaleFormat("#,##0", [5e6], 1e6)).toBe("#,##0.0,,");
  expect(scaleFormat("0.0%", [0.4], 1)).toBe("0%");
  expect(scaleFormat(undefined, [4.25], 1)).toBe("General");
  expect(scaleFormat("dd/mm/yyyy", [45_000], 1)).toBeUndefined();
});
