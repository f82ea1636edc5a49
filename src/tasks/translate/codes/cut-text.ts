import type { CodedTarget } from "../../../files/units/types.ts";

/** The target without a stretch of its text; codes in it move to its place. */
export function cutText(target: CodedTarget, start: number, end: number): CodedTarget {
  const moved = (at: number): number => (at <= start ? at : at >= end ? at - (end - start) : start);
  return {
    text: target.text.slice(0, start) + target.text.slice(end),
    spans: target.spans
      .map((each) => ({ id: each.id, start: moved(each.start), end: moved(each.end) }))
      .filter((each) => each.start < each.end),
    atoms: target.atoms.map(({ id, offset }) => ({ id, offset: moved(offset) })),
  };
}
