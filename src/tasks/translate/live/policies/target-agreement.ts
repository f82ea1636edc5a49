import { commonStart } from "./live-words.ts";

/** A translation of what was said so far. */
export type TargetHypothesis = {
  readonly words: readonly string[];
  /** Words at its start that belong to sentences which are over, and won't change. */
  readonly settled: number;
};

/** What a reader sees of a translation that grows. */
export type TargetAgreement = {
  /** Of the newest hypothesis. */
  readonly words: readonly string[];
  /** Words that stay as they are until the utterance is over. */
  readonly stable: readonly string[];
};

/** The last words of a hypothesis seldom last: engines close the sentence with them. */
const TAIL = 2;
/** Behind by so many words, a reader gets them also where they follow badly on what is shown. */
const MOST_WAITING = 32;

/**
 * LocalAgreement-2, append only: words that two hypotheses in a row begin with, each without its last two, are shown
 * and stay, also where a later hypothesis would have it otherwise. The whole line's translation corrects them, once.
 */
export function agreeOnTarget(
  previous: TargetAgreement | undefined,
  { words, settled }: TargetHypothesis,
): TargetAgreement {
  const stable = previous?.stable ?? [];
  const most = Math.max(settled, words.length - TAIL);
  if (commonStart(stable, words, isSame) === stable.length) {
    const before = previous?.words ?? [];
    const agreed = Math.min(before.length - TAIL, most, commonStart(before, words, isSame));
    return { words, stable: words.slice(0, Math.max(stable.length, settled, agreed)) };
  }
  const isFarBehind = words.length - stable.length > MOST_WAITING;
  return { words, stable: [...stable, ...words.slice(stable.length, isFarBehind ? most : settled)] };
}

const isSame = (a: string, b: string): boolean => a === b;

/** The words as two texts: the one that stays, and what would follow it by the newest hypothesis. */
export function targetTexts({ words, stable }: TargetAgreement): { stable: string; unstable: string } {
  return { stable: stable.join(""), unstable: words.slice(stable.length).join("") };
}
