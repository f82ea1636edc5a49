import { encodePart, type PartText } from "../opc/part-text.ts";
import { savePackage } from "../opc/save-package.ts";
import { applySplices, type Splice } from "../xml/splice.ts";
import { isXmlText } from "../xml/xml-text.ts";
import { attribute, descendantsNamed, nameOf } from "../xml/xml-tree.ts";
import { type NewComment, writeComments } from "./comment-parts.ts";
import { comments } from "./comments.ts";
import { type EditContext, editRuns, type RangeMark, type RefusalReason, type RunEdit, refuseRunEdit } from "./edit-runs.ts";
import { insertionSplices, type NewParagraphs, refuseInsertion } from "./insert-paragraphs.ts";
import { createMarkup, type Markup, revisionAttributes } from "./markup.ts";
import { endsSection, isLastInContainer, markSplices } from "./paragraph-marks.ts";
import type { Inline } from "./read-inline.ts";
import { type ParagraphSource, sourceOf } from "./read-paragraphs.ts";
import { createRevisionIds } from "./revision-ids.ts";
import type {
  Anchor,
  AppliedChange,
  Change,
  ChangeOptions,
  ChangePlan,
  Paragraph,
  PartReceipt,
  Receipt,
  Refusal,
  Revision,
  StoryPart,
  WordDocument,
} from "./types.ts";
import { verifyPackage, verifyStory } from "./verify-changes.ts";
import { diffWords } from "./word-diff.ts";

/** What is to happen to one paragraph, gathered from all changes before anything is written. */
export type ParagraphWork = {
  readonly paragraph: Paragraph;
  readonly source: ParagraphSource;
  readonly edits: RunEdit[];
  readonly marks: RangeMark[];
  readonly claims: { readonly start: number; readonly end: number }[];
  readonly insertions: NewParagraphs[];
  /** Set when the whole paragraph goes: `withMark` is false where its mark has to stay. */
  deletion?: { readonly revision: Omit<Revision, "id">; readonly withMark: boolean };
};

type Draft = {
  readonly document: WordDocument;
  readonly options: ChangeOptions;
  readonly mode: "tracked" | "direct";
  readonly paragraphs: ReadonlyMap<string, Paragraph>;
  readonly works: Map<string, ParagraphWork>;
  readonly contexts: Map<string, EditContext>;
  /** Ids of the revisions we write. */
  readonly ours: Set<string>;
  readonly newComments: NewComment[];
  readonly resolved: Map<string, boolean>;
  readonly points: Map<string, Splice[]>;
  readonly nextId: () => string;
};

/**
 * Works out what the changes would do, without doing it: which can be made, which are refused and why. Every change
 * of text is a tracked insertion or deletion (or plain text in `direct` mode) that keeps the formatting around it;
 * texts are compared word by word, so that what stays is not touched.
 */
export function planChanges(document: WordDocument, changes: readonly Change[], options: ChangeOptions): ChangePlan {
  const draft = createDraft(document, options);
  const applied: AppliedChange[] = [];
  const refused: Refusal[] = [];
  changes.forEach((change, index) => {
    const id = change.id ?? String(index + 1);
    const date = new Date(options.date.getTime() + index * 1000).toISOString().replace(/\.\d+Z$/, "Z");
    const outcome = draftChange(draft, change, { author: options.author, date });
    if ("code" in outcome) refused.push({ id, ...outcome });
    else applied.push({ id, kind: change.kind, ...outcome });
  });
  return { applied, refused, save: () => save(draft) };
}

function createDraft(document: WordDocument, options: ChangeOptions): Draft {
  const allocate = createRevisionIds(document.stories);
  const ours = new Set<string>();
  const nextId = (): string => {
    const id = allocate();
    ours.add(id);
    return id;
  };
  const mode = options.mode ?? "tracked";
  const contexts = new Map(
    document.stories.map(({ name, tree }) => [
      name,
      { tree, markup: createMarkup(tree), ids: nextId, otherIds: allocate, mode } satisfies EditContext,
    ]),
  );
  return {
    document,
    options,
    mode,
    contexts,
    ours,
    nextId,
    paragraphs: new Map(document.paragraphs.map((each) => [each.id, each])),
    works: new Map(),
    newComments: [],
    resolved: new Map(),
    points: new Map(),
  };
}

