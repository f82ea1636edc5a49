import { RoundTripError } from "../../errors.ts";

/** Replace `source.slice(start, end)` by `text`. Offsets are UTF-16 units of the source. */
export type Splice = { readonly start: number; readonly end: number; readonly text: string };

/** The source with all splices made. They may come in any order but must not overlap. */
export function applySplices(source: string, splices: readonly Splice[]): string {
  let out = "";
  let at = 0;
  for (const splice of sortSplices(splices)) {
    if (splice.start < at || splice.end < splice.start) {
      throw new RoundTripError(`two changes touch the same text at character ${splice.start}`);
    }
    out += source.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return out + source.slice(at);
}

/** By position; splices at one point keep the order in which they were made. */
export function sortSplices(splices: readonly Splice[]): Splice[] {
  return [...splices].sort((a, b) => a.start - b.start || a.end - b.end);
}
