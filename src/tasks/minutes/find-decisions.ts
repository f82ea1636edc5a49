import { findAssent, findPlainYes, meetsObjection } from "./find-assent.ts";
import { findProposal } from "./find-proposal.ts";
import { readDates } from "./read-dates.ts";
import { readTimes } from "./read-times.ts";
import { evidenceOf, isBrokenSpeech, type Sentence } from "./sentences.ts";
import type { Speech } from "./speech.ts";
import type { Evidence } from "./types.ts";
import { contentStems } from "./words.ts";

/** A decision as the patterns found it. `cue` is where the words stand that settle it. */
export type DecisionCandidate = {
  readonly kind: "decision";
  readonly cue: number;
  readonly text: string;
  readonly certainty: "strong" | "weak";
  /** In the order spoken: the proposal when it stands elsewhere, what was settled, the assent. */
  readonly evidence: readonly Evidence[];
};

const PERSONAL =
  /^(?:(?:yes|yeah|so|and|ok|okay|well)[, ]+)*(?:i'll|i will|i can|could you|can you|would you|let me|you'll)\b/iu;
/** Running the meeting (`let's move on`), not settling anything. */
const CHATTER =
  /\b(?:let's|shall we|should we|can we|could we|why don't we|what if we|how about we) (?:see|start|begin|move on|look|say|go (?:back|through|ahead|on|over|around|round|to)|talk|hear|take a|face|not|just|get|try|have|do (?:it|that|this|the|a|some)?|continue|wait|stop|think|discuss|assume|pretend|suppose|call|give|make sure|come|leave|finish|turn|hope|put|check|be|deal|focus|keep (?:going|moving|it (?:short|brief|quick)|talking|in mind)|use (?:the|this|our) (?:time|opportunity|minutes))\b/iu;
const OF_THE_MEETING =
  /\b(?:presentations?|minutes|agenda|discussion|slides?|break|lunch|questions?|vote|example|moment|now|speakers?|turns?|phase|next (?:item|point|topic|step)|whiteboard)\b/iu;
/** A choice in plain words: `let's go with the touch screen`, `we'll stick to titanium`. */
const CHOOSES =
  /\b(?:let's|we'll|we will|we're going to|we are going to|we) (?:(?:provisionally|then|just|all|definitely|therefore|now) )*(?:go (?:with|for)|stick (?:with|to)|settle (?:on|for)|choose|opt for|drop)\b(?! (?:it|that|this|them|one|a walk|now|ahead)\b)/iu;
/** The same said as a choice of this moment rather than a plan of one side (`we are going to stick to our approach`). */
const CHOOSES_NOW = /\blet's\b|\bwe (?:provisionally|then|therefore) (?:go|stick|settle|choose|opt)/iu;
/** A choice that a plain yes settles: it names what is taken, and by all. */
const CHOOSES_THIS =
  /\b(?:(?:let's|we should|i propose (?:that )?we|we(?:'ll| will)) (?:(?:just|then|all|definitely|also) )*(?:use|take|choose|leave out|drop)|(?:let's|we should|we(?:'ll| will)?) (?:(?:just|then|all) )*(?:go (?:with|for)|stick (?:with|to)|opt for)) (?!(?:it|that|this|them|one|you|a (?:look|break|walk|vote|minute|moment|couple))\b)|^(?:.{0,12}\b)?we (?:use|take) \p{L}{3,}[.]$/iu;
const BROKEN_OFF =
  /(?:\{(?:disfmarker|gap)\}|[-–—…])\s*[.,]?$|\b(?:of|the|a|an|to|for|with|and|or|in|on)\s*[.,]?$/iu;
