import type { ActionCandidate } from "./find-actions.ts";
import { isTrusted, type People } from "./people.ts";
import { plainOf } from "./sentences.ts";

const LEAD =
  /^(?:(?:ok|okay|so|and|but|well|then|yes|yeah|yep|right|now|great|good|perfect|fine|sure|actually|alright|all right|anyway|also|you know|i mean|oh|ah|exactly|absolutely|thanks|thank you|also|und|ja|gut|aber|dann|et|oui|alors|mais|donc|y|sí|bueno|vale|pero|entonces|e|sim|bom|mas|então)(?=[,.;: ])[,.;:]?\s+)+/iu;

/** Makes a sentence start with a capital and drops the little words people begin with. Nothing else is changed. */
export function tidy(text: string): string {
  const bare = plainOf(text).replace(LEAD, "").trim();
  const sentence = bare === "" ? plainOf(text) : bare;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** Pronouns that a name can stand for without touching the verb. */
function replacePronouns(deed: string, me: string | undefined, you: string | undefined): string | undefined {
  let text = deed;
  const put = (pattern: RegExp, name: string | undefined): void => {
    if (name !== undefined) text = text.replace(pattern, name);
  };
  put(/\byourself\b/giu, undefined);
  put(/\byour\b/giu, you === undefined ? undefined : `${you}'s`);
  put(
    /(?<=\b(?:send|give|get|let|tell|show|keep|email|mail|remind|ask|inform|notify|brief|with|to|for|by|from|at|put|invite|introduce|forward|write|call|ring|contact) )you\b/giu,
    you,
  );
  put(
    /(?<=\b(?:send|give|get|let|tell|show|keep|email|mail|remind|ask|inform|notify|brief|with|to|for|by|from|at|put|invite|introduce|forward|write|call|ring|contact) )me\b/giu,
    me,
  );
  return /(?<![\p{L}'])(?:i|i'm|i'll|i've|i'd|me|my|mine|we|we'll|we're|we've|us|our|ours|you|you'll|you're|you've|your|yours|myself|yourself|he|she|him|he'll|she'll)(?![\p{L}])/iu.test(
    text,
  )
    ? undefined
    : text;
}

/**
 * An action in words that are safe: the verb phrase with the pronouns named, when that can be done without touching
 * the grammar, otherwise the sentence as it was spoken. Only English is rewritten.
 */
export function phraseAction(candidate: ActionCandidate, people: People, language: string): string {
  const spoken = tidy(candidate.evidence[0]?.quote ?? candidate.deed);
  // A condition may stand in a part of the sentence that the verb phrase lacks.
  if (language !== "en" || candidate.isReversed || candidate.status === "conditional") return spoken;
  const trusted = (name: string | undefined): string | undefined =>
    name !== undefined && name !== "" && isTrusted(name, people) ? name : undefined;
  const deed = candidate.deed
    .replace(
      /^(?:(?:also|just|then|definitely|certainly|gladly|please|kindly|simply|still|personally|go ahead and|be able to|now)\s+)+/iu,
      "",
    )
    .replace(/(?:,? (?:right|okay|ok|please|then)|, you know)[?.!,;:]*$/iu, "")
    .replace(/[?.!,;:]+$/u, "")
    .replace(/,? please$/iu, "");
  const named = replacePronouns(deed, trusted(candidate.speaker), trusted(candidate.addressee));
  // A gerund ("sending", after "would you mind") or a bare pronoun object says too little by itself.
  if (
    named === undefined ||
    /^\p{L}+(?: up| out| in)? (?:it|that|this|them)(?!\p{L})/iu.test(named) ||
    /^\p{L}+ing\b/u.test(named) ||
    named.split(/\s+/u).length < 3 ||
    named.length > 220
  )
    return spoken;
  return named.charAt(0).toUpperCase() + named.slice(1);
}
