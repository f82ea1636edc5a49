import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileDamagedError, FileTooLargeError, TandemError } from "../../../errors.ts";
import { escapeText } from "../../xml/xml-text.ts";
import { formatAddress } from "../address.ts";
import { openWorkbook } from "../open-workbook.ts";
import { at, firstSheet, formulaAt, t, textAt, workbook, workbookFile } from "../workbook.fixture.ts";
import { encodeEscapes } from "./escapes.ts";
import { readSheet } from "./read-sheet.ts";

const row = (number: number, ...cells: readonly string[]): string =>
  `<row r="${number}">${cells.join("")}</row>`;
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

describe("the value of a cell", () => {
  it.each([
    ["12", 12],
    ["-0.5", -0.5],
    ["1.5E-3", 0.0015],
    ["0.30000000000000004", 0.30000000000000004],
    ["123456789012345678", 123456789012345680],
    ["1e21", 1e21],
    ["4.9406564584124654E-324", 5e-324],
    [" 7 ", 7],
    ["-0", -0],
  ])("reads the number %s", async (written, value) => {
    expect(at(await firstSheet(row(1, `<c r="A1"><v>${written}</v></c>`)), "A1")).toBe(value);
  });

  it("reads shared, inline and formula strings, truth values and errors", async () => {
    const cells = await firstSheet({
      strings: ["<t>shared</t>", "<r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r>"],
      sheets: [
        {
          rows:
            row(
              1,
              '<c r="A1" t="s"><v>0</v></c>',
              '<c r="B1" t="s"><v>1</v></c>',
              '<c r="C1" t="inlineStr"><is><t>in line</t></is></c>',
              '<c r="D1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>',
              '<c r="E1" t="b"><v>1</v></c>',
              '<c r="F1" t="b"><v>0</v></c>',
              '<c r="G1" t="e"><v>#DIV/0!</v></c>',
            ) +
            row(
              2,
              '<c r="A2" t="inlineStr"><is><r><t>two </t></r><r><t>runs</t></r><rPh sb="0" eb="1"><t>no</t></rPh></is></c>',
            ),
        },
      ],
    });
    expect("ABCDEFG".split("").map((column) => at(cells, `${column}1`))).toEqual([
      "shared",
      "rich text",
      "in line",
      "ab",
      true,
      false,
      { kind: "error", code: "#DIV/0!" },
    ]);
    expect(at(cells, "A2")).toBe("two runs");
    expect(formulaAt(cells, "D1")).toBe('"a"&"b"');
    expect(textAt(cells, "E1")).toBe("TRUE");
  });

  it("leaves phonetic runs of shared strings out and keeps blanks", async () => {
    const cells = await firstSheet({
      strings: [
        '<t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh><phoneticPr fontId="1"/>',
        t("  x "),
        "",
      ],
      sheets: [
        {
          rows: row(
            1,
            '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>',
          ),
        },
      ],
    });
    expect([at(cells, "A1"), at(cells, "B1"), at(cells, "C1")]).toEqual(["東京", "  x ", ""]);
  });

  it("decodes references, escapes, CDATA and comments in texts", async () => {
    const cells = await firstSheet({
      strings: ["<t>a &amp; b &#x3b1; _x000D_ _x005F_x000D_</t>"],
      sheets: [
        {
          rows: row(
            1,
            '<c r="A1" t="s"><v>0</v></c>',
            '<c r="B1" t="str"><v><![CDATA[<x> & y]]><!-- not this --> z</v></c>',
            '<c r="C1"><v>4<!-- four and two -->2</v></c>',
          ),
        },
      ],
    });
    expect([at(cells, "A1"), at(cells, "B1"), at(cells, "C1")]).toEqual([
      "a & b α \r _x000D_",
      "<x> & y z",
      42,
    ]);
  });

  it("reads shared strings with comments, prefixes and CDATA", async () => {
    const cells = await firstSheet({
      stringsXml: `<!-- list --><x:sst xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:si><x:t><![CDATA[one]]></x:t></x:si><x:si/></x:sst>`,
      sheets: [{ rows: row(1, '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>') }],
    });
    expect([at(cells, "A1"), at(cells, "B1")]).toEqual(["one", ""]);
  });

  it("keeps what claims to be a number and is none as text", async () => {
    const cells = await firstSheet(
      row(1, '<c r="A1"><v>abc</v></c><c r="B1"><v>1e999</v></c><c r="C1"><v/></c>'),
    );
    expect([at(cells, "A1"), at(cells, "B1"), at(cells, "C1")]).toEqual(["abc", "1e999", undefined]);
  });
});

