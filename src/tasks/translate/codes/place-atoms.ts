import type { AtomCode, CodedText } from "../../../files/units/types.ts";
import type { Links } from "../alignment/link-words.ts";
import { isMark } from "../alignment/split-words.ts";
import { proportionalPlace } from "./place-proportionally.ts";
import { cutBehind } from "./text-edges.ts";

export type PlacedAtom = { readonly id: string; readonly offset: number; readonly isAligned: boolean };

const sureEnough = 0.3;
const closing = /^[.,;:!?…)\]}»”’"'。、，；：！？）」』】》]$/;

/**
 * Where an atom stands that the answer doesn't place: behind what the word before it became, with the marks that stand
 * between them in the source; else before what the word behind it became; else by proportion, at the edge of a word. What
 * opens a pair goes with the word behind it first.
 */
export function placeAtom(
  segment: CodedText,
  target: string,
  links: Links | undefined,
  atom: AtomCode,
): PlacedAtom {
  const { id, offset } = atom;
  const { text } = segment;
  if (text.slice(0, offset).trim() === "")
    return { id, offset: Math.min(offset, target.length), isAligned: true };
  if (text.slice(offset).trim() === "") return { id, offset: target.trimEnd().length, isAligned: true };
  const [before, behind] = links ? [beforeWord(links, atom), behindWord(links, atom)] : [];
  const aligned = atom.closedBy === undefined ? (behind ?? before) : (before ?? behind);
  if (aligned !== undefined) return { id, offset: cutBehind(target, aligned), isAligned: true };
  const ideal = cutBehind(target, proportionalPlace(text, target, offset));
  return { id, offset: ideal, isAligned: false };
}

function behindWord(links: Links, { kind, offset }: AtomCode): number | undefined {
  const before = links.source.findLastIndex((word) => word.end <= offset);
  if (before < 0) return undefined;
  let word = before;
  while (word > 0 && isMark(links.source[word]!.whole)) word--;
  const to = partnerOf(links, word);
  if (to === undefined) return undefined;
  let end = links.target[to]!.end;
  if (word === before) return end;
  // Marks stood between: the atom goes behind the marks that stand there now.
  for (let next = to + 1; next < links.target.length; next++) {
    const mark = links.target[next]!;
    if (!closing.test(mark.whole) || (mark.start > end && kind === "note")) break;
    end = mark.end;
  }
  return end;
}

function beforeWord(links: Links, { offset }: AtomCode): number | undefined {
  const word = links.source.findIndex(({ start }) => start >= offset);
  const to = word < 0 ? undefined : partnerOf(links, word);
  return to === undefined ? undefined : links.target[to]!.start;
}

/** The target word that a source word became. */
function partnerOf(links: Links, word: number): number | undefined {
  const takers = links.target.length;
  const givers = links.source.length;
  let best: number | undefined;
  let most = sureEnough;
  for (let taker = 0; taker < takers; taker++) {
    const sure =
      (links.forward[(word + 1) * takers + taker]! + links.backward[(taker + 1) * givers + word]!) / 2;
    if (sure >= most) [best, most] = [taker, sure];
  }
  return best;
}
