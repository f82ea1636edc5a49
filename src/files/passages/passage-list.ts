import { FileTooLargeError } from "../../errors.ts";
import { oneLine } from "./one-line.ts";
import type { Passage, Place } from "./passage.ts";

/** Most passages a source may have: 200 pages have about 5,000. */
const MAX_PASSAGES = 500_000;

export type NewPassage = Pick<Passage, "kind" | "text" | "header"> & {
  /** 1 to 9; only of headings, which it cuts to that range. */
  readonly level?: number;
  readonly place?: Place;
};

export type NewRow = {
  readonly cells: readonly string[];
  readonly place?: Place;
  /** True when the file says that the row names the columns. */
  readonly isHeader?: boolean;
};

/** Gathers the passages of one source: numbers them, puts texts on one line and knows the headings around. */
export type PassageList = {
  readonly passages: readonly Passage[];
  /** Number of the new passage; undefined when the text is empty and nothing was added. */
  readonly add: (passage: NewPassage) => number | undefined;
  /** The rows of one table. The first is taken for the header when the file says so or when it looks like one. */
  readonly addTable: (rows: readonly NewRow[]) => void;
};

export function createPassageList(): PassageList {
  const passages: Passage[] = [];
  let open: readonly { readonly level: number; readonly text: string }[] = [];

  const add = ({ kind, text, level, header, place }: NewPassage): number | undefined => {
    const line = oneLine(text);
    if (line === "") return undefined;
    if (passages.length === MAX_PASSAGES) throw tooMany();
    const depth = kind === "heading" ? Math.min(9, Math.max(1, Math.round(level ?? 1))) : undefined;
    if (depth !== undefined) open = open.filter((each) => each.level < depth);
    passages.push({
      number: passages.length + 1,
      kind,
      text: line,
      ...(depth !== undefined && { level: depth }),
      ...(header !== undefined && { header }),
      headings: open.map((each) => each.text),
      place: place ?? {},
    });
    if (depth !== undefined) open = [...open, { level: depth, text: line }];
    return passages.length;
  };

  const addTable = (rows: readonly NewRow[]): void => {
    const written = rows
      .map((row) => ({ ...row, cells: row.cells.map(oneLine) }))
      .filter((row) => row.cells.some((cell) => cell !== ""));
    let header: number | undefined;
    written.forEach((row, index) => {
      const isHeader = row.isHeader ?? (index === 0 && looksLikeHeader(written));
      // A header of several rows is named by its last one, which stands next to the figures.
      if (isHeader) header = passages.length + 1;
      const text = row.cells.join(" | ");
      add({
        kind: "row",
        text,
        ...(header !== undefined && { header }),
        ...(row.place !== undefined && { place: row.place }),
      });
    });
  };

  return { passages, add, addTable };
}

/** The first of several rows names columns when its cells are short, different words and no sentences or figures. */
function looksLikeHeader(rows: readonly NewRow[]): boolean {
  const [first, ...others] = rows;
  if (first === undefined || others.length === 0 || first.cells.length < 2) return false;
  if (rows.some((row) => row.isHeader)) return false;
  const named = first.cells.filter((cell) => cell !== "");
  const isNamed = named.length >= first.cells.length - 1 && new Set(named).size === named.length;
  return isNamed && named.every((cell) => cell.length <= 60 && /\p{L}/u.test(cell) && !/[.!?]$/.test(cell));
}

function tooMany(): FileTooLargeError {
  return new FileTooLargeError("the file has more than 500,000 paragraphs", {
    hint: "Split it into parts and give those.",
  });
}
