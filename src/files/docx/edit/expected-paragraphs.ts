import { ancestorNamed, nameOf } from "../../xml/xml-tree.ts";
import { createFieldStack } from "../read/field-stack.ts";
import { type Inline, readInline } from "../read/read-inline.ts";
import type { ParagraphWork } from "./draft.ts";
import { linesOf } from "./insert-paragraphs.ts";
import type { ResolvedParagraphFormat } from "./paragraph-format.ts";
import { type RunFormat, removesParagraph } from "./run-edit.ts";
import type { Region } from "./touched-regions.ts";
import type { StoryEdit } from "./verify-changes.ts";

/** A stretch of a paragraph as it is to be; `kept` says where in the original story its text comes from. */
export type ExpectedStretch = {
  readonly text: string;
  readonly kept?: {
    readonly inline: Inline;
    readonly start: number;
    /** Formats to be given to parts of it. */
    readonly formats: readonly RunFormat[];
  };
};
export type ExpectedParagraph = readonly ExpectedStretch[];

export type ExpectedRegion = {
  /** The paragraphs of text boxes come after all others, because a cut may leave a box on either side of it. */
  readonly paragraphs: readonly ExpectedParagraph[];
  /** Paragraphs that get another format, by their place among `paragraphs`, and where they stand in the original. */
  readonly formatted: readonly {
    readonly at: number;
    readonly element: number;
    readonly set: ResolvedParagraphFormat;
  }[];
};

/** What the region's paragraphs should hold once our changes are accepted, worked out from what was asked for alone. */
export function expectedParagraphs(edit: StoryEdit, region: Region): ExpectedRegion {
  const { tree } = edit.story;
  const works = worksByElement(edit);
  const found: Placed[] = [];
  const formatted: {
    readonly of: Placed;
    readonly element: number;
    readonly set: ResolvedParagraphFormat;
  }[] = [];
  const removed = new Set(edit.structures.flatMap((each) => each.removed));
  const added = Map.groupBy(
    edit.structures.flatMap((each) => each.added),
    ({ at }) => at,
  );
  // What the next paragraph continues; text boxes of the first of the two stand between them.
  let joined: Placed | undefined;
  const continued = (isBoxed: boolean): ExpectedParagraph => {
    if (joined?.isBoxed !== isBoxed) return [];
    const { paragraph } = joined;
    joined = undefined;
    return paragraph;
  };
  const pending: NewLines[] = [];
  const addLines = ({ lines, isBoxed }: NewLines): void => {
    for (const text of lines) found.push({ paragraph: [{ text }], isBoxed });
  };
  for (let index = region.first; index < tree.count && tree.start[index]! < region.end; index++) {
    while (pending.length > 0 && index >= pending.at(-1)!.after) addLines(pending.pop()!);
    const isBoxed = ancestorNamed(tree, index, "w:txbxContent") >= region.first;
    const place = { after: tree.next[index]!, isBoxed };
    const beside = added.get(index) ?? [];
    const linesOn = (where: "before" | "after"): string[] =>
      beside.flatMap(({ side, lines }) => (side === where ? lines : []));
    addLines({ ...place, lines: linesOn("before") });
    if (beside.length > 0) pending.push({ ...place, lines: linesOn("after") });
    if (removed.has(index)) {
      index = tree.next[index]! - 1;
      continue;
    }
    if (nameOf(tree, index) !== "w:p") continue;
    const work = works.get(index);
    if (work === undefined) {
      const { finalText } = readInline(tree, index, createFieldStack(), () => undefined);
      found.push({ paragraph: [...continued(isBoxed), { text: finalText }], isBoxed });
      continue;
    }
    const own = intendedParagraphs(work, index);
    own[0] = [...continued(isBoxed), ...own[0]!];
    const placed = own.map((paragraph) => ({ paragraph, isBoxed }));
    if (work.merge !== undefined) joined = placed.pop();
    if (!isGone(edit, work)) found.push(...placed);
    if (work.properties !== undefined)
      formatted.push({ of: found.at(-1)!, element: index, set: work.properties.set });
    pending.push({ ...place, lines: work.insertions.flatMap(({ blocks }) => blocks.flatMap(linesOf)) });
    if (work.deletion !== undefined) index = tree.next[index]! - 1;
  }
  while (pending.length > 0) addLines(pending.pop()!);
  const ordered = [...found.filter((each) => !each.isBoxed), ...found.filter((each) => each.isBoxed)];
  return {
    paragraphs: ordered.map(({ paragraph }) => paragraph),
    formatted: formatted.map(({ of, element, set }) => ({ at: ordered.indexOf(of), element, set })),
  };
}

type Placed = { readonly paragraph: ExpectedParagraph; readonly isBoxed: boolean };
/** Texts of new paragraphs that come where the element with the index `after` begins. */
type NewLines = { readonly after: number; readonly lines: readonly string[]; readonly isBoxed: boolean };

function worksByElement(edit: StoryEdit): Map<number, ParagraphWork> {
  const works = new Map<number, ParagraphWork>();
  for (const work of edit.works) {
    works.set(work.source.inline.element, work);
    const { twin } = work.source;
    if (twin !== undefined && twin !== "differs") works.set(twin.element, work);
  }
  return works;
}

function isGone(edit: StoryEdit, work: ParagraphWork): boolean {
  return (work.deletion?.withMark === true && edit.mode === "tracked") || removesParagraph(work.edits);
}

/** The paragraph with its edits made, cut where it is split. */
function intendedParagraphs(work: ParagraphWork, element: number): ExpectedParagraph[] {
  const { inline, twin } = work.source;
  const copy = twin !== undefined && twin !== "differs" && twin.element === element ? twin : inline;
  const cuts = work.splits.map(({ offset }) => ({ start: offset, end: offset, text: undefined }));
  const paragraphs: ExpectedStretch[][] = [[]];
  const keep = (start: number, end: number): void => {
    const text = copy.finalText.slice(start, end);
    if (text !== "") paragraphs.at(-1)!.push({ text, kept: { inline: copy, start, formats: work.formats } });
  };
  let at = 0;
  for (const { start, end, text } of [...work.edits, ...cuts].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  )) {
    keep(at, start);
    if (text === undefined) paragraphs.push([]);
    else if (text !== "") paragraphs.at(-1)!.push({ text });
    at = end;
  }
  keep(at, copy.finalText.length);
  return paragraphs;
}
