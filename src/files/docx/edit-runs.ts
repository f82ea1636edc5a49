import { type Splice } from "../xml/splice.ts";
import type { XmlTree } from "../xml/scan-xml.ts";
import { attribute, childrenOf, nameOf, openTag, outerXml } from "../xml/xml-tree.ts";
import { type Markup, revisionAttributes } from "./markup.ts";
import type { Inline, InlineRun, Piece } from "./read-inline.ts";
import type { Refusal, Revision } from "./types.ts";
import type { RevisionIds } from "./revision-ids.ts";

/** One stretch of a paragraph's final text to delete, one text to insert in its place, and what goes around both. */
export type RunEdit = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Author and date; every element written gets an id of its own. */
  readonly revision: Omit<Revision, "id">;
  /** Markup to put before and after the change: the ends of a comment's range. */
  readonly before?: string;
  readonly after?: string;
  /** `text`: objects inside the stretch stay; `inside`: they go with it; `all`: every run of the paragraph goes. */
  readonly objects?: "text" | "inside" | "all";
};

export type EditContext = {
  readonly tree: XmlTree;
  readonly markup: Markup;
  /** For our own revisions. */
  readonly ids: RevisionIds;
  /** For the second half of somebody else's revision that had to be split. */
  readonly otherIds: RevisionIds;
  readonly mode: "tracked" | "direct";
};

/** An end of a comment's range, at an offset of the paragraph's final text. */
export type RangeMark = { readonly offset: number; readonly side: "start" | "end"; readonly markup: string };

export type RefusalReason = Omit<Refusal, "id">;

/** What goes between runs, at a place beside a piece: before the stretch that begins there or after the one that ends there. */
type Event = {
  readonly piece: Piece;
  readonly offset: number;
  readonly side: "before" | "after";
  readonly markup: string;
  readonly insertion?: { readonly run: string; readonly revision: Omit<Revision, "id"> };
  readonly trailing: string;
};

/** Why an edit can't be made safely, or undefined. */
export function refuseRunEdit(inline: Inline, edit: RunEdit): RefusalReason | undefined {
  for (const piece of inline.pieces) {
    if (!isTouched(piece, edit) || piece.lock === undefined) continue;
    const reason = refuseLock(piece, edit, inline);
    if (reason !== undefined) return reason;
  }
  if (edit.start === edit.end && edit.text !== "" && insertionPlace(inline, edit.start) === undefined) {
    return inline.finalText === ""
      ? { code: "unsupported", reason: "the paragraph is empty", fix: "Insert a new paragraph after it instead." }
      : {
          code: "locked",
          reason: "the place lies between two locked stretches",
          fix: "Replace a word of the text beside it instead.",
        };
  }
  return undefined;
}

const lockReasons: Readonly<Record<NonNullable<Piece["lock"]>, readonly [reason: string, fix: string]>> = {
  field: ["the text is computed by a Word field", "Change what the field refers to, or delete the field in Word."],
  "content-control": [
    "the text is in a content control that is locked, bound to data, a choice, or still showing its placeholder",
    "Change it through the form in Word, or unlock the control.",
  ],
  math: ["the text is part of an equation", "Change the equation in Word."],
  "alternate-content": ["the text is stored in two forms that differ", "Change it in Word."],
  object: ["the place holds an object (picture, note reference, symbol)", "Leave the object out of the quote."],
  move: ["the text is part of a move that is still to be accepted", "Accept or reject the move first."],
};

function refuseLock(piece: Piece, edit: RunEdit, inline: Inline): RefusalReason | undefined {
  const lock = piece.lock!;
  if (edit.objects === "all") {
    if (lock === "object") return undefined;
    if (lock === "field" && !inline.isFieldOpenAtStart && !inline.isFieldOpenAtEnd && piece.run >= 0) {
      if (isComplexField(piece, inline)) return undefined;
    }
  }
  if (edit.objects === "inside" && lock === "object" && piece.kind !== "text") return undefined;
  const [reason, fix] = lockReasons[lock];
  return { code: "locked", reason, fix };
}

/** Runs of a complex field stand in the paragraph itself; those of a simple field inside `w:fldSimple`. */
function isComplexField(piece: Piece, inline: Inline): boolean {
  const run = inline.runs[piece.run]!;
  return run.top === run.element;
}

