import type { Splice } from "../../xml/splice.ts";
import { descendantsNamed, isSelfClosing, openTag } from "../../xml/xml-tree.ts";
import type { Inline } from "../read/read-inline.ts";
import type { StoryPart } from "../types.ts";
import { type Draft, hasWork, overlap, type Signature, type StructureEdit } from "./draft.ts";
import { type CellWriter, inlinesIn, insertedRun, paragraphsXml, runLook } from "./new-cell.ts";
import { paragraphsInside } from "./paragraphs-inside.ts";
import type { RefusalReason } from "./run-edit.ts";
import { canChangeCell, changeCell } from "./table-marks.ts";
import { mergedBelow, partsOf, type Table, type TableCell, type TablePlace } from "./table-model.ts";
import { editsOfTable } from "./table-place.ts";

/** A merge over rows whose first row goes, and the cell in which it begins then. */
type Heir = { readonly start: TableCell; readonly cell: TableCell; readonly revision: Signature };

/**
 * A cell that is merged over rows has its text in the first of them. When that row goes, the merge begins in the next
 * one, and the text moves there, so that the other rows still say what they belong to. Gives the edit for all rows of
 * the table that the request deletes, this one included, or undefined where no merge begins in them.
 */
export function passMergesOn(
  draft: Draft,
  story: StoryPart,
  { table, row }: TablePlace,
  revision: Signature,
): StructureEdit | RefusalReason | undefined {
  const edits = editsOfTable(draft, story, table);
  const gone = new Map<number, Signature>([[table.rows[row]!.element, revision]]);
  for (const { table: scope, removed } of edits)
    if (scope?.kind === "row") for (const element of removed) gone.set(element, scope.revision);
  const heirs = heirsOf(table, gone);
  const begins = table.rows[row]!.cells.some(
    (cell) => cell.merge === "start" && mergedBelow(table, row, cell) !== undefined,
  );
  // A new row between the old first one and the next would be left in the middle of nothing.
  const hasNewRow = edits.some(({ table: scope, added }) => scope?.kind === "row" && added.length > 0);
  if (hasNewRow && (begins || heirs.length > 0)) return overlap;
  if (heirs.length === 0) return undefined;
  const inlines = inlinesIn(draft.document, story, table.element);
  const splices: Splice[] = [];
  const removed: number[] = [];
  const added: StructureEdit["added"][number][] = [];
  for (const heir of heirs) {
    const passed = passOn(draft, story, table, heir, inlines);
    if ("code" in passed) return passed;
    splices.push(...passed.splices);
    removed.push(passed.paragraph);
    added.push({ at: passed.paragraph, side: "before", lines: passed.lines });
  }
  return { story, element: table.element, table: { kind: "merge" }, splices, removed, added };
}

/** Drops what earlier changes of the request passed on in the table: it is worked out anew with each row that goes. */
export function forgetMerges(draft: Draft, story: StoryPart, table: Table): void {
  for (const edit of editsOfTable(draft, story, table)) {
    if (edit.table?.kind !== "merge") continue;
    draft.structures.splice(draft.structures.indexOf(edit), 1);
    for (const element of edit.removed)
      for (const { paragraph } of paragraphsInside(draft.document, story, element)) {
        const work = draft.works.get(paragraph.id);
        delete work?.deletion;
        delete work?.markUse;
      }
  }
}

function heirsOf(table: Table, gone: ReadonlyMap<number, Signature>): Heir[] {
  return table.rows.flatMap(({ element, cells }, index): Heir[] => {
    const revision = gone.get(element);
    if (revision === undefined) return [];
    return cells.flatMap((start) => {
      const cell = start.merge === "start" ? heirOf(table, index, start, gone) : undefined;
      return cell === undefined ? [] : [{ start, cell, revision }];
    });
  });
}

/** The first cell of a merge that stays. */
function heirOf(
  table: Table,
  row: number,
  start: TableCell,
  gone: ReadonlyMap<number, Signature>,
): TableCell | undefined {
  let below = mergedBelow(table, row, start);
  for (let index = row + 1; below !== undefined; index++) {
    if (!gone.has(table.rows[index]!.element)) return below;
    below = mergedBelow(table, index, below);
  }
  return undefined;
}

