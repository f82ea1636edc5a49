import type { AtomCode, CodedText } from "../../../files/units/types.ts";
import { segmentText, type TextRange } from "./segment-text.ts";
import { sliceCoded } from "./slice-coded.ts";

/** A sentence of a unit. Codes keep the ids that they have in the unit; one cut by a boundary is in both segments. */
export type Segment = TextRange & { readonly source: CodedText };

/**
 * The sentences of a unit, without white space at their ends. Line breaks between sentences and tabs part them too.
 * Atoms between two segments are in neither: `joinTargets` puts them back.
 */
export function segmentUnit(unit: CodedText, language: string): Segment[] {
  const ranges: TextRange[] = [];
  let at = 0;
  for (const cut of [...cutsAtAtoms(unit), unit.text.length]) {
    const offset = at;
    for (const { start, end } of segmentText(unit.text.slice(at, cut), language))
      ranges.push({ start: start + offset, end: end + offset });
    at = cut;
  }
  return ranges.map((range, index) => {
    const atoms = atomsOf(unit, range, ranges[index - 1]);
    return { ...range, source: sliceCoded(unit, range.start, range.end, new Set(atoms.map(({ id }) => id))) };
  });
}

/** Offsets of tabs, and of line breaks at which something new begins rather than a sentence goes on. */
function cutsAtAtoms(unit: CodedText): number[] {
  return unit.atoms.filter((atom) => parts(unit, atom)).map(({ offset }) => offset);
}

function parts(unit: CodedText, { kind, offset }: AtomCode): boolean {
  if (kind === "tab") return true;
  if (kind !== "break") return false;
  const before = unit.text.slice(0, offset).trimEnd();
  const after = unit.text.slice(offset).trimStart();
  if (/[.!?…:;。！？]["'”’»)\]]*$/u.test(before)) return true;
  // A title in capitals goes on; any other sentence goes on in lower case.
  const areCapitals =
    /\p{Lu}{2}/u.test(before) && /^\p{Lu}{2}/u.test(after) && !/\p{Ll}/u.test(before + after);
  return !areCapitals && !/^["'“‘„«»(]*\p{Ll}/u.test(after);
}

const isParting = ({ kind }: AtomCode): boolean => kind === "tab" || kind === "break";

/** Atoms of a segment: those at its ends as well, but for what opens or parts behind it or parts before it. */
function atomsOf(unit: CodedText, { start, end }: TextRange, previous: TextRange | undefined): AtomCode[] {
  const first = unit.atoms.filter(({ offset }) => offset === start);
  const isMet = previous?.end === start;
  const leading = first.slice(isMet ? closingCount(first) : 0);
  const last = unit.atoms.filter(({ offset }) => offset === end);
  return [
    ...leading.slice(leading.findLastIndex(isParting) + 1),
    ...unit.atoms.filter(({ offset }) => offset > start && offset < end),
    ...last.slice(0, closingCount(last)),
  ];
}

/** How many of the atoms at one place, from the first, belong to what stands before it. */
function closingCount(atoms: readonly AtomCode[]): number {
  const opening = atoms.findIndex((atom) => isParting(atom) || atom.closedBy !== undefined);
  return opening < 0 ? atoms.length : opening;
}