function isTouched(piece: Piece, edit: RunEdit): boolean {
  if (piece.deleted !== undefined || piece.kind === "marker") return false;
  if (edit.objects === "all") return true;
  if (piece.end > piece.start) return Math.max(piece.start, edit.start) < Math.min(piece.end, edit.end);
  return edit.objects === "inside" && piece.start > edit.start && piece.end < edit.end;
}

/** True for what stays though its surroundings are deleted: comment references, so that their comments keep a place. */
function isKept(piece: Piece, tree: XmlTree): boolean {
  return nameOf(tree, piece.element) === "w:commentReference" || nameOf(tree, piece.element) === "w:annotationRef";
}

/** The splices that make all edits of one paragraph's runs. The edits must not overlap and must not be refused. */
export function editRuns(
  context: EditContext,
  inline: Inline,
  edits: readonly RunEdit[],
  marks: readonly RangeMark[] = [],
): Splice[] {
  const splices: Splice[] = [];
  const events = edits.flatMap((edit) => eventsOf(context, inline, edit));
  for (const mark of marks) events.push(...markEvent(inline, mark));
  for (const event of events.filter((each) => each.piece.run < 0 || isLocked(each.piece))) {
    splices.push(pointSplice(context, inline, event));
  }
  inline.runs.forEach((run, index) => {
    const own = events.filter((each) => each.piece.run === index && !isLocked(each.piece));
    splices.push(...editRun(context, inline, run, index, edits, own));
  });
  return splices;
}

/** Beside the text it bounds; a locked stretch is taken in whole. */
function markEvent(inline: Inline, mark: RangeMark): Event[] {
  const shown = inline.pieces.filter((piece) => piece.end > piece.start);
  const isStart = mark.side === "start";
  const bounded = isStart
    ? shown.find((each) => each.end > mark.offset)
    : shown.findLast((each) => each.start < mark.offset);
  // A range that begins at the very end, or ends at the very start, stands beside the outermost text.
  const piece = bounded ?? (isStart ? shown.at(-1) : shown[0]);
  if (piece === undefined) return [];
  const side = isStart === (bounded !== undefined) ? "before" : "after";
  const within = bounded !== undefined && piece.kind === "text" && !isLocked(piece);
  const offset = within ? mark.offset : side === "before" ? piece.start : piece.end;
  return [{ piece, offset, side, markup: mark.markup, trailing: "" }];
}

function isLocked(piece: Piece): boolean {
  return piece.lock !== undefined;
}

/** Where text that replaces or joins the stretch goes, and in whose formatting. */
function eventsOf(context: EditContext, inline: Inline, edit: RunEdit): Event[] {
  const { tree } = context;
  const touched = inline.pieces.filter((piece) => isTouched(piece, edit) && !isKept(piece, tree));
  const first = touched[0];
  const last = touched.at(-1);
  if (first === undefined || last === undefined) return pureInsertion(context, inline, edit);
  const events: Event[] = [];
  if (edit.before) events.push({ piece: first, offset: Math.max(first.start, edit.start), side: "before", markup: edit.before, trailing: "" });
  const parentOf = (piece: Piece): number => (piece.run < 0 ? -1 : tree.parent[inline.runs[piece.run]!.element]!);
  const host = parentOf(first) === parentOf(last) ? last : first;
  const run = insertedRun(context, inline.runs[first.run], edit.text);
  events.push({
    piece: host,
    offset: Math.min(host.end, edit.objects === "all" ? host.end : edit.end),
    side: "after",
    markup: "",
    ...(run !== "" && { insertion: { run, revision: edit.revision } }),
    trailing: host === last ? (edit.after ?? "") : "",
  });
  if (host !== last && edit.after) {
    events.push({ piece: last, offset: Math.min(last.end, edit.end), side: "after", markup: edit.after, trailing: "" });
  }
  return events;
}

function pureInsertion(context: EditContext, inline: Inline, edit: RunEdit): Event[] {
  if (edit.text === "" && !edit.before && !edit.after) return [];
  const place = insertionPlace(inline, edit.start);
  if (place === undefined) return [];
  const run = insertedRun(context, inline.runs[place.piece.run], edit.text);
  return [
    {
      ...place,
      offset: edit.start,
      markup: edit.before ?? "",
      ...(run !== "" && { insertion: { run, revision: edit.revision } }),
      trailing: edit.after ?? "",
    },
  ];
}