type PassedOn = {
  readonly splices: readonly Splice[];
  /** The paragraph of the heir that takes the text. */
  readonly paragraph: number;
  readonly lines: readonly string[];
};

function passOn(
  draft: Draft,
  story: StoryPart,
  table: Table,
  { start, cell, revision }: Heir,
  inlines: ReadonlyMap<number, Inline>,
): PassedOn | RefusalReason {
  const { tree } = story;
  const context = draft.contexts.get(story.name)!;
  const paragraph = partsOf(tree, cell.element, "w:p")[0] ?? -1;
  const row = table.rows.find(({ cells }) => cells.includes(cell))!;
  const canTake =
    paragraph >= 0 &&
    isEmpty(tree.next, cell, inlines) &&
    canChangeCell(tree, cell.element) &&
    !cell.isPending;
  if (!canTake || row.isDeleted || !isPlain(table, start, inlines)) return cantPassOn;
  if (isTaken(draft, story, table, paragraph)) return overlap;
  const lines = partsOf(tree, start.element, "w:p").map((each) => inlines.get(each)?.finalText ?? "");
  const writer: CellWriter = { context, table: table.element, inlines, revision };
  const restart = context.markup.element("w:vMerge", { "w:val": "restart" });
  const splices = changeCell(context, cell.element, revision, (name) =>
    name === "w:vMerge" ? restart : undefined,
  );
  const above = lines.slice(0, -1).join("\n");
  if (lines.length > 1) {
    const at = tree.start[paragraph]!;
    splices.push({ start: at, end: at, text: paragraphsXml(writer, start.element, above) });
  }
  const look = runLook(writer, partsOf(tree, start.element, "w:p")[0]!);
  splices.push(...appended(writer, paragraph, insertedRun(writer, look, lines.at(-1)!)));
  return { splices, paragraph, lines };
}

const cantPassOn: RefusalReason = {
  code: "unsupported",
  reason:
    "a cell that is merged over several rows begins in the row, and what it holds can't move to the next one",
  fix: "Split the merged cell in Word first.",
};

/** Hidden text in a cell that goes on with a merge would come to light. */
function isEmpty(next: Int32Array, { element }: TableCell, inlines: ReadonlyMap<number, Inline>): boolean {
  return [...inlines.values()].every(
    (inline) => inline.element < element || inline.element >= next[element]! || inline.finalText === "",
  );
}

/** True for a cell of nothing but text. */
function isPlain({ tree }: Table, { element }: TableCell, inlines: ReadonlyMap<number, Inline>): boolean {
  const paragraphs = partsOf(tree, element, "w:p");
  return (
    descendantsNamed(tree, element, "w:p").length === paragraphs.length &&
    paragraphs.every((paragraph) =>
      inlines
        .get(paragraph)
        ?.pieces.every(
          ({ deleted, kind, lock }) => deleted !== undefined || kind === "marker" || lock === undefined,
        ),
    )
  );
}

function isTaken(draft: Draft, story: StoryPart, table: Table, element: number): boolean {
  const isPassed = editsOfTable(draft, story, table).some(
    ({ table: scope, removed }) => scope?.kind === "merge" && removed.includes(element),
  );
  return (
    !isPassed &&
    paragraphsInside(draft.document, story, element).some(({ paragraph }) => {
      const work = draft.works.get(paragraph.id);
      return work !== undefined && hasWork(work);
    })
  );
}

/** Puts runs at the end of an empty paragraph. */
function appended({ context: { tree } }: CellWriter, paragraph: number, runs: string): Splice[] {
  if (runs === "") return [];
  const at = tree.closeStart[paragraph]!;
  if (!isSelfClosing(tree, paragraph)) return [{ start: at, end: at, text: runs }];
  const open = openTag(tree, paragraph).replace(/\s*\/>$/, ">");
  const name = tree.source.slice(tree.start[paragraph]! + 1, tree.nameEnd[paragraph]!);
  return [{ start: tree.start[paragraph]!, end: tree.end[paragraph]!, text: `${open}${runs}</${name}>` }];
}
