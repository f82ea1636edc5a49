import { ENGLISH } from "./english-patterns.ts";
import { OTHER_LANGUAGES } from "./other-patterns.ts";
import type { SpeechPatterns } from "./speech-patterns.ts";
import { wordsOf } from "./words.ts";

const TABLES: ReadonlyMap<string, SpeechPatterns> = new Map(
  [ENGLISH, ...OTHER_LANGUAGES].map((table) => [table.language, table]),
);

/** Frequent little words that hardly occur in the other four languages. */
const MARKERS: readonly (readonly [string, ReadonlySet<string>])[] = [
  ["en", new Set("the and is of that it this we you with have for are was will not but so what".split(" "))],
  [
    "de",
    new Set("der die das und ist ich nicht wir ein mit auf für auch dann sie haben wird noch".split(" ")),
  ],
  ["fr", new Set("le les est et vous nous je pas pour une des dans que avec c'est qui sur ça".split(" "))],
  ["es", new Set("el los las que y es en una por para con lo pero está muy como hay nos".split(" "))],
  ["pt", new Set("o os as que e é em uma por para com não mas está muito como há nos isso então".split(" "))],
];

/** The language most of the speech is in, as a BCP 47 primary tag; `en` when nothing tells. */
export function detectLanguage(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  let seen = 0;
  for (const text of texts) {
    for (const word of wordsOf(text)) {
      for (const [language, markers] of MARKERS) {
        if (markers.has(word)) counts.set(language, (counts.get(language) ?? 0) + 1);
      }
    }
    seen += text.length;
    if (seen > 20_000) break;
  }
  let best = "en";
  for (const [language, count] of counts) if (count > (counts.get(best) ?? 0)) best = language;
  return best;
}

/** The speech table of a language tag (`de`, `de-AT`), or undefined when there is none. */
export function patternsFor(language: string): SpeechPatterns | undefined {
  return TABLES.get(language.toLowerCase().split("-")[0] ?? "");
}
