import { BadRequestError } from "../../../errors.ts";
import { escapeText } from "../../xml/xml-text.ts";
import type { PlannedHeading } from "./block-plan.ts";
import type { ContentBlock } from "./content.ts";
import type { ContentContext } from "./content-context.ts";
import { fieldEnd, fieldStart, fieldXml } from "./create-fields.ts";
import {
  type ParagraphLook,
  paragraphLook,
  paragraphProperties,
  runProperties,
  type TabStop,
} from "./create-look.ts";
import { checkText } from "./create-runs.ts";

type ContentsBlock = Extract<ContentBlock, { kind: "contents" }>;

/**
 * A table of contents as Word makes one (17.16.5.68): a content control of the gallery, a title, a TOC field over one
 * paragraph an entry, each a link to its heading with its page in a PAGEREF field. Pages nobody told are left empty,
 * and the field is marked for Word to compute.
 */
export function contentsXml(
  block: ContentsBlock,
  headings: readonly PlannedHeading[],
  context: ContentContext,
): string {
  const levels = block.levels ?? 3;
  const field = contentsFieldXml({ code: `TOC \\o "1-${levels}" \\h \\z \\u`, levels }, headings, context);
  return inGallery((block.title === undefined ? "" : titleXml(block.title, context)) + field, context);
}

type ContentsField = {
  readonly code: string;
  readonly levels: number;
  /** True to have Word make it anew in any case. */
  readonly isDirty?: boolean;
};

/** The paragraphs of a TOC field with an entry for each heading down to that level. */
export function contentsFieldXml(
  { code, levels, isDirty = false }: ContentsField,
  headings: readonly PlannedHeading[],
  context: ContentContext,
): string {
  const pages = pagesOf(headings, context);
  const entries = headings
    .map((heading, index) => ({ heading, label: context.headingLabels?.[index], page: pages[index] }))
    .filter(({ heading }) => heading.level <= levels);
  const isOpen = isDirty || entries.length === 0 || entries.some(({ page }) => page === undefined);
  const start = fieldStart(code, { isDirty: isOpen });
  const paragraphs = entries.map((entry, index) => entryXml(entry, index === 0 ? start : "", context));
  if (entries.length === 0) paragraphs.push(`<w:p>${start}</w:p>`);
  return `${paragraphs.join("")}<w:p>${fieldEnd()}</w:p>`;
}

function pagesOf(
  headings: readonly PlannedHeading[],
  { pageNumbers }: ContentContext,
): readonly (number | undefined)[] {
  if (pageNumbers === undefined) return [];
  if (pageNumbers.length !== headings.length) {
    throw new BadRequestError(
      `there are ${pageNumbers.length} page numbers for ${headings.length} headings`,
      {
        hint: "Give one for each heading of the blocks, in order.",
      },
    );
  }
  return pageNumbers.map((page) => (Number.isInteger(page) && page > 0 ? page : undefined));
}

type Entry = {
  readonly heading: PlannedHeading;
  readonly label: string | undefined;
  readonly page: number | undefined;
};

function entryXml({ heading, label, page }: Entry, start: string, context: ContentContext): string {
  const properties = context.language === undefined ? "" : runProperties({ language: context.language });
  const run = (content: string): string => `<w:r>${properties}${content}</w:r>`;
  const text = (value: string): string =>
    run(`<w:t xml:space="preserve">${escapeText(checkText(value))}</w:t>`);
  const number = label === undefined ? "" : text(label) + run("<w:tab/>");
  const result = page === undefined ? "" : text(String(page));
  const reference = fieldXml(`PAGEREF ${heading.bookmark} \\h`, result);
  const link = `<w:hyperlink w:anchor="${heading.bookmark}" w:history="1">${number}${text(heading.text)}${run("<w:tab/>")}${reference}</w:hyperlink>`;
  const look = entryLook(heading.level, label, context);
  return `<w:p>${paragraphProperties(look, context.isStrict ? "start" : "left")}${start}${link}</w:p>`;
}

/** The style of that level, with the tab stops that Word adds to each entry where the style sets none at the right. */
function entryLook(
  level: number,
  label: string | undefined,
  { sheet, textWidth }: ContentContext,
): ParagraphLook {
  const styleId = sheet.find("paragraph", `toc ${level}`);
  const indent = styleId === undefined ? 220 * (level - 1) : sheet.indentOf(styleId);
  const own: ParagraphLook = styleId === undefined ? { indent, after: level === 1 ? 60 : 20 } : { styleId };
  const tabs: TabStop[] = [];
  const left = styleId === undefined ? undefined : sheet.tabOf(styleId, "left");
  // Without a number, a short heading would end at the stop that is meant for what follows one.
  if (label === undefined && left !== undefined) tabs.push({ kind: "clear", at: left });
  if (label !== undefined && left === undefined)
    tabs.push({ kind: "left", at: indent + Math.max(440, 110 * (label.length + 2)) });
  if (styleId === undefined || sheet.tabOf(styleId, "right") === undefined)
    tabs.push({ kind: "right", at: textWidth, dots: true });
  return { ...own, tabs };
}

function titleXml(title: string, context: ContentContext): string {
  const found = paragraphLook(context.sheet, "TOC Heading");
  // A style made from a numbered heading would number this one too.
  const isNumbered = found.styleId !== undefined && context.sheet.numberingOf(found.styleId) !== undefined;
  const look = isNumbered ? { ...found, numbering: { numberingId: "0", level: 0 } } : found;
  const language = context.language === undefined ? {} : { language: context.language };
  const run = `<w:r>${runProperties({ ...look.run, ...language })}<w:t xml:space="preserve">${escapeText(checkText(title))}</w:t></w:r>`;
  return `<w:p>${paragraphProperties(look, context.isStrict ? "start" : "left")}${run}</w:p>`;
}

/** With this content control Word shows a button that updates the table. */
function inGallery(content: string, { bookmarks }: ContentContext): string {
  return `<w:sdt><w:sdtPr><w:id w:val="${bookmarks.nextId()}"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`;
}
