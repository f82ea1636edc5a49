import type { CheckedParagraph } from "./check-paragraphs.ts";

/** A cell of a table in a text; `offset` is where its text begins in the paragraph or row that `id` names. */
export type TextCell = { readonly id: string; readonly text: string; readonly offset: number };

const number =
  /^[(+\-−–]?\s*(?:[€$£¥]|EUR|USD|GBP|CHF)?\s*[(+\-−–]?\d[\d.,'’\s\u00a0\u202f]*\)?\s*(?:[€$£¥%]|EUR|USD|GBP|CHF|[kmb]n?|[TM]€|Mio\.?|Mrd\.?|million|thousand)?(?:\s*€)?\)?$/iu;
const year = /^(?:19|20)\d\d$/;
const scales: readonly (readonly [RegExp, string])[] = [
  [/\b(?:thousands?|tsd|tausend|milliers|miles|milhares|000s?)\b|\b[Tk]\s?[€$£]|[€$£]\s?k\b/iu, "thousand"],
  [/\b(?:millions?|mio|mill|millionen|millones|milhões|mn)\b|\bm\s?[€$£]|[€$£]\s?m\b/iu, "million"],
];

/**
 * The cells of a table that hold a number, each with the words of its row and its column around it, as if the table were a
 * sentence. Rows before the first number are headers, and so are the columns of text at the left.
 */
export function tableCells(
  rows: readonly (readonly TextCell[])[],
  headings: readonly string[],
): CheckedParagraph[] {
  const isValue = ({ text }: TextCell): boolean => number.test(text.trim()) && !year.test(text.trim());
  const first = rows.findIndex((row) => row.slice(1).some(isValue));
  if (first < 1) return [];
  return rows.slice(first).flatMap((row) => {
    const own = row.findIndex(isValue);
    if (own < 1) return [];
    const label = labelOf(row.slice(0, own));
    if (label === "") return [];
    return row.flatMap((cell, column): CheckedParagraph[] => {
      if (!isValue(cell)) return [];
      const header = labelOf(rows.slice(0, first).flatMap((each) => each[column] ?? []));
      return header === "" ? [] : [asSentence(cell, label, header, headings)];
    });
  });
}

function labelOf(cells: readonly TextCell[]): string {
  return cells
    .map(({ text }) => text.trim())
    .filter((text) => text !== "")
    .join(" ");
}

function asSentence(
  { id, text, offset }: TextCell,
  label: string,
  header: string,
  headings: readonly string[],
): CheckedParagraph {
  const scale = scales.find(([pattern]) => pattern.test(header))?.[1];
  const words = header.replace(/[([][^)\]]*[)\]]/g, " ").trim();
  return {
    id,
    text,
    headings,
    cell: {
      before: `${words === "" ? header : words}, ${label} = `,
      after: scale === undefined ? "" : ` ${scale}`,
      offset,
    },
  };
}
