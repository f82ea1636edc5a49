import { clipContainers, cutOut, type Stretch } from "./clip-containers.ts";
import type { AtomCode, CodedTarget, CodedText, SpanCode } from "./types.ts";

/**
 * One thing to write. `spans`: ids of what it stands in, links and containers from the outermost inwards, then the
 * formatting; an atom has no formatting.
 */
export type Piece =
  | { readonly kind: "text"; readonly text: string; readonly spans: readonly string[] }
  | { readonly kind: "atom"; readonly id: string; readonly spans: readonly string[] };

export type Painted = { readonly pieces: readonly Piece[]; readonly flagged?: string };

/**
 * The target as pieces in order, to be written one after another: every character with the spans over it, every atom
 * exactly once, halves of a pair in their order, a span that can't be copied in one stretch, containers nested as in the
 * source. Where the target allows no such reading, the pieces are those of the source: the first piece of text holds
 * all of the target, the others are empty and must still be written, and `flagged` says why. Never throws.
 */
export function paint(source: CodedText, target: CodedTarget): Painted {
  const stretches = clipContainers(source, target);
  if (typeof stretches === "string") return fallBack(source, target.text, stretches);
  const formats = oneFormatEach(source, target);
  if (typeof formats === "string") return fallBack(source, target.text, formats);
  const atoms = placeAtoms(source, target, stretches);
  if (typeof atoms === "string") return fallBack(source, target.text, atoms);
  return { pieces: cutPieces(source, target.text, [...stretches, ...formats], atoms) };
}

type PlacedAtom = { readonly id: string; readonly offset: number; readonly spans: readonly string[] };

/** `edge` orders atoms of one offset: below 0 inside a container that ends there, above 0 inside one that begins. */
type HeldAtom = PlacedAtom & { readonly edge: number };

function cutPieces(
  source: CodedText,
  text: string,
  stretches: readonly Stretch[],
  atoms: readonly PlacedAtom[],
): Piece[] {
  const order = new Map(
    source.spans.map(({ id, kind }, index) => [id, kind === "format" ? source.spans.length + index : index]),
  );
  const cuts = new Set([0, text.length]);
  for (const { start, end } of stretches) cuts.add(start).add(end);
  for (const { offset } of atoms) cuts.add(offset);
  const edges = [...cuts].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  let next = 0;
  for (const [index, from] of edges.entries()) {
    for (; atoms[next]?.offset === from; next++)
      pieces.push({ kind: "atom", id: atoms[next]!.id, spans: atoms[next]!.spans });
    const to = edges[index + 1];
    if (to === undefined) break;
    const spans = stretches
      .filter(({ start, end }) => start <= from && to <= end)
      .map(({ id }) => id)
      .sort((a, b) => order.get(a)! - order.get(b)!);
    pieces.push({ kind: "text", text: text.slice(from, to), spans });
  }
  return pieces;
}

/** Stretches of formatting with one format a character: where several meet, the shortest wins. */
function oneFormatEach(source: CodedText, target: CodedTarget): Stretch[] | string {
  const formats = new Set(source.spans.filter(({ kind }) => kind === "format").map(({ id }) => id));
  const wanted = target.spans
    .filter(({ id, start, end }) => formats.has(id) && start < end && start >= 0 && end <= target.text.length)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  const taken: Stretch[] = [];
  for (const each of wanted) taken.push(...cutOut(each, taken));
  for (const id of formats)
    if (!taken.some((each) => each.id === id)) return `formatting ${id} covers no text`;
  return taken;
}

