import type { CodedTarget, CodedText, SpanCode } from "../../../files/units/types.ts";
import type { TagSupport } from "../../../models/translation/translation-engine.ts";
import { type CodePiece, readPieces } from "./read-pieces.ts";
import type { Repair } from "./repair.ts";
import { plainAnswer, scanAnswer } from "./scan-answer.ts";
import { settleSpaces } from "./settle-spaces.ts";
import { cutCopyBeside, takeOutShown } from "./take-out-shown.ts";
import { cutBehind } from "./text-edges.ts";

/** What an answer says, as far as it can be read. */
export type DecodedAnswer = {
  readonly target: CodedTarget;
  /** Ids of codes that the answer doesn't place. */
  readonly missing: readonly string[];
  /** What was wrong with its codes, for the log and for a complaint to the engine. */
  readonly repaired: readonly Repair[];
};

/**
 * Reads an engine's answer to `encodeFor(tags, segment)`. Any string has a reading: unknown, stray, unclosed and doubled
 * tags, wrong escapes and moved spaces are put right; it takes linear time.
 */
export function decode(tags: TagSupport, segment: CodedText, answer: string): DecodedAnswer {
  const repaired: Repair[] = [];
  const target =
    tags === "none"
      ? takeOutShown(segment, withEdges(segment, plainAnswer(answer, segment.text)))
      : decodeTagged(segment, answer, repaired);
  const placed = new Set([...target.spans, ...target.atoms].map(({ id }) => id));
  const missing = [...segment.spans, ...segment.atoms].map(({ id }) => id).filter((id) => !placed.has(id));
  return { target, missing, repaired };
}

function decodeTagged(segment: CodedText, answer: string, repaired: Repair[]): CodedTarget {
  const pieces = settleSpaces(segment, readPieces(segment, scanAnswer(answer, segment.text), repaired));
  let target = assemble(segment, trimPieces(segment, pieces), repaired);
  const emptied = new Set(
    pieces.flatMap((piece) => (piece.kind === "atom" && piece.isEmpty ? [piece.id] : [])),
  );
  for (const { id, shows } of segment.atoms)
    if (shows !== undefined && emptied.has(id) && !segment.text.includes(shows.trim()))
      target = cutCopyBeside(target, id, shows);
  return target;
}

/** The text with the source's own white space at both ends. */
function withEdges({ text }: CodedText, answer: string): string {
  const core = answer.trim();
  if (core === "") return "";
  return edgeBefore(text) + core + edgeAfter(text);
}

function edgeBefore(text: string): string {
  return text.slice(0, text.length - text.trimStart().length);
}

function edgeAfter(text: string): string {
  return text.trim() === "" ? "" : text.slice(text.trimEnd().length);
}

/** The pieces with the source's own white space where the text begins and ends. */
function trimPieces({ text }: CodedText, pieces: readonly CodePiece[]): CodePiece[] {
  const isText = (piece: CodePiece): boolean => piece.kind === "text" && piece.text.trim() !== "";
  const first = pieces.findIndex(isText);
  const last = pieces.findLastIndex(isText);
  return pieces.flatMap((piece, index): CodePiece[] => {
    if (piece.kind !== "text") return [piece];
    if (index < first || index > last) return [];
    let kept = piece.text;
    if (index === first) kept = edgeBefore(text) + kept.trimStart();
    if (index === last) kept = kept.trimEnd() + edgeAfter(text);
    return [{ kind: "text", text: kept }];
  });
}

type Stretch = { readonly id: string; readonly start: number; readonly end: number };

function assemble(segment: CodedText, pieces: readonly CodePiece[], repaired: Repair[]): CodedTarget {
  let text = "";
  const begun = new Map<number, number>();
  const stretches = new Map<string, Stretch[]>(segment.spans.map(({ id }) => [id, []]));
  const atoms = new Map<string, number>();
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === "text") text += piece.text;
    else if (piece.kind === "atom") {
      if (atoms.has(piece.id)) repaired.push({ id: piece.id, fault: "doubled" });
      else atoms.set(piece.id, text.length);
    } else if (piece.kind === "close")
      stretches.get(piece.id)!.push({ id: piece.id, start: begun.get(piece.element)!, end: text.length });
    else if (piece.isClosed) begun.set(piece.element, text.length);
    else {
      repaired.push({ id: piece.id, fault: "unclosed" });
      const end = text.length + firstWord(pieces[index + 1]);
      stretches.get(piece.id)!.push({ id: piece.id, start: text.length, end });
    }
  }
  return {
    text,
    spans: segment.spans.flatMap((span) => joined(segment, span, text, stretches.get(span.id)!, repaired)),
    atoms: [...atoms].map(([id, offset]) => ({ id, offset: settled(segment, text, offset) })),
  };
}

/** A place where text may be cut; an unchanged text keeps the places that the file had. */
function settled(segment: CodedText, text: string, at: number): number {
  return text === segment.text ? at : cutBehind(text, at);
}

/** How long the first word of what follows is, white space before it included. */
function firstWord(next: CodePiece | undefined): number {
  if (next?.kind !== "text") return 0;
  return /^\s*(?:[\p{L}\p{N}\p{M}_]+|\S)/u.exec(next.text)?.[0].length ?? 0;
}

/** Nothing, or one or two short words that came in between (`dentro de cinco minutos` for `within five minutes`). */
const littleBetween = /^(?:\s+\p{L}{1,3}){0,2}\s*$/u;

/** The stretches of a span in order, those with little between made one; the longest where it can't be split. */
function joined(
  segment: CodedText,
  span: SpanCode,
  text: string,
  stretches: readonly Stretch[],
  repaired: Repair[],
): Stretch[] {
  const { id, canCopy } = span;
  const between = canCopy ? littleBetween : /^\s*$/;
  const isBlank = segment.text.slice(span.start, span.end).trim() === "";
  const out: Stretch[] = [];
  for (const each of stretches.toSorted((a, b) => a.start - b.start)) {
    const start = settled(segment, text, each.start);
    const end = settled(segment, text, each.end);
    const last = out.at(-1);
    if (last !== undefined && (start <= last.end || between.test(text.slice(last.end, start))))
      out[out.length - 1] = { id, start: last.start, end: Math.max(last.end, end) };
    else if (start < end && (isBlank || text.slice(start, end).trim() !== "")) out.push({ id, start, end });
  }
  if (stretches.length > 0 && out.length === 0) repaired.push({ id, fault: "empty" });
  if (out.length > 1) repaired.push({ id, fault: "split" });
  if (canCopy || out.length < 2) return out;
  return [out.reduce((a, b) => (b.end - b.start > a.end - a.start ? b : a))];
}
