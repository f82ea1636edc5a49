import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { cellFormula, cellText, openWorkbook, readPart, readSheet } from "../../files/index.ts";
import { type AskInput, type AskOutput, askTask } from "./task.ts";

const orders = new Uint8Array(readFileSync(new URL("../../../demo/orders.xlsx", import.meta.url)));
const engine = createRequire(import.meta.url).resolve("@ironcalc/wasm");
const formulaEngine = new Uint8Array(readFileSync(join(dirname(engine), "wasm_bg.wasm")));

function ask(input: Partial<AskInput>): Promise<AskOutput> {
  const context = { now: new Date("2026-01-02T03:04:05Z"), timeZone: "UTC", emit: () => undefined };
  const sheet = { author: "Tandem", formulaEngine };
  return askTask.run({ files: [{ name: "orders.xlsx", bytes: orders }], sheet, ...input }, context);
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
    const texts = [24, 25, 26, 27, 28].map((row) => cellText(answer, row, 0)).join("\n");
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
