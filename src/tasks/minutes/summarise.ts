import { tidy } from "./phrase-item.ts";
import { evidenceOf, type Sentence } from "./sentences.ts";
import type { Speech } from "./speech.ts";
import type { Item, Topic } from "./types.ts";
import { contentStems, wordsOf } from "./words.ts";

/** Most lines of the summary. */
export const SUMMARY_LINES = 3;

/** Stretches of the call the summary speaks of: the longest topics, in order. */
export function mainTopics(topics: readonly Topic[], speech: Speech): Topic[] {
  const size = (topic: Topic): number =>
    speech.sentences
      .slice(topic.firstCue, topic.lastCue + 1)
      .reduce((sum, cue) => sum + cue.reduce((words, one) => words + one.plain.length, 0), 0);
  return [...topics]
    .sort((a, b) => size(b) - size(a))
    .slice(0, SUMMARY_LINES)
    .sort((a, b) => a.firstCue - b.firstCue);
}

/** Weight of a word by how few sentences have it. */
function weights(sentences: readonly Sentence[]): ReadonlyMap<string, number> {
  const spread = new Map<string, number>();
  for (const sentence of sentences)
    for (const stem of new Set(contentStems(sentence.plain))) spread.set(stem, (spread.get(stem) ?? 0) + 1);
  return spread;
}

/** The sentences of a topic that carry most of its words, best first: statements of a readable length. */
export function salientSentences(topic: Topic, speech: Speech, most: number): Sentence[] {
  const all = speech.sentences.slice(topic.firstCue, topic.lastCue + 1).flat();
  const counts = weights(all);
  const score = (sentence: Sentence): number => {
    const stems = new Set(contentStems(sentence.plain));
    let sum = 0;
    for (const stem of stems) {
      const count = counts.get(stem) ?? 1;
      if (count > 1) sum += Math.log(count) + 0.2;
    }
    return sum / Math.sqrt(wordsOf(sentence.plain).length + 6);
  };
  return all
    .filter((sentence) => {
      const length = wordsOf(sentence.plain).length;
      const isClean = !/\{|\.\.\.|…|--|^(?:and|but|or|because|so that|which)\b.*,$/iu.test(sentence.text);
      return (
        !sentence.isQuestion &&
        length >= 8 &&
        length <= 45 &&
        isClean &&
        contentStems(sentence.plain).length >= 4
      );
    })
    .map((sentence) => ({ sentence, value: score(sentence) }))
    .sort((a, b) => b.value - a.value)
    .slice(0, most)
    .map((one) => one.sentence);
}

/**
 * The summary without a model: for each of the main topics the sentence that carries most of its words. Quotes that
 * stand in the minutes already are passed over while there are others.
 */
export function extractSummary(topics: readonly Topic[], speech: Speech, used: ReadonlySet<string>): Item[] {
  return mainTopics(topics, speech).flatMap((topic) => {
    const sentences = salientSentences(topic, speech, 12);
    const best = sentences.find((sentence) => !used.has(sentence.text)) ?? sentences[0];
    return best === undefined ? [] : [{ text: tidy(best.text), evidence: [evidenceOf(best)] }];
  });
}
