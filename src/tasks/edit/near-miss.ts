import { type Paragraph, paragraphText, type WordDocument } from "../../files/index.ts";

/** What is there instead of a quote that is not: the words to copy, and how they differ. */
export type NearMiss = { readonly reason: string; readonly fix: string };

/**
 * Why a quote was not found, when the document has something like it: other spaces or capitals, deleted text,
 * a tracked change's old words, or just a similar paragraph.
 */
export function nearMiss(document: WordDocument, quote: string): NearMiss | undefined {
  return differsInSigns(document, quote) ?? isDeleted(document, quote) ?? closestParagraph(document, quote);
}

function differsInSigns(document: WordDocument, quote: string): NearMiss | undefined {
  for (const ignoresCase of [false, true]) {
    const needle = loosely(quote, ignoresCase);
    if (needle.text === "") return undefined;
    for (const paragraph of document.paragraphs) {
      const text = paragraphText(paragraph);
      const hay = loosely(text, ignoresCase);
      const at = hay.text.indexOf(needle.text);
      if (at < 0) continue;
      const end = (hay.offsets[at + needle.text.length - 1] ?? text.length - 1) + 1;
      const found = text.slice(hay.offsets[at] ?? 0, end);
      const what = ignoresCase ? "capitals" : "quotation marks, dashes or spaces";
      return {
        reason: `the text differs from the quote only in its ${what}`,
        fix: `quote it as ${JSON.stringify(found)} (${paragraph.id})`,
      };
    }
  }
  return undefined;
}

function isDeleted(document: WordDocument, quote: string): NearMiss | undefined {
  const paragraph = document.paragraphs.find((each) => paragraphText(each, "original").includes(quote));
  if (paragraph === undefined) return undefined;
  return {
    reason: `a tracked change in ${paragraph.id} already takes these words out`,
    fix: `accept or reject that change first, or quote the text as it stands now: ${JSON.stringify(clip(paragraphText(paragraph)))}`,
  };
}

/** The paragraph that shares most words with the quote, when it shares a good part of them. */
function closestParagraph(document: WordDocument, quote: string): NearMiss | undefined {
  const wanted = words(quote);
  if (wanted.size === 0) return undefined;
  let best: { readonly score: number; readonly paragraph: Paragraph } | undefined;
  for (const paragraph of document.paragraphs) {
    const there = words(paragraphText(paragraph));
    const shared = [...wanted].filter((word) => there.has(word)).length;
    // Of two that share as much, the shorter one is nearer.
    const score = shared / wanted.size - there.size / 1e6;
    if (score > (best?.score ?? 0.34)) best = { score, paragraph };
  }
  if (best === undefined) return undefined;
  const text = closestStretch(paragraphText(best.paragraph), wanted, quote.length);
  return {
    reason: "these words are not in the document",
    fix: `the nearest text is ${JSON.stringify(text)} (${best.paragraph.id})`,
  };
}

/** The stretch of a long paragraph that holds most of the wanted words, cut at words. */
function closestStretch(text: string, wanted: ReadonlySet<string>, length: number): string {
  if (text.length <= Math.max(160, length * 1.5)) return text;
  const starts = [...text.matchAll(/(?<=^|\s)\S/gu)].map((match) => match.index);
  let best = { score: -1, start: 0 };
  for (const start of starts) {
    const score = [...words(text.slice(start, start + length))].filter((word) => wanted.has(word)).length;
    if (score > best.score) best = { score, start };
  }
  const end = text.indexOf(" ", best.start + length);
  return text.slice(best.start, end < 0 ? undefined : end);
}

function words(text: string): Set<string> {
  return new Set(
    text
      .toLowerCase()
      .normalize("NFKC")
      .match(/[\p{L}\p{N}]+/gu) ?? [],
  );
}

function clip(text: string): string {
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}

/** The text without what typing and copying change, with the offset of each character that stays. */
function loosely(
  text: string,
  ignoresCase: boolean,
): { readonly text: string; readonly offsets: readonly number[] } {
  let plain = "";
  const offsets: number[] = [];
  let at = 0;
  for (const character of text) {
    const kept = loose(character);
    for (const unit of ignoresCase ? kept.toLowerCase() : kept) {
      plain += unit;
      for (let index = 0; index < unit.length; index++) offsets.push(at);
    }
    at += character.length;
  }
  return { text: plain, offsets };
}

function loose(character: string): string {
  if (/[\s\u00ad\u200b-\u200f\u2060\ufeff]/u.test(character)) return "";
  if (/[\u2018\u2019\u201a\u201b\u2032`´]/u.test(character)) return "'";
  if (/[\u201c-\u201f\u2033«»]/u.test(character)) return '"';
  if (/[\u2010-\u2015\u2212]/u.test(character)) return "-";
  return character.normalize("NFKC");
}
