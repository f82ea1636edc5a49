import { type BlockPlan, planBlocks } from "./block-plan.ts";
import type { ContentBlock, ContentRun } from "./content.ts";
import type { ContentContext } from "./content-context.ts";
import { captionXml } from "./create-caption.ts";
import { contentsXml } from "./create-contents.ts";
import { headingLook, type ParagraphLook, paragraphLook, paragraphProperties } from "./create-look.ts";
import { type RunContext, runsXml } from "./create-runs.ts";
import { tableXml } from "./create-table.ts";

type BlockContext = ContentContext & RunContext;

/**
 * Blocks as the `w:p`, `w:tbl` and `w:sdt` elements of a body, a cell or a content control. Never ends in a table.
 * Throws `BadRequestError` for what Word cannot hold.
 */
export function blocksXml(blocks: readonly ContentBlock[], context: ContentContext): string {
  const plan = planBlocks(blocks, context);
  context.listHeadings?.([...plan.headings.values()]);
  const inner: BlockContext = { ...context, referenceTexts: plan.referenceTexts };
  let xml = "";
  let previous: ContentBlock["kind"] | undefined;
  blocks.forEach((block, index) => {
    if (block.kind !== "list-item") context.lists.end();
    // Word melts two tables into one when no paragraph stands between them.
    if (block.kind === "table" && previous === "table") xml += "<w:p/>";
    xml += blockXml(block, index, { blocks, plan, context: inner });
    previous = block.kind;
  });
  // Word wants a paragraph behind a table at the end of a cell, and keeps one at the end of a body (17.4.65).
  return previous === "table" || previous === undefined ? `${xml}<w:p/>` : xml;
}

type Flow = {
  readonly blocks: readonly ContentBlock[];
  readonly plan: BlockPlan;
  readonly context: BlockContext;
};

function blockXml(block: ContentBlock, index: number, { blocks, plan, context }: Flow): string {
  const next = blocks[index + 1]?.kind;
  // A table sets no distance to the text below it.
  const below: ParagraphLook = blocks[index - 1]?.kind === "table" ? { before: 120 } : {};
  switch (block.kind) {
    case "paragraph":
      return paragraphXml(block.runs, { ...below, ...paragraphLook(context.sheet, block.style) }, context);
    case "heading":
      return headingXml(block, index, plan, context);
    case "list-item":
      return paragraphXml(
        block.runs,
        { ...below, ...context.lists.item(block.ordered, block.level ?? 0) },
        context,
      );
    case "table":
      return tableXml(block, context);
    case "caption":
      return captionXml(block, plan.captions.get(index)!, context, isAbove(blocks, index));
    case "picture": {
      const look: ParagraphLook = next === "caption" ? { keepNext: true } : {};
      return inParagraph(context.pictures.run(block, context.textWidth), look, context);
    }
    case "contents":
      return contentsXml(block, [...plan.headings.values()], context);
    default:
      block satisfies never;
      throw new TypeError("no such kind of block");
  }
}

/** True for a caption whose table or picture follows; one behind its picture may be followed by the next picture. */
function isAbove(blocks: readonly ContentBlock[], index: number): boolean {
  const isObject = (at: number): boolean => /^(table|picture)$/.test(blocks[at]?.kind ?? "");
  return isObject(index + 1) && !isObject(index - 1);
}

function headingXml(
  block: Extract<ContentBlock, { kind: "heading" }>,
  index: number,
  plan: BlockPlan,
  context: BlockContext,
): string {
  const look = headingLook(context.sheet, block.level);
  const { around } = context.bookmarks;
  const text = runsXml(block.runs, look.run ?? {}, context);
  const named = block.bookmark === undefined ? text : around(block.bookmark, text);
  const listed = plan.hasContents ? around(plan.headings.get(index)!.bookmark, named) : named;
  return inParagraph(listed, look, context);
}

function paragraphXml(runs: readonly ContentRun[], look: ParagraphLook, context: BlockContext): string {
  return inParagraph(runsXml(runs, look.run ?? {}, context), look, context);
}

function inParagraph(content: string, look: ParagraphLook, { isStrict }: BlockContext): string {
  return `<w:p>${paragraphProperties(look, isStrict ? "start" : "left")}${content}</w:p>`;
}
