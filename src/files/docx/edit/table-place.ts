import type { StoryPart } from "../types.ts";
import { isInFlow } from "./deleted-content.ts";
import {
  type Draft,
  inlinesOf,
  overlap,
  type ParagraphWork,
  type StructureEdit,
  type TableScope,
} from "./draft.ts";
import { refuseNested } from "./draft-text.ts";
import { paragraphsInside } from "./paragraphs-inside.ts";
import type { RefusalReason } from "./run-edit.ts";
import { type Table, type TablePlace, tablePlace } from "./table-model.ts";

const twoForms: RefusalReason = {
  code: "locked",
  reason: "the table is in a text box that is stored in two forms that differ",
  fix: "Change it in Word.",
};

/**
 * The table cell that a paragraph is in; for a text box that is stored twice the same cell of both copies, the first
 * one's first. Refuses where the copies differ and where there is no table.
 */
export function tablePlaces(work: ParagraphWork): readonly [TablePlace, ...TablePlace[]] | RefusalReason {
  const { source } = work;
  if (source.twin === "differs") return twoForms;
  const { tree } = source.story;
  const places = inlinesOf(source).map(({ element }) => tablePlace(tree, element));
  const [first, ...others] = places;
  if (first === undefined) {
    return {
      code: "unsupported",
      reason: "the place is not in a table",
      fix: "Quote words of the table, or name one of its paragraphs.",
    };
  }
  const copies = others.filter((each) => each !== undefined && isCopy(first, each)) as TablePlace[];
  return copies.length === others.length ? [first, ...copies] : twoForms;
}

function isCopy(one: TablePlace, other: TablePlace): boolean {
  const shape = ({ rows }: Table): string =>
    rows.map(({ cells }) => cells.map(({ start, end, merge }) => [start, end, merge])).join("|");
  return one.row === other.row && one.cell === other.cell && shape(one.table) === shape(other.table);
}

/** Why a table can't be changed beside what the request changes of it already (`goesWith` says what may be), or undefined. */
export function refuseTable(
  draft: Draft,
  work: ParagraphWork,
  { table }: TablePlace,
  goesWith: readonly TableScope["kind"][],
): RefusalReason | undefined {
  const { story } = work.source;
  const holds = (outer: number): boolean => outer <= table.element && table.element < table.tree.next[outer]!;
  for (const each of draft.structures) {
    if (each.story !== story) continue;
    const isOther =
      each.element === table.element && each.table !== undefined && !goesWith.includes(each.table.kind);
    if (isOther || each.removed.some(holds)) return overlap;
  }
  return refuseNested(draft, work, []);
}

/** The edits of rows and columns that the request makes in a table so far. */
export function editsOfTable(draft: Draft, story: StoryPart, table: Table): StructureEdit[] {
  return draft.structures.filter(
    (each) => each.story === story && each.element === table.element && each.table !== undefined,
  );
}

/** The text of a row or cell: cells parted by tabs, their paragraphs by line breaks. */
export function textOfCells(draft: Draft, story: StoryPart, cells: readonly number[]): string {
  return cells
    .map((cell) =>
      paragraphsInside(draft.document, story, cell)
        .filter(({ inline }) => isInFlow(story.tree, inline.element, cell))
        .map(({ inline }) => inline.finalText)
        .join("\n"),
    )
    .join("\t");
}
