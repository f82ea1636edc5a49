import type { Period } from "../../ask/question/periods.ts";
import type { WrittenFigure } from "../types.ts";
import type { Concept } from "./concept.ts";
import type { Language } from "./language.ts";
import type { Token } from "./tokens.ts";

/** A stretch of a sentence by what it is; `from` and `to` are tokens, the end excluded. */
export type Piece = { readonly from: number; readonly to: number } & (
  | { readonly kind: "figure"; readonly figure: WrittenFigure }
  | { readonly kind: "period"; readonly period: Period }
  | { readonly kind: "concept"; readonly concept: Concept }
  | { readonly kind: "word" }
  | { readonly kind: "mark"; readonly text: string }
);

export type Sentence = {
  readonly text: string;
  /** Of the paragraph. */
  readonly start: number;
  readonly language: Language;
  readonly tokens: readonly Token[];
  readonly pieces: readonly Piece[];
};
