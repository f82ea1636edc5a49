import type { ContentBlock, ContentRun } from "../../../files/docx/create/content.ts";
import type { DraftSentence, FilledTable } from "../types.ts";
import type { SentenceContext } from "./compose-sentences.ts";
import { withNote } from "./compose-sentences.ts";

/** A filled table with its caption above it; the caption's bookmark is what cross references point at. */
export function tableBlocks({ id, caption, header, rows, align }: FilledTable): ContentBlock[] {
  return [
    { kind: "caption", label: "table", runs: [{ text: caption }], bookmark: `tandem_${id}` },
    {
      kind: "table",
      widths: widthsOf([header, ...rows], header.length),
      header: header.map((text) => [{ text }]),
      rows: rows.map((row) => header.map((_, column) => [{ text: row[column] ?? "" }])),
      align: header.map((_, column) => align[column] ?? "left"),
    },
  ];
}

/**
 * Rows of a source's table as a table of the same cells under the same header, with one note for all of them. Each
 * sentence quotes a row, and behind it the row that names the columns.
 */
export function rowsBlock(sentences: readonly DraftSentence[], context: SentenceContext): ContentBlock {
  const rows = sentences.map(({ text, citations }) => cellsOf(citations[0]?.quote ?? text));
  const named = sentences[0]?.citations[1];
  const header = named === undefined ? [] : cellsOf(named.quote);
  const used = Math.max(header.length, ...rows.map(({ length }) => length));
  const texts = (cells: readonly string[]): ContentRun[][] =>
    Array.from({ length: used }, (_, column) => [{ text: cells[column] ?? "" }]);
  const body = rows.map(texts);
  const last = body.at(-1)!;
  const at = Math.max(
    0,
    last.findLastIndex(([run]) => run!.text !== ""),
  );
  last[at] = withNote(last[at]!, sentences, context);
  return {
    kind: "table",
    widths: widthsOf(header.length === 0 ? rows : [header, ...rows], used),
    header: header.length === 0 ? [] : texts(header),
    rows: body,
    align: Array.from({ length: used }, (_, column) => alignmentOf(rows.map((row) => row[column] ?? ""))),
  };
}

function cellsOf(row: string): string[] {
  return row.split("|").map((cell) => cell.trim());
}

/** Columns of nothing but numbers stand on the right. */
function alignmentOf(cells: readonly string[]): "left" | "right" {
  const written = cells.filter((cell) => cell !== "");
  return written.length > 0 && written.every((cell) => /\d/u.test(cell) && !/\p{L}{4}/u.test(cell))
    ? "right"
    : "left";
}

/** Wide texts get more room, but not all of it: they can break. */
function widthsOf(rows: readonly (readonly string[])[], columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => {
    const longest = Math.max(1, ...rows.map((row) => row[column]?.length ?? 0));
    return Math.min(40, Math.max(6, longest)) ** 0.8;
  });
}
