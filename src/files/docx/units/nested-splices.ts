import { applySplices, type Splice } from "../../xml/splice.ts";

/**
 * Splices of one part gathered from its end to its start, so that what is written of a paragraph can hold what was
 * written of the paragraphs in it (a text box is inside a run).
 */
export type NestedSplices = {
  /** Adds a splice before all that were added. */
  readonly add: (splice: Splice) => void;
  /** The source from `start` to `end` with the splices that are in it made. */
  readonly render: (start: number, end: number) => string;
  /** Drops the splices from `start` to `end`: they are part of the text that replaces it. */
  readonly absorb: (start: number, end: number) => void;
  /** All splices, in order. */
  readonly all: () => readonly Splice[];
};

export function createNestedSplices(source: string): NestedSplices {
  /** From the source's end to its start. */
  const stack: Splice[] = [];
  const inside = (start: number, end: number): Splice[] => {
    // Binary search: the splices are ordered downwards.
    const first = lowest(stack, (splice) => splice.start < end);
    const last = lowest(stack, (splice) => splice.start < start);
    return stack.slice(first, last);
  };
  return {
    add: (splice) => {
      stack.push(splice);
    },
    render: (start, end) => {
      const found = inside(start, end);
      if (found.length === 0) return source.slice(start, end);
      const moved = found.map((splice) => ({
        ...splice,
        start: splice.start - start,
        end: splice.end - start,
      }));
      return applySplices(source.slice(start, end), moved.toReversed());
    },
    absorb: (start, end) => {
      while (stack.length > 0 && stack.at(-1)!.start >= start && stack.at(-1)!.end <= end) stack.pop();
    },
    all: () => stack.toReversed(),
  };
}

/** The lowest index from which on all splices fit; the number of them when none does. */
function lowest(stack: readonly Splice[], fits: (splice: Splice) => boolean): number {
  let low = 0;
  let high = stack.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(stack[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
