import type { Anchor, Paragraph, WordDocument } from "../../files/index.ts";
import { seededRandom } from "../../tasks/insights/statistics/seeded-random.ts";

/** A word of a document, and the paragraph it is in. */
export type DrawnWord = { readonly paragraph: Paragraph; readonly anchor: Anchor };

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu;

/** A word that stands in one unlocked span, drawn by seed; undefined when the document has none. Comments are left out. */
export function drawWord(document: WordDocument, seed: number): DrawnWord | undefined {
  const random = seededRandom(seed);
  const candidates = document.paragraphs.flatMap((paragraph) => {
    if (paragraph.story.kind === "comment") return [];
    const anchors = wordsOf(paragraph);
    return anchors.length === 0 ? [] : [{ paragraph, anchors }];
  });
  const chosen = candidates[Math.floor(random() * candidates.length)];
  if (chosen === undefined) return undefined;
  return {
    paragraph: chosen.paragraph,
    anchor: chosen.anchors[Math.floor(random() * chosen.anchors.length)]!,
  };
}

function wordsOf(paragraph: Paragraph): Anchor[] {
  const anchors: Anchor[] = [];
  let offset = 0;
  for (const span of paragraph.spans) {
    // An anchor counts in the final text: what is deleted has no place there.
    if (span.deleted !== undefined) continue;
    if (span.lock === undefined) {
      for (const match of span.text.matchAll(WORD)) {
        const start = offset + match.index;
        anchors.push({ paragraph: paragraph.id, start, end: start + match[0].length, quote: match[0] });
      }
    }
    offset += span.text.length;
  }
  return anchors;
}
