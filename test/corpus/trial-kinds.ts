import {
  type Anchor,
  type Change,
  type ContentBlock,
  type ContentRun,
  openFile,
  type Paragraph,
  paragraphText,
  trackedChanges,
  type WordDocument,
  wholeParagraph,
} from "../../src/files/index.ts";
import { drawEdit, randomFrom } from "./draw-edit.ts";
import {
  attempt,
  author,
  expectOnly,
  expectRejected,
  expectSame,
  finalTexts,
  isSubsequence,
  settled,
  storyParagraphs,
  type Trial,
} from "./trial-edits.ts";

/** A change to try, and what accepting it must make of the document's texts. */
type Draw = {
  readonly change: Change;
  /** What is wrong with the texts, in words; undefined when all is well. */
  readonly wrong: (old: readonly string[], found: readonly string[]) => string | undefined;
  /** The kind of tracked change that must be there, where the texts stay as they are. */
  readonly marked?: string;
};

/** A place in a document and a seed's numbers; undefined when the document has no such place. */
type Drawer = (document: WordDocument, random: () => number, seed: number) => Draw | undefined;

/** A picture of one pixel. */
const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const image = new Uint8Array(Buffer.from(pixel, "base64"));

const drawers: Readonly<Record<string, Drawer>> = {
  format(document, _, seed) {
    const at = drawEdit(document, seed)?.anchor;
    return at && { ...unchanged, change: { kind: "format", at, set: look }, marked: "run-formatting" };
  },
  "format-paragraph"(document, random) {
    const at = drawWhole(document, random);
    const set = { spaceBefore: 7, indentRight: 3 };
    return (
      at && { ...unchanged, change: { kind: "format-paragraph", at, set }, marked: "paragraph-formatting" }
    );
  },
  split(document, random) {
    const whole = drawWhole(document, random, (text) => /\S\s+\S/.test(text));
    if (whole === undefined) return undefined;
    const words = [...whole.quote.matchAll(/(?<=\s)\S+/g)];
    const { index, 0: quote } = words[below(random, words.length)]!;
    const at = { ...whole, start: index, end: index + quote.length, quote };
    return { change: { kind: "split", at }, wrong: sameLetters(1) };
  },
  merge(document, random) {
    const at = drawWhole(document, random);
    return at && { change: { kind: "merge", at }, wrong: sameLetters(-1) };
  },
  "insert-row"(document, random) {
    const place = drawCell(document, random);
    if (place === undefined) return undefined;
    const cells = newTexts(place.cells);
    const side = random() < 0.5 ? "before" : "after";
    return { change: { kind: "insert-row", at: place.at, cells, side }, wrong: brings(cells) };
  },
  "delete-row"(document, random) {
    const place = drawCell(document, random);
    return place && { change: { kind: "delete-row", at: place.at }, wrong: takesOnly(place.outside) };
  },
  "insert-column"(document, random) {
    const place = drawCell(document, random);
    if (place === undefined) return undefined;
    const cells = newTexts(place.rows);
    const side = random() < 0.5 ? "before" : "after";
    return { change: { kind: "insert-column", at: place.at, cells, side }, wrong: brings(cells) };
  },
  "delete-column"(document, random) {
    const place = drawCell(document, random);
    return place && { change: { kind: "delete-column", at: place.at }, wrong: takesOnly(place.outside) };
  },
  "insert-table"(document, random) {
    const at = drawWhole(document, random);
    const [a, b, c, d] = newTexts(4);
    const rows = [
      [a!, b!],
      [c!, d!],
    ];
    return at && { change: { kind: "insert-table", at, rows }, wrong: brings(rows.flat()) };
  },
  "insert-image"(document, random) {
    const at = drawWhole(document, random);
    return at && { change: { kind: "insert-image", at, image, altText: "A <dot>" }, wrong: brings([""]) };
  },
  "insert-content"(document, random) {
    const at = drawWhole(document, random, (text, paragraph) => text.trim() !== "" && isInBody(paragraph));
    const side = random() < 0.5 ? "before" : "after";
    return (
      at && { change: { kind: "insert-content", at, side, blocks: content }, wrong: brings(contentTexts) }
    );
  },
};

const runs = (text: string): readonly ContentRun[] => [{ text }];
/** A section with all that other parts must know of: a list, a caption, a table, a note, a link, a bookmark. */
const content: readonly ContentBlock[] = [
  { kind: "heading", level: 2, runs: runs("New <heading>") },
  {
    kind: "paragraph",
    runs: [{ text: "New text", note: runs("New note"), bookmark: "new_bookmark" }, { text: "." }],
  },
  { kind: "list-item", ordered: true, runs: [{ text: "New item", link: "https://a.example/?x&y" }] },
  { kind: "list-item", ordered: false, runs: runs("New point") },
  { kind: "caption", label: "table", runs: runs("New caption") },
  {
    kind: "table",
    widths: [1, 2],
    header: [runs("New a"), runs("New b")],
    rows: [[runs("New c"), runs("New d")]],
  },
];
const contentTexts = [
  "New <heading>",
  "New text.",
  "New item",
  "New point",
  "New a",
  "New b",
  "New c",
  "New d",
];

