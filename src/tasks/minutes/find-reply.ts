import { callNames, type People } from "./people.ts";
import type { Sentence } from "./sentences.ts";
import type { SpeechPatterns } from "./speech-patterns.ts";

/** How somebody else took a request, an offer or a proposal. */
export type Reply = {
  readonly kind: "accepted" | "conditional" | "declined" | "dodged";
  readonly by: string;
  /** The sentence that says so. */
  readonly sentence: Sentence;
  /** True when the replier speaks of himself or herself: `I'll do it`. */
  readonly takesOn: boolean;
};

export type ReplyQuestion = {
  /** Cue and sentence after which to look. */
  readonly after: Sentence;
  /** Who asked; never their own reply. */
  readonly from: string;
  /** Who was asked, when known. Others count only when they take it on in the first person. */
  readonly to?: string;
  /** First word of what was asked, to tell `I'll check` as a yes from `I'll check` as a dodge. */
  readonly verb?: string;
  readonly reach?: number;
};

const BACKCHANNEL = /^(?:mm+-?hmm*|uh-?huh|hmm+|yeah|right|okay|ok|mhm|ah|oh|so)?[.,! ]*$/iu;
const KIND_NO =
  /^(?:(?:oh|yeah|yes|sure|ok|okay)[,. ]+)*(?:no problem|no worries|not a problem|why not|i don't mind|don't worry|not at all)\b/iu;

/** The verdict of one cue's first sentences, or undefined when they do not answer. */
function judge(
  sentences: readonly Sentence[],
  patterns: SpeechPatterns,
  verb: string | undefined,
): Omit<Reply, "by"> | undefined {
  const first = sentences[0];
  if (first === undefined) return undefined;
  const head = sentences.slice(0, 3);
  const text = head.map((sentence) => sentence.plain).join(" ");
  const taking = head.find((sentence) =>
    sentence.clauses.some(
      (clause) => patterns.takesOn.test(clause.plain) && !patterns.negation.test(clause.plain),
    ),
  );
  const takesOn = taking !== undefined;
  const accepts = patterns.accept.test(first.plain) || KIND_NO.test(first.plain) || takesOn;
  if (patterns.decline.test(first.plain) && !KIND_NO.test(first.plain))
    return refusal(first, taking, patterns);
  const sentence = taking ?? first;
  const sameVerb =
    verb !== undefined && new RegExp(`\\b(?:i|we)(?:'ll| will| can)(?: \\w+)? ${verb}\\b`, "iu").test(text);
  if (patterns.dodge.test(text) && !sameVerb) {
    return {
      kind:
        patterns.accept.test(first.plain) && !/^(?:well|good)\b/iu.test(first.plain)
          ? "conditional"
          : "dodged",
      sentence,
      takesOn,
    };
  }
  if (patterns.handsBack.test(text) && !takesOn) return undefined;
  if (!accepts) return undefined;
  return {
    kind: isHedged(sentence, patterns) || isHedged(first, patterns) ? "conditional" : "accepted",
    sentence,
    takesOn,
  };
}

/** A no, unless the same breath takes the work on after all (`not by Friday, but I'll send it on Monday`). */
function refusal(first: Sentence, taking: Sentence | undefined, patterns: SpeechPatterns): Omit<Reply, "by"> {
  const isOneBreath = patterns.takesOn.test(first.plain) && first.clauses.length < 2;
  if (taking === undefined || isOneBreath) return { kind: "declined", sentence: first, takesOn: false };
  const kind = isHedged(taking, patterns) ? "conditional" : "accepted";
  return { kind, sentence: taking, takesOn: true };
}

function isHedged(sentence: Sentence, patterns: SpeechPatterns): boolean {
  if (patterns.hedge.test(sentence.plain) || patterns.condition.test(sentence.plain)) return true;
  return /^(?:yes|yeah|sure|ok|okay|ja|oui|sí|sim),? (?:but|aber|mais|pero|mas)\b|\bi'll (?:see|think)\b/iu.test(
    sentence.plain,
  );
}

/** The first answer to a sentence within the next few cues, or undefined when nobody answers. */
export function findReply(
  question: ReplyQuestion,
  sentences: readonly (readonly Sentence[])[],
  patterns: SpeechPatterns,
  people: People,
): Reply | undefined {
  const start = question.after.cue.index + 1;
  let ownWords = 0;
  for (let index = start; index < Math.min(sentences.length, start + (question.reach ?? 4)); index++) {
    const reply = sentences[index] ?? [];
    const cue = reply[0]?.cue;
    const by = cue?.speaker?.name;
    if (cue === undefined || by === undefined) continue;
    if (by === question.from) {
      ownWords += cue.text.split(/\s+/u).length;
      if (ownWords > 25) return undefined;
      continue;
    }
    const verdict = judge(reply, patterns, question.verb);
    const isAsked = question.to === undefined ? people.speakers.length === 2 : by === question.to;
    if (!isAsked) {
      const callsOther = people.participants.some(
        (one) =>
          one.name !== by &&
          callNames(one, people.participants).some((name) => cue.text.startsWith(`${name},`)),
      );
      if (verdict?.takesOn && verdict.kind !== "declined" && !callsOther) return { ...verdict, by };
      continue;
    }
    if (verdict !== undefined) return { ...verdict, by };
    if (!BACKCHANNEL.test(reply.map((one) => one.plain).join(" "))) return undefined;
  }
  return undefined;
}
