import type { Concept } from "./concept.ts";
import { verbForms } from "./inflect.ts";
import type { Language } from "./language.ts";
import { inWords, mildWords, ofWords, reporting, smallWords } from "./little-words.ts";
import { ownWords } from "./own-words.ts";
import { phrases } from "./phrases.ts";
import { plainOf } from "./tokens.ts";
import { verbs } from "./verbs.ts";

type Entry = { readonly concept: Concept; readonly length: number };
const byFirst = new Map<string, { readonly words: readonly string[]; readonly concept: Concept }[]>();

function add(concept: Concept, phrase: string): void {
  const words = plainOf(phrase.trim()).split(/\s+/);
  if (words[0] === undefined || words[0] === "") return;
  const list = byFirst.get(words[0]) ?? [];
  list.push({ words, concept });
  byFirst.set(words[0], list);
}

for (const [concept, text] of phrases) for (const phrase of text.split(/[|\n]/)) add(concept, phrase);
const lists: readonly (readonly [Concept, string])[] = [
  ["be", reporting],
  ["of", ofWords],
  ["in", inWords],
  ["small", smallWords],
  ["mild", mildWords],
];
for (const [concept, text] of lists)
  for (const word of text.split(/\s+/))
    if (!byFirst.get(word)?.some(({ words }) => words.length === 1)) add(concept, word);
for (const list of byFirst.values()) list.sort((a, b) => b.words.length - a.words.length);

const byVerb: Readonly<Record<Language, Map<string, Concept>>> = {
  en: new Map(),
  de: new Map(),
  fr: new Map(),
  es: new Map(),
  pt: new Map(),
};
for (const [language, concept, text] of verbs) {
  const [infinitives = "", others = ""] = text.split("=").map((part) => plainOf(part.trim()));
  const forms = infinitives.split(" ").flatMap((verb) => verbForms(verb, language));
  for (const form of [...forms, ...others.split(" ")])
    if (form !== "" && !byVerb[language].has(form)) byVerb[language].set(form, concept);
}

/** What the words from `at` on do, the longest phrase first; undefined for words that name something. */
export function conceptAt(words: readonly string[], at: number, language: Language): Entry | undefined {
  const word = words[at]!;
  const entry = byFirst
    .get(word)
    ?.find((each) => each.words.every((part, index) => words[at + index] === part));
  if (entry !== undefined && entry.words.length > 1)
    return { concept: entry.concept, length: entry.words.length };
  const verb = byVerb[language].get(word);
  const special = ownWords[language][word];
  if (special !== undefined) return { concept: special, length: 1 };
  if (verb !== undefined) return { concept: verb, length: 1 };
  return entry === undefined ? undefined : { concept: entry.concept, length: 1 };
}
