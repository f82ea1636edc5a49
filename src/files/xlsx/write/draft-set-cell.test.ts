import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileDamagedError } from "../../../errors.ts";
import { formatAddress } from "../address.ts";
import { cellFormula } from "../read/cell-value.ts";
import { at, formulaAt } from "../workbook.fixture.ts";
import type { CellInput } from "./types.ts";
import { refusalOf, set, write } from "./write.fixture.ts";

const sheetPart = "xl/worksheets/sheet1.xml";
const number = (address: string, value: number, attributes = ""): string =>
  `<c r="${address}"${attributes}><v>${value}</v></c>`;

describe("setting a cell", () => {
  it("writes numbers, texts, booleans, dates and formulas that read back, and empties a cell", async () => {
    const written = write(`<row r="1">${number("A1", 1)}${number("B1", 2)}</row>`, [
      set("A1", -0.1),
      set("A2", 'a <&> "b"\n  c _x000D_ \u0007'),
      set("A3", true),
      set("A4", { date: "2024-02-29" }),
      set("A5", { formula: "=SUM(A1:A4)", cached: 12.5 }),
      set("A6", { formula: 'A2&"x"', cached: "#N/A" }),
      set("B1", null),
    ]);
    const cells = await written.cells();
    expect(at(cells, "A1")).toBe(-0.1);
    expect(at(cells, "A2")).toBe('a <&> "b"\n  c _x000D_ \u0007');
    expect(at(cells, "A3")).toBe(true);
    expect(at(cells, "A4")).toMatchObject({ kind: "date", text: "2024-02-29" });
    expect(at(cells, "A5")).toBe(12.5);
    expect(formulaAt(cells, "A5")).toBe("SUM(A1:A4)");
    expect(at(cells, "A6")).toEqual({ kind: "error", code: "#N/A" });
    expect(at(cells, "B1")).toBeUndefined();
  });

  it("touches nothing but the sheet when no formula depends on the cell", () => {
    const written = write(`<row r="1">${number("A1", 1)}<c r="B1"><f>C1+1</f><v>1</v></c></row>`, [
      set("A1", 5),
    ]);
    expect(written.touched).toEqual([sheetPart]);
  });

  it("leaves every other byte of the sheet as it was", () => {
    const rows = `\n <row r='2' ht="20" ><!-- kept --><c  r="A2" s="0"/></row >\n<row r="4"> <c r="B4"><v>1</v></c><extLst/></row>\n`;
    const written = write(rows, [set("A4", 7)]);
    const wanted = rows.replace('<c r="B4">', '<c r="A4"><v>7</v></c><c r="B4">');
    expect(written.part(sheetPart)).toContain(`<sheetData>${wanted}</sheetData>`);
  });

  it("makes rows and cells in order where there are none", () => {
    const written = write(`<row r="3">${number("C3", 1)}</row><row r="5"/>`, [
      set("A1", 1),
      set("A4", 4),
      set("A9", 9),
      set("A3", 3),
      set("E3", 5),
      set("B5", 2),
    ]);
    const addresses = [...written.part(sheetPart).matchAll(/<c r="([A-Z]+\d+)"/g)].map(
      ([, address]) => address,
    );
    expect(addresses).toEqual(["A1", "A3", "C3", "E3", "A4", "B5", "A9"]);
  });

  it("fills a sheet whose list of rows closes itself", async () => {
    const root = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
    const written = write({ sheets: [{ xml: `<worksheet ${root}><sheetData/></worksheet>` }] }, [
      set("B2", "x"),
    ]);
    expect(at(await written.cells(), "B2")).toBe("x");
  });

  it("counts rows and cells that don't say where they stand", async () => {
    const rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>";
    const written = write(rows, [set("B1", 20), set("A2", 30), set("C2", 40)]);
    const cells = await written.cells();
    expect(["A1", "B1", "A2", "C2"].map((address) => at(cells, address))).toEqual([1, 20, 30, 40]);
  });

  it("writes in the prefix and the namespace that the sheet has", async () => {
    const uri = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    const xml = `<x:worksheet xmlns:x="${uri}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`;
    const written = write({ isStrict: true, sheets: [{ xml }] }, [set("A1", "x"), set("A2", 2)]);
    const text = written.part(sheetPart);
    expect(text).toContain('<x:c r="A1" t="inlineStr"><x:is><x:t xml:space="preserve">x</x:t></x:is></x:c>');
    expect(text).toContain('<x:row r="2"><x:c r="A2"><x:v>2</x:v></x:c></x:row>');
    expect(at(await written.cells(), "A2")).toBe(2);
  });

  it("keeps the encoding of a sheet in UTF-16", async () => {
    const root = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
    const text = `\ufeff<?xml version="1.0" encoding="UTF-16"?><worksheet ${root}><sheetData><row r="1">${number("A1", 1)}</row></sheetData></worksheet>`;
    const xml = new Uint8Array(new Uint16Array(Array.from(text, (letter) => letter.charCodeAt(0))).buffer);
    const written = write({ sheets: [{ xml }] }, [set("A1", "ü")]);
    expect(written.part(sheetPart).startsWith('\ufeff<?xml version="1.0" encoding="UTF-16"?>')).toBe(true);
    expect(at(await written.cells(), "A1")).toBe("ü");
  });

  it("keeps a cell's format, and gives a new cell that of its row or column", () => {
    const source = {
      formats: ["0.0", "0.00", "0.000"],
      sheets: [
        {
          before: '<cols><col min="2" max="2" style="3"/></cols>',
          rows: `<row r="1">${number("A1", 1, ' s="1" t="n"')}</row><row r="2" s="2" customFormat="1"/>`,
        },
      ],
    };
    const text = write(source, [set("A1", 5), set("A2", 5), set("B3", 5)]).part(sheetPart);
    expect(text).toContain('<c r="A1" s="1"><v>5</v></c>');
    expect(text).toContain('<c r="A2" s="2"><v>5</v></c>');
    expect(text).toContain('<c r="B3" s="3"><v>5</v></c>');
  });

  it("appends a number format once and leaves the others their numbers", () => {
    const written = write({ formats: ["0.0"], sheets: [{}] }, [
      set("A1", 1, '0.0 "t"'),
      set("A2", 2, '0.0 "t"'),
    ]);
    expect(written.after.styles.length).toBe(written.before.styles.length + 1);
    expect(written.after.styles.slice(0, -1)).toEqual(written.before.styles);
    expect(written.after.styles.at(-1)?.formatCode).toBe('0.0 "t"');
  });

  it("makes a style sheet where the workbook has none", () => {
    const source = { sheets: [{}], parts: { "xl/_rels/workbook.xml.rels": relationshipsWithoutStyles } };
    const written = write(source, [set("A1", 0.5, "0.0%")]);
    expect(written.after.styles.at(-1)?.formatCode).toBe("0.0%");
  });

  it("widens the spans of the row and the dimension of the sheet", () => {
    const source = {
      sheets: [
        { before: '<dimension ref="B2:C2"/>', rows: `<row r="2" spans="2:3">${number("B2", 1)}</row>` },
      ],
    };
    const text = write(source, [set("E2", 1), set("A7", 1)]).part(sheetPart);
    expect(text).toContain('spans="2:5"');
    expect(text).toContain('<dimension ref="A2:E7"/>');
  });

  it("reads back any values in any cells", async () => {
    const value = fc.oneof<fc.Arbitrary<CellInput>[]>(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string({ unit: "binary", minLength: 1, maxLength: 20 }).filter((text) => text.isWellFormed()),
      fc.boolean(),
    );
    const place = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 30 }));
    const entries = fc.uniqueArray(fc.tuple(place, value), {
      selector: ([[row, column]]) => formatAddress(row, column),
      maxLength: 12,
    });
    const rows = `<row r="3">${number("C3", 1)}${number("F3", 2)}</row><row r="12">${number("B12", 3)}</row>`;
    await fc.assert(
      fc.asyncProperty(entries, async (drawn) => {
        const changes = drawn.map(([[row, column], each]) => set(formatAddress(row, column), each));
        const cells = await write(rows, changes).cells();
        for (const [[row, column], each] of drawn)
          expect(at(cells, formatAddress(row, column))).toEqual(Object.is(each, -0) ? 0 : each);
      }),
      { numRuns: 40 },
    );
  });
});

