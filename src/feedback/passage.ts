import type { Paragraph } from "../files/index.ts";
import { buildLattice, grainOf } from "./build-lattice.ts";
import type { IssuedParagraph } from "./ledger-types.ts";
import { type ReturnedFile, type ReturnedToken, returnedTokens } from "./returned-tokens.ts";
import { type Found, type HunkPath, type Solution, solveLattice, tableSize } from "./solve-lattice.ts";

export type StoryToRead = {
  readonly file: ReturnedFile;
  readonly issued: readonly IssuedParagraph[];
  readonly returned: readonly Paragraph[];
};

/** Issued paragraphs laid beside returned ones. */
export type Passage = {
  /** Indexes in the story of the first issued and the first returned paragraph. */
  readonly first: number;
  readonly from: number;
  readonly tokens: readonly ReturnedToken[];
  readonly solution: Solution;
  /** The issued paragraphs that have words, counted from the first. */
  readonly worded: ReadonlySet<number>;
};

/** Which issued paragraphs of a story are to be laid beside which returned ones; ends are not included. */
export type Extent = {
  readonly issuedFrom: number;
  readonly issuedTo: number;
  readonly from: number;
  readonly to: number;
};

export type PassageOptions = {
  /** How much may be compared. Defaults to 4,000,000: two tables of so many numbers take 64 MB. */
  readonly cells?: number;
  /** True for returned paragraphs that are not in place. Defaults to false. */
  readonly isMoved?: boolean;
};

/** Explains the returned paragraphs by the issued ones; undefined when there are too many to compare. */
export function solvePassage(
  story: StoryToRead,
  extent: Extent,
  { cells = 4_000_000, isMoved = false }: PassageOptions = {},
): Passage | undefined {
  const { issuedFrom: first, issuedTo, from, to } = extent;
  const issued = story.issued.slice(first, issuedTo);
  const grain = grainOf(issued);
  const lattice = buildLattice(issued, grain);
  const found = range(from, to).flatMap((index) =>
    returnedTokens(story.file, story.returned[index]!, index, grain),
  );
  const tokens = isMoved ? withoutPasting(found) : found;
  if (tableSize(lattice, tokens) > cells) return undefined;
  const solution = solveLattice(lattice, tokens);
  const outdone = outdoneClaims(solution, tokens);
  const settled = outdone.size === 0 ? solution : solveLattice(buildLattice(issued, grain, outdone), tokens);
  const worded = range(0, issued.length).filter((index) => hasWords(issued[index]!));
  return { first, from, tokens, solution: settled, worded: new Set(worded) };
}

function hasWords(paragraph: IssuedParagraph): boolean {
  return typeof paragraph === "object" && paragraph.segments.some(({ text }) => /[\p{L}\p{N}]/u.test(text));
}

/** Where a whole paragraph is somebody's insertion it was pasted, and that says nothing about the words in it. */
function withoutPasting(tokens: readonly ReturnedToken[]): ReturnedToken[] {
  const pasted = new Set<number>();
  for (const [paragraph, all] of Map.groupBy(tokens, (token) => token.paragraph)) {
    const words = all.filter(({ kind }) => kind === "word" || kind === "sign");
    if (words.every(({ isTheirInsertion }) => isTheirInsertion)) pasted.add(paragraph);
  }
  return tokens.map(({ theirs, ...token }) => {
    const isPasted = pasted.has(token.paragraph) && token.isTheirInsertion;
    if (isPasted) return { ...token, isTheirInsertion: false };
    return theirs === undefined ? token : { ...token, theirs };
  });
}

/**
 * Words of a person's own beside two suggestions belong to one of them: rather to one that replaces words than to one
 * that puts some in, and rather to that than to one that only takes some away. Gives the hunks they don't belong to.
 */
function outdoneClaims({ hunks }: Solution, tokens: readonly ReturnedToken[]): Set<number> {
  const outdone = new Set<number>();
  hunks.forEach((path, index) => {
    if (path.reading !== "other") return;
    const yieldsTo = (other: HunkPath | undefined): boolean =>
      other !== undefined &&
      other.hunk.of !== path.hunk.of &&
      claimOf(path) < claimOf(other) &&
      /other|edited/.test(other.reading) &&
      !tokens
        .slice(Math.min(path.end, other.end), Math.max(path.start, other.start))
        .some(({ kind }) => kind === "word" || kind === "mark");
    if (yieldsTo(hunks[index - 1]) || yieldsTo(hunks[index + 1])) outdone.add(index);
  });
  return outdone;
}

function claimOf({ hunk }: HunkPath): number {
  return (hunk.new.length > 0 ? 2 : 0) + (hunk.old.length > 0 ? 1 : 0);
}

/** Every issued word of the passage, and where it was found. */
export function allFound({ solution }: Passage): Found[] {
  return [...solution.context, ...solution.hunks.flatMap(({ found }) => found)];
}

/** The numbers from the first up to the second. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
