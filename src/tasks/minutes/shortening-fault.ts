import { contentStems, numbersIn, wordsOf } from "./words.ts";

/** Words whose loss turns a sentence round or firms it up. */
const HOLDS =
  /^(?:not|no|never|none|nobody|nothing|neither|nor|without|\p{L}+n't|cannot|if|unless|until|once|when|except|only|but|might|may|maybe|perhaps|possibly|probably|could|would|should|try|tries|trying|some|most|about|almost|at least|before|after|by|or|than|less|more|each|every|he|she|they|we|i|you|said|says|think|thinks|feel|feels|idea|fact)$/u;

/**
 * Why a shortened sentence may not stand for its source, or undefined when it only leaves words out: its words stand in
 * the source in the same order, it begins with the same thing, and no negation, condition, number, person or name is
 * lost on the way.
 */
export function shorteningFault(text: string, source: string): string | undefined {
  if (!/[.!]$/u.test(text) || /[\n\r]/u.test(text) || /[.!?]\s+\p{Lu}/u.test(text))
    return "not one plain sentence";
  const [shorter, longer] = [wordsOf(text), wordsOf(source)];
  if (shorter.length >= longer.length) return "no shorter";
  if (shorter.length < longer.length * 0.4) return "too much left out";
  let at = -1;
  for (const word of shorter) {
    at = longer.indexOf(word, at + 1);
    if (at < 0) return "words that its cues lack";
  }
  if (contentStems(text)[0] !== contentStems(source)[0]) return "it begins with something else";
  const kept = new Set(shorter);
  const names = [...source.matchAll(/(?<=[\p{L}\p{N},;] )\p{Lu}[\p{L}\p{N}]*/gu)].flatMap((match) =>
    wordsOf(match[0]),
  );
  if ([...longer.filter((word) => HOLDS.test(word)), ...names].some((word) => !kept.has(word)))
    return "a condition, a person or a name lost";
  const numbers = numbersIn(text);
  return [...numbersIn(source)].every((number) => numbers.has(number)) ? undefined : "a number lost";
}
