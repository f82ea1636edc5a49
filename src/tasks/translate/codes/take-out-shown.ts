import type { CodedTarget, CodedText } from "../../../files/units/types.ts";
import { cutText } from "./cut-text.ts";
import { encodeFor } from "./encode-for.ts";

/**
 * The target of an answer in plain text: the numbers that went along for atoms are found in it, in their order, taken out,
 * and the atoms put in their places. Numbers that aren't found whole, or not as often as they were sent, stay.
 */
export function takeOutShown(segment: CodedText, answer: string): CodedTarget {
  let target: CodedTarget = { text: answer, spans: [], atoms: [] };
  const { text, shown } = encodeFor("none", segment);
  for (const { id, start, end } of shown) {
    const number = text.slice(start, end);
    const sent = placesOf(number, text);
    // Those before it that are atoms too have been taken out of the target by now.
    const gone = shown.filter(
      (each) => each.start < start && target.atoms.some((atom) => atom.id === each.id),
    );
    const same = gone.filter((each) => text.slice(each.start, each.end) === number).length;
    const found = placesOf(number, target.text);
    const at = sent.length === found.length + same ? found[sent.indexOf(start) - same] : undefined;
    if (at === undefined) continue;
    target = cutText(target, at, at + number.length);
    target = { ...target, atoms: [...target.atoms, { id, offset: at }] };
  }
  return { ...target, atoms: target.atoms.toSorted((a, b) => a.offset - b.offset) };
}

/** Where the number stands as a whole one. */
function placesOf(number: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + number.length)) {
    const touches =
      /[\p{N}]$/u.test(text.slice(0, at).slice(-2)) ||
      /^[.,]?\p{N}/u.test(text.slice(at + number.length, at + number.length + 3));
    if (!touches) places.push(at);
  }
  return places;
}

/** The target without a copy of what an atom shows right beside the atom, left there by an engine that emptied its element. */
export function cutCopyBeside(target: CodedTarget, id: string, shows: string): CodedTarget {
  const atom = target.atoms.find((each) => each.id === id);
  const shown = shows.trim();
  if (atom === undefined || shown === "") return target;
  for (const gap of [0, 1]) {
    const before = atom.offset - gap - shown.length;
    if (before >= 0 && target.text.startsWith(shown, before) && isSpace(target.text, atom.offset - gap, gap))
      return cutText(target, before, before + shown.length);
    const after = atom.offset + gap;
    if (target.text.startsWith(shown, after) && isSpace(target.text, atom.offset, gap))
      return cutText(target, after, after + shown.length);
  }
  return target;
}

function isSpace(text: string, at: number, length: number): boolean {
  return text.slice(at, at + length).trim() === "";
}
