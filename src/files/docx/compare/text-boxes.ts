import type { XmlTree } from "../../xml/scan-xml.ts";
import { childrenOf, nameOf } from "../../xml/xml-tree.ts";
import { contentKey, type KeySource } from "./content-key.ts";

/** The text boxes of a drawing, each with its copies for programs that read older drawings (ECMA-376-3, 10.2.1). */
export type TextBox = { readonly content: number; readonly copies: readonly number[] };

/**
 * The text boxes in a drawing or alternate content, those in other text boxes left out. Undefined when the branches of
 * alternate content say different things, so that no edit could be made in all of them alike.
 */
export function textBoxes(source: KeySource, drawing: number): readonly TextBox[] | undefined {
  const { tree } = source;
  if (nameOf(tree, drawing) !== "mc:AlternateContent")
    return contentsIn(tree, drawing).map((content) => ({ content, copies: [] }));
  const [first = [], ...others] = childrenOf(tree, drawing)
    .map((branch) => contentsIn(tree, branch))
    .filter((contents) => contents.length > 0);
  const areAlike = others.every(
    (contents) =>
      contents.length === first.length &&
      contents.every((content, index) => contentKey(source, content) === contentKey(source, first[index]!)),
  );
  if (!areAlike) return undefined;
  return first.map((content, index) => ({ content, copies: others.map((contents) => contents[index]!) }));
}

function contentsIn(tree: XmlTree, element: number): number[] {
  const found: number[] = [];
  for (let at = element + 1; at < tree.next[element]!; ) {
    const isContent = nameOf(tree, at) === "w:txbxContent";
    if (isContent) found.push(at);
    at = isContent ? tree.next[at]! : at + 1;
  }
  return found;
}
