import { sourceOf } from "../docx/read/read-paragraphs.ts";
import type { CellAddress, Paragraph, WordDocument } from "../docx/types.ts";
import { ancestorNamed, attribute, childNamed } from "../xml/xml-tree.ts";
import { bodyFlow, type FlowParagraph, notesOf } from "./docx-flow.ts";
import type { SourceText } from "./passage.ts";
import { createPassageList, type NewRow, type PassageList } from "./passage-list.ts";

/** A row with more text than this, or with a cell of many paragraphs, is layout: its paragraphs stand for themselves. */
const LONGEST_ROW = 1500;
const MOST_PARAGRAPHS = 4;
/** The same for a row with one filled cell. */
const LONGEST_CELL = 100;

/** The body of a Word document in its final view. Headers, footers, comments and tables of contents are left out. */
export function docxPassages(document: WordDocument, name: string): SourceText {
  const list = createPassageList();
  const flow = bodyFlow(document);
  const reader: Reader = { list, notes: notesOf(document), noted: new Set(), guess: guessesHeadings(flow) };
  for (let at = 0; at < flow.length; ) {
    const table = flow[at]!.paragraph.cell?.table;
    if (table === undefined) {
      addParagraph(reader, flow[at]!);
      at += 1;
      continue;
    }
    const rows: FlowParagraph[] = [];
    // A text box may stand between two cells; it has no cell of its own and follows its table.
    for (; at < flow.length && flow[at]!.paragraph.cell !== undefined; at++) rows.push(flow[at]!);
    addTables(reader, rows);
  }
  const title = flow
    .find(({ paragraph }) => isTitle(paragraph))
    ?.text.replace(/\s+/g, " ")
    .trim();
  return {
    name,
    format: "docx",
    ...(title !== undefined && { title }),
    passages: list.passages,
    warnings: [],
  };
}

type Reader = {
  readonly list: PassageList;
  readonly notes: ReadonlyMap<string, readonly string[]>;
  readonly noted: Set<string>;
  /** True when the document has no headings by style and bold lines are taken for them. */
  readonly guess: boolean;
};

function addParagraph(reader: Reader, each: FlowParagraph): void {
  const { paragraph, text } = each;
  const { list } = reader;
  const label = paragraph.numbering;
  if (paragraph.headingLevel !== undefined || isTitle(paragraph)) {
    const numbered = label === undefined ? text : `${label} ${text}`;
    list.add({ kind: "heading", text: numbered, level: paragraph.headingLevel ?? 1 });
  } else if (reader.guess && isHeadingByLook(each)) list.add({ kind: "heading", text, level: 1 });
  else if (/^caption$/i.test(paragraph.styleName ?? "")) list.add({ kind: "caption", text });
  else list.add({ kind: paragraph.listLevel === undefined ? "paragraph" : "list-item", text });
  addNotes(reader, each.notes);
}

function addNotes({ list, notes, noted }: Reader, references: readonly string[]): void {
  for (const reference of references) {
    if (noted.has(reference)) continue;
    noted.add(reference);
    for (const text of notes.get(reference) ?? []) list.add({ kind: "note", text });
  }
}

function isTitle({ styleName, isInTextBox, cell }: Paragraph): boolean {
  return /^title$/i.test(styleName ?? "") && !isInTextBox && cell === undefined;
}

/** Many people never use styles: then a short bold line of its own is what they mean by a heading. */
function guessesHeadings(flow: readonly FlowParagraph[]): boolean {
  return (
    flow.every(({ paragraph }) => paragraph.headingLevel === undefined) && flow.some((each) => !each.isBold)
  );
}

function isHeadingByLook({ text, isBold, paragraph }: FlowParagraph): boolean {
  const words = text.trim();
  return isBold && paragraph.cell === undefined && words.length <= 80 && !/[.,;:!?]$/.test(words);
}

type Row = { readonly paragraphs: FlowParagraph[]; readonly table: number };

/** Paragraphs of one or more tables without other text between them; tables may be nested. */
function addTables(reader: Reader, paragraphs: readonly FlowParagraph[]): void {
  const rows = new Map<string, Row>();
  for (const each of paragraphs) {
    const { table, row } = each.paragraph.cell!;
    const key = `${table} ${row}`;
    const known = rows.get(key);
    if (known === undefined) rows.set(key, { table, paragraphs: [each] });
    else known.paragraphs.push(each);
  }
  const tables = new Set([...rows.values()].filter(hasCells).map(({ table }) => table));
  let waiting: Row[] = [];
  const flush = (): void => {
    reader.list.addTable(waiting.map(rowOf));
    for (const row of waiting)
      addNotes(
        reader,
        row.paragraphs.flatMap(({ notes }) => notes),
      );
    waiting = [];
  };
  for (const row of rows.values()) {
    const isLayout = isLayoutRow(row, tables.has(row.table));
    if (waiting.length > 0 && (isLayout || waiting[0]!.table !== row.table)) flush();
    if (isLayout) for (const each of row.paragraphs) addParagraph(reader, each);
    else waiting.push(row);
  }
  flush();
}

function hasCells({ paragraphs }: Row): boolean {
  return new Set(paragraphs.map(({ paragraph }) => paragraph.cell!.column)).size > 1;
}

/**
 * A heading in a cell, too much text, or one cell alone with text are no row of facts. In a table with other rows the
 * one cell may be short, and the cells beside it empty.
 */
function isLayoutRow(row: Row, isInTable: boolean): boolean {
  const columns = new Map<number, number>();
  let length = 0;
  for (const { paragraph, text } of row.paragraphs) {
    if (paragraph.headingLevel !== undefined) return true;
    const { column } = paragraph.cell!;
    columns.set(column, (columns.get(column) ?? 0) + 1);
    length += text.length;
  }
  if (columns.size === 1) return !isInTable || row.paragraphs.length > 1 || length > LONGEST_CELL;
  return length > LONGEST_ROW || Math.max(...columns.values()) > MOST_PARAGRAPHS;
}

function rowOf({ paragraphs }: Row): NewRow {
  const cells: string[] = [];
  for (const { paragraph, text } of paragraphs) {
    const { column } = paragraph.cell as CellAddress;
    while (cells.length <= column) cells.push("");
    cells[column] = `${cells[column]} ${text}`.trim();
  }
  return { cells, ...(repeatsAsHeader(paragraphs[0]!.paragraph) && { isHeader: true }) };
}

/** `w:tblHeader`: the row is printed again on each page (17.4.49). */
function repeatsAsHeader(paragraph: Paragraph): boolean {
  const { story, inline } = sourceOf(paragraph);
  const { tree } = story;
  const row = ancestorNamed(tree, inline.element, "w:tr");
  const properties = row < 0 ? -1 : childNamed(tree, row, "w:trPr");
  const mark = properties < 0 ? -1 : childNamed(tree, properties, "w:tblHeader");
  return mark >= 0 && !/^(0|false|off)$/.test(attribute(tree, mark, "w:val") ?? "");
}