function isInBody({ story, cell, isInTextBox }: Paragraph): boolean {
  return story.kind === "body" && cell === undefined && !isInTextBox;
}

/** Parts that a kind may touch or add beside the one with its place. */
const besides: Readonly<Record<string, RegExp>> = {
  "insert-image": /\/media\/|\.rels$|^\/\[content_types\]\.xml$/,
  "insert-content": /\/(footnotes|numbering|settings)\d*\.xml$|\.rels$|^\/\[content_types\]\.xml$/,
};

/** The kinds of change that are tried. */
export const triedKinds: readonly string[] = Object.keys(drawers);

/** One change of that kind at a place drawn by seed; undefined when the document has no such place. */
export function tryKind(
  kind: string,
  document: WordDocument,
  source: Uint8Array,
  seed: number,
): Trial | undefined {
  const draw = drawers[kind]!(document, randomFrom(seed), seed);
  if (draw === undefined || !("at" in draw.change)) return undefined;
  const { change, wrong, marked } = draw;
  const { part } = document.paragraphs.find(({ id }) => id === change.at.paragraph)!;
  const beside = besides[kind] ?? /^$/;
  return attempt(kind, document, change, (bytes, failures) => {
    expectOnly(source, bytes, (name) => name === part.toLowerCase() || beside.test(name), failures);
    expectRejected(document, source, bytes, failures, (name) => beside.test(name));
    const found = wrong(finalTexts(document), finalTexts(settled(bytes, "accept")));
    if (found !== undefined) failures.push(`accepting ${found}`);
    const ours = trackedChanges(openFile(bytes)).filter(({ revision }) => revision.author === author);
    if (marked !== undefined && !ours.some((each) => each.kind === marked))
      failures.push(`no ${marked} is there`);
  });
}

const look = { bold: true, highlight: "yellow" } as const;
const below = (random: () => number, count: number): number => Math.floor(random() * count);
const newTexts = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `New & <${index + 1}>`);

function drawWhole(
  document: WordDocument,
  random: () => number,
  isFit: (text: string, paragraph: Paragraph) => boolean = (text) => text.trim() !== "",
): Anchor | undefined {
  const fit = storyParagraphs(document).filter((each) => isFit(paragraphText(each), each));
  const paragraph = fit[below(random, fit.length)];
  return paragraph && wholeParagraph(paragraph);
}

type CellPlace = {
  readonly at: Anchor;
  /** Cells of the row, and rows of the table. */
  readonly cells: number;
  readonly rows: number;
  /** Texts of the paragraphs that no change of the table may take. */
  readonly outside: readonly string[];
};

function drawCell(document: WordDocument, random: () => number): CellPlace | undefined {
  const all = storyParagraphs(document);
  const inCells = all.filter(({ cell }) => cell !== undefined);
  const paragraph = inCells[below(random, inCells.length)];
  if (paragraph?.cell === undefined) return undefined;
  const { part, cell } = paragraph;
  const table = inCells.flatMap((each) =>
    each.part === part && each.cell!.table === cell.table ? [each.cell!] : [],
  );
  const row = table.filter((each) => each.row === cell.row);
  const isOutside = (each: Paragraph): boolean =>
    each.part !== part || (each.cell === undefined && !each.isInTextBox);
  return {
    at: wholeParagraph(paragraph),
    cells: 1 + Math.max(...row.map(({ column }) => column)),
    rows: 1 + Math.max(...table.map((each) => each.row)),
    outside: all.filter(isOutside).map((each) => paragraphText(each)),
  };
}

const unchanged: Pick<Draw, "wrong"> = {
  wrong(old, found) {
    const failures: string[] = [];
    expectSame("it", old, found, failures);
    return failures[0];
  },
};

/** All letters stay, in so many more paragraphs; a text box may come to stand after the part it was in. */
function sameLetters(more: number): Draw["wrong"] {
  const letters = (texts: readonly string[]): string =>
    [...texts.join("").replace(/\s/g, "")].sort().join("");
  return (old, found) => {
    if (found.length !== old.length + more)
      return `gives ${found.length} paragraphs, not ${old.length + more}`;
    return letters(found) === letters(old) ? undefined : "gives other words";
  };
}

function brings(texts: readonly string[]): Draw["wrong"] {
  return (old, found) => {
    if (found.length < old.length + texts.length) return "brings too few paragraphs";
    if (!isSubsequence(old, found)) return "takes text away";
    return texts.every((text) => found.includes(text)) ? undefined : "does not bring the new text";
  };
}

function takesOnly(outside: readonly string[]): Draw["wrong"] {
  return (old, found) => {
    if (found.length >= old.length) return "takes nothing away";
    if (!isSubsequence(found, old)) return "brings new text";
    return isSubsequence(outside, found) ? undefined : "takes text that is outside the table";
  };
}
