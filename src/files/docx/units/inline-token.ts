import type { AtomCode } from "../../units/types.ts";

/** What a token says of complex fields: where one begins, ends, or what its code is (17.16.18). */
export type FieldEvent =
  | { readonly kind: "begin" | "separate" | "end" }
  | { readonly kind: "code"; readonly text: string };

/** The smallest thing that is moved or kept: a child of a run, or an element beside runs. */
export type Token = {
  /** `rider`: a page's end as it was when last printed; `noise`: left out when the paragraph is written anew. */
  readonly kind: "text" | AtomCode["kind"] | "rider" | "noise";
  /** The element, or -1 for the place of a container that has lost its only text. */
  readonly element: number;
  /** The run it is in, or -1. */
  readonly run: number;
  /** Index of the innermost container, or -1. */
  container: number;
  /** Text of a text token; what another one shows. */
  readonly text: string;
  readonly events: readonly FieldEvent[];
  /** Formatting of a text token as a key: equal keys look the same. */
  look: string;
};

/** A link, content control, tracked insertion, field or other element over a stretch of runs. */
export type Container = {
  readonly kind: "link" | "container";
  readonly canCopy: boolean;
  /** Index of the container around it, or -1. */
  parent: number;
  /** The element, or -1 for a complex field. */
  readonly element: number;
  /** Where the content begins and ends in the source; unused for a complex field. */
  readonly contentStart: number;
  readonly contentEnd: number;
  /** The runs of a complex field around its result. */
  readonly field?: { readonly open: readonly Token[]; readonly close: readonly Token[] };
};

/** A paragraph's content in order. */
export type Inline = { readonly tokens: Token[]; readonly containers: Container[] };
