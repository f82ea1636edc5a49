import { type Paragraph, paragraphText } from "../files/index.ts";
import { alignParagraphs } from "./align-paragraphs.ts";
import { flankedParagraphs } from "./flanked.ts";
import { isTouched } from "./issued-stories.ts";
import type { IssuedText } from "./ledger-types.ts";
import { hashesOf, unlessElsewhere, unlessExchangeable } from "./like-paragraphs.ts";
import { heldParagraphs, lostParagraphs } from "./lost-paragraphs.ts";
import { type Elsewhere, findMovedPassage } from "./moved-passage.ts";
import { hashText } from "./normalise-text.ts";
import { allFound, type Passage, range, type StoryToRead, solvePassage } from "./passage.ts";
import { hasOwnWords, type PlaceReading, placeReading } from "./place-reading.ts";
import { goneLooks, type LookReading, readParagraphLooks, readTextLooks, showsLook } from "./read-looks.ts";

/** What became of a story's suggestions: place by place, and word by word where formatting was changed. */
export type StoryReading = {
  readonly places: readonly PlaceReading[];
  readonly looks: readonly LookReading[];
};

/** Issued paragraphs with suggestions in a passage: those found there, and those that are not there. */
type GapReading = {
  readonly passage: Passage;
  readonly there: readonly number[];
  readonly lost: readonly number[];
};

/** Reads every place of every suggestion of a story, moved paragraphs included. */
export function readStory(story: StoryToRead): StoryReading {
  const { gaps, anchored, edited, often, missing } = alignParagraphs(story.issued, story.returned);
  const readings = gaps.map((gap): GapReading => {
    const touched = range(gap.issuedFrom, gap.issuedTo).filter((index) => isTouchedAt(story, index));
    const passage = solvePassage(story, gap);
    if (passage === undefined) {
      const empty = { hunks: [], context: [] };
      const { issuedFrom: first, from } = gap;
      const none = { first, from, tokens: [], solution: empty, worded: new Set<number>() };
      return { passage: none, there: [], lost: touched };
    }
    const lost = lostParagraphs(passage, touched);
    return { passage, there: touched.filter((index) => !lost.includes(index)), lost };
  });
  // Where one of several like paragraphs is missing, nobody knows which of them came back.
  const lost = readings
    .flatMap((reading) => reading.lost)
    .filter((index) => hasOwnWords(story.issued[index]));
  const lostHashes = lost.flatMap((index) => hashesOf(story.issued[index]));
  const doubtful = new Set([...missing, ...lostHashes].filter((hash) => often.has(hash)));
  const isOften = (index: number): boolean => hashesOf(story.issued[index]).some((hash) => often.has(hash));
  const flanked = new Set(
    readings.flatMap(({ passage }, at) => [...flankedParagraphs(gaps[at]!, story.issued, passage, isOften)]),
  );
  const isRepeated = (index: number): boolean =>
    !flanked.has(index) && hashesOf(story.issued[index]).some((hash) => doubtful.has(hash));
  // A lost paragraph may be anywhere but where another one was found.
  const held = readings.flatMap((reading) => [...heldParagraphs(reading.passage, reading.lost)]);
  const elsewhere = { taken: new Set([...anchored, ...held]), edited };
  const all = readings.flatMap((reading) => [
    readThere(story, reading.passage, reading.there, isRepeated),
    ...reading.lost.map((index) => {
      // One that was found elsewhere may be another one of the same words.
      const isDoubtful = { inPlace: isRepeated(index), elsewhere: isRepeated(index) || isOften(index) };
      return readLost(story, reading.passage, index, elsewhere, isDoubtful);
    }),
  ]);
  const places = all.flatMap((reading) => reading.places);
  return {
    places: unlessElsewhere(unlessExchangeable(places, story.issued), story.issued, story.returned),
    looks: all.flatMap(({ looks }) => looks),
  };
}

function isTouchedAt({ issued }: StoryToRead, index: number): boolean {
  const paragraph = issued[index];
  return typeof paragraph === "object" && isTouched(paragraph);
}

/** Reads the suggestions in those paragraphs, which were found in the passage. */
function readThere(
  story: StoryToRead,
  passage: Passage,
  paragraphs: readonly number[],
  isRepeated: (index: number) => boolean,
): StoryReading {
  const { first, solution } = passage;
  const isWanted = (paragraph: number): boolean => paragraphs.includes(first + paragraph);
  return {
    places: solution.hunks
      .filter(({ hunk }) => isWanted(hunk.paragraph))
      .map((path) => placeReading(path, passage, isRepeated(first + path.hunk.paragraph))),
    looks: paragraphs.flatMap((index) => looksOf(story, passage, index, isRepeated(index))),
  };
}

/** What became of the formatting of an issued paragraph that was found in the passage. */
function looksOf(
  { file, issued, returned }: StoryToRead,
  passage: Passage,
  index: number,
  isRepeated: boolean,
): LookReading[] {
  const paragraph = issued[index];
  const hasLooks = typeof paragraph === "object" && changesLooks(paragraph);
  if (!hasLooks) return [];
  const found = allFound(passage).filter(({ token }) => passage.first + token.paragraph === index);
  const stands = found.filter(({ at }) => at >= 0);
  const words = stands.filter(({ token }) => token.kind === "word");
  const [start] = words.length > 0 ? words : stands;
  const home = start === undefined ? undefined : returned[passage.tokens[start.at]!.paragraph];
  const looks = [
    ...readParagraphLooks(file, paragraph, home),
    ...readTextLooks(file, found, passage.tokens, returned),
  ];
  // A like paragraph has the old formatting too, and may have been taken for this one.
  const hashes = hashesOf(paragraph);
  const isLike = (each: Paragraph): boolean =>
    each !== home && hashes.includes(hashText(paragraphText(each)));
  return looks.map((look) => {
    if (look.state !== "old") return look;
    const isDoubtful =
      isRepeated || returned.some((each) => isLike(each) && showsLook(file, each, look.issued));
    return isDoubtful ? { ...look, state: "unknown" } : look;
  });
}

function changesLooks({ looks, segments }: IssuedText): boolean {
  return looks !== undefined || segments.some((each) => each.looks !== undefined);
}

/** Looks for a lost paragraph among all that did not come back in place; when it is nowhere, it was removed. */
function readLost(
  story: StoryToRead,
  passage: Passage,
  index: number,
  elsewhere: Elsewhere,
  isDoubtful: { readonly inPlace: boolean; readonly elsewhere: boolean },
): StoryReading {
  const { first, from, tokens, solution } = passage;
  const paths = solution.hunks.filter(({ hunk }) => first + hunk.paragraph === index);
  const last = Math.max(index, ...paths.map(({ hunk }) => first + hunk.lastParagraph));
  const moved = findMovedPassage(story, index, last, elsewhere);
  if (moved !== undefined) {
    const { places, looks } = readThere(story, moved, [index], () => isDoubtful.elsewhere);
    return { places: places.map((place) => ({ ...place, certainty: 0.5 * place.certainty })), looks };
  }
  const hasContext = hasOwnWords(story.issued[index]);
  const places = paths.map((path): PlaceReading => {
    // A whole paragraph that was to go, or to come, has no words of its own around it.
    if (!hasContext) return placeReading(path, passage, isDoubtful.inPlace);
    const { hunk, start, end } = path;
    const place = { of: hunk.of, hunk, paragraph: index, from, tokens, start, end, isSure: false };
    return { ...place, outcome: "removed", certainty: 1, decidedBy: [] };
  });
  return { places, looks: goneLooks(story.issued[index]) };
}
