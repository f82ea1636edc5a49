import type { TranslationEngine } from "../../../models/translation/translation-engine.ts";
import { carryCodes } from "../codes/carry-codes.ts";
import { encodeFor } from "../codes/encode-for.ts";
import { mendTarget } from "../mend-target.ts";
import { hasWords, segmentJobs } from "../segment-jobs.ts";
import { joinTargets } from "../segments/join-targets.ts";
import { untrimTarget } from "../segments/trim-segment.ts";
import { liveWords } from "./policies/live-words.ts";
import type { TargetHypothesis } from "./policies/target-agreement.ts";
import { unitOf } from "./translate-lines.ts";

export type TranslatePartialOptions = {
  /** BCP 47 tags. */
  readonly from: string;
  readonly to: string;
  readonly engine: TranslationEngine;
  /** The line's sentences that are translated, by their text: they aren't again. Those that no longer occur are taken out. */
  readonly known: Map<string, string>;
  readonly signal: AbortSignal;
};

/** A line that isn't over, translated without checks; `undefined` where the engine has no answer. */
export async function translatePartial(
  text: string,
  options: TranslatePartialOptions,
): Promise<TargetHypothesis | undefined> {
  const { from, to, known } = options;
  const { unit, segments, jobs } = segmentJobs([unitOf(text.trim(), "")], from)[0]!;
  const sentences = new Set(jobs.map(({ core }) => core.text));
  for (const sentence of known.keys()) if (!sentences.has(sentence)) known.delete(sentence);
  await translateSentences(
    [...sentences].filter((sentence) => hasWords(sentence) && !known.has(sentence)),
    options,
  );
  const targets = jobs.map(({ core, outer }) => {
    const target = hasWords(core.text) ? known.get(core.text) : core.text;
    return target === undefined ? undefined : untrimTarget(outer, { text: target, spans: [], atoms: [] });
  });
  const complete = targets.flatMap((target) => target ?? []);
  if (complete.length < targets.length) return undefined;
  const joined = joinTargets(unit, segments, complete, to).text;
  const over = joined.slice(0, joined.length - (complete.at(-1)?.text.length ?? 0));
  return { words: liveWords(joined, to), settled: liveWords(over.trimEnd(), to).length };
}

async function translateSentences(
  sentences: readonly string[],
  { from, to, engine, known, signal }: TranslatePartialOptions,
): Promise<void> {
  if (sentences.length === 0) return;
  const { tags } = engine.capabilities;
  const items = sentences.map((sentence, index) => ({
    id: String(index),
    text: encodeFor(tags, unitOf(sentence, "")).text,
  }));
  const answer = await engine.translate({ source: from, target: to, items, signal });
  for (const { id, text } of answer.items) {
    const sentence = sentences[Number(id)];
    if (sentence === undefined) continue;
    const placed = carryCodes(unitOf(sentence, ""), text, tags).target;
    known.set(sentence, mendTarget(sentence, placed, { from, to }).text);
  }
}
