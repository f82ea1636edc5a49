import type { XmlTree } from "../../xml/scan-xml.ts";
import { nameOf, textOf } from "../../xml/xml-tree.ts";

/** Characters of text in an element; of a text box that is there twice, those of the first copy. */
export function textLength(tree: XmlTree, element: number): number {
  let length = 0;
  for (let at = element; at < tree.next[element]!; ) {
    const name = nameOf(tree, at);
    if (name === "w:t") length += textOf(tree, at).length;
    at = name === "mc:Fallback" ? tree.next[at]! : at + 1;
  }
  return length;
}
