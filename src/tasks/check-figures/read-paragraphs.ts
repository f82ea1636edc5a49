import { openFile, type Passage, paragraphText, readPassages, type WordDocument } from "../../files/index.ts";
import { isZip } from "../../files/opc/is-zip.ts";
import type { SourceFile } from "../ask/load-tables.ts";
import type { CheckedParagraph } from "./check-paragraphs.ts";
import { readPresentationText } from "./read-presentation-text.ts";
import { type TextCell, tableCells } from "./table-cells.ts";

export type CheckedText = {
  readonly paragraphs: readonly CheckedParagraph[];
  /** Only of Word files: comments can be put into it. */
  readonly document?: WordDocument;
  readonly notes: readonly string[];
};

/** The paragraphs and the cells of tables of a file that can be checked. Throws `FileUnsupportedError` for workbooks. */
export async function readParagraphs({ name, bytes }: SourceFile): Promise<CheckedText> {
  if (isZip(bytes) && /\.(pptx|potx|ppsx|pptm)$/i.test(name))
    return { paragraphs: readPresentationText(bytes), notes: [] };
  if (isZip(bytes)) return wordParagraphs(openFile(bytes));
  const { passages, warnings } = await readPassages(bytes, { name });
  const paragraphs = passages
    .filter(({ kind }) => kind !== "row")
    .map(({ number, text, headings }) => ({ id: String(number), text, headings }));
  return { paragraphs: [...paragraphs, ...rowCells(passages)], notes: warnings };
}

const cellMark = " | ";

/** Cells of the tables of a text: rows follow the one that names the columns. */
function rowCells(passages: readonly Passage[]): CheckedParagraph[] {
  const rows = passages.filter(({ kind, header }) => kind === "row" && header !== undefined);
  return [...Map.groupBy(rows, ({ header }) => header)].flatMap(([, own]) =>
    tableCells(own.map(cellsOf), own[0]!.headings),
  );
}

function cellsOf({ number, text }: Passage): TextCell[] {
  let offset = 0;
  return text.split(cellMark).map((cell) => {
    const at = offset;
    offset += cell.length + cellMark.length;
    return { id: String(number), text: cell, offset: at };
  });
}

/** Lines of a table of contents: numbers of sections and pages. */
const contents = /^(toc \d|toc heading|table of (figures|authorities)|index \d)$/i;

function wordParagraphs(document: WordDocument): CheckedText {
  const headings: { readonly level: number; readonly text: string }[] = [];
  const paragraphs: CheckedParagraph[] = [];
  const tables = new Map<string, { readonly headings: readonly string[]; readonly rows: TextCell[][] }>();
  for (const paragraph of document.paragraphs) {
    if (paragraph.story.kind === "comment" || contents.test(paragraph.styleName ?? "")) continue;
    const text = paragraphText(paragraph);
    const level = paragraph.headingLevel;
    if (paragraph.cell !== undefined) {
      const { table, row, column } = paragraph.cell;
      const key = `${paragraph.part} ${table}`;
      const own = tables.get(key) ?? { headings: headings.map((each) => each.text), rows: [] };
      tables.set(key, own);
      own.rows[row] ??= [];
      own.rows[row][column] ??= { id: paragraph.id, text, offset: 0 };
      continue;
    }
    if (level !== undefined) {
      while (headings.length > 0 && headings.at(-1)!.level >= level) headings.pop();
      headings.push({ level, text });
      continue;
    }
    paragraphs.push({ id: paragraph.id, text, headings: headings.map((each) => each.text) });
  }
  const cells = [...tables.values()].flatMap((table) =>
    tableCells(
      Array.from(table.rows, (row) =>
        Array.from(row ?? [], (cell) => cell ?? { id: "", text: "", offset: 0 }),
      ),
      table.headings,
    ),
  );
  return { paragraphs: [...paragraphs, ...cells], document, notes: [] };
}