type Outcome = RefusalReason | Pick<AppliedChange, "paragraph" | "before" | "after">;
type Signature = Omit<Revision, "id"> & { readonly date: string };

function draftChange(draft: Draft, change: Change, signature: Signature): Outcome {
  const texts = ["text" in change ? change.text : "", "comment" in change ? (change.comment ?? "") : "", signature.author];
  if (!texts.every(isXmlText)) {
    return {
      code: "invalid-text",
      reason: "the text holds a control character or half a character, which Word can't store",
      fix: "Remove it from the text.",
    };
  }
  if (change.kind === "reply") return draftReply(draft, change.to, change.text, signature);
  if (change.kind === "resolve") return draftResolve(draft, change.comment, change.resolved);
  const paragraph = draft.paragraphs.get(change.at.paragraph);
  const stale = refuseAnchor(paragraph, change.at);
  if (paragraph === undefined || stale !== undefined) return stale!;
  const work = workOn(draft, paragraph);
  const comment = change.kind === "comment" ? change.text : change.comment;
  const uncommentable = comment === undefined ? undefined : refuseComment(draft, paragraph, work.source);
  if (uncommentable !== undefined) return uncommentable;
  switch (change.kind) {
    case "replace":
      return draftReplace(draft, work, change.at, change.text, signature, comment);
    case "delete":
      return draftDelete(draft, work, change.at, signature, comment);
    case "insert-after":
      return draftInsert(draft, work, change.text, signature, comment);
    case "comment": {
      if (work.deletion !== undefined) return overlap;
      if (work.source.inline.finalText === "") {
        return { code: "unsupported", reason: "the paragraph is empty", fix: "Comment on a paragraph with text." };
      }
      const range = addComment(draft, work.source.story, change.text, signature);
      const { start, end } = change.at;
      if (start === end) work.marks.push({ offset: start, side: "start", markup: range.before + range.after });
      else {
        work.marks.push({ offset: start, side: "start", markup: range.before });
        work.marks.push({ offset: end, side: "end", markup: range.after });
      }
      return { paragraph: paragraph.id, before: change.at.quote, after: change.text };
    }
  }
}

function refuseAnchor(paragraph: Paragraph | undefined, at: Anchor): RefusalReason | undefined {
  if (paragraph !== undefined && sourceOf(paragraph).inline.finalText.slice(at.start, at.end) === at.quote) return undefined;
  return {
    code: paragraph === undefined ? "not-found" : "stale",
    reason: paragraph === undefined ? `there is no paragraph ${at.paragraph}` : "the text at that place is another one now",
    fix: "Look for the quote again in the document as it is.",
  };
}

function workOn(draft: Draft, paragraph: Paragraph): ParagraphWork {
  let work = draft.works.get(paragraph.id);
  if (work === undefined) {
    work = { paragraph, source: sourceOf(paragraph), edits: [], marks: [], claims: [], insertions: [] };
    draft.works.set(paragraph.id, work);
  }
  return work;
}

/** Both copies of a text box are edited alike; where they differ neither is. */
function inlinesOf(source: ParagraphSource): readonly Inline[] {
  return source.twin === undefined || source.twin === "differs" ? [source.inline] : [source.inline, source.twin];
}

const overlap: RefusalReason = {
  code: "overlaps",
  reason: "another change of this request touches the same text",
  fix: "Make one change of the two, or make them one after the other.",
};

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

function draftReplace(
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
    return { code: "no-change", reason: "the new text is the same as the old one", fix: "Leave the change out." };
  }
  const edits: RunEdit[] = hunks.map((hunk) => ({
    start: at.start + hunk.start,
    end: at.start + hunk.end,
    text: hunk.text,
    revision,
  }));
  const refusal = refuseEdits(work, edits);
  if (refusal !== undefined) return refusal;
  claim(work, at, withComment(draft, work, edits, comment, revision));
  return { paragraph: work.paragraph.id, before: at.quote, after: text };
}

function refuseEdits(work: ParagraphWork, edits: readonly RunEdit[]): RefusalReason | undefined {
  for (const inline of inlinesOf(work.source)) {
    for (const edit of edits) {
      const refusal = refuseRunEdit(inline, edit);
      if (refusal !== undefined) return refusal;
    }
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
    ...(index === edits.length - 1 && { after: range.after }),
  }));
}

