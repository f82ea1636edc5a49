import {
  type Comment,
  comments,
  diffWords,
  type Paragraph,
  paragraphText,
  type Revision,
  type Span,
  trackedChanges,
  type WordDocument,
} from "../../files/index.ts";
import type { RedlineEntry } from "../../tasks/edit/redline.ts";
import { headingPaths, placeOf } from "./heading-path.ts";
import { printable, printableLine } from "./printable.ts";
import type { Format, Terminal } from "./terminal.ts";
import { type Segment, wrapText } from "./wrap-text.ts";

/** How a stretch of a redline differs; `old-…` are other people's changes that were there before. */
export type RedlineState = "same" | "inserted" | "deleted" | "old-inserted" | "old-deleted";

export type RedlinePiece = { readonly text: string; readonly state: RedlineState };

/** One paragraph that an edit touched. */
export type RedlineBlock = {
  /** Heading path and table cell, in words. */
  readonly place: string;
  readonly numbering?: string;
  readonly pieces: readonly RedlinePiece[];
  readonly comments: readonly { readonly author: string; readonly text: string }[];
  /** Changes that are no words: `bold off → bold`. */
  readonly notes?: readonly string[];
};

export type TrackedRedlineOptions = {
  readonly author: string;
  /** What changes that are no words do, by their `w:date`. */
  readonly labels?: ReadonlyMap<string, string>;
};

/** The paragraphs that `author` touched when the original became the edited document, with tracked changes. */
export function trackedRedline(
  original: WordDocument,
  edited: WordDocument,
  { author, labels = new Map() }: TrackedRedlineOptions,
): RedlineBlock[] {
  const known = knownRevisions(original);
  // Another author's insertion may have been cut in two by the edit: its halves are not ours.
  const isNew = (revision: Revision | undefined): boolean =>
    revision !== undefined && revision.author === author && !known.has(keyOf(revision));
  const added = newComments(original, edited);
  const paths = headingPaths(edited);
  const blocks: RedlineBlock[] = [];
  const formatted = Map.groupBy(
    trackedChanges(edited).filter(({ revision }) => isNew(revision)),
    (change) => change.paragraph,
  );
  for (const paragraph of edited.paragraphs) {
    if (paragraph.story.kind === "comment") continue;
    const dates = new Set(formatted.get(paragraph.id)?.map(({ revision }) => revision.date ?? ""));
    const notes = [...dates].flatMap((date) => labels.get(date) ?? []);
    const own = added.get(paragraph.id) ?? [];
    const revisions = [
      paragraph.markInserted,
      paragraph.markDeleted,
      ...paragraph.spans.flatMap((span) => [span.inserted, span.deleted]),
    ];
    if (own.length === 0 && notes.length === 0 && !revisions.some(isNew)) continue;
    const pieces = merge([
      ...paragraph.spans.map((span) => pieceOf(span, isNew)),
      ...markPieces(paragraph, isNew),
    ]);
    const place = placeOf(paragraph, paths);
    blocks.push({ place, ...numberingOf(paragraph), pieces, comments: own, notes });
  }
  return blocks;
}

/** The same from the texts before and after, where no document with tracked changes is to be had. */
export function plainRedline(
  original: WordDocument,
  entries: readonly RedlineEntry[],
  author: string,
): RedlineBlock[] {
  const paths = headingPaths(original);
  const paragraphs = new Map(original.paragraphs.map((paragraph) => [paragraph.id, paragraph]));
  return entries.map(({ kind, paragraph: id, before, after, comments }) => {
    const paragraph = paragraphs.get(id);
    if (paragraph !== undefined && kind === "formatted") {
      const pieces = merge([{ text: paragraphText(paragraph), state: "same" }]);
      const notes = [`${before} → ${after}`];
      return {
        place: placeOf(paragraph, paths),
        ...numberingOf(paragraph),
        pieces,
        comments: comments.map((text) => ({ author, text })),
        notes,
      };
    }
    return {
      place: paragraph === undefined ? "" : placeOf(paragraph, paths),
      ...(paragraph !== undefined && kind !== "inserted" && numberingOf(paragraph)),
      pieces: wordRedline(before, after),
      comments: comments.map((text) => ({ author, text })),
    };
  });
}

/** Two texts as one redline, word by word between what they begin and end with alike. */
export function wordRedline(before: string, after: string): RedlinePiece[] {
  const start = commonStart(before, after);
  const end = commonEnd(before.slice(start), after.slice(start));
  const [old, fresh] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const pieces: RedlinePiece[] = [{ text: before.slice(0, start), state: "same" }];
  let at = 0;
  for (const hunk of diffWords(old, fresh)) {
    pieces.push({ text: old.slice(at, hunk.start), state: "same" });
    pieces.push({ text: old.slice(hunk.start, hunk.end), state: "deleted" });
    pieces.push({ text: hunk.text, state: "inserted" });
    at = hunk.end;
  }
  pieces.push({ text: old.slice(at), state: "same" });
  return merge([...pieces, { text: before.slice(before.length - end), state: "same" }]);
}

const IN_WORD = /[\p{L}\p{M}\p{N}\p{Cs}]/u;

/** Length of what both begin with, not ending within a word of either. */
function commonStart(one: string, two: string): number {
  let length = 0;
  while (length < Math.min(one.length, two.length) && one[length] === two[length]) length++;
  const isInWord = (text: string, at: number): boolean => at < text.length && IN_WORD.test(text[at]!);
  while (length > 0 && IN_WORD.test(one[length - 1]!) && (isInWord(one, length) || isInWord(two, length)))
    length--;
  return length;
}

