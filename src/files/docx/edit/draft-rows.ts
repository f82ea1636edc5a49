import { attribute, descend, nameOf } from "../../xml/xml-tree.ts";
import { isRevisionName } from "../revisions/settle-revisions.ts";
import type { StoryPart } from "../types.ts";
import { type CommentEnds, deletedContent } from "./deleted-content.ts";
import type { Draft, Outcome, ParagraphWork, PlacedChange, Signature, StructureEdit } from "./draft.ts";
import { trackedMark } from "./new-cell.ts";
import { newRow } from "./new-row.ts";
import type { RefusalReason } from "./run-edit.ts";
import { commentEnds } from "./table-comments.ts";
import { claimDeletion, cutOut, refuseDeletion, withEmptied } from "./table-deletion.ts";
import { rowMark } from "./table-marks.ts";
import { forgetMerges, passMergesOn } from "./table-merges.ts";
import type { TablePlace } from "./table-model.ts";
import { editsOfTable, refuseTable, tablePlaces, textOfCells } from "./table-place.ts";
import { wholePart } from "./table-slot.ts";

/** Gathers a new row after the anchor's one, or before it, in the look of its cells. */
export function draftInsertRow(
  draft: Draft,
  work: ParagraphWork,
  change: PlacedChange<"insert-row">,
  signature: Signature,
): Outcome {
  const places = tablePlaces(work);
  if ("code" in places) return places;
  const refusal = refuseTable(draft, work, places[0], ["row"]);
  if (refusal !== undefined) return refusal;
  const edits: StructureEdit[] = [];
  for (const place of places) {
    const edit = newRow(draft, work.source.story, place, change, signature);
    if ("code" in edit) return edit;
    edits.push(edit);
  }
  draft.structures.push(...edits);
  return { paragraph: work.paragraph.id, before: "", after: change.cells.join("\t") };
}

/** Gathers the deletion of the anchor's row; with the last row the table goes. */
export function draftDeleteRow(
  draft: Draft,
  work: ParagraphWork,
  { comment }: PlacedChange<"delete-row">,
  signature: Signature,
): Outcome {
  const places = tablePlaces(work);
  if ("code" in places) return places;
  const { story } = work.source;
  const [{ table, row }] = places;
  if (table.rows[row]!.isDeleted) {
    return {
      code: "no-change",
      reason: "the row is deleted by a tracked change already",
      fix: "Accept that change, or leave this one out.",
    };
  }
  const rows = places.map((place) => place.table.rows[place.row]!.element);
  const isCut = draft.mode === "direct" || places.every((place) => isOwnAlone(draft, story, place));
  const refusal =
    refuseTable(draft, work, places[0], ["row", "merge"]) ?? refuseDeletion(draft, story, rows, isCut);
  if (refusal !== undefined) return refusal;
  const merges = passAllOn(draft, story, places, signature);
  if ("code" in merges) return merges;
  const wanted = comment === undefined ? undefined : { on: rows[0]!, text: comment, isCut };
  const ends = commentEnds(draft, story, rows, wanted, signature);
  if (ends !== undefined && "code" in ends) return ends;
  const cells = table.rows[row]!.cells.map(({ element }) => element);
  const before = textOfCells(draft, story, cells);
  for (const place of places) forgetMerges(draft, story, place.table);
  const deleted = places.map((place, index) =>
    isCut
      ? cutRow(draft, story, place, signature)
      : deleteRow(draft, story, place, signature, index === 0 ? ends : undefined),
  );
  const heirs = merges.flatMap(({ removed }) => removed);
  claimDeletion(draft, story, [...rows, ...heirs], signature);
  draft.structures.push(...merges, ...deleted);
  return { paragraph: work.paragraph.id, before, after: "" };
}

function passAllOn(
  draft: Draft,
  story: StoryPart,
  places: readonly TablePlace[],
  revision: Signature,
): StructureEdit[] | RefusalReason {
  const edits: StructureEdit[] = [];
  for (const place of places) {
    const edit = passMergesOn(draft, story, place, revision);
    if (edit !== undefined && "code" in edit) return edit;
    if (edit !== undefined) edits.push(edit);
  }
  return edits;
}

/**
 * True for a row that the same author inserted and nobody has accepted or changed yet: taking it back needs no further
 * suggestion. A merge that begins there, or a table of which nothing else is left, is a matter for a tracked deletion.
 */
function isOwnAlone(draft: Draft, story: StoryPart, { table, row }: TablePlace): boolean {
  const { tree } = story;
  const { element, cells } = table.rows[row]!;
  if (descend(tree, element, "w:trPr", "w:ins") < 0 || cells.some(({ merge }) => merge === "start"))
    return false;
  for (let index = element; index < tree.next[element]!; index++) {
    if (isRevisionName(nameOf(tree, index)) && attribute(tree, index, "w:author") !== draft.author)
      return false;
  }
  const gone = new Set(editsOfTable(draft, story, table).flatMap(({ removed }) => removed));
  return table.rows.some((other, index) => index !== row && !gone.has(other.element));
}

function deleteRow(
  draft: Draft,
  story: StoryPart,
  { table, row }: TablePlace,
  revision: Signature,
  comment: CommentEnds | undefined,
): StructureEdit {
  const { element } = table.rows[row]!;
  const context = draft.contexts.get(story.name)!;
  const mark = rowMark(story.tree, context.markup, element, trackedMark(context, "w:del", revision));
  return {
    story,
    element: table.element,
    table: { kind: "row", revision },
    splices: [...mark, ...deletedContent(context, [element], revision, comment)],
    removed: [element],
    added: [],
  };
}

function cutRow(
  draft: Draft,
  story: StoryPart,
  { table, row }: TablePlace,
  revision: Signature,
): StructureEdit {
  const { tree } = story;
  const { element } = table.rows[row]!;
  const edit = { story, element: table.element, table: { kind: "row", revision }, added: [] } as const;
  const whole = draft.mode === "direct" ? emptiedTable(draft, story, { table, row }) : undefined;
  if (whole !== undefined)
    return { ...edit, element: whole, splices: [cutOut(tree, whole)], removed: [whole] };
  const part = wholePart(tree, element, table.element);
  return { ...edit, splices: [cutOut(tree, part)], removed: [element] };
}

/** What goes when the row was the last one left: the table, with content controls around nothing else; else undefined. */
function emptiedTable(
  draft: Draft,
  story: StoryPart,
  { table, row }: Pick<TablePlace, "table" | "row">,
): number | undefined {
  const edits = editsOfTable(draft, story, table);
  const gone = new Set(edits.flatMap(({ removed }) => removed));
  const isLast = table.rows.every(({ element }, index) => index === row || gone.has(element));
  if (!isLast || edits.some(({ added }) => added.length > 0)) return undefined;
  for (const edit of edits) draft.structures.splice(draft.structures.indexOf(edit), 1);
  return withEmptied(table.tree, table.element);
}
