import { describe, expect, it } from "vitest";
import { openWorkbook, readDelimited, readTables } from "../../../files/index.ts";
import { t, workbookFile } from "../../../files/xlsx/workbook.fixture.ts";
import type { TaskContext } from "../../task.ts";
import type { SourceTables } from "../types.ts";
import { fillTables } from "./fill-tables.ts";
import { resolveFigures } from "./resolve-figures.ts";

const context: TaskContext = { now: new Date("2026-11-20T10:00:00Z"), timeZone: "UTC", emit: () => {} };

const lines: readonly (readonly (string | number)[])[] = [
  ["Region", "Month", "Amount"],
  ["North", "January", 1200.5],
  ["South", "January", 800],
  ["North", "February", 300],
  ["South", "February", 45000],
];

async function orders(): Promise<SourceTables> {
  const rows = lines
    .map((line, row) => {
      const cells = line.map((value, column) => {
        const address = `${"ABC"[column]}${row + 1}`;
        return typeof value === "number"
          ? `<c r="${address}" s="1"><v>${value}</v></c>`
          : `<c r="${address}" t="inlineStr"><is>${t(value)}</is></c>`;
      });
      return `<row r="${row + 1}">${cells.join("")}</row>`;
    })
    .join("");
  const bytes = workbookFile({
    sheets: [{ name: "All orders", rows: `${rows}<row r="8"><c r="A8" t="e"><v>#DIV/0!</v></c></row>` }],
    formats: ["#,##0.00"],
  });
  const { tables } = await readTables(openWorkbook(bytes), { file: "orders.xlsx" });
  return { name: "orders.xlsx", sha256: "ab", bytes, tables: tables.map(({ table }) => table) };
}

const reference = (asked: string): { name: string; workbook: string; asked: string } => ({
  name: "sales",
  workbook: "orders.xlsx",
  asked,
});

describe("the caption of a range", () => {
  const captionOf = async (text: string, range: string): Promise<string | undefined> => {
    const bytes = new TextEncoder().encode(text);
    const { tables } = await readTables(await readDelimited(bytes), { file: "figures.csv" });
    const source: SourceTables = {
      name: "figures.csv",
      sha256: "0",
      bytes,
      tables: tables.map(({ table }) => table),
    };
    const filled = await fillTables([{ workbook: "figures.csv", range }], [source], context);
    return filled.tables[0]?.caption;
  };

  it("is the title above it, or the names of its columns where its own name says nothing; never an address", async () => {
    const plain = "Region,Month,Amount\nNorth,May,1\nSouth,May,2\n";
    expect(await captionOf(plain, "A1:C3")).toBe("Region, Month, Amount");
    expect(await captionOf(plain, "A1:B2")).toBe("Region, Month");
    expect(await captionOf(`Sales of the harbour,,\n${plain}`, "A2:C4")).toBe("Sales of the harbour");
  });
});

describe("a figure", () => {
  it("named by its cell has the text that the cell shows", async () => {
    const { figures, problems } = await resolveFigures(
      [reference("'All orders'!C5")],
      [await orders()],
      context,
    );
    expect(problems).toEqual([]);
    expect(figures).toEqual([
      {
        id: "f1",
        name: "sales",
        text: "45,000.00",
        value: 45000,
        workbook: "orders.xlsx",
        sha256: "ab",
        cells: ["'All orders'!C5"],
      },
    ]);
  });

  it("asked for in words is computed, with its query and its cells", async () => {
    const { figures } = await resolveFigures(
      [reference("total Amount in North")],
      [await orders()],
      context,
      {
        firstNumber: 4,
      },
    );
    expect(figures[0]).toMatchObject({ id: "f4", value: 1500.5, text: "1500.5" });
    expect(figures[0]?.cells).toEqual(["'All orders'!C2", "'All orders'!C4"]);
    expect(figures[0]?.query).toMatch(/select/i);
  });

  it("that is a name is the name", async () => {
    const asked = "which region has the highest total amount?";
    const { figures } = await resolveFigures([reference(asked)], [await orders()], context);
    expect(figures[0]).toMatchObject({ value: "South", text: "South" });
  });

  const impossible = [
    ["'All orders'!C99", "is empty"],
    ["'All orders'!C2:C5", "more than one cell"],
    ["'All orders'!A8", "#DIV/0!"],
    ["Nowhere!C2", 'has no sheet "Nowhere"'],
    ["Amount by Region", "more than one number"],
    ["why is the sky blue", "can't be answered"],
  ] as const;
  for (const [asked, reason] of impossible) {
    it(`that is not there is a problem: ${asked}`, async () => {
      const { figures, problems } = await resolveFigures([reference(asked)], [await orders()], context);
      expect(figures).toEqual([]);
      expect(problems[0]?.reason).toContain(reason);
    });
  }

  it("of a workbook that is not among the sources is a problem", async () => {
    const { problems } = await resolveFigures([reference("C5")], [], context);
    expect(problems[0]?.reason).toContain("orders.xlsx");
  });
});

