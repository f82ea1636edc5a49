import type { InlineNode } from "./coded-source.ts";
import { lineJoint } from "./line-width.ts";
import { endOf, type MarkdownNode, startOf } from "./parse-markdown.ts";

/** Placeholders of site builders (`{{ name }}`, `{% tag %}`) and formulas (`$x_1 = 2$`). */
const placeholder =
  /(?<!\\)(?:\{\{[^{}]*\}\}|\{%[^%]*%\}|\$\$[^$]+\$\$|\$(?=[^\s$])[^$]*[\\^_={}][^$]*\$(?![\p{L}\p{N}]))/gu;
/** A line that opens or closes a box: `:::note`, and GitHub's `[!NOTE]` at a quotation's start. */
const boxLine = /^(?::{3,}.*|\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*)$/i;

/** The text of a text node on one line; what tools other than Markdown readers look for in it becomes atoms. */
export function markdownText(node: MarkdownNode, source: string): InlineNode[] {
  const value = node.value ?? "";
  const lines = value.split("\n");
  const raw = rawLines(source, startOf(node), endOf(node));
  const out: InlineNode[] = [];
  if (raw.length !== lines.length) return [{ kind: "text", text: joinLines(value) }];
  let pending: string[] = [];
  const flush = (): void => {
    if (pending.length > 0) out.push({ kind: "text", text: joinLines(pending.join("\n")) });
    pending = [];
  };
  lines.forEach((line, index) => {
    const { start, end } = raw[index]!;
    if (boxLine.test(source.slice(start, end)) && isWholeLine(source, start, end)) {
      flush();
      const from = index > 0 ? raw[index - 1]!.end : start;
      out.push({ kind: "atom", atom: "mark", source: { start: from, end: raw[index + 1]?.start ?? end } });
    } else if (source.slice(start, end).search(placeholder) >= 0) {
      const parts = cutPlaceholders(line, source, start, end);
      const first = parts[0];
      pending.push(first?.kind === "text" ? first.text : "");
      if (parts.length === 1) return;
      flush();
      out.push(...parts.slice(1, -1));
      const last = parts.at(-1)!;
      pending.push(last.kind === "text" ? last.text : "");
    } else {
      pending.push(line);
    }
  });
  flush();
  return out.filter((each) => each.kind !== "text" || each.text !== "");
}

function isWholeLine(source: string, start: number, end: number): boolean {
  return (
    /(?:^|[\r\n])[ \t>]*$/.test(source.slice(Math.max(0, start - 200), start)) &&
    /^[ \t]*(?:[\r\n]|$)/.test(source.slice(end, end + 200))
  );
}

type RawLine = { readonly start: number; readonly end: number };

/** The lines in the file without their indentation and marks of quotation. */
function rawLines(source: string, start: number, end: number): RawLine[] {
  return [...source.slice(start, end).matchAll(/(^|\r\n|\n|\r)([^\r\n]*)/g)].map((match, index) => {
    const from = start + match.index + match[1]!.length;
    const prefix = index === 0 ? 0 : /^[ \t>]*/.exec(match[2]!)![0].length;
    return { start: from + prefix, end: from + match[2]!.trimEnd().length };
  });
}

/** Text and atoms by turns, text first and last. */
function cutPlaceholders(line: string, source: string, start: number, end: number): InlineNode[] {
  const out: InlineNode[] = [];
  let at = 0;
  for (const match of source.slice(start, end).matchAll(placeholder)) {
    const found = line.indexOf(match[0], at);
    // An escape or a reference in it: it is text that only looks so.
    if (found < 0) continue;
    const range = { start: start + match.index, end: start + match.index + match[0].length };
    out.push({ kind: "text", text: line.slice(at, found) });
    out.push({ kind: "atom", atom: "object", source: range, shows: match[0] });
    at = found + match[0].length;
  }
  return [...out, { kind: "text", text: line.slice(at) }];
}

function joinLines(text: string): string {
  return text.replace(/[ \t]*\n[ \t]*/g, (_, at: number, all: string) => {
    const before = all.slice(0, at).trimEnd();
    const after = all.slice(at).trimStart();
    return before === "" || after === "" ? " " : lineJoint(before, after);
  });
}
