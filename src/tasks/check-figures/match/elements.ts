import type { Piece, Sentence } from "../read/sentence-types.ts";
import type { Name } from "./find-names.ts";

/** A sentence in pieces, with what its words name in one table. */
export type Element = Piece | Name;

/** Names take the place of the pieces that they cover. */
export function elementsOf({ pieces }: Sentence, names: readonly Name[]): Element[] {
  const free = pieces.filter((piece) => !names.some(({ from, to }) => piece.from < to && piece.to > from));
  return [...free, ...names].sort((a, b) => a.from - b.from);
}

/** True for a number, a share, a multiple: what a stretch of a sentence can say one of. */
export function isNumber(element: Element): boolean {
  return element.kind === "figure";
}

export function isName(element: Element): boolean {
  return element.kind === "column" || element.kind === "value" || element.kind === "noun";
}

export function isConcept(element: Element | undefined, ...concepts: readonly string[]): boolean {
  return element?.kind === "concept" && concepts.includes(element.concept);
}

export function isMark(element: Element | undefined, marks: string): boolean {
  return element?.kind === "mark" && marks.includes(element.text);
}
