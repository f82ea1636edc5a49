import { nameOf } from "../../xml/xml-tree.ts";
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
import { endsSection, isLastInContainer, nextSibling } from "./paragraph-marks.ts";
import { refuseRunEdit } from "./refuse-run-edit.ts";
import { isKept, isTouched, type RefusalReason, type RunEdit } from "./run-edit.ts";
import { diffWords } from "./word-diff.ts";

function refuseWork(work: ParagraphWork, range: { start: number; end: number }): RefusalReason | undefined {
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
  const refusal = refuseEdits(work, edits) ?? refuseNested(draft, work, edits);
  if (refusal !== undefined) return refusal;
  claim(work, at, withComment(draft, work, edits, comment, revision));
  return { paragraph: work.paragraph.id, before: at.quote, after: text };
}

export function refuseEdits(work: ParagraphWork, edits: readonly RunEdit[]): RefusalReason | undefined {
  for (const inline of inlinesOf(work.source)) {
    for (const edit of edits) {
      const refusal = refuseRunEdit(work.source.story.tree, inline, edit);
      if (refusal !== undefined) return refusal;
    }
  }
  return undefined;
}

/** A run with a text box is rewritten with it, so that one request can't change the run and what is in the box. */
export function refuseNested(
  draft: Draft,
  work: ParagraphWork,
  edits: readonly RunEdit[],
): RefusalReason | undefined {
  const { tree, name } = work.source.story;
  if (!tree.names.includes("w:txbxContent")) return undefined;
  const holds = (outer: ParagraphWork, outerEdits: readonly RunEdit[], inner: ParagraphWork): boolean =>
    inlinesOf(outer.source).some((inline) =>
      inline.pieces.some((piece) => {
        if (piece.run < 0 || !outerEdits.some((edit) => isTouched(piece, edit))) return false;
        const { element } = inline.runs[piece.run]!;
        return inlinesOf(inner.source).some(
          (box) => box.element > element && box.element < tree.next[element]!,
        );
      }),
    );
  for (const other of draft.works.values()) {
    if (other === work || other.source.story.name !== name || !hasWork(other)) continue;
    if (holds(work, edits, other) || holds(other, other.edits, work)) return overlap;
  }
  return undefined;
}

function claim(work: ParagraphWork, range: { start: number; end: number }, edits: readonly RunEdit[]): void {
  work.claims.push({ start: range.start, end: range.end });
  work.edits.push(...edits);
}

/** The edits with a comment's range around them. */
function withComment(
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

/** Gathers a deletion: of some text, or of a whole paragraph with its mark where that can go. */
export function draftDelete(
  draft: Draft,
  work: ParagraphWork,
  at: Anchor,
  revision: Signature,
  comment: string | undefined,
): Outcome {
  const taken = refuseWork(work, at);
  if (taken !== undefined) return taken;
  const { tree } = work.source.story;
  const { finalText } = work.source.inline;
  const isWhole = at.start === 0 && at.end === finalText.length;
  const hasOpenField = inlinesOf(work.source).some(
    (each) => each.isFieldOpenAtStart || each.isFieldOpenAtEnd,
  );
  const edit: RunEdit = {
    start: at.start,
    end: at.end,
    text: "",
    revision,
    objects: isWhole && !hasOpenField ? "all" : "inside",
  };
  const refusal =
    refuseEdits(work, [edit]) ??
    (isWhole ? refuseWholeDeletion(work) : undefined) ??
    refuseNested(draft, work, [edit]);
  if (refusal !== undefined) return refusal;
  claim(work, at, withComment(draft, work, [edit], comment, revision));
  if (isWhole) {
    const withMark = inlinesOf(work.source).every((inline) =>
      canDeleteMark(work, tree, inline, comment !== undefined),
    );
    work.deletion = { revision, withMark };
  }
  return { paragraph: work.paragraph.id, before: at.quote, after: "" };
}

function refuseWholeDeletion(work: ParagraphWork): RefusalReason | undefined {
  if (work.insertions.length + work.marks.length + work.edits.length > 0) return overlap;
  if (!useMark(work, "deletion")) return overlap;
  const { inline, story } = work.source;
  const control = inline.pieces.find((piece) => {
    for (let at = piece.element; at > inline.element; at = story.tree.parent[at]!) {
      if (nameOf(story.tree, at) === "w:sdt") return piece.lock !== "object";
    }
    return false;
  });
  if (control !== undefined) {
    return {
      code: "locked",
      reason: "the paragraph holds a content control",
      fix: "Delete the paragraph in Word, or replace its text by an empty one.",
    };
  }
  return undefined;
}

/** Where no paragraph follows that could take it in, one that keeps a comment has to keep its mark too. */
function canDeleteMark(
  work: ParagraphWork,
  tree: StoryPart["tree"],
  inline: Inline,
  hasComment: boolean,
): boolean {
  const { element } = inline;
  if (
    work.paragraph.markDeleted !== undefined ||
    isLastInContainer(tree, element) ||
    endsSection(tree, element)
  )
    return false;
  if (inline.isFieldOpenAtStart !== inline.isFieldOpenAtEnd) return false;
  const next = nextSibling(tree, element);
  // Paragraphs that declare other namespaces can't be joined.
  const isJoinable = next >= 0 && nameOf(tree, next) === "w:p" && tree.scope[next] === tree.scope[element];
  const keepsSomething = inline.pieces.some((piece) => piece.deleted !== undefined || isKept(piece, tree));
  return isJoinable || !(keepsSomething || hasComment);
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
