import type { ActionCandidate } from "./find-actions.ts";
import { type Antecedent, findAntecedent, findContext } from "./find-antecedent.ts";
import type { DecisionCandidate } from "./find-decisions.ts";
import type { QuestionCandidate } from "./find-questions.ts";
import { isTrusted } from "./people.ts";
import { evidenceOf, plainOf } from "./sentences.ts";
import type { Speech } from "./speech.ts";
import type { Evidence } from "./types.ts";
import { contentStems } from "./words.ts";

const LEAD =
  /^(?:(?:another thing|one (?:more|other|last) thing|by the way|before that|because then|ok|okay|so|and|but|well|then|yes|yeah|yep|right|now|great|good|perfect|fine|sure|actually|alright|all right|anyway|also|you know|i mean|oh|ah|exactly|absolutely|thanks|thank you|also|und|ja|gut|aber|dann|et|oui|alors|mais|donc|y|sí|bueno|vale|pero|entonces|e|sim|bom|mas|então)(?=[,.;: ])[,.;:]?\s+)+/iu;

/** Makes a sentence start with a capital and drops the little words people begin with. Nothing else is changed. */
export function tidy(text: string): string {
  const bare = plainOf(text).replace(LEAD, "").trim();
  const sentence = bare === "" ? plainOf(text) : bare;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/**
 * A decision or question in the words spoken, without the word that only says it is one (`Agreed: …`, `…, decided`),
 * since it stands under that heading.
 */
export function phraseItem(candidate: DecisionCandidate | QuestionCandidate): string {
  const spoken = tidy(candidate.text);
  if (candidate.kind === "question") return spoken;
  const bare = spoken
    .replace(/^(?:then )?(?:agreed|decided|settled|deal)(?: then)?\s*[:,]\s*/iu, "")
    .replace(/,\s*(?:then )?(?:agreed|decided|settled|deal)\s*[.!]*$/iu, ".");
  return bare.split(/\s+/u).length < 3 ? spoken : bare.charAt(0).toUpperCase() + bare.slice(1);
}

/** Verbs and prepositions after which `you` and `me` are objects, so that a name can stand there. */
const OBJECT =
  "(?<=\\b(?:send|give|get|let|tell|show|keep|email|mail|remind|ask|inform|notify|brief|with|to|for|by|from|at|put|invite|introduce|forward|write|call|ring|contact) )";
const POINTS =
  /(?<![\p{L}'])(?:i|i'm|i'll|i've|i'd|me|my|mine|we|we'll|we're|we've|us|our|ours|you|you'll|you're|you've|your|yours|myself|yourself|he|she|him|her|his|they|theirs|he'll|she'll|they'll)(?![\p{L}])/iu;
const POINTS_BACK = /(?<![\p{L}'])(?:him|her|it|its|them|their)(?![\p{L}'])|\bdo (?:this|that)\b/iu;

/** Whether a pronoun stands before anything it could mean: `put it on their agenda`, not `collect the forms and sort them`. */
function pointsBack(text: string): boolean {
  if (/^(?:they|he|she|it)(?![\p{L}])/iu.test(text)) return true;
  const at = POINTS_BACK.exec(text)?.index;
  return at !== undefined && contentStems(text.slice(0, at)).length < 2;
}

type Names = {
  readonly me: string | undefined;
  readonly you: string | undefined;
  /** Who `him` or `her` is, when only one can be meant. */
  readonly third: string | undefined;
};

/** The deed with names for its pronouns, or undefined when one is left that points at nobody sure. */
function replacePronouns(deed: string, names: Names): string | undefined {
  let text = deed.replace(/\b(all (?:\d+|two|three|four|five|six|seven|eight|nine|ten)) of us\b/giu, "$1");
  const put = (source: string, name: string | undefined): void => {
    if (name !== undefined) text = text.replace(new RegExp(source, "giu"), name);
  };
  put("\\byour\\b", names.you === undefined ? undefined : `${names.you}'s`);
  put(`${OBJECT}you\\b`, names.you);
  put(`${OBJECT}me\\b`, names.me);
  put(
    `${OBJECT}(?:him|her)(?= (?:about|afterwards|later|on|of|that|if|when|as|by|know|to|the|a|an)\\b|[.,!]|$)`,
    names.third,
  );
  return POINTS.test(text) || pointsBack(text) ? undefined : text;
}

/** The verb phrase without the little words around it. */
function bareDeed(deed: string): string {
  return deed
    .replace(
      /^(?:(?:also|just|then|definitely|certainly|gladly|please|kindly|simply|still|personally|go ahead and|be able to|now)\s+)+/iu,
      "",
    )
    .replace(/(?:,? (?:right|okay|ok|please|then)|, you know)[?.!,;:]*$/iu, "")
    .replace(/[?.!,;:]+$/u, "")
    .replace(/,? please$/iu, "");
}

/** What an action says and rests on. */
export type PhrasedAction = { readonly text: string; readonly evidence: readonly Evidence[] };

/**
 * An action in words that are safe: the verb phrase with the pronouns named, when that can be done without touching
 * the grammar, otherwise the sentence as it was spoken, with the one before when it points back. Only English is
 * rewritten.
 */
export function phraseAction(candidate: ActionCandidate, speech: Speech): PhrasedAction {
  const { evidence } = candidate;
  const spoken = tidy(evidence[0]?.quote ?? candidate.deed);
  if (speech.patterns.language !== "en") return { text: spoken, evidence };
  const antecedent = findAntecedent(candidate, speech);
  // A condition may stand in a part of the sentence that the verb phrase lacks.
  const named =
    candidate.isReversed || candidate.status === "conditional"
      ? undefined
      : nameDeed(candidate, antecedent, speech);
  if (named !== undefined) {
    const isUsed = antecedent !== undefined && named.includes(antecedent.name);
    return {
      text: named.charAt(0).toUpperCase() + named.slice(1),
      evidence: isUsed ? withFirst(evidenceOf(antecedent.sentence), evidence) : evidence,
    };
  }
  const context = pointsBack(spoken) ? findContext(candidate, speech) : undefined;
  return context === undefined
    ? { text: spoken, evidence }
    : { text: `${tidy(context.text)} ${spoken}`, evidence: withFirst(evidenceOf(context), evidence) };
}

function withFirst(first: Evidence, evidence: readonly Evidence[]): readonly Evidence[] {
  const isThere = evidence.some((one) => one.cue === first.cue && one.quote === first.quote);
  return isThere ? evidence : [first, ...evidence];
}

function nameDeed(
  candidate: ActionCandidate,
  antecedent: Antecedent | undefined,
  speech: Speech,
): string | undefined {
  const trusted = (name: string | undefined): string | undefined =>
    name !== undefined && name !== "" && isTrusted(name, speech.people) ? name : undefined;
  const named = replacePronouns(bareDeed(candidate.deed), {
    me: trusted(candidate.speaker),
    you: trusted(candidate.addressee),
    third: antecedent?.name,
  });
  // A gerund ("sending", after "would you mind") or a bare pronoun object says too little by itself.
  if (
    named === undefined ||
    /^\p{L}+(?: up| out| in)? (?:it|that|this|them)(?!\p{L})/iu.test(named) ||
    /^\p{L}+ing\b/u.test(named) ||
    named.split(/\s+/u).length < 3 ||
    named.length > 220
  )
    return undefined;
  return named;
}