describe("dates", () => {
  const formats = ["yyyy\\-mm\\-dd", "[h]:mm", "hh:mm:ss", "yyyy-mm-dd hh:mm", "0.00"];
  const rows = row(
    1,
    '<c r="A1" s="1"><v>45443</v></c><c r="B1" s="2"><v>1.5</v></c><c r="C1" s="3"><v>0.25</v></c>',
    '<c r="D1" s="4"><v>45443.75</v></c><c r="E1" s="5"><v>45443</v></c><c r="F1" s="6"><v>45443</v></c>',
  );

  it("are told from numbers by the format of the cell", async () => {
    const cells = await firstSheet({ formats, sheets: [{ rows }] });
    expect(at(cells, "A1")).toEqual({ kind: "date", text: "2024-05-31", serial: 45443 });
    expect(at(cells, "B1")).toMatchObject({ kind: "timestamp", serial: 1.5 });
    expect(at(cells, "C1")).toEqual({ kind: "time", text: "06:00:00", serial: 0.25 });
    expect(at(cells, "D1")).toEqual({ kind: "timestamp", text: "2024-05-31T18:00:00", serial: 45443.75 });
    expect(at(cells, "E1")).toBe(45443);
    expect(at(cells, "F1")).toMatchObject({ text: "2024-05-31" });
    expect("ABCDEF".split("").map((column) => textAt(cells, `${column}1`))).toEqual([
      "2024-05-31",
      "36:00",
      "06:00:00",
      "2024-05-31 18:00",
      "45443.00",
      "5/31/2024",
    ]);
  });

  it("count from 1904 where the workbook says so", async () => {
    const cells = await firstSheet({ before: '<workbookPr date1904="1"/>', formats, sheets: [{ rows }] });
    expect(at(cells, "A1")).toMatchObject({ text: "2028-06-01" });
    expect(textAt(cells, "A1")).toBe("2028-06-01");
  });

  it("are read from ISO texts, in either date system", async () => {
    const rows = row(
      1,
      '<c r="A1" t="d"><v>2024-05-31</v></c><c r="B1" t="d"><v>2024-05-31T18:00:00Z</v></c><c r="C1" t="d"><v>2024-02-31</v></c>',
    );
    for (const before of ["", '<workbookPr date1904="true"/>']) {
      const cells = await firstSheet({ before, sheets: [{ rows }] });
      expect(at(cells, "A1")).toMatchObject({ kind: "date", text: "2024-05-31" });
      expect(at(cells, "B1")).toMatchObject({ kind: "timestamp", text: "2024-05-31T18:00:00" });
      expect(at(cells, "C1")).toBe("2024-02-31");
    }
  });
});

describe("where cells stand", () => {
  it("follows addresses through gaps and disorder", async () => {
    const cells = await firstSheet(
      row(7, '<c r="D7"><v>1</v></c><c r="B7"><v>2</v></c>') +
        '<row r="9"/>' +
        row(1048576, '<c r="XFD1048576"><v>3</v></c>') +
        row(3, '<c r="A3"><v>4</v></c>') +
        row(7, '<c r="E7"><v>5</v></c>'),
    );
    expect([...cells.rows]).toEqual([3, 7, 1048576]);
    expect(["D7", "B7", "XFD1048576", "A3", "E7", "A7", "A9"].map((address) => at(cells, address))).toEqual([
      1,
      2,
      3,
      4,
      5,
      undefined,
      undefined,
    ]);
    expect(cells.cellCount).toBe(5);
  });

  it("counts on where rows and cells don't say", async () => {
    const cells = await firstSheet(
      '<row><c><v>1</v></c><c/><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>',
    );
    expect(["A1", "C1", "C5", "D5", "A6"].map((address) => at(cells, address))).toEqual([1, 2, 3, 4, 5]);
  });

  it("takes the number of a row that has none from its first cell", async () => {
    const cells = await firstSheet(
      '<row><c r="B4"><v>1</v></c><c r="C4"><v>2</v></c></row><row><c><v>3</v></c></row>',
    );
    expect(["B4", "C4", "A5"].map((address) => at(cells, address))).toEqual([1, 2, 3]);
  });

  it("does not believe what the sheet says of its size", async () => {
    const cells = await firstSheet({
      sheets: [{ before: '<dimension ref="A1:XFD1048576"/>', rows: row(2, '<c r="B2"><v>1</v></c>') }],
    });
    expect(cells.rows).toHaveLength(1);
    expect(cells.columns).toHaveLength(2);
  });
});

