import { beginsWithVowel } from "./english-articles.ts";
import { englishForms, isEnglishVerb, possibleForms, type WordForm } from "./english-forms.ts";
import { isMostlyCapitals } from "./known-words.ts";
import { caseOf, type FoundCase, inCase, isSentenceStart, isTitleCase } from "./letter-case.ts";
import type { StyleText } from "./style-text.ts";
import type { Found, RuleCheck, StyleLanguage, TextRange } from "./types.ts";

/** Places where words stand that a rule replaces. The replacement is left out where grammar or a name is in doubt. */
export function checkTerm(
  { avoid, use }: Extract<RuleCheck, { readonly kind: "term" }>,
  source: StyleText,
): readonly Found[] {
  const found = avoid.flatMap((words) =>
    formsOf(words, use, source.language).flatMap((form) => findForm(form, use, source)),
  );
  return withoutInner(found);
}

/** Places where forbidden words stand, in any of their forms. */
export function checkForbidden(
  { words }: Extract<RuleCheck, { readonly kind: "forbidden" }>,
  source: StyleText,
): readonly Found[] {
  const found = words.flatMap((word) => {
    const others = source.language === "en" ? possibleForms(word) : guessedForms(word, source.language);
    return [word, ...others].flatMap((avoid) => findForm({ avoid }, undefined, source));
  });
  return withoutInner(found);
}

function formsOf(avoid: string, use: string, language: StyleLanguage | undefined): readonly WordForm[] {
  const others =
    language === "en"
      ? englishForms(avoid, use)
      : guessedForms(avoid, language).map((form) => ({ avoid: form }));
  const seen = new Set<string>([avoid]);
  return [
    { avoid, use },
    ...others.filter((form) => !seen.has(form.avoid) && form.avoid !== use && seen.add(form.avoid)),
  ];
}

const ENDINGS: Readonly<Partial<Record<StyleLanguage, readonly string[]>>> = {
  de: ["s", "es", "n", "en", "e"],
  fr: ["s", "x", "e", "es"],
  es: ["s", "es"],
  pt: ["s", "es"],
};

/** Forms with a usual ending; what the right word's form would be is left to a person or a model. */
function guessedForms(word: string, language: StyleLanguage | undefined): readonly string[] {
  if (language === undefined || word.length < 5 || !/^\p{L}+$/u.test(word)) return [];
  return (ENDINGS[language] ?? []).map((ending) => word + ending);
}

function findForm(form: WordForm, use: string | undefined, source: StyleText): readonly Found[] {
  const head = /^[\p{L}\p{N}]*/u.exec(form.avoid)?.[0] ?? "";
  if (!source.text.toLowerCase().includes(head.toLowerCase())) return [];
  const isCaseFixed = /\p{Lu}/u.test(form.avoid);
  const pattern = new RegExp(patternOf(form.avoid), isCaseFixed ? "gu" : "giu");
  return [...source.text.matchAll(pattern)].flatMap((match) => {
    const range = { start: match.index, end: match.index + match[0].length };
    if (use !== undefined && isInside(source.text, range, use)) return [];
    const hasVerbDoubt = use !== undefined && standsAsVerb(source, range, form.avoid, use);
    if (isPersonName(source.text, range)) return [];
    const doubt = isCaseFixed ? nameDoubt(source, range) : caseDoubt(source, range, form.avoid);
    if (doubt === "name") return [];
    const message = messageOf(match[0], use);
    if (form.use === undefined || doubt !== undefined || hasVerbDoubt || grammarDoubt(source, range)) {
      const why =
        use === undefined
          ? ""
          : form.use === undefined
            ? "; this form of it is left to you"
            : "; whether that fits here is left to you";
      return [{ ...range, message: message + why }];
    }
    const replacement = cased(source, range, form.avoid, form.use);
    if (replacement === match[0]) return [];
    return [withArticle(source, { ...range, replacement, message })];
  });
}

