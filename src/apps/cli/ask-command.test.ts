import { describe, expect, it } from "vitest";
import { wordFile } from "../../files/docx/word.fixture.ts";
import { openWorkbook, readPart } from "../../files/index.ts";
import { workbookFile } from "../../files/xlsx/workbook.fixture.ts";
import {
  compoundFile,
  ordersCsv,
  ordersParquet,
  ordersRows,
  ordersWorkbook,
  sheetRows,
} from "./ask.fixture.ts";
import { onTerminal, type TestWorld, type TestWorldOptions, testWorld } from "./cli-io.fixture.ts";
import { runCli } from "./main.ts";

const question = "total amount by region";
const answer = "Region · sum of Amount\nNorth · 2998.5\nSouth · 899\nEast · 350.1\n";

async function world(
  files: Readonly<Record<string, Uint8Array | string>>,
  options?: TestWorldOptions,
): Promise<TestWorld & { ask: (...argv: string[]) => Promise<number>; added: () => Promise<string[]> }> {
  const made = await testWorld(options);
  for (const [name, content] of Object.entries(files)) await made.put(name, content);
  return {
    ...made,
    ask: (...argv) => runCli(["ask", ...argv], made.io),
    added: async () => (await made.names()).filter((name) => !(name in files)),
  };
}

