import {
  type Change,
  type Paragraph,
  paragraphText,
  type WordDocument,
  wholeParagraph,
} from "../../src/files/index.ts";
import { type Draw, sentence } from "./random-document.ts";
import { randomStructure } from "./random-structures.ts";

const words = /[^\s\p{P}\p{S}]+/gu;
const replacements = [
  "fourteen",
  "the first of June",
  "promptly",
  "2,480.50",
  "sixty",
  "the “Goods”",
  "a written notice",
];

/**
 * Draws changes of words and paragraphs, when `wide` of every other kind too. One that turns out to be impossible is
 * refused by the planner and left out.
 */
export function randomSuggestions(document: WordDocument, draw: Draw, wide: boolean): Change[] {
  const merged = new Set<Paragraph>();
  const randomOne = (paragraph: Paragraph): Change | undefined => {
    if (!wide || draw.chance(0.4)) return randomChange(paragraph, draw);
    const change = randomStructure(document, paragraph, draw);
    // Two can't be made one twice.
    if (change?.kind !== "merge") return change;
    return merged.has(paragraph) ? undefined : merged.add(paragraph) && change;
  };

  const paragraphs = document.paragraphs.filter(
    (each) => each.story.kind !== "comment" && /\w+\s+\w+/.test(paragraphText(each)),
  );
  if (paragraphs.length === 0) return [];
  const changes: Change[] = [];
  const count = 2 + draw.below(5);
  for (let index = 0; index < count; index++) {
    const paragraph = draw.pick(paragraphs);
    const change = randomOne(paragraph);
    if (change !== undefined) changes.push({ ...change, id: `s${index + 1}` });
    // Several in one paragraph are the hard case.
    if (draw.chance(0.35)) {
      const second = randomOne(paragraph);
      if (second !== undefined) changes.push({ ...second, id: `s${index + 1}b` });
    }
  }
  return changes;
}

function randomChange(paragraph: Paragraph, draw: Draw): Change | undefined {
  const text = paragraphText(paragraph);
  const kind = draw.below(12);
  if (kind === 0) return { kind: "delete", at: wholeParagraph(paragraph) };
  if (kind <= 2) {
    const lines = Array.from({ length: 1 + draw.below(2) }, () => sentence(draw));
    return { kind: "insert-after", at: wholeParagraph(paragraph), text: lines.join("\n") };
  }
  const found = [...text.matchAll(words)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  if (found.length < 2) return undefined;
  const first = draw.below(found.length);
  const last = Math.min(found.length - 1, first + draw.below(4));
  const [start, end] = [found[first]!.start, found[last]!.end];
  const at = { paragraph: paragraph.id, start, end, quote: text.slice(start, end) };
  if (kind <= 4) {
    // A word with the space after it, so that none is left double.
    const space = /^\s/.exec(text.slice(end))?.[0] ?? "";
    return { kind: "delete", at: { ...at, end: end + space.length, quote: at.quote + space } };
  }
  if (kind === 5) return sentenceDeletion(paragraph, text, draw);
  if (kind <= 7) return { kind: "replace", at, text: `${draw.pick(replacements)} ${at.quote}` };
  if (kind === 8) return { kind: "replace", at, text: `${at.quote} ${draw.pick(replacements)}` };
  if (kind === 9) return { kind: "replace", at: wholeParagraph(paragraph), text: rewritten(text, draw) };
  const fresh = draw.pick(replacements);
  return fresh === at.quote
    ? undefined
    : { kind: "replace", at, text: fresh, ...(draw.chance(0.2) && { comment: "Better?" }) };
}

function sentenceDeletion(paragraph: Paragraph, text: string, draw: Draw): Change | undefined {
  const found = [...text.matchAll(/[^.]+\.\s*/g)];
  if (found.length < 2) return undefined;
  const match = draw.pick(found);
  const [start, quote] = [match.index, match[0]];
  return { kind: "delete", at: { paragraph: paragraph.id, start, end: start + quote.length, quote } };
}

/** The text with two or three words changed here and there. */
function rewritten(text: string, draw: Draw): string {
  const all = text.split(" ");
  for (let count = 0; count < 3; count++) all[draw.below(all.length)] = draw.pick(replacements);
  return all.join(" ");
}
