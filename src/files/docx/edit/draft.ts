import type { Splice } from "../../xml/splice.ts";
import type { Inline } from "../read/read-inline.ts";
import { type ParagraphSource, sourceOf } from "../read/read-paragraphs.ts";
import type { AppliedChange, ChangeOptions, Paragraph, Revision, WordDocument } from "../types.ts";
import type { NewComment } from "./comment-parts.ts";
import type { NewParagraphs } from "./insert-paragraphs.ts";
import { createMarkup } from "./markup.ts";
import { createRevisionIds } from "./revision-ids.ts";
import type { EditContext, RangeMark, RefusalReason, RunEdit } from "./run-edit.ts";

/** What is to happen to one paragraph, gathered from all changes before anything is written. */
export type ParagraphWork = {
  readonly paragraph: Paragraph;
  readonly source: ParagraphSource;
  readonly edits: RunEdit[];
  readonly marks: RangeMark[];
  readonly claims: { readonly start: number; readonly end: number }[];
  readonly insertions: NewParagraphs[];
  /** Set when the whole paragraph goes: `withMark` is false where its mark has to stay. */
  deletion?: { readonly revision: Omit<Revision, "id">; readonly withMark: boolean };
};

/** Everything the changes of one request come to, before a byte is written. */
export type Draft = {
  readonly document: WordDocument;
  readonly mode: "tracked" | "direct";
  readonly paragraphs: ReadonlyMap<string, Paragraph>;
  readonly works: Map<string, ParagraphWork>;
  readonly contexts: Map<string, EditContext>;
  /** Ids of the revisions we write. */
  readonly ours: Set<string>;
  readonly newComments: NewComment[];
  readonly resolved: Map<string, boolean>;
  readonly points: Map<string, Splice[]>;
  readonly nextId: () => string;
};

/** What became of one change: why it is refused, or what it does. */
export type Outcome = RefusalReason | Pick<AppliedChange, "paragraph" | "before" | "after">;
/** Author and second of one change. */
export type Signature = Omit<Revision, "id"> & { readonly date: string };

export function createDraft(document: WordDocument, options: ChangeOptions): Draft {
  const allocate = createRevisionIds(document.stories);
  const ours = new Set<string>();
  const nextId = (): string => {
    const id = allocate();
    ours.add(id);
    return id;
  };
  const mode = options.mode ?? "tracked";
  const contexts = new Map(
    document.stories.map(({ name, tree }) => [
      name,
      { tree, markup: createMarkup(tree), ids: nextId, otherIds: allocate, mode } satisfies EditContext,
    ]),
  );
  return {
    document,
    mode,
    contexts,
    ours,
    nextId,
    paragraphs: new Map(document.paragraphs.map((each) => [each.id, each])),
    works: new Map(),
    newComments: [],
    resolved: new Map(),
    points: new Map(),
  };
}

export function workOn(draft: Draft, paragraph: Paragraph): ParagraphWork {
  let work = draft.works.get(paragraph.id);
  if (work === undefined) {
    work = { paragraph, source: sourceOf(paragraph), edits: [], marks: [], claims: [], insertions: [] };
    draft.works.set(paragraph.id, work);
  }
  return work;
}

/** True when something is to happen to the paragraph. */
export function hasWork(work: ParagraphWork): boolean {
  return work.edits.length + work.marks.length + work.insertions.length > 0 || work.deletion !== undefined;
}

/** Both copies of a text box are edited alike; where they differ neither is. */
export function inlinesOf(source: ParagraphSource): readonly Inline[] {
  return source.twin === undefined || source.twin === "differs"
    ? [source.inline]
    : [source.inline, source.twin];
}

export const overlap: RefusalReason = {
  code: "overlaps",
  reason: "another change of this request touches the same text",
  fix: "Make one change of the two, or make them one after the other.",
};
