import { countWords, joinLines } from "./heal-hyphen.ts";
import { afterListLabel } from "./list-label.ts";
import type { SourceText } from "./passage.ts";
import { createPassageList, type NewRow, type PassageList } from "./passage-list.ts";
import { type HeadingLevels, headingLevels } from "./pdf/heading-levels.ts";
import { joinGroups, joinOverPages, type PdfBlock } from "./pdf/join-groups.ts";
import { findRows } from "./pdf/line-rows.ts";
import { orderLines } from "./pdf/order-lines.ts";
import { type Line, pageLines } from "./pdf/page-lines.ts";
import type { PdfText } from "./pdf/pdf-page.ts";
import { dropRunningLines } from "./pdf/running-lines.ts";

/**
 * The running text of a PDF: lines joined to paragraphs, divided words made whole, headers, footers, page numbers and
 * lists of contents left out. A place is the page that a passage begins on.
 */
export function pdfPassages(pdf: PdfText, name: string): SourceText {
  const pages = pdf.pages.map((page) => ({ ...page, lines: orderLines(pageLines(page)) }));
  const kept = dropRunningLines(pages);
  const words = countWords(kept.flatMap(({ lines }) => lines.map((line) => line.text)));
  const blocks = joinOverPages(kept.flatMap(({ lines }) => joinGroups(findRows(lines.filter(isNoContents)))));
  const list = createPassageList();
  addBlocks({ list, words, levelOf: headingLevels(blocks, pdf.bookmarks) }, blocks);
  const blank = pages.filter(({ lines }) => lines.length === 0).map(({ number }) => number);
  return {
    name,
    format: "pdf",
    ...(pdf.title !== undefined && { title: pdf.title }),
    passages: list.passages,
    warnings: [...pdf.warnings, ...blankPages(blank)],
  };
}

/** A line of a list of contents: dots that lead to a page. */
function isNoContents(line: Line): boolean {
  return !/(?:[.…·_]\s?){4,}\s*[\divxlc]{1,5}$/i.test(line.text);
}

type Writer = {
  readonly list: PassageList;
  readonly words: ReadonlyMap<string, number>;
  readonly levelOf: HeadingLevels;
};

function addBlocks(writer: Writer, blocks: readonly PdfBlock[]): void {
  let rows: NewRow[] = [];
  for (const block of blocks) {
    if (block.kind === "row") {
      rows.push(rowOf(writer, block));
      continue;
    }
    writer.list.addTable(rows);
    rows = [];
    addText(writer, block);
  }
  writer.list.addTable(rows);
}

function rowOf({ words }: Writer, { cells, isHeader }: PdfBlock & { readonly kind: "row" }): NewRow {
  const page = cells.flat()[0]!.page;
  return {
    cells: cells.map((lines) =>
      joinLines(
        lines.map((line) => line.text),
        words,
      ),
    ),
    place: { page },
    ...(isHeader && { isHeader }),
  };
}

function addText({ list, words, levelOf }: Writer, block: PdfBlock & { readonly kind: "text" }): void {
  const text = joinLines(
    block.lines.map((line) => line.text),
    words,
  );
  const { page, tag } = block.lines[0]!;
  const place = { page };
  const level = levelOf(block, text);
  const item = block.isLabelled ? afterListLabel(text) : undefined;
  if (level !== undefined) list.add({ kind: "heading", text, level, place });
  else if (tag?.role === "caption" || tag?.role === "note") list.add({ kind: tag.role, text, place });
  else if (item !== undefined || tag?.role === "list-item")
    list.add({ kind: "list-item", text: item ?? text, place });
  else list.add({ kind: "paragraph", text, place });
}

function blankPages(pages: readonly number[]): string[] {
  if (pages.length === 0) return [];
  const ranges: [number, number][] = [];
  for (const page of pages) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === page - 1) last[1] = page;
    else ranges.push([page, page]);
  }
  const named = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
  const [noun, verb] = pages.length === 1 ? ["page", "holds"] : ["pages", "hold"];
  return [`${noun} ${named} ${verb} no text: empty, or a picture such as a scan, which is not read`];
}
