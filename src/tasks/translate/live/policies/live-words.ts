const withoutSpaces = /^(?:zh|ja|th|lo|km|my)(?:-|$)/i;
const segmenters = new Map<string, Intl.Segmenter>();

/**
 * The words of a text with the white space before each, so that joined they are the text again. Languages that are written
 * without spaces are cut by `Intl.Segmenter`, punctuation staying with the word before it.
 */
export function liveWords(text: string, language: string): string[] {
  const words = withoutSpaces.test(language) ? segmentedWords(text, language) : text.match(/\s*\S+/gu);
  if (words === null || words.length === 0) return [];
  const rest = text.slice(words.reduce((sum, { length }) => sum + length, 0));
  return rest === "" ? words : [...words.slice(0, -1), words.at(-1)! + rest];
}

function segmentedWords(text: string, language: string): string[] {
  const words: string[] = [];
  let space = "";
  for (const { segment, isWordLike } of segmenterOf(language).segment(text)) {
    if (segment.trim() === "") space += segment;
    else if (isWordLike || words.length === 0 || space !== "" || /^[\p{Ps}\p{Pi}]/u.test(segment)) {
      words.push(space + segment);
      space = "";
    } else words[words.length - 1] += segment;
  }
  return words;
}

function segmenterOf(language: string): Intl.Segmenter {
  const base = language.toLowerCase().split("-")[0]!;
  const known = segmenters.get(base);
  if (known !== undefined) return known;
  const made = new Intl.Segmenter(base, { granularity: "word" });
  segmenters.set(base, made);
  return made;
}

/** How many words two texts have in common from their start. */
export function commonStart(
  one: readonly string[],
  other: readonly string[],
  isSame: (a: string, b: string) => boolean,
): number {
  const most = Math.min(one.length, other.length);
  for (let at = 0; at < most; at++) if (!isSame(one[at]!, other[at]!)) return at;
  return most;
}
