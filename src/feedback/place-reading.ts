import type { IssuedToken, Lattice } from "./lattice.ts";
import type { IssuedParagraph } from "./ledger-types.ts";
import { type HunkReading, readHunk } from "./read-hunk.ts";
import type { ReturnedToken } from "./returned-tokens.ts";
import type { Found, HunkPath, Solution } from "./solve-lattice.ts";

/** One place of a suggestion, read; its returned tokens are `tokens.slice(start, end)`. */
export type PlaceReading = HunkReading & {
  readonly of: number;
  /** Index of the issued paragraph in the story. */
  readonly paragraph: number;
  readonly tokens: readonly ReturnedToken[];
  readonly start: number;
  readonly end: number;
};

// A paragraph of which less than this is found again is another one.
const leastFound = 0.35;
/** Reads one place from the path found for it. `first` is the index of the lattice's first paragraph in the story. */
export function placeReading(
  path: HunkPath,
  first: number,
  tokens: readonly ReturnedToken[],
  solution: Solution,
  isRepeated: boolean,
): PlaceReading {
  const extended = withNewWords(withTheirInsertions(path, tokens), tokens, solution);
  const read = readHunk(extended, tokens, isRepeated);
  const isDoubtful = hasWordsAround(path, solution) ? isDetached(path, tokens, solution) : isRepeated;
  const reading = unlessDoubtful(read, isDoubtful);
  const place = { of: path.hunk.of, paragraph: first + path.hunk.paragraph, tokens };
  const isAlone = isSurroundedByNothing(path, solution);
  if (isAlone && extended.start === extended.end)
    return { ...reading, ...place, start: path.start, end: path.end, outcome: "removed", confidence: 0.6 };
  return { ...reading, ...place, start: extended.start, end: extended.end };
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

/** The paragraphs with suggestions of which too little is found again. */
export function lostParagraphs(
  lattice: Lattice,
  solution: Solution,
  tokens: readonly ReturnedToken[],
  least: number = leastFound,
): Set<number> {
  const found = new Map<number, { all: number; there: number }>();
  const count = ({ token, at }: Found): void => {
    if (token.kind !== "word" || token.isLoose) return;
    const sum = found.get(token.paragraph) ?? { all: 0, there: 0 };
    sum.all += token.weight;
    if (at >= 0) sum.there += token.weight;
    found.set(token.paragraph, sum);
  };
  solution.context.forEach(count);
  const lost = new Set<number>();
  for (const hunk of lattice.hunks) {
    const paths = solution.hunks.filter((path) => path.hunk.paragraph === hunk.paragraph);
    const sum = found.get(hunk.paragraph);
    const isFound = paths.some((path) => isThere(path, tokens));
    if (sum === undefined || sum.all < 1 ? !isFound : sum.there / sum.all < least) lost.add(hunk.paragraph);
  }
  return lost;
}

/** True when words of the suggestion stand in the place, or words marked as its own. */
function isThere({ found, hunk, start, end }: HunkPath, tokens: readonly ReturnedToken[]): boolean {
  const isWord = ({ at, token }: Found): boolean =>
    at >= 0 && token.kind !== "space" && token.kind !== "mark";
  return found.some(isWord) || tokens.slice(start, end).some(({ owners }) => owners.includes(hunk.of));
}

const near = 3;

/** True when there were words on either side of the place, and none of the nearest is there any more. */
function isSurroundedByNothing({ hunk }: HunkPath, { context }: Solution): boolean {
  const words = context.filter(({ token }) => token.kind === "word" && token.paragraph === hunk.paragraph);
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

function hasWordsAround({ hunk }: HunkPath, { context }: Solution): boolean {
  return context.some(({ token }) => token.kind === "word" && token.paragraph === hunk.paragraph);
}

/** Words that may be those of another place tell nothing. */
export function unlessDoubtful(reading: HunkReading, isDoubtful: boolean): HunkReading {
  const isSettled = reading.outcome === "accepted" || reading.outcome === "rejected";
  return isDoubtful && isSettled ? { ...reading, outcome: "unsure", confidence: 0.5 } : reading;
}

/** True when the paragraph has words that no suggestion puts in or takes away. */
export function hasOwnWords(paragraph: IssuedParagraph | undefined): boolean {
  if (paragraph === undefined || typeof paragraph === "string") return false;
  return paragraph.segments.some(({ of, text }) => of === undefined && /[\p{L}\p{N}]/u.test(text));
}
