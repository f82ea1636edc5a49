import type { Sentence } from "./sentences.ts";
import type { Speech } from "./speech.ts";
import { numbersIn, stemSet } from "./words.ts";

const REACH = 4;

/**
 * What somebody else had put forward when it was agreed to (`First events on 7 December …` before `7 December,
 * agreed`): the nearest earlier sentence of another speaker that shares the most numbers and words, two at least.
 */
export function findProposal(sentence: Sentence, speech: Speech): Sentence | undefined {
  const at = sentence.cue.index;
  const stems = stemSet(sentence.plain);
  const numbers = numbersIn(sentence.plain);
  let best: { readonly sentence: Sentence; readonly shared: number } | undefined;
  for (let index = at - 1; index >= Math.max(0, at - REACH); index--) {
    for (const other of speech.sentences[index] ?? []) {
      if (other.isQuestion || other.cue.speaker?.name === sentence.cue.speaker?.name) continue;
      const shared =
        [...stemSet(other.plain)].filter((stem) => stems.has(stem)).length +
        [...numbersIn(other.plain)].filter((number) => numbers.has(number)).length;
      if (shared >= 2 && shared > (best?.shared ?? 0)) best = { sentence: other, shared };
    }
  }
  return best?.sentence;
}
