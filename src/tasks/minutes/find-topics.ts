import type { Transcript } from "../../files/transcript/transcript.ts";
import type { Topic } from "./types.ts";
import { isStopWord, numberWord, stemOf, wordsOf } from "./words.ts";

const BLOCK_WORDS = 80;
const MOST_TOPICS = 12;

/** Words that say when or how, and make poor titles. */
const NO_TITLE =
  /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$|^(?:january|february|march|april|june|july|august|september|october|november|december)$|^(?:today|tomorrow|time|times|week|weeks|month|months|year|years|next|last|minute|minutes|hour|hours|perfect|sorry|later|again|already|always|almost|another|around|between|course|else|enough|everybody|hear|honestly|idea|instead|less|little|long|loud|matter|mention|moment|nice|number|only|other|part|perhaps|place|pretty|problem|quick|quickly|reason|same|send|show|side|simply|since|start|still|talk|tell|there|together|true|used|using|usually|work|works|working|yet|agreed|decided|whatever|somehow|especially|exactly|definitely|absolutely|obviously|either|rather|second|seconds|guess|sense|sounds|trying|happen|happened|happens|called|making|having|doing|being|looking|saying|talking|thinking|better|best|bigger|small|large|whether|without|within|while|disfmarker|vocalsound|gap|inaudible|laughter)$/u;

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

/** How the speech most often writes each stem, capitals of names kept. */
function surfaceForms(texts: readonly string[]): ReadonlyMap<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const text of texts) {
    for (const match of text.matchAll(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)) {
      const isFirst = /(?:^|[.!?]\s+)$/u.test(text.slice(0, match.index));
      const word = isFirst && !/\p{Lu}.*\p{Lu}/u.test(match[0]) ? match[0].toLowerCase() : match[0];
      const forms = counts.get(stemOf(match[0].toLowerCase())) ?? new Map<string, number>();
      forms.set(word, (forms.get(word) ?? 0) + 1);
      counts.set(stemOf(match[0].toLowerCase()), forms);
    }
  }
  return new Map(
    [...counts].map(([stem, forms]) => [stem, [...forms].sort((a, b) => b[1] - a[1])[0]?.[0] ?? stem]),
  );
}

/** Pairs of meaningful words that stand side by side at least twice: `rate limits`, `data set`. */
function pairsOf(texts: readonly string[]): Map<string, number> {
  const pairs = new Map<string, number>();
  for (const text of texts) {
    for (const match of text
      .toLowerCase()
      .matchAll(/(?=(?<![\p{L}\p{N}])([\p{L}][\p{L}-]{2,}) ([\p{L}][\p{L}-]{2,})(?![\p{L}\p{N}]))/gu)) {
      const [, a = "", b = ""] = match;
      if (isStopWord(a) || isStopWord(b)) continue;
      const key = `${stemOf(a)} ${stemOf(b)}`;
      pairs.set(key, (pairs.get(key) ?? 0) + 1);
    }
  }
  return pairs;
}

/** The words that set a stretch apart from the rest of the call, written as they were spoken. */
function titleOf(
  texts: readonly string[],
  bag: Bag,
  others: number,
  spread: ReadonlyMap<string, number>,
  names: ReadonlySet<string>,
): string {
  const weightOf = (stem: string): number => Math.log(1 + others / (spread.get(stem) ?? 1));
  const forms = surfaceForms(texts);
  const scored = [...bag]
    .filter(
      ([stem, count]) =>
        (count > 1 || bag.size < 30) &&
        !names.has(stem) &&
        numberWord(forms.get(stem) ?? stem) === undefined &&
        !NO_TITLE.test((forms.get(stem) ?? stem).toLowerCase()),
    )
    .map(([stem, count]) => ({ stem, score: (1 + Math.log(count)) * weightOf(stem) }));
  const score = new Map(scored.map((one) => [one.stem, one.score]));
  const pairs = [...pairsOf(texts)]
    .filter(([pair, count]) => count > 1 && pair.split(" ").every((stem) => score.has(stem)))
    .map(([pair, count]) => ({
      stem: pair,
      score:
        pair.split(" ").reduce((sum, stem) => sum + (score.get(stem) ?? 0), 0) * (count > 2 ? 0.9 : 0.75),
    }));
  const chosen: string[] = [];
  const used = new Set<string>();
  for (const { stem } of [...pairs, ...scored].sort((a, b) => b.score - a.score)) {
    const parts = stem.split(" ");
    if (parts.some((part) => used.has(part))) continue;
    for (const part of parts) used.add(part);
    chosen.push(parts.map((part) => forms.get(part) ?? part).join(" "));
    if (chosen.length === 3) break;
  }
  const title = chosen.join(", ");
  return title === "" ? "Other" : title.charAt(0).toUpperCase() + title.slice(1);
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
  for (const [index, cut] of cuts.slice(0, -1).entries()) {
    const group = blocks.slice(cut, cuts[index + 1]);
    const firstCue = group[0]?.from ?? 0;
    const lastCue = group.at(-1)?.to ?? firstCue;
    const cues = transcript.cues.slice(firstCue, lastCue + 1);
    const start = cues.find((cue) => cue.time !== undefined)?.time;
    const end = cues.findLast((cue) => cue.time !== undefined)?.time;
    const texts = cues.map((cue) => cue.text.replace(/\{[^{}]*\}/gu, " "));
    topics.push({
      title: titleOf(texts, bagOf(texts), blocks.length, spread, names),
      ...(start === undefined ? {} : { start }),
      ...(end === undefined ? {} : { end }),
      firstCue,
      lastCue,
    });
  }
  return topics;
}
