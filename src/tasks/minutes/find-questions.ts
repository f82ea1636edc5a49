import { evidenceOf, type Sentence } from "./sentences.ts";
import type { Speech } from "./speech.ts";
import type { Evidence } from "./types.ts";
import { contentStems, stemSet } from "./words.ts";

/** A question that nobody answered in the call. */
export type QuestionCandidate = {
  readonly kind: "question";
  readonly cue: number;
  readonly text: string;
  readonly certainty: "strong" | "weak";
  readonly evidence: readonly Evidence[];
};

const IN_CALL =
  /\b(?:can you (?:hear|see)|do you (?:hear|see|mean|understand|remember)|what do you mean|any (?:other )?(?:questions|comments)|does that make sense|how are you|is that (?:ok|okay|right|clear|correct)|shall we|can i|may i|could you|can you|would you|are you (?:there|sure|done|finished|ready)|who's (?:next|there)|what (?:time is it|was that|is that|'s that|did you say)|sorry\?|you know|isn't it|doesn't it|right\?|don't you think)\b/iu;

/** Words of a question enough to know its answer by. */
function hasSubstance(sentence: Sentence): boolean {
  return new Set(contentStems(sentence.plain)).size >= 2 && sentence.plain.split(/\s+/u).length >= 5;
}

/** Short and unbroken enough to be read as a question by somebody who was not there. */
function isClear(sentence: Sentence): boolean {
  const breaks = sentence.text.match(/\{[^{}]*\}|\.\.\.|…|--/gu)?.length ?? 0;
  return contentStems(sentence.plain).length >= 3 && sentence.plain.split(/\s+/u).length <= 40 && breaks < 2;
}

/** Whether a later cue gives the answer: speaks of the same things, states, and does not dodge again. */
function isAnsweredLater(question: Sentence, from: number, speech: Speech): boolean {
  const stems = stemSet(question.plain);
  const needed = Math.max(2, Math.ceil(stems.size * 0.6));
  for (const cue of speech.sentences.slice(from)) {
    for (const sentence of cue) {
      if (sentence.isQuestion) continue;
      const words = stemSet(sentence.plain);
      let shared = 0;
      for (const stem of stems) if (words.has(stem)) shared++;
      if (shared < needed) continue;
      const { patterns } = speech;
      const isPromise =
        /\b(?:i'll|we'll|i will|we will|let me)\b/iu.test(sentence.plain) ||
        patterns.forms.some((form) => form.force === "firm" && form.pattern.test(sentence.plain));
      if (
        !patterns.dodge.test(sentence.plain) &&
        !patterns.openIssue.test(sentence.plain) &&
        !patterns.hedge.test(sentence.plain) &&
        !isPromise
      )
        return true;
    }
  }
  return false;
}

/** The reply that leaves a question open, if the first answer is one. */
function dodgeOf(question: Sentence, speech: Speech): Sentence | undefined {
  const from = question.cue.index + 1;
  for (const cue of speech.sentences.slice(from, from + 3)) {
    const first = cue[0];
    if (first === undefined || first.cue.speaker?.name === question.cue.speaker?.name) continue;
    const head = cue.slice(0, 2);
    const dodge = head.find(
      (sentence) => speech.patterns.dodge.test(sentence.plain) && sentence.plain.split(/\s+/u).length <= 30,
    );
    if (dodge !== undefined && !/\bbut (?:i think|it's|it is|we)\b/iu.test(dodge.plain)) return dodge;
    if (first.plain.split(/\s+/u).length > 3) return undefined;
  }
  return undefined;
}

/** Questions the call left open: dodged and not answered later, or called open in so many words. */
export function findQuestions(speech: Speech): QuestionCandidate[] {
  const found: QuestionCandidate[] = [];
  for (const sentences of speech.sentences) {
    const cue = sentences[0]?.cue;
    if (cue === undefined) continue;
    for (const [index, sentence] of sentences.entries()) {
      if (!hasSubstance(sentence)) continue;
      const isLast = sentences.slice(index + 1).every((later) => later.plain.split(/\s+/u).length < 12);
      if (sentence.isQuestion && isLast && !IN_CALL.test(sentence.plain)) {
        const dodge = dodgeOf(sentence, speech);
        if (dodge !== undefined && !isAnsweredLater(sentence, dodge.cue.index + 1, speech)) {
          found.push({
            kind: "question",
            cue: cue.index,
            text: sentence.text,
            certainty: isClear(sentence) ? "strong" : "weak",
            evidence: [evidenceOf(sentence), evidenceOf(dodge)],
          });
        }
      } else if (
        !sentence.isQuestion &&
        speech.patterns.openIssue.test(sentence.plain) &&
        contentStems(sentence.plain).length >= 4
      ) {
        if (!isAnsweredLater(sentence, cue.index + 1, speech))
          found.push({
            kind: "question",
            cue: cue.index,
            text: sentence.text,
            certainty: isClear(sentence) ? "strong" : "weak",
            evidence: [evidenceOf(sentence)],
          });
      }
    }
  }
  return found;
}