describe("tandem ask", () => {
  it("answers a question about a text table with its query and cells, and writes nothing", async () => {
    const { ask, out, err, added } = await world({ "orders.csv": ordersCsv });
    expect(await ask("orders.csv", question)).toBe(0);
    expect(out()).toBe(answer);
    expect(err()).toMatch(/query: SELECT .*sum\("Amount"\)/);
    expect(err()).toContain("cells: orders.csv!A4:A7, orders.csv!D4:D7");
    expect(await added()).toEqual([]);
  });

  it("answers from stdin and from several files, and says where nothing was found", async () => {
    const piped = await world({}, { stdin: ordersCsv });
    expect(await piped.ask("-", question)).toBe(0);
    expect(piped.out()).toBe(answer);
    const several = await world({ "note.csv": "just a line", "orders.xlsx": ordersWorkbook() });
    expect(await several.ask("note.csv", "orders.xlsx", question)).toBe(0);
    expect(several.out()).toBe(answer);
    expect(several.err()).toContain("note: note.csv: no table was found in it");
  });

  it("joins a workbook and a text table in a query of the person's own", async () => {
    const { ask, out } = await world({
      "orders.xlsx": ordersWorkbook(),
      "heads.csv": "Region,Head\nNorth,Ann\nSouth,Bo\nEast,Cy\n",
    });
    const sql =
      "select Head, sum(Amount) as total from Orders join heads using (Region) group by 1 order by 1";
    expect(await ask("orders.xlsx", "heads.csv", "--sql", sql)).toBe(0);
    expect(out()).toBe("Head · total\nAnn · 2998.5\nBo · 899\nCy · 350.1\n");
  });

  it("refuses a query that does more than read (5) and says what is wrong with one that fails (2)", async () => {
    const { ask, out, err } = await world({ "orders.csv": ordersCsv });
    expect(await ask("orders.csv", "--sql", "select * from read_csv('/etc/passwd')")).toBe(5);
    expect(out()).toContain('only one SELECT over these tables: "Orders 2025"');
    expect(await ask("orders.csv", "--sql", 'select Colour from "Orders 2025"')).toBe(2);
    expect(err()).toMatch(/Colour/);
  });

  it("prints one JSON object with the result, its cells and how it was computed", async () => {
    const { ask, out } = await world({ "orders.xlsx": ordersWorkbook() });
    expect(await ask("orders.xlsx", question, "--json")).toBe(0);
    const report = JSON.parse(out());
    expect(report).toMatchObject({
      schemaVersion: 1,
      command: "ask",
      status: "answered",
      columns: [{ name: "Region" }, { name: "sum of Amount" }],
      values: [
        ["North", 2998.5],
        ["South", 899],
        ["East", 350.1],
      ],
      isTruncated: false,
      cells: ["Orders!A4:A7", "Orders!D4:D7"],
      engine: "rules",
      notes: [],
      tables: [{ name: "Orders", place: "Orders!A3:D7", rowCount: 4 }],
      output: null,
    });
    expect(report.rowCells[1]).toEqual(["Orders!A5", "Orders!D5"]);
    expect(report.query).toMatch(/^SELECT/);
    expect(report).not.toHaveProperty("written");
  });

  it("reports its errors as JSON too", async () => {
    const { ask, out } = await world({ "locked.xlsx": compoundFile("EncryptedPackage") });
    expect(await ask("locked.xlsx", question, "--json")).toBe(1);
    expect(JSON.parse(out())).toEqual({
      schemaVersion: 1,
      error: {
        code: "file-unsupported",
        message: "locked.xlsx: the workbook is protected by a password",
        hint: expect.stringContaining("Encrypt with Password"),
      },
    });
  });

  it("reads only the cells that --range names", async () => {
    const { ask, out, err } = await world({ "orders.xlsx": ordersWorkbook() });
    expect(await ask("orders.xlsx", question, "--range", "orders!A3:D5")).toBe(0);
    expect(out()).toBe("Region · sum of Amount\nNorth · 1200.5\nSouth · 899\n");
    expect(await ask("orders.xlsx", question, "--range", "Invoices!A3:D5")).toBe(2);
    expect(err()).toContain('orders.xlsx: there is no sheet "Invoices"');
    expect(err()).toContain("hint: The workbook has: Orders.");
    expect(await ask("orders.xlsx", question, "--range", "everything")).toBe(2);
    expect(await ask("orders.xlsx", question, "--range", "F20:G30")).toBe(2);
    expect(err()).toContain("F20:G30 holds no cells");
  });

  it("lists the tables and what can be asked when there is no question (3)", async () => {
    const { ask, out } = await world({ "orders.csv": ordersCsv });
    expect(await ask("orders.csv")).toBe(3);
    expect(out()).toContain("orders.csv!A3:D7, 4 rows");
    expect(out()).toContain("You can ask:");
  });

  it("says that a question is not understood instead of guessing (4)", async () => {
    const { ask, out, added } = await world({ "orders.xlsx": ordersWorkbook() });
    const obscure = "explain the strategic outlook of our competitors abroad";
    expect(await ask("orders.xlsx", obscure, "-o", "out.xlsx", "--chart", "out.svg")).toBe(4);
    expect(out()).toContain("Without a language model");
    expect(await added()).toEqual([]);
  });

  it("shows progress on a terminal, on one line that is gone at the end", async () => {
    const { ask, err } = await world(
      { "orders.csv": ordersCsv },
      { isTty: { ...onTerminal, stdout: false } },
    );
    expect(await ask("orders.csv", question)).toBe(0);
    expect(err()).toContain("\r\u001b[Kreading the tables …");
    expect(err()).toContain("\r\u001b[Kcomputing …");
    expect(err().lastIndexOf("\r\u001b[K")).toBeGreaterThan(err().lastIndexOf("computing"));
  });

  it("stops when it is interrupted while it reads, and leaves no file (130)", async () => {
    const stop = new AbortController();
    const made = await world({ "orders.xlsx": ordersWorkbook() }, { signal: stop.signal });
    const io = {
      ...made.io,
      stderr: (text: string) => {
        if (text.includes("reading the tables")) stop.abort();
        made.io.stderr(text);
      },
    };
    const argv = ["ask", "orders.xlsx", question, "-o", "out.xlsx", "--chart", "out.svg", "--verbose"];
    expect(await runCli(argv, io)).toBe(130);
    expect(made.err()).toContain("interrupted");
    expect(await made.added()).toEqual([]);
  });
});

