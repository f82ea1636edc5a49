import type { IssuedLook } from "./ledger-types.ts";
import type { Token } from "./tokens.ts";

/**
 * What may have become of one place: it is as marked (`pending`), it has the words it had, the new ones, both, neither,
 * others; or its paragraph is gone.
 */
export type Reading =
  | "pending"
  | "old"
  | "new"
  | "both"
  | "none"
  | "old-edited"
  | "new-edited"
  | "both-edited"
  | "other"
  | "gone";

/** How strictly a token of a path has to be found in the returned text. */
export type Mode = "context" | "exact" | "verbatim" | "edited" | "marked" | "joint";

/** A token as issued. */
export type IssuedToken = Token & {
  readonly isLoose: boolean;
  /** Index of its paragraph among those of the lattice. */
  readonly paragraph: number;
  readonly side?: "old" | "new";
  /** What suggestions change in its formatting, and at which of its characters that begins. */
  readonly looks?: readonly { readonly look: IssuedLook; readonly at: number }[];
  /** Its node; of a token of the text, not of a suggestion. */
  readonly position?: number;
};

/** A step between nodes: `token` is to be found, `any` stands for any word, without either it takes nothing. */
export type Edge = {
  readonly from: number;
  readonly cost: number;
  readonly mode: Mode;
  readonly token?: IssuedToken;
  readonly any?: true;
  /** Stands for the end of some paragraph. */
  readonly paragraphEnd?: true;
  /** Stands for a whole paragraph with one of these hashes. */
  readonly hashes?: readonly string[];
  /** The suggestion whose path the step is in. */
  readonly of?: number;
};

/** What may stand at a node besides: words inserted in the text, inside a suggestion, or a paragraph of unknown words. */
export type Loop =
  | "nothing"
  | "spaces"
  | "context"
  | "edited"
  | "other"
  | "stretch"
  | "stretches"
  | "paragraph"
  | "unknown";

export type Node = { readonly edges: Edge[]; readonly loop: Loop; readonly of?: number };

/** One place where a suggestion changes words: its ways through the lattice begin at `entry` and end at `exit`. */
export type Hunk = {
  readonly of: number;
  readonly entry: number;
  readonly exit: number;
  readonly old: readonly IssuedToken[];
  readonly new: readonly IssuedToken[];
  /** First node of each reading, and what it costs to choose it. */
  readonly readings: ReadonlyMap<Reading, { readonly node: number; readonly cost: number }>;
  /** Indexes of the first and the last paragraph it is in. */
  readonly paragraph: number;
  readonly lastParagraph: number;
  /** The step past the whole paragraph, where nothing of it is left. */
  gone?: { readonly from: number; readonly to: number; readonly cost: number };
};

/** All texts that the issued paragraphs may have become, as paths from the first node to the last. */
export type Lattice = { readonly nodes: readonly Node[]; readonly hunks: readonly Hunk[] };
