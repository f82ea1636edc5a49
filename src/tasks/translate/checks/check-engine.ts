import { withoutAddresses } from "../addresses.ts";
import type { CheckedPair, CheckFinding } from "./check-types.ts";

/** What engines get wrong in ways of their own: text left as it was, loops, refusals. */
export function checkEngine(pair: CheckedPair): CheckFinding[] {
  return [...checkUntranslated(pair), ...checkRepetition(pair), ...checkRefusal(pair)];
}

/** Words that aren't names: those in lower case somewhere in the text. */
function commonWords(text: string): string[] {
  return withoutAddresses(text).match(/(?<![\p{L}\p{M}\p{N}])\p{Ll}[\p{L}\p{M}]{2,}/gu) ?? [];
}

function checkUntranslated({ source, target, from, to }: CheckedPair): CheckFinding[] {
  if (from.split("-")[0] === to.split("-")[0]) return [];
  const words = commonWords(source);
  if (words.length < 2) return [];
  if (source.trim() === target.trim())
    return [{ kind: "untranslated", severity: "serious", text: "the same as the source" }];
  const kept = new Set(commonWords(target));
  const share = words.filter((word) => kept.has(word)).length / words.length;
  return words.length >= 4 && share >= 0.7
    ? [{ kind: "untranslated", severity: "serious", text: "mostly the words of the source" }]
    : [];
}

/** The same two to six words three times in a row, where the source has no such thing. */
const loop = /(?<![\p{L}\p{M}\p{N}])((?:[\p{L}\p{M}\p{N}]+[^\p{L}\p{M}\p{N}]+){1,6}?)\1\1/u;
const letterLoop = /(\p{L}{1,8}?)\1{5,}/u;

function checkRepetition({ source, target }: CheckedPair): CheckFinding[] {
  const repeats = (text: string): boolean => {
    const some = text.slice(0, 4000).toLowerCase();
    return loop.test(`${some} `) || letterLoop.test(some);
  };
  if (!repeats(target) || repeats(source)) return [];
  return [{ kind: "repetition", severity: "blocking", text: "the same words again and again" }];
}

const refusals =
  /\b(as an ai( language)? model|i('m| am) (sorry|unable|not able)|i can(no|')t (help|assist|translate|fulfil)|language model|here is the translation|here's the translation|the translation (is|of)|translated text:|translation:|sure[,!] here|lo siento, (pero )?(no puedo|como)|como (modelo|inteligencia)|desculpe, (mas )?não posso|je suis désolé, mais je|es tut mir leid, (aber )?ich kann|als ki-)/i;
const prompt =
  /<\/?(source|target|segment|document|instructions?|system|user|assistant)\b[^>]*>|```|\{"\w+":/i;

function checkRefusal({ source, target }: CheckedPair): CheckFinding[] {
  const isRefusal = refusals.test(target) && !refusals.test(source);
  const isPrompt = prompt.test(target) && !prompt.test(source);
  if (!isRefusal && !isPrompt) return [];
  const text = isRefusal ? "the engine speaks of itself" : "text of the prompt";
  return [{ kind: "refusal", severity: "blocking", text }];
}