describe("the XML of a sheet", () => {
  const expected = [1, "x & y", 3];
  const read = async (xml: string | Uint8Array): Promise<unknown> => {
    const cells = await firstSheet({ sheets: [{ xml }] });
    return ["A1", "B1", "A2"].map((address) => at(cells, address));
  };
  const sheet = `<worksheet ${main}><sheetData>${row(1, '<c r="A1"><v>1</v></c><c r="B1" t="inlineStr"><is><t>x &amp; y</t></is></c>')}${row(2, '<c r="A2"><v>3</v></c>')}</sheetData></worksheet>`;

  it.each([
    ["as Excel writes it", sheet],
    ["with a prefix", sheet.replace("xmlns=", "xmlns:s=").replace(/<(\/?)(?=[a-z])/g, "<$1s:")],
    ["with single quotes", sheet.replaceAll('"', "'")],
    ["on many lines", sheet.replace(/></g, ">\r\n  <")],
    ["with comments and instructions", sheet.replace(/<(row|c|v)\b/g, "<!-- <c> --><?pi?><$1")],
    [
      "with spaces in tags",
      sheet
        .replaceAll("=", " = ")
        .replace(/<\/(\w+)>/g, "</$1 >")
        .replaceAll("x & y", "x &amp; y"),
    ],
    ["with unknown elements", sheet.replaceAll("</c>", "<extLst><ext><v>9</v></ext></extLst></c>")],
    ["with a byte order mark", `\ufeff<?xml version="1.0"?>${sheet}`],
  ])("is read %s", async (_, xml) => {
    expect(await read(xml)).toEqual(expected);
  });

  it("is read from UTF-16", async () => {
    const text = `\ufeff<?xml version="1.0" encoding="UTF-16"?>${sheet}`;
    const bytes = new Uint8Array(
      new Uint16Array(Array.from(text, (_, index) => text.charCodeAt(index))).buffer,
    );
    expect(await read(bytes)).toEqual(expected);
  });

  it("may have no rows at all", async () => {
    for (const xml of [`<worksheet ${main}><sheetData/></worksheet>`, `<chartsheet ${main}/>`]) {
      expect((await firstSheet({ sheets: [{ xml }] })).cellCount).toBe(0);
    }
  });

  it.each([
    ["cut off in a row", sheet.slice(0, sheet.indexOf("</row>"))],
    ["cut off behind the rows", sheet.slice(0, -5)],
    ["a row in a row", sheet.replace("</row>", "")],
    ["an end tag too many", sheet.replace("</row>", "</row></row>")],
    ["a tag that ends another", sheet.replace("<v>1</v>", "<v>1</w>")],
    ["a DOCTYPE", `<!DOCTYPE a [<!ENTITY b "c">]>${sheet}`],
    ["a cell outside of a sheet", sheet.replace('r="A1"', 'r="1A"')],
    ["a column outside of a sheet", sheet.replace('r="A1"', 'r="XFE1"')],
    ["a row outside of a sheet", sheet.replace('<row r="1">', '<row r="1048577">')],
    [
      "a shared string that there is not",
      sheet.replace("<v>1</v>", "<v>5</v>").replace('r="A1"', 'r="A1" t="s"'),
    ],
    ["an unknown entity", sheet.replace("&amp;", "&what;")],
    ["a tag in a tag", sheet.replace("<v>1", "<v <v>1")],
    ["no XML", "hello"],
  ])("is refused with %s, by the name of the sheet", async (_, xml) => {
    const error = await firstSheet({ sheets: [{ name: "Costs", xml }] }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FileDamagedError);
    expect((error as Error).message).toContain('the sheet "Costs"');
  });

  it("is refused when it is not UTF-8", async () => {
    const xml = new TextEncoder().encode(sheet.replace("x &amp; y", "x ?"));
    xml[xml.indexOf(63)] = 0xff;
    await expect(firstSheet({ sheets: [{ xml }] })).rejects.toThrow(FileDamagedError);
  });

  it("gives the same cells wherever it is cut into pieces", async () => {
    const rows = Array.from({ length: 3000 }, (_, index) =>
      row(
        index + 1,
        `<c r="A${index + 1}"><v>${index * 1.37}</v></c><c r="B${index + 1}" t="str"><f>A${index + 1}&amp;"é"</f><v>${"ü".repeat(index % 700)}</v></c>`,
      ),
    ).join("");
    const cells = await firstSheet(rows);
    for (const index of [0, 1, 699, 1400, 2999]) {
      expect(at(cells, `A${index + 1}`)).toBe(index * 1.37);
      expect(at(cells, `B${index + 1}`) ?? "").toBe("ü".repeat(index % 700));
      expect(formulaAt(cells, `B${index + 1}`)).toBe(`A${index + 1}&"é"`);
    }
  });
});

