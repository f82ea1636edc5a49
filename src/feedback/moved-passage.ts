import { findMoved } from "./find-moved.ts";
import { pictureText } from "./known-pictures.ts";
import type { IssuedText } from "./ledger-types.ts";
import { lostParagraphs } from "./lost-paragraphs.ts";
import { type Passage, range, type StoryToRead, solvePassage } from "./passage.ts";
import { returnedTokens } from "./returned-tokens.ts";

/** Returned paragraphs that hold others than the lost one, and those that seem to. */
export type Elsewhere = { readonly taken: ReadonlySet<number>; readonly edited: ReadonlySet<number> };

// One that stands elsewhere was moved as it was.
const leastMoved = 0.75;

/** Lays issued paragraphs beside the returned ones that are most like them; undefined when none are. */
export function findMovedPassage(
  story: StoryToRead,
  issuedFrom: number,
  last: number,
  { taken, edited }: Elsewhere,
): Passage | undefined {
  const issued = story.issued[issuedFrom] as IssuedText;
  const from = findPicture(story, issued) ?? findMoved(issued, story.returned, taken, edited);
  if (from === undefined) return undefined;
  const to = Math.min(from + last + 1 - issuedFrom, story.returned.length);
  const extent = { issuedFrom, issuedTo: last + 1, from, to };
  const passage = solvePassage(story, extent, { cells: 40_000_000, isMoved: true });
  const isMoved = passage !== undefined && lostParagraphs(passage, [issuedFrom], leastMoved).length === 0;
  return isMoved ? passage : undefined;
}

/** Where the picture is that stands alone in the issued paragraph. */
function findPicture({ file, returned }: StoryToRead, { segments }: IssuedText): number | undefined {
  const [only] = segments;
  if (segments.length !== 1 || only?.picture === undefined) return undefined;
  return range(0, returned.length).find((index) => {
    const { spans } = returned[index]!;
    if (!spans.some(({ lock, text }) => lock === "object" && text === "")) return false;
    const tokens = returnedTokens(file, returned[index]!, index, "words");
    return tokens.some(({ text }) => text === pictureText + only.picture!.hash);
  });
}
