import type { XmlTree } from "../../xml/scan-xml.ts";
import { ancestorNamed, attribute, descendantsNamed, nameOf, textOf } from "../../xml/xml-tree.ts";
import type { Paragraph, WordDocument } from "../types.ts";
import { sourceOf } from "./read-paragraphs.ts";

/** What stands in a bookmark now, and where. */
export type BookmarkedText = {
  readonly text: string;
  /** The paragraph it begins in; undefined where that is no paragraph people read. */
  readonly paragraph: Paragraph | undefined;
  /** Where the text begins in it. */
  readonly start: number;
};

/** The text of a bookmark, deleted text left out (ECMA-376-1, 17.13.6); undefined where the bookmark is gone. */
export function bookmarkedText(document: WordDocument, name: string): BookmarkedText | undefined {
  for (const { name: part, tree } of document.stories) {
    const opening = descendantsNamed(tree, 0, "w:bookmarkStart").find(
      (each) => attribute(tree, each, "w:name") === name,
    );
    if (opening === undefined) continue;
    const id = attribute(tree, opening, "w:id");
    const closing = descendantsNamed(tree, 0, "w:bookmarkEnd").find(
      (each) => each > opening && attribute(tree, each, "w:id") === id,
    );
    const element = paragraphAt(tree, opening);
    if (id === undefined || closing === undefined || element === undefined) return undefined;
    const paragraph = document.paragraphs.find(
      (each) => each.part === part && sourceOf(each).inline.element === element,
    );
    return {
      text: textBetween(tree, opening, closing),
      paragraph,
      start: textBetween(tree, element, opening).length,
    };
  }
  return undefined;
}

/** The paragraph around a marker; of one that stands between paragraphs, the one before. */
function paragraphAt(tree: XmlTree, marker: number): number | undefined {
  const around = ancestorNamed(tree, marker, "w:p");
  return around >= 0 ? around : descendantsNamed(tree, 0, "w:p").findLast((each) => each < marker);
}

/** Deleted text stands in `w:delText`; a tab in a run is a character, one among a paragraph's tab stops is not. */
function textBetween(tree: XmlTree, from: number, to: number): string {
  let text = "";
  for (let index = from + 1; index < to; index++) {
    const name = nameOf(tree, index);
    if (name === "w:t") text += textOf(tree, index);
    else if (name === "w:tab" && nameOf(tree, tree.parent[index]!) === "w:r") text += "\t";
  }
  return text;
}
