import { nameOf } from "../../xml/xml-tree.ts";
import type { Inline } from "../read/read-inline.ts";
import type { Anchor, StoryPart } from "../types.ts";
import {
  type Draft,
  inlinesOf,
  type Outcome,
  overlap,
  type ParagraphWork,
  type Signature,
  useMark,
} from "./draft.ts";
import { claim, refuseEdits, refuseNested, refuseWork, withComment } from "./draft-text.ts";
import { endsSection, isLastInContainer, nextSibling } from "./paragraph-marks.ts";
import { isKept, type RefusalReason, type RunEdit } from "./run-edit.ts";

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
  if (isWhole && isOwnParagraph(draft, work, revision.author))
    return draftRemoval(draft, work, at, revision, comment);
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
    refuseEdits(draft, work, [edit]) ??
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

/** True when the paragraph with its mark and all that is in it is a pending insertion of the same author. */
function isOwnParagraph({ mode }: Draft, work: ParagraphWork, author: string): boolean {
  const { paragraph, source } = work;
  const { tree } = source.story;
  if (mode === "direct" || paragraph.markInserted?.author !== author || paragraph.markDeleted !== undefined)
    return false;
  return inlinesOf(source).every(
    (inline) =>
      !isLastInContainer(tree, inline.element) &&
      !endsSection(tree, inline.element) &&
      inline.pieces.every(
        // A range marker or a comment that starts or ends there has to stay somewhere.
        (piece) => piece.kind !== "marker" && piece.inserted?.author === author && !isKept(piece, tree),
      ),
  );
}

/** A paragraph that the author has only suggested goes without a trace. */
function draftRemoval(
  draft: Draft,
  work: ParagraphWork,
  at: Anchor,
  revision: Signature,
  comment: string | undefined,
): Outcome {
  if (comment !== undefined) {
    return {
      code: "unsupported",
      reason: "the paragraph is a suggestion of the same author and leaves no place for a comment",
      fix: "Delete it without a comment.",
    };
  }
  const edit: RunEdit = { start: at.start, end: at.end, text: "", revision, objects: "paragraph" };
  const refusal =
    refuseEdits(draft, work, [edit]) ?? refuseWholeDeletion(work) ?? refuseNested(draft, work, [edit]);
  if (refusal !== undefined) return refusal;
  claim(work, at, [edit]);
  work.deletion = { revision, withMark: false };
  return { paragraph: work.paragraph.id, before: at.quote, after: "" };
}

function refuseWholeDeletion(work: ParagraphWork): RefusalReason | undefined {
  const { insertions, marks, edits, formats } = work;
  if (insertions.length + marks.length + edits.length + formats.length > 0) return overlap;
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
