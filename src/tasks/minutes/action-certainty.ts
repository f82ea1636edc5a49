import type { Outcome } from "./action-outcome.ts";
import type { SpokenAct } from "./read-act.ts";
import { type Due, UNASSIGNED } from "./types.ts";
import { contentStems, wordsOf } from "./words.ts";

/** What is known of an action when its certainty is weighed. */
export type Weighed = {
  readonly found: SpokenAct;
  readonly outcome: Outcome;
  readonly due: Due | undefined;
  readonly hedged: boolean;
  /** How many people speak in the call. */
  readonly speakers: number;
};

type Certainty = "strong" | "weak";

/** Handing something over in writing, which happens after the call. */
const HANDS_OVER =
  /^(?:send|resend|share|forward|e-?mail|mail|write|provide|supply|submit|upload|circulate|let (?:me|us|\p{L}+) know)\b/iu;

/** A deed broken off, as speech often is: `give them an`. */
const isBroken = (deed: string, text: string): boolean =>
  /(?:\{disfmarker\}|[-–—…]|\.\.\.)\s*[.,]?$/u.test(text) ||
  /\b(?:a|an|the|to|of|and|or|but|then|for|with|in|on|at|you|your|our|my|is|that the)[,.]?$/iu.test(
    deed.replace(/\b(?:send|to|for|with|from|tell|give|show) you[,.]?$/iu, "x"),
  );

/** `working on this`, `putting it in there`: nothing but a pronoun says what. */
const isBare = (deed: string): boolean =>
  /^\p{L}+(?: (?:on|at|into|up|out|in|with|about|over|for|of|to|off))* (?:it|that|this|them|one|those|these|something|stuff|some)(?: (?:in|on|up|out|there|too|now|then|over|again|off|down|next time))*[.,!?]*$/iu.test(
    deed,
  );

/** What is sure enough to stand without a model: somebody, something of substance, and no break in the words. */
export function certaintyOf(weighed: Weighed): Certainty {
  const { found, outcome, due, hedged } = weighed;
  const { act, sentence, clause } = found;
  if (isBroken(act.deed, clause.text)) return "weak";
  if (outcome.isAnswered) return "strong";
  const saysYou = /\byou\b/iu.test(act.deed);
  const [stems, words] = [contentStems(act.deed).length, wordsOf(act.deed).length];
  const isThin = act.force === "firm" ? stems === 0 || words < 3 : stems < 2 && !(saysYou && words > 3);
  const isDated =
    due?.date !== undefined ||
    (due !== undefined && /\b(?:by|before|until|bis|avant|d'ici|antes|até)\b/iu.test(clause.plain));
  if ((/^do\b/iu.test(act.deed) || isBare(act.deed)) && !isDated) return "weak";
  switch (act.obliged) {
    case "named":
      return isThin ? "weak" : "strong";
    case "addressee":
      return act.isAdvice || isThin ? "weak" : requestCertainty(weighed);
    case "nobody":
      return (isDated || /\b(?:someone|somebody|jemand|quelqu'un|alguien|alguém)\b/iu.test(sentence.plain)) &&
        !isThin
        ? "strong"
        : "weak";
    default:
      break;
  }
  if (outcome.owner === UNASSIGNED && act.obliged === "group") return isDated && !isThin ? "strong" : "weak";
  if (sentence.isQuestion && act.force !== "firm") return "weak";
  if (act.force === "duty" || act.force === "offer")
    return isDated || (saysYou && !isThin) ? "strong" : "weak";
  if (hedged)
    return isDated || (!isThin && (saysYou || /\b(?:i|we)'ll\b/iu.test(clause.plain))) ? "strong" : "weak";
  return isThin && !isDated ? "weak" : "strong";
}

/** A request nobody answered: sure with a date or as a plea, in a larger round only for what is handed over later. */
function requestCertainty({ found, due, speakers }: Weighed): Certainty {
  const { act, sentence } = found;
  if (due !== undefined) return "strong";
  const isPlea =
    (/\b(?:me|us)\b/iu.test(act.deed) &&
      (sentence.isQuestion || /\bif you (?:could|would)\b/iu.test(sentence.plain))) ||
    /\bplease\b/iu.test(sentence.plain);
  return isPlea && (speakers <= 2 || HANDS_OVER.test(act.deed)) ? "strong" : "weak";
}
