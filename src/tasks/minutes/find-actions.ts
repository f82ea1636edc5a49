import { certaintyOf } from "./action-certainty.ts";
import { type Outcome, outcomeOf, trustworthy } from "./action-outcome.ts";
import { findReply, type Reply } from "./find-reply.ts";
import { calledIn, callNames, hasName, isTrusted, onlyOther, otherOrganisation } from "./people.ts";
import { type Act, readAct, type SpokenAct } from "./read-act.ts";
import { dueTexts, readDue } from "./read-due.ts";
import { type Clause, evidenceOf, type Sentence } from "./sentences.ts";
import type { Speech } from "./speech.ts";
import type { SpeechPatterns } from "./speech-patterns.ts";
import { isTalkAboutTalk } from "./talk-about-talk.ts";
import { type ActionStatus, type Due, type Evidence, UNASSIGNED } from "./types.ts";
import { wordsOf } from "./words.ts";

/** An action as the patterns found it, before merging and wording. */
export type ActionCandidate = {
  readonly kind: "action";
  /** Cue the words stand in. */
  readonly cue: number;
  /** What is to be done, in the speaker's words, from the verb on. */
  readonly deed: string;
  /** Who said the deed: `me` in it is this person. */
  readonly speaker: string;
  /** Whom `you` in the deed means, when that is sure. */
  readonly addressee?: string;
  readonly owner: string;
  readonly counterpart?: string;
  readonly due?: Due;
  readonly status: ActionStatus;
  /** `strong` goes into the minutes by itself; `weak` only when a model picks it too. */
  readonly certainty: "strong" | "weak";
  /** True when `deed` can't be put as a verb phrase (`get it from me`). */
  readonly isReversed: boolean;
  readonly evidence: readonly Evidence[];
};

/** Whom `you` means: the one called by name in the cue, else the only other speaker. */
function addresseeOf(
  sentence: Sentence,
  speech: Speech,
): { readonly name?: string; readonly isSelf: boolean } {
  const speaker = sentence.cue.speaker?.name ?? "";
  const inCue = speech.sentences[sentence.cue.index] ?? [];
  const upTo = inCue.slice(0, inCue.indexOf(sentence) + 1).reverse();
  for (const one of upTo) {
    const called = calledIn(one.plain, speech.people);
    if (called.length > 1) return { isSelf: false };
    const [only] = called;
    if (only !== undefined)
      return only.name === speaker ? { isSelf: true } : { name: only.name, isSelf: false };
  }
  const other = onlyOther(speaker, speech.people);
  return other === undefined ? { isSelf: false } : { name: other.name, isSelf: false };
}

/** The answer of whoever was asked: the one addressed or named, else anybody who takes it on. */
function replyTo(found: SpokenAct, addressee: string | undefined, speech: Speech): Reply | undefined {
  const { act, sentence, speaker } = found;
  const isSpeaker = speech.people.speakers.some((one) => one.name === act.name);
  const named = act.obliged === "named" && isSpeaker ? act.name : addressee;
  const to = act.obliged === "nobody" ? undefined : named;
  const verb = wordsOf(act.deed)[0];
  return findReply(
    {
      after: sentence,
      from: speaker,
      ...(to === undefined ? {} : { to }),
      ...(verb === undefined ? {} : { verb }),
    },
    speech.sentences,
    speech.patterns,
    speech.people,
  );
}