describe("what tandem ask writes", () => {
  it("is a copy of the workbook with a new sheet, all else the same to the byte", async () => {
    const { ask, get, err, added } = await world({ "orders.xlsx": ordersWorkbook() });
    expect(await ask("orders.xlsx", question, "-o", "out.xlsx")).toBe(0);
    expect(await added()).toEqual(["out.xlsx"]);
    expect(err()).toMatch(/Answer: 3 live formulas, each computed a second time/);
    expect(err()).toContain("wrote out.xlsx");
    const [before, after] = [openWorkbook(ordersWorkbook()), openWorkbook(await get("out.xlsx"))];
    expect(after.sheets.map(({ name }) => name)).toEqual(["Orders", "Answer"]);
    const sheet = "/xl/worksheets/sheet1.xml";
    expect(readPart(after.package, sheet)).toEqual(readPart(before.package, sheet));
    expect(await get("orders.xlsx")).toEqual(ordersWorkbook());
  });

  it("is nothing but the workbook on stdout when that is asked for", async () => {
    const { ask, outBytes, err, added } = await world({ "orders.xlsx": ordersWorkbook() });
    expect(await ask("orders.xlsx", question, "-o", "-")).toBe(0);
    expect(openWorkbook(outBytes()).sheets.map(({ name }) => name)).toEqual(["Orders", "Answer"]);
    expect(err()).toContain(answer);
    expect(await added()).toEqual([]);
  });

  it("is named in the JSON report, with what the sheet holds", async () => {
    const { ask, out } = await world({ "orders.xlsx": ordersWorkbook() });
    expect(await ask("orders.xlsx", question, "-o", "out.xlsx", "--chart", "c.svg", "--json")).toBe(0);
    expect(JSON.parse(out())).toMatchObject({
      output: "out.xlsx",
      sheet: { name: "Answer", formulas: 3, notes: [] },
      chart: { path: "c.svg" },
    });
  });

  it("keeps a protected sheet protected", async () => {
    const protection = '<sheetProtection password="CC1A" sheet="1"/>';
    const sheets = [{ name: "Orders", rows: ordersRows, after: protection }];
    const { ask, out, get } = await world({ "orders.xlsx": workbookFile({ sheets }) });
    expect(await ask("orders.xlsx", question, "-o", "out.xlsx")).toBe(0);
    expect(out()).toBe(answer);
    const part = readPart(openWorkbook(await get("out.xlsx")).package, "/xl/worksheets/sheet1.xml");
    expect(new TextDecoder().decode(part)).toContain(protection);
  });

  it("is nothing where the workbook takes no new sheet", async () => {
    const before = '<workbookProtection lockStructure="1"/>';
    const { ask, err, added } = await world({ "orders.xlsx": ordersWorkbook({ before }) });
    expect(await ask("orders.xlsx", question, "-o", "out.xlsx", "--chart", "c.svg")).not.toBe(0);
    expect(err()).toContain("the workbook's structure is protected");
    expect(err()).toContain("hint: Remove the protection");
    expect(await added()).toEqual([]);
  });

  it("is a chart as .svg or .png", async () => {
    const { ask, get } = await world({ "orders.csv": ordersCsv });
    expect(await ask("orders.csv", question, "--chart", "c.svg")).toBe(0);
    expect(new TextDecoder().decode(await get("c.svg"))).toMatch(/^<svg[\s\S]*North/);
    expect(await ask("orders.csv", question, "--chart", "c.png")).toBe(0);
    expect([...(await get("c.png")).subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
  });

  it.each([
    [["--chart", "c.pdf"], /can't be drawn as c\.pdf/],
    [["--chart", "."], /can't be drawn/],
    [["-o", "out.csv"], /cannot become \.csv/],
    [["-o", "orders.xlsx"], /not overwritten/],
    [["--sql", "select 1"], /two ways to ask/],
  ])("is refused before any work: %s", async (options, message) => {
    const { ask, err, added } = await world({ "orders.xlsx": ordersWorkbook() });
    expect(await ask("orders.xlsx", question, ...options)).toBe(2);
    expect(err()).toMatch(message);
    expect(await added()).toEqual([]);
  });

  it("goes into one workbook only", async () => {
    const { ask, err, added } = await world({ "orders.csv": ordersCsv });
    expect(await ask("orders.csv", question, "-o", "out.csv")).toBe(2);
    expect(err()).toContain("one workbook only");
    expect(await added()).toEqual([]);
  });
});

describe("tandem ask about Parquet files", async () => {
  const parquet = await ordersParquet();

  it("answers by rules over its columns, with rows as what it stands on", async () => {
    const { ask, out, err } = await world({ "orders.parquet": parquet });
    expect(await ask("orders.parquet", question)).toBe(0);
    expect(out()).toBe(`${answer}(empty) · (empty)\n`);
    expect(err()).toContain("cells: orders.parquet!Region rows 1-5, orders.parquet!Amount rows 1-5");
    expect(await ask("orders.parquet", "total amount in the North in February 2025")).toBe(0);
    expect(out()).toContain("sum of Amount: 1798");
    expect(err()).toContain("orders.parquet!Amount row 3");
  });

  it("keeps numbers exact, reads lists, and joins with other files", async () => {
    const { ask, out } = await world({
      "orders.parquet": parquet,
      "heads.csv": "Region,Head\nNorth,Ann\nSouth,Bo\n",
    });
    expect(await ask("orders.parquet", "--sql", "select max(Serial), max(len(Tags)) from orders")).toBe(0);
    expect(out()).toContain("9,223,372,036,854,775,806");
    const sql = "select Head, sum(Amount) from orders join heads using (Region) group by 1 order by 1";
    expect(await ask("heads.csv", "orders.parquet", "--sql", sql)).toBe(0);
    expect(out()).toContain("Ann · 2998.5\nBo · 899");
  });

  it("is listed with its columns, also through a pipe", async () => {
    const { ask, out } = await world({}, { stdin: parquet });
    expect(await ask("-")).toBe(3);
    expect(out()).toContain("stdin: stdin, 5 rows");
    expect(out()).toMatch(/Amount +DECIMAL/);
    expect(out()).toMatch(/Tags +VARCHAR\[\]/);
  });

  it.each([
    ["cut off", parquet.slice(0, 300), [], 1, /cut\.parquet: this is no Parquet file, or it is cut off/],
    ["text", "a,b\n1,2\n", [], 1, /no Parquet file/],
    ["encrypted", "PARE and what follows", [], 1, /encrypted/],
    ["asked for cells", parquet, ["--range", "A1:B2"], 2, /has no cells/],
    ["asked for a workbook", parquet, ["-o", "out.parquet"], 2, /one workbook only/],
  ] as const)("fails in words when it is %s", async (_, bytes, options, code, message) => {
    const { ask, err, added } = await world({ "cut.parquet": bytes });
    expect(await ask("cut.parquet", question, ...options)).toBe(code);
    expect(err()).toMatch(message);
    expect(await added()).toEqual([]);
  });
});

describe("files that tandem ask can't read", () => {
  const relationships =
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>';
  const broken = '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v>';
  const failures: readonly {
    readonly what: string;
    readonly name: string;
    readonly bytes: Uint8Array | string;
    readonly code: number;
    readonly message: RegExp;
    readonly hint: RegExp;
  }[] = [
    {
      what: "a workbook behind a password",
      name: "a.xlsx",
      bytes: compoundFile("EncryptedPackage"),
      code: 1,
      message: /a\.xlsx: the workbook is protected by a password/,
      hint: /empty the field/,
    },
    {
      what: "half a zip",
      name: "a.xlsx",
      bytes: ordersWorkbook().slice(0, 900),
      code: 1,
      message: /a\.xlsx: this is not a complete zip/,
      hint: /ask for it again/,
    },
    {
      what: "a sheet whose XML is cut off",
      name: "a.xlsx",
      bytes: workbookFile({ sheets: [{ name: "Orders", xml: broken }] }),
      code: 1,
      message: /a\.xlsx: the sheet "Orders" can't be read: it is cut off/,
      hint: /save it again/,
    },
    {
      what: "a sheet that is not there",
      name: "a.xlsx",
      bytes: ordersWorkbook({ parts: { "xl/_rels/workbook.xml.rels": relationships } }),
      code: 1,
      message: /a\.xlsx: the sheet "Orders" can't be read: its part is missing/,
      hint: /save it again/,
    },
    {
      what: "an empty workbook",
      name: "a.xlsx",
      bytes: workbookFile(""),
      code: 2,
      message: /no table was found in a\.xlsx/,
      hint: /name its cells/,
    },
    {
      what: "a workbook without a table",
      name: "a.xlsx",
      bytes: workbookFile(sheetRows([["Only a note"]])),
      code: 2,
      message: /no table was found in a\.xlsx/,
      hint: /name its cells/,
    },
    {
      what: "a workbook whose table is hidden",
      name: "a.xlsx",
      bytes: workbookFile({
        sheets: [{ name: "Data", rows: ordersRows, state: "hidden" }, { name: "Front" }],
      }),
      code: 2,
      message: /no table was found/,
      hint: /A hidden sheet was left out: Data\./,
    },
    {
      what: "an empty file",
      name: "a.csv",
      bytes: "",
      code: 2,
      message: /no table was found/,
      hint: /cells/,
    },
    {
      what: "a binary file called .csv",
      name: "a.csv",
      bytes: Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919 + 13) % 256),
      code: 1,
      message: /a\.csv: this is neither a workbook nor text/,
      hint: /\.parquet/,
    },
    {
      what: "a Word document",
      name: "a.docx",
      bytes: wordFile("<w:p/>"),
      code: 1,
      message: /a\.docx: this is a Word document, not a workbook/,
      hint: /\.xlsx/,
    },
    {
      what: "an old Word document",
      name: "a.doc",
      bytes: compoundFile("WordDocument"),
      code: 1,
      message: /an old Word document/,
      hint: /\.xlsx/,
    },
  ];

  it.each(failures)("are named with what to do: $what", async ({ name, bytes, code, message, hint }) => {
    const { ask, err, out, added } = await world({ [name]: bytes });
    expect(await ask(name, question, "--chart", "c.svg")).toBe(code);
    expect(err()).toMatch(message);
    expect(err()).toMatch(new RegExp(`hint: .*${hint.source}`));
    expect(out()).toBe("");
    expect(await added()).toEqual([]);
  });

  it("are missing, or were never named", async () => {
    const { ask, err } = await world({ "orders.csv": ordersCsv });
    expect(await ask("missing.xlsx", question)).toBe(2);
    expect(err()).toContain("there is no file missing.xlsx");
    expect(await ask("how much was sold?")).toBe(2);
    expect(err()).toContain("there is no file to ask about");
  });

  it.each([
    ["old.xls", compoundFile("Workbook"), /old binary format \(\.xls\), which needs LibreOffice/],
    ["page.xls", "<html><table><tr><td>1</td></tr></table></html>", /as a web page, which needs LibreOffice/],
  ])("need LibreOffice where it is not installed: %s", async (name, bytes, message) => {
    const { ask, err, added } = await world({ [name]: bytes }, { env: { PATH: "/nowhere" } });
    expect(await ask(name, question, "-o", "out.xlsx")).toBe(1);
    expect(err()).toMatch(message);
    expect(err()).toMatch(/hint: install LibreOffice .*or save the file as \.xlsx/);
    expect(await added()).toEqual([]);
  });

  it("become an .xlsx file only, when they have to be converted", async () => {
    const { ask, err } = await world({ "old.xls": compoundFile("Workbook") });
    expect(await ask("old.xls", question, "-o", "new.xls")).toBe(2);
    expect(err()).toContain("can only be written as an .xlsx file");
  });

  it("are read all the same when text only calls itself .xls", async () => {
    const { ask, out } = await world({
      "tab.xls": ordersCsv.replaceAll(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/g, "\t"),
    });
    expect(await ask("tab.xls", question)).toBe(0);
    expect(out()).toBe(answer);
  });
});
