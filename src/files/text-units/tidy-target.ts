import type { CodedTarget, CodedText } from "../units/types.ts";

/**
 * The target with single blanks in place of other white space, none at its ends, and spans that neither begin nor end with
 * a blank: a text format gives white space no meaning. An atom counts as a word.
 */
export function tidyTarget(target: CodedTarget): CodedTarget {
  const atoms = new Set(target.atoms.map(({ offset }) => Math.min(offset, target.text.length)));
  const places: number[] = [];
  let text = "";
  // Where the last word or atom ends: blanks behind it at the text's end go.
  let wordEnd = 0;
  let isAfterWord = false;
  for (let at = 0; at <= target.text.length; at++) {
    if (atoms.has(at)) {
      isAfterWord = true;
      wordEnd = text.length;
    }
    places.push(text.length);
    const character = target.text[at];
    if (character === undefined) break;
    const isBlank = /[ \t\n\r\f\v\u2028\u2029]/.test(character);
    if (!isBlank) text += character;
    else if (isAfterWord) text += " ";
    isAfterWord = !isBlank;
    if (!isBlank) wordEnd = text.length;
  }
  text = text.slice(0, wordEnd);
  const place = (offset: number): number => Math.min(places[offset] ?? text.length, text.length);
  return {
    text,
    spans: target.spans.flatMap(({ id, start, end }) => {
      const part = text.slice(place(start), place(end));
      const from = place(start) + part.length - part.trimStart().length;
      const to = from + part.trim().length;
      return from < to ? [{ id, start: from, end: to }] : [];
    }),
    atoms: target.atoms.map(({ id, offset }) => ({ id, offset: place(offset) })),
  };
}

/** True for a target that says what the source says, codes in their places. */
export function isEcho(source: CodedText, target: CodedTarget): boolean {
  return (
    source.text === target.text &&
    source.spans.length === target.spans.length &&
    source.atoms.length === target.atoms.length &&
    source.spans.every(({ id, start, end }) =>
      target.spans.some((each) => each.id === id && each.start === start && each.end === end),
    ) &&
    source.atoms.every(({ id, offset }, index) => {
      const other = target.atoms[index];
      return other?.id === id && other.offset === offset;
    })
  );
}
