import { isXmlText } from "../../xml/xml-text.ts";
import { sourceOf } from "../read/read-paragraphs.ts";
import type {
  Anchor,
  AppliedChange,
  Change,
  ChangeOptions,
  ChangePlan,
  Paragraph,
  Refusal,
  WordDocument,
} from "../types.ts";
import {
  createDraft,
  type Draft,
  type Outcome,
  type ParagraphWork,
  type PlacedChange,
  type Signature,
  workOn,
} from "./draft.ts";
import { draftDeleteColumn, draftInsertColumn } from "./draft-columns.ts";
import {
  commentOnNote,
  draftComment,
  draftReply,
  draftResolve,
  isNote,
  refuseComment,
} from "./draft-comments.ts";
import { draftInsertContent } from "./draft-content.ts";
import { draftDelete } from "./draft-delete.ts";
import { draftFormat } from "./draft-format.ts";
import { draftInsertImage } from "./draft-image.ts";
import { draftMerge, draftSplit } from "./draft-joints.ts";
import { draftParagraphFormat } from "./draft-paragraph-format.ts";
import { draftDeleteRow, draftInsertRow } from "./draft-rows.ts";
import { draftInsertTable } from "./draft-table.ts";
import { draftInsert, draftReplace } from "./draft-text.ts";
import { createRevisionDates } from "./revision-dates.ts";
import type { RefusalReason } from "./run-edit.ts";
import { saveDraft } from "./save-draft.ts";

/**
 * Works out what the changes would do, without doing it: which can be made, which are refused and why. Every change
 * of text is a tracked insertion or deletion (or plain text in `direct` mode) that keeps the formatting around it;
 * texts are compared word by word, so that what stays is not touched.
 */
export function planChanges(
  document: WordDocument,
  changes: readonly Change[],
  options: ChangeOptions,
): ChangePlan {
  const draft = createDraft(document, options);
  const nextDate = createRevisionDates(document.stories, options.date);
  const applied: AppliedChange[] = [];
  const refused: Refusal[] = [];
  changes.forEach((change, index) => {
    const id = change.id ?? String(index + 1);
    const signature = { author: options.author, date: nextDate() };
    const outcome = draftChange(draft, change, signature);
    if ("code" in outcome) refused.push({ id, ...outcome });
    else applied.push({ id, kind: change.kind, date: signature.date, ...outcome });
  });
  return { applied, refused, save: () => saveDraft(draft) };
}

function draftChange(draft: Draft, change: Change, signature: Signature): Outcome {
  const texts = [...textsOf(change), "comment" in change ? (change.comment ?? "") : "", signature.author];
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
  if (comment === undefined || !isNote(paragraph)) return draftWithComment(draft, work, change, signature);
  const { comment: _, ...silent } = { comment, ...change };
  const outcome: Outcome =
    change.kind === "comment"
      ? { paragraph: paragraph.id, before: change.at.quote, after: comment }
      : draftAt(draft, work, silent, signature);
  if (!("code" in outcome)) commentOnNote(draft, paragraph, comment, signature);
  return outcome;
}

/** Kinds that put their comment around what they write; the others' stands around the anchor's text. */
const ownComment: ReadonlySet<Change["kind"]> = new Set([
  "comment",
  "replace",
  "delete",
  "insert-after",
  "delete-row",
  "delete-column",
]);

function draftWithComment(
  draft: Draft,
  work: ParagraphWork,
  change: PlacedChange,
  signature: Signature,
): Outcome {
  const comment = "comment" in change && !ownComment.has(change.kind) ? change.comment : undefined;
  if (comment === undefined) return draftAt(draft, work, change, signature);
  if (work.source.inline.finalText === "")
    return {
      code: "unsupported",
      reason: "a comment needs words to stand at, and the paragraph is empty",
      fix: "Make the change without a comment.",
    };
  const outcome = draftAt(draft, work, change, signature);
  if (!("code" in outcome)) draftComment(draft, work, change.at, comment, signature);
  return outcome;
}

/** Every text of a change that goes into the file. */
function textsOf(change: Change): readonly string[] {
  switch (change.kind) {
    case "insert-row":
    case "insert-column":
      return change.cells;
    case "insert-table":
      return change.rows.flat();
    case "insert-image":
      return [change.altText];
    case "format":
      return [change.set.font ?? ""];
    default:
      return "text" in change ? [change.text ?? ""] : [];
  }
}

function draftAt(draft: Draft, work: ParagraphWork, change: PlacedChange, signature: Signature): Outcome {
  const comment = "comment" in change ? change.comment : undefined;
  switch (change.kind) {
    case "replace":
      return draftReplace(draft, work, change.at, change.text, signature, comment);
    case "delete":
      return draftDelete(draft, work, change.at, signature, comment);
    case "insert-after":
      return draftInsert(draft, work, change.text, signature, comment);
    case "format":
      return draftFormat(draft, work, change, signature);
    case "format-paragraph":
      return draftParagraphFormat(draft, work, change, signature);
    case "split":
      return draftSplit(draft, work, change, signature);
    case "merge":
      return draftMerge(draft, work, change, signature);
    case "insert-row":
      return draftInsertRow(draft, work, change, signature);
    case "delete-row":
      return draftDeleteRow(draft, work, change, signature);
    case "insert-column":
      return draftInsertColumn(draft, work, change, signature);
    case "delete-column":
      return draftDeleteColumn(draft, work, change, signature);
    case "insert-table":
      return draftInsertTable(draft, work, change, signature);
    case "insert-image":
      return draftInsertImage(draft, work, change, signature);
    case "insert-content":
      return draftInsertContent(draft, work, change, signature);
    case "comment":
      return draftComment(draft, work, change.at, change.text, signature);
  }
}

function refuseAnchor(paragraph: Paragraph | undefined, at: Anchor): RefusalReason | undefined {
  if (paragraph !== undefined && sourceOf(paragraph).inline.finalText.slice(at.start, at.end) === at.quote) {
    if (isXmlText(at.quote)) return undefined;
    return {
      code: "invalid-text",
      reason: "the quote begins or ends in the middle of a character",
      fix: "Quote whole characters.",
    };
  }
  return {
    code: paragraph === undefined ? "not-found" : "stale",
    reason:
      paragraph === undefined
        ? `there is no paragraph ${at.paragraph}`
        : "the text at that place is another one now",
    fix: "Look for the quote again in the document as it is.",
  };
}
