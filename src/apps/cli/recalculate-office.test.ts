import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { workbookFile } from "../../files/xlsx/workbook.fixture.ts";
import { formulaShapes, ordersFile, ordersTable } from "../../tasks/ask/formula-shapes.fixture.ts";
import { recalculateOffice } from "./recalculate-office.ts";

const hasOffice = spawnSync("soffice", ["--version"], { timeout: 60_000 }).status === 0;
if (!hasOffice) console.log("skipped: LibreOffice (soffice) is not on this machine");

describe.runIf(hasOffice)("LibreOffice", { timeout: 180_000 }, () => {
  it("computes every formula as the query engine does", async () => {
    const { table } = await ordersTable();
    const { shapes } = await formulaShapes(table);
    const cells = shapes.map((_, index) => ({ sheet: "Answer", cell: `A${index + 1}` }));
    const values = await recalculateOffice(ordersFile(shapes.map(({ formula }) => formula)), cells);
    const disagreeing = shapes.flatMap(({ formula, value }, index) => {
      const wanted = plain(value);
      const found = plain(values?.[index]);
      // Where no row fits, a query has nothing to say.
      if (value === null || (typeof found === "number" && isClose(found, wanted))) return [];
      return [{ formula, found, wanted }];
    });
    expect(disagreeing).toEqual([]);
    expect(shapes.length).toBeGreaterThan(2_500);
  });

  it("computes anew what a file says it knows already", async () => {
    const stale = workbookFile(
      '<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f>A1*21</f><v>7</v></c><c r="C1"><f>1/0</f><v>1</v></c></row>',
    );
    const cells = ["B1", "C1", "D9"].map((cell) => ({ sheet: "Sheet1", cell }));
    const values = await recalculateOffice(stale, [...cells, { sheet: "Nowhere", cell: "A1" }]);
    expect(values).toEqual([42, { kind: "error", code: "#DIV/0!" }, undefined, undefined]);
  });

  it("is stopped at the deadline and when asked", async () => {
    const cells = [{ sheet: "Sheet1", cell: "A1" }];
    const file = workbookFile('<row r="1"><c r="A1"><v>2</v></c></row>');
    await expect(recalculateOffice(file, cells, { deadlineMs: 50 })).rejects.toMatchObject({
      code: "engine-failed",
    });
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("enough")), 300);
    await expect(recalculateOffice(file, cells, { signal: stop.signal })).rejects.toThrow("enough");
  });

  it("says so when it can't open the file", async () => {
    const [bytes, cells] = [new Uint8Array(2_000).fill(7), [{ sheet: "Sheet1", cell: "A1" }]];
    await expect(recalculateOffice(bytes, cells)).rejects.toMatchObject({ code: "engine-failed" });
  });
});

function isClose(found: number, wanted: unknown): boolean {
  return typeof wanted === "number" && Math.abs(found - wanted) <= 1e-9 * Math.abs(wanted);
}

/** A number, or the day number of a date. */
function plain(value: unknown): unknown {
  if (typeof value === "object" && value !== null && "serial" in value) return value.serial;
  if (typeof value !== "string") return value;
  return /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(value) / 86_400_000 + 25_569 : Number(value);
}