function draftDelete(
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
  const edit: RunEdit = { start: at.start, end: at.end, text: "", revision, objects: isWhole ? "all" : "inside" };
  const refusal = refuseEdits(work, [edit]) ?? (isWhole ? refuseWholeDeletion(work) : undefined);
  if (refusal !== undefined) return refusal;
  claim(work, at, withComment(draft, work, [edit], comment, revision));
  if (isWhole) {
    const withMark = inlinesOf(work.source).every((inline) => canDeleteMark(work, tree, inline));
    work.deletion = { revision, withMark };
  }
  return { paragraph: work.paragraph.id, before: at.quote, after: "" };
}

function refuseWholeDeletion(work: ParagraphWork): RefusalReason | undefined {
  if (work.insertions.length + work.marks.length + work.edits.length > 0) return overlap;
  const { inline, story } = work.source;
  const control = inline.pieces.find((piece) => {
    for (let at = piece.element; at > inline.element; at = story.tree.parent[at]!) {
      if (nameOf(story.tree, at) === "w:sdt") return piece.lock !== "object";
    }
    return false;
  });
  if (control !== undefined) {
    return { code: "locked", reason: "the paragraph holds a content control", fix: "Delete the paragraph in Word, or delete only its text." };
  }
  return undefined;
}

function canDeleteMark(work: ParagraphWork, tree: StoryPart["tree"], inline: Inline): boolean {
  const { element } = inline;
  if (work.paragraph.markDeleted !== undefined || isLastInContainer(tree, element) || endsSection(tree, element)) return false;
  if (inline.isFieldOpenAtStart !== inline.isFieldOpenAtEnd) return false;
  const next = tree.next[element]!;
  const isFollowedByParagraph = next < tree.count && tree.parent[next] === tree.parent[element] && nameOf(tree, next) === "w:p";
  const keepsSomething = inline.pieces.some(
    (piece) => piece.deleted !== undefined || nameOf(tree, piece.element) === "w:commentReference",
  );
  return isFollowedByParagraph || !keepsSomething;
}

function draftInsert(
  draft: Draft,
  work: ParagraphWork,
  text: string,
  revision: Signature,
  comment: string | undefined,
): Outcome {
  if (work.deletion !== undefined) return overlap;
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  if (text.trim() === "") return { code: "no-change", reason: "there is no text to insert", fix: "Give the new paragraph's text." };
  const refusal = refuseInsertion(work);
  if (refusal !== undefined) return refusal;
  const range = comment === undefined ? undefined : addComment(draft, work.source.story, comment, revision);
  work.insertions.push({ lines, revision, ...(range && { before: range.before, after: range.after }) });
  return { paragraph: work.paragraph.id, before: "", after: text };
}

function refuseComment(draft: Draft, paragraph: Paragraph, source: ParagraphSource): RefusalReason | undefined {
  const { kind } = paragraph.story;
  const place =
    kind === "header" || kind === "footer" || kind === "comment"
      ? `a ${kind}`
      : source.twin !== undefined
        ? "a text box that is stored twice"
        : undefined;
  if (place === undefined || draft.document.stories.length === 0) return undefined;
  return {
    code: "unsupported",
    reason: `Word can't hold a comment in ${place}`,
    fix: "Comment on a paragraph of the body, or make the change without a comment.",
  };
}

function addComment(
  draft: Draft,
  story: StoryPart,
  text: string,
  { author, date }: Signature,
  replyTo?: string,
): { before: string; after: string } {
  const id = draft.nextId();
  draft.ours.delete(id);
  draft.newComments.push({ id, author, date, text, ...(replyTo !== undefined && { replyTo }) });
  const { markup } = draft.contexts.get(story.name)!;
  return { before: markup.element("w:commentRangeStart", { "w:id": id }), after: rangeEnd(markup, id) };
}

function rangeEnd(markup: Markup, id: string): string {
  const reference = markup.element("w:r", {}, markup.element("w:commentReference", { "w:id": id }));
  return markup.element("w:commentRangeEnd", { "w:id": id }) + reference;
}

