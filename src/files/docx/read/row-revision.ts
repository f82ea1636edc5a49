import { childNamed, nameOf } from "../../xml/xml-tree.ts";
import type { Paragraph, Revision } from "../types.ts";
import { revisionOf } from "./read-inline.ts";
import { sourceOf, storyContainer } from "./read-paragraphs.ts";

const places: readonly (readonly [owner: string, properties: string, inserted: string, deleted: string])[] = [
  ["w:tc", "w:tcPr", "w:cellIns", "w:cellDel"],
  ["w:tr", "w:trPr", "w:ins", "w:del"],
];

/** Whose pending insertion or deletion the cell or row is that the paragraph stands in (17.13.5.1, .2, .12, .16). */
export function rowRevision(paragraph: Paragraph): {
  readonly inserted?: Revision;
  readonly deleted?: Revision;
} {
  if (paragraph.cell === undefined) return {};
  const { story, inline } = sourceOf(paragraph);
  const { tree } = story;
  const end = storyContainer(tree, inline.element);
  let inserted: Revision | undefined;
  let deleted: Revision | undefined;
  for (let at = tree.parent[inline.element]!; at > end; at = tree.parent[at]!) {
    const place = places.find(([owner]) => owner === nameOf(tree, at));
    const properties = place === undefined ? -1 : childNamed(tree, at, place[1]);
    if (place === undefined || properties < 0) continue;
    const [put, taken] = [childNamed(tree, properties, place[2]), childNamed(tree, properties, place[3])];
    if (put >= 0) inserted ??= revisionOf(tree, put);
    if (taken >= 0) deleted ??= revisionOf(tree, taken);
  }
  return { ...(inserted !== undefined && { inserted }), ...(deleted !== undefined && { deleted }) };
}
