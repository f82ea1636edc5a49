import {
  type AppliedChange,
  comments,
  openFile,
  type TrackedChange,
  trackedChanges,
  type WordDocument,
} from "../files/index.ts";
import { issuedStories, isTouched, type StoryParagraphs, storiesOf, textWith } from "./issued-stories.ts";
import type { IssuedParagraph, IssuedStory, IssuedText, Ledger, Suggestion } from "./ledger-types.ts";
import { revisionKey } from "./revision-key.ts";

/** What is known of a change that was made: enough to give its suggestion the change's own id and words. */
export type IssuedChange = Pick<AppliedChange, "id" | "before" | "after"> & {
  readonly kind?: string;
  /** `w:date` of its revisions. */
  readonly date?: string;
};

export type IssueLedgerOptions = {
  /** The file before the changes. */
  readonly original: Uint8Array;
  /** The file with them, as tracked changes. */
  readonly issued: Uint8Array;
  /** The changes that were made, in the order they were asked for. Without them suggestions are numbered from 1. */
  readonly applied?: readonly IssuedChange[];
};

/**
 * The ledger of a file with suggestions: every tracked change that the issued file has and the original lacks, one
 * suggestion for each author and second. Comments alone are no suggestions: there is nothing to accept in them.
 */
export async function issueLedger(options: IssueLedgerOptions): Promise<Ledger> {
  const [before, after] = [openFile(options.original), openFile(options.issued)];
  const known = new Set(trackedChanges(before).map((change) => revisionKey(change.revision)));
  const groups = new Map<string, TrackedChange[]>();
  for (const change of trackedChanges(after)) {
    const key = revisionKey(change.revision);
    if (known.has(key)) continue;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  const ordered = [...groups.values()].sort((a, b) => timeOf(a) - timeOf(b));
  const owners = new Map(ordered.map((group, index) => [revisionKey(group[0]!.revision), index]));
  const found = storiesOf(after);
  const stories = issuedStories(found, owners);
  const names = nameGroups(ordered, stories, options.applied ?? []);
  const suggestions = ordered.map((group, index) =>
    describe(after, group, index, names[index]!, found, stories),
  );
  const [originalHash, issuedHash] = await Promise.all([sha256(options.original), sha256(options.issued)]);
  return {
    schemaVersion: 1,
    original: { sha256: originalHash },
    issued: { sha256: issuedHash },
    author: suggestions[0]?.author ?? "",
    suggestions,
    stories,
  };
}

/** SHA-256 of bytes, in hexadecimal. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function timeOf(group: readonly TrackedChange[]): number {
  return Date.parse(group[0]!.revision.date ?? "") || 0;
}

type Words = { readonly old: readonly string[]; readonly new: readonly string[] };

/** The words that a suggestion takes away and puts in, in order. */
function wordsOf(stories: readonly IssuedStory[], suggestion: number): Words {
  const words = { old: [] as string[], new: [] as string[] };
  for (const { paragraph } of textsOf(stories)) {
    for (const { text, side, of } of paragraph.segments)
      if (of === suggestion && side !== undefined) words[side].push(text);
  }
  return words;
}

function* textsOf(
  stories: readonly IssuedStory[],
): Generator<{ story: number; index: number; paragraph: IssuedText }> {
  for (const [story, { paragraphs }] of stories.entries())
    for (const [index, paragraph] of paragraphs.entries())
      if (typeof paragraph !== "string" && isTouched(paragraph)) yield { story, index, paragraph };
}

/**
 * Which change each group of revisions was made from. Later changes have later seconds, so both lists run in the same
 * order; a change that left no revision (an edit of a pending insertion, a comment) is passed over.
 */
function nameGroups(
  groups: readonly (readonly TrackedChange[])[],
  stories: readonly IssuedStory[],
  applied: readonly IssuedChange[],
): IssuedChange[] {
  let next = 0;
  const taken = new Set(applied.map(({ id }) => id));
  return groups.map((group, index) => {
    const words = wordsOf(stories, index);
    for (let at = next; at < applied.length; at++) {
      if (!fits(words, applied[at]!)) continue;
      next = at + 1;
      return applied[at]!;
    }
    let id = `change-${index + 1}`;
    while (applied.length > 0 && taken.has(id)) id = `${id}-`;
    return { id, kind: kindOf(group, words), before: words.old.join(""), after: words.new.join("") };
  });
}

function fits(words: Words, change: IssuedChange): boolean {
  if (change.kind === "comment" || change.kind === "reply" || change.kind === "resolve") return false;
  const holds = (text: string, pieces: readonly string[]): boolean =>
    pieces.every((each) => text.includes(each));
  return holds(change.before, words.old) && holds(change.after.replace(/\r\n?/g, "\n"), words.new);
}

function kindOf(group: readonly TrackedChange[], words: Words): string {
  if (words.old.length === 0 && words.new.length === 0) return group[0]!.kind;
  if (words.new.length === 0) return "delete";
  return words.old.length === 0 && group.some(({ text }) => text.endsWith("¶")) ? "insert-after" : "replace";
}

const contextLength = 80;

function describe(
  document: WordDocument,
  group: readonly TrackedChange[],
  index: number,
  name: IssuedChange,
  found: readonly StoryParagraphs[],
  stories: readonly IssuedStory[],
): Suggestion {
  const { revision } = group[0]!;
  const places = [...textsOf(stories)].filter(({ paragraph }) => holdsSuggestion(paragraph, index));
  const first = places[0];
  const paragraph =
    first === undefined
      ? document.paragraphs.find((each) => each.id === group[0]!.paragraph)
      : found[first.story]!.paragraphs[first.index]!;
  const list = first === undefined ? [] : stories[first.story]!.paragraphs;
  const whole = (view: "before" | "after"): string =>
    places
      .map((place) => textWith(place.paragraph, index, view))
      .join("")
      .replace(/\n$/, "");
  const comment = comments(document).find((each) => revisionKey(each) === revisionKey(revision));
  return {
    id: name.id,
    kind: name.kind ?? kindOf(group, wordsOf(stories, index)),
    part: paragraph?.part ?? group[0]!.part,
    story: paragraph?.story.kind ?? "body",
    ordinal: paragraph?.ordinal ?? 0,
    ...(paragraph?.paraId !== undefined && { paraId: paragraph.paraId }),
    before: name.before,
    after: name.after,
    paragraphBefore: whole("before"),
    paragraphAfter: whole("after"),
    ...contexts(
      places.map((place) => place.paragraph),
      index,
    ),
    previousHash: first === undefined ? "" : hashAt(list, first.index - 1),
    nextHash: first === undefined ? "" : hashAt(list, places.at(-1)!.index + 1),
    author: revision.author,
    date: revision.date ?? "",
    revisionIds: revisionIds(document, revisionKey(revision)),
    ...(comment !== undefined && { commentId: comment.id }),
  };
}

function holdsSuggestion({ segments, mark }: IssuedText, index: number): boolean {
  return mark?.of === index || segments.some((each) => each.of === index);
}

function hashAt(paragraphs: readonly IssuedParagraph[], index: number): string {
  const paragraph = paragraphs[index];
  return paragraph === undefined ? "" : typeof paragraph === "string" ? paragraph : paragraph.hash;
}

function contexts(
  paragraphs: readonly IssuedText[],
  index: number,
): { leftContext: string; rightContext: string } {
  const [first, last] = [paragraphs[0], paragraphs.at(-1)];
  const isOwn = (each: { readonly of?: number }): boolean => each.of === index;
  const plain = (segments: IssuedText["segments"]): string =>
    segments
      .filter(({ side }) => side !== "old")
      .map((each) => each.text)
      .join("");
  const from = first?.segments.findIndex(isOwn) ?? -1;
  const to = last?.segments.findLastIndex(isOwn) ?? -1;
  return {
    leftContext: plain(first?.segments.slice(0, from < 0 ? undefined : from) ?? []).slice(-contextLength),
    rightContext: to < 0 ? "" : plain(last!.segments.slice(to + 1)).slice(0, contextLength),
  };
}

/** The `w:id` of every revision element of that author and second, in reading order. */
function revisionIds(document: WordDocument, key: string): string[] {
  const ids = new Set<string>();
  for (const { spans, markInserted, markDeleted } of document.paragraphs) {
    for (const revision of [
      ...spans.flatMap((span) => [span.deleted, span.inserted]),
      markInserted,
      markDeleted,
    ])
      if (revision !== undefined && revisionKey(revision) === key) ids.add(revision.id);
  }
  for (const { revision } of trackedChanges(document))
    if (revisionKey(revision) === key) ids.add(revision.id);
  return [...ids];
}
