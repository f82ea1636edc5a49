import { findReply, type Reply } from "./find-reply.ts";
import {
  calledIn,
  callNames,
  escapePattern,
  hasName,
  isTrusted,
  onlyOther,
  organisationLabel,
  otherOrganisation,
  type People,
} from "./people.ts";
import { type DateMention, readDates } from "./read-dates.ts";
import { type Clause, evidenceOf, type Sentence } from "./sentences.ts";
import type { Obliged, SpeechForm, SpeechPatterns } from "./speech-patterns.ts";
import { type ActionStatus, type Due, type Evidence, UNASSIGNED } from "./types.ts";
import { contentOverlap, contentStems, wordsOf } from "./words.ts";

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

/** What the finders share: the speech cut into sentences, the tables, the people, the call's date. */
export type Speech = {
  readonly sentences: readonly (readonly Sentence[])[];
  readonly patterns: SpeechPatterns;
  readonly people: People;
  /** Date of the call at a cue, after midnight the next day. */
  readonly dateAt: (cue: number) => string | undefined;
  /** First names that are used as a person's somewhere, beside the participants. */
  readonly otherPeople: ReadonlySet<string>;
};

type Act = {
  readonly obliged: Obliged | "named";
  readonly force: SpeechForm["force"];
  readonly deed: string;
  readonly isReversed: boolean;
  /** Set for `named`. */
  readonly name?: string;
  /** True for `you should`, `you can`: advice more often than a request. */
  readonly isAdvice: boolean;
};

const TOGETHER =
  /\b(?:together|both of us|we both|jointly|all of us|you and i|you and me|gemeinsam|ensemble|juntos|juntas)\b/iu;
const ADVICE = /\byou (?:should|need to|have to|must|ought to|'ve got to|can|could)\b/iu;

/** The first form that fits a clause. */
function readForm(clause: Clause, patterns: SpeechPatterns): Act | undefined {
  for (const form of patterns.forms) {
    const match = form.pattern.exec(clause.plain);
    const deed = match?.groups?.deed ?? match?.groups?.deed2 ?? match?.groups?.deed3;
    if (match === null || deed === undefined) continue;
    const before = clause.plain.slice(0, match.index);
    if (!patterns.deed.test(deed) || patterns.inCall.test(deed)) continue;
    if (
      patterns.negation.test(before) ||
      (patterns.language !== "en" && patterns.negation.test(clause.plain))
    )
      return undefined;
    if (
      patterns.reported.test(before.replace(/\bbecause\b/giu, form.obliged === "nobody" ? "" : "because")) &&
      !/\bif $/iu.test(before + clause.plain.slice(match.index, match.index + 3))
    )
      return undefined;
    if (
      form.force === "request" &&
      form.obliged === "addressee" &&
      /^(?:if|when|once|whether|what|how|where|why)\b/iu.test(clause.plain) &&
      !/^if you (?:could|would)\b/iu.test(clause.plain)
    )
      return undefined;
    return {
      obliged: form.obliged,
      force: form.force,
      deed,
      isReversed: form.reversed === true,
      isAdvice: ADVICE.test(match[0]),
    };
  }
  return undefined;
}

/** `Daniel will send …`: a person by name, of the call or mentioned in it as a person. */
function readNamed(clause: Clause, speech: Speech): Act | undefined {
  const { people, patterns } = speech;
  const names = [
    ...people.participants.flatMap((one) =>
      callNames(one, people.participants).map((called) => ({ called, name: one.name })),
    ),
    ...[...speech.otherPeople].map((called) => ({ called, name: called })),
  ].sort((a, b) => b.called.length - a.called.length);
  for (const { called, name } of names) {
    if (!hasName(clause.plain, called)) continue;
    const at = clause.plain.search(
      new RegExp(`(?<![\\p{L}\\p{N}])${escapePattern(called)}(?![\\p{L}\\p{N}])`, "u"),
    );
    const before = clause.plain.slice(0, at);
    const after = clause.plain
      .slice(at + called.length)
      .replace(
        /^ (?:from|in|at|of|on|von|aus|de|da|do) [\p{L}' ]{2,30}?(?=(?: will| is| has| wird|'ll| va | vai ))/u,
        "",
      );
    const match = patterns.namedForm.exec(after);
    const deed = match?.groups?.deed;
    if (match === null || deed === undefined || !patterns.deed.test(deed) || patterns.inCall.test(deed))
      continue;
    if (
      patterns.reported.test(before) ||
      patterns.negation.test(before) ||
      (patterns.language !== "en" && patterns.negation.test(after))
    )
      continue;
    if (
      /\b(?:and|or|und|oder|et|ou|y|e|with|for|to|from|of|by|by the time)\s*$/iu.test(before) &&
      !/^(?:and|und|et|y|e)\s*$/iu.test(before)
    )
      continue;
    return { obliged: "named", force: "firm", deed, isReversed: false, name, isAdvice: false };
  }
  return undefined;
}

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

