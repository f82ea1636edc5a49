import type { Sentence } from "./sentences.ts";
import type { Speech } from "./speech.ts";
import { stemSet } from "./words.ts";

const OBJECTION =
  /^(?:(?:oh|ah|um|well|yeah|hm+)[,. ]+)*(?:no\b(?! problem)|nope|wait|but\b|not sure|i'm not sure|i don't (?:think|know|agree)|i disagree|hmm|hang on|hold on|actually no|nein|non\b|não\b|aber|mais\b|pero\b|mas\b)/iu;
const ECHO_YES = /\b(?:fine|good|okay|ok|sure|agreed|great|perfect|works|yes|right|deal)\b/iu;

const lengthOf = (cue: readonly Sentence[]): number =>
  cue.reduce((sum, sentence) => sum + sentence.plain.split(/\s+/u).length, 0);

/** Whether somebody else speaks against it in the next cues before anything else is settled. */
export function meetsObjection(sentence: Sentence, speech: Speech, reach = 3): boolean {
  const from = sentence.cue.index + 1;
  return speech.sentences.slice(from, from + reach).some((cue) => {
    const first = cue[0];
    return (
      first !== undefined &&
      first.cue.speaker?.name !== sentence.cue.speaker?.name &&
      OBJECTION.test(first.plain)
    );
  });
}

/** A yes that takes up the words themselves: `Target, fine.` */
function isEcho(reply: Sentence, sentence: Sentence): boolean {
  if (reply.isQuestion || reply.plain.split(/\s+/u).length > 6 || !ECHO_YES.test(reply.plain)) return false;
  const own = stemSet(sentence.plain);
  return [...stemSet(reply.plain)].some((stem) => own.has(stem));
}

/** The assent of another speaker in the next cues, before an objection. */
export function findAssent(sentence: Sentence, speech: Speech, reach = 3): Sentence | undefined {
  const from = sentence.cue.index + 1;
  const { agrees, accept, negation } = speech.patterns;
  for (const cue of speech.sentences.slice(from, from + reach)) {
    const first = cue[0];
    if (first === undefined) continue;
    if (first.cue.speaker?.name === sentence.cue.speaker?.name) {
      if (lengthOf(cue) > 10) return undefined;
      continue;
    }
    if (OBJECTION.test(first.plain) || /\bbut\b/iu.test(first.plain.slice(0, 40))) return undefined;
    const isYes = agrees.test(first.plain) || isEcho(first, sentence);
    if (isYes && !negation.test(first.plain)) return first;
    if (agrees.test(cue[1]?.plain ?? "") && accept.test(first.plain)) return cue[1];
    // Somebody who goes on to other things has not agreed, and what comes after agrees to something else.
    if (lengthOf(cue) > 6) return undefined;
  }
  return undefined;
}

const PLAIN_YES =
  /^(?:(?:yeah|yes|oh|well)[,. ]+)*(?:fine|sure|okay|ok|alright|all right|true|good|yes|definitely|of course)\b(?! (?:but|so|now|what|how|why|and))/iu;

/**
 * The short yes of the next speaker (`Sure.`), enough for a choice in plain words; a mere `yeah` or `right` only says
 * that somebody listens.
 */
export function findPlainYes(sentence: Sentence, speech: Speech): Sentence | undefined {
  const cue = speech.sentences[sentence.cue.index + 1] ?? [];
  const [first] = cue;
  if (first === undefined || first.cue.speaker?.name === sentence.cue.speaker?.name) return undefined;
  const isYes = lengthOf(cue) <= 6 && !first.isQuestion && PLAIN_YES.test(first.plain);
  return isYes && !speech.patterns.negation.test(first.plain) ? first : undefined;
}
