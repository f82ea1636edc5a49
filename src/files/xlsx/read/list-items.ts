import type { XmlTree } from "../../xml/scan-xml.ts";
import { childNamed, childrenOf, nameOf } from "../../xml/xml-tree.ts";

/** The items of a list under a part's root: `x:xf` of `x:cellXfs`; none where the list is missing. */
export function listItems(tree: XmlTree, list: string, item: string): number[] {
  const at = childNamed(tree, 0, list);
  return at < 0 ? [] : childrenOf(tree, at).filter((child) => nameOf(tree, child) === item);
}
