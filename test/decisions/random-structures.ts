import { crc32, deflateSync } from "node:zlib";
import {
  type Change,
  type Paragraph,
  paragraphText,
  type WordDocument,
  wholeParagraph,
} from "../../src/files/index.ts";
import type { Draw } from "./random-document.ts";

const cellTexts = [
  "45 days",
  "on request",
  "2,100",
  "none",
  "the spare parts",
  "by courier",
  "n/a",
  "Tuesday",
];
const characterFormats = [
  { bold: true },
  { italic: true },
  { underline: true },
  { bold: true, italic: true },
  { color: "C00000" },
  { size: 14 },
  { highlight: "yellow" },
  { strike: true },
  { vertical: "superscript" },
  { font: "Arial" },
] as const;
const paragraphFormats = [
  { alignment: "center" },
  { alignment: "right", spaceAfter: 12 },
  { spaceBefore: 18 },
  { indentLeft: 36 },
  { keepWithNext: true },
  { lineSpacing: 1.5 },
] as const;

/** Draws a change of formatting, of where paragraphs end, of rows and columns, a table or a picture. */
export function randomStructure(
  document: WordDocument,
  paragraph: Paragraph,
  draw: Draw,
): Change | undefined {
  const at = wholeParagraph(paragraph);
  const cell = paragraph.cell === undefined ? undefined : rowOf(document, paragraph);
  if (cell !== undefined && draw.chance(0.7)) return cellChange(at, cell, draw);
  const kind = draw.below(10);
  if (kind <= 3) {
    const words = someWords(paragraph, draw);
    return words && { kind: "format", at: words, set: draw.pick(characterFormats) };
  }
  if (kind <= 5) return { kind: "format-paragraph", at, set: draw.pick(paragraphFormats) };
  if (kind === 6) {
    const words = someWords(paragraph, draw);
    return words && { kind: "split", at: words };
  }
  if (kind === 7) return { kind: "merge", at };
  if (kind === 8) {
    const rows = Array.from({ length: 1 + draw.below(3) }, () => [0, 1].map(() => draw.pick(cellTexts)));
    return { kind: "insert-table", at, rows };
  }
  return { kind: "insert-image", at, image: randomPicture(draw), altText: `Chart ${draw.below(1000)}` };
}

type Grid = { readonly rows: number; readonly columns: number };

function rowOf({ paragraphs }: WordDocument, paragraph: Paragraph): Grid {
  const inTable = paragraphs.filter(
    ({ part, cell }) => part === paragraph.part && cell?.table === paragraph.cell!.table,
  );
  const most = (of: readonly number[]): number => Math.max(...of) + 1;
  const inRow = inTable.filter(({ cell }) => cell!.row === paragraph.cell!.row);
  return {
    rows: most(inTable.map(({ cell }) => cell!.row)),
    columns: most(inRow.map(({ cell }) => cell!.column)),
  };
}

function cellChange(at: ReturnType<typeof wholeParagraph>, { rows, columns }: Grid, draw: Draw): Change {
  const texts = (count: number): string[] => Array.from({ length: count }, () => draw.pick(cellTexts));
  const side = draw.pick(["before", "after"] as const);
  switch (draw.below(5)) {
    case 0:
      return { kind: "delete-row", at };
    case 1:
      return { kind: "delete-column", at };
    case 2:
      return { kind: "insert-column", at, cells: texts(rows), side };
    default:
      return { kind: "insert-row", at, cells: texts(columns), side };
  }
}

function someWords(paragraph: Paragraph, draw: Draw): ReturnType<typeof wholeParagraph> | undefined {
  const text = paragraphText(paragraph);
  const found = [...text.matchAll(/[\p{L}\p{N}]+/gu)];
  if (found.length < 3) return undefined;
  const first = 1 + draw.below(found.length - 1);
  const last = Math.min(found.length - 1, first + draw.below(4));
  const [start, end] = [found[first]!.index, found[last]!.index + found[last]![0].length];
  return { paragraph: paragraph.id, start, end, quote: text.slice(start, end) };
}

/** A PNG of a few points in one colour. */
function randomPicture(draw: Draw): Uint8Array {
  const size = 4;
  const row = [
    0,
    ...Array.from({ length: size }, () => [draw.below(256), draw.below(256), draw.below(256)]).flat(),
  ];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const data = deflateSync(Buffer.from(Array.from({ length: size }, () => row).flat()));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return new Uint8Array(
    Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]),
  );
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
