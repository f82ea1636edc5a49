import { describe, expect, it } from "vitest";
import { r, wordFile } from "../../files/docx/word.fixture.ts";
import { openFile, type WordDocument } from "../../files/index.ts";
import { workbookFile } from "../../files/xlsx/workbook.fixture.ts";
import { sha256 } from "../sha256.ts";
import { addFigureRecord, type FigureRecord } from "../write/figures/figure-record.ts";
import { rowsOf } from "./proof/workbooks.fixture.ts";
import { verifyFigures } from "./verify-figures.ts";

const book = (north: number): Uint8Array =>
  workbookFile({
    sheets: [
      {
        name: "Orders",
        rows: rowsOf([
          ["Region", "Amount"],
          ["North", north],
          ["South", 800],
        ]),
      },
    ],
  });

const mark = (id: number, name: string, text: string): string =>
  `<w:bookmarkStart w:id="${id}" w:name="${name}"/>${r(text)}<w:bookmarkEnd w:id="${id}"/>`;

async function report(figure = "2,000"): Promise<WordDocument> {
  const origin = { workbook: "orders.xlsx", sha256: await sha256(book(1200)) };
  const record: FigureRecord = {
    version: 1,
    figures: [
      {
        ...origin,
        bookmark: "tandem_f1",
        name: "total",
        text: "2,000",
        value: 2000,
        cells: ["Orders!B2:B3"],
        query: 'SELECT sum("Amount") FROM "Orders"',
      },
      { ...origin, bookmark: "tandem_f2", name: "south", text: "800", value: 800, cells: ["Orders!B3"] },
    ],
    tables: [
      {
        ...origin,
        bookmark: "tandem_t1",
        range: "Orders!A1:B3",
        rows: [
          ["Region", "Amount"],
          ["North", "1200"],
          ["South", "800"],
        ],
      },
    ],
  };
  const body = `<w:p>${r("It begins. We sold ")}${mark(1, "tandem_f1", figure)}${r(" in all. The South had ")}${mark(2, "tandem_f2", "800")}${r(".")}</w:p><w:p>${mark(3, "tandem_t1", "Table 1")}</w:p>`;
  return openFile(addFigureRecord(openFile(wordFile(body)), record)!);
}

const states = async (
  document: WordDocument,
  files: readonly { name: string; bytes: Uint8Array }[],
): Promise<string[]> =>
  (await verifyFigures(document, files, {})).map(({ bookmark, state }) => `${bookmark} ${state}`);

describe("figures that Tandem wrote", () => {
  it("hold on the workbook they came from", async () => {
    const found = await verifyFigures(await report(), [{ name: "orders.xlsx", bytes: book(1200) }], {});
    expect(found.map(({ state }) => state)).toEqual(["holds", "holds", "holds"]);
    expect(found.every(({ isSameFile }) => isSameFile)).toBe(true);
  });

  it("are named with their sentence, the old and the new value when the workbook has changed", async () => {
    const found = await verifyFigures(await report(), [{ name: "orders.xlsx", bytes: book(1500) }], {});
    expect(found.map(({ state }) => state)).toEqual(["no-longer-holds", "holds", "no-longer-holds"]);
    expect(found[0]).toMatchObject({
      written: "2,000",
      now: "2,300",
      sentence: "We sold 2,000 in all.",
      isSameFile: false,
    });
    expect(found[2]).toMatchObject({ written: "North | 1200", now: "North | 1500" });
  });

  it("are told apart when a person has edited them, and when their workbook is missing", async () => {
    const edited = await verifyFigures(
      await report("2,500"),
      [{ name: "orders.xlsx", bytes: book(1200) }],
      {},
    );
    expect(edited[0]).toMatchObject({ state: "edited", text: "2,500", written: "2,000" });
    expect(await states(await report(), [{ name: "other.xlsx", bytes: book(1200) }])).toEqual([
      "tandem_f1 workbook-missing",
      "tandem_f2 workbook-missing",
      "tandem_t1 workbook-missing",
    ]);
  });

  it("are unreadable where their column is gone", async () => {
    const bytes = workbookFile({
      sheets: [
        {
          name: "Orders",
          rows: rowsOf([
            ["Region", "Sum"],
            ["North", 1],
            ["South", 800],
          ]),
        },
      ],
    });
    expect((await states(await report(), [{ name: "orders.xlsx", bytes }]))[0]).toBe("tandem_f1 unreadable");
  });
});
