import { rowRevision } from "../files/docx/read/row-revision.ts";
import { type Paragraph, paragraphText, type WordDocument } from "../files/index.ts";
import { type OwnerOf, paragraphLooks } from "./issued-looks.ts";
import { issuedSegments } from "./issued-segments.ts";
import type { IssuedParagraph, IssuedStory, IssuedText } from "./ledger-types.ts";
import { hashText } from "./normalise-text.ts";

/** Paragraphs that are aligned with each other: those of the body, of all headers, of all footers, … */
export type StoryParagraphs = { readonly story: string; readonly paragraphs: readonly Paragraph[] };

/** The document's paragraphs by story, comments left out: they are about the text, not part of it. */
export function storiesOf(document: WordDocument): StoryParagraphs[] {
  const stories = new Map<string, Paragraph[]>();
  for (const paragraph of document.paragraphs) {
    const { kind } = paragraph.story;
    if (kind === "comment") continue;
    const list = stories.get(kind) ?? [];
    list.push(paragraph);
    stories.set(kind, list);
  }
  return [...stories].map(([story, paragraphs]) => ({ story, paragraphs }));
}

/** Hashes of the paragraph with all changes refused and with all accepted; one when they are alike. */
export function hashOf(paragraph: Paragraph): string {
  const before = hashText(paragraphText(paragraph, "original"));
  const after = hashText(paragraphText(paragraph, "final"));
  return before === after ? after : `${before}/${after}`;
}

export type IssuedStoriesOptions = {
  readonly stories: readonly StoryParagraphs[];
  readonly ownerOf: OwnerOf;
  /** Ids of the paragraphs with changes of formatting. */
  readonly formatted: ReadonlySet<string>;
};

/** The issued document for the ledger. */
export function issuedStories(document: WordDocument, options: IssuedStoriesOptions): IssuedStory[] {
  return options.stories.map(({ story, paragraphs }) => {
    const texts = paragraphs.map((each) => issuedText(document, each, options));
    const isNear = (index: number): boolean =>
      [index - 1, index, index + 1].some((at) => texts[at] !== undefined && isTouched(texts[at]));
    return {
      story,
      paragraphs: texts.map((each, index): IssuedParagraph => (isNear(index) ? each : each.hash)),
    };
  });
}

/** True when a suggestion is in the paragraph. */
export function isTouched({ mark, looks, segments }: IssuedText): boolean {
  return (
    mark !== undefined ||
    looks !== undefined ||
    segments.some((each) => each.of !== undefined || each.looks !== undefined)
  );
}

function issuedText(
  document: WordDocument,
  paragraph: Paragraph,
  { ownerOf, formatted }: IssuedStoriesOptions,
): IssuedText {
  const hasLooks = formatted.has(paragraph.id);
  const row = rowRevision(paragraph);
  const markNew = ownerOf(paragraph.markInserted) ?? ownerOf(row.inserted);
  const markOld = ownerOf(paragraph.markDeleted) ?? ownerOf(row.deleted);
  const of = markOld ?? markNew;
  const isRow = (ownerOf(row.inserted) ?? ownerOf(row.deleted)) !== undefined;
  const looks = hasLooks ? paragraphLooks(document, paragraph, ownerOf) : [];
  return {
    hash: hashOf(paragraph),
    segments: issuedSegments(document, paragraph, ownerOf, hasLooks),
    ...(of !== undefined && { mark: { side: markOld === undefined ? "new" : "old", of } }),
    ...(isRow && { row: `${paragraph.cell!.table}/${paragraph.cell!.row}` }),
    ...(looks.length > 0 && { looks }),
  };
}

/** A paragraph's text with one suggestion refused or accepted and all others accepted; its end included if it stands. */
export function textWith(paragraph: IssuedText, suggestion: number, view: "before" | "after"): string {
  const wanted = view === "before" ? "old" : "new";
  const stands = (side: "old" | "new" | undefined, of: number | undefined): boolean =>
    side === undefined || (of === suggestion ? side === wanted : side === "new");
  const text = paragraph.segments
    .filter(({ side, of, picture }) => picture === undefined && stands(side, of))
    .map((each) => each.text)
    .join("");
  return stands(paragraph.mark?.side, paragraph.mark?.of) ? `${text}\n` : text;
}