describe("formulas", () => {
  it("are told from values, with and without a cached one", async () => {
    const cells = await firstSheet(
      row(1, '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>NOW()</f></c><c r="C1"><v>3</v></c>'),
    );
    expect([formulaAt(cells, "A1"), formulaAt(cells, "B1"), formulaAt(cells, "C1")]).toEqual([
      "1+1",
      "NOW()",
      undefined,
    ]);
    expect([at(cells, "A1"), at(cells, "B1")]).toEqual([2, undefined]);
    expect(cells.formulas.count).toBe(2);
  });

  it("are resolved where they are shared", async () => {
    const cells = await firstSheet(
      row(
        1,
        '<c r="B1"><f t="shared" ref="B1:C3" si="0">A1*$D$1+SUM(A$1:A1)</f><v>1</v></c><c r="C1"><f t="shared" si="0"/><v>1</v></c>',
      ) +
        row(2, '<c r="B2"><f t="shared" si="0"/><v>1</v></c>') +
        row(3, '<c r="B3"><f si="0" t="shared"></f><v>1</v></c>'),
    );
    expect(["B1", "C1", "B2", "B3"].map((address) => formulaAt(cells, address))).toEqual([
      "A1*$D$1+SUM(A$1:A1)",
      "B1*$D$1+SUM(B$1:B1)",
      "A2*$D$1+SUM(A$1:A2)",
      "A3*$D$1+SUM(A$1:A3)",
    ]);
  });

  it("keep only their places where that is enough", async () => {
    const source = workbook(
      `<row r="1"><c r="A1"><f>B1*2</f><v>4</v></c><c r="C1"><f>"x"</f><v>1</v></c></row>`,
    );
    const { formulas } = await readSheet(source, source.sheets[0]!, { formulaTexts: false });
    expect([formulas.count, formulas.indexAt(1, 2), formulas.text(0), formulas.text(1)]).toEqual([
      2,
      1,
      "",
      "",
    ]);
  });

  it("say what range an array formula fills", async () => {
    const cells = await firstSheet(
      row(1, '<c r="A1"><f t="array" ref="A1:A3">B1:B3*2</f><v>2</v></c>') + row(2, '<c r="A2"><v>4</v></c>'),
    );
    expect(cells.formulas.filled).toEqual([
      {
        kind: "array",
        range: { firstRow: 1, lastRow: 3, firstColumn: 0, lastColumn: 0 },
        row: 1,
        column: 0,
        formula: "B1:B3*2",
      },
    ]);
    expect(formulaAt(cells, "A1")).toBe("B1:B3*2");
  });

  it("are found where rows come out of order", async () => {
    const cells = await firstSheet(
      row(5, '<c r="B5"><f>1</f></c><c r="A5"><f>2</f></c>') + row(2, '<c r="A2"><f>3</f></c>'),
    );
    expect(["B5", "A5", "A2"].map((address) => formulaAt(cells, address))).toEqual(["1", "2", "3"]);
  });
});

