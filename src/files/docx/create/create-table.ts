import { BadRequestError } from "../../../errors.ts";
import { escapeAttribute } from "../../xml/xml-text.ts";
import type { ContentBlock, ContentRun } from "./content.ts";
import type { ContentContext } from "./content-context.ts";
import { paragraphProperties } from "./create-look.ts";
import { type RunContext, runsXml } from "./create-runs.ts";
import type { StyleSheet } from "./create-style-sheet.ts";

type TableBlock = Extract<ContentBlock, { kind: "table" }>;

export type TableContext = RunContext & Pick<ContentContext, "textWidth" | "isStrict">;

/** Word opens no table with more columns. */
const mostColumns = 63;

/** Table styles worth using when a block asks for none, the calm ones first. */
export const preferredStyles = [
  "Tandem Table",
  "Grid Table 1 Light",
  "Plain Table 2",
  "Light List",
  "Light Shading",
  "Table Grid",
] as const;

/** A table as wide as the text, with rows that stay whole and a header that repeats on each page (17.4). */
export function tableXml(table: TableBlock, context: TableContext): string {
  checkShape(table);
  const { sheet, isStrict } = context;
  const styleId = tableStyle(sheet, table.style);
  const widths = columnWidths(table.widths, context.textWidth);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const properties = [
    styleId === undefined ? "" : `<w:tblStyle w:val="${escapeAttribute(styleId)}"/>`,
    `<w:tblW w:w="${total}" w:type="dxa"/>`,
    styleId === undefined ? directBorders(isStrict) : "",
    '<w:tblLayout w:type="fixed"/>',
    styleId === undefined ? directMargins(isStrict) : "",
    // 0x0020 first row and 0x0400 no column bands; Strict files have the words alone (17.4.55).
    `<w:tblLook ${isStrict ? "" : 'w:val="0420" '}w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>`,
  ].join("");
  const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join("");
  const boldHeader = styleId === undefined || !sheet.hasFirstRow(styleId);
  const row = (cells: Cells, isHeader: boolean): string =>
    rowXml(cells, { widths, align: table.align ?? [], context, isHeader, bold: isHeader && boldHeader });
  const header = table.header.length === 0 ? "" : row(table.header, true);
  const rows = table.rows.map((cells) => row(cells, false)).join("");
  return `<w:tbl><w:tblPr>${properties}</w:tblPr><w:tblGrid>${grid}</w:tblGrid>${header}${rows}</w:tbl>`;
}

type Cells = readonly (readonly ContentRun[])[];

type Row = {
  readonly widths: readonly number[];
  readonly align: readonly ("left" | "right")[];
  readonly context: TableContext;
  readonly isHeader: boolean;
  readonly bold: boolean;
};

function rowXml(cells: Cells, { widths, align, context, isHeader, bold }: Row): string {
  const inner = cells.map((runs, column) => {
    const text = runsXml(runs, bold ? { bold: true } : {}, context);
    const look = {
      ...(isHeader && { keepNext: true }),
      ...(align[column] === "right" && { align: "right" as const }),
    };
    const properties = paragraphProperties(look, context.isStrict ? "start" : "left");
    return `<w:tc><w:tcPr><w:tcW w:w="${widths[column]!}" w:type="dxa"/></w:tcPr><w:p>${properties}${text}</w:p></w:tc>`;
  });
  return `<w:tr><w:trPr><w:cantSplit/>${isHeader ? "<w:tblHeader/>" : ""}</w:trPr>${inner.join("")}</w:tr>`;
}

function checkShape(table: TableBlock): void {
  const count = table.widths.length;
  if (count === 0 || count > mostColumns) {
    throw new BadRequestError(`a table has ${count} columns`, {
      hint: `Word takes 1 to ${mostColumns} columns.`,
    });
  }
  if (!table.widths.every((width) => Number.isFinite(width) && width > 0)) {
    throw new BadRequestError(`a table has the column widths ${table.widths.join(", ")}`, {
      hint: "Give each column a number above 0: its part of the whole.",
    });
  }
  if (table.header.length === 0 && table.rows.length === 0) throw new BadRequestError("a table has no rows");
  const rows = table.header.length === 0 ? table.rows : [table.header, ...table.rows];
  if (table.align !== undefined && table.align.length !== count)
    throw new BadRequestError(`a table of ${count} columns says how ${table.align.length} are set`);
  const bad = rows.find((row) => row.length !== count);
  if (bad !== undefined)
    throw new BadRequestError(`a table of ${count} columns has a row of ${bad.length} cells`);
}

/** The style of that name, a preferred one, or the only one that the house has made itself; `Table Grid` last. */
export function tableStyle(sheet: StyleSheet, asked: string | undefined): string | undefined {
  const own = sheet.customTables.length === 1 ? sheet.customTables[0] : undefined;
  const find = (name: string): string | undefined => sheet.find("table", name);
  const preferred = preferredStyles.filter((name) => name !== "Table Grid").map(find);
  return [asked === undefined ? undefined : find(asked), ...preferred, own, find("Table Grid")].find(
    (styleId) => styleId !== undefined,
  );
}

/** Whole twips that add up to the width of the text; the last column takes what rounding leaves. */
function columnWidths(parts: readonly number[], total: number): number[] {
  const sum = parts.reduce((all, part) => all + part, 0);
  const widths = parts.map((part) => Math.max(1, Math.round((part / sum) * total)));
  const rest = total - widths.reduce((all, width) => all + width, 0);
  widths[widths.length - 1] = Math.max(1, widths.at(-1)! + rest);
  return widths;
}

function directBorders(isStrict: boolean): string {
  const sides = [
    "top",
    isStrict ? "start" : "left",
    "bottom",
    isStrict ? "end" : "right",
    "insideH",
    "insideV",
  ];
  const borders = sides
    .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>`)
    .join("");
  return `<w:tblBorders>${borders}</w:tblBorders>`;
}

function directMargins(isStrict: boolean): string {
  const [left, right] = isStrict ? ["start", "end"] : ["left", "right"];
  return `<w:tblCellMar><w:top w:w="57" w:type="dxa"/><w:${left} w:w="108" w:type="dxa"/><w:bottom w:w="57" w:type="dxa"/><w:${right} w:w="108" w:type="dxa"/></w:tblCellMar>`;
}
