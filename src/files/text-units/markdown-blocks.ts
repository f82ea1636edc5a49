import { FileDamagedError } from "../../errors.ts";
import type { CodedTarget, UnitKind } from "../units/types.ts";
import { buildCoded, type CodedSource } from "./coded-source.ts";
import { escapeMarkdown } from "./escape-markdown.ts";
import { readFrontMatter } from "./front-matter.ts";
import { columnsOf } from "./line-width.ts";
import { markdownAttributes } from "./markdown-attributes.ts";
import { markdownInline } from "./markdown-inline.ts";
import { endOf, type MarkdownNode, parseMarkdown, startOf } from "./parse-markdown.ts";
import { renderCoded } from "./render-coded.ts";
import type { TextBlock } from "./text-block.ts";
import { type LineBreaks, wrapOffsets } from "./wrap-offsets.ts";

/** A block of Markdown: its codes, and how it is written where Markdown's own marks don't work (`**"so"**called`). */
export type MarkdownBlock = TextBlock & {
  readonly coded: CodedSource;
  readonly writeHtml?: TextBlock["write"];
};

type Reading = {
  readonly source: string;
  readonly blocks: MarkdownBlock[];
};

/** Everything in a Markdown text that people read, in source order; attributes stand behind their paragraph. */
export function markdownBlocks(source: string): MarkdownBlock[] {
  const reading: Reading = { source, blocks: [] };
  const front = readFrontMatter(source);
  for (const { name, text, start, end, write } of front.values)
    addPlain(reading, "property", `front matter, ${name}`, { text, start, end, write });
  const body = source.slice(0, front.end).replace(/[^\r\n]/g, " ") + source.slice(front.end);
  try {
    visit(reading, parseMarkdown(body), "paragraph", false);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new FileDamagedError("the Markdown text is nested too deeply", { cause });
  }
  return reading.blocks;
}

const contents: ReadonlySet<string> = new Set(["paragraph", "heading", "tableCell"]);

function visit(reading: Reading, node: MarkdownNode, kind: UnitKind, inTable: boolean): void {
  if (contents.has(node.type)) {
    addContent(reading, node, kind, inTable);
    return;
  }
  const inner = node.type === "footnoteDefinition" ? "note" : kind;
  for (const child of node.children ?? []) visit(reading, child, inner, inTable || node.type === "table");
}

function addContent(reading: Reading, node: MarkdownNode, around: UnitKind, inTable: boolean): void {
  const [first, last] = [node.children?.[0], node.children?.at(-1)];
  if (first === undefined || last === undefined) return;
  const { source, blocks } = reading;
  const [start, end] = [startOf(first), endOf(last)];
  const coded = buildCoded(markdownInline(node.children!, source));
  const kind = node.type === "heading" ? "heading" : node.type === "tableCell" ? "cell" : around;
  const place = `line ${node.position?.start.line ?? 1}`;
  const shape = shapeOf(node, source, start, end);
  const write =
    (isHtml: boolean): TextBlock["write"] =>
    (target, slice) => {
      const isInline = inTable || shape.isInline;
      const { text, painted } = renderCoded(coded, target, {
        slice,
        escape: (part, before, after) => escapeMarkdown(part, before, after, { inTable, isInline }),
        breaks: breaksOf(coded, target, shape, slice),
        lineBreak: shape.lineBreak,
        ...(isHtml ? htmlMarks(coded) : {}),
      });
      return { text, ...(painted.flagged === undefined ? {} : { flagged: painted.flagged }) };
    };
  blocks.push({
    unit: { id: `#${blocks.length + 1}`, kind, place, ...coded.coded },
    start,
    end,
    coded,
    write: write(false),
    writeHtml: write(true),
  });
  for (const attribute of markdownAttributes(node, source, inTable))
    addPlain(reading, "alternative-text", `${place}, ${attribute.place}`, attribute);
}

type PlainText = Pick<TextBlock, "start" | "end"> & {
  readonly text: string;
  readonly write: (target: CodedTarget) => string;
};

function addPlain({ blocks }: Reading, kind: UnitKind, place: string, plain: PlainText): void {
  const coded: CodedSource = {
    coded: { text: plain.text, spans: [], atoms: [] },
    spans: new Map(),
    atoms: new Map(),
  };
  blocks.push({
    unit: { id: `#${blocks.length + 1}`, kind, place, ...coded.coded },
    start: plain.start,
    end: plain.end,
    coded,
    write: (target) => ({ text: plain.write(target) }),
  });
}

/** How a block's lines are: how wide if it was wrapped, and what a new line begins with. */
type Shape = { readonly columns?: number; readonly lineBreak: string; readonly isInline: boolean };

function shapeOf(node: MarkdownNode, source: string, start: number, end: number): Shape {
  const lineStart = source.lastIndexOf("\n", start - 1) + 1;
  const isInline = node.type === "heading" && /^[ \t>]*#/.test(source.slice(lineStart, start));
  const lines = source.slice(lineStart, end).split(/\r?\n|\r/);
  const eol = /\r?\n|\r/.exec(source.slice(start, end))?.[0] ?? "\n";
  if (node.type !== "paragraph" || lines.length < 2 || !isWrapped(node)) return { lineBreak: eol, isInline };
  const prefix = /^[ \t>]*/.exec(lines[1]!)![0];
  return { columns: Math.max(40, ...lines.map(columnsOf)), lineBreak: eol + prefix, isInline };
}

function isWrapped(node: MarkdownNode): boolean {
  return (node.type === "text" && node.value!.includes("\n")) || (node.children ?? []).some(isWrapped);
}

function breaksOf(
  { spans, atoms }: CodedSource,
  target: CodedTarget,
  { columns, lineBreak }: Shape,
  slice: (start: number, end: number) => string,
): LineBreaks {
  if (columns === undefined) return new Map();
  const codes = new Map<number, number>();
  const add = (offset: number, source: { start: number; end: number } | string | undefined): void => {
    if (source === undefined) return;
    const text = typeof source === "string" ? source : slice(source.start, source.end);
    codes.set(offset, (codes.get(offset) ?? 0) + columnsOf(text.split(/[\r\n]/)[0]!));
  };
  for (const { id, start, end } of target.spans) {
    add(start, spans.get(id)?.open);
    add(end, spans.get(id)?.close);
  }
  const lineEnds = new Set<number>();
  for (const { id, offset } of target.atoms) {
    const atom = atoms.get(id);
    const isLineEnd =
      typeof atom?.source === "object" && /[\r\n]/.test(slice(atom.source.start, atom.source.end));
    if (isLineEnd) lineEnds.add(offset);
    else add(offset, atom?.source);
  }
  const width = columns - columnsOf(lineBreak.replace(/[\r\n]/g, ""));
  return wrapOffsets(target.text, { columns: width, codes, lineEnds, splitsIdeographs: false });
}

/** Elements that say what Markdown's marks say, and are no matter of the letters around them. */
function htmlMarks({
  spans,
  atoms,
}: CodedSource): Pick<Parameters<typeof renderCoded>[2], "marksOf" | "atomOf"> {
  return {
    marksOf: (id) => {
      const name = spans.get(id)?.name;
      return name === "em" || name === "strong" || name === "del"
        ? { open: `<${name}>`, close: `</${name}>` }
        : undefined;
    },
    atomOf: (id) => (atoms.get(id)?.kind === "break" ? "<br>" : undefined),
  };
}
