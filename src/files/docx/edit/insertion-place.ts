import type { Inline, Piece } from "../read/read-inline.ts";
import { isLocked } from "./run-edit.ts";

/** The side of a boundary whose formatting new text takes: the left one, unless only the right one is free text. */
export function insertionPlace(
  inline: Inline,
  offset: number,
): { piece: Piece; side: "before" | "after" } | undefined {
  const shown = inline.pieces.filter((piece) => piece.end > piece.start);
  const inside = shown.find((piece) => piece.start < offset && offset < piece.end);
  if (inside !== undefined) return isLocked(inside) ? undefined : { piece: inside, side: "after" };
  const left = shown.findLast((piece) => piece.end === offset);
  const right = shown.find((piece) => piece.start === offset);
  const isFree = (piece: Piece | undefined): piece is Piece => piece !== undefined && !isLocked(piece);
  if (isFree(left) && (left.link === undefined || !isFree(right) || right.link === left.link)) {
    return { piece: left, side: "after" };
  }
  if (isFree(right)) return { piece: right, side: "before" };
  return isFree(left) ? { piece: left, side: "after" } : undefined;
}
