import { describe, expect, it } from "vitest";
import { FileDamagedError, FileTooLargeError, FileUnsupportedError, type TandemError } from "../../errors.ts";
import { wordFile } from "../docx/word.fixture.ts";
import { openWorkbook, printAreas } from "./open-workbook.ts";
import { readComments } from "./read/comments.ts";
import { readSheet } from "./read/read-sheet.ts";
import { at, firstSheet, workbook, workbookFile } from "./workbook.fixture.ts";

const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relationship = (id: string, word: string, target: string): string =>
  `<Relationship Id="${id}" Type="${office}/${word}" Target="${target}"/>`;
const one = '<row r="1"><c r="A1"><v>1</v></c></row>';

describe("opening a workbook", () => {
  it("lists sheets in order with their state and kind", () => {
    const opened = workbook({
      sheets: [
        { name: "Q1 & Q2" },
        { name: "😀", state: "hidden" },
        { name: "Chart", kind: "chartsheet" },
        { name: "Deep", state: "veryHidden" },
      ],
    });
    expect(opened.sheets.map(({ name, state, kind }) => [name, state, kind])).toEqual([
      ["Q1 & Q2", "visible", "worksheet"],
      ["😀", "hidden", "worksheet"],
      ["Chart", "visible", "chartsheet"],
      ["Deep", "veryHidden", "worksheet"],
    ]);
  });

  it("reads strict workbooks like transitional ones", async () => {
    const source = {
      isStrict: true,
      strings: ["<t>x</t>"],
      sheets: [{ rows: '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' }],
    };
    expect(workbook(source).isStrict).toBe(true);
    expect(at(await firstSheet(source), "A1")).toBe("x");
    expect(workbook(one).isStrict).toBe(false);
  });

  it.each([
    ["application/vnd.ms-excel.sheet.macroEnabled.main+xml", false],
    [".template.main+xml", true],
    ["application/vnd.ms-excel.template.macroEnabled.main+xml", true],
    ["application/vnd.ms-excel.addin.macroEnabled.main+xml", false],
  ])("opens %s", (contentType, isTemplate) => {
    const opened = workbook({
      contentType,
      relationships: relationship("vba", "vbaProject", "vbaProject.bin"),
    });
    expect([opened.isTemplate, opened.hasMacros]).toEqual([isTemplate, true]);
  });

  it("lists defined names with what they name", () => {
    const opened = workbook({
      sheets: [{ name: "Year 1" }, { name: "B" }],
      before: '<workbookPr date1904="1"/><workbookProtection lockStructure="1"/>',
      after:
        '<definedNames><definedName name="Rate">0.19</definedName><definedName name="Data" hidden="1">\'Year 1\'!$A$1:$B$9</definedName>' +
        '<definedName name="_xlnm.Print_Area" localSheetId="1">B!$A$1:$C$5,B!$E:$E</definedName><definedName name="Gone">#REF!</definedName></definedNames>',
    });
    expect(opened.dateSystem).toBe(1904);
    expect(opened.isStructureProtected).toBe(true);
    expect(
      opened.definedNames.map(({ name, sheet, isHidden, ranges }) => [name, sheet, isHidden, ranges.length]),
    ).toEqual([
      ["Rate", undefined, false, 0],
      ["Data", undefined, true, 1],
      ["_xlnm.Print_Area", "B", false, 2],
      ["Gone", undefined, false, 0],
    ]);
    expect(opened.definedNames[1]!.ranges[0]).toEqual({
      sheet: "Year 1",
      range: { firstRow: 1, firstColumn: 0, lastRow: 9, lastColumn: 1 },
    });
    expect(printAreas(opened, opened.sheets[1]!)).toHaveLength(2);
  });

  it("lists tables with their columns", () => {
    const opened = workbook({
      sheets: [{ name: "S", rows: one, relationships: relationship("t", "table", "../tables/table1.xml") }],
      parts: {
        "xl/tables/table1.xml": `<table ${main} id="1" name="T1" displayName="Orders" ref="B2:C9" totalsRowCount="1"><tableColumns count="2"><tableColumn id="1" name="Net_x000a_amount"/><tableColumn id="2" name="Paid"/></tableColumns></table>`,
      },
    });
    expect(opened.tables).toEqual([
      {
        name: "Orders",
        sheet: "S",
        range: { firstRow: 2, firstColumn: 1, lastRow: 9, lastColumn: 2 },
        headerRows: 1,
        totalsRows: 1,
        columns: ["Net\namount", "Paid"],
      },
    ]);
  });

  it("reads notes and threaded comments, without the note that stands for a thread", () => {
    const opened = workbook({
      sheets: [
        {
          name: "S",
          relationships:
            relationship("c", "comments", "../comments1.xml") +
            '<Relationship Id="t" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threadedComments/t1.xml"/>',
        },
      ],
      relationships:
        '<Relationship Id="p" Type="http://schemas.microsoft.com/office/2017/10/relationships/person" Target="persons/person.xml"/>',
      parts: {
        "xl/comments1.xml": `<comments ${main}><authors><author>Ann</author></authors><commentList><comment ref="B2" authorId="0"><text><r><t>a </t></r><r><t>note</t></r></text></comment><comment ref="A1" authorId="0"><text><t>[Threaded comment]</t></text></comment></commentList></comments>`,
        "xl/persons/person.xml":
          '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><person displayName="Bo" id="{1}"/></personList>',
        "xl/threadedComments/t1.xml":
          '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="A1" dT="2025-01-02T03:04:05.00" personId="{1}" id="{2}"><text>why?</text></threadedComment><threadedComment ref="A1" personId="{1}" id="{3}" parentId="{2}"><text>so</text></threadedComment></ThreadedComments>',
      },
    });
    expect(
      readComments(opened, opened.sheets[0]!).map(({ row, column, author, text, isThreaded, isReply }) => [
        row,
        column,
        author,
        text,
        isThreaded,
        isReply,
      ]),
    ).toEqual([
      [1, 0, "Bo", "why?", true, false],
      [1, 0, "Bo", "so", true, true],
      [2, 1, "Ann", "a note", false, false],
    ]);
  });

  it("names the files that formulas refer to", () => {
    const opened = workbook({
      relationships: relationship("x", "externalLink", "externalLinks/externalLink1.xml"),
      parts: {
        "xl/externalLinks/_rels/externalLink1.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="${office}/externalLinkPath" Target="budget.xlsx" TargetMode="External"/></Relationships>`,
      },
    });
    expect(opened.externalLinks).toEqual(["budget.xlsx"]);
  });

  it("does without styles, shared strings and relationships of sheets", async () => {
    const opened = workbook({
      parts: {
        "xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relationship("rId1", "worksheet", "worksheets/sheet1.xml")}</Relationships>`,
      },
      sheets: [{ rows: one }],
    });
    expect(at(await readSheet(opened, opened.sheets[0]!), "A1")).toBe(1);
  });
});

