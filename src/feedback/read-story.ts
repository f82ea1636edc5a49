import type { Paragraph } from "../files/index.ts";
import { alignParagraphs, type Gap } from "./align-paragraphs.ts";
import { findMoved } from "./find-moved.ts";
import { isTouched } from "./issued-stories.ts";
import { buildLattice, grainOf, type IssuedToken, type Lattice } from "./lattice.ts";
import type { IssuedParagraph, IssuedText } from "./ledger-types.ts";
import { type HunkReading, readHunk } from "./read-hunk.ts";
import { type OwnersOf, type ReturnedToken, returnedTokens } from "./returned-tokens.ts";
import { type Found, type HunkPath, type Solution, solveLattice, tableSize } from "./solve-lattice.ts";
import type { Grain } from "./tokens.ts";

/** One place of a suggestion, read; its returned tokens are `tokens.slice(start, end)`. */
export type PlaceReading = HunkReading & {
  readonly of: number;
  /** Index of the issued paragraph in the story. */
  readonly paragraph: number;
  readonly tokens: readonly ReturnedToken[];
  readonly start: number;
  readonly end: number;
};

export type StoryToRead = {
  readonly issued: readonly IssuedParagraph[];
  readonly returned: readonly Paragraph[];
  readonly ownersOf: OwnersOf;
};

// A paragraph of which less than this is found again is another one.
const leastFound = 0.35;
// One that stands elsewhere was moved as it was.
const leastMoved = 0.75;
// Two tables of this many numbers take 64 MB.
const mostCells = 4_000_000;

type GapReading = {
  readonly first: number;
  readonly tokens: readonly ReturnedToken[];
  readonly solution: Solution;
  /** Issued paragraphs of the story of which too little was found in place. */
  readonly lost: readonly number[];
};

/** Reads every place of every suggestion of a story, moved paragraphs included. */
export function readStory(story: StoryToRead): PlaceReading[] {
  const { gaps, anchored, repeated } = alignParagraphs(story.issued, story.returned);
  const isRepeated = (index: number): boolean =>
    hashesAt(story.issued, index).some((hash) => repeated.has(hash));
  const readings = gaps.map((gap) => readGap(story, gap));
  // A lost paragraph may be anywhere but where another one was found.
  const taken = new Set(anchored);
  for (const { solution, tokens } of readings)
    for (const index of claimed(solution, tokens)) taken.add(index);
  return readings.flatMap(({ first, tokens, solution, lost }) => [
    ...solution.hunks
      .filter(({ hunk }) => !lost.includes(first + hunk.paragraph))
      .map((path) => placeReading(path, first, tokens, solution, isRepeated(first + path.hunk.paragraph))),
    ...lost.flatMap((index) =>
      readLost(story, taken, { index, first, tokens, solution, isRepeated: isRepeated(index) }),
    ),
  ]);
}

function readGap(story: StoryToRead, gap: Gap): GapReading {
  const first = gap.issuedFrom;
  const issued = story.issued.slice(first, gap.issuedTo);
  const grain = grainOf(issued);
  const lattice = buildLattice(issued, grain);
  const tokens = range(gap.from, gap.to).flatMap((index) =>
    returnedTokens(story.returned[index]!, index, grain, story.ownersOf),
  );
  if (tableSize(lattice, tokens) > mostCells) {
    const lost = range(first, gap.issuedTo).filter((index) => isTouchedAt(story.issued, index));
    return { first, tokens: [], solution: { hunks: [], context: [] }, lost };
  }
  const solution = solveOnce(issued, grain, lattice, tokens);
  const lost = [...lostParagraphs(lattice, solution, tokens)].map((index) => first + index);
  return { first, tokens, solution, lost };
}

/**
 * Words of a person's own beside two suggestions belong to one of them: to the one that replaces words, if it is one
 * that replaces and one that only takes away or puts in.
 */
function solveOnce(
  issued: readonly IssuedParagraph[],
  grain: Grain,
  lattice: Lattice,
  tokens: readonly ReturnedToken[],
): Solution {
  const solution = solveLattice(lattice, tokens);
  const doubtful = new Set<number>();
  solution.hunks.forEach((path, index) => {
    if (path.reading !== "other" || (path.hunk.old.length > 0 && path.hunk.new.length > 0)) return;
    const isBeside = (other: HunkPath | undefined): boolean =>
      other !== undefined &&
      other.hunk.of !== path.hunk.of &&
      /other|edited/.test(other.reading) &&
      !tokens
        .slice(Math.min(path.end, other.end), Math.max(path.start, other.start))
        .some(({ kind }) => kind === "word");
    if (isBeside(solution.hunks[index - 1]) || isBeside(solution.hunks[index + 1])) doubtful.add(index);
  });
  return doubtful.size === 0 ? solution : solveLattice(buildLattice(issued, grain, doubtful), tokens);
}

