import { FileUnsupportedError } from "../../errors.ts";
import { openFile, paragraphText, readPassages, type WordDocument } from "../../files/index.ts";
import type { SourceFile } from "../ask/load-tables.ts";
import type { CheckedParagraph } from "./check-paragraphs.ts";

export type CheckedText = {
  readonly paragraphs: readonly CheckedParagraph[];
  /** Only of Word files: comments can be put into it. */
  readonly document?: WordDocument;
  readonly notes: readonly string[];
};

/** The paragraphs of a file that can be checked. Throws `FileUnsupportedError` for slides and workbooks. */
export async function readParagraphs({ name, bytes }: SourceFile): Promise<CheckedText> {
  if (/\.(pptx|potx|ppsx)$/i.test(name))
    throw new FileUnsupportedError(`${name}: figures on slides are not checked yet`, {
      hint: "export the text, or check the Word version",
    });
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return wordParagraphs(openFile(bytes));
  const { passages, warnings } = await readPassages(bytes, { name });
  const paragraphs = passages
    .filter(({ kind }) => kind !== "row")
    .map(({ number, text, headings }) => ({ id: String(number), text, headings }));
  return { paragraphs, notes: warnings };
}

function wordParagraphs(document: WordDocument): CheckedText {
  const headings: { readonly level: number; readonly text: string }[] = [];
  const paragraphs: CheckedParagraph[] = [];
  for (const paragraph of document.paragraphs) {
    if (paragraph.story.kind === "comment") continue;
    const text = paragraphText(paragraph);
    const level = paragraph.headingLevel;
    if (level !== undefined) {
      while (headings.length > 0 && headings.at(-1)!.level >= level) headings.pop();
      headings.push({ level, text });
    }
    // Cells of tables hold numbers without words.
    if (paragraph.cell !== undefined || level !== undefined) continue;
    paragraphs.push({ id: paragraph.id, text, headings: headings.map((each) => each.text) });
  }
  return { paragraphs, document, notes: [] };
}
