import type { Splice } from "../../xml/splice.ts";
import { childNamed, childrenOf, descend, nameOf, outerXml } from "../../xml/xml-tree.ts";
import type { StoryPart } from "../types.ts";
import { type CommentEnds, deletedContent } from "./deleted-content.ts";
import type { Draft, Outcome, ParagraphWork, PlacedChange, Signature, StructureEdit } from "./draft.ts";
import { trackedMark } from "./new-cell.ts";
import { newColumn } from "./new-column.ts";
import { resizeCell } from "./resize-cell.ts";
import { type ColumnPart, columnParts, cutCells, refuseCut, refuseGrid } from "./table-columns.ts";
import { commentEnds } from "./table-comments.ts";
import { claimDeletion, cutOut, refuseDeletion, withEmptied } from "./table-deletion.ts";
import { cellMark, changeGrid, rowMark } from "./table-marks.ts";
import type { Table, TableCell, TablePlace } from "./table-model.ts";
import { refuseTable, tablePlaces, textOfCells } from "./table-place.ts";
import { wholePart } from "./table-slot.ts";
import { gridWidths, sum } from "./table-width.ts";

/** Gathers a new column after the anchor's cell, or before it: a cell in each row, in the look of its neighbour. */
export function draftInsertColumn(
  draft: Draft,
  work: ParagraphWork,
  change: PlacedChange<"insert-column">,
  signature: Signature,
): Outcome {
  const places = tablePlaces(work);
  if ("code" in places) return places;
  const refusal = refuseTable(draft, work, places[0], []) ?? refuseGrid(places[0].table);
  if (refusal !== undefined) return refusal;
  const edits: StructureEdit[] = [];
  for (const place of places) {
    const edit = newColumn(draft, work.source.story, place, change, signature);
    if ("code" in edit) return edit;
    edits.push(edit);
  }
  draft.structures.push(...edits);
  return { paragraph: work.paragraph.id, before: "", after: change.cells.join("\n") };
}

/** Gathers the deletion of the columns that the anchor's cell covers; with the last one the table goes. */
export function draftDeleteColumn(
  draft: Draft,
  work: ParagraphWork,
  { comment }: PlacedChange<"delete-column">,
  signature: Signature,
): Outcome {
  const places = tablePlaces(work);
  if ("code" in places) return places;
  const { story } = work.source;
  const [first] = places;
  const refusal = refuseTable(draft, work, first, []) ?? refuseGrid(first.table) ?? refuseCut(first);
  if (refusal !== undefined) return refusal;
  const parts = places.map(({ table, row, cell }) => columnParts(table, table.rows[row]!.cells[cell]!));
  const all = parts.flatMap((each) => each.flatMap(elementsOf));
  const refused = refuseDeletion(draft, story, all, draft.mode === "direct");
  if (refused !== undefined) return refused;
  const { element: anchor } = first.table.rows[first.row]!.cells[first.cell]!;
  const on = all.find((part) => part <= anchor && anchor < story.tree.next[part]!);
  const isCut = draft.mode === "direct";
  const wanted = on === undefined || comment === undefined ? undefined : { on, text: comment, isCut };
  const ends = commentEnds(draft, story, all, wanted, signature);
  if (ends !== undefined && "code" in ends) return ends;
  const before = parts[0]!
    .map(({ cells }) =>
      textOfCells(
        draft,
        story,
        cells.map(({ element }) => element),
      ),
    )
    .join("\n");
  const edits = places.map((place, index) =>
    deleteColumn(draft, story, place, parts[index]!, signature, index === 0 ? ends : undefined),
  );
  claimDeletion(draft, story, all, signature);
  draft.structures.push(...edits);
  return { paragraph: work.paragraph.id, before, after: "" };
}