/** A finding, not a choice: `we decided that it doesn't work`. */
const FINDING =
  /\b(?:decided|agreed|concluded) (?:that )?(?:it|that|this|he|she|they|there)(?:'s| is| was|'re| are| were|\b.{0,12}\b(?:doesn't|don't|didn't|isn't|wasn't|does|did))\b/iu;

/** Sentences a person would point at as the thing agreed: long enough, about something. */
function isProposition(sentence: Sentence): boolean {
  return new Set(contentStems(sentence.plain)).size >= 3 && sentence.plain.split(/\s+/u).length >= 5;
}

/** Setting a date to meet has its own place in the minutes. */
function isAboutNextMeeting(sentence: Sentence, speech: Speech): boolean {
  const { meeting, language } = speech.patterns;
  return (
    meeting.test(sentence.plain) &&
    (readDates(sentence.plain, language, undefined).length > 0 || readTimes(sentence.plain).length > 0)
  );
}

function candidateOf(
  sentence: Sentence,
  speech: Speech,
  certainty: "strong" | "weak",
  more: { readonly assent?: Sentence | undefined; readonly withProposal?: boolean } = {},
): DecisionCandidate {
  const proposal = more.withProposal === true ? findProposal(sentence, speech) : undefined;
  return {
    kind: "decision",
    cue: sentence.cue.index,
    text: sentence.text,
    certainty: isBrokenSpeech(sentence) ? "weak" : certainty,
    evidence: [
      ...(proposal === undefined ? [] : [evidenceOf(proposal)]),
      evidenceOf(sentence),
      ...(more.assent === undefined ? [] : [evidenceOf(more.assent)]),
    ],
  };
}

/** Said to be decided in so many words. */
function readDecided(sentence: Sentence, speech: Speech): DecisionCandidate | undefined {
  const { plain } = sentence;
  if (
    sentence.isQuestion ||
    speech.patterns.condition.test(plain) ||
    /\b(?:because|since|when|why|after) (?:\p{L}+ ){0,2}(?:decided|agreed)\b/iu.test(plain) ||
    /\b(?:not|n't)\b.{0,20}\b(?:decided|agreed)\b/iu.test(plain) ||
    meetsObjection(sentence, speech, 2)
  )
    return undefined;
  return candidateOf(sentence, speech, FINDING.test(plain) ? "weak" : "strong", {
    assent: findAssent(sentence, speech),
    withProposal: true,
  });
}

/** About the meeting's own course, somebody's case or what is not done: no choice of the group. */
const isOfTheMoment = ({ plain }: Sentence, { patterns }: Speech): boolean =>
  OF_THE_MEETING.test(plain) || /\b(?:if|you)\b/iu.test(plain) || patterns.negation.test(plain);

/** Proposed or chosen, and agreed to by somebody else or not spoken against. */
function readSettled(sentence: Sentence, speech: Speech): DecisionCandidate | undefined {
  const { patterns } = speech;
  const { plain } = sentence;
  if (CHATTER.test(plain) || PERSONAL.test(plain) || isAboutNextMeeting(sentence, speech)) return undefined;
  const settles = patterns.settles.test(plain) || CHOOSES.test(plain);
  const proposes = patterns.proposes.test(plain);
  const isWhole = !BROKEN_OFF.test(sentence.text);
  const isChoice = isWhole && CHOOSES_THIS.test(plain) && !isOfTheMoment(sentence, speech);
  if (!settles && !proposes && !isChoice) return undefined;
  const assent = findAssent(sentence, speech) ?? (isChoice ? findPlainYes(sentence, speech) : undefined);
  if (/\b(?:if|wenn|falls|si|se)\b/iu.test(plain) && !settles)
    return assent === undefined ? undefined : candidateOf(sentence, speech, "weak", { assent });
  if (assent !== undefined && (!sentence.isQuestion || proposes || settles))
    return candidateOf(sentence, speech, patterns.hedge.test(plain) && !proposes ? "weak" : "strong", {
      assent,
    });
  if (!settles || sentence.isQuestion || patterns.hedge.test(plain) || patterns.condition.test(plain))
    return undefined;
  if (meetsObjection(sentence, speech)) return undefined;
  // "So it's …" explains more often than it settles; without a yes it is nothing.
  if (!CHOOSES.test(plain))
    return /\b(?:so|then),? it's\b/iu.test(plain) ? undefined : candidateOf(sentence, speech, "weak");
  const isNow = CHOOSES_NOW.test(plain) && !isOfTheMoment(sentence, speech);
  const candidate = candidateOf(sentence, speech, isNow ? "strong" : "weak");
  return isNow ? { ...candidate, text: fromChoice(plain) } : candidate;
}

/** The words from the choice on; false starts before it (`and we'll, yeah, let's provisionally let's go …`) say nothing. */
function fromChoice(plain: string): string {
  const at = [...plain.matchAll(/\b(?:let's|we (?:provisionally|then|therefore))\b/giu)].at(-1)?.index ?? 0;
  return plain.slice(at);
}

/** What one sentence decides, if it does. */
function readDecision(sentence: Sentence, speech: Speech): DecisionCandidate | undefined {
  const { patterns } = speech;
  const { plain } = sentence;
  const isShortChoice = CHOOSES_THIS.test(plain) && contentStems(plain).length >= 1;
  if (
    !(isProposition(sentence) || isShortChoice) ||
    patterns.notDecided.test(plain) ||
    patterns.earlierTime.test(plain)
  )
    return undefined;
  return patterns.decided.test(plain) ? readDecided(sentence, speech) : readSettled(sentence, speech);
}

/** Propositions that the call agreed on, each quoted with the proposal and the agreement where they were spoken. */
export function findDecisions(speech: Speech): DecisionCandidate[] {
  return speech.sentences.flat().flatMap((sentence) => readDecision(sentence, speech) ?? []);
}
