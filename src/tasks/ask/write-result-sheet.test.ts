import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  cellFormula,
  cellText,
  openWorkbook,
  readPart,
  readSheet,
  type SheetCells,
} from "../../files/index.ts";
import { decodePart } from "../../files/opc/part-text.ts";
import { type AskInput, type AskOutput, askTask } from "./task.ts";

const orders = new Uint8Array(readFileSync(new URL("../../../demo/orders.xlsx", import.meta.url)));
const engine = createRequire(import.meta.url).resolve("@ironcalc/wasm");
const formulaEngine = new Uint8Array(readFileSync(join(dirname(engine), "wasm_bg.wasm")));

function ask(input: Partial<AskInput>): Promise<AskOutput> {
  const context = { now: new Date("2026-01-02T03:04:05Z"), timeZone: "UTC", emit: () => undefined };
  const sheet = { author: "Tandem", formulaEngine };
  return askTask.run({ files: [{ name: "orders.xlsx", bytes: orders }], sheet, ...input }, context);
}

type Written = { readonly output: AskOutput; readonly cells: SheetCells; readonly chart: string };

/** The new sheet, and its chart where there is one. */
async function written(input: Partial<AskInput>): Promise<Written> {
  const output = await ask(input);
  const workbook = openWorkbook(output.written!.bytes);
  const part = [...workbook.package.entries.keys()].find((name) => /charts\/chart/.test(name));
  return {
    output,
    cells: await readSheet(workbook, workbook.sheets.at(-1)!),
    chart: part === undefined ? "" : decodePart(readPart(workbook.package, part), part).text,
  };
}

describe("a result put into its workbook", () => {
  it("is live formulas that were computed twice, with a native chart and what they stand on", async () => {
    const { written, rows } = await ask({ question: "total amount by month" });
    expect(written?.formulas).toBe(12);
    const workbook = openWorkbook(written!.bytes);
    const answer = await readSheet(workbook, workbook.sheets.find(({ name }) => name === written?.sheet)!);
    expect(cellFormula(answer, 4, 1)).toMatch(/^SUMIFS\(Orders!\$F\$6:\$F\$101,/);
    expect(Number(cellText(answer, 4, 1).replaceAll(",", ""))).toBe(Number(rows[0]!.values[1]));
    expect([...workbook.package.entries.keys()].some((name) => /charts\/chart/.test(name))).toBe(true);
    const texts = [...answer.rows].map((row) => cellText(answer, row, 0)).join("\n");
    expect(texts).toContain("Query: SELECT");
    expect(texts).toContain("Orders!F6:F101");
  });

  it("leaves the sheet that was asked about as it is, to the byte", async () => {
    const { written } = await ask({ question: "how many orders in the North?" });
    const part = (bytes: Uint8Array): Uint8Array =>
      readPart(openWorkbook(bytes).package, "/xl/worksheets/sheet1.xml");
    expect(part(written!.bytes)).toEqual(part(orders));
  });

  it("is refused for several files", async () => {
    const file = { name: "orders.xlsx", bytes: orders };
    await expect(ask({ files: [file, file], question: "total amount" })).rejects.toThrow(/one workbook/);
  });
});

describe("groups of two keys", () => {
  it("stand as a table with one key across, every cell live, and a series of the chart for each column", async () => {
    const { output, cells, chart } = await written({ question: "total amount by month and region" });
    expect(output.rows.length).toBeGreaterThan(24);
    expect(output.written?.formulas).toBe(output.rows.length);
    const regions = new Set(output.rows.map(({ values }) => values[1]));
    const headings = [...regions].map((_, index) => cellText(cells, 3, index + 1));
    expect(new Set(headings)).toEqual(regions);
    expect(cellText(cells, 4, 0)).toMatch(/^Jan 20\d\d$/);
    const [, region, amount] = output.rows[0]!.values;
    const shown = cellText(cells, 4, headings.indexOf(String(region)) + 1);
    expect(Number(shown.replace(/[^\d.]/g, ""))).toBe(Number(amount));
    expect(chart.match(/<c:ser>/g)).toHaveLength(headings.length);
    expect(chart).toContain("<c:f>Answer!$B$3</c:f>");
    expect(chart).toContain("<c:lineChart>");
  });
});

describe("the sheet", () => {
  it("computes shares from its own cells", async () => {
    const { output, cells } = await written({ question: "share of amount by region" });
    const last = 3 + output.rows.length;
    expect(cellFormula(cells, 4, 2)).toBe(`B4/SUM(B$4:B$${last})*100`);
    expect(output.written?.formulas).toBe(2 * output.rows.length);
  });

  it("keeps lines short enough to print, and stands last without being opened", async () => {
    const { output, cells } = await written({ question: "total amount by month and region" });
    expect(Math.max(...[...cells.rows].map((row) => cellText(cells, row, 0).length))).toBeLessThan(120);
    const { package: opc, sheets } = openWorkbook(output.written!.bytes);
    const main = decodePart(readPart(opc, "/xl/workbook.xml"), "workbook").text;
    expect(/activeTab="(\d+)"/.exec(main)?.[1] ?? "0").toBe("0");
    expect(sheets.at(-1)?.name).toBe("Answer");
  });
});