function deleteColumn(
  draft: Draft,
  story: StoryPart,
  { table, row: anchor, cell }: TablePlace,
  parts: readonly ColumnPart[],
  revision: Signature,
  comment: CommentEnds | undefined,
): StructureEdit {
  const narrowed = narrowedCells(draft, story, table, table.rows[anchor]!.cells[cell]!, revision);
  const removed = parts.flatMap(elementsOf);
  const edit = { story, element: table.element, table: { kind: "table" }, removed, added: [] } as const;
  if (draft.mode === "direct") {
    const cut = cutColumn(draft, story, table, parts, table.rows[anchor]!.cells[cell]!);
    return {
      ...edit,
      ...cut,
      splices: cut.element === table.element ? [...narrowed, ...cut.splices] : cut.splices,
    };
  }
  const context = draft.contexts.get(story.name)!;
  const { tree, markup } = context;
  const marks = parts.flatMap(({ row, cells, isWhole }) => {
    if (isWhole && row.isDeleted) return [];
    if (isWhole) return rowMark(tree, markup, row.element, trackedMark(context, "w:del", revision));
    return cells.flatMap(({ element }) =>
      cellMark(tree, markup, element, trackedMark(context, "w:cellDel", revision)),
    );
  });
  return {
    ...edit,
    splices: [...narrowed, ...marks, ...deletedContent(context, removed, revision, comment)],
  };
}

/** What is merged over these columns and others gives them up, and the part of its width. */
function narrowedCells(
  draft: Draft,
  story: StoryPart,
  table: Table,
  { start, end }: TableCell,
  revision: Signature,
): Splice[] {
  const context = draft.contexts.get(story.name)!;
  const grid = gridWidths(story.tree, table.element);
  return table.rows.flatMap((row) =>
    cutCells(row, start, end).flatMap((cell) => {
      const [from, to] = [Math.max(start, cell.start), Math.min(end, cell.end)];
      const columns = cell.end - cell.start - (to - from);
      const factor =
        grid === undefined
          ? columns / (cell.end - cell.start)
          : 1 - sum(grid.slice(from, to)) / sum(grid.slice(cell.start, cell.end));
      return resizeCell(context, cell, { columns, factor }, revision);
    }),
  );
}

/** A row of which nothing would be left goes itself: Word knows no row without cells. */
function elementsOf({ row, cells, isWhole }: ColumnPart): number[] {
  return isWhole ? [row.element] : cells.map(({ element }) => element);
}

function cutColumn(
  draft: Draft,
  story: StoryPart,
  table: Table,
  parts: readonly ColumnPart[],
  anchor: TableCell,
): Pick<StructureEdit, "element" | "splices" | "removed"> {
  const { tree } = story;
  const { element } = table;
  if (parts.filter(({ isWhole }) => isWhole).length === table.rows.length) {
    const whole = withEmptied(tree, element);
    return { element: whole, splices: [cutOut(tree, whole)], removed: [whole] };
  }
  const cuts = parts.flatMap(({ row, cells, isWhole }) =>
    isWhole
      ? [cutOut(tree, wholePart(tree, row.element, element))]
      : cells.map((cell) => cutOut(tree, wholePart(tree, cell.element, row.element))),
  );
  return {
    element,
    splices: [...narrowedGrid(draft, story, table, anchor), ...cuts],
    removed: parts.flatMap(elementsOf),
  };
}

/** The grid without the columns. A tracked deletion leaves it, as Word does: the cells are there until it is accepted. */
function narrowedGrid(draft: Draft, story: StoryPart, table: Table, { start, end }: TableCell): Splice[] {
  const { tree } = story;
  const isPending = descend(tree, table.element, "w:tblGrid", "w:tblGridChange") >= 0;
  if (isPending || gridWidths(tree, table.element) === undefined) return [];
  const grid = childNamed(tree, table.element, "w:tblGrid");
  const columns = childrenOf(tree, grid).filter((child) => nameOf(tree, child) === "w:gridCol");
  const kept = columns.filter((_, index) => index < start || index >= end);
  return changeGrid(
    draft.contexts.get(story.name)!,
    table.element,
    kept.map((each) => outerXml(tree, each)).join(""),
  );
}
