import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { childrenOf } from "../../xml/xml-tree.ts";
import type { Inline, InlineRun, Piece } from "../read/read-inline.ts";
import { differences } from "./character-format.ts";
import { dropEmptied } from "./drop-emptied.ts";
import { fillEmpty } from "./fill-empty.ts";
import { type InsertionPlace, insertionPlace } from "./insertion-place.ts";
import {
  type EditContext,
  isInPlace,
  isKept,
  isLocked,
  type RangeMark,
  type RunEdit,
  type RunFormat,
  removesParagraph,
} from "./run-edit.ts";
import { touchedPieces } from "./touched-pieces.ts";
import {
  breakOut,
  type Event,
  eventXml,
  joinsPlace,
  needsBreakOut,
  type PreparedEdit,
  pieceTokens,
  type RunWork,
  type Token,
  writeRun,
} from "./write-run.ts";

/**
 * The splices that make all edits and formats of one paragraph's runs. They must not overlap and must not be refused.
 */
export function editRuns(
  context: EditContext,
  inline: Inline,
  edits: readonly RunEdit[],
  marks: readonly RangeMark[] = [],
  formats: readonly RunFormat[] = [],
): Splice[] {
  const { tree } = context;
  if (removesParagraph(edits))
    return [{ start: tree.start[inline.element]!, end: tree.end[inline.element]!, text: "" }];
  const prepared = edits.map((edit): PreparedEdit => ({ edit, touched: touchedPieces(tree, inline, edit) }));
  const ofFields = new Set(prepared.flatMap(({ touched }) => [...touched.ofFields]));
  const events = prepared.flatMap((each) => eventsOf(context, inline, each, ofFields));
  for (const mark of marks) events.push(...markEvent(inline, mark));
  const isFixed = (piece: Piece): boolean =>
    piece.run < 0 || (isLocked(piece) && !prepared.some(({ touched }) => touched.all.has(piece)));
  const splices = events
    .filter(({ piece }) => isFixed(piece))
    .map((event) => pointSplice(context, inline, event));
  const pieces = Map.groupBy(inline.pieces, (piece) => piece.run);
  inline.runs.forEach((run, index) => {
    const own = events.filter(({ piece }) => piece.run === index && !isFixed(piece));
    const work = { edits: prepared, formats: formats.filter((each) => changes(tree, inline, run, each)) };
    splices.push(...editRun(context, run, pieces.get(index) ?? [], work, own));
  });
  return [
    ...dropEmptied(tree, inline, splices),
    ...edits.flatMap((edit) => fillEmpty(context, inline, edit)),
  ];
}

/** True when the run has text in the format's range that does not look that way yet. */
function changes(tree: XmlTree, inline: Inline, run: InlineRun, format: RunFormat): boolean {
  const text = textWithin(inline, run, format);
  return text !== "" && differences(tree, run, format, text).length > 0;
}

/** The run's text that a format covers. */
export function textWithin(inline: Inline, run: InlineRun, { start, end }: RunFormat): string {
  return inline.pieces
    .filter((piece) => inline.runs[piece.run] === run && piece.end > start && piece.start < end)
    .map((piece) => inline.finalText.slice(Math.max(start, piece.start), Math.min(end, piece.end)))
    .join("");
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
  const edge = piece.lock === "field" ? fieldEdge(inline, piece, side) : piece;
  if (edge !== piece) return [{ piece: edge, offset: edge.start, side, markup: mark.markup, trailing: "" }];
  const within = bounded !== undefined && piece.kind === "text" && !isLocked(piece);
  const offset = within ? mark.offset : side === "before" ? piece.start : piece.end;
  return [{ piece, offset, side, markup: mark.markup, trailing: "" }];
}

/** The outermost character of the field, or of the fields side by side, that a computed text belongs to. */
function fieldEdge(inline: Inline, piece: Piece, side: "before" | "after"): Piece {
  const step = side === "before" ? -1 : 1;
  let edge = piece;
  for (let at = inline.pieces.indexOf(piece) + step; ; at += step) {
    const next = inline.pieces[at];
    if (next === undefined || !(next.isFieldCode || next.lock === "field" || next.kind === "marker"))
      return edge;
    if (next.isFieldCode) edge = next;
  }
}

/** Where text that replaces or joins the stretch goes, and in whose formatting. */
function eventsOf(
  context: EditContext,
  inline: Inline,
  { edit, touched }: PreparedEdit,
  ofFields: ReadonlySet<Piece>,
): Event[] {
  const { tree } = context;
  const gone = inline.pieces.filter((piece) => touched.all.has(piece) && !isKept(piece, tree));
  const [first, last] = [gone[0], gone.at(-1)];
  if (first === undefined || last === undefined) return pureInsertion(context, inline, edit, ofFields);
  const host = hostOf(context, inline, gone);
  const ends: Event = {
    piece: last,
    offset: Math.min(last.end, edit.objects === "all" ? last.end : edit.end),
    side: "after",
    markup: "",
    trailing: edit.after ?? "",
  };
  const run = insertedRun(context, inline.runs[host.model.run], edit.text);
  const insertion = run === "" ? {} : { insertion: { run, revision: edit.revision } };
  const begins: Event[] = edit.before
    ? [
        {
          piece: first,
          offset: Math.max(first.start, edit.start),
          side: "before",
          markup: edit.before,
          trailing: "",
        },
      ]
    : [];
  if (host.piece === last) return [...begins, { ...ends, ...insertion }];
  const offset = Math.min(host.piece.end, edit.end);
  return [...begins, { ...ends, piece: host.piece, offset, trailing: "", ...insertion }, ends];
}