function insertedRun(context: EditContext, run: InlineRun | undefined, text: string): string {
  if (text === "") return "";
  return context.markup.run(withoutPropertyChange(run?.properties ?? ""), text);
}

/** The side of a boundary whose formatting new text takes: the left one, unless only the right one is free text. */
function insertionPlace(inline: Inline, offset: number): { piece: Piece; side: "before" | "after" } | undefined {
  const shown = inline.pieces.filter((piece) => piece.end > piece.start);
  const inside = shown.find((piece) => piece.start < offset && offset < piece.end);
  if (inside !== undefined) return isLocked(inside) ? undefined : { piece: inside, side: "after" };
  const left = shown.findLast((piece) => piece.end === offset);
  const right = shown.find((piece) => piece.start === offset);
  const isFree = (piece: Piece | undefined): piece is Piece => piece !== undefined && !isLocked(piece);
  if (isFree(left) && (left.link === undefined || !isFree(right) || right.link === left.link)) {
    return { piece: left, side: "after" };
  }
  if (isFree(right)) return { piece: right, side: "before" };
  return isFree(left) ? { piece: left, side: "after" } : undefined;
}

/** An event beside something that is not ours to split goes beside the paragraph's child that holds it. */
function pointSplice(context: EditContext, inline: Inline, event: Event): Splice {
  const { tree } = context;
  const { piece } = event;
  const top = piece.run < 0 ? topOf(tree, inline.element, piece.element) : inline.runs[piece.run]!.top;
  const at = event.side === "before" ? tree.start[top]! : tree.end[top]!;
  return { start: at, end: at, text: eventXml(context, event) };
}

function topOf(tree: XmlTree, paragraph: number, element: number): number {
  let at = element;
  while (tree.parent[at]! !== paragraph && at > paragraph) at = tree.parent[at]!;
  return at;
}

