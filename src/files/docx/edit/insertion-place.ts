import type { Inline, Piece } from "../read/read-inline.ts";
import { type EditContext, isInPlace, isLocked } from "./run-edit.ts";

export type InsertionPlace = { readonly piece: Piece; readonly side: "before" | "after" };

/**
 * The side of a boundary whose formatting new text takes: the left one, unless only the right one is free text. At an
 * end of the author's own pending insertion it is that one, so that the insertion grows.
 */
export function insertionPlace(
  context: Pick<EditContext, "mode" | "author">,
  inline: Inline,
  offset: number,
): InsertionPlace | undefined {
  const shown = inline.pieces.filter((piece) => piece.end > piece.start);
  const inside = shown.find((piece) => piece.start < offset && offset < piece.end);
  if (inside !== undefined) return isLocked(inside) ? undefined : { piece: inside, side: "after" };
  const left = shown.findLast((piece) => piece.end === offset);
  const right = shown.find((piece) => piece.start === offset);
  if (isFree(left) && isFree(right)) {
    const isLinkLeft = left.link === undefined || right.link === left.link;
    const isOwnRight = isInPlace(context, right) && !isInPlace(context, left) && right.link === left.link;
    return isLinkLeft && !isOwnRight ? { piece: left, side: "after" } : { piece: right, side: "before" };
  }
  if (isFree(left)) return { piece: left, side: "after" };
  return isFree(right) ? { piece: right, side: "before" } : undefined;
}

function isFree(piece: Piece | undefined): piece is Piece {
  return piece !== undefined && !isLocked(piece);
}
