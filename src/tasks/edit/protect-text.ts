import { type Change, type Paragraph, paragraphText, type Span } from "../../files/index.ts";

/**
 * A paragraph's final text as a model may see it: what is not ours to change (fields, notes, objects, tabs, line
 * breaks) stands there as `[[1]]`, `[[2]]`, ….
 */
export type ProtectedText = {
  readonly paragraph: Paragraph;
  readonly text: string;
  /** Offsets in the final text of the stretches around the placeholders; one more than there are placeholders. */
  readonly segments: readonly { readonly start: number; readonly end: number }[];
  /** Texts of links, which have to stay to the letter. */
  readonly linkTexts: readonly string[];
};

/** Puts placeholders for what is locked; undefined when the text itself has something that looks like one. */
export function protectText(paragraph: Paragraph): ProtectedText | undefined {
  if (/\[\[\d+\]\]/u.test(paragraphText(paragraph))) return undefined;
  let text = "";
  let offset = 0;
  let start = 0;
  let count = 0;
  let wasLocked = false;
  const segments: { start: number; end: number }[] = [];
  for (const { piece, isLocked } of paragraph.spans
    .filter((span) => span.deleted === undefined)
    .flatMap(piecesOf)) {
    if (isLocked && !wasLocked) {
      segments.push({ start, end: offset });
      text += `[[${++count}]]`;
    }
    if (!isLocked) text += piece;
    offset += piece.length;
    if (isLocked) start = offset;
    wasLocked = isLocked;
  }
  segments.push({ start, end: offset });
  return { paragraph, text, segments, linkTexts: linkTextsOf(paragraph) };
}

function piecesOf(span: Span): readonly { readonly piece: string; readonly isLocked: boolean }[] {
  if (span.lock !== undefined) return [{ piece: span.text, isLocked: true }];
  return span.text
    .split(/([\t\n]+)/u)
    .flatMap((piece) => (piece === "" ? [] : [{ piece, isLocked: /^[\t\n]/u.test(piece) }]));
}

function linkTextsOf(paragraph: Paragraph): readonly string[] {
  const texts = new Map<string, string>();
  for (const { link, text, deleted, lock } of paragraph.spans) {
    if (link !== undefined && deleted === undefined && lock === undefined)
      texts.set(link, (texts.get(link) ?? "") + text);
  }
  return [...texts.values()].map((text) => text.trim()).filter((text) => text !== "");
}

/**
 * One change for each stretch between placeholders whose text is another one now, so that no change touches what is
 * locked. Undefined when text was put where the paragraph has none to hold it.
 */
export function segmentChanges(
  source: ProtectedText,
  rewritten: string,
  options: { readonly id: string; readonly comment?: string },
): readonly Change[] | undefined {
  const whole = paragraphText(source.paragraph);
  const texts = rewritten.split(/\[\[\d+\]\]/u);
  if (texts.length !== source.segments.length) return undefined;
  const changes: Change[] = [];
  for (const [index, { start, end }] of source.segments.entries()) {
    const quote = whole.slice(start, end);
    const text = texts[index] ?? "";
    if (text === quote) continue;
    if (quote === "") return undefined;
    const comment = changes.length === 0 && options.comment !== undefined ? { comment: options.comment } : {};
    const id = `${options.id}.${index + 1}`;
    changes.push({
      kind: "replace",
      id,
      at: { paragraph: source.paragraph.id, start, end, quote },
      text,
      ...comment,
    });
  }
  return changes;
}
