import { keyOf, wordsOf } from "./question/words.ts";

/** The distinct texts of a column, found by the words of a question. */
export type TextIndex = {
  /** The texts that say these words, by their stems joined by spaces. */
  readonly whole: (key: string, plain: string) => readonly string[];
  /** The texts that have these words, one behind the other, inside of them. */
  readonly holding: (key: string) => readonly string[];
};

/** Beyond that many texts only whole ones are looked up, letter by letter: it is a column of names or remarks. */
const mostStemmed = 5_000;

/** Indexes the texts at the first look-up: most questions need only some of the columns. */
export function textIndex(texts: readonly string[]): TextIndex {
  if (texts.length > mostStemmed) {
    const byText = lazy(() => groupTexts(texts, (text) => text.trim().toLowerCase()));
    return { whole: (_, plain) => byText().get(plain) ?? [], holding: () => [] };
  }
  const byKey = lazy(() => groupTexts(texts, keyOf));
  const byStem = lazy(() => groupByStem(texts));
  return {
    whole: (key) => byKey().get(key) ?? [],
    holding: (key) => {
      const candidates = byStem().get(key.split(" ")[0]!) ?? [];
      return candidates.filter((each) => ` ${each.key} `.includes(` ${key} `)).map(({ text }) => text);
    },
  };
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function groupTexts(texts: readonly string[], keyed: (text: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const text of texts) {
    const key = keyed(text);
    if (key === "") continue;
    const same = groups.get(key);
    if (same === undefined) groups.set(key, [text]);
    else same.push(text);
  }
  return groups;
}

function groupByStem(
  texts: readonly string[],
): Map<string, { readonly text: string; readonly key: string }[]> {
  const groups = new Map<string, { readonly text: string; readonly key: string }[]>();
  for (const text of texts) {
    const stems = wordsOf(text).map(({ stem }) => stem);
    const entry = { text, key: stems.join(" ") };
    for (const stem of new Set(stems)) {
      const same = groups.get(stem);
      if (same === undefined) groups.set(stem, [entry]);
      else same.push(entry);
    }
  }
  return groups;
}