function hashesAt(issued: readonly IssuedParagraph[], index: number): string[] {
  const paragraph = issued[index] ?? "";
  return (typeof paragraph === "string" ? paragraph : paragraph.hash)
    .split("/")
    .filter((hash) => hash !== "");
}

function isTouchedAt(issued: readonly IssuedParagraph[], index: number): boolean {
  const paragraph = issued[index];
  return typeof paragraph === "object" && isTouched(paragraph);
}

/** The returned paragraphs of which at least half the words were found to be issued ones. */
function claimed(solution: Solution, tokens: readonly ReturnedToken[]): number[] {
  const found = new Set(
    [...solution.context, ...solution.hunks.flatMap((path) => path.found)].map(({ at }) => at),
  );
  const sums = new Map<number, { all: number; there: number }>();
  tokens.forEach(({ kind, paragraph }, at) => {
    if (kind !== "word") return;
    const sum = sums.get(paragraph) ?? { all: 0, there: 0 };
    sum.all++;
    if (found.has(at)) sum.there++;
    sums.set(paragraph, sum);
  });
  return [...sums].filter(([, { all, there }]) => 2 * there >= all).map(([paragraph]) => paragraph);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

/** Reads one place from the path found for it. `first` is the index of the lattice's first paragraph in the story. */
function placeReading(
  path: HunkPath,
  first: number,
  tokens: readonly ReturnedToken[],
  solution: Solution,
  isRepeated: boolean,
): PlaceReading {
  const extended = withNewWords(withTheirInsertions(path, tokens), tokens, solution);
  const reading = readHunk(extended, tokens, isRepeated);
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
function lostParagraphs(
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

type Lost = Omit<GapReading, "lost"> & { readonly index: number; readonly isRepeated: boolean };

/** Looks for a lost paragraph among all that did not come back in place; when it is nowhere, it was removed. */
function readLost(story: StoryToRead, taken: ReadonlySet<number>, lost: Lost): PlaceReading[] {
  const { index, first, tokens, solution, isRepeated } = lost;
  const paths = solution.hunks.filter(({ hunk }) => first + hunk.paragraph === index);
  const last = Math.max(index, ...paths.map(({ hunk }) => first + hunk.lastParagraph));
  const moved = readMoved(story, taken, index, last, isRepeated);
  if (moved.length > 0) return moved;
  const paragraph = story.issued[index] as IssuedText;
  const hasContext = paragraph.segments.some((each) => each.of === undefined && each.text.trim() !== "");
  return paths.map((path) => {
    const place = { of: path.hunk.of, paragraph: index, tokens, start: path.start, end: path.end };
    // A whole paragraph that was to go, or to come, has no words of its own around it.
    if (!hasContext) return { ...unlessElsewhere(readHunk(path, tokens, isRepeated), lost), ...place };
    return { ...place, outcome: "removed", confidence: 0.8, decidedBy: [] };
  });
}

/** That a text is missing says little where the same text stands elsewhere: it may be the one that was left. */
function unlessElsewhere(reading: HunkReading, { isRepeated }: Lost): HunkReading {
  const isSettled = reading.outcome === "accepted" || reading.outcome === "rejected";
  return isRepeated && isSettled ? { ...reading, outcome: "unsure", confidence: 0.5 } : reading;
}

/** Reads issued paragraphs against the returned ones that are most like them; nothing when none are. */
function readMoved(
  story: StoryToRead,
  taken: ReadonlySet<number>,
  from: number,
  to: number,
  isRepeated: boolean,
): PlaceReading[] {
  const issued = story.issued.slice(from, to + 1);
  const at = findMoved(issued[0], story.returned, taken);
  if (at === undefined) return [];
  const grain = grainOf(issued);
  const lattice = buildLattice(issued, grain);
  const end = Math.min(at + issued.length, story.returned.length);
  const tokens = range(at, end).flatMap((index) =>
    returnedTokens(story.returned[index]!, index, grain, story.ownersOf),
  );
  if (tableSize(lattice, tokens) > 10 * mostCells) return [];
  const solution = solveOnce(issued, grain, lattice, tokens);
  if (lostParagraphs(lattice, solution, tokens, leastMoved).has(0)) return [];
  return solution.hunks
    .filter(({ hunk }) => hunk.paragraph === 0)
    .map((path) => {
      const reading = placeReading(path, from, tokens, solution, isRepeated);
      return { ...reading, confidence: 0.95 * reading.confidence };
    });
}
