import type { XmlTree } from "../../xml/scan-xml.ts";
import { attributesOf, childrenOf, nameOf, textOf } from "../../xml/xml-tree.ts";

/**
 * A form of an element's children in which two texts are equal exactly when Word would show and keep the same:
 * runs of equal formatting joined however they were split, ids of revisions and paragraphs left out,
 * empty property elements taken as absent, ignored elements as not there. For checking our own edits; never written
 * to a file.
 */
export function canonicalChildren(
  tree: XmlTree,
  element: number,
  isIgnored: (element: number) => boolean,
): string {
  return joinSiblings(childrenOf(tree, element).flatMap((child) => canonical(tree, child, isIgnored)))
    .map((node) => node.open + node.content + node.close)
    .join("");
}

type Node = {
  readonly open: string;
  content: string;
  readonly close: string;
  readonly joins: boolean;
  nodes?: Node[];
};

const joining = new Set(["w:r", "w:ins", "w:del"]);
const emptyMeansAbsent = new Set(["w:pPr", "w:rPr", "w:trPr", "w:tcPr"]);
const ignoredAttributes = /^(xmlns(:.*)?|w:rsid.*|w14:paraId|w14:textId|xml:space)$/;

function canonical(tree: XmlTree, element: number, isIgnored: (element: number) => boolean): Node[] {
  if (isIgnored(element)) return [];
  const name = nameOf(tree, element);
  if (name === "w:t" || name === "w:delText") {
    return [{ open: `<${name}>`, content: textOf(tree, element), close: `</${name}>`, joins: true }];
  }
  const nodes = joinSiblings(childrenOf(tree, element).flatMap((child) => canonical(tree, child, isIgnored)));
  const text = nodes.length === 0 ? textOf(tree, element).trim() : "";
  if (emptyMeansAbsent.has(name) && nodes.length === 0) return [];
  if (name === "w:r" && nodes.every((node) => node.open.startsWith("<w:rPr"))) return [];
  const isRevision = name === "w:ins" || name === "w:del" || name === "w:rPrChange";
  const attributes = attributesOf(tree, element)
    .filter((each) => !ignoredAttributes.test(each.name) && !(isRevision && each.name === "w:id"))
    .map((each) => ` ${each.name}="${each.value}"`)
    .sort()
    .join("");
  const joins = joining.has(name);
  if (
    (name === "w:ins" || name === "w:del") &&
    nodes.length === 0 &&
    nameOf(tree, tree.parent[element]!) !== "w:rPr"
  )
    return [];
  // Runs join only when their formatting is the same, so it belongs to what is compared.
  const properties = name === "w:r" ? nodes.filter((node) => node.open.startsWith("<w:rPr")) : [];
  const rest = name === "w:r" ? nodes.filter((node) => !node.open.startsWith("<w:rPr")) : nodes;
  const head = properties.map(write).join("");
  return [
    { open: `<${name}${attributes}>${head}`, content: text, close: `</${name}>`, joins, nodes: rest },
  ].map(close);
}

function close(node: Node): Node {
  return { ...node, content: node.content + (node.nodes ?? []).map(write).join("") };
}

function write(node: Node): string {
  return node.open + node.content + node.close;
}

function joinSiblings(nodes: readonly Node[]): Node[] {
  const joined: Node[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (last?.joins && node.joins && last.open === node.open) joined[joined.length - 1] = joinTwo(last, node);
    else joined.push(node);
  }
  return joined;
}

function joinTwo(a: Node, b: Node): Node {
  if (a.nodes === undefined || b.nodes === undefined) return { ...a, content: a.content + b.content };
  const nodes = joinSiblings([...a.nodes, ...b.nodes]);
  return { ...a, nodes, content: nodes.map(write).join("") };
}
