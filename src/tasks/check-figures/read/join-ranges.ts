import type { WrittenFigure } from "../types.ts";
import type { Piece } from "./sentence-types.ts";

/** `between 3 and 5 million` is one figure with two ends; the unit and scale of the second hold for both. */
export function joinRanges(pieces: readonly Piece[], paragraph: string): Piece[] {
  const joined: Piece[] = [];
  for (let at = 0; at < pieces.length; at++) {
    const [lead, low, and, high] = pieces.slice(at, at + 4);
    const range =
      isConcept(lead, "between") && low?.kind === "figure" && isConcept(and, "and") && high?.kind === "figure"
        ? rangeOf(low.figure, high.figure, paragraph)
        : undefined;
    if (range === undefined) joined.push(pieces[at]!);
    else {
      joined.push({ kind: "figure", figure: range, from: lead!.from, to: high!.to });
      at += 3;
    }
  }
  return joined;
}

function isConcept(piece: Piece | undefined, concept: string): boolean {
  return piece?.kind === "concept" && piece.concept === concept;
}

function rangeOf(low: WrittenFigure, high: WrittenFigure, paragraph: string): WrittenFigure | undefined {
  const isPlain = low.form === "number" && low.scale === 1;
  if (low.form !== high.form && !isPlain) return undefined;
  const scale = low.scale === 1 && low.value < high.value / high.scale + 1 ? high.scale : 1;
  const value = low.value * scale;
  if (value >= high.value) return undefined;
  const { digits: _, otherValue: __, ...rest } = high;
  const money = high.currency ?? low.currency;
  return {
    ...rest,
    start: low.start,
    text: paragraph.slice(low.start, high.end),
    value,
    upTo: high.value,
    ...(money !== undefined && { currency: money }),
  };
}