function messageOf(found: string, use: string | undefined): string {
  return use === undefined ? `do not write “${found}”` : `write “${use}”, not “${found}”`;
}

/** Whole words only; `'s` may follow. Spaces, hyphens and apostrophes match their other forms. */
function patternOf(words: string): string {
  const body = words
    .replace(/[.*+?^${}()|[\]\\/]/gu, "\\$&")
    .replace(/\s+/gu, "[ \\u00a0\\u202f]+")
    .replace(/[-\u2010\u2011]/gu, "[-\\u2010\\u2011]")
    .replace(/['’]/gu, "['’]");
  const before = /^[\p{L}\p{N}]/u.test(words)
    ? String.raw`(?<![\p{L}\p{N}_@#&\\.\u00ad\u2010\u2011-]|\p{N}\/)`
    : "";
  const after = /[\p{L}\p{N}]$/u.test(words)
    ? String.raw`(?![\p{L}\p{N}_@\u00ad]|['’](?!s(?!\p{L}))\p{L}|[.&]\p{L}|\/\p{N})`
    : "";
  return before + body + after;
}

function isInside(text: string, { start, end }: TextRange, use: string): boolean {
  const around = text.slice(Math.max(0, start - use.length), end + use.length).toLowerCase();
  const from = Math.min(start, use.length);
  for (let at = around.indexOf(use.toLowerCase()); at >= 0; at = around.indexOf(use.toLowerCase(), at + 1))
    if (at <= from && at + use.length >= from + (end - start) && use.length > end - start) return true;
  return false;
}

/** A capital inside a sentence makes a word a name; at the start of one its neighbour tells. */
function caseDoubt(source: StyleText, range: TextRange, form: string): "name" | "unsure" | undefined {
  const { text, kind, language, known } = source;
  const found = text.slice(range.start, range.end);
  const foundCase = caseOf(found, form);
  if (foundCase === "same") return undefined;
  if (foundCase === "capitals") return isMostlyCapitals(text) ? undefined : "name";
  if (foundCase === "other") return "name";
  const isTitle = kind === "heading" && isTitleCase(text);
  if (!isTitle && (foundCase === "title" || !isSentenceStart(text, range.start))) return "name";
  const { previous, next } = neighbours(text, range);
  if (known.pairs.has(`${found} ${next}`) || known.pairs.has(`${previous} ${found}`)) return "name";
  const plain = found.toLowerCase();
  if (known.capital.has(plain) && !known.lower.has(plain)) return kind === "heading" ? "unsure" : "name";
  if (language === "de") return "unsure";
  return !isTitle && isCapital(next) ? "unsure" : undefined;
}

/** A form with capitals of its own may still be half of a longer name. */
function nameDoubt(source: StyleText, range: TextRange): "unsure" | undefined {
  if (
    source.language === "de" ||
    isMostlyCapitals(source.text) ||
    (source.kind === "heading" && isTitleCase(source.text))
  )
    return undefined;
  const { previous, next } = neighbours(source.text, range);
  const isPreviousStart = isSentenceStart(source.text, range.start - previous.length - 1);
  return isCapital(next) || (isCapital(previous) && !isPreviousStart) ? "unsure" : undefined;
}

const ADDRESSED =
  /(?<!\p{L})(?:Mrs?|Ms|Dr|Prof|Sir|Lady|Herrn?|Frau|Fr|Hr|Mme|Mlle|Monsieur|Madame|M|Señora?|Sra?|Senhora?|Dona?|\p{Lu})\.?[ \u00a0]$/u;

/** After a title or an initial stands a name, whatever word it is: Frau Handy, J. Client. */
function isPersonName(text: string, { start, end }: TextRange): boolean {
  const before = text.slice(Math.max(0, start - 14), start);
  return (
    isCapital(text.slice(start, end)) &&
    ADDRESSED.test(before) &&
    !/(?:^|[.!?]\s)(?:A|I)[ \u00a0]$/u.test(before)
  );
}

function neighbours(
  text: string,
  { start, end }: TextRange,
): { readonly previous: string; readonly next: string } {
  return {
    previous: /([\p{L}\p{N}]+)[ \u00a0]$/u.exec(text.slice(Math.max(0, start - 40), start))?.[1] ?? "",
    next: /^(?:['’]s)?[ \u00a0]([\p{L}\p{N}]+)/u.exec(text.slice(end, end + 40))?.[1] ?? "",
  };
}

function isCapital(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}

/** A noun of the rule that stands here as a verb: "minutes will document it". */
function standsAsVerb(
  { text, language }: StyleText,
  { start }: TextRange,
  avoid: string,
  use: string,
): boolean {
  if (
    language !== "en" ||
    /\s/u.test(avoid) ||
    isEnglishVerb(avoid) ||
    isEnglishVerb(use.split(" ")[0] ?? "")
  )
    return false;
  return /(?<!\p{L})(?:to|will|would|shall|should|must|may|might|can|could|cannot|not|n[’']t|please|I|you|we|they|it|he|she|who|that)[ \u00a0]$/iu.test(
    text.slice(Math.max(0, start - 12), start),
  );
}

/** A compound with a hyphen or an elision before it may ask for another form. */
function grammarDoubt({ text }: StyleText, { start, end }: TextRange): boolean {
  return /^[-\u2010\u2011]/u.test(text.slice(end)) || /\p{L}['’]$/u.test(text.slice(0, start));
}

function cased(source: StyleText, { start, end }: TextRange, form: string, use: string): string {
  const found = source.text.slice(start, end);
  let foundCase: FoundCase = caseOf(found, form);
  if (/\p{Lu}/u.test(form)) {
    // The rule's own capitals hold; a sentence begins with one all the same.
    const begins =
      isSentenceStart(source.text, start) || (source.kind === "heading" && isTitleCase(source.text));
    foundCase = begins && isCapital(found) ? "first-capital" : "same";
  }
  return spacedFromDigit(source.text.slice(0, start), inCase(use, foundCase));
}

/** `5%` becomes `5 percent`, `€5` becomes `EUR 5` only with its space. */
function spacedFromDigit(before: string, use: string): string {
  return /\d$/u.test(before) && /^\p{L}/u.test(use) ? ` ${use}` : use;
}

/** English "a" and "an" follow the new word. */
function withArticle({ text, language }: StyleText, found: Found & { readonly replacement: string }): Found {
  const match = /(?<![\p{L}\p{N}'’-])(an?)([ \u00a0])$/iu.exec(
    text.slice(Math.max(0, found.start - 4), found.start),
  );
  const [, article = "", space = ""] = match ?? [];
  if (
    match === null ||
    language !== "en" ||
    (/^\p{Lu}$/u.test(article) && !isSentenceStart(text, found.start - 2))
  )
    return found;
  const isVowel = beginsWithVowel(found.replacement);
  if (isVowel === undefined)
    return {
      start: found.start,
      end: found.end,
      message: `${found.message}; whether “a” or “an” goes before it is left to you`,
    };
  const wanted = isVowel ? "an" : "a";
  if (wanted === article.toLowerCase()) return found;
  const cased = /^\p{Lu}/u.test(article) ? wanted.charAt(0).toUpperCase() + wanted.slice(1) : wanted;
  return {
    ...found,
    start: found.start - article.length - space.length,
    replacement: cased + space + found.replacement,
  };
}

/** Of findings one inside the other the longer one counts. */
function withoutInner(found: readonly Found[]): readonly Found[] {
  return found.filter(
    (each) =>
      !found.some(
        (other) =>
          other !== each &&
          other.start <= each.start &&
          other.end >= each.end &&
          other.end - other.start > each.end - each.start,
      ),
  );
}
