import { RoundTripError } from "../errors.ts";
import {
  type Change,
  type Marks,
  openFile,
  type Paragraph,
  planChanges,
  type Revision,
  type WordDocument,
} from "../files/index.ts";
import { type StoryParagraphs, storiesOf } from "./issued-stories.ts";
import { revisionKey } from "./revision-key.ts";
import type { ReadPlace } from "./undo-place.ts";

/** Words that were put back under one author and second, and the place that they come from. */
export type Restored = {
  readonly revision: Omit<Revision, "id">;
  readonly place: ReadPlace;
  readonly key: string;
};

/**
 * Gives words and paragraphs that were put back the look they had in the file as it was issued, where they are still
 * there, deleted. What is put back is a pending insertion, so this needs no change of its own.
 */
export function restoreLooks(
  bytes: Uint8Array,
  issued: WordDocument,
  restored: readonly Restored[],
  date: Date,
): Uint8Array {
  const document = openFile(bytes);
  const stories = storiesOf(issued);
  const changes = restored.flatMap((each) => [
    ...wordChanges(document, oldWords(stories, each), each),
    ...styleChanges(document, stories, each),
  ]);
  if (changes.length === 0) return bytes;
  const plan = planChanges(document, changes, { author: "", date, mode: "direct" });
  if (plan.applied.length === 0) return bytes;
  try {
    return plan.save().bytes;
  } catch (error) {
    // The words are back, if not in their look.
    if (error instanceof RoundTripError) return bytes;
    throw error;
  }
}

type Marked = { readonly text: string; readonly marks: Marks };

function issuedParagraphs(stories: readonly StoryParagraphs[], { place }: Restored): readonly Paragraph[] {
  const { paragraphs = [] } = stories.find(({ story }) => story === place.story) ?? {};
  const { paragraph, lastParagraph } = place.hunk;
  return paragraphs.slice(place.paragraph, place.paragraph + lastParagraph - paragraph + 1);
}

/** The words that the suggestion deletes in those paragraphs. */
function oldWords(stories: readonly StoryParagraphs[], restored: Restored): Marked[] {
  return issuedParagraphs(stories, restored)
    .flatMap(({ spans }) => spans)
    .filter(
      ({ deleted, text }) => deleted !== undefined && text !== "" && revisionKey(deleted) === restored.key,
    );
}

type Inserted = Marked & { readonly paragraph: Paragraph; readonly start: number };

function insertedWords({ paragraphs }: WordDocument, { revision }: Restored): Inserted[] {
  return paragraphs.flatMap((paragraph) => {
    let offset = 0;
    return paragraph.spans.flatMap(({ text, marks, inserted, deleted }): Inserted[] => {
      const start = offset;
      if (deleted !== undefined) return [];
      offset += text.length;
      const isOurs = inserted !== undefined && revisionKey(inserted) === revisionKey(revision);
      return isOurs && text !== "" ? [{ paragraph, start, text, marks }] : [];
    });
  });
}

function wordChanges(document: WordDocument, old: readonly Marked[], restored: Restored): Change[] {
  const inserted = insertedWords(document, restored);
  const [first] = old;
  if (first === undefined) return [];
  const isSameText = joinedText(old) === joinedText(inserted);
  const isUniform = old.every(({ marks }) => JSON.stringify(marks) === JSON.stringify(first.marks));
  if (!isSameText && !isUniform) return [];
  let at = 0;
  return inserted.flatMap((each) => {
    const from = at;
    at += each.text.length;
    const wanted = isSameText ? cut(old, from, at) : [{ text: each.text, marks: first.marks }];
    return formatsOf(each, wanted);
  });
}

function joinedText(words: readonly Marked[]): string {
  return words.map(({ text }) => text).join("");
}

/** The part of the words between two offsets. */
function cut(words: readonly Marked[], from: number, to: number): Marked[] {
  let at = 0;
  return words.flatMap(({ text, marks }) => {
    const start = at;
    at += text.length;
    const part = text.slice(Math.max(from - start, 0), Math.max(to - start, 0));
    return part === "" ? [] : [{ text: part, marks }];
  });
}

function formatsOf({ paragraph, start, marks }: Inserted, wanted: readonly Marked[]): Change[] {
  let at = start;
  return wanted.flatMap((each): Change[] => {
    const place = { paragraph: paragraph.id, start: at, end: at + each.text.length, quote: each.text };
    at = place.end;
    if (JSON.stringify(each.marks) === JSON.stringify(marks)) return [];
    return [{ kind: "format", at: place, set: formatOf(each.marks) }];
  });
}

function formatOf(marks: Marks): Extract<Change, { readonly kind: "format" }>["set"] {
  const { bold = false, italic = false, underline = false, strike = false, styleId } = marks;
  const vertical = marks.vertical ?? ("baseline" as const);
  return { bold, italic, underline, strike, vertical, ...(styleId !== undefined && { style: styleId }) };
}

/** Paragraphs that came back whole get the style they had. */
function styleChanges(
  { paragraphs }: WordDocument,
  stories: readonly StoryParagraphs[],
  restored: Restored,
): Change[] {
  const back = paragraphs.filter(
    ({ markInserted }) =>
      markInserted !== undefined && revisionKey(markInserted) === revisionKey(restored.revision),
  );
  const wanted = issuedParagraphs(stories, restored);
  if (back.length !== wanted.length) return [];
  return back.flatMap((paragraph, index): Change[] => {
    const style = wanted[index]!.styleId;
    if (style === undefined || style === paragraph.styleId) return [];
    return [
      {
        kind: "format-paragraph",
        at: { paragraph: paragraph.id, start: 0, end: 0, quote: "" },
        set: { style },
      },
    ];
  });
}
