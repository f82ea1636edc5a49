import { BadRequestError } from "../../../errors.ts";
import type { ContentBlock, ContentRun } from "./content.ts";
import type { ContentContext } from "./content-context.ts";
import { checkBookmark } from "./create-bookmarks.ts";
import type { CaptionNumber } from "./create-captions.ts";

/** A heading of the blocks as a table of contents lists it. */
export type PlannedHeading = {
  readonly level: number;
  readonly text: string;
  /** Name of the bookmark around it that the entry points at. */
  readonly bookmark: string;
};

/** What must be known of all blocks before the first is written: contents and references look ahead. */
export type BlockPlan = {
  /** By index of the block. */
  readonly captions: ReadonlyMap<number, CaptionNumber>;
  readonly headings: ReadonlyMap<number, PlannedHeading>;
  /** True when a table of contents points at the headings. */
  readonly hasContents: boolean;
  /** What a cross reference shows, by bookmark in lower case. */
  readonly referenceTexts: ReadonlyMap<string, string>;
};

/**
 * Numbers the captions, names the headings and reads what each bookmark holds. Throws `BadRequestError` for a bookmark
 * that is there twice, and for a reference to one that is in neither the blocks nor the document.
 */
export function planBlocks(blocks: readonly ContentBlock[], context: ContentContext): BlockPlan {
  const captions = new Map<number, CaptionNumber>();
  const headings = new Map<number, PlannedHeading>();
  const referenceTexts = new Map<string, string>();
  const mark = (name: string | undefined, text: string): void => {
    if (name === undefined) return;
    checkBookmark(name);
    const key = name.toLowerCase();
    if (referenceTexts.has(key) || context.bookmarks.names.has(key))
      throw new BadRequestError(`the document would have the bookmark ${name} twice`);
    referenceTexts.set(key, text);
  };
  blocks.forEach((block, index) => {
    for (const run of runsOf(block)) mark(run.bookmark, run.text);
    if (block.kind === "caption") {
      const number = context.captions.next(block.label);
      captions.set(index, number);
      mark(block.bookmark, `${number.word} ${number.number}`);
    }
    if (block.kind === "heading") {
      const text = plainText(block.runs);
      headings.set(index, { level: block.level, text, bookmark: context.bookmarks.headingName() });
      mark(block.bookmark, text);
    }
  });
  checkReferences(blocks, referenceTexts, context);
  const hasContents = context.listHeadings !== undefined || blocks.some(({ kind }) => kind === "contents");
  return { captions, headings, hasContents, referenceTexts };
}

function checkReferences(
  blocks: readonly ContentBlock[],
  own: ReadonlyMap<string, string>,
  { bookmarks }: ContentContext,
): void {
  for (const { reference } of blocks.flatMap(runsOf)) {
    if (reference === undefined) continue;
    checkBookmark(reference);
    if (own.has(reference.toLowerCase()) || bookmarks.names.has(reference.toLowerCase())) continue;
    throw new BadRequestError(`a cross reference points at ${reference}, and there is no such bookmark`, {
      hint:
        own.size === 0
          ? "No block has a bookmark."
          : `The blocks have: ${[...own.keys()].slice(0, 20).join(", ")}.`,
    });
  }
}

/** All runs of a block, those of its footnotes included. */
function runsOf(block: ContentBlock): readonly ContentRun[] {
  const direct =
    block.kind === "table" ? [block.header, ...block.rows].flat(2) : "runs" in block ? block.runs : [];
  return direct.flatMap((run) => [run, ...(run.note ?? [])]);
}

/** The text that a heading shows, in one line. */
function plainText(runs: readonly ContentRun[]): string {
  return runs
    .map(({ text }) => text)
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}
