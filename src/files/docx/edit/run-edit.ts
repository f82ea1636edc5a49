import type { XmlTree } from "../../xml/scan-xml.ts";
import { nameOf } from "../../xml/xml-tree.ts";
import type { Piece } from "../read/read-inline.ts";
import type { RunStyles } from "../read/run-styles.ts";
import type { Refusal, Revision } from "../types.ts";
import type { ResolvedCharacterFormat } from "./character-format.ts";
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
   * `text`: objects inside the stretch stay; `inside`: they go with it; `all`: every run of the paragraph goes;
   * `paragraph`: the paragraph itself goes, without a trace.
   */
  readonly objects?: "text" | "inside" | "all" | "paragraph";
};

/** Formatting to give to one stretch of a paragraph's final text. */
export type RunFormat = {
  readonly start: number;
  readonly end: number;
  readonly set: ResolvedCharacterFormat;
  /** What the document's styles bring to the runs. */
  readonly styles: RunStyles;
  readonly revision: Omit<Revision, "id">;
};

export type EditContext = {
  readonly tree: XmlTree;
  readonly markup: Markup;
  /** For our own revisions. */
  readonly ids: RevisionIds;
  /** For the second half of somebody else's revision that had to be split. */
  readonly otherIds: RevisionIds;
  readonly mode: "tracked" | "direct";
  /** Whose changes they are: this author's own pending insertions are edited in place. */
  readonly author: string;
  readonly isStrict: boolean;
};

/** An end of a comment's range, at an offset of the paragraph's final text. */
export type RangeMark = { readonly offset: number; readonly side: "start" | "end"; readonly markup: string };

export type RefusalReason = Omit<Refusal, "id">;

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

/**
 * True for text that is changed where it stands, without a revision: all of it in direct mode, else what the same
 * author inserted and nobody has accepted yet.
 */
export function isInPlace({ mode, author }: Pick<EditContext, "mode" | "author">, piece: Piece): boolean {
  return mode === "direct" || piece.inserted?.author === author;
}

/** True when the whole paragraph goes without a trace. */
export function removesParagraph(edits: readonly RunEdit[]): boolean {
  return edits.some(({ objects }) => objects === "paragraph");
}
