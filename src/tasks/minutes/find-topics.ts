import type { Transcript } from "../../files/transcript/transcript.ts";
import { nameTopic, verbsOf } from "./name-topic.ts";
import type { Topic } from "./types.ts";
import { isStopWord, stemOf, wordsOf } from "./words.ts";

const BLOCK_WORDS = 80;
const MOST_TOPICS = 12;

type Bag = Map<string, number>;

function bagOf(texts: readonly string[]): Bag {
  const bag: Bag = new Map();
  for (const text of texts) {
    for (const word of wordsOf(text)) {
      if (word.length < 4 || isStopWord(word) || /^\d/u.test(word)) continue;
      const stem = stemOf(word);
      bag.set(stem, (bag.get(stem) ?? 0) + 1);
    }
  }
  return bag;
}

function cosine(a: Bag, b: Bag, weight: (stem: string) => number): number {
  let dot = 0;
  let left = 0;
  let right = 0;
  for (const [stem, count] of a) {
    const value = count * weight(stem);
    left += value * value;
    dot += value * (b.get(stem) ?? 0) * weight(stem);
  }
  for (const [stem, count] of b) right += (count * weight(stem)) ** 2;
  return left === 0 || right === 0 ? 0 : dot / Math.sqrt(left * right);
}

function merged(bags: readonly Bag[]): Bag {
  const sum: Bag = new Map();
  for (const bag of bags) for (const [stem, count] of bag) sum.set(stem, (sum.get(stem) ?? 0) + count);
  return sum;
}

type Block = { readonly from: number; readonly to: number; readonly bag: Bag };

/** Cues in blocks of about as many words, the unit that is compared (TextTiling's token sequences). */
function blocksOf(transcript: Transcript): Block[] {
  const total = transcript.cues.reduce((sum, cue) => sum + cue.text.length / 6, 0);
  const size = Math.max(BLOCK_WORDS / 2, Math.min(BLOCK_WORDS * 3, total / 60));
  const blocks: Block[] = [];
  let from = 0;
  let words = 0;
  for (const [index, cue] of transcript.cues.entries()) {
    words += cue.text.length / 6;
    if (words >= size || index === transcript.cues.length - 1) {
      blocks.push({
        from,
        to: index,
        bag: bagOf(transcript.cues.slice(from, index + 1).map((one) => one.text)),
      });
      from = index + 1;
      words = 0;
    }
  }
  return blocks;
}

/** Gaps between blocks where the words change most against their surroundings (Hearst 1997, depth score). */
function boundariesOf(blocks: readonly Block[], weight: (stem: string) => number): number[] {
  const reach = 3;
  const scores: number[] = [];
  for (let gap = 1; gap < blocks.length; gap++) {
    const left = merged(blocks.slice(Math.max(0, gap - reach), gap).map((block) => block.bag));
    const right = merged(blocks.slice(gap, gap + reach).map((block) => block.bag));
    scores.push(cosine(left, right, weight));
  }
  const depth = scores.map((score, index) => {
    let left = score;
    for (let at = index - 1; at >= 0 && (scores[at] ?? 0) >= left; at--) left = scores[at] ?? left;
    let right = score;
    for (let at = index + 1; at < scores.length && (scores[at] ?? 0) >= right; at++)
      right = scores[at] ?? right;
    return left - score + (right - score);
  });
  const mean = depth.reduce((sum, one) => sum + one, 0) / Math.max(1, depth.length);
  const spread = Math.sqrt(
    depth.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, depth.length),
  );
  const order = depth.map((score, index) => ({ score, gap: index + 1 })).sort((a, b) => b.score - a.score);
  const wanted = Math.min(MOST_TOPICS - 1, Math.max(0, Math.round(1.6 * Math.sqrt(blocks.length)) - 1));
  const chosen: number[] = [];
  for (const { score, gap } of order) {
    if (chosen.length >= wanted || score < Math.max(0.02, mean - spread / 2)) break;
    if (gap >= 2 && gap <= blocks.length - 1 && chosen.every((other) => Math.abs(other - gap) >= 2))
      chosen.push(gap);
  }
  return chosen.sort((a, b) => a - b);
}

/** Cuts the call where its words change and names each stretch by its own terms; no word is invented. */
export function findTopics(transcript: Transcript): Topic[] {
  const blocks = blocksOf(transcript);
  if (blocks.length === 0) return [];
  const spread = new Map<string, number>();
  for (const block of blocks)
    for (const stem of block.bag.keys()) spread.set(stem, (spread.get(stem) ?? 0) + 1);
  const weight = (stem: string): number => Math.log(1 + blocks.length / (spread.get(stem) ?? 1));
  const cuts = [0, ...boundariesOf(blocks, weight), blocks.length];
  const names = new Set(transcript.speakers.flatMap((speaker) => wordsOf(speaker.name).map(stemOf)));
  const topics: Topic[] = [];
  const taken = new Set<string>();
  const verbs = verbsOf(transcript.cues.map((cue) => cue.text));
  for (const [index, cut] of cuts.slice(0, -1).entries()) {
    const group = blocks.slice(cut, cuts[index + 1]);
    const firstCue = group[0]?.from ?? 0;
    const lastCue = group.at(-1)?.to ?? firstCue;
    const cues = transcript.cues.slice(firstCue, lastCue + 1);
    const start = cues.find((cue) => cue.time !== undefined)?.time;
    const end = cues.findLast((cue) => cue.time !== undefined)?.time;
    const texts = cues.map((cue) => cue.text.replace(/\{[^{}]*\}/gu, " "));
    const title = nameTopic(texts, { blocks: blocks.length, spread, names, verbs, taken });
    for (const part of title.toLowerCase().split(", ")) taken.add(wordsOf(part).map(stemOf).join(" "));
    topics.push({
      title,
      ...(start === undefined ? {} : { start }),
      ...(end === undefined ? {} : { end }),
      firstCue,
      lastCue,
    });
  }
  return topics;
}
