import { expect, it } from "vitest";
import { ironcalcProgram } from "../../apps/cli/ironcalc-program.ts";
import { openWorkbook, readSheet, type SheetCells } from "../../files/index.ts";
import { t, type WorkbookSource, workbookFile } from "../../files/xlsx/workbook.fixture.ts";
import type { Json } from "../../json.ts";
import { type CheckFormulasOptions, checkFormulas, type FormulaCheck } from "./check-formulas.ts";

const wasm = await ironcalcProgram();

async function sheetsOf(source: WorkbookSource | string): Promise<SheetCells[]> {
  const book = openWorkbook(workbookFile(source));
  return Promise.all(book.sheets.map((sheet) => readSheet(book, sheet)));
}

const row = (number: number, ...values: readonly (number | string)[]): string =>
  `<row r="${number}">${values
    .map((value, index) => {
      const address = `${String.fromCharCode(65 + index)}${number}`;
      return typeof value === "number"
        ? `<c r="${address}"><v>${value}</v></c>`
        : `<c r="${address}" t="inlineStr"><is>${t(value)}</is></c>`;
    })
    .join("")}</row>`;

const sales = row(1, "a", 0.1) + row(2, "b", 0.2) + row(3, "a", 12_345_678.9);

async function check(
  source: WorkbookSource | string,
  formula: string,
  value: Json,
  options: CheckFormulasOptions = {},
): Promise<FormulaCheck> {
  const formulas = [{ sheet: "Answer", cell: "A1", formula, value }];
  const [found] = await checkFormulas(formulas, await sheetsOf(source), { wasm, ...options });
  return found!;
}

it("agrees with a value that differs in the last digits only", async () => {
  expect(await check(sales, "SUM(Sheet1!$B$1:$B$3)", 12_345_679.2)).toMatchObject({ verdict: "agrees" });
  expect(await check(sales, "SUM(Sheet1!$B$1:$B$3)", "12345679.200")).toMatchObject({ verdict: "agrees" });
});

it("tells a wrong value, and what it should be", async () => {
  const found = await check(sales, 'SUMIFS(Sheet1!$B$1:$B$3,Sheet1!$A$1:$A$3,"a")', 12_345_679.1);
  expect(found).toMatchObject({ verdict: "disagrees", recomputed: 12_345_679 });
  expect(found.reason).toContain("12345679");
  expect(await check(sales, "SUM(Sheet1!B1)/0", null)).toMatchObject({
    verdict: "disagrees",
    recomputed: "#DIV/0!",
  });
  expect(await check(sales, "SUM(Sheet1!B1)", null)).toMatchObject({ verdict: "disagrees" });
  expect(await check(sales, 'SUMIFS(Sheet1!B1:B3,Sheet1!A1:A3,"x")', null)).toMatchObject({ recomputed: 0 });
});

it("reads cells as they stand: a number written as text is no number", async () => {
  const source = row(1, "5") + row(2, 7);
  expect(await check(source, "SUM(Sheet1!$A$1:$A$2)", 12)).toMatchObject({
    verdict: "disagrees",
    recomputed: 7,
  });
});

it("takes texts of a workbook for texts, whatever they look like", async () => {
  const texts = ["=1+1", "'quoted", "TRUE", "#N/A", "+5", "@x", "{=1}", "1/2"];
  const source = texts.map((text, index) => row(index + 1, text)).join("");
  for (const [index, text] of texts.entries()) {
    expect(await check(source, `Sheet1!A${index + 1}`, text)).toMatchObject({ verdict: "agrees" });
  }
});

it("takes what a formula of the workbook gave, its errors too, and counts days from 1904 where the workbook does", async () => {
  const stored =
    '<row r="1"><c r="A1"><f>1+1</f><v>40</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>';
  expect(await check(stored, "Sheet1!A1+2", 42)).toMatchObject({ verdict: "agrees" });
  expect(await check(stored, "SUM(Sheet1!A1:B1)", 40)).toMatchObject({
    verdict: "disagrees",
    recomputed: "#DIV/0!",
  });
  const from1904 = {
    before: '<workbookPr date1904="1"/>',
    formats: ["yyyy-mm-dd"],
    sheets: [{ rows: '<row r="1"><c r="A1" s="1"><v>43830</v></c></row>' }],
  };
  expect(await check(from1904, "MAX(Sheet1!A1:A1)", "2024-01-01")).toMatchObject({ verdict: "agrees" });
});

it("lets formulas of the new sheet read each other", async () => {
  const formulas = [
    { sheet: "Answer", cell: "B1", formula: "SUM(Sheet1!B1:B2)", value: 0.3 },
    { sheet: "Answer", cell: "B2", formula: "B1*2", value: 0.6 },
  ];
  const checks = await checkFormulas(formulas, await sheetsOf(sales), { wasm });
  expect(checks.map(({ verdict }) => verdict)).toEqual(["agrees", "agrees"]);
});

it("leaves unchecked what it can't read or would take too long, and says why", async () => {
  const reasons = [
    "SUM(Sales)",
    "SUM(Nowhere!A1)",
    "SUM([1]Other!A1)",
    'INDIRECT("A1")',
    "SUM(Sheet1:Sheet2!A1)",
    "SUM(T[x])",
  ];
  for (const formula of reasons) {
    expect(await check(sales, formula, 1), formula).toMatchObject({ verdict: "not-checked" });
  }
  expect(await check(sales, "NOSUCH(Sheet1!A1)", 1)).toMatchObject({ verdict: "not-checked" });
  const large = await check(sales, "SUM(Sheet1!A:B)", 1, { mostCells: 5 });
  expect(large).toMatchObject({ verdict: "not-checked", reason: "the formulas read 6 cells, more than 5" });
});

it("leaves unchecked what it has no engine for, and stops when asked", async () => {
  expect(await checkFormulas([], [])).toEqual([]);
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(check(sales, "SUM(Sheet1!B1)", 0.1, { signal })).rejects.toThrow("enough");
});
