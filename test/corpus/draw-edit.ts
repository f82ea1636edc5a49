import { type Anchor, type Paragraph, paragraphText, type WordDocument } from "../../src/files/index.ts";

/** A stretch of one to six words of unlocked text, and the text to put in its place. */
export type DrawnEdit = { readonly paragraph: Paragraph; readonly anchor: Anchor; readonly text: string };

type Stretch = { readonly start: number; readonly end: number };

const word = /[^\s\p{P}\p{S}]+/gu;
const newWords = ["fourteen", "days", "AT&T", "naïve", "<none>", "“quoted”", "東京", "🙂", "its", "2026"];

/** Draws a replacement by seed; undefined when the document has no unlocked word outside its comments. */
export function drawEdit(document: WordDocument, seed: number): DrawnEdit | undefined {
  const random = randomFrom(seed);
  const below = (count: number): number => Math.floor(random() * count);
  const candidates = document.paragraphs.flatMap((paragraph) => {
    if (paragraph.story.kind === "comment") return [];
    const words = unlockedStretches(paragraph).map((stretch) => wordsIn(paragraphText(paragraph), stretch));
    const filled = words.filter((each) => each.length > 0);
    return filled.length === 0 ? [] : [{ paragraph, stretches: filled }];
  });
  if (candidates.length === 0) return undefined;
  const { paragraph, stretches } = candidates[below(candidates.length)]!;
  const words = stretches[below(stretches.length)]!;
  const first = below(words.length);
  const last = Math.min(words.length - 1, first + below(6));
  const { start } = words[first]!;
  const { end } = words[last]!;
  const quote = paragraphText(paragraph).slice(start, end);
  const text = Array.from({ length: 1 + below(4) }, () => newWords[below(newWords.length)]!).join(" ");
  const anchor = { paragraph: paragraph.id, start, end, quote };
  return { paragraph, anchor, text: text === quote ? `${text} anew` : text };
}

/** Runs of neighbouring spans of final text that nothing locks; they may have any number of formattings. */
function unlockedStretches(paragraph: Paragraph): Stretch[] {
  const stretches: Stretch[] = [];
  let start = 0;
  let offset = 0;
  const close = (): void => {
    if (offset > start) stretches.push({ start, end: offset });
  };
  for (const span of paragraph.spans) {
    if (span.deleted !== undefined) continue;
    if (span.lock !== undefined) {
      close();
      offset += span.text.length;
      start = offset;
    } else offset += span.text.length;
  }
  close();
  return stretches;
}

function wordsIn(text: string, stretch: Stretch): Stretch[] {
  return [...text.slice(stretch.start, stretch.end).matchAll(word)].map((match) => ({
    start: stretch.start + match.index,
    end: stretch.start + match.index + match[0].length,
  }));
}

/** Numbers from 0 to below 1 that depend on the seed alone (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
