import type { NamespaceScope } from "../../xml/namespaces.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { applySplices, type Splice } from "../../xml/splice.ts";

/**
 * An element's source, with splices made in it, as it can stand in another part: prefixes that mean something else
 * there, or nothing, are declared on it.
 */
export function foreignXml(
  tree: XmlTree,
  element: number,
  splices: readonly Splice[],
  target: NamespaceScope,
): string {
  const start = tree.start[element]!;
  const scope = tree.scopes[tree.scope[element]!]!;
  const local = splices.map((each) => ({ ...each, start: each.start - start, end: each.end - start }));
  const source = tree.source.slice(start, tree.end[element]!);
  const declared = new Set(
    [
      ...tree.source
        .slice(tree.nameEnd[element]!, tree.openEnd[element]!)
        .matchAll(/\sxmlns(?::([^\s=]+))?\s*=/g),
    ].map((match) => match[1] ?? ""),
  );
  let missing = "";
  for (const prefix of usedPrefixes(source)) {
    if (declared.has(prefix) || prefix === "xml") continue;
    const uri = scope.get(prefix) ?? "";
    if ((target.get(prefix) ?? "") === uri || (uri === "" && prefix !== "")) continue;
    missing += prefix === "" ? ` xmlns="${uri}"` : ` xmlns:${prefix}="${uri}"`;
  }
  const nameEnd = tree.nameEnd[element]! - start;
  return applySplices(
    source,
    missing === "" ? local : [{ start: nameEnd, end: nameEnd, text: missing }, ...local],
  );
}

/** Prefixes of element and attribute names, and those that compatibility attributes name in their values (ECMA-376-3). */
function usedPrefixes(source: string): Set<string> {
  const prefixes = new Set<string>();
  for (const [, name] of source.matchAll(/<([^\s/>!?]+)/g)) {
    prefixes.add(name!.includes(":") ? name!.slice(0, name!.indexOf(":")) : "");
  }
  for (const [, prefix] of source.matchAll(/\s([^\s=:"'<>]+):[^\s=:"'<>]+\s*=\s*["']/g)) {
    if (prefix !== "xmlns") prefixes.add(prefix!);
  }
  for (const [, value] of source.matchAll(
    /(?:Requires|:Ignorable|:ProcessContent|:MustUnderstand)\s*=\s*["']([^"']*)["']/g,
  )) {
    for (const prefix of value!.split(/\s+/)) if (prefix !== "") prefixes.add(prefix.split(":")[0]!);
  }
  return prefixes;
}
