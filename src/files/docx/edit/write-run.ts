import { attribute, nameOf, openTag, outerXml } from "../../xml/xml-tree.ts";
import type { InlineRun, Piece } from "../read/read-inline.ts";
import type { Revision } from "../types.ts";
import { differences, formattedProperties } from "./character-format.ts";
import { revisionAttributes } from "./markup.ts";
import { type EditContext, isInPlace, isKept, isLocked, type RunEdit, type RunFormat } from "./run-edit.ts";
import type { TouchedPieces } from "./touched-pieces.ts";

/** What goes between runs, at a place beside a piece: before the stretch that begins there or after the one that ends there. */
export type Event = {
  readonly piece: Piece;
  readonly offset: number;
  readonly side: "before" | "after";
  readonly markup: string;
  readonly insertion?: { readonly run: string; readonly revision: Omit<Revision, "id"> };
  readonly trailing: string;
};

/** An edit and what it takes away. */
export type PreparedEdit = { readonly edit: RunEdit; readonly touched: TouchedPieces };

/** What is to happen in a paragraph's runs. */
export type RunWork = {
  readonly edits: readonly PreparedEdit[];
  readonly formats: readonly RunFormat[];
};

/** True for new text that becomes a part of what stands around it, without a revision of its own. */
export function joinsPlace(context: EditContext, event: Event): boolean {
  return event.insertion !== undefined && isInPlace(context, event.piece);
}

export function eventXml(context: EditContext, event: Event): string {
  const { insertion, markup, trailing } = event;
  if (insertion === undefined) return markup + trailing;
  const { run, revision } = insertion;
  return markup + (joinsPlace(context, event) ? run : revised(context, "w:ins", run, revision)) + trailing;
}

function revised(
  context: EditContext,
  name: "w:ins" | "w:del",
  content: string,
  revision: Omit<Revision, "id">,
): string {
  return context.markup.element(name, revisionAttributes({ id: context.ids(), ...revision }), content);
}

/** A part of a run as it is to be: kept, deleted by a revision, gone without one, or something between two parts. */
export type Token =
  | { readonly kind: "kept"; readonly xml: string; readonly text: string; readonly format?: RunFormat }
  | { readonly kind: "deleted"; readonly xml: string; readonly revision: Omit<Revision, "id"> }
  | { readonly kind: "dropped" }
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

/** True for what can't stand inside the insertion around the run. */
export function needsBreakOut(context: EditContext, run: InlineRun, event: Event): boolean {
  return run.insertion >= 0 && event.insertion !== undefined && !joinsPlace(context, event);
}

/** The source of the run's parts, one run for each stretch of one kind. */
export function writeRun(context: EditContext, run: InlineRun, tokens: readonly Token[]): string {
  const open = openTag(context.tree, run.element);
  const close = `</${context.markup.name("w:r")}>`;
  let copies = 0;
  const renumber = (): ((xml: string) => string) =>
    copies++ === 0 ? (xml) => xml : (xml) => withNewIds(xml, context);
  let out = "";
  for (const group of grouped(tokens)) {
    const [first] = group;
    if (first.kind === "event") {
      const xml = eventXml(context, first.event);
      out += needsBreakOut(context, run, first.event) ? breakOut(context, run, xml) : xml;
      continue;
    }
    const content = group.reduce((all, token) => all + ("xml" in token ? token.xml : ""), "");
    const properties = writeProperties(context, run, group, renumber());
    const piece = `${open}${properties}${content}${close}`;
    out += first.kind === "deleted" ? revised(context, "w:del", piece, first.revision) : piece;
  }
  return out;
}

type Group = readonly [Token, ...Token[]];

/** Neighbours that can share a run. */
function grouped(tokens: readonly Token[]): Group[] {
  const groups: [Token, ...Token[]][] = [];
  for (const token of tokens) {
    if (token.kind === "dropped") continue;
    const last = groups.at(-1);
    if (last !== undefined && areAlike(last[0], token)) last.push(token);
    else groups.push([token]);
  }
  return groups;
}

