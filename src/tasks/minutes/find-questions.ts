import { breaksIn, evidenceOf, type Sentence } from "./sentences.ts";
import type { Speech } from "./speech.ts";
import { addressesTheChair } from "./talk-about-talk.ts";
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
/** Asking somebody what he did or thinks is settled by whatever he says. */
const OF_THE_OTHER =
  /^(?:(?:and|but|so|or|ok|okay|well)[, ]+)*(?:did|have|had|are|were|do) you\b(?! (?:think|know))|\bwhat (?:do|did) you (?:think|say|do)\b/iu;
/** Put off in so many words: what is put off stands in the group `what`. */
const PUT_OFF =
  /\blet's not (?:try to )?(?:solve|decide|settle|fix|agree(?: on)?|close|finali[sz]e|resolve) (?<what>[^.,;?!]{3,80}?) (?:today|now|here|yet|right now|at this point|in this (?:call|meeting))\b|\b(?:let's|we(?:'ll| will)? (?:have to )?|i'd) (?:leave|keep) (?<what2>[^.,;?!]{3,80}?) open\b|\b(?:let's|we(?:'ll| will)?) (?:park|postpone|defer|table) (?:the )?(?:decision (?:on|about) )?(?<what3>[^.,;?!]{4,80}?)(?= (?:for now|until|till)\b|[.,;!]|$)/iu;
/** `For production I have to ask the board`: somebody outside the call has to say. */
const ASKS_ELSEWHERE =
  /^(?:(?:and|but|so|well)[, ]+)*(?:for|on|about|as for|regarding) (?<what>(?!now\b|sure\b|example\b|that\b|this\b|me\b|us\b)[^.,;?!]{3,60}?),? (?:i|we)(?:'d|'ll| would| will)? (?:(?:still|first) )*(?:have to|need to|must|got to) (?:(?:still|first) )*(?:ask|check with|talk to|hear from)\b/iu;

const LONGEST_DODGE = 30;

const wordCount = (sentence: Sentence): number => sentence.plain.split(/\s+/u).length;

/** Words of a question enough to know its answer by. */
function hasSubstance(sentence: Sentence): boolean {
  return new Set(contentStems(sentence.plain)).size >= 2 && wordCount(sentence) >= 5;
}

/** Short and unbroken enough to be read as a question by somebody who was not there. */
function isClear(sentence: Sentence, speech: Speech): boolean {
  if (contentStems(sentence.plain).length < 3 || wordCount(sentence) > 40 || breaksIn(sentence.text) > 0)
    return false;
  if (!sentence.isQuestion || speech.patterns.language !== "en") return true;
  // `Or does …` and `it's used, right?` go on from something else; a question that stands alone begins as one.
  const asks = sentence.plain.split(/[,:;] /u).some((part) => speech.patterns.question.test(part));
  return asks && !/^or\b/iu.test(sentence.plain) && !OF_THE_OTHER.test(sentence.plain);
}

/** Whether a later cue gives the answer: speaks of the same things, states, and does not dodge again. */
function isAnsweredLater(question: Sentence, from: number, speech: Speech): boolean {
  const stems = stemSet(question.plain);
  const needed = Math.max(2, Math.ceil(stems.size * 0.6));
  return speech.sentences.slice(from).some((cue) =>
    cue.some((sentence) => {
      if (sentence.isQuestion) return false;
      const words = stemSet(sentence.plain);
      let shared = 0;
      for (const stem of stems) if (words.has(stem)) shared++;
      return shared >= needed && states(sentence, speech);
    }),
  );
}

/** Says something as it is: neither a dodge nor a maybe nor a promise to find out. */
function states({ plain }: Sentence, { patterns }: Speech): boolean {
  const isPromise =
    /\b(?:i'll|we'll|i will|we will|let me)\b/iu.test(plain) ||
    patterns.forms.some((form) => form.force === "firm" && form.pattern.test(plain));
  return (
    !patterns.dodge.test(plain) &&
    !patterns.openIssue.test(plain) &&
    !patterns.hedge.test(plain) &&
    !isPromise
  );
}

/** The reply that leaves a question open, if the first answer is one. */
function dodgeOf(question: Sentence, speech: Speech): Sentence | undefined {
  const from = question.cue.index + 1;
  for (const cue of speech.sentences.slice(from, from + 3)) {
    const first = cue[0];
    if (first === undefined || first.cue.speaker?.name === question.cue.speaker?.name) continue;
    const dodge = cue
      .slice(0, 2)
      .find((sentence) => speech.patterns.dodge.test(sentence.plain) && wordCount(sentence) <= 30);
    // Who says "hard to say" and then talks on has answered, unless the answer is a promise to find out.
    const length = cue.reduce((sum, sentence) => sum + wordCount(sentence), 0);
    const isShort =
      length <= LONGEST_DODGE ||
      /\bi(?:'ll| will) (?:write|check|find|come back|get back|let)\b/iu.test(dodge?.plain ?? "");
    if (dodge !== undefined && isShort && !/\bbut (?:i think|it's|it is|we)\b/iu.test(dodge.plain))
      return dodge;
    if (wordCount(first) > 3) return undefined;
  }
  return undefined;
}

const candidate = (
  sentence: Sentence,
  text: string,
  certainty: "strong" | "weak",
  evidence: readonly Evidence[],
): QuestionCandidate => ({ kind: "question", cue: sentence.cue.index, text, certainty, evidence });

/** A question and the reply that leaves it open. */
function readAsked(sentence: Sentence, speech: Speech): QuestionCandidate | undefined {
  const dodge = IN_CALL.test(sentence.plain) ? undefined : dodgeOf(sentence, speech);
  if (dodge === undefined || isAnsweredLater(sentence, dodge.cue.index + 1, speech)) return undefined;
  return candidate(sentence, sentence.text, isClear(sentence, speech) ? "strong" : "weak", [
    evidenceOf(sentence),
    evidenceOf(dodge),
  ]);
}

/** Something put off or called open in so many words. */
function readLeftOpen(sentence: Sentence, speech: Speech): QuestionCandidate | undefined {
  const groups = (PUT_OFF.exec(sentence.plain) ?? ASKS_ELSEWHERE.exec(sentence.plain))?.groups ?? undefined;
  const what = (groups?.what ?? groups?.what2 ?? groups?.what3)?.trim();
  if (what !== undefined && contentStems(what).length > 0 && !/^(?:it|that|this)$/iu.test(what))
    return candidate(sentence, `Left open: ${what}`, "strong", [evidenceOf(sentence)]);
  if (addressesTheChair(sentence.plain)) return undefined;
  if (!speech.patterns.openIssue.test(sentence.plain) || contentStems(sentence.plain).length < 4)
    return undefined;
  if (isAnsweredLater(sentence, sentence.cue.index + 1, speech)) return undefined;
  return candidate(sentence, sentence.text, isClear(sentence, speech) ? "strong" : "weak", [
    evidenceOf(sentence),
  ]);
}

/** Questions the call left open: dodged and not answered later, put off, or called open in so many words. */
export function findQuestions(speech: Speech): QuestionCandidate[] {
  return speech.sentences.flatMap((sentences) =>
    sentences.flatMap((sentence, index) => {
      if (!sentence.isQuestion) return readLeftOpen(sentence, speech) ?? [];
      const isLast = sentences.slice(index + 1).every((later) => wordCount(later) < 12);
      return hasSubstance(sentence) && isLast ? (readAsked(sentence, speech) ?? []) : [];
    }),
  );
}
