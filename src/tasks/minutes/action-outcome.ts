import type { Reply } from "./find-reply.ts";
import { callNames, isTrusted, organisationLabel, type People } from "./people.ts";
import type { Act, SpokenAct } from "./read-act.ts";
import type { Clause, Sentence } from "./sentences.ts";
import type { Speech } from "./speech.ts";
import type { SpeechPatterns } from "./speech-patterns.ts";
import { type ActionStatus, UNASSIGNED } from "./types.ts";
import { contentOverlap, wordsOf } from "./words.ts";

const TOGETHER =
  /\b(?:together|both of us|we both|jointly|all of us|you and i|you and me|gemeinsam|ensemble|juntos|juntas)\b/iu;
/** `Daniel and I will …`, `you and I will …`: two owe, so no one does by himself. */
function isJoint(sentence: Sentence, clause: Clause, people: People): boolean {
  if (TOGETHER.test(clause.plain)) return true;
  if (!/^(?:and|und|et|y|e) (?:i|ich|je|yo|eu)\b/iu.test(clause.plain)) return false;
  const before = sentence.clauses[sentence.clauses.indexOf(clause) - 1]?.plain ?? "";
  const words = before.replace(/[,.]$/u, "").split(/\s+/u);
  return (
    words.length <= 4 &&
    (/\byou$/iu.test(before) ||
      people.participants.some((one) =>
        callNames(one, people.participants).some((name) => before.endsWith(name)),
      ))
  );
}

/** Who owes it and how firmly, with the reply weighed in. */
export type Outcome = {
  readonly owner: string;
  readonly status: ActionStatus;
  readonly usesReply: boolean;
  readonly isAnswered: boolean;
};

const NOBODY: Outcome = { owner: UNASSIGNED, status: "unassigned", usesReply: false, isAnswered: false };

const accepts = (reply: Reply | undefined): reply is Reply =>
  reply?.kind === "accepted" || reply?.kind === "conditional";

/** The owner who took it on in the reply. */
function takenBy(owner: string, reply: Reply): Outcome {
  const status = reply.kind === "conditional" ? "conditional" : "stated";
  return { owner, status, usesReply: true, isAnswered: true };
}

/** Who owes what after the reply. Unsure means `unassigned`; a refusal means no action. */
export function outcomeOf(
  found: SpokenAct,
  reply: Reply | undefined,
  addressee: { readonly name?: string; readonly isSelf: boolean },
  speech: Speech,
): Outcome | undefined {
  const { act } = found;
  switch (act.obliged) {
    case "speaker":
      return speakerOutcome(found, reply, speech);
    case "addressee":
      return addressee.isSelf ? NOBODY : addresseeOutcome(found, reply, speech);
    case "named":
      return namedOutcome(found, reply);
    case "group":
      return groupOutcome(found, speech);
    case "nobody":
      return accepts(reply) && reply.takesOn && answersDeed(act, reply, speech.patterns)
        ? takenBy(reply.by, reply)
        : NOBODY;
    default:
      return act.obliged satisfies never;
  }
}

