/** What a document's own writing tells about its words. */
export type KnownWords = {
  /** Words that stand in lower case somewhere. */
  readonly lower: ReadonlySet<string>;
  /** Lower-cased words that stand with a capital inside a sentence. */
  readonly capital: ReadonlySet<string>;
  /** Pairs of words with capitals inside a sentence, as written: `Green Lead`. */
  readonly pairs: ReadonlySet<string>;
  /** Terms that the document defines: `the “Utilisation Fee”`. */
  readonly terms: readonly string[];
};

/** Reads the words of running text; titles would say nothing about capitals. */
export function knownWords(texts: readonly string[]): KnownWords {
  const lower = new Set<string>();
  const capital = new Set<string>();
  const pairs = new Set<string>();
  const terms = new Set<string>();
  for (const text of texts) {
    for (const match of text.matchAll(/["“„«](\p{Lu}[\p{L}\p{N}]*(?:[ -]\p{Lu}[\p{L}\p{N}]*){0,4})["”“»]/gu))
      if (match[1] !== undefined) terms.add(match[1]);
    if (isMostlyCapitals(text)) continue;
    for (const match of text.matchAll(/(?<![\p{L}\p{N}])(?<word>\p{L}[\p{L}\p{N}’'-]*)/gu)) {
      const { word = "" } = match.groups ?? {};
      const isStart = /(?:^|[.!?:;•\n\t]["”’)]*|["“„«(])\s*$/u.test(
        text.slice(Math.max(0, match.index - 4), match.index),
      );
      if (/^\p{Ll}/u.test(word)) lower.add(word);
      else if (!isStart) {
        capital.add(word.toLowerCase());
        const next = /^\s(\p{Lu}[\p{L}\p{N}]*)/u.exec(
          text.slice(match.index + word.length, match.index + word.length + 40),
        )?.[1];
        if (next !== undefined) pairs.add(`${word} ${next}`);
      }
    }
  }
  return { lower, capital, pairs, terms: [...terms] };
}

/** Whether a text is set in capitals, so that they say nothing about names. */
export function isMostlyCapitals(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters > 0 && (text.match(/\p{Lu}/gu)?.length ?? 0) > letters * 0.7;
}
