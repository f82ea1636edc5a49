import type { InlineNode } from "./coded-source.ts";
import { lineJoint } from "./line-width.ts";

export type CaptionFormat = "srt" | "vtt";

type OpenTag = {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly nodes: InlineNode[];
};

const formats = new Set(["b", "i", "u", "c", "lang", "font", "s", "strong", "em"]);
const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  nbsp: "\u00a0",
  lrm: "\u200e",
  rlm: "\u200f",
  quot: '"',
};

/** The text of a cue from `start` to `end`: tags, `{\an8}` and times as codes, lines joined unless each is a speaker's. */
export function captionInline(
  source: string,
  start: number,
  end: number,
  format: CaptionFormat,
): InlineNode[] {
  const root: InlineNode[] = [];
  const open: OpenTag[] = [];
  const here = (): InlineNode[] => open.at(-1)?.nodes ?? root;
  const tokens =
    /<\/?[^<>\r\n]*>|\{\\[^}\r\n]*\}|[ \t]*(?:\r?\n|\r)[ \t]*|&(?:#x?[0-9a-f]{1,6}|[a-z]{2,5});|[^<{&\r\n \t]+|[\s\S]/gi;
  for (const match of source.slice(start, end).matchAll(tokens)) {
    const token = match[0];
    const range = { start: start + match.index, end: start + match.index + token.length };
    if (/^\s*[\r\n]/.test(token))
      addLineEnd(here(), source.slice(start, range.start), source.slice(range.end, end), range);
    else if (token.startsWith("<") && token.length > 1) addTag(token, range, open, root);
    else if (format === "srt" && /^\{\\./.test(token))
      here().push({ kind: "atom", atom: "mark", source: range });
    else here().push({ kind: "text", text: format === "vtt" ? decodeEntity(token) : token });
  }
  while (open.length > 0) leaveOpen(open, root);
  return root;
}

/** Both lines of a dialogue begin with a dash; they stay lines. */
const speakerLine = /^(?:<[^>]*>|\{[^}]*\})*\s*(?:[-–—‐]|[\p{Lu}\d .'-]{2,30}:)/u;

function addLineEnd(
  nodes: InlineNode[],
  before: string,
  after: string,
  range: { start: number; end: number },
): void {
  if (speakerLine.test(after)) {
    nodes.push({ kind: "atom", atom: "break", source: range });
    return;
  }
  const bare = (text: string): string => text.replace(/<[^>]*>|\{\\[^}]*\}/g, "");
  nodes.push({ kind: "text", text: lineJoint(bare(before).trimEnd(), bare(after).trimStart()) });
}

function addTag(
  token: string,
  range: { start: number; end: number },
  open: OpenTag[],
  root: InlineNode[],
): void {
  const name = /^<\/?([a-z]+)/i.exec(token)?.[1]?.toLowerCase() ?? "";
  if (name !== "v" && !formats.has(name)) {
    (open.at(-1)?.nodes ?? root).push({ kind: "atom", atom: "mark", source: range });
    return;
  }
  if (!token.startsWith("</")) {
    open.push({ name, ...range, nodes: [] });
    return;
  }
  if (!open.some((tag) => tag.name === name)) {
    (open.at(-1)?.nodes ?? root).push({ kind: "atom", atom: "mark", source: range });
    return;
  }
  while (open.at(-1)!.name !== name) leaveOpen(open, root);
  const tag = open.pop()!;
  (open.at(-1)?.nodes ?? root).push({
    kind: "span",
    span: name === "v" ? "container" : "format",
    canCopy: name !== "v",
    open: { start: tag.start, end: tag.end },
    close: range,
    whole: { start: tag.start, end: range.end },
    name,
    children: tag.nodes,
  });
}

/** A tag that nothing closes holds to the cue's end: it stays where it is, a mark alone. */
function leaveOpen(open: OpenTag[], root: InlineNode[]): void {
  const tag = open.pop()!;
  const nodes = open.at(-1)?.nodes ?? root;
  nodes.push({ kind: "atom", atom: "mark", source: { start: tag.start, end: tag.end } }, ...tag.nodes);
}

function decodeEntity(token: string): string {
  const name = /^&([^;]+);$/.exec(token)?.[1];
  if (name === undefined) return token;
  if (!name.startsWith("#")) return entities[name] ?? token;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : token;
}

/** Text as a cue holds it. */
export function escapeCaption(text: string, format: CaptionFormat): string {
  const safe = text.replaceAll("-->", "→");
  if (format === "srt") return safe.replace(/<(?=[/a-z])/gi, "‹").replace(/\{(?=\\)/g, "(");
  return safe
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/\u00a0/g, "&nbsp;");
}