const relationshipsWithoutStyles =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>';

describe("shared formulas", () => {
  const column = `<row r="1"><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*2</f><v>2</v></c></row><row r="2"><c r="B2"><f t="shared" si="0"/><v>4</v></c></row><row r="3"><c r="B3"><f t="shared" si="0"/><v>6</v></c></row>`;

  it("get another first cell when theirs is set, and the others keep their formulas", async () => {
    const written = write(column, [set("B1", 100)]);
    expect(written.part(sheetPart)).toContain(
      '<c r="B2"><f t="shared" ref="B2:B3" si="0">A2*2</f><v>4</v></c>',
    );
    const cells = await written.cells();
    expect(["B1", "B2", "B3"].map((address) => formulaAt(cells, address))).toEqual([
      undefined,
      "A2*2",
      "A3*2",
    ]);
    expect(at(cells, "B3")).toBe(6);
  });

  it("lose a cell that only refers to them without any other change", async () => {
    const written = write(column, [set("B2", { formula: "A2*3", cached: 6 })]);
    const cells = await written.cells();
    expect(["B1", "B2", "B3"].map((address) => formulaAt(cells, address))).toEqual(["A1*2", "A2*3", "A3*2"]);
  });

  it("stay right when the next cell is set in the same plan", async () => {
    const cells = await write(column, [set("B1", 1), set("B2", 2)]).cells();
    expect(formulaAt(cells, "B3")).toBe("A3*2");
    expect(formulaAt(cells, "B2")).toBeUndefined();
  });

  it("of a rectangle are written out where no first cell can be found", async () => {
    const row = (number: number, master: string): string =>
      `<row r="${number}"><c r="B${number}">${master || '<f t="shared" si="4"/>'}<v>1</v></c><c r="C${number}"><f t="shared" si="4"/><v>1</v></c></row>`;
    const rows = row(1, '<f t="shared" ref="B1:C3" si="4">$A1+B$9</f>') + row(2, "") + row(3, "");
    const written = write(rows, [set("B1", 0)]);
    const cells = await written.cells();
    expect(["C1", "B2", "C2", "B3", "C3"].map((address) => formulaAt(cells, address))).toEqual([
      "$A1+C$9",
      "$A2+B$9",
      "$A2+C$9",
      "$A3+B$9",
      "$A3+C$9",
    ]);
    expect(written.part(sheetPart)).toContain('<f t="shared" ref="B2:C3" si="4">$A2+B$9</f>');
  });

  it("under one number twice are refused", () => {
    const twice = column.replace(
      "</row>",
      '<c r="D1"><f t="shared" ref="D1:D2" si="0">A1</f><v>1</v></c></row>',
    );
    expect(refusalOf(twice, set("B1", 1))).toBe("unsupported");
  });
});

