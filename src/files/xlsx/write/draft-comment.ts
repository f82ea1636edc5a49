import { isXmlText } from "../../xml/xml-text.ts";
import { contains, formatAddress, parseAddress } from "../address.ts";
import { encodeEscapes } from "../read/escapes.ts";
import { halfCharacter } from "./cell-content.ts";
import { appendNote, appendReply, appendThread, notesOf, threadsOf } from "./comment-parts.ts";
import { findSheet, type Refused, refused, type SheetDraft, type WorkbookDraft } from "./draft.ts";
import { addNoteShape } from "./note-shapes.ts";
import { obstaclesOf, refuseProtected } from "./obstacles.ts";
import type { AddCellComment } from "./types.ts";

/** Longest comment that Excel takes, in UTF-16 units. */
const maxLength = 32_767;

/**
 * Gathers a comment on a cell: a conversation with the note that older versions show in its place, a plain note, or
 * an answer where a conversation is there (MS-XLSX 2.1.77).
 */
export function draftComment(
  draft: WorkbookDraft,
  change: AddCellComment,
): { sheet: string; at: string } | Refused {
  const sheet = findSheet(draft, change.sheet);
  if ("refusal" in sheet) return sheet;
  const place = parseAddress(change.cell);
  if (place === undefined)
    return refused("not-found", `no sheet has a cell ${change.cell}`, "Write it as B4.");
  const { row, column } = place;
  const address = formatAddress(row, column);
  const refusal =
    refuseText(change.text) ?? refuseProtected(draft, sheet, "objects") ?? refuseMerged(draft, sheet, place);
  if (refusal !== undefined) return refusal;
  const isNote = change.as === "note";
  const outcome = { sheet: sheet.name, at: address };
  draft.comments.push({ sheet: sheet.name, row, column, text: change.text, isThreaded: !isNote });
  const thread = threadsOf(draft, sheet).find(({ ref, parent }) => ref === address && parent === undefined);
  if (thread !== undefined && !isNote) {
    appendReply(draft, sheet, { address, text: change.text, parent: thread.id });
    return outcome;
  }
  if (thread !== undefined || notesOf(draft, sheet).includes(address)) {
    const what = thread === undefined ? "note" : "conversation";
    return refused("overlaps", `${address} has a ${what} already`, "Choose the cell beside it.");
  }
  if (isNote) appendNote(draft, sheet, { address, text: change.text, author: draft.options.author });
  else appendThread(draft, sheet, { address, text: change.text });
  return addNoteShape(draft, sheet, row, column) ?? outcome;
}

function refuseText(text: string): Refused | undefined {
  if (text.trim() === "") return refused("invalid-text", "the comment is empty", "Write what it should say.");
  if (text.length > maxLength)
    return refused("invalid-text", `the comment is longer than ${maxLength} characters`, "Shorten it.");
  return isXmlText(encodeEscapes(text)) ? undefined : { refusal: halfCharacter };
}

function refuseMerged(
  draft: WorkbookDraft,
  sheet: SheetDraft,
  { row, column }: { row: number; column: number },
): Refused | undefined {
  const merged = obstaclesOf(draft, sheet).merged.find((range) => contains(range, row, column));
  if (merged === undefined || (merged.firstRow === row && merged.firstColumn === column)) return undefined;
  const anchor = formatAddress(merged.firstRow, merged.firstColumn);
  return refused("merged", `${formatAddress(row, column)} is part of a merged cell`, `Comment on ${anchor}.`);
}