/** Owner, counterpart and status once the reply is known; undefined when the action fell through. */
function settle(found: SpokenAct, speech: Speech): ActionCandidate | undefined {
  const { act, sentence, clause, speaker } = found;
  const addressee = addresseeOf(sentence, speech);
  const reply = replyTo(found, addressee.name, speech);
  const outcome = outcomeOf(found, reply, addressee, speech);
  if (outcome === undefined) return undefined;
  const usesReply = reply !== undefined && outcome.usesReply;
  const texts = [...(usesReply ? [reply.sentence.plain] : []), ...dueTexts(sentence, clause)];
  const due = readDue(texts, sentence.cue.index, speech);
  const { owner, status } = trustworthy(outcome, speech.people);
  const hedged = isHedged(act, sentence, clause, speech.patterns);
  const counterpart = counterpartOf(found, owner, outcome, addressee.name, speech);
  return {
    kind: "action",
    cue: sentence.cue.index,
    deed: act.deed,
    speaker,
    ...(addressee.name === undefined ? {} : { addressee: addressee.name }),
    owner,
    ...(counterpart === undefined || counterpart === owner ? {} : { counterpart }),
    ...(due === undefined ? {} : { due }),
    status: hedged && status !== "unassigned" ? "conditional" : status,
    certainty: certaintyOf({ found, outcome, due, hedged, speakers: speech.people.speakers.length }),
    isReversed: act.isReversed,
    evidence: [evidenceOf(sentence, clause), ...(usesReply ? [evidenceOf(reply.sentence)] : [])],
  };
}

/** An "if" that means "whether". */
const WHETHER =
  /\b(?:check|see|ask|find out|verify|test|confirm|know|look into|figure out|tell|clarify)\b[^,;.]*?\bif\b/giu;

function isHedged(act: Act, sentence: Sentence, clause: Clause, patterns: SpeechPatterns): boolean {
  return (
    act.force === "hedged" ||
    patterns.hedge.test(clause.plain) ||
    patterns.condition.test(sentence.plain.replace(WHETHER, " "))
  );
}

function counterpartOf(
  found: SpokenAct,
  owner: string,
  outcome: Outcome,
  addressee: string | undefined,
  speech: Speech,
): string | undefined {
  const { act, speaker } = found;
  const { people } = speech;
  if (people.distrusted === "everyone") return undefined;
  const trusted = (name: string | undefined): string | undefined =>
    name !== undefined && isTrusted(name, people) ? name : undefined;
  const recipient = people.participants.find((one) =>
    callNames(one, people.participants).some(
      (name) =>
        new RegExp(
          `\\b(?:to|for|with|send|give|tell|ask|remind|email|call) ${RegExp.escape(name)}(?![\\p{L}])`,
          "iu",
        ).test(act.deed) && hasName(act.deed, name),
    ),
  );
  if (recipient !== undefined && recipient.name !== owner) return trusted(recipient.name);
  const saysYou = /\b(?:you|your|ihnen|dir|euch|vous|te|t'|le|les|lhe|vos|você)\b/iu.test(act.deed);
  const saysMe = /\b(?:me|us|our|my|mir|uns|moi|nous|nos)\b/iu.test(act.deed);
  if (act.obliged === "addressee") return owner === speaker ? undefined : trusted(speaker);
  if (act.obliged === "named")
    return saysMe ? trusted(speaker) : saysYou && addressee !== owner ? trusted(addressee) : undefined;
  if (owner !== speaker && outcome.usesReply) return trusted(speaker);
  if (act.obliged === "group" && owner !== UNASSIGNED)
    return saysYou ? otherOrganisation(owner, people) : undefined;
  return saysYou || act.isReversed ? trusted(addressee) : undefined;
}

/** Every place in the speech that hands out or takes on work, in order. */
export function findActions(speech: Speech): ActionCandidate[] {
  const found: ActionCandidate[] = [];
  for (const sentences of speech.sentences) {
    const cue = sentences[0]?.cue;
    if (cue === undefined) continue;
    const speaker = cue.speaker?.name ?? "";
    for (const sentence of sentences) {
      for (const clause of sentence.clauses) {
        const act = readAct(clause, speech);
        if (act === undefined || isTalkAboutTalk(act.deed, clause, sentence)) continue;
        const candidate = settle({ act, sentence, clause, speaker }, speech);
        if (candidate !== undefined) found.push(candidate);
      }
    }
  }
  return found;
}
