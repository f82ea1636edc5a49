import { BadRequestError } from "../../../errors.ts";
import type { AtomCode, CodedTarget, CodedText, SpanCode } from "../../../files/units/types.ts";
import { isJoinedScript } from "./joined-script.ts";
import type { Segment } from "./segment-unit.ts";
import { orderedStretches, type Stretch } from "./stretches.ts";

/**
 * The unit's target from its segments' targets: the inverse of `segmentUnit`. White space between sentences stays as it
 * was; where scripts with and without blanks between sentences meet, a blank is put in or left out.
 */
export function joinTargets(
  unit: CodedText,
  segments: readonly Segment[],
  targets: readonly CodedTarget[],
  targetLanguage: string,
): CodedTarget {
  if (targets.length !== segments.length)
    throw new BadRequestError(`${targets.length} targets were given for ${segments.length} segments`);
  const held = new Set(segments.flatMap(({ source }) => source.atoms.map(({ id }) => id)));
  const joined: Joined = { text: "", spans: [], atoms: [], gaps: [] };
  for (let index = 0; index <= segments.length; index++) {
    const gap: Gap = {
      start: segments[index - 1]?.end ?? 0,
      end: segments[index]?.start ?? unit.text.length,
    };
    const atoms = unit.atoms.filter(
      ({ id, offset }) => !held.has(id) && offset >= gap.start && offset <= gap.end,
    );
    addGap(joined, unit, gap, atoms, blank(unit, gap, atoms, targets, index, targetLanguage));
    const target = targets[index];
    if (target !== undefined) addTarget(joined, target);
  }
  return {
    text: joined.text,
    spans: orderedStretches(unit, withGaps(unit, joined)),
    atoms: joined.atoms,
  };
}

type Gap = { readonly start: number; readonly end: number };
type PlacedGap = Gap & { readonly from: number; readonly to: number };
type Joined = {
  text: string;
  readonly spans: Stretch[];
  readonly atoms: { readonly id: string; readonly offset: number }[];
  readonly gaps: PlacedGap[];
};

/** The white space to write between two segments. */
function blank(
  unit: CodedText,
  { start, end }: Gap,
  atoms: readonly AtomCode[],
  targets: readonly CodedTarget[],
  index: number,
  language: string,
): string {
  const own = unit.text.slice(start, end);
  const [before, after] = [targets[index - 1]?.text, targets[index]?.text];
  if (!before || !after || atoms.some(({ kind }) => kind === "break" || kind === "tab")) return own;
  const wasJoined = isJoinedScript(unit.text[start - 1]) && isJoinedScript(unit.text[end]);
  const isJoined = isJoinedScript(before.at(-1)) && isJoinedScript(after[0]);
  if (own === "" && wasJoined && !isJoined && !/^(?:zh|ja|th|lo|km|my)\b/i.test(language)) return " ";
  const isNeeded = atoms.length > 0 || unit.spans.some((span) => span.start >= start && span.end <= end);
  if (/^ +$/.test(own) && isJoined && !wasJoined && !isNeeded) return "";
  return own;
}

function addGap(joined: Joined, unit: CodedText, gap: Gap, atoms: readonly AtomCode[], text: string): void {
  const from = joined.text.length;
  for (const { id, offset } of atoms)
    joined.atoms.push({ id, offset: from + Math.min(Math.max(0, offset - gap.start), text.length) });
  joined.text += text;
  if (text !== "" && gap.end > gap.start && text === unit.text.slice(gap.start, gap.end))
    joined.gaps.push({ ...gap, from, to: joined.text.length });
}

function addTarget(joined: Joined, target: CodedTarget): void {
  const from = joined.text.length;
  joined.text += target.text;
  for (const { id, start, end } of target.spans)
    joined.spans.push({ id, start: start + from, end: end + from });
  for (const { id, offset } of target.atoms) joined.atoms.push({ id, offset: offset + from });
}

/** Spans over the white space between segments, where their stretches on its sides reach up to it. */
function withGaps(unit: CodedText, { spans, gaps }: Joined): Stretch[] {
  const all = [...spans];
  for (const span of unit.spans) {
    const own = spans.filter(({ id }) => id === span.id);
    for (const gap of gaps) {
      const stretch = overGap(span, gap);
      if (stretch === undefined) continue;
      const fromBefore = span.start >= gap.start || own.some(({ end }) => end === gap.from);
      const toAfter = span.end <= gap.end || own.some(({ start }) => start === gap.to);
      if (fromBefore && toAfter) all.push(stretch);
    }
    if (!span.canCopy && own.length > 1) all.push(hull(own));
  }
  return all;
}

function overGap(span: SpanCode, gap: PlacedGap): Stretch | undefined {
  const start = Math.max(span.start, gap.start);
  const end = Math.min(span.end, gap.end);
  if (start >= end) return undefined;
  return { id: span.id, start: gap.from + start - gap.start, end: gap.from + end - gap.start };
}

/** One stretch over all that a span which may not be repeated covers. */
function hull(stretches: readonly Stretch[]): Stretch {
  return {
    id: stretches[0]!.id,
    start: Math.min(...stretches.map(({ start }) => start)),
    end: Math.max(...stretches.map(({ end }) => end)),
  };
}
