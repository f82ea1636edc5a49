import type { Ledger } from "../../src/feedback/index.ts";
import { rowRevision } from "../../src/files/docx/read/row-revision.ts";
import { textLooks } from "../../src/files/docx/read/text-looks.ts";
import {
  type Change,
  openFile,
  type Paragraph,
  paragraphText,
  planChanges,
  type Revision,
  trackedChanges,
  type WordDocument,
  wholeParagraph,
} from "../../src/files/index.ts";
import { type Draw, sentence } from "./random-document.ts";

const person = "Carol Neighbour";
const fresh = ["moreover", "quarterly", "reviewed", "European", "thereafter", "duly"];

/** Others' edits outside the suggestions: words replaced, deleted, inserted, new paragraphs, paragraphs gone. */
export function editAround(bytes: Uint8Array, ledger: Ledger, draw: Draw): Uint8Array {
  let edited = bytes;
  const count = 1 + draw.below(4);
  for (let index = 0; index < count; index++) edited = editOnce(edited, ledger, draw, index);
  return edited;
}

function editOnce(bytes: Uint8Array, ledger: Ledger, draw: Draw, index: number): Uint8Array {
  const document = openFile(bytes);
  const paragraphs = document.paragraphs.filter(
    (each) => each.story.kind === "body" && paragraphText(each) !== "",
  );
  if (paragraphs.length === 0) return bytes;
  const formatted = new Set(
    trackedChanges(document)
      .filter(({ kind, revision }) => /formatting$/.test(kind) && isOurs(revision.author, ledger))
      .map(({ paragraph }) => paragraph),
  );
  const isTouched = (each: Paragraph): boolean => formatted.has(each.id) || hasOurs(each, ledger);
  const touched = paragraphs.filter(isTouched);
  const paragraph = touched.length > 0 && draw.chance(0.6) ? draw.pick(touched) : draw.pick(paragraphs);
  const change =
    isTouched(paragraph) || draw.chance(0.5)
      ? wordEdit(paragraph, takenRanges(document, paragraph, ledger), draw)
      : blockEdit(paragraph, draw);
  if (change === undefined) return bytes;
  const date = new Date(Date.UTC(2026, 4, 1, 8, index, draw.below(60)));
  const mode = draw.chance(0.5) ? "tracked" : "direct";
  const plan = planChanges(document, [change], { author: person, date, mode });
  return plan.refused.length > 0 ? bytes : plan.save().bytes;
}

function hasOurs(paragraph: Paragraph, ledger: Ledger): boolean {
  const { inserted, deleted } = rowRevision(paragraph);
  return (
    isOurs(inserted?.author, ledger) ||
    isOurs(deleted?.author, ledger) ||
    paragraph.spans.some(
      ({ inserted, deleted }) => isOurs(inserted?.author, ledger) || isOurs(deleted?.author, ledger),
    ) ||
    isOurs(paragraph.markInserted?.author, ledger) ||
    isOurs(paragraph.markDeleted?.author, ledger)
  );
}

function isOurs(author: string | undefined, ledger: Ledger): boolean {
  return author === ledger.author;
}

function blockEdit(paragraph: Paragraph, draw: Draw): Change {
  const at = wholeParagraph(paragraph);
  return draw.chance(0.5) ? { kind: "delete", at } : { kind: "insert-after", at, text: sentence(draw) };
}

/** A word that no suggestion has; new words stand at least a word away, or they could not be told from a retyped one. */
function wordEdit(paragraph: Paragraph, taken: readonly Range[], draw: Draw): Change | undefined {
  const text = paragraphText(paragraph);
  const free = [...text.matchAll(/[\p{L}\p{N}]+/gu)].flatMap((match) => {
    const [start, end] = [match.index, match.index + match[0].length];
    return taken.some((each) => each.start <= end && start <= each.end)
      ? []
      : [{ start, end, quote: match[0] }];
  });
  const word = free[draw.below(Math.max(free.length, 1))];
  if (word === undefined) return undefined;
  const at = { paragraph: paragraph.id, ...word };
  const kind = draw.below(3);
  if (kind === 0) return { kind: "replace", at, text: draw.pick(fresh) };
  // The word stays and a new one comes after it, which must not be where a suggestion is.
  const following = text.slice(word.end).match(/^\s+[\p{L}\p{N}]+/u)?.[0];
  if (
    following === undefined ||
    taken.some((each) => each.start <= word.end + following.length && word.end <= each.end)
  )
    return { kind: "replace", at, text: draw.pick(fresh) };
  if (kind === 1) return { kind: "replace", at, text: `${word.quote} ${draw.pick(fresh)}` };
  return { kind: "delete", at: { ...at, end: word.end + 1, quote: text.slice(word.start, word.end + 1) } };
}

type Range = { readonly start: number; readonly end: number };

/** From the first place of each suggestion to its last: words changed in between make another text of it. */
function takenRanges(document: WordDocument, paragraph: Paragraph, ledger: Ledger): Range[] {
  const ranges = new Map<string, Range>();
  const take = (revision: Revision | undefined, start: number, end: number): void => {
    if (revision === undefined || !isOurs(revision.author, ledger)) return;
    const key = revision.date ?? "";
    const known = ranges.get(key) ?? { start, end };
    ranges.set(key, { start: Math.min(known.start, start), end: Math.max(known.end, end) });
  };
  const looks = textLooks(document, paragraph);
  let offset = 0;
  let all = 0;
  for (const { text, inserted, deleted } of paragraph.spans) {
    const start = offset;
    if (deleted === undefined) offset += text.length;
    const [from, to] = [all, all + text.length];
    all = to;
    take(inserted, start, offset);
    take(deleted, start, offset);
    for (const look of deleted === undefined ? looks : []) {
      const [left, right] = [Math.max(look.start, from), Math.min(look.end, to)];
      if (left < right) take(look.pending?.revision, start + left - from, start + right - from);
    }
  }
  return [...ranges.values()];
}