function draftReply(draft: Draft, to: string, text: string, signature: Signature): Outcome {
  const place = findCommentMarkers(draft.document, to);
  if (place === undefined) return unknownComment(draft, to);
  const { story, start, reference } = place;
  const range = addComment(draft, story, text, signature, to);
  const points = draft.points.get(story.name) ?? [];
  draft.points.set(story.name, points);
  const { tree } = story;
  if (start >= 0) points.push({ start: tree.end[start]!, end: tree.end[start]!, text: range.before });
  const after = start >= 0 ? range.after : range.after.slice(range.after.indexOf("/>") + 2);
  points.push({ start: tree.end[reference]!, end: tree.end[reference]!, text: after });
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

function draftResolve(draft: Draft, id: string, resolved: boolean): Outcome {
  const comment = comments(draft.document).find((each) => each.id === id);
  if (comment === undefined) return unknownComment(draft, id);
  if (comment.isResolved === resolved) {
    return { code: "no-change", reason: `comment ${id} is ${resolved ? "resolved" : "open"} already`, fix: "Leave the change out." };
  }
  draft.resolved.set(id, resolved);
  return { before: resolved ? "open" : "resolved", after: resolved ? "resolved" : "open" };
}

function unknownComment(draft: Draft, id: string): RefusalReason {
  const ids = comments(draft.document).map((each) => each.id);
  return {
    code: "not-found",
    reason: `there is no comment ${id}`,
    fix: ids.length === 0 ? "The document has no comments." : `The document has the comments ${ids.slice(0, 20).join(", ")}.`,
  };
}

function save(draft: Draft): { bytes: Uint8Array; receipt: Receipt } {
  const { document } = draft;
  const replaced = new Map<string, PartText>();
  const touched = new Map<string, number>();
  for (const story of document.stories) {
    const works = [...draft.works.values()].filter((work) => work.source.story === story && hasWork(work));
    const splices = [...works.flatMap((work) => workSplices(draft, work)), ...(draft.points.get(story.name) ?? [])];
    if (splices.length === 0) continue;
    const text = applySplices(story.tree.source, splices);
    const commentIds = new Set(draft.newComments.map(({ id }) => id));
    verifyStory({ document, story, works, splices, text, ours: draft.ours, comments: commentIds, mode: draft.mode });
    replaced.set(story.name, { text, encoding: story.encoding });
    touched.set(story.name, splices.reduce((sum, each) => sum + each.end - each.start + each.text.length, 0));
  }
  const parts = writeComments(document, draft.newComments, draft.resolved, replaced);
  const encode = (map: ReadonlyMap<string, PartText>): Map<string, Uint8Array> =>
    new Map([...map].map(([name, part]) => [name, encodePart(part)]));
  const newParts = encode(parts.replaced);
  const addedParts = encode(parts.added);
  const bytes = savePackage(document.package, newParts, addedParts);
  verifyPackage(document, bytes, newParts, addedParts);
  return { bytes, receipt: receiptOf(document, newParts, addedParts, touched) };
}

function hasWork(work: ParagraphWork): boolean {
  return work.edits.length + work.marks.length + work.insertions.length > 0 || work.deletion !== undefined;
}

function workSplices(draft: Draft, work: ParagraphWork): Splice[] {
  const context = draft.contexts.get(work.source.story.name)!;
  const edits = [...work.edits].sort((a, b) => a.start - b.start || a.end - b.end);
  return inlinesOf(work.source).flatMap((inline) => [
    ...editRuns(context, inline, edits, work.marks),
    ...deletionSplices(context, work, inline),
    ...insertionSplices(context, draft.document, work, inline),
  ]);
}

function deletionSplices(context: EditContext, work: ParagraphWork, inline: Inline): Splice[] {
  if (work.deletion?.withMark !== true || context.mode === "direct") return [];
  const attributes = revisionAttributes({ id: context.ids(), ...work.deletion.revision });
  return markSplices(context.tree, context.markup, inline.element, context.markup.element("w:del", attributes));
}

function receiptOf(
  document: WordDocument,
  replaced: ReadonlyMap<string, Uint8Array>,
  added: ReadonlyMap<string, Uint8Array>,
  touched: ReadonlyMap<string, number>,
): Receipt {
  const parts: PartReceipt[] = document.package.archive.entries.map((entry) => {
    const name = `/${entry.name}`;
    const bytes = replaced.get(name);
    if (bytes === undefined) return { name, state: "raw", bytesTouched: 0 };
    return { name, state: "spliced", bytesTouched: touched.get(name) ?? Math.abs(bytes.length - entry.size) };
  });
  for (const [name, bytes] of added) parts.push({ name, state: "added", bytesTouched: bytes.length });
  return { parts };
}
