import { type Paragraph, paragraphText, type Revision, type WordDocument } from "../files/index.ts";
import type { IssuedParagraph, IssuedSegment, IssuedStory, IssuedText } from "./ledger-types.ts";
import { hashText } from "./normalise-text.ts";
import { revisionKey } from "./revision-key.ts";

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

/** The issued document for the ledger. `owners` gives the index of the suggestion of a revision key. */
export function issuedStories(
  stories: readonly StoryParagraphs[],
  owners: ReadonlyMap<string, number>,
): IssuedStory[] {
  return stories.map(({ story, paragraphs }) => {
    const texts = paragraphs.map((each) => issuedText(each, owners));
    const isNear = (index: number): boolean =>
      [index - 1, index, index + 1].some((at) => texts[at] !== undefined && isTouched(texts[at]));
    return {
      story,
      paragraphs: texts.map((each, index): IssuedParagraph => (isNear(index) ? each : each.hash)),
    };
  });
}

/** True when a suggestion is in the paragraph. */
export function isTouched(paragraph: IssuedText): boolean {
  return paragraph.mark !== undefined || paragraph.segments.some((each) => each.of !== undefined);
}

function issuedText(paragraph: Paragraph, owners: ReadonlyMap<string, number>): IssuedText {
  const ownerOf = (revision: Revision | undefined): number | undefined =>
    revision === undefined ? undefined : owners.get(revisionKey(revision));
  const segments: IssuedSegment[] = [];
  for (const { text, inserted, deleted, lock } of paragraph.spans) {
    if (text === "") continue;
    const [newOf, oldOf] = [ownerOf(inserted), ownerOf(deleted)];
    const isTheirs =
      (inserted !== undefined && newOf === undefined) || (deleted !== undefined && oldOf === undefined);
    const isLoose = isTheirs || lock === "field";
    const of = oldOf ?? newOf;
    segments.push({
      text,
      ...(of !== undefined && { side: oldOf === undefined ? ("new" as const) : ("old" as const), of }),
      ...(isLoose && { isLoose }),
    });
  }
  const [markNew, markOld] = [ownerOf(paragraph.markInserted), ownerOf(paragraph.markDeleted)];
  const of = markOld ?? markNew;
  return {
    hash: hashOf(paragraph),
    segments: joinAlike(segments),
    ...(of !== undefined && {
      mark: { side: markOld === undefined ? ("new" as const) : ("old" as const), of },
    }),
  };
}

function joinAlike(segments: readonly IssuedSegment[]): IssuedSegment[] {
  const joined: IssuedSegment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    const isAlike =
      last?.of === segment.of && last?.side === segment.side && last?.isLoose === segment.isLoose;
    if (last !== undefined && isAlike)
      joined[joined.length - 1] = { ...segment, text: last.text + segment.text };
    else joined.push(segment);
  }
  return joined;
}

/** A paragraph's text with one suggestion refused or accepted and all others accepted; its end included if it stands. */
export function textWith(paragraph: IssuedText, suggestion: number, view: "before" | "after"): string {
  const wanted = view === "before" ? "old" : "new";
  const stands = (side: "old" | "new" | undefined, of: number | undefined): boolean =>
    side === undefined || (of === suggestion ? side === wanted : side === "new");
  const text = paragraph.segments
    .filter(({ side, of }) => stands(side, of))
    .map((each) => each.text)
    .join("");
  return stands(paragraph.mark?.side, paragraph.mark?.of) ? `${text}\n` : text;
}
