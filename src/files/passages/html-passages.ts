import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { oneLine } from "./one-line.ts";
import type { SourceText } from "./passage.ts";
import { createPassageList, type NewRow, type PassageList } from "./passage-list.ts";
import { superscript } from "./superscript.ts";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** What a reader doesn't see, or what belongs to the site and not to the page. */
const leftOut = new Set(
  "head script style noscript template nav aside svg math iframe object embed canvas audio video select button input textarea datalist dialog map".split(
    " ",
  ),
);
const blocks = new Set(
  "address article blockquote body center dd details div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul caption figcaption menu".split(
    " ",
  ),
);

/** A page's text without its navigation: headings, paragraphs, list items, table rows, captions. */
export function htmlPassages(html: string, name: string): SourceText {
  const tree = parse(html);
  const list = createPassageList();
  const head = tree.childNodes.flatMap((node) => ("childNodes" in node ? node.childNodes : []));
  const title = head.flatMap((node) =>
    node.nodeName === "head" ? (findElement(node, /^title$/) ?? []) : [],
  )[0];
  const words = title === undefined ? "" : oneLine(textOf(title));
  addBlocks(list, findElement(tree, /^main$/) ?? tree);
  return {
    name,
    format: "html",
    ...(words !== "" && { title: words }),
    passages: list.passages,
    warnings: [],
  };
}

/** The words of a piece of HTML, its tags left out. */
export function htmlText(html: string): string {
  return textOf(parse(html));
}

type Kind = "paragraph" | "list-item" | "caption";
/** A visit to a node, or what is to be done after its children. */
type Step = { readonly node: Node; readonly kind: Kind } | { readonly leave: () => void };

/** Walks with a stack of its own, because a hostile page is nested deeper than calls can be. */
function addBlocks(list: PassageList, root: Node): void {
  let text = "";
  let kind: Kind = "paragraph";
  const flush = (next: Kind): void => {
    list.add({ kind, text });
    text = "";
    kind = next;
  };
  const steps: Step[] = [{ node: root, kind: "paragraph" }];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if ("leave" in step) {
      step.leave();
      continue;
    }
    const { node } = step;
    if (node.nodeName === "#text") text += wordsOf(node);
    else if (node.nodeName === "br") text += "\n";
    if (!("childNodes" in node) || isLeftOut(node)) continue;
    const level = /^h([1-6])$/.exec(node.nodeName)?.[1];
    const rows = node.nodeName === "table" ? tableRows(node as Element) : undefined;
    if (level !== undefined || rows !== undefined) {
      flush(step.kind);
      if (rows === undefined) list.add({ kind: "heading", text: textOf(node), level: Number(level) });
      else addTable(list, node, rows);
      continue;
    }
    const inner = kindOf(node.nodeName) ?? step.kind;
    if (blocks.has(node.nodeName)) {
      flush(inner);
      const outer = step.kind;
      steps.push({ leave: () => flush(outer) });
    }
    for (const child of node.childNodes.toReversed()) steps.push({ node: child, kind: inner });
  }
  flush("paragraph");
}

function kindOf(name: string): Kind | undefined {
  if (name === "li" || name === "dd") return "list-item";
  return name === "figcaption" || name === "caption" ? "caption" : undefined;
}

function isLeftOut(node: Node): boolean {
  if (leftOut.has(node.nodeName)) return true;
  if (!("attrs" in node)) return false;
  return node.attrs.some(
    ({ name, value }) =>
      name === "hidden" ||
      (name === "aria-hidden" && value === "true") ||
      (name === "role" && /^(navigation|banner|search|contentinfo)$/.test(value)) ||
      (name === "style" && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(value)),
  );
}

/** The rows of a table of facts; undefined for one that lays out a page: one column, or tables and headings inside. */
function tableRows(table: Element): readonly NewRow[] | undefined {
  // Asked first, and answered by the first one met: a hostile page nests thousands.
  if (findElement(table, /^(table|h[1-6]|ul|ol)$/) !== undefined) return undefined;
  const rows = elementsIn(table, "tr").map((row) => {
    const cells = row.childNodes.filter((each) => /^t[dh]$/.test(each.nodeName));
    const isHeader = cells.length > 0 && cells.every((cell) => cell.nodeName === "th");
    return { cells: cells.map(textOf), ...(isHeader && { isHeader }) };
  });
  return rows.some((row) => row.cells.length > 1) ? rows : undefined;
}

function addTable(list: PassageList, table: Node, rows: readonly NewRow[]): void {
  const caption = findElement(table, /^caption$/);
  if (caption !== undefined) list.add({ kind: "caption", text: textOf(caption) });
  list.addTable(rows);
}

/** Text below a node, with a blank between blocks and cells. */
function textOf(root: Node): string {
  let text = "";
  for (const node of nodesIn(root)) {
    if (node.nodeName === "#text") text += wordsOf(node);
    else if (node.nodeName === "br" || blocks.has(node.nodeName)) text += " ";
  }
  return text;
}

function wordsOf(node: Node): string {
  const { value, parentNode } = node as DefaultTreeAdapterTypes.TextNode;
  return parentNode?.nodeName === "sup" ? superscript(value) : value;
}

function findElement(root: Node, names: RegExp): Element | undefined {
  for (const node of nodesIn(root)) {
    if (node !== root && "attrs" in node && names.test(node.nodeName)) return node;
  }
  return undefined;
}

function elementsIn(root: Node, name: string): Element[] {
  return [...nodesIn(root)].filter((node): node is Element => node.nodeName === name && "attrs" in node);
}

/** A node and what is below it, in order; what a reader doesn't see is left out. */
function* nodesIn(root: Node): Generator<Node> {
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    if (!("childNodes" in node) || (node !== root && isLeftOut(node))) continue;
    for (let index = node.childNodes.length - 1; index >= 0; index--) waiting.push(node.childNodes[index]!);
  }
}
