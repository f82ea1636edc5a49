import type { XmlTree } from "../../xml/scan-xml.ts";
import { nameOf } from "../../xml/xml-tree.ts";
import type { Piece } from "../read/read-inline.ts";
import type { Refusal, Revision } from "../types.ts";
import type { Markup } from "./markup.ts";
import type { RevisionIds } from "./revision-ids.ts";

/** One stretch of a paragraph's final text to delete, one text to insert in its place, and what goes around both. */
export type RunEdit = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Author and date; every element written gets an id of its own. */
  readonly revision: Omit<Revision, "id">;
  /** Markup to put before and after the change: the ends of a comment's range. */
  readonly before?: string;
  readonly after?: string;
  /**
   * `text`: objects inside the stretch stay; `inside`: they go with it, but for field codes; `all`: every run of the
   * paragraph goes.
   */
  readonly objects?: "text" | "inside" | "all";
};

export type EditContext = {
  readonly tree: XmlTree;
  readonly markup: Markup;
  /** For our own revisions. */
  readonly ids: RevisionIds;
  /** For the second half of somebody else's revision that had to be split. */
  readonly otherIds: RevisionIds;
  readonly mode: "tracked" | "direct";
  readonly isStrict: boolean;
};

/** An end of a comment's range, at an offset of the paragraph's final text. */
export type RangeMark = { readonly offset: number; readonly side: "start" | "end"; readonly markup: string };

export type RefusalReason = Omit<Refusal, "id">;

/** True when the edit deletes the piece or a part of it. */
export function isTouched(piece: Piece, edit: RunEdit): boolean {
  if (piece.deleted !== undefined || piece.kind === "marker") return false;
  if (edit.objects === "all") return true;
  if (piece.end > piece.start) return Math.max(piece.start, edit.start) < Math.min(piece.end, edit.end);
  if (edit.objects !== "inside" || piece.isFieldCode === true) return false;
  return piece.start > edit.start && piece.end < edit.end;
}

const kept = new Set(["w:commentReference", "w:annotationRef", "w:footnoteRef", "w:endnoteRef"]);

/**
 * True for what stays though its surroundings are deleted: comment references, so that their comments keep a place,
 * and the number in front of a note.
 */
export function isKept(piece: Piece, tree: XmlTree): boolean {
  return kept.has(nameOf(tree, piece.element));
}

/** True when the piece is not ours to split. */
export function isLocked(piece: Piece): boolean {
  return piece.lock !== undefined;
}
