import type { Inline } from "../read/read-inline.ts";
import { sourceOf } from "../read/read-paragraphs.ts";
import type { Paragraph, StoryPart, WordDocument } from "../types.ts";
import { inlinesOf } from "./draft.ts";

/** A paragraph in one of its copies: that of a text box which is stored twice comes twice. */
export type ParagraphCopy = { readonly paragraph: Paragraph; readonly inline: Inline };

const copies = new WeakMap<WordDocument, ReadonlyMap<string, readonly ParagraphCopy[]>>();

/** The paragraphs of a story inside an element, or that element itself, in the file's order. */
export function paragraphsInside(
  document: WordDocument,
  story: StoryPart,
  element: number,
): readonly ParagraphCopy[] {
  const all = copiesOf(document).get(story.name) ?? [];
  return all.slice(firstFrom(all, element), firstFrom(all, story.tree.next[element]!));
}

/** Worked out once: a change of a column asks for the paragraphs of each of its cells. */
function copiesOf(document: WordDocument): ReadonlyMap<string, readonly ParagraphCopy[]> {
  const known = copies.get(document);
  if (known !== undefined) return known;
  const found = Map.groupBy(
    document.paragraphs.flatMap((paragraph) =>
      inlinesOf(sourceOf(paragraph)).map((inline): ParagraphCopy => ({ paragraph, inline })),
    ),
    ({ paragraph }) => paragraph.part,
  );
  for (const each of found.values()) each.sort((a, b) => a.inline.element - b.inline.element);
  copies.set(document, found);
  return found;
}

/** The position of the first copy at or after an element. */
function firstFrom(all: readonly ParagraphCopy[], element: number): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle]!.inline.element < element) low = middle + 1;
    else high = middle;
  }
  return low;
}
