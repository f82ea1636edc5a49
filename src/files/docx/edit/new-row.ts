import { childNamed, childrenOf, nameOf } from "../../xml/xml-tree.ts";
import { outerWithScope } from "../revisions/settle-properties.ts";
import type { StoryPart } from "../types.ts";
import { type Draft, overlap, type PlacedChange, type Signature, type StructureEdit } from "./draft.ts";
import { type CellWriter, cellXml, inlinesIn, textLines, trackedMark } from "./new-cell.ts";
import type { RefusalReason } from "./run-edit.ts";
import {
  areAlike,
  mergeStart,
  type Table,
  type TableCell,
  type TablePlace,
  type TableRow,
} from "./table-model.ts";
import { editsOfTable } from "./table-place.ts";
import { slotBeside } from "./table-slot.ts";

/** The edit that puts a new row beside one of a table, or why it can't be made. */
export function newRow(
  draft: Draft,
  story: StoryPart,
  { table, row }: TablePlace,
  { cells, side = "after" }: PlacedChange<"insert-row">,
  revision: Signature,
): StructureEdit | RefusalReason {
  const { tree } = story;
  const anchor = table.rows[row]!;
  const inlines = inlinesIn(draft.document, story, table.element);
  const index = side === "before" ? row : row + 1;
  const merges = mergesAt(table, index, anchor);
  const slot = slotBeside(tree, anchor.element, table.element, side);
  const refusal =
    refuseCells(anchor, cells) ??
    ("code" in merges ? merges : refuseMerged(merges, cells)) ??
    refuseLost(draft, story, table, index) ??
    refuseField(table, index, inlines);
  if (refusal !== undefined) return refusal;
  if ("code" in merges) return merges;
  if ("code" in slot) return slot;
  const context = draft.contexts.get(story.name)!;
  const writer: CellWriter = { context, table: table.element, inlines, revision };
  const model = modelRow(table, row, side);
  const isHeader = anchor.isHeader && (side === "before" || table.rows[index]?.isHeader === true);
  const content = model.cells.map((cell, at) =>
    cellXml(writer, {
      model: cell,
      text: cells[at]!,
      merge: merges[at]!,
      keepsSpan: true,
      isMarked: false,
    }),
  );
  const properties = rowProperties(writer, model.element, isHeader);
  return {
    story,
    element: table.element,
    table: { kind: "row", revision },
    splices: [
      {
        start: slot.offset,
        end: slot.offset,
        text: context.markup.element("w:tr", {}, properties + content.join("")),
      },
    ],
    removed: [],
    added: [{ at: slot.at, side: slot.side, lines: cells.flatMap(textLines) }],
  };
}

function refuseCells({ cells }: TableRow, texts: readonly string[]): RefusalReason | undefined {
  if (cells.some(({ isPending }) => isPending)) {
    return {
      code: "locked",
      reason: "the row has cells that are inserted, deleted or merged by a tracked change",
      fix: "Accept or reject that change first.",
    };
  }
  if (texts.length === cells.length) return undefined;
  const [has, given] = [counted(cells.length, "cell"), counted(texts.length, "text")];
  return {
    code: "unsupported",
    reason: `the row has ${has}, and ${given} ${texts.length === 1 ? "is" : "are"} given`,
    fix: `Give ${counted(cells.length, "text")}, "" for an empty cell.`,
  };
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** What each cell of a row put before that index is in merges over rows: between two merged cells it goes on with theirs. */
function mergesAt(table: Table, index: number, anchor: TableRow): TableCell["merge"][] | RefusalReason {
  const below = table.rows[index];
  const crossing =
    index === 0 || below === undefined ? [] : below.cells.filter(({ merge }) => merge === "continue");
  const merges = anchor.cells.map(({ start, end }) =>
    crossing.some((cell) => cell.start === start && cell.end === end) ? "continue" : "none",
  );
  if (merges.filter((merge) => merge === "continue").length === crossing.length) return merges;
  return {
    code: "unsupported",
    reason: "a cell that is merged over several rows has no place in a row like this one",
    fix: "Insert the row beside another row, or split the merged cell in Word first.",
  };
}

function refuseMerged(
  merges: readonly TableCell["merge"][],
  texts: readonly string[],
): RefusalReason | undefined {
  const at = merges.findIndex((merge, index) => merge === "continue" && texts[index] !== "");
  if (at < 0) return undefined;
  return {
    code: "unsupported",
    reason: `cell ${at + 1} of the new row lies inside a cell that is merged over several rows and can hold no text`,
    fix: `Give "" for cell ${at + 1}.`,
  };
}

/** A row inside a merge whose first row the request deletes would have nothing to go on with. */
function refuseLost(draft: Draft, story: StoryPart, table: Table, index: number): RefusalReason | undefined {
  const gone = new Set(editsOfTable(draft, story, table).flatMap(({ removed }) => removed));
  const inside = table.rows[index]?.cells.filter(({ merge }) => merge === "continue") ?? [];
  const isLost = inside.some((cell) => gone.has(table.rows[mergeStart(table, index, cell)]!.element));
  return isLost ? overlap : undefined;
}

function refuseField(
  table: Table,
  index: number,
  inlines: ReturnType<typeof inlinesIn>,
): RefusalReason | undefined {
  const { tree, rows } = table;
  const row = rows[Math.max(0, index - 1)]!.element;
  const inside = [...inlines.values()].filter(({ element }) => element > row && element < tree.next[row]!);
  const isOpen = index === 0 ? inside[0]?.isFieldOpenAtStart : inside.at(-1)?.isFieldOpenAtEnd;
  if (isOpen !== true) return undefined;
  return {
    code: "locked",
    reason: "the place is inside a Word field",
    fix: "Change what the field refers to, or delete the field in Word.",
  };
}

/** After a header row or the first one, the look is that of the row that follows, where it has the same cells. */
function modelRow(table: Table, row: number, side: "before" | "after"): TableRow {
  const anchor = table.rows[row]!;
  const next = table.rows[row + 1];
  const isHead = side === "after" && (row === 0 || anchor.isHeader);
  return isHead && next !== undefined && !next.isHeader && areAlike(anchor, next) ? next : anchor;
}

const notCopied = new Set(["w:cnfStyle", "w:ins", "w:del", "w:trPrChange", "w:tblHeader", "w:tblPrExChange"]);

/** The table's exceptions for a row and the row's properties, as those of a new one (17.4.60, 17.4.81). */
function rowProperties(writer: CellWriter, row: number, isHeader: boolean): string {
  const { context, revision } = writer;
  const { tree, markup } = context;
  const exceptions = copied(writer, childNamed(tree, row, "w:tblPrEx"));
  const own = copied(writer, childNamed(tree, row, "w:trPr"));
  const header = isHeader ? markup.element("w:tblHeader") : "";
  const content = own + header + trackedMark(context, "w:ins", revision);
  return (
    (exceptions === "" ? "" : markup.element("w:tblPrEx", {}, exceptions)) +
    (content === "" ? "" : markup.element("w:trPr", {}, content))
  );
}

function copied({ context, table }: CellWriter, properties: number): string {
  const { tree } = context;
  if (properties < 0) return "";
  return childrenOf(tree, properties)
    .filter((child) => !notCopied.has(nameOf(tree, child)))
    .map((child) => outerWithScope(tree, child, table))
    .join("");
}
