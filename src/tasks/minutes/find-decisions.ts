import { readDates } from "./read-dates.ts";
import { readTimes } from "./read-times.ts";
import { evidenceOf, type Sentence } from "./sentences.ts";
import type { Speech } from "./speech.ts";
import type { Evidence } from "./types.ts";
import { contentStems } from "./words.ts";

/** A decision as the patterns found it. `cue` is where the proposition stands. */
export type DecisionCandidate = {
  readonly kind: "decision";
  readonly cue: number;
  readonly text: string;
  readonly certainty: "strong" | "weak";
  readonly evidence: readonly Evidence[];
};

const PERSONAL =
  /^(?:(?:yes|yeah|so|and|ok|okay|well)[, ]+)*(?:i'll|i will|i can|could you|can you|would you|let me|you'll)\b/iu;
const OBJECTION =
  /^(?:(?:oh|ah|um|well|yeah|hm+)[,. ]+)*(?:no\b(?! problem)|nope|wait|but\b|not sure|i'm not sure|i don't (?:think|know|agree)|i disagree|hmm|hang on|hold on|actually no|nein|non\b|não\b|aber|mais\b|pero\b|mas\b)/iu;
const CHATTER =
  /\b(?:let's|shall we|should we|can we|could we|why don't we|what if we|how about we) (?:see|start|begin|move on|look|say|go (?:back|through|ahead|on|over|around|round|to)|talk|hear|take a|face|not|just|get|try|have|do (?:it|that|this|the|a|some)?|continue|wait|stop|think|discuss|assume|pretend|suppose|call|give|make sure|come|leave|finish|turn|hope|put|check|be|deal|focus|keep (?:going|moving|it (?:short|brief|quick)|talking|in mind)|use (?:the|this|our) (?:time|opportunity|minutes))\b/iu;

/** Sentences a person would point at as the thing agreed: long enough, about something. */
function isProposition(sentence: Sentence): boolean {
  return new Set(contentStems(sentence.plain)).size >= 3 && sentence.plain.split(/\s+/u).length >= 5;
}

/** Whether somebody else speaks against it in the next cues before anything else is settled. */
function meetsObjection(sentence: Sentence, speech: Speech, reach = 3): boolean {
  const from = sentence.cue.index + 1;
  const after = speech.sentences.slice(from, from + reach);
  return after.some((cue) => {
    const first = cue[0];
    return (
      first !== undefined &&
      first.cue.speaker?.name !== sentence.cue.speaker?.name &&
      OBJECTION.test(first.plain)
    );
  });
}

const lengthOf = (cue: readonly Sentence[]): number =>
  cue.reduce((sum, sentence) => sum + sentence.plain.split(/\s+/u).length, 0);

/** The assent of another speaker in the next cues, before an objection. */
function assentTo(sentence: Sentence, speech: Speech, reach = 3): Sentence | undefined {
  const from = sentence.cue.index + 1;
  for (const cue of speech.sentences.slice(from, from + reach)) {
    const first = cue[0];
    if (first === undefined) continue;
    if (first.cue.speaker?.name === sentence.cue.speaker?.name) {
      if (lengthOf(cue) > 10) return undefined;
      continue;
    }
    if (OBJECTION.test(first.plain) || /\bbut\b/iu.test(first.plain.slice(0, 40))) return undefined;
    if (speech.patterns.agrees.test(first.plain) && !speech.patterns.negation.test(first.plain)) return first;
    if (speech.patterns.agrees.test(cue[1]?.plain ?? "") && speech.patterns.accept.test(first.plain))
      return cue[1];
    // Somebody who goes on to other things has not agreed, and what comes after agrees to something else.
    if (lengthOf(cue) > 6) return undefined;
  }
  return undefined;
}

/** Setting a date to meet has its own place in the minutes. */
function isAboutNextMeeting(sentence: Sentence, speech: Speech): boolean {
  const { meeting, language } = speech.patterns;
  return (
    meeting.test(sentence.plain) &&
    (readDates(sentence.plain, language, undefined).length > 0 || readTimes(sentence.plain).length > 0)
  );
}

/** What one sentence decides, if it does: said to be decided, or proposed and agreed to. */
function readDecision(sentence: Sentence, speech: Speech): DecisionCandidate | undefined {
  const { patterns } = speech;
  const { plain } = sentence;
  const candidate = (certainty: "strong" | "weak", assent?: Sentence): DecisionCandidate => ({
    kind: "decision",
    cue: sentence.cue.index,
    text: sentence.text,
    certainty,
    evidence: [evidenceOf(sentence), ...(assent === undefined ? [] : [evidenceOf(assent)])],
  });
  if (!isProposition(sentence) || patterns.notDecided.test(plain) || patterns.earlierTime.test(plain))
    return undefined;
  if (patterns.decided.test(plain)) {
    if (
      sentence.isQuestion ||
      patterns.condition.test(plain) ||
      /\b(?:because|since|when|why|after) (?:\p{L}+ ){0,2}(?:decided|agreed)\b/iu.test(plain) ||
      /\b(?:not|n't)\b.{0,20}\b(?:decided|agreed)\b/iu.test(plain)
    )
      return undefined;
    return meetsObjection(sentence, speech, 2) ? undefined : candidate("strong", assentTo(sentence, speech));
  }
  if (CHATTER.test(plain) || PERSONAL.test(plain) || isAboutNextMeeting(sentence, speech)) return undefined;
  const assent = assentTo(sentence, speech);
  const settles = patterns.settles.test(plain);
  const proposes = patterns.proposes.test(plain);
  if (!settles && !proposes) return undefined;
  if (/\b(?:if|wenn|falls|si|se)\b/iu.test(plain) && !settles)
    return assent === undefined ? undefined : candidate("weak", assent);
  if (assent !== undefined && (!sentence.isQuestion || proposes || settles))
    return candidate(patterns.hedge.test(plain) && !proposes ? "weak" : "strong", assent);
  if (settles && !sentence.isQuestion && !patterns.hedge.test(plain) && !patterns.condition.test(plain))
    return meetsObjection(sentence, speech) ? undefined : candidate("weak");
  return undefined;
}

/** Propositions that the call agreed on, each quoted with the agreement where one was spoken. */
export function findDecisions(speech: Speech): DecisionCandidate[] {
  const found: DecisionCandidate[] = [];
  for (const sentences of speech.sentences) {
    const cue = sentences[0]?.cue;
    if (cue === undefined) continue;
    for (const sentence of sentences) {
      const candidate = readDecision(sentence, speech);
      if (candidate !== undefined) found.push(candidate);
    }
  }
  return found;
}
