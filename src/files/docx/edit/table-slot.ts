import type { XmlTree } from "../../xml/scan-xml.ts";
import { childNamed, childrenOf, nameOf } from "../../xml/xml-tree.ts";
import { contentControlLock } from "../read/read-inline.ts";
import { refuseControl } from "./refuse-control.ts";
import type { RefusalReason } from "./run-edit.ts";

/** A place beside a row or cell, or beside the content control that ends with it. */
export type Slot = { readonly at: number; readonly side: "before" | "after"; readonly offset: number };

/**
 * Where a new row of a table, or cell of a row (the `holder`), goes. What stands at the edge of a content control gets
 * its neighbour outside of it, so that a control around one row stays a control around one row.
 */
export function slotBeside(
  tree: XmlTree,
  element: number,
  holder: number,
  side: "before" | "after",
): Slot | RefusalReason {
  let at = element;
  while (tree.parent[at]! !== holder && neighbour(tree, at, side) < 0) at = outer(tree, at);
  const refusal = refuseInside(tree, at);
  if (refusal !== undefined) return refusal;
  // Two changes at one place are told apart by their order alone, so one place has one name.
  const previous = side === "before" ? neighbour(tree, at, "before") : -1;
  if (previous >= 0) return { at: previous, side: "after", offset: tree.start[at]! };
  return { at, side, offset: side === "before" ? tree.start[at]! : tree.end[at]! };
}

/** The row or cell, or the content controls that hold nothing else: what has to go so that nothing empty is left. */
export function wholePart(tree: XmlTree, element: number, holder: number): number {
  let at = element;
  while (
    tree.parent[at]! !== holder &&
    neighbour(tree, at, "before") < 0 &&
    neighbour(tree, at, "after") < 0
  ) {
    at = outer(tree, at);
  }
  return at;
}

const parts = new Set(["w:tr", "w:tc", "w:sdt", "w:customXml"]);

/** The row, cell or content control beside this one in the same parent, or -1. */
function neighbour(tree: XmlTree, at: number, side: "before" | "after"): number {
  const siblings = childrenOf(tree, tree.parent[at]!).filter((each) => parts.has(nameOf(tree, each)));
  return siblings[siblings.indexOf(at) + (side === "before" ? -1 : 1)] ?? -1;
}

/** The content control whose content the element is in. */
function outer(tree: XmlTree, at: number): number {
  const parent = tree.parent[at]!;
  return nameOf(tree, parent) === "w:sdtContent" ? tree.parent[parent]! : parent;
}

function refuseInside(tree: XmlTree, at: number): RefusalReason | undefined {
  const control = nameOf(tree, tree.parent[at]!) === "w:sdtContent" ? outer(tree, at) : -1;
  const properties = control < 0 ? -1 : childNamed(tree, control, "w:sdtPr");
  if (properties >= 0 && childNamed(tree, properties, "w15:repeatingSection") >= 0) {
    return {
      code: "locked",
      reason: "the row is an entry of a repeating section",
      fix: "Add the entry in Word, with the plus sign at the end of the section.",
    };
  }
  return refuseLocked(tree, at);
}

/** Why what is in the content controls around an element is not free, or undefined (17.5.2). */
export function refuseLocked(tree: XmlTree, element: number): RefusalReason | undefined {
  for (let at = tree.parent[element]!; at > 0; at = tree.parent[at]!) {
    if (nameOf(tree, at) === "w:txbxContent") return undefined;
    if (nameOf(tree, at) === "w:sdt" && contentControlLock(tree, at) !== undefined)
      return refuseControl(tree, element);
  }
  return undefined;
}