describe("what is no workbook", () => {
  const ole = (stream: string): Uint8Array => {
    const bytes = new Uint8Array(4096);
    bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    bytes.set(
      Array.from(stream).flatMap((letter) => [letter.charCodeAt(0), 0]),
      2048 + 128,
    );
    return bytes;
  };
  const ods = new TextEncoder().encode(
    `PK\u0003\u0004${"0".repeat(26)}mimetypeapplication/vnd.oasis.opendocument.spreadsheet`,
  );
  const binary = "application/vnd.ms-excel.sheet.binary.macroEnabled.main";
  const refused: readonly { name: string; bytes: Uint8Array; message: RegExp; hint?: RegExp }[] = [
    {
      name: "a workbook behind a password",
      bytes: ole("EncryptedPackage"),
      message: /password/,
      hint: /Encrypt with Password/,
    },
    { name: "an .xls workbook", bytes: ole("Workbook"), message: /\.xls/, hint: /LibreOffice/ },
    {
      name: "a workbook of Excel 4",
      bytes: new Uint8Array([9, 4, 6, 0, 0, 0, 16, 0]),
      message: /\.xls/,
      hint: /LibreOffice/,
    },
    { name: "an .ods workbook", bytes: ods, message: /\.ods/, hint: /LibreOffice/ },
    {
      name: "an .xlsb workbook",
      bytes: workbookFile({ contentType: binary }),
      message: /\.xlsb/,
      hint: /xlsx/,
    },
    { name: "a Word document", bytes: wordFile("<w:p/>"), message: /Word document/ },
    { name: "a PDF", bytes: new TextEncoder().encode("%PDF-1.7 …"), message: /PDF/ },
    {
      name: "another kind of XML",
      bytes: workbookFile({ parts: { "xl/workbook.xml": "<hello/>" } }),
      message: /no workbook/,
    },
  ];
  it.each(refused)("is refused by name: $name", ({ bytes, message, hint }) => {
    let error: unknown;
    try {
      openWorkbook(bytes);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(FileUnsupportedError);
    expect((error as TandemError).message).toMatch(message);
    if (hint !== undefined) expect((error as TandemError).hint).toMatch(hint);
  });

  it.each([
    ["nothing", new Uint8Array(0)],
    ["half a file", workbookFile(one).slice(0, 700)],
    ["a workbook without sheets", workbookFile({ parts: { "xl/workbook.xml": `<workbook ${main}/>` } })],
    ["a workbook whose XML is cut off", workbookFile({ parts: { "xl/workbook.xml": `<workbook ${main}>` } })],
  ])("is refused as damaged: %s", (_, bytes) => {
    expect(() => openWorkbook(bytes)).toThrow(FileDamagedError);
  });

  it("says which sheet has no part, and reads the others", async () => {
    const opened = workbook({
      sheets: [{ name: "Lost" }, { name: "There", rows: one }],
      parts: {
        "xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relationship("rId2", "worksheet", "worksheets/sheet2.xml")}</Relationships>`,
      },
    });
    await expect(readSheet(opened, opened.sheets[0]!)).rejects.toThrow(/the sheet "Lost"/);
    expect(at(await readSheet(opened, opened.sheets[1]!), "A1")).toBe(1);
  });

  it("is refused when a part would inflate to more than allowed", () => {
    const bytes = workbookFile({ sheets: [{ xml: new Uint8Array(20 * 1024 * 1024) }] });
    expect(() => openWorkbook(bytes)).toThrow(FileTooLargeError);
    expect(() => openWorkbook(workbookFile(one), { limits: { partBytes: 100 } })).toThrow(FileTooLargeError);
  });
});
