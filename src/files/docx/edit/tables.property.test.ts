import fc from "fast-check";
import { expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
import { descendantsNamed } from "../../xml/xml-tree.ts";
import { wholeParagraph } from "../read/find-quote.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import type { Change, WordDocument } from "../types.ts";
import { at, p, revision, texts, wordDocument, xmlOf } from "../word.fixture.ts";
import { planChanges } from "./plan-changes.ts";
import { areAlike, readTable, type TableRow } from "./table-model.ts";
import { tbl, tc, tr } from "./tables.fixture.ts";

/** A row as the spans of its cells, and which of them go on with a merge from above where they can. */
type Row = {
  readonly spans: readonly number[];
  readonly isMerged: readonly boolean[];
  readonly isPending: boolean;
};

const columns = 4;
const row: fc.Arbitrary<Row> = fc.record({
  spans: fc.constantFrom([1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1], [2, 1, 1], [1, 2, 1], [4], [1, 3]),
  isMerged: fc.array(fc.boolean(), { minLength: columns, maxLength: columns }),
  isPending: fc.integer({ max: 5, min: 0 }).map((each) => each === 0),
});
const change = fc.record({
  kind: fc.constantFrom("insert-row", "delete-row", "insert-column", "delete-column"),
  row: fc.nat(),
  cell: fc.nat(),
  side: fc.constantFrom("before", "after"),
});

/** The table's XML; a cell goes on with the merge of one above it that has the same place. */
function write(rows: readonly Row[]): string {
  const written = rows.map(({ spans, isMerged, isPending }, index) => {
    const above = rows[index - 1];
    const below = rows[index + 1];
    const isSame = (other: Row | undefined): boolean => other?.spans.join() === spans.join();
    const cells = spans.map((span, cell) => {
      const goesOn = isMerged[cell]! && isSame(above);
      const begins = !goesOn && isSame(below) && below!.isMerged[cell]!;
      const merge = goesOn ? "<w:vMerge/>" : begins ? '<w:vMerge w:val="restart"/>' : "";
      return tc(goesOn ? "" : `${index}.${cell}`, (span > 1 ? `<w:gridSpan w:val="${span}"/>` : "") + merge);
    });
    return tr(cells, isPending ? `<w:ins w:id="${900 + index}" ${revision}/>` : "");
  });
  return tbl(written, columns);
}

function rowsOf(document: WordDocument): readonly TableRow[] {
  const { tree } = document.stories[0]!;
  const table = descendantsNamed(tree, 0, "w:tbl")[0];
  return table === undefined ? [] : readTable(tree, table).rows;
}

/** All rows end at one column, and every cell that goes on with a merge has one above it to go on with. */
function expectSane(document: WordDocument): void {
  const rows = rowsOf(document);
  expect(new Set(rows.map(({ cells }) => cells.at(-1)?.end)).size).toBeLessThanOrEqual(1);
  for (const [index, { cells }] of rows.entries()) {
    for (const cell of cells) {
      if (cell.merge !== "continue") continue;
      const above = rows[index - 1]?.cells.find(({ start, end }) => start === cell.start && end === cell.end);
      expect(above?.merge ?? "none").not.toBe("none");
    }
  }
}

/** The changes with a text for each new cell that can have one. */
function changesOf(
  document: WordDocument,
  wanted: readonly (typeof change extends fc.Arbitrary<infer T> ? T : never)[],
): Change[] {
  const rows = rowsOf(document);
  const paragraphs = document.paragraphs.filter(({ cell }) => cell !== undefined);
  return wanted.map(({ kind, row: seed, cell: other, side }, number): Change => {
    const index = seed % rows.length;
    const { cells } = rows[index]!;
    const place = other % cells.length;
    const paragraph = paragraphs.find(({ cell }) => cell?.row === index && cell.column === place)!;
    const anchor = wholeParagraph(paragraph);
    const id = String(number);
    if (kind === "insert-row") {
      const below = rows[side === "before" ? index : index + 1];
      const isInside = cells.map(({ start }) =>
        below?.cells.some((each) => each.start === start && each.merge === "continue"),
      );
      return {
        id,
        kind,
        at: anchor,
        side,
        cells: cells.map((_, cell) => (isInside[cell] ? "" : `n${number}.${cell}`)),
      };
    }
    if (kind === "delete-row" || kind === "delete-column") return { id, kind, at: anchor };
    const line = side === "before" ? cells[place]!.start : cells[place]!.end;
    const isCovered = rows.map((each) => each.cells.some(({ start, end }) => start < line && line < end));
    return {
      id,
      kind,
      at: anchor,
      side,
      cells: rows.map((_, each) => (isCovered[each] ? "" : `n${number}.${each}`)),
    };
  });
}

it("leaves a sane table whatever rows and columns come and go, and the old one when they are refused", () => {
  let saved = 0;
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 5 }),
      fc.array(change, { minLength: 1, maxLength: 4 }),
      (rows, wanted) => {
        const document = wordDocument(p("Before") + write(rows) + p("After"));
        expectSane(document);
        const changes = changesOf(document, wanted);
        const plan = planChanges(document, changes, at);
        for (const { reason, fix } of plan.refused) expect(reason && fix).not.toBe("");
        const edited = openFile(plan.save().bytes);
        saved += plan.applied.length;
        const accepted = openFile(settleChanges(edited, { action: "accept" }));
        expectSane(accepted);
        const rejected = openFile(settleChanges(edited, { action: "reject" }));
        const original = openFile(settleChanges(document, { action: "reject" }));
        expect(texts(rejected)).toEqual(texts(original));
        expect(rowsOf(rejected).length).toBe(rowsOf(original).length);
        expect(rowsOf(rejected).every((each, index) => areAlike(each, rowsOf(original)[index]!))).toBe(true);
        const direct = planChanges(document, changes, { ...at, mode: "direct" });
        // Without tracked changes a table is gone at once with its last row, so that no row can be put in its place.
        expect(direct.refused.map(({ id }) => id)).toEqual(
          expect.arrayContaining(plan.refused.map(({ id }) => id)),
        );
        const cut = openFile(direct.save().bytes);
        expectSane(cut);
        expect(xmlOf(cut)).not.toContain('w:author="Tandem"');
      },
    ),
    { numRuns: 200 },
  );
  expect(saved).toBeGreaterThan(200);
});
