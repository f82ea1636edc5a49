import { describe, expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import { trackedChanges } from "../revisions/tracked-changes.ts";
import type { TrackedChange, WordDocument } from "../types.ts";
import { at, p, texts, wordDocument, xmlOf } from "../word.fixture.ts";
import { type DiffResult, diffDocuments } from "./diff-documents.ts";

type Compared = DiffResult & { readonly markup: string[]; readonly xml: string };

function tables(before: readonly string[], after: readonly string[]): Compared {
  return bodies(table(...before) + p("End."), table(...after) + p("End."));
}

function bodies(before: string, after: string): Compared {
  const [old, fresh] = [wordDocument(before), wordDocument(after)];
  const result = diffDocuments(old, fresh, at);
  const document = openFile(result.bytes);
  const settled = (action: "accept" | "reject"): string[] =>
    texts(openFile(settleChanges(document, { action })));
  expect(settled("reject")).toEqual(texts(old));
  expect(result.refused).toEqual([]);
  expect(settled("accept")).toEqual(texts(fresh));
  return { ...result, markup: texts(document, "markup"), xml: xmlOf(document) };
}

/** `|` between cells; `<3` in front of a text makes its cell span three columns, `=` one merged with the cell above. */
function table(...rows: readonly string[]): string {
  const width = Math.max(...rows.map((row) => row.split("|").length));
  const cell = (text: string): string => {
    const span = /^<(\d)/.exec(text)?.[1];
    const merge = text.startsWith("=") ? "<w:vMerge/>" : "";
    const properties = `<w:tcW w:w="${9000 / width}" w:type="dxa"/>${span === undefined ? "" : `<w:gridSpan w:val="${span}"/>`}${merge}`;
    return `<w:tc><w:tcPr>${properties}</w:tcPr>${p(text.replace(/^<\d|^=/, ""))}</w:tc>`;
  };
  const lines = rows.map((row) => `<w:tr>${row.split("|").map(cell).join("")}</w:tr>`);
  return `<w:tbl><w:tblPr/><w:tblGrid>${'<w:gridCol w:w="100"/>'.repeat(width)}</w:tblGrid>${lines.join("")}</w:tbl>`;
}

const budget = ["Item|2025|2026", "Rent|12,000|12,400", "Travel|3,500|2,900", "Total|15,500|15,300"];
const addColumn = (rows: readonly string[], at: number, cells: readonly string[]): string[] =>
  rows.map((row, index) => row.split("|").toSpliced(at, 0, cells[index]!).join("|"));

describe("comparing tables whose columns changed", () => {
  it("inserts a column cell by cell", () => {
    const after = addColumn(budget, 3, ["2027", "13,000", "3,000", "16,000"]);
    const { markup, xml, counts } = tables(budget, after);
    expect(markup.slice(0, 4)).toEqual(["Item", "2025", "2026", "{++2027++}"]);
    expect(xml.match(/<w:cellIns /g)).toHaveLength(4);
    expect(xml.match(/<w:tblGridChange /g)).toHaveLength(1);
    expect(counts).toMatchObject({ insertedColumns: 1, deletedColumns: 0, insertedRows: 0, deletedRows: 0 });
  });

  it("deletes a column cell by cell", () => {
    const { markup, xml } = tables(addColumn(budget, 1, ["Note", "paid", "open", ""]), budget);
    expect(markup.slice(0, 8)).toEqual([
      "Item",
      "{--Note--}",
      "2025",
      "2026",
      "Rent",
      "{--paid--}",
      "12,000",
      "12,400",
    ]);
    expect(xml.match(/<w:cellDel /g)).toHaveLength(4);
  });

  it("gives the cells of one column one time, and each column its own", () => {
    const wide = addColumn(addColumn(budget, 1, ["Note", "paid", "open", ""]), 4, [
      "Plan",
      "up",
      "down",
      "same",
    ]);
    const { bytes } = tables(budget, wide);
    const dates = new Set(
      trackedChanges(openFile(bytes))
        .filter(({ kind }) => kind === "inserted-cell")
        .map(({ revision }) => revision.date),
    );
    expect(dates.size).toBe(2);
  });

  it("edits cells, and adds and removes rows, beside a new column", () => {
    const after = addColumn(
      ["Item|2025|2026", "Rent|12,000|12,900", "Software|800|900", "Total|12,800|13,800"],
      2,
      ["Note", "paid", "open", ""],
    );
    const { markup } = tables(budget, after);
    expect(markup).toEqual([
      "Item",
      "2025",
      "{++Note++}",
      "2026",
      "Rent",
      "12,000",
      "{++paid++}",
      "{--12,400--}{++12,900++}",
      "{--Travel--}",
      "{--3,500--}",
      "",
      "{--2,900--}",
      "{++Software++}",
      "{++800++}",
      "{++open++}",
      "{++900++}",
      "Total",
      "{--15,500--}{++12,800++}",
      "",
      "{--15,300--}{++13,800++}",
      "End.",
    ]);
  });

  it("lets a row and a column be refused without each other", () => {
    const before = addColumn(budget, 1, ["Note", "paid", "open", ""]);
    const after = addColumn(["Item|2025|2026", "Rent|12,000|12,400", "Software|800|900"], 3, [
      "2027",
      "1",
      "2",
    ]);
    const { bytes } = tables(before, after);
    const document = openFile(bytes);
    const rows = (file: WordDocument): number[] =>
      (xmlOf(file).match(/<w:tr>.*?<\/w:tr>/g) ?? []).map((row) => row.split("<w:tc>").length - 1);
    expect(new Set(rows(document))).toEqual(new Set([5]));
    const isCell = ({ kind }: TrackedChange): boolean => kind.endsWith("-cell");
    const onlyCells = openFile(settleChanges(document, { action: "accept", which: isCell }));
    expect(new Set(rows(openFile(settleChanges(onlyCells, { action: "reject" }))))).toEqual(new Set([4]));
    const noCells = openFile(settleChanges(document, { action: "reject", which: isCell }));
    expect(new Set(rows(openFile(settleChanges(noCells, { action: "accept" }))))).toEqual(new Set([4]));
  });

  it("keeps a deleted column in the grid until it is accepted", () => {
    const { xml, bytes } = tables(addColumn(budget, 1, ["Note", "paid", "open", ""]), budget);
    const grid = (source: string): number =>
      (/<w:tblGrid>.*?(?=<w:tblGridChange|<\/w:tblGrid>)/.exec(source)?.[0].split("<w:gridCol ").length ??
        0) - 1;
    expect(grid(xml)).toBe(4);
    expect(grid(xmlOf(openFile(settleChanges(openFile(bytes), { action: "accept" }))))).toBe(3);
  });

  it("takes an exchanged column for a deleted and an inserted one", () => {
    const { counts } = tables(
      budget,
      addColumn(
        budget.map((row) => row.split("|").slice(1).join("|")),
        2,
        ["Remarks", "none at all", "by rail", "less"],
      ),
    );
    expect(counts).toMatchObject({ insertedColumns: 1, deletedColumns: 1 });
  });

  it("edits the figures of a column that stays in its place", () => {
    const { counts } = tables(budget, ["Item|2025|2026", "Rent|1|2", "Travel|3|4", "Total|4|6"]);
    expect(counts).toMatchObject({ insertedColumns: 0, deletedColumns: 0 });
  });

  it("widens a title row over the new column", () => {
    const { xml } = tables(
      ["<3Budget of the year", ...budget],
      ["<4Budget of the year", ...addColumn(budget, 3, ["2027", "13,000", "3,000", "16,000"])],
    );
    expect(xml.match(/Budget of the year/g)).toHaveLength(1);
    expect(xml).toContain('<w:gridSpan w:val="4"/>');
  });

  it("keeps vertically merged cells beside a new column", () => {
    const merged = ["Item|2025|2026", "Rent|12,000|12,400", "=|3,500|2,900"];
    tables(merged, addColumn(merged, 3, ["2027", "13,000", "3,000"]));
  });

  it("replaces the table where merged cells leave open which column came", () => {
    const { xml } = tables(["<2One two|Three", "a|b|c"], ["One|two|Three|Four", "a|b|c|d"]);
    expect(xml).not.toContain("w:cellIns");
    expect(xml.match(/<w:tbl>/g)).toHaveLength(2);
  });

  it("copes with cells without properties", () => {
    const bare = (...rows: string[]): string =>
      `<w:tbl><w:tblPr/>${rows
        .map(
          (row) =>
            `<w:tr>${row
              .split("|")
              .map((text) => `<w:tc>${p(text)}</w:tc>`)
              .join("")}</w:tr>`,
        )
        .join("")}</w:tbl>${p("End.")}`;
    bodies(bare("Item|Price", "Ink|12"), bare("Item|Number|Price", "Ink|3|12"));
    bodies(bare("Item|Number|Price", "Ink|3|12"), bare("Item|Price", "Ink|12"));
  });
});
