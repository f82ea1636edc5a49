import type { XmlTree } from "../../xml/scan-xml.ts";
import { childrenOf, nameOf } from "../../xml/xml-tree.ts";

type Revision = {
  readonly index: number;
  readonly kind: string;
  readonly author: string;
  readonly date?: string;
  readonly text: string;
};

/**
 * The revisions that a text box's second copy (`mc:Fallback`) repeats, by the first copy's element (`mc:Choice`):
 * for a person they are one change (ECMA-376-3, 10.2.1). A revision that only one copy has stands for itself.
 */
export function repeatedRevisions(
  tree: XmlTree,
  revisions: readonly Revision[],
): ReadonlyMap<number, readonly number[]> {
  const repeated = new Map<number, number[]>();
  if (!tree.names.includes("mc:Fallback")) return repeated;
  const taken = new Set<number>();
  for (let index = 0; index < tree.count; index++) {
    if (nameOf(tree, index) !== "mc:AlternateContent") continue;
    const originals = new Map<string, Revision[]>();
    for (const branch of childrenOf(tree, index)) {
      const isFallback = nameOf(tree, branch) === "mc:Fallback";
      for (const revision of revisions) {
        if (revision.index <= branch || revision.index >= tree.next[branch]! || taken.has(revision.index))
          continue;
        const key = [revision.kind, revision.author, revision.date, revision.text].join("\n");
        if (!isFallback) {
          if (!isInFallback(tree, revision.index, branch))
            originals.set(key, [...(originals.get(key) ?? []), revision]);
          continue;
        }
        const original = originals.get(key)?.shift();
        if (original === undefined) continue;
        taken.add(revision.index);
        repeated.set(original.index, [...(repeated.get(original.index) ?? []), revision.index]);
      }
    }
  }
  return repeated;
}

function isInFallback(tree: XmlTree, element: number, outer: number): boolean {
  for (let at = tree.parent[element]!; at > outer; at = tree.parent[at]!) {
    if (nameOf(tree, at) === "mc:Fallback") return true;
  }
  return false;
}
