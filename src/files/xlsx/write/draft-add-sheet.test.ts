import { describe, expect, it } from "vitest";
import { cellText } from "../read/cell-value.ts";
import { at, formulaAt } from "../workbook.fixture.ts";
import type { AddSheet } from "./types.ts";
import { refusalOf, write } from "./write.fixture.ts";

const rows: AddSheet["rows"] = [
  [{ value: "Orders", bold: true, fontSize: 14 }],
  ["Region", "Orders", "Since", "Share"],
  [
    "North",
    12,
    { date: "2024-02-29" },
    { value: { formula: "B3/SUM(B3:B4)", cached: 0.2 }, numberFormat: "0.0%" },
  ],
  ["South", 48, { value: { date: "2024-03-01" }, numberFormat: "mmm yyyy" }, null],
];
const sheet = (more: Partial<AddSheet> = {}): AddSheet => ({
  kind: "add-sheet",
  name: "Result",
  rows,
  ...more,
});

describe("adding a sheet", () => {
  it("writes its cells with their formats behind the others", async () => {
    const written = write({ sheets: [{ name: "Data" }] }, [sheet()]);
    expect(written.after.sheets.map(({ name }) => name)).toEqual(["Data", "Result"]);
    const cells = await written.cells("Result");
    expect(at(cells, "A1")).toBe("Orders");
    expect(at(cells, "C3")).toMatchObject({ kind: "date", text: "2024-02-29" });
    expect(formulaAt(cells, "D3")).toBe("B3/SUM(B3:B4)");
    expect(cellText(cells, 3, 3)).toBe("20.0%");
    expect(cellText(cells, 4, 2)).toBe("Mar 2024");
    expect(cells.styles[cells.columns[0]!.styles[0]!]?.isBold).toBe(true);
    expect(written.touched).not.toContain("xl/worksheets/sheet1.xml");
  });

  it("makes a table of a range, with headings in bold and names that are free", () => {
    const taken = {
      after: '<definedNames><definedName name="table1">Sheet1!$A$1</definedName></definedNames>',
    };
    const written = write(taken, [sheet({ table: { range: "A2:D4" } })]);
    const [table] = written.after.tables;
    expect(table).toMatchObject({
      name: "Table2",
      sheet: "Result",
      columns: ["Region", "Orders", "Since", "Share"],
    });
    expect(written.part("xl/tables/table1.xml")).toContain('ref="A2:D4"');
  });

  it("numbers a second table behind the first", () => {
    const written = write("", [
      sheet({ table: { range: "A2:D4" } }),
      sheet({ name: "More", table: { range: "A2:D4" } }),
    ]);
    expect(written.after.tables.map(({ name }) => name)).toEqual(["Table1", "Table2"]);
    expect(written.part("xl/tables/table2.xml")).toContain('id="2"');
  });

  it("puts it where it is wanted, and names and the open tab keep meaning the same", () => {
    const source = {
      sheets: [{ name: "A" }, { name: "B" }],
      before: '<bookViews><workbookView activeTab="1" firstSheet="0"/></bookViews>',
      after:
        '<definedNames><definedName name="n" localSheetId="1">B!$A$1</definedName><definedName name="m" localSheetId="0">A!$A$1</definedName></definedNames>',
    };
    const written = write(source, [sheet({ position: 1 })]);
    expect(written.after.sheets.map(({ name }) => name)).toEqual(["A", "Result", "B"]);
    expect(written.after.definedNames).toMatchObject([
      { name: "n", sheet: "B" },
      { name: "m", sheet: "A" },
    ]);
    expect(written.part("xl/workbook.xml")).toContain('activeTab="2" firstSheet="0"');
  });

  it("keeps rows in view, and gives the workbook a view where it has none", () => {
    const written = write("", [sheet({ freeze: "B3" })]);
    const view = written.part("xl/worksheets/sheet2.xml");
    expect(view).toContain(
      '<pane xSplit="1" ySplit="2" topLeftCell="B3" activePane="bottomRight" state="frozen"/>',
    );
    expect(written.part("xl/workbook.xml")).toContain("<bookViews><workbookView/></bookViews><sheets>");
  });

  it("writes in the namespaces and prefixes of a strict workbook", async () => {
    const uri = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    const office = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    const main = `<x:workbook xmlns:x="${uri}"><x:sheets><x:sheet name="Sheet1" sheetId="7" r:id="rId1" xmlns:r="${office}"/></x:sheets></x:workbook>`;
    const written = write({ isStrict: true, parts: { "xl/workbook.xml": main } }, [sheet()]);
    expect(written.part("xl/workbook.xml")).toMatch(
      /<x:sheet name="Result" sheetId="8" xmlns:r="http:\/\/purl[^"]*" r:id="rId4"\/>/,
    );
    expect(written.part("xl/worksheets/sheet2.xml")).toContain(`xmlns="${uri}"`);
    expect(at(await written.cells("Result"), "B3")).toBe(12);
  });

  it("can be used by other changes of the plan", async () => {
    const written = write("", [
      { kind: "set-cell", sheet: "Sheet1", cell: "A1", value: { formula: "Result!B3", cached: 12 } },
      { kind: "set-cell", sheet: "result", cell: "B9", value: 7 },
      sheet(),
    ]);
    expect(formulaAt(await written.cells("Sheet1"), "A1")).toBe("Result!B3");
    expect(at(await written.cells("Result"), "B9")).toBe(7);
  });

  it("widens columns to their texts", () => {
    const wide = sheet({ rows: [["A heading that needs some room", 1]] });
    const part = write("", [wide]).part("xl/worksheets/sheet2.xml");
    expect(part).toMatch(/<cols><col min="1" max="1" width="3\d" customWidth="1"\/><\/cols>/);
    expect(write("", [sheet({ columnWidths: [5, 20] })]).part("xl/worksheets/sheet2.xml")).toContain(
      'width="20"',
    );
  });

  it("gives a number that stands alone the room it needs, unlike a text", () => {
    const alone = sheet({
      rows: [["A long title that may flow over"], [{ value: 1234567.5, numberFormat: '#,##0.00 "€"' }]],
    });
    expect(write("", [alone]).part("xl/worksheets/sheet2.xml")).toMatch(/<col [^>]*width="1\d"/);
  });

  it("draws headings with a colour behind them and a line below, and numbers as every country does", () => {
    const heading = { value: "Amount", bold: true, fill: "ddebf7", lineBelow: true };
    const look = sheet({
      rows: [
        [heading],
        [{ ...heading, align: "right" }],
        [{ value: { date: "2024-05-31" }, numberFormat: "m/d/yyyy" }],
      ],
    });
    const styles = write("", [look]).part("xl/styles.xml");
    expect(styles).toContain(
      '<patternFill patternType="solid"><fgColor rgb="FFDDEBF7"/><bgColor indexed="64"/></patternFill>',
    );
    expect(styles.match(/<bottom style="thin">/g)).toHaveLength(1);
    expect(styles).toMatch(/<xf numFmtId="14"/);
    expect(refusalOf("", sheet({ rows: [[{ value: "x", fill: "blue" }]] }))).toBe("invalid");
  });

  it.each(["", "x".repeat(32), "a/b", "[a]", "a:b", "'a", "History", "a\tb"])(
    "refuses a name that Excel refuses: %j",
    (name) => {
      expect(refusalOf("", sheet({ name }))).toBe("invalid-name");
    },
  );

  it("refuses a name that is taken in another case, and a protected structure", () => {
    expect(refusalOf("", sheet({ name: "SHEET1" }))).toBe("name-taken");
    expect(refusalOf({ before: '<workbookProtection lockStructure="1"/>' }, sheet())).toBe("protected");
  });

  it.each([
    [{ range: "A2:D9" }, "invalid"],
    [{ range: "A2:D2" }, "invalid"],
    [{ range: "A1:B4" }, "invalid"],
    [{ range: "A2:D4", name: "A1" }, "invalid-name"],
    [{ range: "A2:D4", name: "two words" }, "invalid-name"],
  ] as const)("refuses a table that Excel would not read: %j", (table, code) => {
    expect(refusalOf("", sheet({ table }))).toBe(code);
  });

  it("refuses two columns of one name, and says which cell can't be written", () => {
    const twice = sheet({
      rows: [
        ["a", "A"],
        [1, 2],
      ],
      table: { range: "A1:B2" },
    });
    expect(refusalOf("", twice)).toBe("invalid");
    expect(refusalOf("", sheet({ rows: [[1], [{ formula: "(" }]] }))).toBe("invalid-formula");
  });

  it("leaves nothing behind when it is refused", () => {
    const refusedOne = sheet({ name: "Other", charts: [{ chart: "pie", anchor: "A1", series: [] }] });
    expect(refusalOf("", refusedOne)).toBe("invalid");
  });
});