/** Length of what both end with, not beginning within a word of either. */
function commonEnd(one: string, two: string): number {
  let length = 0;
  while (length < Math.min(one.length, two.length) && one.at(-1 - length) === two.at(-1 - length)) length++;
  const isInWord = (text: string, at: number): boolean => at < text.length && IN_WORD.test(text.at(-1 - at)!);
  while (length > 0 && IN_WORD.test(one.at(-length)!) && (isInWord(one, length) || isInWord(two, length)))
    length--;
  return length;
}

/** The redline as lines for the terminal: colours where it has them, CriticMarkup otherwise. */
export function renderRedline(blocks: readonly RedlineBlock[], terminal: Terminal): string {
  const { width, paint, hasColor } = terminal;
  const lines: string[] = [];
  let place: string | undefined;
  for (const block of blocks) {
    if (lines.length > 0) lines.push("");
    if (block.place !== place && block.place !== "") {
      lines.push(...wrapText([{ text: printableLine(block.place), format: "bold" }], { width, paint }));
    }
    place = block.place;
    const label = block.numbering === undefined ? [] : [{ text: `${printableLine(block.numbering)} ` }];
    const segments = block.pieces.map((piece) => segmentOf(piece, hasColor));
    lines.push(...wrapText([...label, ...segments], { width, indent: "  ", paint }));
    for (const note of block.notes ?? []) lines.push(...noteLines(note, terminal));
    for (const comment of block.comments) lines.push(...commentLines(comment, terminal));
  }
  return lines.join("\n");
}

function noteLines(note: string, { width, paint }: Terminal): string[] {
  return wrapText([{ text: `[${printableLine(note)}]`, format: "cyan" }], { width, indent: "    ", paint });
}

function commentLines(comment: RedlineBlock["comments"][number], { width, paint }: Terminal): string[] {
  const text = `[comment by ${printableLine(comment.author)}] ${printable(comment.text)}`;
  return wrapText([{ text, format: "cyan" }], { width, indent: "    ", paint });
}

const FORMATS: Readonly<Record<RedlineState, Format | undefined>> = {
  same: undefined,
  inserted: ["green", "underline"],
  deleted: ["red", "strikethrough"],
  "old-inserted": ["dim", "underline"],
  "old-deleted": ["dim", "strikethrough"],
};

function segmentOf({ text, state }: RedlinePiece, hasColor: boolean): Segment {
  const shown = printable(text);
  const format = FORMATS[state];
  if (format === undefined) return { text: shown };
  if (hasColor) return { text: shown, format };
  return { text: state.endsWith("inserted") ? `{++${shown}++}` : `{--${shown}--}` };
}

function pieceOf(span: Span, isNew: (revision: Revision | undefined) => boolean): RedlinePiece {
  // Text that one person inserted and another deleted reads as deleted.
  if (span.deleted !== undefined)
    return { text: span.text, state: isNew(span.deleted) ? "deleted" : "old-deleted" };
  if (span.inserted !== undefined)
    return { text: span.text, state: isNew(span.inserted) ? "inserted" : "old-inserted" };
  return { text: span.text, state: "same" };
}

/** A pilcrow where a paragraph was joined or split; not where its whole text came or went with the mark. */
function markPieces(
  paragraph: Paragraph,
  isNew: (revision: Revision | undefined) => boolean,
): RedlinePiece[] {
  const hasText = paragraph.spans.some((span) => span.text !== "");
  const all = (state: "inserted" | "deleted"): boolean =>
    hasText && paragraph.spans.every((span) => span.text === "" || span[state] !== undefined);
  if (isNew(paragraph.markDeleted) && !all("deleted")) return [{ text: "¶", state: "deleted" }];
  if (isNew(paragraph.markInserted) && !all("inserted")) return [{ text: "¶", state: "inserted" }];
  return [];
}

function merge(pieces: readonly RedlinePiece[]): RedlinePiece[] {
  const merged: RedlinePiece[] = [];
  for (const piece of pieces) {
    if (piece.text === "") continue;
    const last = merged.at(-1);
    if (last?.state === piece.state) merged[merged.length - 1] = { ...last, text: last.text + piece.text };
    else merged.push(piece);
  }
  return merged;
}

function knownRevisions(document: WordDocument): ReadonlySet<string> {
  const known = new Set<string>();
  for (const { markInserted, markDeleted, spans } of document.paragraphs) {
    for (const revision of [
      markInserted,
      markDeleted,
      ...spans.flatMap((span) => [span.inserted, span.deleted]),
    ]) {
      if (revision !== undefined) known.add(keyOf(revision));
    }
  }
  return known;
}

function keyOf({ id, author, date }: Revision): string {
  return JSON.stringify([id, author, date]);
}

/** Comments that only the edited document has, by the paragraph they stand at; a reply stands where its thread does. */
function newComments(original: WordDocument, edited: WordDocument): ReadonlyMap<string, readonly Comment[]> {
  const old = new Set(comments(original).map((comment) => comment.id));
  const all = comments(edited);
  const byId = new Map(all.map((comment) => [comment.id, comment]));
  const added = new Map<string, Comment[]>();
  for (const comment of all) {
    if (old.has(comment.id)) continue;
    const paragraph = comment.paragraph ?? byId.get(comment.replyTo ?? "")?.paragraph;
    if (paragraph !== undefined) added.set(paragraph, [...(added.get(paragraph) ?? []), comment]);
  }
  return added;
}

function numberingOf(paragraph: Paragraph): { numbering?: string } {
  return paragraph.numbering === undefined ? {} : { numbering: paragraph.numbering };
}