describe("the calculation", () => {
  const dependant = (formula: string, extra = ""): string =>
    `<row r="1">${number("A1", 1)}<c r="B1"><f${extra}>${formula}</f><v>1</v></c></row><row r="9"><c r="B9"/></row>`;

  it.each([
    "A1+1",
    "SUM(A:A)",
    "SUM($A$1:$A$9)",
    "SUM(1:1)",
    "Sheet1!A1",
    "INDIRECT(D1)",
    "OFFSET(D1,1,1)",
    "Total*2",
  ])("is asked for when a formula depends on the cell: %s", (formula) => {
    const source = {
      sheets: [{ rows: dependant(formula) }],
      after:
        '<definedNames><definedName name="Total">Sheet1!$A$1:$A$3</definedName></definedNames><calcPr calcId="1"/>',
    };
    expect(write(source, [set("A1", 2)]).part("xl/workbook.xml")).toContain(
      '<calcPr fullCalcOnLoad="1" calcId="1"/>',
    );
  });

  it.each(["A2+1", "Sheet2!A1", '"A1"', "Other*2", "A1048576", "LOG10(5)"])(
    "is left alone when none does: %s",
    (formula) => {
      const source = {
        sheets: [{ rows: dependant(formula) }, {}],
        after: '<definedNames><definedName name="Other">Sheet1!$C$1</definedName></definedNames>',
      };
      expect(write(source, [set("A1", 2)]).touched).toEqual([sheetPart]);
    },
  );

  it("is asked for when a shared formula reaches the cell further down", () => {
    expect(write(dependant("A2", ' t="shared" ref="B1:B9" si="0"'), [set("A5", 2)]).touched).toContain(
      "xl/workbook.xml",
    );
  });

  it("is asked for when a formula comes without its result", () => {
    const written = write("", [set("A1", { formula: "1+1" })]);
    expect(written.part("xl/workbook.xml")).toContain('<calcPr fullCalcOnLoad="1"/></workbook>');
    expect(write("", [set("A1", { formula: "1+1", cached: 2 })]).touched).toEqual([sheetPart]);
  });
});

