import type { Paragraph } from "../files/index.ts";
import { alignParagraphs, type Gap } from "./align-paragraphs.ts";
import { findMoved } from "./find-moved.ts";
import { isTouched } from "./issued-stories.ts";
import { buildLattice, grainOf, type Lattice } from "./lattice.ts";
import type { IssuedParagraph } from "./ledger-types.ts";
import {
  hasOwnWords,
  lostParagraphs,
  type PlaceReading,
  placeReading,
  unlessDoubtful,
} from "./place-reading.ts";
import { readHunk } from "./read-hunk.ts";
import { type OwnersOf, type ReturnedToken, returnedTokens } from "./returned-tokens.ts";
import { type HunkPath, type Solution, solveLattice, tableSize } from "./solve-lattice.ts";
import type { Grain } from "./tokens.ts";

export type StoryToRead = {
  readonly issued: readonly IssuedParagraph[];
  readonly returned: readonly Paragraph[];
  readonly ownersOf: OwnersOf;
};

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
  const { gaps, anchored, often, missing } = alignParagraphs(story.issued, story.returned);
  const readings = gaps.map((gap) => readGap(story, gap));
  // Where one of several like paragraphs is missing, nobody knows which of them came back.
  const lostHashes = readings.flatMap(({ lost }) =>
    lost
      .filter((index) => hasOwnWords(story.issued[index]))
      .flatMap((index) => hashesAt(story.issued, index)),
  );
  const doubtful = new Set([...missing, ...lostHashes].filter((hash) => often.has(hash)));
  const isRepeated = (index: number): boolean =>
    hashesAt(story.issued, index).some((hash) => doubtful.has(hash));
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

type Lost = Omit<GapReading, "lost"> & { readonly index: number; readonly isRepeated: boolean };

/** Looks for a lost paragraph among all that did not come back in place; when it is nowhere, it was removed. */
function readLost(story: StoryToRead, taken: ReadonlySet<number>, lost: Lost): PlaceReading[] {
  const { index, first, tokens, solution, isRepeated } = lost;
  const paths = solution.hunks.filter(({ hunk }) => first + hunk.paragraph === index);
  const last = Math.max(index, ...paths.map(({ hunk }) => first + hunk.lastParagraph));
  const moved = readMoved(story, taken, index, last, isRepeated);
  if (moved.length > 0) return moved;
  const hasContext = hasOwnWords(story.issued[index]);
  return paths.map((path) => {
    const place = { of: path.hunk.of, paragraph: index, tokens, start: path.start, end: path.end };
    // A whole paragraph that was to go, or to come, has no words of its own around it.
    if (!hasContext) return { ...unlessDoubtful(readHunk(path, tokens, isRepeated), isRepeated), ...place };
    return { ...place, outcome: "removed", confidence: 0.8, decidedBy: [] };
  });
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
