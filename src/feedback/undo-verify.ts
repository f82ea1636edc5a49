import { RoundTripError } from "../errors.ts";
import { rowRevision } from "../files/docx/read/row-revision.ts";
import {
  openFile,
  type Paragraph,
  paragraphText,
  type Revision,
  readPart,
  trackedChanges,
  type WordDocument,
} from "../files/index.ts";
import { readSuggestions } from "./decisions.ts";
import type { Ledger, Suggestion } from "./ledger-types.ts";
import { type Applied, acceptOwn, type Signature, type Work } from "./undo-apply.ts";
import type { KeyOf } from "./undo-verdict.ts";

/** What was to be done, and what came of it. */
export type Undone = {
  readonly original: WordDocument;
  /** The original with everything refused that was pending of the suggestions `rejected`. */
  readonly base: WordDocument;
  readonly bytes: Uint8Array;
  readonly ledger: Ledger;
  readonly rejected: readonly Suggestion[];
  readonly keyOf: KeyOf;
  readonly work: Work;
  readonly applied: Applied;
  readonly signature: Signature;
  /** Indexes of the suggestions that count as undone. */
  readonly undone: ReadonlySet<number>;
  /** True when parts that hold comments, or lead to them, may change. */
  readonly changesComments: boolean;
};

/**
 * Reads the undone file back. What nobody meant to touch must be as it was: other parts byte for byte, other paragraphs
 * and other people's words. Throws `RoundTripError`. Gives the suggestions of which the file, with the undo accepted,
 * does not show that they are gone.
 */
export function verifyUndo(done: Undone): number[] {
  const { original, base, ledger, rejected, keyOf, work, applied } = done;
  const after = openFile(done.bytes);
  verifyParts(done, after);
  verifyParagraphs(original, base, rejectedParagraphs(original, rejected, keyOf));
  verifyParagraphs(base, after, changedParagraphs(base, work));
  verifyOthers(done, after);
  const final = openFile(acceptOwn(done.bytes, done.signature.author, applied.dates));
  const keys = new Set(trackedChanges(final).map(({ revision }) => keyOf(revision)));
  const read = readSuggestions(final, ledger);
  return [...done.undone].filter((index) => {
    const suggestion = ledger.suggestions[index]!;
    const isMarked = rejected.includes(suggestion) && keys.has(keyOf(suggestion));
    return isMarked || /^(pending|accepted|partial)$/.test(read[index]!.entry.outcome);
  });
}

function failure(what: string): RoundTripError {
  return new RoundTripError(`the check of the undone file found ${what}; nothing was written`, {
    hint: "This is a fault of Tandem's. Please report it with the file if you can share it.",
  });
}

const commentParts = /comments[^/]*\.xml$|people[^/]*\.xml$|\[content_types\]\.xml$|\.rels$/i;

function verifyParts({ original, changesComments }: Undone, after: WordDocument): void {
  const stories = new Set(original.stories.map(({ name }) => name.toLowerCase()));
  for (const name of original.package.entries.keys()) {
    if (stories.has(name) || (changesComments && commentParts.test(name))) continue;
    const isThere = after.package.entries.has(name);
    if (!isThere || !isSame(readPart(original.package, name), readPart(after.package, name)))
      throw failure(`that the part ${name} would change`);
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** The paragraphs that are not touched are there, in their order, with everything that is pending in them. */
function verifyParagraphs(before: WordDocument, after: WordDocument, touched: ReadonlySet<string>): void {
  const texts = (paragraphs: readonly Paragraph[]): string[] =>
    paragraphs
      .filter(({ story }) => story.kind !== "comment")
      .map((paragraph) => `${paragraph.story.kind} ${markupOf(paragraph)}`);
  const left = texts(before.paragraphs.filter((paragraph) => !touched.has(paragraph.id)));
  let at = 0;
  for (const text of texts(after.paragraphs)) if (text === left[at]) at++;
  if (at < left.length) throw failure("a change in a paragraph that has no suggestion");
}

/** What one person inserted or deleted reads alike in one run or in several. */
function markupOf(paragraph: Paragraph): string {
  return paragraphText(paragraph, "markup").replace(/\+\+\}\{\+\+|--\}\{--/g, "");
}

/** Those with pending changes of the suggestions, and those that they join. */
function rejectedParagraphs(
  { paragraphs }: WordDocument,
  rejected: readonly Suggestion[],
  keyOf: KeyOf,
): Set<string> {
  const keys = new Set(rejected.map((suggestion) => keyOf(suggestion)));
  const isOurs = (revision: Revision | undefined): boolean =>
    revision !== undefined && keys.has(keyOf(revision));
  const touched = new Set<string>();
  paragraphs.forEach((paragraph, index) => {
    const { id, spans, markInserted, markDeleted } = paragraph;
    const row = rowRevision(paragraph);
    const isJoint = [markInserted, markDeleted, row.inserted, row.deleted].some(isOurs);
    if (isJoint || spans.some(({ inserted, deleted }) => isOurs(inserted) || isOurs(deleted)))
      touched.add(id);
    const next = paragraphs[index + 1];
    if (next !== undefined && isJoint) touched.add(next.id);
  });
  return touched;
}

/** Those at which changes are made, and those that they join or take away. */
function changedParagraphs({ paragraphs }: WordDocument, { changes, cuts, removed }: Work): Set<string> {
  const touched = new Set<string>();
  for (const { item } of changes) {
    if (!("at" in item)) continue;
    touched.add(item.at.paragraph);
    const next = paragraphs[paragraphs.findIndex(({ id }) => id === item.at.paragraph) + 1];
    if (item.kind === "merge" && next !== undefined) touched.add(next.id);
  }
  for (const { item } of cuts) touched.add(item.at.paragraph.id);
  for (const { id } of removed) touched.add(id);
  return touched;
}

/** What other people inserted stands there as before, pending or not. */
function verifyOthers(done: Undone, after: WordDocument): void {
  const { original, rejected, keyOf, signature, applied } = done;
  const keys = new Set(rejected.map((suggestion) => keyOf(suggestion)));
  const isOwn = (revision: Revision): boolean =>
    keys.has(keyOf(revision)) ||
    (revision.author === signature.author && applied.dates.has(revision.date ?? ""));
  const words = (document: WordDocument): string =>
    document.paragraphs
      .filter(({ story }) => story.kind !== "comment")
      .flatMap(({ spans }) => spans)
      .filter(({ inserted }) => inserted !== undefined && !isOwn(inserted))
      .map(({ text }) => text)
      .join("");
  if (words(original) !== words(after)) throw failure("that another person's insertion would change");
}
