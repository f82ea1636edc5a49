import { attribute, nameOf, openTag, outerXml } from "../../xml/xml-tree.ts";
import type { InlineRun, Piece } from "../read/read-inline.ts";
import type { Revision } from "../types.ts";
import { revisionAttributes } from "./markup.ts";
import { type EditContext, isKept, isLocked, isTouched, type RunEdit } from "./run-edit.ts";

/** What goes between runs, at a place beside a piece: before the stretch that begins there or after the one that ends there. */
export type Event = {
  readonly piece: Piece;
  readonly offset: number;
  readonly side: "before" | "after";
  readonly markup: string;
  readonly insertion?: { readonly run: string; readonly revision: Omit<Revision, "id"> };
  readonly trailing: string;
};

export function eventXml(context: EditContext, event: Event): string {
  const { insertion } = event;
  return (
    event.markup +
    (insertion ? wrapRevision(context, "w:ins", insertion.run, insertion.revision) : "") +
    event.trailing
  );
}

function wrapRevision(
  context: EditContext,
  name: "w:ins" | "w:del",
  content: string,
  revision: Omit<Revision, "id">,
): string {
  if (context.mode === "direct") return name === "w:ins" ? content : "";
  return context.markup.element(name, revisionAttributes({ id: context.ids(), ...revision }), content);
}

export type Token =
  | { readonly kind: "kept" | "deleted"; readonly xml: string; readonly revision?: Omit<Revision, "id"> }
  | { readonly kind: "event"; readonly event: Event };

/** Ends another author's insertion, puts ours, and begins theirs again: insertions don't nest (MS-OE376 2.1.341). */
export function breakOut(context: EditContext, run: InlineRun, xml: string): string {
  const { tree, markup } = context;
  const author = attribute(tree, run.insertion, "w:author") ?? "";
  const date = attribute(tree, run.insertion, "w:date");
  const again = markup.element(
    "w:ins",
    revisionAttributes({ id: context.otherIds(), author, ...(date !== undefined && { date }) }),
    " ",
  );
  const close = `</${markup.name("w:ins")}>`;
  return close + xml + again.slice(0, again.length - close.length - 1);
}

export function writeRun(context: EditContext, run: InlineRun, tokens: readonly Token[]): string {
  const { tree, markup } = context;
  const open = openTag(tree, run.element);
  let copies = 0;
  const properties = (): string => (copies++ === 0 ? run.properties : withNewIds(run.properties, context));
  const close = `</${markup.name("w:r")}>`;
  let out = "";
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at]!;
    if (token.kind === "event") {
      const xml = eventXml(context, token.event);
      const isNested =
        run.insertion >= 0 && token.event.insertion !== undefined && context.mode === "tracked";
      out += isNested ? breakOut(context, run, xml) : xml;
      at++;
      continue;
    }
    let content = "";
    const { kind, revision } = token;
    for (; at < tokens.length; at++) {
      const next = tokens[at]!;
      if (next.kind !== kind || next.revision !== revision) break;
      content += next.xml;
    }
    const piece = `${open}${properties()}${content}${close}`;
    out += kind === "kept" ? piece : wrapRevision(context, "w:del", piece, revision!);
  }
  return out;
}

export function pieceTokens(
  context: EditContext,
  piece: Piece,
  edits: readonly RunEdit[],
  events: readonly Event[],
): Token[] {
  const { tree } = context;
  const cuts = new Set<number>([piece.start, piece.end]);
  const inside = (offset: number): boolean => offset > piece.start && offset < piece.end;
  if (piece.kind === "text" && piece.deleted === undefined && !isLocked(piece)) {
    for (const edit of edits)
      for (const offset of [edit.start, edit.end]) if (inside(offset)) cuts.add(offset);
    for (const event of events) if (inside(event.offset)) cuts.add(event.offset);
  }
  const offsets = [...cuts].sort((a, b) => a - b);
  const stretches =
    offsets.length === 1
      ? [[piece.start, piece.end] as const]
      : offsets.slice(1).map((end, at) => [offsets[at]!, end] as const);
  const tokens: Token[] = [];
  const isWhole = stretches.length === 1;
  const at = (side: "before" | "after", offset: number): Token[] =>
    events
      .filter((event) => event.side === side && event.offset === offset)
      .map((event) => ({ kind: "event", event }));
  stretches.forEach(([start, end], position) => {
    tokens.push(...at("before", start));
    const edit = edits.find(
      (each) => isTouched(piece, each) && (isWhole || (start >= each.start && end <= each.end)),
    );
    if (edit !== undefined && !isKept(piece, tree)) {
      tokens.push({ kind: "deleted", xml: deletedXml(context, piece, start, end), revision: edit.revision });
    } else {
      const isFirst = position === 0;
      const isLast = position === stretches.length - 1;
      tokens.push({
        kind: "kept",
        xml: isWhole ? outerXml(tree, piece.element) : keptXml(context, piece, start, end, isFirst, isLast),
      });
    }
    if (isWhole && piece.start === piece.end)
      tokens.push(
        ...events.filter((event) => event.side === "after").map((event): Token => ({ kind: "event", event })),
      );
    else tokens.push(...at("after", end));
  });
  return tokens;
}

function keptXml(
  context: EditContext,
  piece: Piece,
  start: number,
  end: number,
  isFirst: boolean,
  isLast: boolean,
): string {
  const text = piece.text.slice(start - piece.start, end - piece.start);
  // Word drops outer white space unless told to keep it; what it dropped before must not appear now.
  const wasPreserved = attribute(context.tree, piece.element, "xml:space") === "preserve";
  const needs = (!isFirst && /^\s/.test(text)) || (!isLast && /\s$/.test(text));
  return context.markup.text("w:t", text, wasPreserved || needs);
}

function deletedXml(context: EditContext, piece: Piece, start: number, end: number): string {
  const { tree, markup } = context;
  if (piece.kind === "text")
    return markup.text("w:delText", piece.text.slice(start - piece.start, end - piece.start));
  const xml = outerXml(tree, piece.element);
  if (nameOf(tree, piece.element) !== "w:instrText") return xml;
  return xml.replaceAll(markup.name("w:instrText"), markup.name("w:delInstrText"));
}

/** A second copy of run properties may not repeat the id of a pending formatting change. */
function withNewIds(properties: string, context: EditContext): string {
  return properties.replace(
    /(<(?:[\w.-]+:)?rPrChange\b[^>]*?\s(?:[\w.-]+:)?id=")[^"]*(")/g,
    (_, head: string, tail: string) => head + context.otherIds() + tail,
  );
}
