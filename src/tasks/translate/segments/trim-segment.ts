import type { CodedTarget, CodedText } from "../../../files/units/types.ts";
import { sliceCoded } from "./slice-coded.ts";
import { orderedStretches, type Stretch } from "./stretches.ts";

/** What stands around the part of a segment that has to be translated. */
export type OuterCodes = { readonly source: CodedText; readonly start: number; readonly end: number };

export type TrimmedSegment = { readonly core: CodedText; readonly outer: OuterCodes };

/** White space, and list marks that somebody typed, with white space behind them. */
const lead = /^(?:\s|[•·●○▪▫■□◦‣⁃►▶➢✓✔–—*-](?=\s))*/u;

/**
 * Takes off what no engine has to see: white space, list marks and atoms at both ends, and spans over all the rest. `untrimTarget` puts
 * them back.
 */
export function trimSegment(source: CodedText): TrimmedSegment {
  const end = source.text.trimEnd().length;
  const start = Math.min(lead.exec(source.text)![0].length, end);
  const atoms = source.atoms.filter(({ offset }) => offset > start && offset < end).map(({ id }) => id);
  const slice = sliceCoded(source, start, end, new Set(atoms));
  const core = {
    ...slice,
    spans: slice.spans.filter((span) => span.start > 0 || span.end < slice.text.length),
  };
  return { core, outer: { source, start, end } };
}

/** The target of a whole segment from the one of its core. */
export function untrimTarget({ source, start, end }: OuterCodes, target: CodedTarget): CodedTarget {
  const text = source.text.slice(0, start) + target.text + source.text.slice(end);
  const tail = text.length - source.text.length;
  const place = (offset: number): number => (offset <= start ? offset : offset + tail);
  const stretches: Stretch[] = target.spans.map((each) => ({
    id: each.id,
    start: each.start + start,
    end: each.end + start,
  }));
  for (const span of source.spans) {
    if (span.start <= start && span.end >= end) {
      stretches.push({ id: span.id, start: span.start, end: span.end + tail });
      continue;
    }
    const inner = stretches.filter(({ id }) => id === span.id);
    const reachesStart = span.end <= start || inner.some((each) => each.start === start);
    const reachesEnd = span.start >= end || inner.some((each) => each.end === end + tail);
    if (span.start < start && reachesStart)
      stretches.push({ id: span.id, start: span.start, end: Math.min(span.end, start) });
    if (span.end > end && reachesEnd)
      stretches.push({ id: span.id, start: Math.max(span.start, end) + tail, end: span.end + tail });
  }
  const outer = source.atoms.map(({ id, offset }) => ({ id, offset }));
  return {
    text,
    spans: orderedStretches(source, stretches),
    atoms: [
      ...outer.filter(({ offset }) => offset <= start),
      ...target.atoms.map(({ id, offset }) => ({ id, offset: offset + start })),
      ...outer
        .filter(({ offset }) => offset > start && offset >= end)
        .map(({ id, offset }) => ({ id, offset: place(offset) })),
    ],
  };
}
