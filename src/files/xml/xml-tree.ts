import { canonicalName, type NamespaceScope } from "./namespaces.ts";
import type { XmlTree } from "./scan-xml.ts";
import { decodeText } from "./xml-text.ts";

/** Canonical name of element `index`, for example `w:p`. */
export function nameOf(tree: XmlTree, index: number): string {
  return tree.names[tree.name[index]!]!;
}

/** The element's children, in order. */
export function childrenOf(tree: XmlTree, index: number): number[] {
  const children: number[] = [];
  const end = tree.next[index]!;
  for (let child = index + 1; child < end; child = tree.next[child]!) children.push(child);
  return children;
}

/** The first child with that canonical name, or -1. */
export function childNamed(tree: XmlTree, index: number, name: string): number {
  const end = tree.next[index]!;
  for (let child = index + 1; child < end; child = tree.next[child]!) {
    if (nameOf(tree, child) === name) return child;
  }
  return -1;
}

/** The element found by following child names from `index`, or -1. */
export function descend(tree: XmlTree, index: number, ...names: readonly string[]): number {
  let at = index;
  for (const name of names) {
    if (at < 0) return -1;
    at = childNamed(tree, at, name);
  }
  return at;
}

/** Every element below `index` (itself excluded) with that canonical name, in document order. */
export function descendantsNamed(tree: XmlTree, index: number, name: string): number[] {
  const id = tree.names.indexOf(name);
  const found: number[] = [];
  if (id < 0) return found;
  const end = tree.next[index]!;
  for (let at = index + 1; at < end; at++) if (tree.name[at] === id) found.push(at);
  return found;
}

/** The nearest element around `index` with that canonical name, or -1. */
export function ancestorNamed(tree: XmlTree, index: number, name: string): number {
  let at = tree.parent[index]!;
  while (at >= 0 && nameOf(tree, at) !== name) at = tree.parent[at]!;
  return at;
}

/** One attribute as it stands in the source. */
export type XmlAttribute = {
  readonly name: string;
  readonly value: string;
  /** Source offsets of the whole attribute, the leading white space excluded. */
  readonly start: number;
  readonly end: number;
};

const attributePattern = /([^\s=/>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The element's attributes with canonical names (`w:val`); namespace declarations included as `xmlns…`. */
export function attributesOf(tree: XmlTree, index: number): XmlAttribute[] {
  const from = tree.nameEnd[index]!;
  const text = tree.source.slice(from, tree.openEnd[index]!);
  const scope = tree.scopes[tree.scope[index]!]!;
  return [...text.matchAll(attributePattern)].map((match) => ({
    name: canonicalAttribute(scope, match[1]!),
    value: decodeText(match[2] ?? match[3] ?? ""),
    start: from + match.index,
    end: from + match.index + match[0].length,
  }));
}

/** For `attribute` alone: where it stopped would be where `matchAll` begins. */
const ownPattern = new RegExp(attributePattern);

/** The value of the attribute with that canonical name, or undefined. */
export function attribute(tree: XmlTree, index: number, name: string): string | undefined {
  // Most elements lack most attributes, and a large document asks for very many: no list of them is made.
  const text = tree.source.slice(tree.nameEnd[index]!, tree.openEnd[index]!);
  const local = name.slice(Math.max(name.lastIndexOf(":"), name.lastIndexOf("}")) + 1);
  if (!text.includes(local)) return undefined;
  const scope = tree.scopes[tree.scope[index]!]!;
  ownPattern.lastIndex = 0;
  for (let match = ownPattern.exec(text); match !== null; match = ownPattern.exec(text)) {
    if (!match[1]!.endsWith(local) || canonicalAttribute(scope, match[1]!) !== name) continue;
    return decodeText(match[2] ?? match[3] ?? "");
  }
  return undefined;
}

function canonicalAttribute(scope: NamespaceScope, qualified: string): string {
  return qualified.startsWith("xmlns") ? qualified : canonicalName(scope, qualified, false);
}

/** The element's own source text, tags included. */
export function outerXml(tree: XmlTree, index: number): string {
  return tree.source.slice(tree.start[index]!, tree.end[index]!);
}

/** The source text between the element's tags. */
export function innerXml(tree: XmlTree, index: number): string {
  return tree.source.slice(tree.openEnd[index]!, tree.closeStart[index]!);
}

/** The start tag as it stands in the source. */
export function openTag(tree: XmlTree, index: number): string {
  return tree.source.slice(tree.start[index]!, tree.openEnd[index]!);
}

export function isSelfClosing(tree: XmlTree, index: number): boolean {
  return tree.closeStart[index]! === tree.end[index]!;
}

/** The decoded character data directly inside the element; child elements are left out. */
export function textOf(tree: XmlTree, index: number): string {
  if (tree.next[index]! === index + 1) return decodeText(innerXml(tree, index));
  let text = "";
  let at = tree.openEnd[index]!;
  for (const child of childrenOf(tree, index)) {
    text += decodeText(tree.source.slice(at, tree.start[child]!));
    at = tree.end[child]!;
  }
  return text + decodeText(tree.source.slice(at, tree.closeStart[index]!));
}
