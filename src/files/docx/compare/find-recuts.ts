import { diffWords } from "../edit/word-diff.ts";
import type { Match } from "./pair-in-order.ts";
import type { Block } from "./read-blocks.ts";
import { commonCharacters } from "./word-counts.ts";

/** One paragraph that became several, or several that became one. */
export type Recut = Match & {
  /** Characters that stay, counted in both documents. */
  readonly gain: number;
};

/** Most paragraphs that one is cut into. */
const MOST_PIECES = 4;
/** A piece of which less than this share stays is a paragraph of its own. */
const PIECE_KEPT = 0.5;
/** The share of the whole that stays at least. */
const WHOLE_KEPT = 0.6;
/** How much longer or shorter all pieces together may be than the whole. */
const LENGTHS = { least: 0.65, most: 1.5 };
/** Below this, single words would be cut. */
const SHORTEST_PIECE = 3;

/** Where a paragraph has the text of some neighbours in the other document, with small edits at most. */
export function findRecuts(before: readonly Block[], after: readonly Block[]): Recut[] {
  const split = findPieces(before, after).map(({ whole, first, count, gain }) => {
    return { before: whole, after: first, beforeCount: 1, afterCount: count, gain };
  });
  const joined = findPieces(after, before).map(({ whole, first, count, gain }) => {
    return { before: first, after: whole, beforeCount: count, afterCount: 1, gain };
  });
  return [...split, ...joined];
}

type Pieces = {
  readonly whole: number;
  readonly first: number;
  readonly count: number;
  readonly gain: number;
};

function findPieces(wholes: readonly Block[], others: readonly Block[]): Pieces[] {
  const found: Pieces[] = [];
  for (const [index, whole] of wholes.entries()) {
    if (!whole.mayJoin || whole.length < 2 * SHORTEST_PIECE) continue;
    for (let first = 0; first < others.length - 1; first++) {
      let length = 0;
      for (let count = 1; count <= MOST_PIECES && first + count <= others.length; count++) {
        const piece = others[first + count - 1]!;
        length += piece.length;
        if (!isPiece(whole, piece, count === 1) || length > LENGTHS.most * whole.length) break;
        if (count === 1 || piece.length === 0 || length < LENGTHS.least * whole.length) continue;
        const gain = keptIn(whole, others.slice(first, first + count));
        if (gain > 0) found.push({ whole: index, first, count, gain });
      }
    }
  }
  return found;
}

/** A quick look at words alone; blank lines may stand between pieces. */
function isPiece(whole: Block, piece: Block, isFirst: boolean): boolean {
  if (!piece.mayJoin || piece.key === whole.key) return false;
  if (piece.length < SHORTEST_PIECE) return piece.length === 0 && !isFirst;
  return commonCharacters(piece.words, whole.words) >= PIECE_KEPT * piece.length;
}

/** Characters of words that stay, in both; 0 when a piece keeps too little of itself in the order of the whole. */
function keptIn(whole: Block, pieces: readonly Block[]): number {
  const texts = pieces.map((piece) => piece.text());
  const isNew = changedIn(whole.text(), texts.join("\n"));
  let kept = 0;
  let at = 0;
  for (const [index, text] of texts.entries()) {
    let own = 0;
    for (let place = 0; place < text.length; place++)
      if (!isNew[at + place] && text[place]!.trim() !== "") own++;
    if (own < PIECE_KEPT * pieces[index]!.length) return 0;
    kept += own;
    at += text.length + 1;
  }
  return kept < WHOLE_KEPT * whole.length ? 0 : 2 * kept;
}

/** For each character of the second text: 1 when the first does not have it there. */
function changedIn(before: string, after: string): Uint8Array {
  const isNew = new Uint8Array(after.length);
  let [at, old] = [0, 0];
  for (const hunk of diffWords(before, after)) {
    at += hunk.start - old;
    old = hunk.end;
    isNew.fill(1, at, at + hunk.text.length);
    at += hunk.text.length;
  }
  return isNew;
}
