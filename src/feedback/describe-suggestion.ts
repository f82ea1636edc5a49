import type { Comment, Paragraph, Revision, TrackedChange, WordDocument } from "../files/index.ts";
import { type StoryParagraphs, textWith } from "./issued-stories.ts";
import type { IssuedParagraph, IssuedStory, IssuedText, Suggestion } from "./ledger-types.ts";
import { type SuggestionName, touchedTexts } from "./name-groups.ts";
import { revisionKey } from "./revision-key.ts";

type SuggestionToDescribe = {
  readonly document: WordDocument;
  /** Its tracked changes, at least one. */
  readonly group: readonly TrackedChange[];
  /** Its number among the suggestions. */
  readonly index: number;
  readonly name: SuggestionName;
  readonly found: readonly StoryParagraphs[];
  readonly stories: readonly IssuedStory[];
  readonly comments: readonly Comment[];
  /** `w:id`s by revision key. */
  readonly revisionIds: ReadonlyMap<string, ReadonlySet<string>>;
};

/** The ledger's entry for a suggestion. */
export function describeSuggestion(given: SuggestionToDescribe): Suggestion {
  const { group, index, name, found, stories } = given;
  const { revision } = group[0]!;
  const places = [...touchedTexts(stories)].filter(({ paragraph }) => holdsSuggestion(paragraph, index));
  const texts = places.map((place) => place.paragraph);
  const [first] = places;
  const paragraph = paragraphOf(given, first);
  const list = first === undefined ? [] : stories[first.story]!.paragraphs;
  const whole = (view: "before" | "after"): string =>
    texts
      .map((each) => textWith(each, index, view))
      .join("")
      .replace(/\n$/, "");
  const key = revisionKey(revision);
  const comment = given.comments.find((each) => revisionKey(each) === key);
  return {
    id: name.id,
    kind: name.kind,
    part: paragraph?.part ?? group[0]!.part,
    story: paragraph?.story.kind ?? found[0]?.story ?? "body",
    ordinal: paragraph?.ordinal ?? 0,
    ...(paragraph?.paraId !== undefined && { paraId: paragraph.paraId }),
    before: name.before,
    after: name.after,
    paragraphBefore: whole("before"),
    paragraphAfter: whole("after"),
    ...contexts(texts, index),
    previousHash: first === undefined ? "" : hashAt(list, first.index - 1),
    nextHash: first === undefined ? "" : hashAt(list, places.at(-1)!.index + 1),
    author: revision.author,
    date: revision.date ?? "",
    revisionIds: [...(given.revisionIds.get(key) ?? [])],
    ...(comment !== undefined && { commentId: comment.id }),
  };
}

function paragraphOf(
  { document, group, found }: SuggestionToDescribe,
  place: { readonly story: number; readonly index: number } | undefined,
): Paragraph | undefined {
  if (place !== undefined) return found[place.story]!.paragraphs[place.index];
  return document.paragraphs.find((each) => each.id === group[0]!.paragraph);
}

function holdsSuggestion({ segments, mark, looks = [] }: IssuedText, index: number): boolean {
  return [mark, ...looks, ...segments, ...segments.flatMap((each) => each.looks ?? [])].some(
    (each) => each?.of === index,
  );
}

function hashAt(paragraphs: readonly IssuedParagraph[], index: number): string {
  const paragraph = paragraphs[index];
  return paragraph === undefined ? "" : typeof paragraph === "string" ? paragraph : paragraph.hash;
}

const contextLength = 80;

function contexts(
  paragraphs: readonly IssuedText[],
  index: number,
): { leftContext: string; rightContext: string } {
  const [first, last] = [paragraphs[0], paragraphs.at(-1)];
  const isOwn = ({ of, looks = [] }: IssuedText["segments"][number]): boolean =>
    of === index || looks.some((look) => look.of === index);
  const plain = (segments: IssuedText["segments"]): string =>
    segments
      .filter(({ side, picture }) => side !== "old" && picture === undefined)
      .map((each) => each.text)
      .join("");
  const from = first?.segments.findIndex(isOwn) ?? -1;
  const to = last?.segments.findLastIndex(isOwn) ?? -1;
  return {
    leftContext: plain(first?.segments.slice(0, from < 0 ? undefined : from) ?? []).slice(-contextLength),
    rightContext: to < 0 ? "" : plain(last!.segments.slice(to + 1)).slice(0, contextLength),
  };
}

/** The `w:id`s of the revision elements of each author and second, in reading order. */
export function revisionIdsOf(
  document: WordDocument,
  changes: readonly TrackedChange[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const ids = new Map<string, Set<string>>();
  const add = (revision: Revision | undefined): void => {
    if (revision === undefined) return;
    const key = revisionKey(revision);
    const known = ids.get(key) ?? new Set();
    ids.set(key, known.add(revision.id));
  };
  for (const { spans, markInserted, markDeleted } of document.paragraphs) {
    for (const span of spans) {
      add(span.deleted);
      add(span.inserted);
    }
    add(markInserted);
    add(markDeleted);
  }
  for (const { revision } of changes) add(revision);
  return ids;
}
