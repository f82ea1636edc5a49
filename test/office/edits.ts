import type { Anchor, Change, ContentBlock } from "../../src/files/index.ts";

/** Where an edit goes: the target words, the whole paragraph around them, and the size of its table. */
export type EditPlace = {
  readonly words: Anchor;
  readonly whole: Anchor;
  /** Cells of the row, and rows of the table; 0 outside tables. */
  readonly cells: number;
  readonly rows: number;
};

export type OfficeEdit = {
  readonly name: string;
  readonly kind: Change["kind"];
  /** Rows and columns are edited only in tables. */
  readonly needsTable: boolean;
  readonly change: (place: EditPlace) => Change;
};

const text = (name: string, change: (place: EditPlace) => Change): OfficeEdit => inPlace(name, false, change);
const table = (name: string, change: (place: EditPlace) => Change): OfficeEdit => inPlace(name, true, change);

const nowhere: Anchor = { paragraph: "", start: 0, end: 0, quote: "" };

function inPlace(name: string, needsTable: boolean, change: (place: EditPlace) => Change): OfficeEdit {
  const { kind } = change({ words: nowhere, whole: nowhere, cells: 0, rows: 0 });
  return { name, kind, needsTable, change };
}

const newCells = (count: number): string[] => Array.from({ length: count }, (_, index) => `new ${index + 1}`);

/** A picture of one pixel. */
const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const image = new Uint8Array(Buffer.from(pixel, "base64"));

const section: readonly ContentBlock[] = [
  { kind: "heading", level: 2, runs: [{ text: "New heading" }] },
  { kind: "paragraph", runs: [{ text: "New text." }] },
  { kind: "list-item", ordered: false, runs: [{ text: "New point" }] },
  {
    kind: "table",
    widths: [1, 1],
    header: [[{ text: "New a" }], [{ text: "New b" }]],
    rows: [[[{ text: "New c" }], [{ text: "New d" }]]],
  },
  { kind: "paragraph", runs: [{ text: "New end." }] },
];

/** An edit for each kind of change; kinds that are written in several ways have one for each. */
export const edits: readonly OfficeEdit[] = [
  text("replace", ({ words: at }) => ({ kind: "replace", at, text: "two weeks" })),
  text("replace all", ({ whole: at }) => ({ kind: "replace", at, text: "No payment is due at all." })),
  text("replace with a break", ({ words: at }) => ({ kind: "replace", at, text: "two\tweeks\nor less" })),
  text("replace and comment", ({ words: at }) => ({
    kind: "replace",
    at,
    text: "two weeks",
    comment: "Sooner.",
  })),
  text("delete words", ({ words: at }) => ({ kind: "delete", at })),
  text("delete paragraph", ({ whole: at }) => ({ kind: "delete", at })),
  text("insert-after", ({ whole: at }) => ({ kind: "insert-after", at, text: "First new.\nSecond new." })),
  text("insert-after one line", ({ whole: at }) => ({ kind: "insert-after", at, text: "New." })),
  text("comment", ({ words: at }) => ({ kind: "comment", at, text: "Why so long?" })),
  text("format", ({ words: at }) => ({ kind: "format", at, set: { bold: true, color: "C00000" } })),
  text("format-paragraph", ({ whole: at }) => ({
    kind: "format-paragraph",
    at,
    set: { alignment: "center", spaceBefore: 6 },
  })),
  text("paragraph style", ({ whole: at }) => ({ kind: "format-paragraph", at, set: { style: "heading 2" } })),
  text("split", ({ words: at }) => ({ kind: "split", at })),
  text("merge", ({ whole: at }) => ({ kind: "merge", at })),
  text("insert-table", ({ whole: at }) => ({
    kind: "insert-table",
    at,
    rows: [
      ["one", "two"],
      ["three", "four"],
    ],
  })),
  text("insert-image", ({ whole: at }) => ({ kind: "insert-image", at, image, altText: "A dot" })),
  text("insert-content", ({ whole: at }) => ({ kind: "insert-content", at, blocks: section })),
  table("insert-row", ({ words: at, cells }) => ({ kind: "insert-row", at, cells: newCells(cells) })),
  table("insert-row before", ({ words: at, cells }) => ({
    kind: "insert-row",
    at,
    cells: newCells(cells),
    side: "before",
  })),
  table("delete-row", ({ words: at }) => ({ kind: "delete-row", at })),
  table("insert-column", ({ words: at, rows }) => ({ kind: "insert-column", at, cells: newCells(rows) })),
  table("insert-column before", ({ words: at, rows }) => ({
    kind: "insert-column",
    at,
    cells: newCells(rows),
    side: "before",
  })),
  table("delete-column", ({ words: at }) => ({ kind: "delete-column", at })),
];
