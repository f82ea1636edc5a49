import { readDateRule } from "./read-date-rule.ts";
import { readNumberRule } from "./read-number-rule.ts";
import { readSignRule } from "./read-sign-rule.ts";
import { readTermRule } from "./read-term-rule.ts";
import { readVoiceRule } from "./read-voice-rule.ts";
import type { RuleCheck, RuleSection } from "./types.ts";

const LEAST_WORDS_OF_FREE_RULE = 2;

/** What a rule's words ask for; a message when it can't be told, so that nothing is checked in silence. */
export function readRule(text: string, section: RuleSection): RuleCheck | { readonly message: string } {
  if (text.trim() === "") return { message: "the rule is empty" };
  const inOrder =
    section === "dates"
      ? [readDateRule, readNumberRule, readTermRule, readSignRule]
      : section === "terms" || section === "forbidden"
        ? [readTermRule]
        : section === "numbers"
          ? [readNumberRule, readDateRule, readTermRule, readSignRule]
          : [readVoiceRule, readSignRule, readNumberRule, readDateRule, readTermRule];
  for (const read of inOrder) {
    const check = read(text, section);
    if (check !== undefined) return check;
  }
  if (section === "numbers" || section === "dates")
    return { message: "code knows no such rule about numbers or dates, and a model may not touch them" };
  if ((text.match(/\p{L}+/gu)?.length ?? 0) < LEAST_WORDS_OF_FREE_RULE)
    return { message: "this says too little to be a rule" };
  return { kind: "model", about: isAboutPassive(text) ? "passive" : "anything" };
}

function isAboutPassive(text: string): boolean {
  return /active|passive|aktiv|passiv|actif|activa|ativa|voix/iu.test(text);
}
