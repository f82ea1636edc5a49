import { BadRequestError } from "../../errors.ts";
import type { ListUnitsOptions, TextUnit } from "../units/types.ts";
import { captionBlocksOf } from "./caption-blocks-of.ts";
import { markdownBlocks } from "./markdown-blocks.ts";
import { plainBlocks } from "./plain-blocks.ts";
import type { TextBlock } from "./text-block.ts";
import { decodeTextFile } from "./text-file.ts";

/** A text file's kind, by its usual ending. */
export type TextFormat = "md" | "txt" | "srt" | "vtt";

export type ListTextOptions = ListUnitsOptions & { readonly format: TextFormat };

/**
 * What there is to translate in a Markdown, plain text, SubRip or WebVTT file: paragraphs, cells and cues with the markup
 * in them as codes. Code, HTML blocks, definitions, times, notes and styles are no units. Ids count blocks.
 */
export function listTextUnits(bytes: Uint8Array, options: ListTextOptions): readonly TextUnit[] {
  const blocks = textBlocks(decodeTextFile(bytes).text, options);
  return blocks.filter(({ unit }) => isTranslatable(unit, options)).map(({ unit }) => unit);
}

export function textBlocks(source: string, options: ListTextOptions): readonly TextBlock[] {
  switch (options.format) {
    case "md":
      return markdownBlocks(source);
    case "txt":
      return plainBlocks(source);
    case "srt":
    case "vtt":
      return captionBlocksOf(source, options.format);
    default:
      throw new BadRequestError(
        `text files of the format ${String(options.format satisfies never)} are not known`,
        {
          hint: "Known are md, txt, srt and vtt.",
        },
      );
  }
}

/** True when the text has a letter of any script and is asked for. */
export function isTranslatable({ text, kind }: TextUnit, { properties }: ListTextOptions): boolean {
  return /\p{L}/u.test(text) && (kind !== "property" || properties !== false);
}
