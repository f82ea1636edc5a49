import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Inline, Piece } from "../read/read-inline.ts";
import type { Lock } from "../types.ts";
import { insertionPlace } from "./insertion-place.ts";
import { refuseControl } from "./refuse-control.ts";
import { isTouched, type RefusalReason, type RunEdit } from "./run-edit.ts";

/** Why an edit can't be made safely, or undefined. */
export function refuseRunEdit(tree: XmlTree, inline: Inline, edit: RunEdit): RefusalReason | undefined {
  for (const piece of inline.pieces) {
    if (!isTouched(piece, edit) || piece.lock === undefined) continue;
    const reason = refuseLock(tree, piece, edit, inline);
    if (reason !== undefined) return reason;
  }
  if (edit.start === edit.end && edit.text !== "" && insertionPlace(inline, edit.start) === undefined) {
    const beside = inline.pieces.find((piece) => piece.end > piece.start && piece.end >= edit.start);
    if (beside?.lock !== undefined) return lockReason(tree, beside, beside.lock);
    return {
      code: "unsupported",
      reason: "the paragraph is empty",
      fix: "Insert a new paragraph after it instead.",
    };
  }
  return undefined;
}

type PlainLock = Exclude<Lock, "content-control">;

const lockReasons: Readonly<Record<PlainLock, readonly [reason: string, fix: string]>> = {
  field: [
    "the text is computed by a Word field",
    "Change what the field refers to, or delete the field in Word.",
  ],
  math: ["the text is part of an equation", "Change the equation in Word."],
  "alternate-content": ["the text is stored in two forms that differ", "Change it in Word."],
  object: [
    "the place holds an object (picture, note reference, symbol)",
    "Leave the object out of the quote.",
  ],
  move: ["the text is part of a move that is still to be accepted", "Accept or reject the move first."],
};

function lockReason(tree: XmlTree, piece: Piece, lock: Lock): RefusalReason {
  if (lock === "content-control") return refuseControl(tree, piece.element);
  const [reason, fix] = lockReasons[lock];
  return { code: "locked", reason, fix };
}

function refuseLock(tree: XmlTree, piece: Piece, edit: RunEdit, inline: Inline): RefusalReason | undefined {
  const lock = piece.lock!;
  if (edit.objects === "all") {
    if (lock === "object") return undefined;
    if (lock === "field" && !inline.isFieldOpenAtStart && !inline.isFieldOpenAtEnd && piece.run >= 0) {
      if (isComplexField(piece, inline)) return undefined;
    }
  }
  if (edit.objects === "inside" && lock === "object" && piece.kind !== "text") return undefined;
  return lockReason(tree, piece, lock);
}

/** Runs of a complex field stand in the paragraph itself; those of a simple field inside `w:fldSimple`. */
function isComplexField(piece: Piece, inline: Inline): boolean {
  const run = inline.runs[piece.run]!;
  return run.top === run.element;
}
