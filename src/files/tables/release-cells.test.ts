import { expect, it } from "vitest";
import { openWorkbook } from "../xlsx/open-workbook.ts";
import { readSheet } from "../xlsx/read/read-sheet.ts";
import { workbookFile } from "../xlsx/workbook.fixture.ts";
import { tableOf } from "./build-table.ts";
import { classifyCells } from "./cell-classes.ts";
import { regionsOf } from "./find-regions.ts";
import { releaseCells } from "./release-cells.ts";

it("gives back the memory of cells, but not of values that a table took over", async () => {
  const texts = ["Ann", "Bob", "Cid"].map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`);
  const body = texts.map((text, index) => `<row>${text}<c><v>${index + 0.5}</v></c></row>`).join("");
  const head = ["name", "age"].map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`).join("");
  const workbook = openWorkbook(
    workbookFile({ sheets: [{ name: "People", rows: `<row>${head}</row>${body}` }] }),
  );
  const cells = await readSheet(workbook, workbook.sheets[0]!);
  const classes = classifyCells(cells);
  const { table } = tableOf(classes, regionsOf(classes, { sheetTables: [] })[0]!, { name: "people" });
  releaseCells(cells, [table]);
  expect(table.columns.map(({ values }) => [...values])).toEqual([
    [0, 1, 2],
    [0.5, 1.5, 2.5],
  ]);
  expect(cells.columns.map(({ values, kinds }) => [values.length, kinds.length])).toEqual([
    [0, 0],
    [4, 0],
  ]);
});
