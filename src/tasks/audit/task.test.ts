import { describe, expect, it } from "vitest";
import { openWorkbook, readComments, readPart } from "../../files/index.ts";
import { bookOf, column } from "./audit.fixture.ts";
import { auditTask } from "./task.ts";

const cells = {
  ...column("B", "Amount", 9, (row) => row * 10),
  A10: "Total",
  B10: "=SUM(B2:B8)",
  C1: "=NOW()",
};
const context = { now: new Date("2026-01-31T09:00:00Z"), timeZone: "UTC", emit: () => {} };

describe("the audit task", () => {
  it("writes a comment on each finding and leaves the sheet's cells as they are", async () => {
    const bytes = bookOf([cells]);
    const { findings, written } = await auditTask.run(
      { workbook: { name: "a.xlsx", bytes }, comments: { author: "Tandem" } },
      context,
    );
    expect(findings).toHaveLength(2);
    expect(written).toMatchObject({ comments: 2, refused: [] });
    const [before, after] = [openWorkbook(bytes), openWorkbook(written!.bytes)];
    const comments = readComments(after, after.sheets[0]!);
    expect(comments.map(({ author, row, column: at }) => [author, row, at])).toEqual([
      ["Tandem", 1, 2],
      ["Tandem", 10, 1],
    ]);
    expect(comments[1]!.text).toContain("The total leaves out B9");
    expect(comments[1]!.text).toContain("Expected: =SUM(B2:B9)");
    const rows = (book: typeof before): string =>
      /<sheetData>.*<\/sheetData>/s.exec(
        new TextDecoder().decode(readPart(book.package, "/xl/worksheets/sheet1.xml")),
      )![0];
    expect(rows(after)).toBe(rows(before));
  });

  it("gives back the same bytes when there is nothing to say", async () => {
    const bytes = bookOf([{ A1: 1 }]);
    const { written } = await auditTask.run(
      { workbook: { name: "a.xlsx", bytes }, comments: { author: "Tandem" } },
      context,
    );
    expect(written).toEqual({ bytes, comments: 0, refused: [] });
  });
});
