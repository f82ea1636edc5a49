import type { Passage, SourceText } from "../../../files/passages/passage.ts";
import { placeLabel } from "../../../files/passages/place-label.ts";
import type { DraftSentence, Sources } from "../types.ts";

/** A quote that stands in the text already needs only its beginning, to be found by. */
const [shortQuote, longQuote] = [8, 40];

/** Finds the passage behind a citation. */
export type PassageFinder = (
  source: string,
  passage: number,
) => { readonly source: SourceText; readonly passage: Passage } | undefined;

export function passageFinder({ texts }: Sources): PassageFinder {
  const byName = new Map(
    texts.map((source) => [
      source.name,
      { source, passages: new Map(source.passages.map((each) => [each.number, each])) },
    ]),
  );
  return (name, number) => {
    const found = byName.get(name);
    const passage = found?.passages.get(number);
    return found === undefined || passage === undefined ? undefined : { source: found.source, passage };
  };
}

/**
 * What the note of these sentences says: the place and the quoted words, `brief.docx, "3 Costs": “The budget is …”`.
 * Undefined where they cite nothing.
 */
export function noteText(sentences: readonly DraftSentence[], find: PassageFinder): string | undefined {
  const notes = new Map<string, string[]>();
  for (const { citations, isVerbatim, text } of sentences)
    for (const [index, { source, passage, quote }] of citations.entries()) {
      const found = find(source, passage);
      const place = found === undefined ? `${source}, ${passage}` : placeLabel(found.source, found.passage);
      const quotes = notes.get(place) ?? [];
      notes.set(place, quotes);
      // What somebody said stands in full in the text; a row's header has told its names there.
      const isShown = isVerbatim && (text.includes(`“${quote}”`) || index > 0);
      if (!isShown) quotes.push(clip(quote, isVerbatim ? shortQuote : longQuote));
    }
  if (notes.size === 0) return undefined;
  return `${[...notes].map(([place, quotes]) => (quotes.length === 0 ? place : `${place}: ${quotes.map((quote) => `“${quote}”`).join(" … ")}`)).join("; ")}.`.replace(
    /([.!?…])”\.$/u,
    "$1”",
  );
}

/** The first words, to the letter; what is left out shows as `…`. */
function clip(quote: string, words: number): string {
  const match = new RegExp(`^(?:\\S+\\s+){${words - 1}}\\S+(?=\\s+\\S+\\s+\\S)`, "u").exec(quote);
  return match === null ? quote : `${match[0]} …`;
}
