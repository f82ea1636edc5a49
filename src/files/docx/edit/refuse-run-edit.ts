import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Inline, Piece } from "../read/read-inline.ts";
import type { Lock } from "../types.ts";
import { canFill } from "./fill-empty.ts";
import { insertionPlace } from "./insertion-place.ts";
import { refuseControl } from "./refuse-control.ts";
import { type EditContext, isInPlace, isKept, type RefusalReason, type RunEdit } from "./run-edit.ts";
import { touchedPieces } from "./touched-pieces.ts";
import { simpleFieldAround } from "./whole-fields.ts";

/** What of the request a refusal depends on. */
export type RequestMode = Pick<EditContext, "mode" | "author">;

/** Why an edit can't be made safely, or undefined. */
export function refuseRunEdit(
  tree: XmlTree,
  inline: Inline,
  edit: RunEdit,
  request: RequestMode,
): RefusalReason | undefined {
  const { all, ofFields } = touchedPieces(tree, inline, edit);
  for (const piece of all) {
    if (piece.lock === undefined || ofFields.has(piece)) continue;
    const reason = refuseLock(tree, inline, piece, edit, request);
    if (reason !== undefined) return reason;
  }
  if (edit.text === "") return undefined;
  const gone = inline.pieces.filter((piece) => all.has(piece) && !isKept(piece, tree));
  const place = insertionPlace(request, inline, edit.start);
  const hosts = gone.length > 0 ? gone : place === undefined ? [] : [place.piece];
  if (hosts.some((piece) => isDeepInInsertion(inline, piece) && !isInPlace(request, piece))) {
    return {
      code: "unsupported",
      reason: "the text is in a link or control inside somebody's insertion that is still to be accepted",
      fix: "Accept or reject that insertion first.",
    };
  }
  if (hosts.length > 0 || canFill(tree, inline)) return undefined;
  const beside = inline.pieces.find((piece) => piece.end > piece.start && piece.end >= edit.start);
  if (beside?.lock !== undefined) return lockReason(tree, inline, beside, request);
  return {
    code: "unsupported",
    reason: "the paragraph is empty",
    fix: "Insert a new paragraph after it instead.",
  };
}

/** True for text that somebody inserted together with what holds it: an insertion can't end inside a link. */
function isDeepInInsertion(inline: Inline, piece: Piece): boolean {
  return piece.inserted !== undefined && piece.run >= 0 && inline.runs[piece.run]!.insertion < 0;
}

type PlainLock = Exclude<Lock, "content-control">;

const lockReasons: Readonly<Record<PlainLock, readonly [reason: string, fix: string]>> = {
  field: [
    "the text is computed by a Word field",
    "Change what the field refers to, or delete the field with all that it shows.",
  ],
  math: ["the text is part of an equation", "Change the equation in Word."],
  "alternate-content": ["the text is stored in two forms that differ", "Change it in Word."],
  object: [
    "the place holds an object (picture, note reference, symbol)",
    "Leave the object out of the quote.",
  ],
  move: ["the text is part of a move that is still to be accepted", "Accept or reject the move first."],
};

/** Why a piece with a lock is not free. */
export function lockReason(
  tree: XmlTree,
  inline: Inline,
  piece: Piece,
  { mode }: Pick<RequestMode, "mode">,
): RefusalReason {
  const lock = piece.lock!;
  if (lock === "content-control") return refuseControl(tree, piece.element);
  const [reason, fix] = lockReasons[lock];
  if (lock !== "field" || mode === "direct") return { code: "locked", reason, fix };
  if (simpleFieldAround(tree, inline, piece) >= 0) {
    // `w:del` can't hold `w:fldSimple`, and one whose text alone is deleted fills again (17.16.19).
    const way = "Change what the field refers to, or delete the field in Word or without tracking.";
    return { code: "locked", reason, fix: way };
  }
  if (inline.isFieldOpenAtStart || inline.isFieldOpenAtEnd)
    return { code: "locked", reason, fix: "Change what the field refers to." };
  return { code: "locked", reason, fix };
}

function refuseLock(
  tree: XmlTree,
  inline: Inline,
  piece: Piece,
  edit: RunEdit,
  request: RequestMode,
): RefusalReason | undefined {
  if (piece.lock === "object") {
    if (edit.objects === "all" || edit.objects === "paragraph") return undefined;
    if (edit.objects === "inside" && piece.kind !== "text") return undefined;
  }
  if (edit.objects === "paragraph" && piece.lock === "field") return undefined;
  if (piece.lock === "field" && request.mode === "direct" && takesSimpleField(tree, inline, piece, edit))
    return undefined;
  return lockReason(tree, inline, piece, request);
}

/** True when all that a simple field shows goes, so that the field can go with it. */
function takesSimpleField(tree: XmlTree, inline: Inline, piece: Piece, edit: RunEdit): boolean {
  const field = simpleFieldAround(tree, inline, piece);
  if (field < 0 || edit.text !== "") return false;
  const isIn = (each: Piece): boolean => each.element > field && each.element < tree.next[field]!;
  return inline.pieces
    .filter((each) => isIn(each) && each.end > each.start)
    .every((each) => edit.start <= each.start && each.end <= edit.end);
}
