import { type Paragraph, paragraphText } from "../files/index.ts";
import { isTouched } from "./issued-stories.ts";
import type { IssuedParagraph } from "./ledger-types.ts";
import { hashText } from "./normalise-text.ts";
import { hasOwnWords, type PlaceReading, unlessDoubtful } from "./place-reading.ts";
import { hasWords } from "./read-hunk.ts";

/**
 * Suggestions about whole paragraphs of the same words with nothing but such between them: what is left may be any of
 * them, so where they are read differently nobody knows which is which.
 */
export function unlessExchangeable(
  places: readonly PlaceReading[],
  issued: readonly IssuedParagraph[],
): PlaceReading[] {
  const byParagraph = Map.groupBy(places, ({ paragraph }) => paragraph);
  const doubtful = new Set<number>();
  for (const [index, group] of byParagraph) {
    if (hasOwnWords(issued[index])) continue;
    for (const other of likeAfter(issued, index)) {
      const outcomes = new Set([...group, ...(byParagraph.get(other) ?? [])].map(({ outcome }) => outcome));
      if (outcomes.size > 1) doubtful.add(index).add(other);
    }
  }
  return places.map((place) => ({ ...place, ...unlessDoubtful(place, doubtful.has(place.paragraph)) }));
}

/**
 * A paragraph that is read one way although it stands somewhere as it would the other way, and no other one was issued
 * like that, may have changed places with a like one: nobody knows then.
 */
export function unlessElsewhere(
  places: readonly PlaceReading[],
  issued: readonly IssuedParagraph[],
  returned: readonly Paragraph[],
): PlaceReading[] {
  const standing = new Set(returned.map((each) => hashText(paragraphText(each))));
  const counts = new Map<string, number>();
  for (const hash of issued.flatMap(hashesOf)) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  return places.map((place) => {
    const paragraph = issued[place.paragraph];
    const [before, after] = typeof paragraph === "object" ? paragraph.hash.split("/") : [];
    if (!hasWords(place.hunk)) return place;
    const other = place.outcome === "accepted" ? before : place.outcome === "rejected" ? after : undefined;
    const isElsewhere = other !== undefined && other !== "" && counts.get(other) === 1 && standing.has(other);
    return { ...place, ...unlessDoubtful(place, isElsewhere && after !== undefined) };
  });
}

/** Indexes of later paragraphs that are all suggestion and have the same words, as long as nothing else comes between. */
function likeAfter(issued: readonly IssuedParagraph[], index: number): number[] {
  const own = hashesOf(issued[index]);
  const found: number[] = [];
  for (let at = index + 1; at < issued.length; at++) {
    const paragraph = issued[at]!;
    const isLike = hashesOf(paragraph).some((hash) => own.includes(hash));
    const isAllSuggestion = typeof paragraph === "object" && isTouched(paragraph) && !hasOwnWords(paragraph);
    if (isLike && isAllSuggestion) found.push(at);
    else if (!isLike && !isAllSuggestion && hashesOf(paragraph).length > 0) break;
  }
  return found;
}

/** Hashes of the paragraph with changes refused and accepted, those of no text left out. */
export function hashesOf(paragraph: IssuedParagraph | undefined): string[] {
  const hash = typeof paragraph === "object" ? paragraph.hash : (paragraph ?? "");
  return hash.split("/").filter((each) => each !== "");
}