describe("what stands around the cells", () => {
  it("is read with them", async () => {
    const cells = await firstSheet({
      sheets: [
        {
          before: '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5"/></cols>',
          rows: '<row r="2"\nhidden="1"><c r="A2"><v>1</v></c></row><row r="4" ht="15" hidden="true"/><row r="5"/>',
          after:
            '<sheetProtection sheet="1"/><autoFilter ref="A1:C9"/><mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells><hyperlinks><hyperlink ref="A1" r:id="rId1"/><hyperlink ref="B2:B3" location="Sheet2!A1"/></hyperlinks>',
          relationships:
            '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.com/" TargetMode="External"/>',
        },
      ],
    });
    expect(cells.layout).toEqual({
      mergedRanges: [{ firstRow: 1, lastRow: 1, firstColumn: 0, lastColumn: 2 }],
      hiddenRows: [2, 4],
      hiddenColumns: [{ first: 1, last: 2 }],
      autoFilter: { firstRow: 1, lastRow: 9, firstColumn: 0, lastColumn: 2 },
      hyperlinks: [
        { range: { firstRow: 1, lastRow: 1, firstColumn: 0, lastColumn: 0 }, target: "https://example.com/" },
        { range: { firstRow: 2, lastRow: 3, firstColumn: 1, lastColumn: 1 }, target: "#Sheet2!A1" },
      ],
      isProtected: true,
    });
  });
});

