import { commonStart } from "./live-words.ts";

/** What a speaker said so far, and how much of it stays. */
export type SourceAgreement = {
  /** The newest hypothesis. */
  readonly words: readonly string[];
  /** Words that stay as they are until the utterance is over. */
  readonly stable: readonly string[];
  /** When the hypothesis came, in milliseconds. */
  readonly at: number;
};

/** A silence as long as this ends what was said before it. */
export const PAUSE: number = 600;
const MOST_WAITING = 12;
const clauseEnd = /[,;:.!?…،؛؟。、，；：！？।][\s"'”’»)\]」』）]*$/u;

/**
 * LocalAgreement-2 (Liu et al. 2020): a word stays once two hypotheses in a row have it at its place. Words before the end
 * of a clause, before a pause, and the older ones of twelve that nothing was agreed on stay without that.
 */
export function agreeOnSource(
  previous: SourceAgreement | undefined,
  words: readonly string[],
  at: number,
): SourceAgreement {
  const before = previous && at - previous.at >= PAUSE ? settleSource(previous) : previous;
  const stable = before?.stable ?? [];
  const agreed = commonStart(before?.words ?? [], words, isSameWord);
  const count = Math.max(agreed, afterClause(words), beyondMost(words, stable.length));
  return { words, stable: [...stable, ...words.slice(stable.length, count)], at };
}

/** After a pause: what was said stays, but for a last word that may be half typed. */
export function settleSource({ words, stable, at }: SourceAgreement): SourceAgreement {
  const last = words.at(-1) ?? "";
  const count = words.length - (/[\p{L}\p{N}]$/u.test(last) ? 1 : 0);
  return { words, stable: [...stable, ...words.slice(stable.length, count)], at };
}

/** The words as two texts: the one that stays, and what follows it. */
export function sourceTexts({ words, stable }: SourceAgreement): { stable: string; unstable: string } {
  return { stable: stable.join(""), unstable: words.slice(stable.length).join("") };
}

/** Words up to the last end of a clause that another word follows. */
function afterClause(words: readonly string[]): number {
  return words.slice(0, -1).findLastIndex((word) => clauseEnd.test(word)) + 1;
}

function beyondMost(words: readonly string[], stable: number): number {
  return words.length - stable > MOST_WAITING ? words.length - 1 : 0;
}

function isSameWord(a: string, b: string): boolean {
  return a === b || lettersOf(a) === lettersOf(b);
}

const lettersOf = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "") || word;
