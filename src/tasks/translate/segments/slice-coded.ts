import type { CodedText } from "../../../files/units/types.ts";

/** The text from `start` to `end` with its stretches of spans and the atoms named; ids stay as they are. */
export function sliceCoded(
  coded: CodedText,
  start: number,
  end: number,
  atoms: ReadonlySet<string>,
): CodedText {
  const clamp = (offset: number): number => Math.min(Math.max(offset, start), end) - start;
  const spans = coded.spans
    .filter((span) => span.start < end && span.end > start)
    .map((span) => ({ ...span, start: clamp(span.start), end: clamp(span.end) }));
  return {
    text: coded.text.slice(start, end),
    spans,
    atoms: coded.atoms
      .filter(({ id }) => atoms.has(id))
      .map((atom) => ({ ...atom, offset: clamp(atom.offset) })),
  };
}
