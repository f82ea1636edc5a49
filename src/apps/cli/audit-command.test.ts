import { describe, expect, it } from "vitest";
import { openWorkbook, readComments } from "../../files/index.ts";
import { bookOf, column } from "../../tasks/audit/audit.fixture.ts";
import { type TestWorld, type TestWorldOptions, testWorld } from "./cli-io.fixture.ts";
import { runCli } from "./main.ts";

const cells = { ...column("B", "Amount", 9, (row) => row * 10), A10: "Total", B10: "=SUM(B2:B8)" };

async function world(
  options?: TestWorldOptions,
): Promise<TestWorld & { audit: (...argv: string[]) => Promise<number> }> {
  const made = await testWorld(options);
  await made.put("book.xlsx", bookOf([cells]));
  await made.put("fine.xlsx", bookOf([{ A1: 1 }]));
  return { ...made, audit: (...argv) => runCli(["audit", ...argv], made.io) };
}

describe("tandem audit", () => {
  it("prints the findings by sheet with what was expected, and writes nothing", async () => {
    const { audit, out, names } = await world();
    expect(await audit("book.xlsx")).toBe(0);
    expect(out()).toContain("Sheet1\n  high    B10, B9: the total leaves out B9");
    expect(out()).toContain("expected: =SUM(B2:B9)");
    expect(out()).toContain("1 finding: 1 high; 1 sheet, 1 formula looked at");
    expect(await names()).toEqual(["book.xlsx", "fine.xlsx"]);
  });

  it("writes a commented copy beside the file, and never over it", async () => {
    const { audit, err, get } = await world();
    expect(await audit("book.xlsx", "-o", "commented.xlsx", "--author", "Ann")).toBe(0);
    expect(err()).toMatch(/wrote \S*commented\.xlsx with 1 comment/);
    const copy = openWorkbook(await get("commented.xlsx"));
    expect(readComments(copy, copy.sheets[0]!)).toMatchObject([{ row: 10, column: 1, author: "Ann" }]);
    expect(await audit("book.xlsx", "-o", "book.xlsx")).toBe(2);
  });

  it("ends with 1 only when told to be strict and something was found", async () => {
    const { audit, out } = await world();
    expect(await audit("book.xlsx", "--strict", "--json")).toBe(1);
    expect(JSON.parse(out())).toMatchObject({
      schemaVersion: 1,
      command: "audit",
      output: null,
      findings: [{ kind: "total-misses-rows", severity: "high", sheet: "Sheet1", cells: ["B10", "B9"] }],
    });
    expect(await audit("fine.xlsx", "--strict")).toBe(0);
  });

  it("says that comments can't go into a file of another format, and that a file is no workbook", async () => {
    const { audit, put, err } = await world();
    await put("old.ods", "x");
    expect(await audit("old.ods", "-o", "out.xlsx")).toBe(2);
    await put("note.xlsx", "just a line");
    expect(await audit("note.xlsx")).toBe(1);
    expect(err()).toContain("not a complete zip archive");
  });

  it("says what to do with plain text, which has no formulas", async () => {
    const { audit, put, err } = await world();
    await put("orders.csv", "Item,Amount\nA,1\n");
    expect(await audit("orders.csv")).toBe(2);
    expect(err()).toContain("orders.csv is plain text and has no formulas");
    expect(err()).toContain("tandem ask orders.csv");
  });
});
