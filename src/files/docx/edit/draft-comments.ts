import { attribute, descendantsNamed } from "../../xml/xml-tree.ts";
import { comments } from "../read/comments.ts";
import type { ParagraphSource } from "../read/read-paragraphs.ts";
import type { Anchor, Paragraph, Story, StoryPart, WordDocument } from "../types.ts";
import type { Draft, Outcome, Signature } from "./draft.ts";
import { overlap, type ParagraphWork } from "./draft.ts";
import type { RefusalReason } from "./run-edit.ts";

/** Gathers a comment on a stretch of text. */
export function draftComment(
  draft: Draft,
  work: ParagraphWork,
  at: Anchor,
  text: string,
  signature: Signature,
): Outcome {
  if (work.deletion !== undefined) return overlap;
  if (work.source.inline.finalText === "") {
    return {
      code: "unsupported",
      reason: "the paragraph is empty",
      fix: "Comment on a paragraph with text.",
    };
  }
  const range = addComment(draft, work.source.story, text, signature);
  if (at.start === at.end) {
    work.marks.push({ offset: at.start, side: "start", markup: range.before + range.end + range.reference });
  } else {
    work.marks.push({ offset: at.start, side: "start", markup: range.before });
    work.marks.push({ offset: at.end, side: "end", markup: range.end + range.reference });
  }
  return { paragraph: work.paragraph.id, before: at.quote, after: text };
}

/** Why Word can't hold a comment at that paragraph, or undefined. */
export function refuseComment(
  draft: Draft,
  paragraph: Paragraph,
  source: ParagraphSource,
): RefusalReason | undefined {
  const { kind } = paragraph.story;
  if (isNote(paragraph) && noteReference(draft.document, paragraph.story) === undefined) {
    return {
      code: "unsupported",
      reason: `no text refers to that ${kind}`,
      fix: "Make the change without a comment.",
    };
  }
  const place = kind === "header" || kind === "footer" || kind === "comment" ? `a ${kind}` : undefined;
  if (place === undefined) return refuseTwin(source);
  return {
    code: "unsupported",
    reason: `Word can't hold a comment in ${place}`,
    fix: "Comment on a paragraph of the body, or make the change without a comment.",
  };
}

/** True for a paragraph of a footnote or endnote: a comment on it stands at the note's number in the text. */
export function isNote({ story }: Paragraph): boolean {
  return story.kind === "footnote" || story.kind === "endnote";
}

/** Adds a comment on a note, around the run that refers to it. */
export function commentOnNote(draft: Draft, paragraph: Paragraph, text: string, signature: Signature): void {
  const place = noteReference(draft.document, paragraph.story);
  if (place === undefined) return;
  const { story, run } = place;
  const { tree } = story;
  const range = addComment(draft, story, text, signature);
  addPoint(draft, story, tree.start[run]!, range.before);
  addPoint(draft, story, tree.end[run]!, range.end + range.reference);
}

/** The run in the text that refers to a note (17.11.14, 17.11.7). */
function noteReference(document: WordDocument, note: Story): { story: StoryPart; run: number } | undefined {
  if (note.kind !== "footnote" && note.kind !== "endnote") return undefined;
  for (const story of document.stories) {
    const { tree } = story;
    const reference = descendantsNamed(tree, 0, `w:${note.kind}Reference`).find(
      (each) => attribute(tree, each, "w:id") === note.id,
    );
    if (reference !== undefined) return { story, run: tree.parent[reference]! };
  }
  return undefined;
}

function addPoint(draft: Draft, story: StoryPart, at: number, text: string): void {
  const points = draft.points.get(story.name) ?? [];
  draft.points.set(story.name, points);
  points.push({ start: at, end: at, text });
}

/** Markup of a comment's place: where its range begins, where it ends, and the run that refers to it. */
export type CommentRange = { readonly before: string; readonly end: string; readonly reference: string };

function refuseTwin(source: ParagraphSource): RefusalReason | undefined {
  if (source.twin === undefined) return undefined;
  return {
    code: "unsupported",
    reason: "the text box is stored twice in the file, and a comment can stand only once",
    fix: "Comment on the text beside the box, or make the change without a comment.",
  };
}

/** Adds a comment to the draft; gives the markup of its range. */
export function addComment(
  draft: Draft,
  story: StoryPart,
  text: string,
  { author, date }: Signature,
  replyTo?: string,
): CommentRange {
  const id = draft.nextId();
  draft.ours.delete(id);
  draft.newComments.push({ id, author, date, text, ...(replyTo !== undefined && { replyTo }) });
  const { markup } = draft.contexts.get(story.name)!;
  return {
    before: markup.element("w:commentRangeStart", { "w:id": id }),
    end: markup.element("w:commentRangeEnd", { "w:id": id }),
    reference: markup.element("w:r", {}, markup.element("w:commentReference", { "w:id": id })),
  };
}

/** Gathers an answer to a comment, anchored where that one is. */
export function draftReply(draft: Draft, to: string, text: string, signature: Signature): Outcome {
  const place = findCommentMarkers(draft.document, to);
  if (place === undefined) return unknownComment(draft, to);
  const { story, start, reference } = place;
  const range = addComment(draft, story, text, signature, to);
  const { tree } = story;
  if (start >= 0) addPoint(draft, story, tree.end[start]!, range.before);
  const after = start >= 0 ? range.end + range.reference : range.reference;
  addPoint(draft, story, tree.end[reference]!, after);
  return { before: "", after: text };
}

/** The start marker (or -1) and the run with the reference of a comment. */
function findCommentMarkers(
  document: WordDocument,
  id: string,
): { story: StoryPart; start: number; reference: number } | undefined {
  for (const story of document.stories) {
    const { tree } = story;
    const hasId = (element: number): boolean => attribute(tree, element, "w:id") === id;
    const reference = descendantsNamed(tree, 0, "w:commentReference").find(hasId);
    if (reference === undefined) continue;
    const start = descendantsNamed(tree, 0, "w:commentRangeStart").find(hasId) ?? -1;
    return { story, start, reference: tree.parent[reference]! };
  }
  return undefined;
}

/** Gathers a change of a comment's state. */
export function draftResolve(draft: Draft, id: string, resolved: boolean): Outcome {
  const comment = comments(draft.document).find((each) => each.id === id);
  if (comment === undefined) return unknownComment(draft, id);
  if (comment.isResolved === resolved) {
    return {
      code: "no-change",
      reason: `comment ${id} is ${resolved ? "resolved" : "open"} already`,
      fix: "Leave the change out.",
    };
  }
  draft.resolved.set(id, resolved);
  return { before: resolved ? "open" : "resolved", after: resolved ? "resolved" : "open" };
}

function unknownComment(draft: Draft, id: string): RefusalReason {
  const ids = comments(draft.document).map((each) => each.id);
  return {
    code: "not-found",
    reason: `there is no comment ${id}`,
    fix:
      ids.length === 0
        ? "The document has no comments."
        : `The document has the comments ${ids.slice(0, 20).join(", ")}.`,
  };
}
