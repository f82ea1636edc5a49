import { openPackage } from "../../opc/opc-package.ts";
import { ancestorNamed, attribute, descendantsNamed } from "../../xml/xml-tree.ts";
import { openWord } from "../open-word.ts";
import { sourceOf } from "../read/read-paragraphs.ts";

/** The labels that Word prints before the headings with these bookmarks (`2.1`), undefined for those without one. */
export function readHeadingLabels(bytes: Uint8Array, bookmarks: readonly string[]): (string | undefined)[] {
  const document = openWord(openPackage(bytes));
  const { tree } = document.stories[0]!;
  const paragraphs = new Map(
    descendantsNamed(tree, 0, "w:bookmarkStart").map((each) => [
      attribute(tree, each, "w:name"),
      ancestorNamed(tree, each, "w:p"),
    ]),
  );
  const labels = new Map<number, string | undefined>();
  for (const paragraph of document.paragraphs)
    if (paragraph.story.kind === "body") labels.set(sourceOf(paragraph).inline.element, paragraph.numbering);
  return bookmarks.map((name) => labels.get(paragraphs.get(name) ?? -1));
}
