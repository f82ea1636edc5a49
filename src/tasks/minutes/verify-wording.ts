import { contentStems, isStopWord, numbersIn, stemOf, wordsOf } from "./words.ts";

/** What a wording is held against. */
export type WordingSource = {
  /** The cues it cites, verbatim. */
  readonly texts: readonly string[];
  /** Names that may stand in it besides those in the texts: the speakers of the cited cues. */
  readonly names: readonly string[];
};

export type WordingOptions = {
  /** Names of the participants: a wording may use only those of its source. */
  readonly participants: readonly string[];
  /** Part of the meaningful words that must come from the source. Defaults to 0.75. */
  readonly share?: number;
  /** True when the source is hedged, so the wording has to be. */
  readonly isConditional?: boolean;
  /** For actions: the safe wording by code, whose names and verb hold. */
  readonly safe?: string;
};

const CALENDAR =
  /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$|^(?:january|february|march|april|may|june|july|august|september|october|november|december)$|^(?:today|tomorrow|tonight|yesterday|week|month|quarter|year|morning|afternoon|evening)s?$/u;
const NEGATION =
  /\b(?:not|no|never|none|nobody|without|won't|can't|cannot|don't|doesn't|didn't|isn't|aren't|couldn't|wouldn't|shouldn't|unable|refuse[sd]?|reject(?:s|ed)?)\b|n't\b/iu;
const HEDGE =
  /\b(?:if|might|may|maybe|perhaps|possibly|probably|try|tries|could|would|unless|once|depend\w*|hope\w*|subject|pending|provided|when|after)\b/iu;
const OBLIGES =
  /\b(?:will|shall|must|has to|have to|needs? to|agreed to|promised|commits?|committed|is to|are to|owes?|responsible|assigned|takes?|sends?|provides?|delivers?|pays?|asks?|asked|tells?|told|requests?|requested|offers?|offered)\b/iu;
const REPORTING: ReadonlySet<string> = new Set(
  "agree agreed agrees decide decided decides discuss discussed discusses discussion confirm confirmed team meeting call plan plans planned topic side sides participants speakers review use uses include includes including focus both need needs"
    .split(" ")
    .flatMap((word) => contentStems(word)),
);

/** Words of a text that look like names: capitals that grammar does not ask for, digits with letters, mail, links. */
function namesIn(text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(
    /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}'’.-]*|[\w.+-]+@[\w.-]+|https?:\S+|(?<![\p{L}\p{N}])\p{Ll}+\p{Lu}\p{L}*/gu,
  )) {
    const isFirst =
      /^\W*$/u.test(text.slice(0, match.index)) || /[.!?]\s+$/u.test(text.slice(0, match.index));
    const name = match[0].replace(/['’]s$|[.'’-]+$/gu, "");
    if (name !== "I" && !(isFirst && /^\p{Lu}\p{Ll}*$/u.test(name))) found.push(name);
  }
  return found;
}

/**
 * Why a wording may not stand, or undefined when every name, date and number in it occurs in its cited cues, most of
 * its words do, and it is neither negated nor firmed up against them.
 */
export function wordingFault(
  wording: string,
  source: WordingSource,
  options: WordingOptions,
): string | undefined {
  const text = wording.trim();
  const said = source.texts.join("\n");
  if (text === "" || text.length > 320 || /[\n\r]/u.test(text)) return "empty, or too long";
  const allowed = `${said}\n${source.names.join("\n")}\n${options.safe ?? ""}`
    .toLowerCase()
    .replaceAll("’", "'");
  const words = new Set(wordsOf(allowed));
  for (const word of wordsOf(text))
    if (CALENDAR.test(word) && !words.has(word) && !words.has(word.replace(/s$/u, "")))
      return "a date that its cues lack";
  for (const name of namesIn(text)) {
    const parts = wordsOf(name).flatMap((part) => part.split(/['-]/u));
    if (!parts.every((part) => words.has(part) || words.has(part.replace(/s$/u, ""))))
      return "a name that its cues lack";
  }
  if (participantFault(text, allowed, options)) return "a person that its cues do not name";
  if (isForeignStart(text, allowed)) return "a name that its cues lack";
  const numbers = numbersIn(`${said}\n${options.safe ?? ""}`);
  for (const number of numbersIn(text)) if (!numbers.has(number)) return "a number that its cues lack";
  if (NEGATION.test(text.replaceAll("’", "'")) !== NEGATION.test(said.replaceAll("’", "'")))
    return "a negation added or lost";
  if (options.isConditional === true && !HEDGE.test(text)) return "a condition lost";
  return shareFault(text, allowed, options.share ?? 0.75) ?? actionFault(text, options);
}

/**
 * Whether the first word, whose capital says nothing, is one that the cues lack: a name more often than not
 * (`Nordfrakt pays …` on a cue that asks who pays).
 */
function isForeignStart(text: string, allowed: string): boolean {
  const [first] = wordsOf(text);
  if (first === undefined || isStopWord(first)) return false;
  const stem = stemOf(first);
  return !REPORTING.has(stem) && !new Set(wordsOf(allowed).map(stemOf)).has(stem);
}

function participantFault(text: string, allowed: string, options: WordingOptions): boolean {
  return options.participants.some((participant) => {
    const parts = wordsOf(participant).filter((part) => part.length > 2);
    const has = (hay: string): boolean =>
      parts.some((part) => new RegExp(`(?<![\\p{L}])${RegExp.escape(part)}(?![\\p{L}])`, "iu").test(hay));
    return has(text) && !has(allowed);
  });
}

function shareFault(text: string, allowed: string, share: number): string | undefined {
  const known = new Set(contentStems(allowed));
  const stems = contentStems(text);
  if (stems.length === 0) return "it says nothing";
  const foreign = stems.filter((stem) => !known.has(stem) && !REPORTING.has(stem)).length;
  return 1 - foreign / stems.length < share ? "words that its cues lack" : undefined;
}

/** An action's wording must begin with the same verb and name nobody the safe wording does not name. */
function actionFault(text: string, options: WordingOptions): string | undefined {
  if (options.safe === undefined) {
    const namesSomebody = options.participants.some((participant) =>
      wordsOf(participant).some((part) => part.length > 2 && wordsOf(text).includes(part)),
    );
    return namesSomebody && OBLIGES.test(text) ? "who owes what is code's to say" : undefined;
  }
  const verb = (phrase: string): string => contentStems(phrase)[0] ?? wordsOf(phrase)[0] ?? "";
  if (verb(text) !== verb(options.safe)) return "another verb than the one spoken";
  if (/\b(?:i|you|we|he|she|they|my|your|our|his|her|their)\b/iu.test(text))
    return "a pronoun that points at nobody";
  const safe = new Set(wordsOf(options.safe));
  const added = options.participants.some((participant) =>
    wordsOf(participant).some((part) => part.length > 2 && wordsOf(text).includes(part) && !safe.has(part)),
  );
  return added ? "who owes what is code's to say" : undefined;
}
