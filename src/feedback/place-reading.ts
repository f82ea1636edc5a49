import type { Hunk, IssuedToken } from "./lattice.ts";
import type { IssuedParagraph } from "./ledger-types.ts";
import type { Passage } from "./passage.ts";
import { type HunkReading, hasWords, readHunk } from "./read-hunk.ts";
import type { ReturnedToken } from "./returned-tokens.ts";
import type { HunkPath, Solution } from "./solve-lattice.ts";

/** One place of a suggestion, read; its returned tokens are `tokens.slice(start, end)`. */
export type PlaceReading = HunkReading & {
  readonly of: number;
  readonly hunk: Hunk;
  /** Index of the issued paragraph in the story. */
  readonly paragraph: number;
  /** Index of the returned paragraph that `tokens` begin with, also where there are none. */
  readonly from: number;
  readonly tokens: readonly ReturnedToken[];
  readonly start: number;
  readonly end: number;
  /** True when the nearest word on one side at least was issued beside it: the place is sure to the word. */
  readonly isSure: boolean;
};

/** Reads one place of a passage from the path found for it. */
export function placeReading(path: HunkPath, passage: Passage, isRepeated: boolean): PlaceReading {
  const { first, from, tokens, solution } = passage;
  const extended = withNewWords(withTheirInsertions(path, tokens), tokens, solution);
  const read = readHunk(extended, tokens, isRepeated);
  const isDoubtful =
    isContradicted(path, passage) ||
    (hasWordsAround(path, solution)
      ? isDetached(path, tokens, solution) || isLooseEnd(path, passage)
      : isRepeated);
  const reading = unlessDoubtful(read, isDoubtful);
  const { hunk } = path;
  const isSure = hasKnownNeighbour(extended, tokens, solution);
  const place = { of: hunk.of, hunk, paragraph: first + hunk.paragraph, from, tokens, isSure };
  const isAlone = isSurroundedByNothing(path, solution);
  if (isAlone && extended.start === extended.end)
    return { ...reading, ...place, start: path.start, end: path.end, outcome: "removed", certainty: 0 };
  return { ...reading, ...place, start: extended.start, end: extended.end };
}

function hasKnownNeighbour(
  { start, end }: HunkPath,
  tokens: readonly ReturnedToken[],
  solution: Solution,
): boolean {
  const found = [...solution.context, ...solution.hunks.flatMap((each) => each.found)];
  const known = new Set(
    found.filter(({ token, at }) => tokens[at]?.plain === token.plain).map(({ at }) => at),
  );
  const isKnown = (from: number, step: 1 | -1): boolean => {
    for (let at = from; ; at += step) {
      const token = tokens[at];
      if (token === undefined) return true;
      if (token.isGone || token.kind === "space" || token.kind === "sign") continue;
      return known.has(at);
    }
  };
  return isKnown(start - 1, -1) || isKnown(end, 1);
}

/** What another person put in beside words of ours that they deleted is their wording of the place. */
function withTheirInsertions(path: HunkPath, tokens: readonly ReturnedToken[]): HunkPath {
  let { start, end } = path;
  if (!tokens.slice(start, end).some(({ isTheirDeletion }) => isTheirDeletion)) return path;
  const isTheirs = (at: number): boolean =>
    tokens[at]?.isTheirInsertion === true && tokens[at].kind !== "mark";
  while (isTheirs(start - 1)) start--;
  while (isTheirs(end)) end++;
  return { ...path, start, end };
}

/** A person's wording may begin or end with words beside those that were recognised. */
function withNewWords(path: HunkPath, tokens: readonly ReturnedToken[], solution: Solution): HunkPath {
  if (!/edited|other/.test(path.reading)) return path;
  const known = new Set(
    [...solution.context, ...solution.hunks.flatMap((each) => each.found)].map(({ at }) => at),
  );
  const isNew = (at: number): boolean =>
    tokens[at] !== undefined && tokens[at].kind !== "mark" && !known.has(at);
  let { start, end } = path;
  while (isNew(start - 1)) start--;
  while (isNew(end)) end++;
  return { ...path, start, end };
}

const near = 3;

