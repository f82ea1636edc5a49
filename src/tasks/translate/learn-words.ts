import { type Aligner, type TextPair, trainAligner } from "./alignment/train-aligner.ts";
import type { Answer } from "./ask-engine.ts";
import { carryCodes } from "./codes/carry-codes.ts";
import type { MemoryEntry } from "./memory/translation-memory.ts";
import type { SegmentJob } from "./segment-jobs.ts";
import type { TranslateUnitsOptions } from "./translate-options.ts";

const mostPairs = 4000;

/**
 * Learns which word stands for which from this file's own sentences and the memory's, where a person's placing of codes
 * counts too; for codes that an engine's answer doesn't place.
 */
export async function learnWords(
  jobs: readonly SegmentJob[],
  answers: ReadonlyMap<string, Answer>,
  { engine, memory, from, to }: TranslateUnitsOptions,
): Promise<Aligner> {
  const { tags } = engine.capabilities;
  const own = jobs.flatMap(({ core }, index): TextPair[] => {
    const answer = answers.get(String(index));
    if (!answer || "failed" in answer) return [];
    const target = tags === "none" ? answer.text : carryCodes(core, answer.text, tags).target.text;
    return [{ source: core.text, target }];
  });
  const pairs = own.slice(0, mostPairs);
  const kept = (await memory?.latest(from, to, mostPairs - pairs.length)) ?? [];
  return trainAligner([...pairs, ...kept.map(pairOf)]);
}

function pairOf({ source, target, state }: MemoryEntry): TextPair {
  const pair = { source: source.text, target: target.text };
  if (state !== "reviewed" || source.spans.length === 0) return pair;
  const spans = source.spans.flatMap((span) => {
    const stretches = target.spans.filter(({ id }) => id === span.id);
    return stretches.length === 1 ? [{ source: span, target: stretches[0]! }] : [];
  });
  return { ...pair, spans };
}
