import { describe, expect, it } from "vitest";
import { TandemError } from "../../src/errors.ts";
import { cellText, cellValue, openWorkbook, readComments, readSheet } from "../../src/files/index.ts";
import { corpusFiles } from "./corpus-files.ts";

const files = corpusFiles(["xlsx", "broken"], /\.(xlsx|xlsm|xltx|xltm)$/);

describe.skipIf(files.length === 0)("reading real workbooks", () => {
  it("reads every sheet, or says of a damaged one what is wrong with it", async () => {
    const refused: string[] = [];
    const counts = { workbooks: 0, sheets: 0, cells: 0, formulas: 0, tables: 0, comments: 0 };
    for (const { name, bytes } of files) {
      try {
        const workbook = openWorkbook(bytes);
        counts.workbooks++;
        counts.tables += workbook.tables.length;
        for (const sheet of workbook.sheets) {
          const cells = await readSheet(workbook, sheet);
          counts.sheets++;
          counts.cells += cells.cellCount;
          counts.formulas += cells.formulas.count;
          counts.comments += readComments(workbook, sheet).length;
          for (let index = 0; index < cells.formulas.count; index++) cells.formulas.text(index);
          for (const row of cells.rows) {
            cells.columns.forEach((_, column) => {
              const value = cellValue(cells, row, column);
              if (value !== undefined && value !== "")
                expect(typeof cellText(cells, row, column)).toBe("string");
            });
          }
        }
      } catch (error) {
        if (!(error instanceof TandemError)) throw new Error(name, { cause: error });
        refused.push(`${name}: ${error.message}`);
      }
    }
    console.log(counts);
    console.log(refused.join("\n"));
    expect(refused.filter((each) => !/clusterfuzz/.test(each))).toEqual([]);
    expect(counts.cells).toBeGreaterThan(100_000);
  });
});
