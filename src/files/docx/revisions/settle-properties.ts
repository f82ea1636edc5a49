import { prefixFor } from "../../xml/namespaces.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { attribute, attributesOf, childNamed, childrenOf, nameOf, openTag } from "../../xml/xml-tree.ts";
import { KEPT, REMOVED, type SettlePlan } from "./settle-plan.ts";
import { isRevisionName, oldProperties, type RevisionElement } from "./settle-revisions.ts";

/**
 * Children that are no part of what the old properties replace, and whether they stand before or after it in
 * the schema's order (ECMA-376-1, 17.13.5.29 to .37): the paragraph mark's own formatting and section, the
 * section's headers, pending revisions of the same mark, row or cell.
 */
const kept: ReadonlyMap<string, { readonly names: RegExp; readonly comeFirst: boolean }> = new Map([
  ["w:rPr", { names: /^w:(ins|del|moveFrom|moveTo)$/, comeFirst: true }],
  ["w:pPr", { names: /^w:(rPr|sectPr)$/, comeFirst: false }],
  ["w:sectPr", { names: /^w:(headerReference|footerReference)$/, comeFirst: true }],
  ["w:trPr", { names: /^w:(ins|del)$/, comeFirst: false }],
  ["w:tcPr", { names: /^w:(cellIns|cellDel|cellMerge)$/, comeFirst: false }],
]);

/** Puts the old properties of a rejected `…Change` back; returns the text to insert. */
export function planRestore(
  plan: SettlePlan,
  change: RevisionElement,
  settlesMerge: RevisionElement | undefined,
): Splice[] {
  const { tree, fate } = plan;
  const owner = change.target;
  if (owner < 0) return [];
  const rule = kept.get(nameOf(tree, owner));
  for (const child of childrenOf(tree, owner)) {
    if (rule?.names.test(nameOf(tree, child))) continue;
    fate[child] = REMOVED;
  }
  const old = oldProperties(tree, change.index);
  let text = old < 0 ? "" : oldInner(tree, old, owner);
  if (settlesMerge && (old < 0 || childNamed(tree, old, "w:vMerge") < 0)) {
    text = withMerge(tree, old, owner, text, mergeElement(tree, settlesMerge, "reject"));
  }
  if (text === "") return [];
  plan.restored.add(owner);
  const at = rule?.comeFirst ? tree.start[change.index]! : tree.openEnd[owner]!;
  return [{ start: at, end: at, text }];
}

/** The old properties' children as they stand; revisions among them are ignored, as Word does (MS-OI29500 2.1.58). */
function oldInner(tree: XmlTree, old: number, owner: number): string {
  let text = "";
  for (const child of childrenOf(tree, old)) {
    if (!isRevisionName(nameOf(tree, child))) text += outerWithScope(tree, child, owner);
  }
  return text;
}

/** An element's source, with the namespace declarations that it would lose outside its parents up to `owner`. */
export function outerWithScope(tree: XmlTree, index: number, owner: number): string {
  const declarations = lostDeclarations(tree, index, owner);
  const nameEnd = tree.nameEnd[index]!;
  return (
    tree.source.slice(tree.start[index]!, nameEnd) +
    declarations +
    tree.source.slice(nameEnd, tree.end[index]!)
  );
}

/** Namespace declarations made between `index` and its ancestor `outer`, both excluded, that `index` does not repeat. */
export function lostDeclarations(tree: XmlTree, index: number, outer: number): string {
  if (tree.scope[tree.parent[index]!] === tree.scope[outer]) return "";
  const seen = new Set(attributesOf(tree, index).map((each) => each.name));
  let text = "";
  for (let at = tree.parent[index]!; at !== outer && at >= 0; at = tree.parent[at]!) {
    for (const { name, start, end } of attributesOf(tree, at)) {
      if (!/^xmlns(:|$)/.test(name) || seen.has(name)) continue;
      seen.add(name);
      text += ` ${tree.source.slice(start, end)}`;
    }
  }
  return text;
}

/** The vertical merge that a settled `w:cellMerge` leaves (17.13.5.3); empty when the cell stands alone. */
export function mergeElement(tree: XmlTree, merge: RevisionElement, action: "accept" | "reject"): string {
  const value = attribute(tree, merge.index, action === "accept" ? "w:vMerge" : "w:vMergeOrig");
  if (value === undefined) return "";
  const qualified = tree.source.slice(tree.start[merge.index]! + 1, tree.nameEnd[merge.index]!);
  const element = qualified.replace(/cellMerge$/, "vMerge");
  if (value !== "rest") return `<${element}/>`;
  const prefix = prefixFor(tree.scopes[tree.scope[merge.index]!]!, "w", false);
  return prefix === undefined ? `<${element}/>` : `<${element} ${prefix}:val="restart"/>`;
}

/** Writes the merge into a cell's current properties, in the schema's place, instead of the one that is there. */
export function planMerge(plan: SettlePlan, merge: RevisionElement, action: "accept" | "reject"): Splice[] {
  const { tree, fate, restored } = plan;
  const owner = merge.target;
  if (owner < 0 || nameOf(tree, owner) !== "w:tcPr") return [];
  let at = tree.openEnd[owner]!;
  for (const child of childrenOf(tree, owner)) {
    if (precedesMerge.test(nameOf(tree, child))) at = tree.end[child]!;
    else if (nameOf(tree, child) === "w:vMerge" && fate[child] === KEPT) fate[child] = REMOVED;
  }
  const text = mergeElement(tree, merge, action);
  if (text === "") return [];
  restored.add(owner);
  return [{ start: at, end: at, text }];
}

const precedesMerge = /^w:(cnfStyle|tcW|gridSpan|hMerge)$/;

function withMerge(tree: XmlTree, old: number, owner: number, text: string, merge: string): string {
  if (merge === "" || old < 0) return merge + text;
  let before = "";
  let after = "";
  for (const child of childrenOf(tree, old)) {
    const name = nameOf(tree, child);
    if (isRevisionName(name)) continue;
    if (precedesMerge.test(name)) before += outerWithScope(tree, child, owner);
    else after += outerWithScope(tree, child, owner);
  }
  return before + merge + after;
}

/** The start tag of a self-closing element as one that is closed later. */
export function openingTag(tree: XmlTree, index: number): string {
  return openTag(tree, index).replace(/\/>$/, ">");
}
