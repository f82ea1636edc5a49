import type { CodedText, TextUnit } from "../../files/units/types.ts";
import { withoutAddresses } from "./addresses.ts";
import { withoutIdentifiers } from "./identifiers.ts";
import { codesSignature } from "./memory/memory-key.ts";
import { type Segment, segmentUnit } from "./segments/segment-unit.ts";
import { type OuterCodes, trimSegment } from "./segments/trim-segment.ts";

/** A sentence to be translated. Jobs with one `key` have the same text and codes and are translated once. */
export type SegmentJob = {
  readonly unit: TextUnit;
  readonly index: number;
  readonly segment: Segment;
  /** What the engine and the memory see: without codes and white space around all of it. */
  readonly core: CodedText;
  readonly outer: OuterCodes;
  readonly key: string;
  /** Plain text of the segments beside it. */
  readonly before: string;
  readonly after: string;
};

/** A unit cut into its jobs; `segments` and `jobs` go together by index. */
export type UnitJobs = {
  readonly unit: TextUnit;
  readonly segments: readonly Segment[];
  readonly jobs: readonly SegmentJob[];
};

/** The jobs of every unit that has to be translated by itself, neighbours across units included. */
export function segmentJobs(units: readonly TextUnit[], language: string): UnitJobs[] {
  const cut = units.map((unit) => ({ unit, segments: segmentUnit(unit, language) }));
  const texts = cut.flatMap(({ segments }) => segments.map(({ source }) => source.text));
  let at = 0;
  return cut.map(({ unit, segments }) => {
    const jobs = segments.map((segment, index): SegmentJob => {
      const [before, after] = [texts[at - 1] ?? "", texts[at + 1] ?? ""];
      at++;
      const { core, outer } = trimSegment(segment.source);
      return { unit, index, segment, core, outer, key: keyOf(core), before, after };
    });
    return { unit, segments, jobs };
  });
}

function keyOf(core: CodedText): string {
  if (core.spans.length === 0 && core.atoms.length === 0) return core.text;
  const places = [
    ...core.spans.map(({ start, end }) => `${start}-${end}`),
    ...core.atoms.map(({ offset }) => offset),
  ];
  return `${core.text}\0${codesSignature(core)}\0${places.join(" ")}`;
}

/** True when a text has a letter outside of addresses and identifiers, in any script. */
export function hasWords(text: string): boolean {
  return /\p{L}/u.test(withoutIdentifiers(withoutAddresses(text)));
}
