import { french } from "./languages/french.ts";
import { german } from "./languages/german.ts";
import { portuguese } from "./languages/portuguese.ts";
import { spanish } from "./languages/spanish.ts";
import type { Token } from "./question.ts";

/** What steers a question in another language, and the English words that the readers know it by. */
export type Language = {
  /** Words by which the language is told; each counts one. */
  readonly telling: ReadonlySet<string>;
  /** Phrases of up to four words, without accents, and their English. An empty text for words that say nothing. */
  readonly phrases: ReadonlyMap<string, string>;
  /** True where adjectives stand behind: `el segundo importe más alto`. */
  readonly adjectivesFollow?: boolean;
};

const english = new Set(
  "the of what which how many much is are was in by for and most highest average total did with from who when".split(
    " ",
  ),
);
const languages = [german, french, spanish, portuguese];
const longest = 4;

/** Puts the steering words of a German, French, Spanish or Portuguese question into English; names and values stay as they are. */
export function toEnglish(tokens: readonly Token[]): Token[] {
  const count = (words: ReadonlySet<string>): number => tokens.filter(({ text }) => words.has(text)).length;
  const [best] = languages
    .map((language) => ({ language, hits: count(language.telling) }))
    .sort((a, b) => b.hits - a.hits);
  if (best === undefined || best.hits === 0 || best.hits <= count(english)) return [...tokens];
  const translated = translate(tokens, best.language);
  return best.language.adjectivesFollow === true
    ? withOrdinalsMoved(withFunctionsMoved(translated))
    : translated;
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

const functionWord = /^(total|average|median|highest|lowest)$/;

/** `m_0 total and m_1 average` as English has it: `total m_0 and average m_1`. */
function withFunctionsMoved(tokens: readonly Token[]): Token[] {
  const moved: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const isNumber = /^m_\d+$/.test(tokens[at]!.text);
    let end = at + 1;
    while (isNumber && functionAt(tokens, end) !== undefined) end = functionAt(tokens, end)!;
    moved.push(...tokens.slice(at + 1, end), tokens[at]!);
    at = end - 1;
  }
  return moved;
}

/** Where a function word ends that belongs to what stands before it: `and the lowest`, not `and average m_1`. */
function functionAt(tokens: readonly Token[], from: number): number | undefined {
  let at = from;
  if (tokens[at]?.text === "and") at++;
  if (tokens[at]?.text === "the") at++;
  const isFunction = functionWord.test(tokens[at]?.text ?? "");
  const next = tokens[at + 1]?.text === "of" ? tokens[at + 2] : tokens[at + 1];
  return isFunction && !/^m_\d+$/.test(next?.text ?? "") ? at + 1 : undefined;
}

/** `second m_0 highest` as English has it: `m_0 second highest`. */
function withOrdinalsMoved(tokens: readonly Token[]): Token[] {
  const ordinal = tokens.findIndex(({ text }) => /^(second|third|fourth)$/.test(text));
  if (ordinal < 0) return [...tokens];
  const behind = tokens
    .slice(ordinal + 1, ordinal + 6)
    .findIndex(({ text }) => /^(highest|lowest|most|cheapest|least)$/.test(text));
  if (behind < 1) return [...tokens];
  const to = ordinal + 1 + behind;
  const isLed = tokens[to - 1]?.text === "the";
  const moved = [...tokens.slice(ordinal + 1, isLed ? to - 1 : to), tokens[ordinal]!, ...tokens.slice(to)];
  return [...tokens.slice(0, ordinal), ...moved];
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
