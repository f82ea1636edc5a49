import type { ContentBlock, ContentRun } from "./content.ts";
import type { ListWriter } from "./create-lists.ts";
import { headingLook, type ParagraphLook, paragraphLook, paragraphProperties } from "./create-look.ts";
import { runsXml } from "./create-runs.ts";
import { type TableContext, tableXml } from "./create-table.ts";

export type BlockContext = TableContext & { readonly lists: ListWriter };

/** Blocks as the `w:p` and `w:tbl` elements of a body, a cell or a content control. Never ends in a table. */
export function blocksXml(blocks: readonly ContentBlock[], context: BlockContext): string {
  let xml = "";
  let previous: ContentBlock["kind"] | undefined;
  for (const block of blocks) {
    if (block.kind !== "list-item") context.lists.end();
    // Word melts two tables into one when no paragraph stands between them.
    if (block.kind === "table" && previous === "table") xml += "<w:p/>";
    xml += blockXml(block, context);
    previous = block.kind;
  }
  // Word wants a paragraph behind a table at the end of a cell, and keeps one at the end of a body (17.4.65).
  return previous === "table" || previous === undefined ? `${xml}<w:p/>` : xml;
}

function blockXml(block: ContentBlock, context: BlockContext): string {
  switch (block.kind) {
    case "paragraph":
      return paragraphXml(block.runs, paragraphLook(context.sheet, block.style), context);
    case "heading":
      return paragraphXml(block.runs, headingLook(context.sheet, block.level), context);
    case "list-item":
      return paragraphXml(block.runs, context.lists.item(block.ordered, block.level ?? 0), context);
    case "table":
      return tableXml(block, context);
    default:
      block satisfies never;
      throw new TypeError("no such kind of block");
  }
}

function paragraphXml(runs: readonly ContentRun[], look: ParagraphLook, context: BlockContext): string {
  const edge = context.isStrict ? "start" : "left";
  return `<w:p>${paragraphProperties(look, edge)}${runsXml(runs, look.run ?? {}, context.runs)}</w:p>`;
}
