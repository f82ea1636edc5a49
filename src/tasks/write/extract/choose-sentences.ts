import { isTotalRow } from "../rank/sentence-worth.ts";
import { type Candidate, wholeList } from "./candidate-sentences.ts";
import { turnsMeaning } from "./find-lead-in.ts";
import type { SourceList } from "./source-list.ts";

export type ChooseOptions = {
  /** Length aimed at. */
  readonly words: number;
  /** Sentences that stand in the document already: what says the same is left out. */
  readonly said: readonly ReadonlySet<string>[];
  /** Nothing in particular is looked for: see `goodScore`. */
  readonly isSummary: boolean;
};

/** How much fitting counts against being new (maximal marginal relevance). */
const relevance = 0.75;
/** With this part of its words in another sentence, one says nothing new. */
const same = 0.7;
/** What fits less than this part of the best is padding. */
const leastShare = 0.28;

/** A list up to this long is taken whole, where it fits this many times what is left of the length. */
const [shortList, stretched] = [8, 1.5];
/** The same for a list of which a part would say something else than the whole. */
const stretchedFar = 3;

/**
 * The candidates that say most within the length without saying it twice, in reading order. A sentence that leans on
 * the one before it comes only with that one. A short list comes whole; a sentence that announces a list only with it.
 */
export function chooseSentences(
  candidates: readonly Candidate[],
  { words, said, isSummary }: ChooseOptions,
): readonly Candidate[] {
  const firsts = candidates.filter(({ leansOn }) => leansOn === undefined);
  const best = goodScore(
    firsts.map(({ score }) => score),
    isSummary,
  );
  const pool = withoutSummed(candidates).filter(
    ({ score, stems }) => score >= best * leastShare && !isSaid(stems, said),
  );
  const chosen: Candidate[] = [];
  const left = new Set(pool);
  const nearest = new Map<Candidate, number>();
  let length = 0;
  while (left.size > 0 && length < words) {
    const next = pickNext(left, chosen, nearest, best);
    if (next === undefined) break;
    left.delete(next);
    const room = { words: words - length, said };
    const taken = takeWith(next, room);
    // A long sentence at the end would overshoot by half.
    if (taken.length === 1 && chosen.length > 0 && length + next.words > words * 1.15 + 10) continue;
    for (const each of taken) {
      chosen.push(each);
      length += each.words;
    }
    for (const other of left) {
      const isTaken = taken[0]?.isWholeList === true && belongsTo(other, next.leads?.list ?? next.list);
      const shared = Math.max(0, ...taken.map(({ stems }) => shareIn(other.stems, stems)));
      if (isTaken || shared > same) left.delete(other);
      else nearest.set(other, Math.max(nearest.get(other) ?? 0, shared));
    }
  }
  return chosen.sort((a, b) => a.order - b.order);
}

/** The candidate, or the whole list that it is of or announces; nothing where it would promise or turn what is not there. */
function takeWith(
  next: Candidate,
  { words, said }: { readonly words: number; readonly said: ChooseOptions["said"] },
): readonly Candidate[] {
  const list = next.leads?.list ?? next.list;
  if (list === undefined) return [next];
  const before = list.items.indexOf(next.from) / 1000;
  const isPromise = next.leads !== undefined || (list.lead !== undefined && turnsMeaning(list.lead.quote));
  const stretch = isPromise ? stretchedFar : stretched;
  const whole = wholeList(list, next.leads?.order ?? next.order - before);
  const isFresh =
    whole !== undefined && whole.filter(({ stems }) => isSaid(stems, said)).length * 2 <= whole.length;
  if (isFresh && isShort(whole, words * stretch)) return whole;
  return isPromise ? [] : [next];
}

function isShort(whole: readonly Candidate[], words: number): boolean {
  return whole.length <= shortList && whole.reduce((sum, each) => sum + each.words, 0) <= words;
}

function isSaid(stems: ReadonlySet<string>, said: ChooseOptions["said"]): boolean {
  return said.some((other) => shareIn(stems, other) > same);
}

/** Whether a candidate is an item of the list that was taken, or the sentence that announces it. */
function belongsTo(other: Candidate, list: SourceList | undefined): boolean {
  return list !== undefined && (other.list === list || other.leads?.list === list);
}

/** Of a table that sums itself up, the sum: single rows beside it look like all there is. */
function withoutSummed(candidates: readonly Candidate[]): readonly Candidate[] {
  const tableOf = ({ from }: Candidate): string => `${from.header?.number ?? 0} ${from.source.name}`;
  const isTotal = ({ kind, text }: Candidate): boolean => kind === "row" && isTotalRow(text);
  const summed = new Set(candidates.filter(isTotal).map(tableOf));
  return candidates.filter((each) => each.kind !== "row" || isTotal(each) || !summed.has(tableOf(each)));
}

function pickNext(
  left: ReadonlySet<Candidate>,
  chosen: readonly Candidate[],
  nearest: ReadonlyMap<Candidate, number>,
  best: number,
): Candidate | undefined {
  const there = new Set(chosen.map(({ order }) => order));
  let found: { readonly candidate: Candidate; readonly gain: number } | undefined;
  for (const candidate of left) {
    if (candidate.leansOn !== undefined && !there.has(candidate.leansOn)) continue;
    const gain = relevance * (candidate.score / best) - (1 - relevance) * (nearest.get(candidate) ?? 0);
    if (gain > 0 && (found === undefined || gain > found.gain)) found = { candidate, gain };
  }
  return found?.candidate;
}

/** Part of the first set that the second has as well. */
function shareIn(stems: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const stem of stems) if (other.has(stem)) shared++;
  return stems.size === 0 ? 0 : shared / stems.size;
}

/** Part of the smaller set that both share. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  return shareIn(small, large);
}

/**
 * What a good one scores: the best. Where nothing in particular is looked for, the third best, so that one lucky match
 * does not shut out all others.
 */
export function goodScore(scores: readonly number[], isSummary: boolean): number {
  const sorted = [...scores].sort((a, b) => b - a);
  return sorted[isSummary ? Math.min(2, sorted.length - 1) : 0] ?? 0;
}