/** True when there were words on either side of the place, and none of the nearest is there any more. */
function isSurroundedByNothing({ hunk }: HunkPath, { context }: Solution): boolean {
  const inside = context.filter(({ token }) => token.paragraph === hunk.paragraph);
  const own = inside.filter(({ token }) => token.kind === "word");
  const words = own.length > 0 ? own : inside.filter(({ token }) => token.kind === "sign");
  if (words.length === 0) return false;
  const before = words.filter(({ token }) => isBefore(token, hunk)).slice(-near);
  const after = words.filter(({ token }) => !isBefore(token, hunk)).slice(0, near);
  return [before, after].every((side) => side.every(({ at }) => at < 0));
}

function isBefore(token: IssuedToken, hunk: HunkPath["hunk"]): boolean {
  return (token.position ?? 0) < hunk.entry;
}

const mostBetween = 3;

/** True when new words stand between the place and the paragraph's own words on both sides: it may be another place. */
function isDetached(path: HunkPath, tokens: readonly ReturnedToken[], solution: Solution): boolean {
  if (path.start === path.end) return false;
  const known = new Set(solution.hunks.flatMap((each) => each.found).map(({ at }) => at));
  const own = solution.context.filter(
    ({ token, at }) => at >= 0 && token.kind === "word" && token.paragraph === path.hunk.paragraph,
  );
  const newWords = (from: number, to: number): number =>
    tokens.slice(from, to).filter((token, index) => token.kind === "word" && !known.has(from + index)).length;
  const before = own.filter(({ at }) => at < path.start).map(({ at }) => newWords(at + 1, path.start));
  const after = own.filter(({ at }) => at >= path.end).map(({ at }) => newWords(path.end, at));
  return Math.min(...before, ...after) > mostBetween;
}

const leastContradicting = 2;

/**
 * True when the words that are read as gone stand in the passage to the letter, where no other suggestion brings them
 * and nothing else that was issued has them: a colleague's edits may have made another explanation look cheaper.
 */
function isContradicted({ hunk, reading }: HunkPath, { tokens, solution }: Passage): boolean {
  const gone = reading === "old" ? hunk.new : reading === "new" ? hunk.old : [];
  if (gone.filter(({ kind }) => kind === "word").length < leastContradicting) return false;
  const plain = (list: readonly { readonly plain: string }[]): string =>
    list.map((each) => each.plain).join("");
  const others = solution.hunks.filter((other) => other.hunk !== hunk).flatMap(({ found }) => found);
  const taken = new Set(others.map(({ at }) => at));
  const live = tokens.map((token, at) => (token.isGone || taken.has(at) ? { plain: "\n" } : token));
  const words = plain(gone).trim();
  return plain(live).includes(words) && !plain(solution.context.map(({ token }) => token)).includes(words);
}

/** True for a paragraph's end alone whose words before or behind it are gone: it may be another end. */
function isLooseEnd({ hunk }: HunkPath, { solution, worded }: Passage): boolean {
  const { context, hunks } = solution;
  if (hasWords(hunk)) return false;
  const others = hunks.filter((other) => other.hunk !== hunk).flatMap(({ found }) => found);
  const words = [...context, ...others].filter(({ token }) => token.kind === "word");
  const isGone = (paragraph: number, from: number, to?: number): boolean => {
    const side = words.filter(({ token }) => token.paragraph === paragraph).slice(from, to);
    return worded.has(paragraph) && side.every(({ at }) => at < 0);
  };
  return isGone(hunk.lastParagraph, -near) || isGone(hunk.lastParagraph + 1, 0, near);
}

function hasWordsAround({ hunk }: HunkPath, { context }: Solution): boolean {
  return context.some(({ token }) => token.kind === "word" && token.paragraph === hunk.paragraph);
}

/** Words that may be those of another place tell nothing. */
export function unlessDoubtful(reading: HunkReading, isDoubtful: boolean): HunkReading {
  const isSettled = reading.outcome === "accepted" || reading.outcome === "rejected";
  return isDoubtful && isSettled ? { ...reading, outcome: "unsure", certainty: 0 } : reading;
}

/** True when the paragraph has words that no suggestion puts in or takes away. */
export function hasOwnWords(paragraph: IssuedParagraph | undefined): boolean {
  if (paragraph === undefined || typeof paragraph === "string") return false;
  return paragraph.segments.some(({ of, text }) => of === undefined && /[\p{L}\p{N}]/u.test(text));
}
