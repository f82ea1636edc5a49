import type { Ledger } from "./ledger-types.ts";
import type { Outcome } from "./read-hunk.ts";

export type UndoOptions = {
  /** What the job suggested: the ledger that was written with it, or one made of the file before and after it. */
  readonly ledger: Ledger;
  /**
   * Who undoes: author of the tracked changes that put words back, and of the comments on conflicts; with " (undo)"
   * where that author has changes in the file already.
   */
  readonly author: string;
  readonly date: Date;
  /** Ids of the suggestions to undo. Defaults to all. */
  readonly only?: readonly string[];
  /** `tracked` suggests the old words where the new ones were accepted; `direct` writes them. Defaults to "tracked". */
  readonly mode?: "tracked" | "direct";
  /** The file as the job left it: words that are put back then get the formatting they had there. */
  readonly issued?: Uint8Array;
};

/** What was done about one suggestion. */
export type UndoEntry = {
  readonly id: string;
  readonly kind: string;
  readonly before: string;
  readonly after: string;
  /** What had become of it when the undo came. */
  readonly outcome: Outcome;
  /**
   * `rejected`: its pending changes are refused; `reversed`: the accepted words are changed back; `nothing`: there was
   * nothing left of it; `conflict`: it stands as it stood.
   */
  readonly action: "rejected" | "reversed" | "nothing" | "conflict";
  readonly reason?: string;
  /** Text of the comment at the place of a conflict; absent where Word has no place for one. */
  readonly comment?: string;
  /** What became of the comment that was issued with it; kept when somebody answered, or when it was accepted. */
  readonly issuedComment?: "removed" | "kept";
};

export type UndoResult = {
  /** The undone file; the very same bytes when nothing was to be done. */
  readonly bytes: Uint8Array;
  readonly isChanged: boolean;
  readonly entries: readonly UndoEntry[];
};
