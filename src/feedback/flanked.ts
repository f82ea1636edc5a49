import type { Gap } from "./align-paragraphs.ts";
import { isTouched } from "./issued-stories.ts";
import type { IssuedParagraph } from "./ledger-types.ts";
import { allFound, type Passage } from "./passage.ts";
import { hasOwnWords } from "./place-reading.ts";

/** First and last returned paragraph that words of an issued one stand in. */
type Stand = { readonly first: number; readonly last: number };

/**
 * The issued paragraphs of a gap that stand right beside a neighbour whose text stands nowhere else: whatever like
 * paragraphs there are, these are the ones that were meant.
 */
export function flankedParagraphs(
  gap: Gap,
  issued: readonly IssuedParagraph[],
  passage: Passage,
  isOften: (index: number) => boolean,
): Set<number> {
  const stands = standsOf(passage);
  // The fixed points on both sides.
  stands.set(gap.issuedFrom - 1, { first: gap.from - 1, last: gap.from - 1 });
  stands.set(gap.issuedTo, { first: gap.to, last: gap.to });
  // What only suggestions put there, or take away, may be gone.
  const isBlank = (index: number): boolean =>
    isEmpty(issued[index]) || (isAllSuggestion(issued[index]) && !stands.has(index));
  const flanked = new Set<number>();
  for (let index = gap.issuedFrom; index < gap.issuedTo; index++) {
    const before = neighbour(index, -1, isBlank);
    const after = neighbour(index, 1, isBlank);
    const [own, left, right] = [stands.get(index), stands.get(before), stands.get(after)];
    const isBeside = (one: Stand | undefined, other: Stand | undefined): boolean =>
      one !== undefined && other !== undefined && other.first >= one.last && other.first - one.last <= 1;
    const holds =
      own === undefined
        ? isBeside(left, right) && !(isOften(before) && isOften(after))
        : (isBeside(left, own) && !isOften(before)) || (isBeside(own, right) && !isOften(after));
    if (holds) flanked.add(index);
  }
  return flanked;
}

function standsOf(passage: Passage): Map<number, Stand> {
  const stands = new Map<number, Stand>();
  for (const { token, at } of allFound(passage)) {
    if (at < 0 || token.kind !== "word") continue;
    const index = passage.first + token.paragraph;
    const { paragraph } = passage.tokens[at]!;
    const known = stands.get(index) ?? { first: paragraph, last: paragraph };
    stands.set(index, { first: Math.min(known.first, paragraph), last: Math.max(known.last, paragraph) });
  }
  return stands;
}

function isAllSuggestion(paragraph: IssuedParagraph | undefined): boolean {
  return typeof paragraph === "object" && isTouched(paragraph) && !hasOwnWords(paragraph);
}

function isEmpty(paragraph: IssuedParagraph | undefined): boolean {
  if (paragraph === undefined) return false;
  return (typeof paragraph === "string" ? paragraph : paragraph.hash) === "";
}

function neighbour(index: number, step: number, isBlank: (index: number) => boolean): number {
  let at = index + step;
  while (isBlank(at)) at += step;
  return at;
}
