import { numberOfWord } from "./number-words.ts";
import { quotedWords } from "./quoted-words.ts";
import type { RuleCheck, RuleSection } from "./types.ts";

/** A rule about the length of sentences, the letters of headings or abbreviations; undefined when it is none. */
export function readVoiceRule(
  text: string,
  section: RuleSection,
): RuleCheck | { readonly message: string } | undefined {
  const plain = text.toLowerCase();
  return sentenceRule(plain) ?? headingRule(plain, section) ?? abbreviationRule(text, plain);
}

function sentenceRule(plain: string): RuleCheck | { readonly message: string } | undefined {
  if (!/sentence|\bsatz|\bsätze|phrase|frase|oraci/u.test(plain)) return undefined;
  const words = /(\d+|\p{L}+)\s+(?:words?|wörter\p{L}*|worte\p{L}*|mots?|palabras?|palavras?)(?!\p{L})/u.exec(
    plain,
  )?.[1];
  if (words === undefined) return undefined;
  const limit = /^\d+$/u.test(words)
    ? Number(words)
    : ({ twenty: 20, zwanzig: 20, vingt: 20, veinte: 20, vinte: 20 }[words] ?? numberOfWord(words));
  if (limit === undefined) return undefined;
  return limit >= 5 && limit <= 200
    ? { kind: "sentence-length", words: limit }
    : { message: `${limit} words are no limit for a sentence` };
}

function headingRule(plain: string, section: RuleSection): RuleCheck | undefined {
  if (section !== "headings" && !/heading|\btitles?\b|überschrift|\btitres?\b|título/u.test(plain))
    return undefined;
  if (
    /sentence[- ]case|capital\p{L}* (?:only )?(?:for )?(?:the )?first word|only the first word|first word only|initiale majuscule seulement|solo la primera palabra|só a primeira palavra/u.test(
      plain,
    )
  )
    return { kind: "heading-case", letterCase: "sentence" };
  return /title[- ]case/u.test(plain) ? { kind: "heading-case", letterCase: "title" } : undefined;
}

function abbreviationRule(text: string, plain: string): RuleCheck | undefined {
  const isAbout = /abbreviation|acronym|abkürzung|abréviation|sigle|abreviatura|\bsiglas?\b/u.test(plain);
  if (!isAbout || !/first|erst|premi[eè]r|primer|explain|erklär|spell|expli/u.test(plain)) return undefined;
  const except = /except|außer|sauf|excepto|salvo|exceto|but not/u.exec(plain);
  const known = except === null ? [] : (text.slice(except.index).match(/\p{Lu}[\p{Lu}\p{N}]+/gu) ?? []);
  return { kind: "abbreviation", known: [...known, ...quotedWords(text).map((each) => each.text)] };
}
