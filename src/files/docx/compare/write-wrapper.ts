import { applySplices, type Splice } from "../../xml/splice.ts";
import { outerXml } from "../../xml/xml-tree.ts";
import type { Revision } from "../types.ts";
import type { Comparison } from "./comparison.ts";
import { wrapperContent } from "./pair-wrappers.ts";
import { type Item, itemsStart, readItems } from "./read-items.ts";
import { textBoxes } from "./text-boxes.ts";

/** Writes the items of a paragraph or wrapper that both documents have. */
type WriteItems = (comparison: Comparison, before: readonly Item[], after: readonly Item[]) => string;

/** The first document's wrapper with the changes that make its content the second's; its tags stay as they are. */
export function writeWrapper(
  comparison: Comparison,
  before: Item,
  after: Item,
  writeItems: WriteItems,
): string {
  const { tree } = comparison.before;
  const splices =
    before.kind === "child"
      ? boxSplices(comparison, before.element, after.element)
      : contentSplices(comparison, before.element, after.element, writeItems);
  const start = tree.start[before.element]!;
  const local = splices.map((each) => ({ ...each, start: each.start - start, end: each.end - start }));
  return applySplices(outerXml(tree, before.element), local);
}

/** Insertions and deletions stand inside a hyperlink or control, never around it (17.13.5.18). */
function contentSplices(
  comparison: Comparison,
  before: number,
  after: number,
  writeItems: WriteItems,
): Splice[] {
  const { tree } = comparison.before;
  const content = wrapperContent(tree, before);
  const other = wrapperContent(comparison.after.tree, after);
  const text = writeItems(
    comparison,
    readItems(comparison.before, content, comparison.standIn),
    readItems(comparison.after, other, comparison.standIn),
  );
  return [{ start: itemsStart(tree, content), end: tree.closeStart[content]!, text }];
}

/** The copies of a text box get the same changes at the same times: for a reader they are one. */
function boxSplices(comparison: Comparison, before: number, after: number): Splice[] {
  const old = textBoxes(comparison.before, before) ?? [];
  const fresh = textBoxes(comparison.after, after) ?? [];
  return old.flatMap((box, index) => {
    const other = fresh[index]!;
    const made: Revision[] = [];
    const recording: Comparison = {
      ...comparison,
      revision: () => {
        const revision = comparison.revision();
        made.push(revision);
        return revision;
      },
    };
    const splices = comparison.compareFlow(recording, box.content, other.content);
    const copies = box.copies.flatMap((copy, place) =>
      comparison.compareFlow(repeating(comparison, made), copy, other.copies[place]!),
    );
    return [...splices, ...copies];
  });
}

/** Writes revisions of the same times as those given, counting and refusing nothing again. */
function repeating(comparison: Comparison, made: readonly Revision[]): Comparison {
  let place = 0;
  return {
    ...comparison,
    revision: () => {
      const own = comparison.revision();
      const date = made[Math.min(place++, made.length - 1)]?.date;
      return date === undefined ? own : { ...own, date };
    },
    nextChange: () => {},
    counts: { ...comparison.counts },
    refuse: () => {},
    pairNotes: () => {},
  };
}
