import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Inline, Piece } from "../read/read-inline.ts";
import type { RunEdit } from "./run-edit.ts";
import { takesField, wholeFields } from "./whole-fields.ts";

/** What an edit takes away of a paragraph. */
export type TouchedPieces = {
  /** Pieces that go, whole or in part. */
  readonly all: ReadonlySet<Piece>;
  /** Those of them that belong to fields which go whole. */
  readonly ofFields: ReadonlySet<Piece>;
};

/** The pieces that an edit deletes or deletes a part of; what somebody has deleted already is not touched again. */
export function touchedPieces(tree: XmlTree, inline: Inline, edit: RunEdit): TouchedPieces {
  const ofFields = new Set<Piece>();
  if (inline.pieces.some((piece) => piece.isFieldCode)) {
    for (const field of wholeFields(tree, inline)) {
      if (!takesField(inline, field, edit)) continue;
      for (const piece of field.pieces) if (isPresent(piece)) ofFields.add(piece);
    }
  }
  const all = inline.pieces.filter((piece) => ofFields.has(piece) || (isPresent(piece) && isIn(piece, edit)));
  return { all: new Set(all), ofFields };
}

function isPresent(piece: Piece): boolean {
  return piece.deleted === undefined && piece.kind !== "marker";
}

function isIn(piece: Piece, edit: RunEdit): boolean {
  if (edit.objects === "all" || edit.objects === "paragraph") return true;
  if (piece.end > piece.start) return Math.max(piece.start, edit.start) < Math.min(piece.end, edit.end);
  if (edit.objects !== "inside" || piece.isFieldCode) return false;
  return piece.start > edit.start && piece.end < edit.end;
}