/** The speaker's own promise or offer, unless the reply takes it over or calls it off. */
function speakerOutcome(found: SpokenAct, reply: Reply | undefined, speech: Speech): Outcome | undefined {
  const { act, sentence, clause, speaker } = found;
  const own = (status: ActionStatus, isAnswered = false): Outcome => ({
    owner: speaker,
    status,
    usesReply: isAnswered,
    isAnswered,
  });
  if (reply !== undefined && saysNo(reply, speech)) {
    if (reply.takesOn && reply.kind !== "declined")
      return sameDeed(act.deed, reply.sentence) ? takenBy(reply.by, reply) : own("stated");
    if (act.force === "offer" || isCallOff(reply.sentence)) return undefined;
  }
  if (act.force === "offer" && reply?.kind === "declined")
    return reply.takesOn ? takenBy(reply.by, reply) : undefined;
  if (isJoint(sentence, clause, speech.people)) return NOBODY;
  if (act.force !== "offer") {
    return own(act.force === "firm" ? "stated" : act.force === "hedged" ? "conditional" : "implied");
  }
  const isQuestion =
    /\b(?:shall|should|can|could|may|do|would) (?:i|you)\b/iu.test(clause.plain) && sentence.isQuestion;
  const isTakenOver = isQuestion && reply?.takesOn && /\bi(?:'ll| will| can)\b/iu.test(reply.sentence.plain);
  if (isTakenOver && reply !== undefined && reply.by !== speaker) return takenBy(reply.by, reply);
  if (accepts(reply)) return own("stated", true);
  return isQuestion ? undefined : own("implied");
}

const saysNo = (reply: Reply, speech: Speech): boolean =>
  /^(?:no|nope|actually)\b/iu.test(speech.sentences[reply.sentence.cue.index]?.[0]?.plain ?? "");

/** A request: whose who accepts it, nobody's while nobody does, gone when it is refused. */
function addresseeOutcome(
  { act, sentence }: SpokenAct,
  reply: Reply | undefined,
  speech: Speech,
): Outcome | undefined {
  if (reply?.kind === "declined") return undefined;
  if (!accepts(reply) || !answersDeed(act, reply, speech.patterns)) return { ...NOBODY, status: "implied" };
  const isChoice = /\bor (?:should|shall|can|could|will|do) (?:i|you|we)\b/iu.test(sentence.plain);
  return isChoice && !reply.takesOn ? NOBODY : takenBy(reply.by, reply);
}

/** Somebody by name: stated when he or she says yes, implied while not, gone with a no. */
function namedOutcome({ act, speaker }: SpokenAct, reply: Reply | undefined): Outcome | undefined {
  const name = act.name ?? UNASSIGNED;
  if (accepts(reply) && reply.by === act.name) return takenBy(name, reply);
  if (reply?.kind === "declined" && reply.by === act.name) return undefined;
  // Who speaks of himself by name has somebody else's label.
  return name === speaker ? NOBODY : { ...NOBODY, owner: name, status: "implied" };
}

function groupOutcome(found: SpokenAct, speech: Speech): Outcome {
  const self = speech.people.participants.find((one) => one.name === found.speaker);
  const label = self === undefined ? undefined : organisationLabel(self);
  const labels = new Set(speech.people.participants.flatMap((one) => organisationLabel(one) ?? []));
  if (
    label === undefined ||
    labels.size < 2 ||
    TOGETHER.test(found.clause.plain) ||
    !isTrusted(found.speaker, speech.people)
  )
    return NOBODY;
  return {
    owner: label,
    status: found.act.force === "firm" ? "stated" : found.act.force === "hedged" ? "conditional" : "implied",
    usesReply: false,
    isAnswered: false,
  };
}

const isCallOff = (sentence: Sentence): boolean =>
  /\b(?:no need|don't|not necessary|needn't|you don't have to|leave it)\b/iu.test(sentence.plain);

/** A yes, or a first person that takes up the same work; advice (`you should`) needs the latter. */
function answersDeed(act: Act, reply: Reply, patterns: SpeechPatterns): boolean {
  const { plain } = reply.sentence;
  const takesUp = reply.takesOn && (sameDeed(act.deed, reply.sentence) || plain.split(/\s+/u).length <= 4);
  const isOwn = /\b(?:i|i'll|ich|je|j'|eu|yo)(?![\p{L}])/iu.test(plain);
  if ((act.isAdvice || act.obliged === "nobody") && patterns.language === "en") return takesUp && isOwn;
  const tries = /\bi'll (?:try|see what i can|do my best)\b/iu.test(plain);
  return (
    takesUp ||
    tries ||
    /\b(?:will do|on it|mine)\b/iu.test(plain) ||
    (!act.isAdvice && (patterns.accept.test(plain) || patterns.language !== "en" || isKindNo(plain)))
  );
}

const isKindNo = (plain: string): boolean =>
  /\b(?:no problem|no worries|not a problem|don't mind|not at all)\b/iu.test(plain);

function sameDeed(deed: string, reply: Sentence): boolean {
  const verb = wordsOf(deed)[0] ?? "";
  return (
    new RegExp(
      `\\b(?:do (?:it|that|this)|take (?:it|that|this)|handle (?:it|that|this)|${verb}\\b)`,
      "iu",
    ).test(reply.plain) || contentOverlap(deed, reply.plain) >= 0.5
  );
}

/** The same without the names whose labels are not to be trusted. */
export function trustworthy(
  outcome: Outcome,
  people: People,
): { readonly owner: string; readonly status: ActionStatus } {
  if (outcome.owner === "") return { owner: UNASSIGNED, status: "unassigned" };
  if (outcome.owner === UNASSIGNED) return { owner: UNASSIGNED, status: outcome.status };
  const isPerson = people.participants.some((one) => one.name === outcome.owner);
  if ((isPerson && !isTrusted(outcome.owner, people)) || people.distrusted === "everyone")
    return { owner: UNASSIGNED, status: "unassigned" };
  return { owner: outcome.owner, status: outcome.status };
}
