import { tidy } from "./phrase-item.ts";
import { breaksIn, evidenceOf, type Sentence } from "./sentences.ts";
import type { Speech } from "./speech.ts";
import type { Item, Topic } from "./types.ts";
import { contentStems, numbersIn, wordsOf } from "./words.ts";

/** Most lines of the summary. */
export const SUMMARY_LINES = 3;

/** What is wanted, planned or found: the sentences a reader who was not there needs. */
const SAYS_WHAT =
  /\b(?:the (?:\p{L}+ )?(?:goal|aim|idea|plan|purpose|target|deadline|budget|price|cost|problem|result|proposal|conclusion|requirement|priority|rule|challenge|difference)s?\b|(?:we|i)(?:'d| would) (?:like|want|propose|suggest) to|we (?:want|need|have|plan|decided|agreed|found|propose) (?:to|that)|what (?:i|we) need(?:s)? is|the way i understand it|in short|to sum up|in summary|in conclusion|(?:it|this) means|so far|we(?:'re| are) (?:going to|planning|trying to|working on)|i (?:propose|suggest|recommend)|(?:must|has to|have to|needs to) be|(?:goes|runs|starts|costs|pays|needs|includes|provides) )/iu;
/** Remarks on oneself, on the talk and on things pointed at, which mean little on paper. */
const ASIDE =
  /\b(?:i (?:think|guess|mean|know|don't|can't|was|am|have|had|wonder|hope|feel|like|love|saw|just|said|thought|remember)|i'm|i've|you know|you guys|honestly|sorry|thank(?:s| you)|sort of|kind of|whatever|stuff|thing|things|a lot|here|thank|mr\.? chair|yeah|okay|actually|my|hello|welcome|congratulations?)\b/giu;
const HANGS_ON =
  /^(?:(?:and|but|so|or|then|also|well|now|yes|no)[, ]+)*(?:it|that|this|these|those|they|he|she|there|because|which|if|when|since|without|with|not|if so|again)\b(?!(?: (?:meeting|project|call|is (?:a|the) (?:goal|plan|problem))))/iu;

/** In how many sentences each word stands. */
function spreadOf(sentences: readonly Sentence[]): ReadonlyMap<string, number> {
  const spread = new Map<string, number>();
  for (const sentence of sentences)
    for (const stem of new Set(contentStems(sentence.plain))) spread.set(stem, (spread.get(stem) ?? 0) + 1);
  return spread;
}

/** Words cut off before they are said again (`comp complex`), single letters, counting aloud. */
function stammers(plain: string): boolean {
  const words = wordsOf(plain);
  const isCut = words.some((word, at) => {
    const next = words[at + 1] ?? "";
    return /^\p{L}+$/u.test(word) && !/^(?:a|i|an|the|to|so|we|as|in|on|for|be|it|is)$/u.test(word)
      ? word.length === 1 || (next.length > word.length && next.startsWith(word))
      : /^(?:s|d|f|g|h|l|m|n|p|t|w|y|z)$/u.test(word);
  });
  return isCut || /(?:\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b,? ?){3}/iu.test(plain);
}

/** A statement of readable length, spoken without a break, that says something by itself. */
function isReadable(sentence: Sentence): boolean {
  const length = wordsOf(sentence.plain).length;
  return (
    !sentence.isQuestion &&
    length >= 8 &&
    length <= 45 &&
    breaksIn(sentence.text) === 0 &&
    /[.!]["”»')\]]*$/u.test(sentence.text) &&
    !stammers(sentence.plain) &&
    contentStems(sentence.plain).length >= 4
  );
}

/** How much a sentence tells: words the call comes back to, weighed by whether it states a matter or makes a remark. */
function tellingness(
  sentence: Sentence,
  ofTopic: ReadonlyMap<string, number>,
  ofCall: ReadonlyMap<string, number>,
): number {
  const { plain } = sentence;
  let sum = 0;
  for (const stem of new Set(contentStems(plain))) {
    sum += Math.log(ofTopic.get(stem) ?? 1) + 0.5 * Math.log(ofCall.get(stem) ?? 1);
  }
  const central = sum / Math.sqrt(wordsOf(plain).length + 6);
  const remarks = plain.match(ASIDE)?.length ?? 0;
  return (
    central *
    (SAYS_WHAT.test(plain) ? 1.5 : 1) *
    (numbersIn(plain).size > 0 ? 1.15 : 1) *
    (HANGS_ON.test(plain) ? 0.55 : 1) *
    Math.min(1, wordsOf(plain).length / 13) *
    0.7 ** Math.min(remarks, 4)
  );
}

type Ranked = { readonly sentence: Sentence; readonly value: number };

/** The readable sentences of a topic by how much they tell, best first. */
function rankSentences(topic: Topic, speech: Speech): Ranked[] {
  const all = speech.sentences.slice(topic.firstCue, topic.lastCue + 1).flat();
  const ofTopic = spreadOf(all);
  const ofCall = callSpread(speech);
  return all
    .filter(isReadable)
    .map((sentence) => ({ sentence, value: tellingness(sentence, ofTopic, ofCall) }))
    .sort((a, b) => b.value - a.value);
}

const callSpreads = new WeakMap<Speech, ReadonlyMap<string, number>>();

function callSpread(speech: Speech): ReadonlyMap<string, number> {
  const known = callSpreads.get(speech) ?? spreadOf(speech.sentences.flat());
  callSpreads.set(speech, known);
  return known;
}

/**
 * The summary without a model: the sentences that tell most, one a topic, in the order they were spoken. Quotes that
 * stand in the minutes already are passed over while there are others.
 */
export function extractSummary(topics: readonly Topic[], speech: Speech, used: ReadonlySet<string>): Item[] {
  return topics
    .flatMap((topic) => {
      const ranked = rankSentences(topic, speech);
      return ranked.find((one) => !used.has(one.sentence.text)) ?? ranked.slice(0, 1);
    })
    .sort((a, b) => b.value - a.value)
    .slice(0, SUMMARY_LINES)
    .sort((a, b) => a.sentence.cue.index - b.sentence.cue.index)
    .map(({ sentence }) => ({ text: tidy(sentence.text), evidence: [evidenceOf(sentence)] }));
}
