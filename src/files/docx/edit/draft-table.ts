import { nameOf } from "../../xml/xml-tree.ts";
import type { Draft, Outcome, ParagraphWork, PlacedChange, Signature } from "./draft.ts";
import { overlap } from "./draft.ts";
import { refuseMarkUse, refuseNested } from "./draft-text.ts";
import { type NewBlock, refuseInsertion } from "./insert-paragraphs.ts";
import { newTable } from "./new-table.ts";
import { endsSection, isLastInContainer, nextSibling } from "./paragraph-marks.ts";
import type { RefusalReason } from "./run-edit.ts";

/** Gathers a new table after a paragraph. */
export function draftInsertTable(
  draft: Draft,
  work: ParagraphWork,
  change: PlacedChange<"insert-table">,
  revision: Signature,
): Outcome {
  const refusal = refuseBlock(draft, work);
  if (refusal !== undefined) return refusal;
  const context = draft.contexts.get(work.source.story.name)!;
  const table = newTable(context, draft.document, work, change, revision);
  if ("code" in table) return table;
  const blocks: NewBlock[] = [{ kind: "table", ...table }];
  if (needsParagraphAfter(work)) blocks.push({ kind: "text", text: "" });
  work.insertions.push({ blocks, revision });
  const after = change.rows.map((cells) => cells.join("\t")).join("\n");
  return { paragraph: work.paragraph.id, before: "", after };
}

/** Why no table or picture can be put after a paragraph, or undefined. */
export function refuseBlock(draft: Draft, work: ParagraphWork): RefusalReason | undefined {
  if (work.deletion !== undefined) return overlap;
  if (work.source.twin !== undefined)
    return {
      code: "unsupported",
      reason: "the text box is stored twice in the file, and only words can be put into both",
      fix: "Insert it beside the box.",
    };
  return refuseInsertion(work) ?? refuseNested(draft, work, []) ?? refuseMarkUse(work);
}

/** Word melts two tables into one when no paragraph stands between them, and ends no cell or body in a table. */
function needsParagraphAfter({ source }: ParagraphWork): boolean {
  const { tree } = source.story;
  const { element } = source.inline;
  const next = nextSibling(tree, element);
  if (isLastInContainer(tree, element) || endsSection(tree, element)) return true;
  return next < 0 || nameOf(tree, next) !== "w:p";
}
