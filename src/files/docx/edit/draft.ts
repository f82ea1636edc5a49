import type { Splice } from "../../xml/splice.ts";
import type { Inline } from "../read/read-inline.ts";
import { type ParagraphSource, sourceOf } from "../read/read-paragraphs.ts";
import type {
  Anchor,
  AppliedChange,
  Change,
  ChangeOptions,
  Paragraph,
  Revision,
  StoryPart,
  WordDocument,
} from "../types.ts";
import type { NewComment } from "./comment-parts.ts";
import type { NewBlocks } from "./insert-paragraphs.ts";
import { createMarkup } from "./markup.ts";
import type { ResolvedParagraphFormat } from "./paragraph-format.ts";
import { createBench, type Workbench } from "./part-workbench.ts";
import { createRevisionIds } from "./revision-ids.ts";
import type { EditContext, RangeMark, RefusalReason, RunEdit, RunFormat } from "./run-edit.ts";

/** What is to happen to one paragraph, gathered from all changes before anything is written. */
export type ParagraphWork = {
  readonly paragraph: Paragraph;
  readonly source: ParagraphSource;
  readonly edits: RunEdit[];
  readonly formats: RunFormat[];
  readonly marks: RangeMark[];
  readonly claims: { readonly start: number; readonly end: number }[];
  readonly insertions: NewBlocks[];
  /** Offsets of the final text at which a new paragraph begins. */
  readonly splits: { readonly offset: number; readonly revision: Signature }[];
  /** Set when the next paragraph joins this one. */
  merge?: Signature;
  /** Set when the paragraph's properties change. */
  properties?: { readonly set: ResolvedParagraphFormat; readonly revision: Signature };
  /** What the paragraph's mark or properties are needed for; no two kinds of change go together there. */
  markUse?: "insertion" | "split" | "merge" | "format" | "deletion";
  /** Set when the whole paragraph goes: `withMark` is false where its mark has to stay. */
  deletion?: { readonly revision: Omit<Revision, "id">; readonly withMark: boolean };
};

/** An edit of rows, columns or blocks: splices that all lie in one block, and what its paragraphs become. */
export type StructureEdit = {
  readonly story: StoryPart;
  /** The block that holds the splices. */
  readonly element: number;
  readonly splices: readonly Splice[];
  /** Elements whose paragraphs are gone once the change is accepted. */
  readonly removed: readonly number[];
  /** Texts of new paragraphs, by the element before or after which they stand. */
  readonly added: readonly {
    readonly at: number;
    readonly side: "before" | "after";
    readonly lines: readonly string[];
  }[];
  /** Of an edit of a table: what else can be changed there. */
  readonly table?: TableScope;
};

/**
 * What an edit of a table takes of it: a row; the whole table; or cells that take over a merge over rows, because the
 * row in which it began goes.
 */
export type TableScope =
  | { readonly kind: "row"; readonly revision: Signature }
  | { readonly kind: "table" }
  | { readonly kind: "merge" };

/** Everything the changes of one request come to, before a byte is written. */
export type Draft = {
  readonly document: WordDocument;
  readonly mode: "tracked" | "direct";
  readonly author: string;
  readonly paragraphs: ReadonlyMap<string, Paragraph>;
  readonly works: Map<string, ParagraphWork>;
  readonly contexts: Map<string, EditContext>;
  /** Ids of the revisions we write. */
  readonly ours: Set<string>;
  readonly newComments: NewComment[];
  readonly resolved: Map<string, boolean>;
  readonly points: Map<string, Splice[]>;
  readonly structures: StructureEdit[];
  /** Parts that new blocks need beside their story: relationships, content types. */
  readonly bench: Workbench;
  /** New media parts by name. */
  readonly media: Map<string, Uint8Array>;
  readonly nextId: () => string;
  /** True once whole blocks are inserted: their lists, notes and captions are counted for one place. */
  hasContent?: boolean;
};

/** What became of one change: why it is refused, or what it does. */
export type Outcome = RefusalReason | Pick<AppliedChange, "paragraph" | "before" | "after">;
/** A change at a place, by its kind. */
export type PlacedChange<Kind extends Change["kind"] = Change["kind"]> = Extract<
  Change,
  { readonly at: Anchor }
> & { readonly kind: Kind };
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
      {
        tree,
        markup: createMarkup(tree),
        ids: nextId,
        otherIds: allocate,
        mode,
        author: options.author,
        isStrict: document.isStrict,
      } satisfies EditContext,
    ]),
  );
  return {
    document,
    mode,
    author: options.author,
    contexts,
    ours,
    nextId,
    paragraphs: new Map(document.paragraphs.map((each) => [each.id, each])),
    works: new Map(),
    newComments: [],
    resolved: new Map(),
    points: new Map(),
    structures: [],
    bench: createBench(document),
    media: new Map(),
  };
}

export function workOn(draft: Draft, paragraph: Paragraph): ParagraphWork {
  let work = draft.works.get(paragraph.id);
  if (work === undefined) {
    work = {
      paragraph,
      source: sourceOf(paragraph),
      edits: [],
      formats: [],
      marks: [],
      claims: [],
      insertions: [],
      splits: [],
    };
    draft.works.set(paragraph.id, work);
  }
  return work;
}

/** True when something is to happen to the paragraph. */
export function hasWork(work: ParagraphWork): boolean {
  const { edits, formats, marks, insertions, splits } = work;
  const count = edits.length + formats.length + marks.length + insertions.length + splits.length;
  return count > 0 || [work.deletion, work.merge, work.properties].some((each) => each !== undefined);
}

/** Takes the paragraph's mark for one kind of change; false when another kind has it. */
export function useMark(work: ParagraphWork, use: NonNullable<ParagraphWork["markUse"]>): boolean {
  if (work.markUse !== undefined && work.markUse !== use) return false;
  work.markUse = use;
  return true;
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
