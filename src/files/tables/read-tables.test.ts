import { describe, expect, it } from "vitest";
import { readDelimited } from "../csv/read-delimited.ts";
import { openWorkbook } from "../xlsx/open-workbook.ts";
import type { Workbook } from "../xlsx/types.ts";
import { type SheetSource, workbookFile } from "../xlsx/workbook.fixture.ts";
import { readTables } from "./read-tables.ts";

/** Rows of a sheet: numbers, and everything else as inline text. */
function rows(drawing: string): string {
  return drawing
    .trim()
    .split("\n")
    .map((line, index) => `<row r="${index + 1}">${line.split("|").map(cell).join("")}</row>`)
    .join("");
}

function cell(written: string): string {
  const text = written.trim();
  if (text === "") return "<c/>";
  return /^-?[\d.]+$/.test(text) ? `<c><v>${text}</v></c>` : `<c t="inlineStr"><is><t>${text}</t></is></c>`;
}

const people = "name | age\nAnn | 31\nBob | 45\nCid | 28";
const costs = "item | price | stock\npen | 1.5 | 3\nink | 4 | 5\npad | 2 | 8";

function workbook(...sheets: SheetSource[]): Workbook {
  return openWorkbook(workbookFile({ sheets }));
}

describe("readTables", () => {
  it("reads all visible sheets and names tables after them", async () => {
    const source = workbook(
      { name: "People", rows: rows(people) },
      { name: "Old", rows: rows(costs), state: "hidden" },
      { name: "Sheet3", rows: rows(costs) },
    );
    const { tables, notes } = await readTables(source, { file: "stock 2024.xlsx" });
    expect(tables.map(({ sheet, table }) => [sheet, table.name, table.rowCount])).toEqual([
      ["People", "People", 3],
      ["Sheet3", "stock 2024", 3],
    ]);
    expect(tables[0]!.table.source).toEqual({ file: "stock 2024.xlsx", sheet: "People", range: "A1:B4" });
    expect(notes).toEqual(["A hidden sheet was left out: Old."]);
    expect((await readTables(source, { includeHidden: true })).tables.length).toBe(3);
  });

  it("names several tables of a sheet after their titles, and never two alike", async () => {
    const drawing = `Income\n${people}\n |\n |\nCosts\n${people}\n |\n |\n${people}`;
    const { tables } = await readTables(
      workbook({ name: "Sheet1", rows: rows(drawing) }, { name: "income", rows: rows(people) }),
    );
    expect(tables.map(({ table }) => table.name)).toEqual(["Income", "Costs", "Sheet1", "income 2"]);
  });

  it("reads the only range that a person wants", async () => {
    const source = workbook({ name: "A b", rows: rows(people) }, { name: "Second", rows: rows(costs) });
    const first = await readTables(source, { range: "A1:B3" });
    expect(first.tables.map(({ table, sheet }) => [sheet, table.source.range, table.rowCount])).toEqual([
      ["A b", "A1:B3", 2],
    ]);
    const quoted = await readTables(source, { range: "'a B'!$A$1:$B$4" });
    expect(quoted.tables[0]!.table.rowCount).toBe(3);
    const second = await readTables(source, { range: "Second!A:B" });
    expect(second.tables[0]!.table.columns.map(({ name }) => name)).toEqual(["item", "price"]);
  });

  it("says what is wrong with a range", async () => {
    const source = workbook({ name: "One", rows: rows(people) });
    await expect(readTables(source, { range: "Two!A1:B2" })).rejects.toMatchObject({
      code: "bad-request",
      hint: "The workbook has: One.",
    });
    await expect(readTables(source, { range: "all of it" })).rejects.toMatchObject({ code: "bad-request" });
    await expect(readTables(source, { range: "Y90:Z99" })).rejects.toThrow("holds no cells");
  });

  it("reads delimited text by the same rules", async () => {
    const text = "Stock list\n\nitem;price\npen;1,50\nink;4,00\nTotal;5,50\n";
    const cells = await readDelimited(new TextEncoder().encode(text));
    const { tables } = await readTables(cells, { file: "stock.csv" });
    expect(tables[0]!.table).toMatchObject({
      name: "Stock list",
      rowCount: 2,
      source: { file: "stock.csv", range: "A3:B5" },
    });
    expect(tables[0]!.sheet).toBeUndefined();
    expect([...tables[0]!.table.columns[1]!.values]).toEqual([1.5, 4]);
  });

  it("leaves forms out and says so, but returns them when there is nothing else", async () => {
    const form = "Name: | Ann\nAge: | 31\nTown: | Rome";
    const both = await readTables(
      workbook({ name: "F", rows: rows(form) }, { name: "T", rows: rows(people) }),
    );
    expect(both.tables.map(({ sheet }) => sheet)).toEqual(["T"]);
    expect(both.notes.join()).toContain("F!A1:B3 was not taken for a table: ");
    const alone = await readTables(workbook({ name: "F", rows: rows(form) }));
    expect(alone.tables.map(({ region }) => region.confidence < 0.5)).toEqual([true]);
  });

  it("finds no tables in empty workbooks and in empty text", async () => {
    expect((await readTables(workbook({}))).tables).toEqual([]);
    expect((await readTables(await readDelimited(new Uint8Array(0)))).tables).toEqual([]);
  });

  it("tells how far it is, and stops when asked to", async () => {
    const source = workbook({ name: "A", rows: rows(people) }, { name: "B", rows: rows(costs) });
    const shares: number[] = [];
    await readTables(source, { onProgress: (share) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    await expect(readTables(source, { signal: AbortSignal.abort() })).rejects.toThrow("aborted");
  });
});