/** Atoms by offset, pairs in order, each inside the container that holds it where that one can't be copied. */
function placeAtoms(
  source: CodedText,
  target: CodedTarget,
  stretches: readonly Stretch[],
): PlacedAtom[] | string {
  const known = new Map(source.atoms.map((atom) => [atom.id, atom]));
  const placed = new Map<string, number>();
  for (const { id, offset } of target.atoms)
    if (known.has(id) && !placed.has(id)) placed.set(id, Math.min(Math.max(0, offset), target.text.length));
  for (const { id } of source.atoms) if (!placed.has(id)) return `code ${id} is missing`;
  const inOrder = orderPairs([...placed.keys()], placed, known);
  const spans = new Map(source.spans.map((span) => [span.id, span]));
  const atoms = inOrder.map((id) => holdAtom(source, known.get(id)!, placed.get(id)!, stretches, spans));
  const sorted = atoms.toSorted((a, b) => a.offset - b.offset || a.edge - b.edge);
  const place = new Map(sorted.map(({ id }, index) => [id, index]));
  const reversed = source.atoms.find(
    ({ id, closedBy }) => (place.get(closedBy ?? "") ?? Infinity) < place.get(id)!,
  );
  return reversed === undefined ? sorted : `code ${reversed.id} ends before it begins`;
}

/** Ids by place; the halves of a pair that came the wrong way round change places. */
function orderPairs(
  ids: readonly string[],
  placed: Map<string, number>,
  known: ReadonlyMap<string, AtomCode>,
): string[] {
  const inOrder = ids
    .map((id, index) => ({ id, index }))
    .sort((a, b) => placed.get(a.id)! - placed.get(b.id)! || a.index - b.index)
    .map(({ id }) => id);
  for (const { id, closedBy } of known.values()) {
    const first = inOrder.indexOf(id);
    const second = closedBy === undefined ? -1 : inOrder.indexOf(closedBy);
    if (second < 0 || first < second) continue;
    const [opens, closes] = [placed.get(id)!, placed.get(closedBy!)!];
    inOrder[second] = id;
    inOrder[first] = closedBy!;
    placed.set(id, closes).set(closedBy!, opens);
  }
  return inOrder;
}

function holdAtom(
  source: CodedText,
  atom: AtomCode,
  offset: number,
  stretches: readonly Stretch[],
  spans: ReadonlyMap<string, SpanCode>,
): HeldAtom {
  const chain = containersOf(source, atom.within);
  const holders = stretches.filter(({ id }) => spans.get(id)?.canCopy === false);
  const own = holders.findLast(({ id }) => chain.includes(id));
  const at = own === undefined ? offset : Math.min(Math.max(own.start, offset), own.end);
  // A place inside another container that can't be copied: the atom stands in it too, or behind it.
  const around = holders.filter(({ start, end, id }) => start < at && at < end && !chain.includes(id));
  if (around.length === 0) {
    const depth = own ? chain.indexOf(own.id) + 1 : 0;
    const edge = at === own?.end ? -depth : at === own?.start ? depth : 0;
    return { id: atom.id, offset: at, spans: chain, edge };
  }
  const outermost = around.reduce((a, b) => (a.end - a.start >= b.end - b.start ? a : b));
  const innermost = around.reduce((a, b) => (b.end - b.start <= a.end - a.start ? b : a));
  const inner = containersOf(source, innermost.id);
  if (chain.every((id) => inner.includes(id))) return { id: atom.id, offset: at, spans: inner, edge: 0 };
  return { id: atom.id, offset: outermost.end, spans: chain, edge: 0 };
}

/** A container and those around it, the outermost first. */
function containersOf(source: CodedText, id: string | undefined): string[] {
  const inner = source.spans.findIndex((span) => span.id === id);
  if (inner < 0) return [];
  const { start, end } = source.spans[inner]!;
  return source.spans
    .filter(
      (span, index) => index <= inner && span.kind !== "format" && span.start <= start && end <= span.end,
    )
    .map((span) => span.id);
}

/** The source's own layout: its first piece of text holds all of the target, the others stay, empty. */
function fallBack(source: CodedText, text: string, flagged: string): Painted {
  const atoms = source.atoms.map(({ id, offset, within }) => ({
    id,
    offset,
    spans: containersOf(source, within),
  }));
  const layout = cutPieces(source, source.text, source.spans, atoms);
  const first = layout.findIndex(({ kind }) => kind === "text");
  const pieces = layout.map((piece, index) =>
    piece.kind === "atom" ? piece : { ...piece, text: index === first ? text : "" },
  );
  return { pieces, flagged };
}