describe("the calculation chain", () => {
  const formula = (address: string): string => `<c r="${address}"><f>1+1</f><v>2</v></c>`;
  const chained = (entries: string): Parameters<typeof write>[0] => ({
    sheets: [{ rows: `<row r="1">${formula("A1")}${formula("B1")}</row>` }],
    relationships:
      '<Relationship Id="rIdChain" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/>',
    parts: {
      "xl/calcChain.xml": `<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${entries}</calcChain>`,
    },
  });

  it("loses the cell whose formula goes away, and the next one gets its sheet", () => {
    const written = write(chained('<c r="A1" i="1" l="1"/><c r="B1"/>'), [set("A1", 3)]);
    expect(written.part("xl/calcChain.xml")).toMatch(
      /<calcChain[^>]*><c l="1" i="1" r="B1"\/>|<calcChain[^>]*><c i="1" l="1" r="B1"\/>/,
    );
  });

  it("is not touched when the cell gets another formula", () => {
    const source = chained('<c r="A1" i="1"/><c r="B1"/>');
    expect(write(source, [set("A1", { formula: "2+2", cached: 4 })]).touched).toEqual([sheetPart]);
  });

  it("goes away with its last cell", () => {
    const written = write(chained('<c r="A1" i="1"/>'), [set("A1", 3)]);
    expect(written.receipt.parts.find(({ name }) => name === "/xl/calcChain.xml")?.state).toBe("removed");
    expect(written.after.package.entries.has("/xl/calcchain.xml")).toBe(false);
    expect(written.part("xl/_rels/workbook.xml.rels")).not.toContain("calcChain");
  });
});

