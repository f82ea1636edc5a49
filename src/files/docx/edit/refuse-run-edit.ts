import type { Inline, Piece } from "../read/read-inline.ts";
import { insertionPlace } from "./insertion-place.ts";
import { isTouched, type RefusalReason, type RunEdit } from "./run-edit.ts";

/** Why an edit can't be made safely, or undefined. */
export function refuseRunEdit(inline: Inline, edit: RunEdit): RefusalReason | undefined {
  for (const piece of inline.pieces) {
    if (!isTouched(piece, edit) || piece.lock === undefined) continue;
    const reason = refuseLock(piece, edit, inline);
    if (reason !== undefined) return reason;
  }
  if (edit.start === edit.end && edit.text !== "" && insertionPlace(inline, edit.start) === undefined) {
    return inline.finalText === ""
      ? {
          code: "unsupported",
          reason: "the paragraph is empty",
          fix: "Insert a new paragraph after it instead.",
        }
      : {
          code: "locked",
          reason: "the place lies between two locked stretches",
          fix: "Replace a word of the text beside it instead.",
        };
  }
  return undefined;
}

const lockReasons: Readonly<Record<NonNullable<Piece["lock"]>, readonly [reason: string, fix: string]>> = {
  field: [
    "the text is computed by a Word field",
    "Change what the field refers to, or delete the field in Word.",
  ],
  "content-control": [
    "the text is in a content control that is locked, bound to data, a choice, or still showing its placeholder",
    "Change it through the form in Word, or unlock the control.",
  ],
  math: ["the text is part of an equation", "Change the equation in Word."],
  "alternate-content": ["the text is stored in two forms that differ", "Change it in Word."],
  object: [
    "the place holds an object (picture, note reference, symbol)",
    "Leave the object out of the quote.",
  ],
  move: ["the text is part of a move that is still to be accepted", "Accept or reject the move first."],
};

function refuseLock(piece: Piece, edit: RunEdit, inline: Inline): RefusalReason | undefined {
  const lock = piece.lock!;
  if (edit.objects === "all") {
    if (lock === "object") return undefined;
    if (lock === "field" && !inline.isFieldOpenAtStart && !inline.isFieldOpenAtEnd && piece.run >= 0) {
      if (isComplexField(piece, inline)) return undefined;
    }
  }
  if (edit.objects === "inside" && lock === "object" && piece.kind !== "text") return undefined;
  const [reason, fix] = lockReasons[lock];
  return { code: "locked", reason, fix };
}

/** Runs of a complex field stand in the paragraph itself; those of a simple field inside `w:fldSimple`. */
function isComplexField(piece: Piece, inline: Inline): boolean {
  const run = inline.runs[piece.run]!;
  return run.top === run.element;
}
