import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { childrenOf } from "../../xml/xml-tree.ts";
import type { Inline, InlineRun, Piece } from "../read/read-inline.ts";
import { insertionPlace } from "./insertion-place.ts";
import { type EditContext, isKept, isLocked, isTouched, type RangeMark, type RunEdit } from "./run-edit.ts";
import { breakOut, type Event, eventXml, pieceTokens, type Token, writeRun } from "./write-run.ts";

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

/** Where text that replaces or joins the stretch goes, and in whose formatting. */
function eventsOf(context: EditContext, inline: Inline, edit: RunEdit): Event[] {
  const { tree } = context;
  const touched = inline.pieces.filter((piece) => isTouched(piece, edit) && !isKept(piece, tree));
  const first = touched[0];
  const last = touched.at(-1);
  if (first === undefined || last === undefined) return pureInsertion(context, inline, edit);
  const events: Event[] = [];
  if (edit.before)
    events.push({
      piece: first,
      offset: Math.max(first.start, edit.start),
      side: "before",
      markup: edit.before,
      trailing: "",
    });
  const parentOf = (piece: Piece): number =>
    piece.run < 0 ? -1 : tree.parent[inline.runs[piece.run]!.element]!;
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
    events.push({
      piece: last,
      offset: Math.min(last.end, edit.end),
      side: "after",
      markup: edit.after,
      trailing: "",
    });
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
  inline: Inline,
  run: InlineRun,
  index: number,
  edits: readonly RunEdit[],
  events: readonly Event[],
): Splice[] {
  const tokens = inline.pieces
    .filter((piece) => piece.run === index)
    .flatMap((piece) =>
      pieceTokens(
        context,
        piece,
        edits,
        events.filter((event) => event.piece === piece),
      ),
    );
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
  return [rewriteRun(context, run, tokens)];
}

/** The run written anew. What goes before the first or after the last run of somebody's insertion goes outside it. */
function rewriteRun(context: EditContext, run: InlineRun, tokens: readonly Token[]): Splice {
  const { tree } = context;
  let [start, end] = [tree.start[run.element]!, tree.end[run.element]!];
  let inner = tokens;
  let [head, tail] = ["", ""];
  if (run.insertion >= 0 && context.mode === "tracked") {
    const siblings = childrenOf(tree, run.insertion);
    const first = tokens.findIndex((token) => token.kind !== "event");
    const last = tokens.findLastIndex((token) => token.kind !== "event");
    const xml = (from: number, to: number): string =>
      tokens
        .slice(from, to)
        .reduce((all, token) => all + (token.kind === "event" ? eventXml(context, token.event) : ""), "");
    if (siblings[0] === run.element && first > 0) {
      head = xml(0, first) + tree.source.slice(tree.start[run.insertion]!, start);
      start = tree.start[run.insertion]!;
      inner = inner.slice(first);
    }
    if (siblings.at(-1) === run.element && last < tokens.length - 1) {
      tail = tree.source.slice(end, tree.end[run.insertion]!) + xml(last + 1, tokens.length);
      end = tree.end[run.insertion]!;
      inner = inner.slice(0, inner.length - (tokens.length - 1 - last));
    }
  }
  const text = head + writeRun(context, run, inner) + tail;
  const isEmptied = text === "" && run.insertion >= 0 && childrenOf(tree, run.insertion).length === 1;
  if (isEmptied) return { start: tree.start[run.insertion]!, end: tree.end[run.insertion]!, text };
  return { start, end, text };
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

/** Somebody's pending formatting change belongs to their text, not to what we insert beside it. */
function withoutPropertyChange(properties: string): string {
  return properties.replace(
    /<([\w.-]+:)?rPrChange\b[\s\S]*?<\/\1rPrChange>|<([\w.-]+:)?rPrChange\b[^>]*\/>/g,
    "",
  );
}
