import { french } from "./languages/french.ts";
import { german } from "./languages/german.ts";
import { spanish } from "./languages/spanish.ts";
import type { Token } from "./question.ts";

/** What steers a question in another language, and the English words that the readers know it by. */
export type Language = {
  /** Words by which the language is told; each counts one. */
  readonly telling: ReadonlySet<string>;
  /** Phrases of up to four words, without accents, and their English. An empty text for words that say nothing. */
  readonly phrases: ReadonlyMap<string, string>;
};

const english = new Set(
  "the of what which how many much is are was in by for and most highest average total did with from who when".split(
    " ",
  ),
);
const languages = [german, french, spanish];
const longest = 4;

/** Puts the steering words of a German, French or Spanish question into English; names and values stay as they are. */
export function toEnglish(tokens: readonly Token[]): Token[] {
  const count = (words: ReadonlySet<string>): number => tokens.filter(({ text }) => words.has(text)).length;
  const [best] = languages
    .map((language) => ({ language, hits: count(language.telling) }))
    .sort((a, b) => b.hits - a.hits);
  if (best === undefined || best.hits === 0 || best.hits <= count(english)) return [...tokens];
  return translate(tokens, best.language);
}

function translate(tokens: readonly Token[], { phrases }: Language): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    let length = Math.min(longest, tokens.length - at);
    const phraseAt = (): string =>
      tokens
        .slice(at, at + length)
        .map(({ text }) => text)
        .join(" ");
    while (length > 0 && !phrases.has(phraseAt())) length--;
    if (length === 0) {
      found.push(tokens[at]!);
      continue;
    }
    const said = tokens
      .slice(at, at + length)
      .map((each) => each.said)
      .join(" ");
    const words = phrases
      .get(phraseAt())!
      .split(" ")
      .filter((word) => word !== "");
    found.push(...words.map((text) => ({ text, said })));
    at += length - 1;
  }
  return found;
}

/** A table of phrases from lines like `wie viele = how many`. */
export function phraseTable(lines: string): ReadonlyMap<string, string> {
  return new Map(
    lines
      .split("\n")
      .map((line) => line.split("=").map((side) => side.trim()))
      .filter(([phrase]) => phrase !== "")
      .flatMap(([phrase, meaning]) =>
        phrase!.split("|").map((each) => [each.trim(), meaning ?? ""] as const),
      ),
  );
}
