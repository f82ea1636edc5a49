import type { InlineNode } from "./coded-source.ts";
import { type HtmlPair, pairTags, tagName } from "./html-tags.ts";
import { markdownText } from "./markdown-text.ts";
import { endOf, type MarkdownNode, startOf } from "./parse-markdown.ts";

/** Deepest nesting of links and formatting; what lies deeper stays in the source language. */
const maxDepth = 16;

/** The content of a paragraph, heading or cell as coded text has it. */
export function markdownInline(nodes: readonly MarkdownNode[], source: string, depth = 0): InlineNode[] {
  const pairs = pairTags(nodes);
  const out: InlineNode[] = [];
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index]!;
    const pair = pairs.get(index);
    if (pair !== undefined) {
      out.push(pairedNode(pair, nodes, source, depth));
      index = pair.close;
    } else {
      out.push(...inlineNode(node, nodes[index + 1], source, depth));
    }
  }
  return out;
}

function pairedNode(
  { name, open, close, isOpaque }: HtmlPair,
  nodes: readonly MarkdownNode[],
  source: string,
  depth: number,
): InlineNode {
  const [first, last] = [nodes[open]!, nodes[close]!];
  if (isOpaque || depth >= maxDepth) {
    const all = { start: startOf(first), end: endOf(last) };
    return { kind: "atom", atom: "object", source: all, shows: source.slice(endOf(first), startOf(last)) };
  }
  return {
    kind: "span",
    span: name === "a" ? "link" : "format",
    canCopy: true,
    open: { start: startOf(first), end: endOf(first) },
    close: { start: startOf(last), end: endOf(last) },
    whole: { start: startOf(first), end: endOf(last) },
    name,
    children: markdownInline(nodes.slice(open + 1, close), source, depth + 1),
  };
}

const formats: Readonly<Record<string, string>> = { emphasis: "em", strong: "strong", delete: "del" };

function inlineNode(
  node: MarkdownNode,
  next: MarkdownNode | undefined,
  source: string,
  depth: number,
): InlineNode[] {
  const range = { start: startOf(node), end: endOf(node) };
  switch (node.type) {
    case "text":
      return markdownText(node, source);
    case "emphasis":
    case "strong":
    case "delete":
      return [spanNode(node, "format", formats[node.type]!, source, depth)];
    case "link":
    case "linkReference":
      if (source[range.start] !== "[") break;
      return [spanNode(node, "link", "a", source, depth)];
    case "break":
      // Up to the next line's text, past the marks of quotations and lists.
      return [
        {
          kind: "atom",
          atom: "break",
          source: { start: range.start, end: next ? startOf(next) : range.end },
        },
      ];
    case "image":
    case "imageReference":
      return [{ kind: "atom", atom: "picture", source: range }];
    case "footnoteReference":
      return [{ kind: "atom", atom: "note", source: range }];
    case "html":
      return [{ kind: "atom", atom: tagName(node)?.name === "br" ? "break" : "mark", source: range }];
  }
  const shows = node.value ?? source.slice(range.start, range.end);
  return [{ kind: "atom", atom: "object", source: range, shows }];
}

function spanNode(
  node: MarkdownNode,
  span: "format" | "link",
  name: string,
  source: string,
  depth: number,
): InlineNode {
  const [start, end] = [startOf(node), endOf(node)];
  const [first, last] = [node.children?.[0], node.children?.at(-1)];
  if (first === undefined || last === undefined || depth >= maxDepth)
    return { kind: "atom", atom: "object", source: { start, end } };
  const close = { start: endOf(last), end };
  // `[text]` and `[text][]` are found by their text, so the text of the source becomes the label.
  const label =
    node.referenceType === "full" || node.type !== "linkReference"
      ? undefined
      : source.slice(startOf(first), endOf(last));
  return {
    kind: "span",
    span,
    canCopy: true,
    open: { start, end: startOf(first) },
    close: label === undefined ? close : `][${label}]`,
    whole: { start, end },
    name,
    children: markdownInline(node.children ?? [], source, depth + 1),
  };
}
