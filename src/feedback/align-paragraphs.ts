import type { Paragraph } from "../files/index.ts";
import { hashOf, isTouched } from "./issued-stories.ts";
import type { IssuedParagraph } from "./ledger-types.ts";
import { type Entry, type Pair, pairEntries } from "./pair-entries.ts";

/** Issued paragraphs from `issuedFrom` up to `issuedTo` stand where the returned ones from `from` up to `to` do. */
export type Gap = {
  readonly issuedFrom: number;
  readonly issuedTo: number;
  readonly from: number;
  readonly to: number;
};

export type Alignment = {
  /** Stretches with suggestions, between paragraphs that came back as they went out. */
  readonly gaps: readonly Gap[];
  /** Indexes of returned paragraphs that came back as they went out. */
  readonly anchored: ReadonlySet<number>;
  /** Indexes of returned paragraphs that stand where as many issued ones without suggestions did. */
  readonly edited: ReadonlySet<number>;
  /** Hashes of issued texts that stand more than once. */
  readonly often: ReadonlySet<string>;
  /** Hashes of issued paragraphs without suggestions that did not come back in place. */
  readonly missing: ReadonlySet<string>;
};

/**
 * Finds the issued paragraphs again by their text, with changes refused or accepted: ids are no help after a save by
 * another program. Paragraphs without suggestions that came back unchanged are fixed points; the rest lies between.
 */
export function alignParagraphs(
  issued: readonly IssuedParagraph[],
  returned: readonly Paragraph[],
): Alignment {
  const before = issued.map((each, index): Entry => {
    const hash = typeof each === "string" ? each : each.hash;
    return { index, hashes: hash.split("/"), isWeak: typeof each !== "string" && isTouched(each) };
  });
  const after = returned.map(
    (each, index): Entry => ({ index, hashes: hashOf(each).split("/"), isWeak: false }),
  );
  const [oldTexts, newTexts] = [before.filter(hasText), after.filter(hasText)];
  const pairs = withoutDoubtful(pairEntries(oldTexts, newTexts), oldTexts, newTexts);
  const fixed = pairs.filter(([one]) => !one.isWeak).map(([one, other]) => [one.index, other.index] as const);
  const gaps: Gap[] = [];
  const edited = new Set<number>();
  let [issuedFrom, from] = [0, 0];
  for (const [at, other] of [...fixed, [issued.length, returned.length] as const]) {
    const between = after.slice(from, other).filter(hasText);
    if (before.slice(issuedFrom, at).some(({ isWeak }) => isWeak))
      gaps.push({ issuedFrom, issuedTo: at, from, to: other });
    else if (between.length <= before.slice(issuedFrom, at).filter(hasText).length)
      for (const { index } of between) edited.add(index);
    [issuedFrom, from] = [at + 1, other + 1];
  }
  const anchored = new Set(fixed.map(([, other]) => other));
  const often = new Set([...countHashes(oldTexts)].flatMap(([hash, count]) => (count > 1 ? [hash] : [])));
  const paired = new Set(fixed.map(([at]) => at));
  const missing = oldTexts.filter(({ index, isWeak }) => !isWeak && !paired.has(index));
  return { gaps, anchored, edited, often, missing: new Set(missing.flatMap(({ hashes }) => hashes)) };
}

/** Where the same text stands several times, only one beside another pair is certain to be the right one. */
function withoutDoubtful(pairs: readonly Pair[], before: readonly Entry[], after: readonly Entry[]): Pair[] {
  const [countsBefore, countsAfter] = [countHashes(before), countHashes(after)];
  const [placeBefore, placeAfter] = [places(before), places(after)];
  const isOften = ({ hashes }: Entry): boolean =>
    hashes.some((hash) => (countsBefore.get(hash) ?? 0) > 1 || (countsAfter.get(hash) ?? 0) > 1);
  return pairs.filter(([one, other], index) => {
    const isBeside = (pair: Pair | undefined, step: number): boolean =>
      pair !== undefined &&
      placeBefore.get(pair[0]) === placeBefore.get(one)! + step &&
      placeAfter.get(pair[1]) === placeAfter.get(other)! + step;
    return !isOften(one) || isBeside(pairs[index - 1], -1) || isBeside(pairs[index + 1], 1);
  });
}

function countHashes(entries: readonly Entry[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const hash of entries.flatMap(({ hashes }) => hashes)) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  return counts;
}

function places(entries: readonly Entry[]): Map<Entry, number> {
  return new Map(entries.map((entry, at) => [entry, at]));
}

function hasText({ hashes }: Entry): boolean {
  return hashes.some((hash) => hash !== "");
}