function eventXml(context: EditContext, event: Event): string {
  const { insertion } = event;
  return event.markup + (insertion ? wrapRevision(context, "w:ins", insertion.run, insertion.revision) : "") + event.trailing;
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

type Token =
  | { readonly kind: "kept" | "deleted"; readonly xml: string; readonly revision?: Omit<Revision, "id"> }
  | { readonly kind: "event"; readonly event: Event };

function editRun(
  context: EditContext,
  inline: Inline,
  run: InlineRun,
  index: number,
  edits: readonly RunEdit[],
  events: readonly Event[],
): Splice[] {
  const { tree } = context;
  const tokens = inline.pieces
    .filter((piece) => piece.run === index)
    .flatMap((piece) => pieceTokens(context, piece, edits, events.filter((event) => event.piece === piece)));
  if (tokens.every((token) => token.kind === "kept")) return [];
  const contents = tokens.filter((token) => token.kind !== "event");
  if (contents.every((token) => token.kind === "kept")) {
    const firstContent = tokens.findIndex((token) => token.kind !== "event");
    const lastContent = tokens.findLastIndex((token) => token.kind !== "event");
    const isAtEdge = (_: Token, at: number): boolean => at < firstContent || at > lastContent;
    const inner = tokens.slice(firstContent, lastContent + 1);
    if (inner.every((token) => token.kind !== "event")) {
      return tokens.flatMap((token, at) =>
        token.kind === "event" && isAtEdge(token, at)
          ? [edgeSplice(context, run, at < firstContent ? "before" : "after", token.event)]
          : [],
      );
    }
  }
  return [{ start: tree.start[run.element]!, end: tree.end[run.element]!, text: writeRun(context, run, tokens) }];
}

/** Something put beside a run that itself stays untouched. Our insertion never goes into somebody else's. */
function edgeSplice(context: EditContext, run: InlineRun, side: "before" | "after", event: Event): Splice {
  const { tree } = context;
  const isBreakout = run.insertion >= 0 && event.insertion !== undefined && context.mode === "tracked";
  if (isBreakout) {
    const siblings = childrenOf(tree, run.insertion);
    const isOutermost = (side === "before" ? siblings[0] : siblings.at(-1)) === run.element;
    const at = (side === "before" ? tree.start : tree.end)[isOutermost ? run.insertion : run.element]!;
    const xml = isOutermost ? eventXml(context, event) : breakOut(context, run, eventXml(context, event));
    return { start: at, end: at, text: xml };
  }
  const at = side === "before" ? tree.start[run.element]! : tree.end[run.element]!;
  return { start: at, end: at, text: eventXml(context, event) };
}

/** Ends another author's insertion, puts ours, and begins theirs again: insertions don't nest (MS-OE376 2.1.341). */
function breakOut(context: EditContext, run: InlineRun, xml: string): string {
  const { tree, markup } = context;
  const author = attribute(tree, run.insertion, "w:author") ?? "";
  const date = attribute(tree, run.insertion, "w:date");
  const again = markup.element("w:ins", revisionAttributes({ id: context.otherIds(), author, ...(date !== undefined && { date }) }), " ");
  const close = `</${markup.name("w:ins")}>`;
  return close + xml + again.slice(0, again.length - close.length - 1);
}

function writeRun(context: EditContext, run: InlineRun, tokens: readonly Token[]): string {
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
      const isNested = run.insertion >= 0 && token.event.insertion !== undefined && context.mode === "tracked";
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

function pieceTokens(context: EditContext, piece: Piece, edits: readonly RunEdit[], events: readonly Event[]): Token[] {
  const { tree } = context;
  const cuts = new Set<number>([piece.start, piece.end]);
  const inside = (offset: number): boolean => offset > piece.start && offset < piece.end;
  if (piece.kind === "text" && piece.deleted === undefined && !isLocked(piece)) {
    for (const edit of edits) for (const offset of [edit.start, edit.end]) if (inside(offset)) cuts.add(offset);
    for (const event of events) if (inside(event.offset)) cuts.add(event.offset);
  }
  const offsets = [...cuts].sort((a, b) => a - b);
  const stretches = offsets.length === 1 ? [[piece.start, piece.end] as const] : offsets.slice(1).map((end, at) => [offsets[at]!, end] as const);
  const tokens: Token[] = [];
  const isWhole = stretches.length === 1;
  const at = (side: "before" | "after", offset: number): Token[] =>
    events.filter((event) => event.side === side && event.offset === offset).map((event) => ({ kind: "event", event }));
  stretches.forEach(([start, end], position) => {
    tokens.push(...at("before", start));
    const edit = edits.find((each) => isTouched(piece, each) && (isWhole || (start >= each.start && end <= each.end)));
    if (edit !== undefined && !isKept(piece, tree)) {
      tokens.push({ kind: "deleted", xml: deletedXml(context, piece, start, end), revision: edit.revision });
    } else {
      const isFirst = position === 0;
      const isLast = position === stretches.length - 1;
      tokens.push({ kind: "kept", xml: isWhole ? outerXml(tree, piece.element) : keptXml(context, piece, start, end, isFirst, isLast) });
    }
    if (isWhole && piece.start === piece.end) tokens.push(...events.filter((event) => event.side === "after").map((event): Token => ({ kind: "event", event })));
    else tokens.push(...at("after", end));
  });
  return tokens;
}

function keptXml(context: EditContext, piece: Piece, start: number, end: number, isFirst: boolean, isLast: boolean): string {
  const text = piece.text.slice(start - piece.start, end - piece.start);
  // Word drops outer white space unless told to keep it; what it dropped before must not appear now.
  const wasPreserved = attribute(context.tree, piece.element, "xml:space") === "preserve";
  const needs = (!isFirst && /^\s/.test(text)) || (!isLast && /\s$/.test(text));
  return context.markup.text("w:t", text, wasPreserved || needs);
}

function deletedXml(context: EditContext, piece: Piece, start: number, end: number): string {
  const { tree, markup } = context;
  if (piece.kind === "text") return markup.text("w:delText", piece.text.slice(start - piece.start, end - piece.start));
  const xml = outerXml(tree, piece.element);
  if (nameOf(tree, piece.element) !== "w:instrText") return xml;
  return xml.replaceAll(markup.name("w:instrText"), markup.name("w:delInstrText"));
}

/** Somebody's pending formatting change belongs to their text, not to what we insert beside it. */
function withoutPropertyChange(properties: string): string {
  return properties.replace(/<([\w.-]+:)?rPrChange\b[\s\S]*?<\/\1rPrChange>|<([\w.-]+:)?rPrChange\b[^>]*\/>/g, "");
}

/** A second copy of run properties may not repeat the id of a pending formatting change. */
function withNewIds(properties: string, context: EditContext): string {
  return properties.replace(/(<(?:[\w.-]+:)?rPrChange\b[^>]*?\s(?:[\w.-]+:)?id=")[^"]*(")/g, (_, head: string, tail: string) => head + context.otherIds() + tail);
}
