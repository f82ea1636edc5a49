import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, descend } from "../../xml/xml-tree.ts";

/** `w:val` of the element that the names lead to, one inside the other; undefined where it is not there or says none. */
export function childValue(tree: XmlTree, index: number, ...names: readonly string[]): string | undefined {
  const element = descend(tree, index, ...names);
  return element < 0 ? undefined : attribute(tree, element, "w:val");
}
