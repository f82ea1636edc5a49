import type { RowIndexes } from "./messages.ts";

type Range = readonly [first: number, last: number];

/** Ranges of row indexes as ranges of sheet rows: split where the sheet has a gap, joined where it has none. */
export function sheetRanges({ bounds }: RowIndexes, sheetRows: Uint32Array | undefined): Range[] {
  const ranges: [number, number][] = [];
  const add = (first: number, last: number) => {
    const previous = ranges.at(-1);
    if (previous && previous[1] === first - 1) previous[1] = last;
    else ranges.push([first, last]);
  };
  for (let at = 0; at < bounds.length; at += 2) {
    const [from, to] = [bounds[at]!, bounds[at + 1]!];
    if (!sheetRows) {
      add(from + 1, to + 1);
      continue;
    }
    // Whole tables are usually one block: then the ends say everything.
    const isBlock = sheetRows[to]! - sheetRows[from]! === to - from;
    if (isBlock) add(sheetRows[from]!, sheetRows[to]!);
    else for (let index = from; index <= to; index++) add(sheetRows[index]!, sheetRows[index]!);
  }
  return ranges;
}
