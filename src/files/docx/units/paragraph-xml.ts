import type { Painted } from "../../units/paint.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { escapeText, isXmlCharacter } from "../../xml/xml-text.ts";
import { childrenOf, nameOf } from "../../xml/xml-tree.ts";
import type { CodedParagraph } from "./coded-paragraph.ts";
import type { Container, Token } from "./inline-token.ts";
import type { NestedSplices } from "./nested-splices.ts";
import { declarationsOf } from "./run-looks.ts";

/** How the runs of one part are written. */
export type RunWriter = {
  readonly tree: XmlTree;
  readonly splices: NestedSplices;
  /** The prefix of WordprocessingML elements with its colon, or nothing. */
  readonly prefix: string;
  /** The `w:rPr` of a source run, in the target's language where it stands before text. */
  readonly properties: (run: number, isText: boolean) => string;
  /** An id that nothing in the file has, for the second copy of a revision. */
  readonly newId: () => string;
};

type Writer = RunWriter & {
  readonly paragraph: CodedParagraph;
  /** Revisions that were written already. */
  readonly revisions: Set<string>;
  readonly open: number[];
  out: string;
  /** What the run that is being written is known by; undefined between runs. */
  run: string | undefined;
};

/** The inline content of a paragraph with the painted target in it. */
export function paragraphXml(writer: RunWriter, paragraph: CodedParagraph, painted: Painted): string {
  const state: Writer = { ...writer, paragraph, revisions: new Set(), open: [], out: "", run: undefined };
  for (const rider of paragraph.riders) writeToken(state, rider);
  for (const piece of painted.pieces) {
    const path = piece.spans.flatMap((id) => paragraph.containerOf.get(id) ?? []);
    if (piece.kind === "atom") writeAtom(state, piece.id, path);
    else writeText(state, piece.text, path, formatRun(paragraph, piece.spans, path));
  }
  enter(state, []);
  closeRun(state);
  return state.out;
}

/** The run whose properties text gets that is under these spans. */
function formatRun(paragraph: CodedParagraph, spans: readonly string[], path: readonly number[]): number {
  const format = spans.findLast((id) => paragraph.formatOf.has(id));
  if (format !== undefined) return paragraph.formatOf.get(format)!;
  const container = [-1, ...path].findLast((index) => paragraph.baseOf.has(index));
  return container === undefined ? [...paragraph.baseOf.values()][0]! : paragraph.baseOf.get(container)!;
}

function writeText(writer: Writer, text: string, path: readonly number[], run: number): void {
  enter(writer, path);
  if (text === "") return;
  openRun(writer, run, true);
  writer.out += textXml(text, writer.prefix, writer.paragraph.hasHyphenElements);
}

function writeAtom(writer: Writer, id: string, path: readonly number[]): void {
  const item = writer.paragraph.atomOf.get(id)!;
  const { containers } = writer.paragraph;
  for (const token of item.tokens) {
    const inner: number[] = [];
    for (let at = token.container; at >= 0 && at !== item.container; at = containers[at]!.parent)
      inner.unshift(at);
    enter(writer, [...path, ...inner]);
    writeToken(writer, token);
  }
}

function writeToken(writer: Writer, token: Token): void {
  const { tree, splices } = writer;
  if (token.element < 0) return;
  if (token.run < 0) closeRun(writer);
  else openRun(writer, token.run, token.kind === "tab" || token.kind === "break");
  writer.out += splices.render(tree.start[token.element]!, tree.end[token.element]!);
}

/** Objects stand in a run of their own, with what they shared one with in the source; text joins where it looks alike. */
function openRun(writer: Writer, run: number, isText: boolean): void {
  const { tree, prefix } = writer;
  const start = (declarationsOf(tree, run) || `<${prefix}r>`) + writer.properties(run, isText);
  const key = isText ? start : `${run}${start}`;
  if (writer.run === key) return;
  closeRun(writer);
  writer.run = key;
  writer.out += withOwnIds(writer, start);
}

function closeRun(writer: Writer): void {
  if (writer.run === undefined) return;
  writer.out += `</${writer.prefix}r>`;
  writer.run = undefined;
}

/** Closes and opens containers until exactly those of the path are open. */
function enter(writer: Writer, path: readonly number[]): void {
  const { open, paragraph } = writer;
  const common = open.findIndex((each, index) => path[index] !== each);
  const kept = common < 0 ? open.length : common;
  if (kept === open.length && kept === path.length) return;
  closeRun(writer);
  while (open.length > kept) writer.out += closeXml(writer, paragraph.containers[open.pop()!]!);
  for (const index of path.slice(kept)) {
    writer.out += withOwnIds(writer, openXml(writer, paragraph.containers[index]!));
    open.push(index);
  }
}

/** Revisions that are written a second time get ids of their own. */
function withOwnIds(writer: Writer, xml: string): string {
  if (!xml.includes("id=")) return xml;
  return xml.replace(
    /(<(?:[\w.-]+:)?(ins|rPrChange)\b[^>]*?\s(?:[\w.-]+:)?id=")([^"]*)(")/g,
    (all, head: string, name: string, id: string, tail: string) => {
      const key = `${name} ${id}`;
      if (writer.revisions.has(key)) return head + writer.newId() + tail;
      writer.revisions.add(key);
      return all;
    },
  );
}

function openXml(writer: Writer, { element, contentStart, field }: Container): string {
  if (field !== undefined) return tokensXml(writer, field.open);
  return writer.splices.render(writer.tree.start[element]!, contentStart);
}

function closeXml(writer: Writer, { element, contentEnd, field }: Container): string {
  if (field !== undefined) return tokensXml(writer, field.close);
  return writer.splices.render(contentEnd, writer.tree.end[element]!);
}

function tokensXml(writer: Writer, tokens: readonly Token[]): string {
  const inner: Writer = { ...writer, out: "", run: undefined };
  for (const token of tokens) writeToken(inner, token);
  closeRun(inner);
  return inner.out;
}

const special: Readonly<Record<string, string>> = {
  "\t": "tab",
  "\n": "br",
  "\u2011": "noBreakHyphen",
  "\u00ad": "softHyphen",
};

/** Text as the children of a run. */
function textXml(text: string, prefix: string, hasHyphenElements: boolean): string {
  const cut = hasHyphenElements ? /([\t\n\u2011\u00ad])/ : /([\t\n])/;
  return allowed(text.replace(/\r\n?/g, "\n"))
    .split(cut)
    .filter((piece) => piece !== "")
    .map((piece) => {
      const element = cut.test(piece) ? special[piece] : undefined;
      if (element !== undefined) return `<${prefix}${element}/>`;
      const space = /^\s|\s$|\s\s/.test(piece) ? ' xml:space="preserve"' : "";
      return `<${prefix}t${space}>${escapeText(piece)}</${prefix}t>`;
    })
    .join("");
}

/** Without the characters that no XML can hold. */
function allowed(text: string): string {
  return [...text].filter((character) => isXmlCharacter(character.codePointAt(0)!)).join("");
}

/** Where a paragraph's content begins: behind its properties. Undefined where those stand elsewhere than first. */
export function contentStart(tree: XmlTree, paragraph: number): number | undefined {
  const children = childrenOf(tree, paragraph);
  const at = children.findIndex((child) => nameOf(tree, child) === "w:pPr");
  if (children.slice(1).some((child) => nameOf(tree, child) === "w:pPr")) return undefined;
  return at === 0 ? tree.end[children[0]!]! : tree.openEnd[paragraph]!;
}