function dueOf(texts: readonly string[], cue: number, speech: Speech): Due | undefined {
  for (const text of texts) {
    const dates = readDates(text, speech.patterns.language, speech.dateAt(cue)).filter(
      (date) => !isOtherwise(text, date),
    );
    const best = dates.find((date) => date.date !== undefined) ?? dates[0];
    if (best !== undefined)
      return dates.length > 1 && isEither(text)
        ? {
            text: text.slice(
              dates[0]?.index ?? 0,
              (dates.at(-1)?.index ?? 0) + (dates.at(-1)?.text.length ?? 0),
            ),
          }
        : { text: best.text, ...(best.date === undefined ? {} : { date: best.date }) };
  }
  return undefined;
}

const isEither = (text: string): boolean => /\bor\b|\boder\b|\bou\b|\bo el\b/iu.test(text);

/** A day that is no due date: gone by, the start of a span, or the name of something (`Tuesday's call`). */
function isOtherwise(text: string, date: DateMention): boolean {
  const before = text.slice(0, date.index);
  const after = text.slice(date.index + date.text.length);
  return (
    /(?:last|past|since|from|after|about|regarding|of|not before|not until|than)\s+(?:the )?$/iu.test(
      before,
    ) ||
    /^(?:last|past)/iu.test(date.text) ||
    /^'s\b|^ (?:meeting|call|session|workshop|release|launch|version|edition|review|training|event|numbers|figures|data)\b/iu.test(
      after,
    )
  );
}

/** Where the due date of a clause may stand: in it, or in a few words before or after it (`By Friday, I'll …`). */
function dueTexts(sentence: Sentence, clause: Clause): string[] {
  const at = sentence.clauses.indexOf(clause);
  const beside = [sentence.clauses[at - 1], sentence.clauses[at + 1]].flatMap((one) => one?.plain ?? []);
  return [clause.plain, ...beside.filter((plain) => plain.split(/\s+/u).length <= 5)];
}

type Found = {
  readonly act: Act;
  readonly sentence: Sentence;
  readonly clause: Clause;
  readonly speaker: string;
};

