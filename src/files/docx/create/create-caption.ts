import { escapeText } from "../../xml/xml-text.ts";
import type { ContentBlock } from "./content.ts";
import type { CaptionNumber } from "./create-captions.ts";
import { fieldXml } from "./create-fields.ts";
import { type ParagraphLook, paragraphLook, paragraphProperties, runProperties } from "./create-look.ts";
import { type RunContext, runsXml } from "./create-runs.ts";

type CaptionBlock = Extract<ContentBlock, { kind: "caption" }>;

/** The paragraph of a caption: label and number as Word's own captions have them (17.16.5.56), then its text. */
export function captionXml(
  block: CaptionBlock,
  number: CaptionNumber,
  context: RunContext & { readonly isStrict: boolean },
  isBeforeItsObject: boolean,
): string {
  const found = paragraphLook(context.sheet, "caption");
  const look: ParagraphLook = isBeforeItsObject ? { ...found, keepNext: true } : found;
  const base = look.run ?? {};
  const language = context.language === undefined ? {} : { language: context.language };
  const properties = runProperties({ ...base, ...language });
  const run = (text: string): string =>
    `<w:r>${properties}<w:t xml:space="preserve">${escapeText(text)}</w:t></w:r>`;
  const field = fieldXml(`SEQ ${identifier(number)} \\* ARABIC`, run(String(number.number)), { properties });
  const label = run(`${number.word} `) + field;
  const marked = block.bookmark === undefined ? label : context.bookmarks.around(block.bookmark, label);
  const text = runsXml(block.runs, base, context);
  const separator = text === "" ? "" : run(number.separator);
  return `<w:p>${paragraphProperties(look, context.isStrict ? "start" : "left")}${marked}${separator}${text}</w:p>`;
}

function identifier({ identifier: name }: CaptionNumber): string {
  return /\s/.test(name) ? `"${name}"` : name;
}