describe("a table", () => {
  it("is filled from a range with the texts of its cells, numbers on the right", async () => {
    const { tables } = await fillTables(
      [{ workbook: "orders.xlsx", range: "'All orders'!A1:C3", caption: "January" }],
      [await orders()],
      context,
    );
    expect(tables).toEqual([
      {
        id: "t1",
        caption: "January",
        workbook: "orders.xlsx",
        sha256: "ab",
        range: "'All orders'!A1:C3",
        header: ["Region", "Month", "Amount"],
        rows: [
          ["North", "January", "1,200.50"],
          ["South", "January", "800.00"],
        ],
        align: ["left", "left", "right"],
      },
    ]);
  });

  it("of delimited text shows what is written there, and so does a figure", async () => {
    const bytes = new TextEncoder().encode('Tax,2019\n"Foreign","$1,716"\nFederal,(13)\nRate,4.70\n');
    const text: SourceTables = { name: "tax.csv", sha256: "ab", bytes, tables: [] };
    const { tables } = await fillTables([{ workbook: "tax.csv", range: "A1:B4" }], [text], context);
    expect(tables[0]?.rows).toEqual([
      ["Foreign", "$1,716"],
      ["Federal", "(13)"],
      ["Rate", "4.70"],
    ]);
    const cell = { name: "foreign tax", workbook: "tax.csv", asked: "B2" };
    const { figures } = await resolveFigures([cell], [text], context);
    expect(figures[0]).toMatchObject({ text: "$1,716", value: 1716 });
  });

  it("leaves a column without a name that has none", async () => {
    const bytes = new TextEncoder().encode(",2019,2018\nAudit fees,58,55\nTax fees,28,11\n");
    const { tables: found } = await readTables(await readDelimited(bytes), { file: "fees.csv" });
    const text = { name: "fees.csv", sha256: "ab", bytes, tables: found.map(({ table }) => table) };
    const { tables } = await fillTables([{ workbook: "fees.csv", range: "A1:C3" }], [text], context);
    expect(tables[0]?.header).toEqual(["", "2019", "2018"]);
  });

  it("may be named as the workbook names it", async () => {
    const workbook = await orders();
    const name = workbook.tables[0]!.name;
    const { tables } = await fillTables([{ workbook: "orders.xlsx", range: name }], [workbook], context);
    expect(tables[0]).toMatchObject({ caption: name, range: "'All orders'!A1:C5" });
    expect(tables[0]?.rows).toHaveLength(4);
  });

  it("may be computed, with its query and its cells", async () => {
    const reference = { workbook: "orders.xlsx", range: "total Amount by Region" };
    const { tables, problems } = await fillTables([reference], [await orders()], context);
    expect(problems).toEqual([]);
    expect(tables[0]).toMatchObject({
      caption: "Total Amount by Region",
      rows: [
        ["South", "45,800.00"],
        ["North", "1500.50"],
      ],
      align: ["left", "right"],
    });
    expect(tables[0]?.query).toMatch(/select/i);
    expect(tables[0]?.range).toContain("'All orders'!C2");
  });

  it("that is no range, or too long for a document, is a problem", async () => {
    const { problems } = await fillTables(
      [
        { workbook: "orders.xlsx", range: "why is the sky blue" },
        { workbook: "orders.xlsx", range: "'All orders'!A1:Z3" },
        { workbook: "orders.xlsx", range: "'All orders'!E1:F3" },
      ],
      [await orders()],
      context,
    );
    expect(problems.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("can't be answered"),
      expect.stringContaining("26 columns"),
      expect.stringContaining("no rows"),
    ]);
  });
});