describe("a cell that can't be set", () => {
  const merged = { sheets: [{ after: '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>' }] };
  const arrays = `<row r="1"><c r="A1"><f t="array" ref="A1:A3">D1:D3</f><v>1</v></c><c r="B1"><f t="array" ref="B1">SUM(D1:D3*2)</f><v>1</v></c><c r="C1"><f t="dataTable" ref="C1:C2"/><v>1</v></c></row>`;

  it("is one behind the first of a merged cell", () => {
    expect(refusalOf(merged, set("B2", 1))).toBe("merged");
    expect(refusalOf(merged, set("A1", 1))).toBeUndefined();
  });

  it("is filled by an array formula or a data table", () => {
    expect(refusalOf(arrays, set("A1", 1))).toBe("array-formula");
    expect(refusalOf(arrays, set("A3", 1))).toBe("array-formula");
    expect(refusalOf(arrays, set("C2", 1))).toBe("data-table");
    expect(refusalOf(arrays, set("B1", 1))).toBeUndefined();
  });

  it("is filled by a pivot table, or filters it", () => {
    const source = {
      sheets: [
        {
          relationships:
            '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/pivotTable" Target="../pivotTables/pivotTable1.xml"/>',
        },
      ],
      parts: {
        "xl/pivotTables/pivotTable1.xml":
          '<pivotTableDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><location ref="A5:C9" rowPageCount="1" colPageCount="1"/></pivotTableDefinition>',
      },
    };
    expect(refusalOf(source, set("B6", 1))).toBe("pivot-table");
    expect(refusalOf(source, set("B3", 1))).toBe("pivot-table");
    expect(refusalOf(source, set("B2", 1))).toBeUndefined();
  });

  it("is a heading or a total of a table", () => {
    const source = {
      sheets: [
        {
          relationships:
            '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table" Target="../tables/table1.xml"/>',
        },
      ],
      parts: {
        "xl/tables/table1.xml":
          '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="T" displayName="T" ref="A1:B4" totalsRowCount="1"><tableColumns count="2"><tableColumn id="1" name="a"/><tableColumn id="2" name="b"/></tableColumns></table>',
      },
    };
    expect(refusalOf(source, set("A1", "x"))).toBe("table-header");
    expect(refusalOf(source, set("A4", 1))).toBe("table-header");
    expect(refusalOf(source, set("A2", 1))).toBeUndefined();
  });

  it("is locked on a protected sheet, unless the person wants it", () => {
    const source = { sheets: [{ after: '<sheetProtection sheet="1"/>' }] };
    expect(refusalOf(source, set("A1", 1))).toBe("protected");
    const options = { author: "Ann", date: "2026-01-31T09:00:00Z", protectedSheets: "write" } as const;
    expect(refusalOf(source, set("A1", 1), options)).toBeUndefined();
    const styles =
      '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf/><xf applyProtection="1"><protection locked="0"/></xf></cellXfs></styleSheet>';
    const unlocked = {
      sheets: [{ rows: '<row r="1"><c r="A1" s="1"/></row>', after: '<sheetProtection sheet="1"/>' }],
      parts: { "xl/styles.xml": styles },
    };
    expect(refusalOf(unlocked, set("A1", 1))).toBeUndefined();
    expect(refusalOf(unlocked, set("B1", 1))).toBe("protected");
  });

  it.each([
    ["ZZZ1", 1, "not-found"],
    ["A1", Number.NaN, "invalid"],
    ["A1", "half \ud800", "invalid-text"],
    ["A1", "x".repeat(32_768), "invalid-text"],
    ["A1", { date: "2024-02-30" }, "invalid"],
    ["A1", { formula: "" }, "invalid-formula"],
    ["A1", { formula: "SUM(A1" }, "invalid-formula"],
    ["A1", { formula: "SUM(A1;B1)" }, "invalid-formula"],
    ["A1", { formula: '"open' }, "invalid-formula"],
    ["A1", { formula: "A1+" }, "invalid-formula"],
    ["A1", { formula: "FILTER(A:A,B:B)" }, "invalid-formula"],
    ["A1", { formula: "Nowhere!A1" }, "not-found"],
  ] as const)("names no cell or holds what a cell can't hold: %s %j", (cell, value, code) => {
    expect(refusalOf("", set(cell, value))).toBe(code);
  });

  it.each([
    'IF(A2>=0,-A2,"a;b")',
    "'Sheet1'!B1*2%",
    "SUM({1,2;3,4})",
    "Table1[[#This Row],[a]]",
    "-(-3)",
    "A2=#N/A",
    "NOW()",
    "Sheet1:Sheet1!B1",
  ])("is none with the formula %s", async (formula) => {
    const cells = await write("", [set("A1", { formula, cached: 1 })]).cells();
    expect(cellFormula(cells, 1, 0)).toBe(formula);
  });

  it("is set twice in one plan", () => {
    expect(refusalOf("", [set("A1", 1), set("$A$1", 2)])).toBe("overlaps");
  });

  it("is on a sheet that is not there or has no cells", () => {
    expect(refusalOf("", { kind: "set-cell", sheet: "Nope", cell: "A1", value: 1 })).toBe("not-found");
    const chart = { sheets: [{}, { name: "C", kind: "chartsheet", xml: "<chartsheet/>" }] };
    expect(refusalOf(chart, { kind: "set-cell", sheet: "C", cell: "A1", value: 1 })).toBe("unsupported");
  });

  it("gives later functions the prefix that files need", async () => {
    const cells = await write("", [
      set("A1", { formula: 'ifs(xlookup(1,B:B,C:C)=1,"MAXIFS(")', cached: 1 }),
    ]).cells();
    expect(cellFormula(cells, 1, 0)).toBe('_xlfn.IFS(_xlfn.XLOOKUP(1,B:B,C:C)=1,"MAXIFS(")');
  });
});

describe("a damaged sheet", () => {
  it.each(['<row r="1"><row r="2"/></row>', '<row r="0"/>', '<row r="1">', "</row>", '<row r="1"><c>'])(
    "is an error, never a file: %s",
    (rows) => {
      expect(() => write(rows, [set("A1", 1)])).toThrow(FileDamagedError);
    },
  );

  it("with a row twice is refused", () => {
    expect(refusalOf('<row r="1"/><row r="1"/>', set("A1", 1))).toBe("unsupported");
  });
});
