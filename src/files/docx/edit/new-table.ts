import { attribute, descend, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import { preferredStyles } from "../create/create-table.ts";
import { findStyle, type NamedStyle, stylesOf } from "../read/find-style.ts";
import { relatedTree } from "../read/styles.ts";
import type { WordDocument } from "../types.ts";
import type { ParagraphWork, PlacedChange, Signature } from "./draft.ts";
import { insertedRun, textLines, trackedMark } from "./new-cell.ts";
import { counted } from "./new-row.ts";
import type { EditContext, RefusalReason } from "./run-edit.ts";
import { roomAt, scaled, sum } from "./table-width.ts";

type InsertTable = PlacedChange<"insert-table">;

/** Word opens no table with more columns. */
const mostColumns = 63;

/** What the rows of one new table are written with. */
type TableWriter = {
  readonly context: EditContext;
  readonly revision: Signature;
  /** Twips. */
  readonly widths: readonly number[];
  /** Columns of numbers, whose digits stand under each other. */
  readonly numbers: readonly boolean[];
  /** True where no table style makes the header rows bold. */
  readonly boldHeader: boolean;
};

/**
 * A new table's XML and the texts of its paragraphs: as wide as the text, in the style that is asked for or the
 * document's own, with rows that stay whole and header rows that repeat on each page (17.4). Tracked, each row is an
 * insertion that can be refused (17.13.5.16).
 */
export function newTable(
  context: EditContext,
  document: WordDocument,
  work: ParagraphWork,
  change: InsertTable,
  revision: Signature,
): { readonly xml: string; readonly lines: readonly string[] } | RefusalReason {
  const { rows, headerRows = 1 } = change;
  const refusal = refuseShape(rows, headerRows);
  if (refusal !== undefined) return refusal;
  const style = tableStyle(document, change.style);
  if (style !== undefined && "code" in style) return style;
  const body = rows.slice(headerRows);
  const writer: TableWriter = {
    context,
    revision,
    widths: columnWidths(rows, roomAt(document, work.source.story, work.source.inline.element)),
    numbers: rows[0]!.map((_, column) => isNumeric(body.map((row) => row[column]!))),
    boldHeader: style === undefined || !formatsFirstRow(document, style.id),
  };
  const { markup } = context;
  const grid = writer.widths.map((width) => markup.element("w:gridCol", { "w:w": String(width) })).join("");
  const content = rows.map((row, index) => rowXml(writer, row, index < headerRows)).join("");
  const properties = tableProperties(context, style?.id, sum(writer.widths), headerRows > 0);
  const xml = markup.element("w:tbl", {}, properties + markup.element("w:tblGrid", {}, grid) + content);
  return { xml, lines: rows.flat().flatMap(textLines) };
}

function refuseShape(rows: readonly (readonly string[])[], headerRows: number): RefusalReason | undefined {
  const count = rows[0]?.length ?? 0;
  const refusal = (reason: string, fix: string): RefusalReason => ({ code: "unsupported", reason, fix });
  if (rows.length === 0 || count === 0)
    return refusal("the new table has no cells", "Give at least one row with one text.");
  const ragged = rows.findIndex((row) => row.length !== count);
  if (ragged >= 0) {
    return refusal(
      `row ${ragged + 1} of the new table has ${counted(rows[ragged]!.length, "cell")}, the first one has ${count}`,
      'Give every row the same number of texts, "" for an empty cell.',
    );
  }
  if (count > mostColumns)
    return refusal(
      `the new table has ${count} columns, and Word opens none with more than ${mostColumns}`,
      "Make two tables of it.",
    );
  if (Number.isInteger(headerRows) && headerRows >= 0 && headerRows <= rows.length) return undefined;
  return refusal(
    `${headerRows} of the ${rows.length} rows can't be header rows`,
    `Give a whole number from 0 to ${rows.length}.`,
  );
}

/** The style asked for, else that of the document's first table, else a calm one that the document has. */
function tableStyle(
  document: WordDocument,
  asked: string | undefined,
): NamedStyle | RefusalReason | undefined {
  return asked === undefined ? ownTableStyle(document) : findStyle(document, "table", asked);
}

/** Name of the table style that the document uses, or of a calm one that it has; undefined when it has none. */
export function documentTableStyle(document: WordDocument): string | undefined {
  return ownTableStyle(document)?.name;
}

function ownTableStyle(document: WordDocument): NamedStyle | undefined {
  const styles = stylesOf(document, "table");
  const used = document.stories.flatMap(({ tree }) =>
    descendantsNamed(tree, 0, "w:tblStyle")
      .filter((each) => nameOf(tree, tree.parent[each]!) === "w:tblPr")
      .map((each) => attribute(tree, each, "w:val")),
  );
  const own = used
    .map((id) => styles.find((style) => style.id === id))
    .find((style) => style !== undefined && !style.isDefault);
  if (own !== undefined) return own;
  return preferredStyles
    .map((name) => styles.find((style) => style.name.toLowerCase() === name.toLowerCase()))
    .find((style) => style !== undefined);
}

/** True for a table style that formats its first row by itself (17.7.6.6). */
function formatsFirstRow(document: WordDocument, styleId: string): boolean {
  const tree = relatedTree(document, "styles");
  if (tree === undefined) return false;
  const style = descendantsNamed(tree, 0, "w:style").find(
    (each) => attribute(tree, each, "w:type") === "table" && attribute(tree, each, "w:styleId") === styleId,
  );
  if (style === undefined) return false;
  return descendantsNamed(tree, style, "w:tblStylePr").some(
    (each) => attribute(tree, each, "w:type") === "firstRow" && descend(tree, each, "w:rPr") >= 0,
  );
}

function tableProperties(
  { markup, isStrict }: EditContext,
  styleId: string | undefined,
  width: number,
  hasHeader: boolean,
): string {
  const twips = (name: string, value: number): string =>
    markup.element(name, { "w:w": String(value), "w:type": "dxa" });
  // 0x0020 first row and 0x0400 no column bands; Strict files have the words alone (17.4.55).
  const value: Record<string, string> = isStrict ? {} : { "w:val": hasHeader ? "0420" : "0400" };
  const look = markup.element("w:tblLook", {
    ...value,
    "w:firstRow": hasHeader ? "1" : "0",
    "w:lastRow": "0",
    "w:firstColumn": "0",
    "w:lastColumn": "0",
    "w:noHBand": "0",
    "w:noVBand": "1",
  });
  const [left, right] = isStrict ? ["w:start", "w:end"] : ["w:left", "w:right"];
  const line = { "w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "A6A6A6" };
  const sides = ["w:top", left, "w:bottom", right, "w:insideH", "w:insideV"] as const;
  const borders = sides.map((side) => markup.element(side!, line)).join("");
  const margins = [twips("w:top", 57), twips(left!, 108), twips("w:bottom", 57), twips(right!, 108)].join("");
  const style = styleId === undefined ? "" : markup.element("w:tblStyle", { "w:val": styleId });
  const direct = styleId === undefined ? markup.element("w:tblBorders", {}, borders) : "";
  const inner = styleId === undefined ? markup.element("w:tblCellMar", {}, margins) : "";
  return markup.element("w:tblPr", {}, style + twips("w:tblW", width) + direct + inner + look);
}

function rowXml(writer: TableWriter, cells: readonly string[], isHeader: boolean): string {
  const { context, revision } = writer;
  const { markup } = context;
  const header = isHeader ? markup.element("w:tblHeader") : "";
  const properties = markup.element("w:cantSplit") + header + trackedMark(context, "w:ins", revision);
  const content = cells.map((text, column) => cellXml(writer, text, column, isHeader)).join("");
  return markup.element("w:tr", {}, markup.element("w:trPr", {}, properties) + content);
}

function cellXml(writer: TableWriter, text: string, column: number, isHeader: boolean): string {
  const { context, revision, widths, numbers, boldHeader } = writer;
  const { markup, isStrict } = context;
  const width = markup.element("w:tcW", { "w:w": String(widths[column]!), "w:type": "dxa" });
  const run = isHeader && boldHeader ? markup.element("w:rPr", {}, markup.element("w:b")) : "";
  const keep = isHeader ? markup.element("w:keepNext") : "";
  const align = numbers[column]! ? markup.element("w:jc", { "w:val": isStrict ? "end" : "right" }) : "";
  const paragraphs = textLines(text).map((line) => {
    const mark = trackedMark(context, "w:ins", revision);
    const own = keep + align + (mark && markup.element("w:rPr", {}, mark));
    const inserted = insertedRun({ context, revision }, run, line);
    return markup.element("w:p", {}, (own && markup.element("w:pPr", {}, own)) + inserted);
  });
  return markup.element("w:tc", {}, markup.element("w:tcPr", {}, width) + paragraphs.join(""));
}

/** Signs, currencies and units around digits; a dash for nothing. */
const number = /^[-+−–(]?\s*[\p{Sc}]?\s*\d[\d.,'’\s]*\s*(%|‰|[\p{Sc}]|[A-Z]{3})?\s*\)?$/u;
const nothing = /^(|[-–—]|n\/?a)$/i;

function isNumeric(texts: readonly string[]): boolean {
  const present = texts.map((text) => text.trim()).filter((text) => !nothing.test(text));
  return present.length > 0 && present.every((text) => number.test(text));
}

/** Shortest and longest line, in characters, that the width of a column goes by. */
const [shortest, longest] = [6, 40];

/** Columns as wide as their longest texts ask for, in whole twips that add up to the width of the text. */
function columnWidths(rows: readonly (readonly string[])[], total: number): number[] {
  const parts = rows[0]!.map((_, column) => {
    const lengths = rows.flatMap((row) => textLines(row[column]!).map((line) => line.length));
    return Math.min(longest, Math.max(shortest, ...lengths));
  });
  return scaled(parts, total / sum(parts));
}