/**
 * The piece after which new text goes, of those that go, and the one whose look it takes. Where a part of them stays
 * as a tracked deletion the text stands beside that part, so that a person sees the two as one.
 */
function hostOf(
  context: EditContext,
  inline: Inline,
  gone: readonly Piece[],
): { readonly piece: Piece; readonly model: Piece } {
  const tracked = gone.filter((piece) => !isInPlace(context, piece));
  const pieces = tracked.length > 0 ? tracked : gone;
  const [first, last] = [pieces[0]!, pieces.at(-1)!];
  const parentOf = (piece: Piece): number =>
    piece.run < 0 ? -1 : context.tree.parent[inline.runs[piece.run]!.element]!;
  const model = pieces.find((piece) => piece.kind === "text") ?? first;
  return { piece: parentOf(first) === parentOf(last) ? last : first, model };
}

function pureInsertion(
  context: EditContext,
  inline: Inline,
  edit: RunEdit,
  ofFields: ReadonlySet<Piece>,
): Event[] {
  if (edit.text === "" && !edit.before && !edit.after) return [];
  const place = insertionPlace(context, inline, edit.start);
  if (place === undefined) return [];
  const run = insertedRun(context, inline.runs[place.piece.run], edit.text);
  return [
    {
      ...beyondField(inline, place, ofFields),
      offset: edit.start,
      markup: edit.before ?? "",
      ...(run !== "" && { insertion: { run, revision: edit.revision } }),
      trailing: edit.after ?? "",
    },
  ];
}

/** Text beside a field that another edit takes away stands outside it, after what replaces the field. */
function beyondField(
  { pieces }: Inline,
  { piece, side }: InsertionPlace,
  ofFields: ReadonlySet<Piece>,
): InsertionPlace {
  if (!ofFields.has(piece)) return { piece, side };
  const meets = (each: Piece): boolean =>
    ofFields.has(each) && (side === "after" ? each.end === piece.end : each.start === piece.start);
  return { piece: (side === "after" ? pieces.findLast(meets) : pieces.find(meets))!, side };
}

function insertedRun(context: EditContext, run: InlineRun | undefined, text: string): string {
  if (text === "") return "";
  return context.markup.run(withoutPropertyChange(run?.properties ?? ""), text);
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

function editRun(
  context: EditContext,
  run: InlineRun,
  pieces: readonly Piece[],
  work: RunWork,
  events: readonly Event[],
): Splice[] {
  const tokens = pieces.flatMap((piece) =>
    pieceTokens(
      context,
      piece,
      work,
      events.filter((event) => event.piece === piece),
    ),
  );
  const isPlain = (token: Token): boolean => token.kind === "kept" && token.format === undefined;
  const isEvent = (token: Token): boolean => token.kind === "event";
  if (tokens.every(isPlain)) return [];
  const first = tokens.findIndex((token) => !isEvent(token));
  const last = tokens.findLastIndex((token) => !isEvent(token));
  if (!tokens.slice(first, last + 1).every(isPlain)) return rewriteRun(context, run, tokens);
  return tokens.flatMap((token, at) =>
    token.kind === "event" ? [edgeSplice(context, run, at < first ? "before" : "after", token.event)] : [],
  );
}

/** The run written anew. What goes before the first or after the last run of somebody's insertion goes outside it. */
function rewriteRun(context: EditContext, run: InlineRun, tokens: readonly Token[]): Splice[] {
  const { tree } = context;
  const splices: Splice[] = [];
  let [from, to] = [0, tokens.length];
  if (run.insertion >= 0 && context.mode === "tracked") {
    const siblings = childrenOf(tree, run.insertion);
    const isInner = (token: Token): boolean => token.kind !== "event" || joinsPlace(context, token.event);
    const outside = (at: number, some: readonly Token[]): void => {
      const text = some.reduce(
        (all, token) => all + (token.kind === "event" ? eventXml(context, token.event) : ""),
        "",
      );
      if (text !== "") splices.push({ start: at, end: at, text });
    };
    if (siblings[0] === run.element) {
      from = tokens.findIndex(isInner);
      outside(tree.start[run.insertion]!, tokens.slice(0, from));
    }
    if (siblings.at(-1) === run.element) {
      to = tokens.findLastIndex(isInner) + 1;
      outside(tree.end[run.insertion]!, tokens.slice(to));
    }
  }
  const text = writeRun(context, run, tokens.slice(from, to));
  return [...splices, { start: tree.start[run.element]!, end: tree.end[run.element]!, text }];
}

/** Something put beside a run that itself stays untouched. Our insertion never goes into somebody else's. */
function edgeSplice(context: EditContext, run: InlineRun, side: "before" | "after", event: Event): Splice {
  const { tree } = context;
  const sideOf = side === "before" ? tree.start : tree.end;
  const xml = eventXml(context, event);
  if (!needsBreakOut(context, run, event))
    return { start: sideOf[run.element]!, end: sideOf[run.element]!, text: xml };
  const siblings = childrenOf(tree, run.insertion);
  const isOutermost = (side === "before" ? siblings[0] : siblings.at(-1)) === run.element;
  const at = sideOf[isOutermost ? run.insertion : run.element]!;
  return { start: at, end: at, text: isOutermost ? xml : breakOut(context, run, xml) };
}

/** Somebody's pending formatting change belongs to their text, not to what we insert beside it. */
function withoutPropertyChange(properties: string): string {
  return properties.replace(
    /<([\w.-]+:)?rPrChange\b[\s\S]*?<\/\1rPrChange>|<([\w.-]+:)?rPrChange\b[^>]*\/>/g,
    "",
  );
}
