import { goodScore } from "../extract/choose-sentences.ts";
import { indexPassages, keyOf } from "../rank/passage-index.ts";
import { type RankedPassage, rankPassages, usableWords } from "../rank/rank-passages.ts";
import { isSummaryHeading } from "../rank/section-topics.ts";
import { wordCount } from "../rank/stems.ts";
import type { PassageReference, Sources } from "../types.ts";
import type { SectionSeed } from "./section-seed.ts";

export type AssignOptions = {
  /** What the document is about, in the prompt's words. */
  readonly subject: string;
  /** Length of each section, beside the seeds. */
  readonly words: readonly number[];
};

/** Passages below this part of a section's best are not about it. */
const leastShare = 0.13;
/** A section is offered this many times its length to choose from. */
const choice = 3;
const mostPassages = 60;
/** A long turn of a call holds only so much of use. */
const mostCounted = 90;
const leastCounted = 5;

const shareToShare = 0.5;
const severalSentences = 30;

type Offer = { readonly section: number; readonly passage: RankedPassage; readonly share: number };

/** The passages each section may use, in reading order, what was said in calls behind what was written; each passage in the section that it fits best. */
export function assignPassages(
  seeds: readonly SectionSeed[],
  sources: Sources,
  { subject, words }: AssignOptions,
): readonly (readonly PassageReference[])[] {
  const offers = seeds.map((seed, section) =>
    words[section] === 0 ? [] : offersFor(seed, section, sources, subject),
  );
  const taken = new Map<string, number>();
  const chosen = seeds.map((): RankedPassage[] => []);
  const used = seeds.map(() => 0);
  for (const offer of offers.flat().sort((a, b) => b.share - a.share)) {
    const { section, passage } = offer;
    const room = Math.max((words[section] ?? 0) * choice, 120);
    const key = keyOf(passage.reference);
    const times = taken.get(key) ?? 0;
    if (times >= 1 && !mayBeShared(offer, times)) continue;
    if (used[section]! >= room || chosen[section]!.length >= mostPassages) continue;
    taken.set(key, times + 1);
    chosen[section]!.push(passage);
    used[section]! += Math.min(mostCounted, Math.max(leastCounted, usableWords(passage.passage)));
  }
  for (const [section, own] of chosen.entries()) if (own.length < 2) shareBest(own, offers[section] ?? []);
  return chosen.map((passages) => inReadingOrder(passages, sources));
}

/** A paragraph of several sentences may say something for a second section; the same sentence is not quoted twice. */
function mayBeShared({ passage, share }: Offer, times: number): boolean {
  return times < 2 && share >= shareToShare && wordCount(passage.passage.text) >= severalSentences;
}

function offersFor(seed: SectionSeed, section: number, sources: Sources, subject: string): Offer[] {
  const own = new Set((seed.own ?? []).map(keyOf));
  const ranked =
    seed.isChapter === true
      ? rankedAlone(seed, sources)
      : rankPassages({ heading: seed.heading, purpose: seed.purpose, prompt: subject }, sources);
  const best = goodScore(
    ranked.map(({ score }) => score),
    seed.isChapter === true || isSummaryHeading(seed.heading),
  );
  const offers = ranked.map((passage): Offer => {
    const share = passage.score / best;
    return { section, passage, share: own.has(keyOf(passage.reference)) ? 1 + share : share };
  });
  const known = new Set(ranked.map(({ reference }) => keyOf(reference)));
  return [
    ...offers.filter(({ share }) => share >= leastShare),
    ...ownOffers(seed, section, sources).filter(({ passage }) => !known.has(keyOf(passage.reference))),
  ];
}

/** What a source comes back to, as in a summary of it alone. */
function rankedAlone({ own = [] }: SectionSeed, sources: Sources): readonly RankedPassage[] {
  const names = new Set(own.map(({ source }) => source));
  return rankPassages({ heading: "Summary" }, sources).filter(({ source }) => names.has(source.name));
}

/** What stands under the heading in its source belongs to it, whatever its words. */
function ownOffers({ own = [] }: SectionSeed, section: number, sources: Sources): Offer[] {
  const { at } = indexPassages(sources);
  return own.flatMap((reference, place): Offer[] => {
    const found = at(reference);
    if (found === undefined || found.passage.kind === "heading") return [];
    const { source, passage } = found;
    return [{ section, share: 1 - place / 10_000, passage: { reference, source, passage, score: 0.01 } }];
  });
}

/** A section with next to nothing may share what another one has. */
function shareBest(own: RankedPassage[], offers: readonly Offer[]): void {
  for (const { passage } of offers) {
    if (own.length >= 3) return;
    if (!own.includes(passage)) own.push(passage);
  }
}

function inReadingOrder(passages: readonly RankedPassage[], { texts }: Sources): PassageReference[] {
  const place = new Map(
    texts.map(({ name, format }, index) => [name, index + (format === "transcript" ? texts.length : 0)]),
  );
  return passages
    .map(({ reference }) => reference)
    .sort((a, b) => (place.get(a.source) ?? 0) - (place.get(b.source) ?? 0) || a.passage - b.passage);
}