describe("reading a large or hostile sheet", () => {
  const many = Array.from({ length: 40_000 }, (_, index) =>
    row(
      index + 1,
      `<c r="A${index + 1}" t="str"><v>text ${index}</v></c><c r="B${index + 1}"><v>${Math.sqrt(index)}</v></c>`,
    ),
  ).join("");

  it("says how far it is and stops when told", async () => {
    const opened = workbook(many);
    const shares: number[] = [];
    const cells = await readSheet(opened, opened.sheets[0]!, { onProgress: (share) => shares.push(share) });
    expect(cells.cellCount).toBe(80_000);
    expect(at(cells, "A40000")).toBe("text 39999");
    expect(shares.length).toBeGreaterThan(2);
    expect(shares.at(-1)).toBe(1);
    const controller = new AbortController();
    const stopped = readSheet(opened, opened.sheets[0]!, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(stopped).rejects.toThrow(/abort/i);
  });

  it("keeps each distinct text once", async () => {
    const rows = Array.from({ length: 5000 }, (_, index) =>
      row(index + 1, `<c r="A${index + 1}" t="inlineStr"><is><t>same ${index % 3}</t></is></c>`),
    ).join("");
    expect((await firstSheet(rows)).strings).toEqual(["same 0", "same 1", "same 2"]);
  });

  it("is refused when its cells spread too far", async () => {
    const opened = workbook(many);
    await expect(readSheet(opened, opened.sheets[0]!, { maxCells: 1000 })).rejects.toThrow(FileTooLargeError);
  });

  it("is refused when its part lies about its size or checksum", async () => {
    const bytes = workbookFile(many);
    for (let step = 1; step < 8; step++) {
      const damaged = bytes.slice();
      const at = Math.floor((bytes.length * step) / 8);
      damaged[at] = damaged[at]! ^ 0x55;
      const outcome = await Promise.resolve()
        .then(() => {
          const opened = openWorkbook(damaged);
          return readSheet(opened, opened.sheets[0]!);
        })
        .catch((error: unknown) => error);
      expect(outcome).toBeInstanceOf(TandemError);
    }
  });

  it("ends for a sheet cut off anywhere", async () => {
    const xml = `<worksheet ${main}><sheetData>${row(1, '<c r="A1" s="1"><f>B1</f><v>1.5</v></c><c r="B1" t="inlineStr"><is><t>x</t></is></c>')}</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>`;
    for (let length = 0; length < xml.length; length++) {
      await expect(firstSheet({ sheets: [{ xml: xml.slice(0, length) }] }), String(length)).rejects.toThrow(
        TandemError,
      );
    }
  });
});

describe("any cells in any spelling", () => {
  type Written = {
    readonly value: number | string | boolean;
    readonly style: number;
    readonly hasFormula: boolean;
  };
  const anyText = fc.string({ unit: "binary", maxLength: 12 }).filter((text) => text.isWellFormed());
  const anyCell: fc.Arbitrary<Written> = fc.record({
    value: fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.integer({ min: 0, max: 1e9 }).map((whole) => whole / 100),
      anyText,
      fc.boolean(),
    ),
    style: fc.integer({ min: 0, max: 1 }),
    hasFormula: fc.boolean(),
  });
  const anyRow = fc.dictionary(fc.integer({ min: 0, max: 30 }).map(String), anyCell, {
    maxKeys: 5,
    noNullPrototype: true,
  });
  const anySheet = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 60 }), anyRow), {
    selector: ([number]) => number,
    maxLength: 8,
  });
  const anySpelling = fc.record({
    prefix: fc.constantFrom("", "x:"),
    quote: fc.constantFrom('"', "'"),
    gap: fc.constantFrom("", "\n ", "<!-- c -->"),
    strings: fc.constantFrom("shared", "inline", "formula"),
    isBackwards: fc.boolean(),
  });
  type Spelling = typeof anySpelling extends fc.Arbitrary<infer S> ? S : never;

  const write = (rows: readonly (readonly [number, Record<string, Written>])[], spelling: Spelling) => {
    const { prefix, quote, gap } = spelling;
    const strings: string[] = [];
    const tag = (name: string, content: string, attributes: Record<string, string> = {}): string => {
      const list = Object.entries(attributes).map(([key, value]) => ` ${key}=${quote}${value}${quote}`);
      return `<${prefix}${name}${(spelling.isBackwards ? list.reverse() : list).join("")}>${content}</${prefix}${name}>${gap}`;
    };
    const body = (cell: Written): [attributes: Record<string, string>, content: string] => {
      const formula = cell.hasFormula ? tag("f", "1&lt;2") : "";
      if (typeof cell.value === "number") return [{}, formula + tag("v", String(cell.value))];
      if (typeof cell.value === "boolean") return [{ t: "b" }, formula + tag("v", cell.value ? "1" : "0")];
      // A carriage return in XML is a line feed to its reader, so it is escaped like other control characters.
      const text = escapeText(encodeEscapes(cell.value));
      if (spelling.strings === "formula") return [{ t: "str" }, formula + tag("v", text)];
      if (spelling.strings === "inline") return [{ t: "inlineStr" }, formula + tag("is", tag("t", text))];
      strings.push(`<t>${text}</t>`);
      return [{ t: "s" }, formula + tag("v", String(strings.length - 1))];
    };
    const data = rows
      .map(([number, cells]) =>
        tag(
          "row",
          Object.entries(cells)
            .map(([column, cell]) => {
              const [type, content] = body(cell);
              return tag("c", content, {
                r: formatAddress(number, Number(column)),
                s: String(cell.style),
                ...type,
              });
            })
            .join(""),
          { r: String(number) },
        ),
      )
      .join("");
    const name = prefix === "" ? "xmlns" : "xmlns:x";
    const xml = `<${prefix}worksheet ${name}="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><${prefix}sheetData>${data}</${prefix}sheetData></${prefix}worksheet>`;
    return { strings, xml };
  };

  it("read back equal", async () => {
    await fc.assert(
      fc.asyncProperty(anySheet, anySpelling, async (rows, spelling) => {
        const { strings, xml } = write(rows, spelling);
        const cells = await firstSheet({ strings, sheets: [{ xml }], formats: ["0.00"] });
        let count = 0;
        for (const [number, written] of rows) {
          for (const [column, { value, hasFormula, style }] of Object.entries(written)) {
            const address = formatAddress(number, Number(column));
            // Texts of nothing are stored as such; every other value comes back the same.
            expect(at(cells, address)).toStrictEqual(Object.is(value, -0) ? 0 : value);
            expect(formulaAt(cells, address)).toBe(hasFormula ? "1<2" : undefined);
            const index = [...cells.rows].indexOf(number);
            expect(cells.columns[Number(column)]!.styles[index]).toBe(style);
            count++;
          }
        }
        expect(cells.cellCount).toBe(count);
      }),
      { numRuns: 300 },
    );
  });
});