function areAlike(a: Token, b: Token): boolean {
  if (a.kind === "kept") return b.kind === "kept" && a.format === b.format;
  return a.kind === "deleted" && b.kind === "deleted" && a.revision === b.revision;
}

function writeProperties(
  context: EditContext,
  run: InlineRun,
  group: Group,
  renumber: (xml: string) => string,
): string {
  const [first] = group;
  const format = first.kind === "kept" ? first.format : undefined;
  const text = group.reduce((all, token) => all + (token.kind === "kept" ? token.text : ""), "");
  if (format === undefined || differences(context.tree, run, format, text).length === 0)
    return renumber(run.properties);
  return formattedProperties(context, run, format, { text, renumber });
}

/** The piece cut where edits, formats and events begin and end. */
export function pieceTokens(
  context: EditContext,
  piece: Piece,
  work: RunWork,
  events: readonly Event[],
): Token[] {
  const stretches = stretchesOf(piece, work, events);
  const tokens: Token[] = [];
  const isWhole = stretches.length === 1;
  const eventsAt = (side: "before" | "after", offset: number): Token[] =>
    events
      .filter((event) => event.side === side && event.offset === offset)
      .map((event) => ({ kind: "event", event }));
  stretches.forEach(([start, end], position) => {
    tokens.push(...eventsAt("before", start));
    const edit = work.edits.find(
      ({ edit: each, touched }) =>
        touched.all.has(piece) && (isWhole || (start >= each.start && end <= each.end)),
    );
    if (edit !== undefined && !isKept(piece, context.tree)) {
      tokens.push(
        isInPlace(context, piece)
          ? { kind: "dropped" }
          : {
              kind: "deleted",
              xml: deletedXml(context, piece, start, end),
              revision: edit.edit.revision,
            },
      );
    } else {
      const edges = { isFirst: position === 0, isLast: position === stretches.length - 1 };
      tokens.push({
        kind: "kept",
        xml: isWhole ? outerXml(context.tree, piece.element) : keptXml(context, piece, start, end, edges),
        text: piece.text.slice(start - piece.start, end - piece.start),
        ...formatOf(piece, start, end, work.formats),
      });
    }
    if (isWhole && piece.start === piece.end)
      tokens.push(
        ...events.filter((event) => event.side === "after").map((event): Token => ({ kind: "event", event })),
      );
    else tokens.push(...eventsAt("after", end));
  });
  return tokens;
}

function stretchesOf(
  piece: Piece,
  { edits, formats }: RunWork,
  events: readonly Event[],
): (readonly [start: number, end: number])[] {
  const cuts = new Set<number>([piece.start, piece.end]);
  const add = (offset: number): void => {
    if (offset > piece.start && offset < piece.end) cuts.add(offset);
  };
  if (piece.kind === "text" && piece.deleted === undefined && !isLocked(piece)) {
    for (const { start, end } of [...edits.map(({ edit }) => edit), ...formats]) [start, end].forEach(add);
    for (const { offset } of events) add(offset);
  }
  const offsets = [...cuts].sort((a, b) => a - b);
  if (offsets.length === 1) return [[piece.start, piece.end]];
  return offsets.slice(1).map((end, at) => [offsets[at]!, end] as const);
}

/** Objects without text, such as a note's number, keep their look; what else shows nothing goes with the text around it. */
function formatOf(
  piece: Piece,
  start: number,
  end: number,
  formats: readonly RunFormat[],
): { readonly format?: RunFormat } {
  if (piece.deleted !== undefined) return {};
  const isEmpty = piece.start === piece.end;
  if (isEmpty && piece.kind === "object") return {};
  const format = formats.find((each) =>
    isEmpty ? start > each.start && end < each.end : start >= each.start && end <= each.end,
  );
  return format === undefined ? {} : { format };
}

function keptXml(
  context: EditContext,
  piece: Piece,
  start: number,
  end: number,
  { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
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
