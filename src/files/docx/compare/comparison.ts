import type { NamespaceScope } from "../../xml/namespaces.ts";
import type { Splice } from "../../xml/splice.ts";
import type { Markup } from "../edit/markup.ts";
import type { Revision } from "../types.ts";
import type { KeySource } from "./content-key.ts";
import type { Importer } from "./import-content.ts";
import type { StandIns } from "./read-items.ts";

/** Why a difference is not in the result as a tracked change. */
export type DiffRefusalCode =
  | "section-break"
  | "note"
  | "content-control"
  | "last-paragraph"
  | "unsupported-block"
  | "header-or-footer"
  | "bookmark"
  | "comment"
  | "definition"
  | "other-part";

/** A difference that Word can't record as a tracked change, so the result does not have it. */
export type DiffRefusal = {
  readonly code: DiffRefusalCode;
  readonly reason: string;
  /** Part of the second document, or of the first where the second lacks it. */
  readonly part: string;
  /** How often, when more than once. */
  readonly count?: number;
};

/** How many of each there are. */
export type DiffCounts = {
  insertedParagraphs: number;
  deletedParagraphs: number;
  editedParagraphs: number;
  insertedRows: number;
  deletedRows: number;
  insertedColumns: number;
  deletedColumns: number;
  formattingChanges: number;
  insertedCharacters: number;
  deletedCharacters: number;
};

/** Two stories under comparison, and what writing their difference needs. */
export type Comparison = {
  readonly before: KeySource;
  readonly after: KeySource;
  readonly markup: Markup;
  readonly target: { readonly part: string; readonly scope: NamespaceScope };
  readonly importer: Importer;
  readonly standIn: StandIns;
  /** A revision with a new id, of the current change. */
  readonly revision: () => Revision;
  /** Begins the next change: it gets a second of its own. */
  readonly nextChange: () => void;
  readonly counts: DiffCounts;
  readonly refuse: (refusal: DiffRefusal) => void;
  /** Splices that make one flow of blocks the other: for cells and text boxes, whose content is one. */
  readonly compareFlow: (comparison: Comparison, before: number, after: number) => Splice[];
  /** Called with the note references of both that were found to be the same, by element. */
  readonly pairNotes: (before: number, after: number) => void;
};
