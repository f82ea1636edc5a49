import type { Inline } from "../read/read-inline.ts";
import type { Anchor, StoryPart } from "../types.ts";
import {
  type Draft,
  hasWork,
  inlinesOf,
  type Outcome,
  overlap,
  type ParagraphWork,
  type Signature,
  useMark,
} from "./draft.ts";
import { addComment } from "./draft-comments.ts";
import { type NewBlock, refuseInsertion } from "./insert-paragraphs.ts";
import { endsSection, isLastInContainer } from "./paragraph-marks.ts";
import { refuseRunEdit } from "./refuse-run-edit.ts";
import type { RefusalReason, RunEdit, RunFormat } from "./run-edit.ts";
import { touchedPieces } from "./touched-pieces.ts";
import { diffWords } from "./word-diff.ts";

/** Why nothing can be changed at a stretch of a paragraph: it is stored in two ways, or another change is there. */
export function refuseWork(
  work: ParagraphWork,
  range: { readonly start: number; readonly end: number },
): RefusalReason | undefined {
  if (work.source.twin === "differs") {
    return {
      code: "locked",
      reason: "the text is in a text box that is stored in two forms that differ",
      fix: "Change it in Word.",
    };
  }
  const isTaken = work.claims.some((claim) =>
    claim.start === claim.end || range.start === range.end
      ? claim.start < range.end && range.start < claim.end
      : Math.max(claim.start, range.start) < Math.min(claim.end, range.end),
  );
  return isTaken || work.deletion !== undefined ? overlap : undefined;
}

/** Gathers a replacement, compared word by word. */
export function draftReplace(
  draft: Draft,
  work: ParagraphWork,
  at: Anchor,
  text: string,
  revision: Signature,
  comment: string | undefined,
): Outcome {
  const taken = refuseWork(work, at);
  if (taken !== undefined) return taken;
  const hunks = diffWords(at.quote, text.replace(/\r\n?/g, "\n"));
  if (hunks.length === 0) {
    return {
      code: "no-change",
      reason: "the new text is the same as the old one",
      fix: "Leave the change out.",
    };
  }
  const edits: RunEdit[] = hunks.map((hunk) => ({
    start: at.start + hunk.start,
    end: at.start + hunk.end,
    text: hunk.text,
    revision,
  }));
  const refusal = refuseEdits(draft, work, edits) ?? refuseNested(draft, work, edits);
  if (refusal !== undefined) return refusal;
  claim(work, at, withComment(draft, work, edits, comment, revision));
  return { paragraph: work.paragraph.id, before: at.quote, after: text };
}

/** Why one of the edits can't be made safely in one of the paragraph's copies, or undefined. */
export function refuseEdits(
  draft: Draft,
  work: ParagraphWork,
  edits: readonly RunEdit[],
): RefusalReason | undefined {
  const { name, tree } = work.source.story;
  for (const inline of inlinesOf(work.source)) {
    for (const edit of edits) {
      const refusal = refuseRunEdit(tree, inline, edit, draft.contexts.get(name)!);
      if (refusal !== undefined) return refusal;
    }
  }
  return undefined;
}

/** A run with a text box is rewritten with it, so that one request can't change the run and what is in the box. */
export function refuseNested(
  draft: Draft,
  work: ParagraphWork,
  edits: readonly (RunEdit | RunFormat)[],
): RefusalReason | undefined {
  const { tree, name } = work.source.story;
  if (!tree.names.includes("w:txbxContent")) return undefined;
  const holdsElement = (
    outer: ParagraphWork,
    outerEdits: readonly (RunEdit | RunFormat)[],
    inner: number,
  ): boolean =>
    inlinesOf(outer.source).some((inline) =>
      [...rewrittenRuns(tree, inline, outerEdits)].some((run) => {
        const { element } = inline.runs[run]!;
        return inner > element && inner < tree.next[element]!;
      }),
    );
  const holds = (
    outer: ParagraphWork,
    outerEdits: readonly (RunEdit | RunFormat)[],
    inner: ParagraphWork,
  ): boolean => inlinesOf(inner.source).some(({ element }) => holdsElement(outer, outerEdits, element));
  const structures = draft.structures.filter(({ story }) => story.name === name);
  if (structures.some(({ element }) => holdsElement(work, edits, element))) return overlap;
  for (const other of draft.works.values()) {
    if (other === work || other.source.story.name !== name || !hasWork(other)) continue;
    const others = [...other.edits, ...other.formats];
    if (holds(work, edits, other) || holds(other, others, work)) return overlap;
  }
  return undefined;
}

/** Runs that the edits cut, take away or format. */
function rewrittenRuns(
  tree: StoryPart["tree"],
  inline: Inline,
  edits: readonly (RunEdit | RunFormat)[],
): Set<number> {
  const isMet = (piece: Inline["pieces"][number]): boolean =>
    piece.end > piece.start && edits.some(({ start, end }) => start <= piece.end && end >= piece.start);
  const gone = edits.flatMap((edit) => ("set" in edit ? [] : [...touchedPieces(tree, inline, edit).all]));
  return new Set([...gone, ...inline.pieces.filter(isMet)].flatMap(({ run }) => (run < 0 ? [] : [run])));
}

/** Takes the edits in, and the stretch for them alone. */
export function claim(
  work: ParagraphWork,
  range: { start: number; end: number },
  edits: readonly RunEdit[],
): void {
  work.claims.push({ start: range.start, end: range.end });
  work.edits.push(...edits);
}

/** The edits with a comment's range around them. */
export function withComment(
  draft: Draft,
  work: ParagraphWork,
  edits: readonly RunEdit[],
  comment: string | undefined,
  revision: Signature,
): RunEdit[] {
  if (comment === undefined) return [...edits];
  const range = addComment(draft, work.source.story, comment, revision);
  return edits.map((edit, index) => ({
    ...edit,
    ...(index === 0 && { before: range.before }),
    ...(index === edits.length - 1 && { after: range.end + range.reference }),
  }));
}

/** After the last paragraph of a story or section its mark goes to the last new one. */
export function refuseMarkUse(work: ParagraphWork): RefusalReason | undefined {
  const { tree } = work.source.story;
  const { element } = work.source.inline;
  if (!isLastInContainer(tree, element) && !endsSection(tree, element)) return undefined;
  return useMark(work, "insertion") ? undefined : overlap;
}

/** Gathers new paragraphs after one. */
export function draftInsert(
  draft: Draft,
  work: ParagraphWork,
  text: string,
  revision: Signature,
  comment: string | undefined,
): Outcome {
  if (work.deletion !== undefined) return overlap;
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  if (text.trim() === "")
    return { code: "no-change", reason: "there is no text to insert", fix: "Give the new paragraph's text." };
  const refusal = refuseInsertion(work) ?? refuseNested(draft, work, []) ?? refuseMarkUse(work);
  if (refusal !== undefined) return refusal;
  const range = comment === undefined ? undefined : addComment(draft, work.source.story, comment, revision);
  const blocks = lines.map((line): NewBlock => ({ kind: "text", text: line }));
  work.insertions.push({ blocks, revision, ...(range && { comment: range }) });
  return { paragraph: work.paragraph.id, before: "", after: text };
}