/** Owner, counterpart and status once the reply is known; undefined when the action fell through. */
function settle(found: Found, speech: Speech): ActionCandidate | undefined {
  const { act, sentence, clause, speaker } = found;
  const addressee = addresseeOf(sentence, speech);
  const asked =
    act.obliged === "addressee"
      ? addressee.name
      : act.obliged === "named" && speech.people.speakers.some((one) => one.name === act.name)
        ? act.name
        : act.obliged === "nobody"
          ? undefined
          : addressee.name;
  const verb = wordsOf(act.deed)[0];
  const reply = findReply(
    {
      after: sentence,
      from: speaker,
      ...(asked === undefined ? {} : { to: asked }),
      ...(verb === undefined ? {} : { verb }),
    },
    speech.sentences,
    speech.patterns,
    speech.people,
  );
  const outcome = outcomeOf(found, reply, addressee, speech);
  if (outcome === undefined) return undefined;
  const usesReply = reply !== undefined && outcome.usesReply;
  const texts = [...(usesReply ? [reply.sentence.plain] : []), ...dueTexts(sentence, clause)];
  const due = dueOf(texts, sentence.cue.index, speech);
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
    certainty: certaintyOf(found, outcome, due, hedged),
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

type Outcome = {
  readonly owner: string;
  readonly status: ActionStatus;
  readonly usesReply: boolean;
  readonly isAnswered: boolean;
};

/** Who owes what after the reply. Unsure means `unassigned`; a refusal means no action. */
function outcomeOf(
  found: Found,
  reply: Reply | undefined,
  addressee: { readonly name?: string; readonly isSelf: boolean },
  speech: Speech,
): Outcome | undefined {
  const { act, sentence, clause, speaker } = found;
  const none: Outcome = { owner: UNASSIGNED, status: "unassigned", usesReply: false, isAnswered: false };
  const taken = (by: string, status: ActionStatus = "stated"): Outcome => ({
    owner: by,
    status: reply?.kind === "conditional" ? "conditional" : status,
    usesReply: true,
    isAnswered: true,
  });
  const yes = reply?.kind === "accepted" || reply?.kind === "conditional";
  switch (act.obliged) {
    case "speaker": {
      if (
        reply !== undefined &&
        /^(?:no|nope|actually)\b/iu.test(speech.sentences[reply.sentence.cue.index]?.[0]?.plain ?? "")
      ) {
        if (reply.takesOn && reply.kind !== "declined")
          return sameDeed(act.deed, reply.sentence)
            ? taken(reply.by)
            : { owner: speaker, status: "stated", usesReply: false, isAnswered: false };
        if (act.force === "offer" || isCallOff(reply.sentence)) return undefined;
      }
      if (act.force === "offer" && reply?.kind === "declined")
        return reply.takesOn ? taken(reply.by) : undefined;
      if (isJoint(sentence, clause, speech.people)) return none;
      const isQuestion =
        /\b(?:shall|should|can|could|may|do|would) (?:i|you)\b/iu.test(clause.plain) && sentence.isQuestion;
      if (
        act.force === "offer" &&
        isQuestion &&
        reply?.takesOn &&
        reply.by !== speaker &&
        /\bi(?:'ll| will| can)\b/iu.test(reply.sentence.plain)
      )
        return taken(reply.by);
      if (act.force === "offer" && yes)
        return { owner: speaker, status: "stated", usesReply: true, isAnswered: true };
      if (act.force === "offer" && isQuestion) return undefined;
      return {
        owner: speaker,
        status: act.force === "firm" ? "stated" : act.force === "hedged" ? "conditional" : "implied",
        usesReply: false,
        isAnswered: false,
      };
    }
    case "addressee": {
      if (addressee.isSelf) return none;
      if (yes && reply !== undefined && !answersDeed(act, reply, speech.patterns))
        return { ...none, status: "implied" };
      if (yes && reply !== undefined)
        return /\bor (?:should|shall|can|could|will|do) (?:i|you|we)\b/iu.test(sentence.plain) &&
          !reply.takesOn
          ? none
          : taken(reply.by);
      if (reply?.kind === "declined") return undefined;
      return { ...none, status: "implied" };
    }
    case "named": {
      if (yes && reply?.by === act.name) return taken(act.name ?? UNASSIGNED);
      if (reply?.kind === "declined" && reply.by === act.name) return undefined;
      return {
        owner: act.name === speaker ? UNASSIGNED : (act.name ?? UNASSIGNED),
        status: act.name === speaker ? "unassigned" : "implied",
        usesReply: false,
        isAnswered: false,
      };
    }
    case "group":
      return groupOutcome(found, speech, none);
    case "nobody":
      return yes && reply?.takesOn && answersDeed(act, reply, speech.patterns) ? taken(reply.by) : none;
    default:
      return act.obliged satisfies never;
  }
}

function groupOutcome(found: Found, speech: Speech, none: Outcome): Outcome {
  const self = speech.people.participants.find((one) => one.name === found.speaker);
  const label = self === undefined ? undefined : organisationLabel(self);
  const labels = new Set(speech.people.participants.flatMap((one) => organisationLabel(one) ?? []));
  if (
    label === undefined ||
    labels.size < 2 ||
    TOGETHER.test(found.clause.plain) ||
    !isTrusted(found.speaker, speech.people)
  )
    return none;
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

function trustworthy(
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

function counterpartOf(
  found: Found,
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
          `\\b(?:to|for|with|send|give|tell|ask|remind|email|call) ${escapePattern(name)}(?![\\p{L}])`,
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

/** A deed broken off, as speech often is: `give them an`. */
const isBroken = (deed: string, text: string): boolean =>
  /(?:\{disfmarker\}|[-–—…]|\.\.\.)\s*[.,]?$/u.test(text) ||
  /\b(?:a|an|the|to|of|and|or|but|then|for|with|in|on|at|you|your|our|my|is|that the)[,.]?$/iu.test(
    deed.replace(/\b(?:send|to|for|with|from|tell|give|show) you[,.]?$/iu, "x"),
  );

/** What is sure enough to stand without a model: somebody, something of substance, and no break in the words. */
function certaintyOf(
  found: Found,
  outcome: Outcome,
  due: Due | undefined,
  hedged: boolean,
): "strong" | "weak" {
  const { act, sentence, clause } = found;
  if (isBroken(act.deed, clause.text)) return "weak";
  if (outcome.isAnswered) return "strong";
  const saysYou = /\byou\b/iu.test(act.deed);
  const [stems, words] = [contentStems(act.deed).length, wordsOf(act.deed).length];
  const isThin = act.force === "firm" ? stems === 0 || words < 3 : stems < 2 && !(saysYou && words > 3);
  const isDated =
    due?.date !== undefined ||
    (due !== undefined && /\b(?:by|before|until|bis|avant|d'ici|antes|até)\b/iu.test(clause.plain));
  if (/^do\b/iu.test(act.deed) && !isDated) return "weak";
  if (act.obliged === "named") return isThin ? "weak" : "strong";
  if (act.obliged === "addressee") {
    if (act.isAdvice || isThin) return "weak";
    const isPlea =
      (sentence.isQuestion && /\b(?:me|us)\b/iu.test(act.deed)) || /\bplease\b/iu.test(sentence.plain);
    return due !== undefined || isPlea ? "strong" : "weak";
  }
  if (outcome.owner === UNASSIGNED && act.obliged === "group") return isDated && !isThin ? "strong" : "weak";
  if (act.obliged === "nobody") {
    const isSomebody = /\b(?:someone|somebody|jemand|quelqu'un|alguien|alguém)\b/iu.test(sentence.plain);
    return (isDated || isSomebody) && !isThin ? "strong" : "weak";
  }
  if (sentence.isQuestion && act.force !== "firm") return "weak";
  if (act.force === "duty" || act.force === "offer")
    return isDated || (saysYou && !isThin) ? "strong" : "weak";
  if (hedged)
    return isDated || (!isThin && (saysYou || /\b(?:i|we)'ll\b/iu.test(clause.plain))) ? "strong" : "weak";
  return isThin && !isDated ? "weak" : "strong";
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
        const act = readForm(clause, speech.patterns) ?? readNamed(clause, speech);
        const candidate = act === undefined ? undefined : settle({ act, sentence, clause, speaker }, speech);
        if (candidate !== undefined) found.push(candidate);
      }
    }
  }
  return found;
}
