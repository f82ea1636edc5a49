import type { CodedTarget } from "../units/types.ts";
import { escapeMarkdown } from "./escape-markdown.ts";
import { endOf, type MarkdownNode, startOf } from "./parse-markdown.ts";

/** A text in a link or image that isn't part of the running text. */
export type MarkdownAttribute = {
  readonly place: "title" | "image";
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly write: (target: CodedTarget) => string;
};

/** The alternative texts and titles of links and images at or below a node, in source order. */
export function markdownAttributes(
  node: MarkdownNode,
  source: string,
  inTable: boolean,
): MarkdownAttribute[] {
  const own = (node.type === "image" || node.type === "imageReference") && alternative(node, source, inTable);
  const inner = (node.children ?? []).flatMap((child) => markdownAttributes(child, source, inTable));
  const title = (node.type === "image" || node.type === "link") && titleOf(node, source, inTable);
  return [...(own ? [own] : []), ...inner, ...(title ? [title] : [])];
}

function alternative(node: MarkdownNode, source: string, inTable: boolean): MarkdownAttribute | undefined {
  const start = startOf(node) + 2;
  const end = closingBracket(source, start, endOf(node));
  if (!node.alt || end === undefined) return undefined;
  const after = source[end + 1];
  if (node.type === "image" && after !== "(") return undefined;
  const label = source.slice(start, end);
  const suffix =
    node.referenceType === "shortcut" ? `][${label}` : node.referenceType === "collapsed" ? `][${label}` : "";
  return {
    place: "image",
    text: oneLine(node.alt),
    start,
    // Of `![alt][]` the brackets behind it are written anew too.
    end: node.referenceType === "collapsed" ? end + 2 : end,
    write: ({ text }) => escapeMarkdown(text, "[", "]", { inTable, isInline: true }) + suffix,
  };
}

/** Where the bracket closes that opened before `from`. */
function closingBracket(source: string, from: number, end: number): number | undefined {
  let depth = 0;
  for (let at = from; at < end; at++) {
    const character = source[at];
    if (character === "\\") at++;
    else if (character === "`") {
      const run = /^`+/.exec(source.slice(at, end))![0];
      const close = source.slice(at + run.length, end).search(new RegExp(`(?<!\`)${run}(?!\`)`));
      at += close < 0 ? run.length - 1 : run.length * 2 + close - 1;
    } else if (character === "[") depth++;
    else if (character === "]" && depth-- === 0) return at;
  }
  return undefined;
}

function titleOf(node: MarkdownNode, source: string, inTable: boolean): MarkdownAttribute | undefined {
  if (!node.title || !/^!?\[/.test(source.slice(startOf(node), endOf(node)))) return undefined;
  const all = source.slice(startOf(node), endOf(node));
  const found = /\s("(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|\((?:[^()\\]|\\[\s\S])*\))\s*\)$/.exec(all);
  if (found === null) return undefined;
  const start = startOf(node) + found.index + 1 + /^\s*/.exec(all.slice(found.index + 1))![0].length;
  const quoted = found[1]!;
  return {
    place: "title",
    text: oneLine(node.title),
    start: start + 1,
    end: start + quoted.length - 1,
    write: ({ text }) => {
      const marks = inTable ? /["'()\\|]/g : /["'()\\]/g;
      return text.replace(marks, "\\$&").replace(/&(?=[#\w])/g, "\\&");
    },
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
