// A workbook of one sheet as people make them: title rows, a header, the rows, a row of totals, a note.
import { defaultCodec } from "../src/files/opc/codec.ts";
import { createZip } from "../src/files/opc/write-zip.ts";

export type Cell = string | number | undefined;

export const styles = {
  plain: 0,
  title: 1,
  head: 2,
  date: 3,
  money: 4,
  total: 5,
  note: 6,
  count: 7,
} as const;

/** A row of the sheet: its number from 1, its cells from column A, and the style of each. */
export type SheetRow = {
  readonly row: number;
  readonly cells: readonly Cell[];
  readonly style: (column: number) => number;
};

export type DemoSheet = {
  readonly name: string;
  readonly rows: readonly SheetRow[];
  readonly merged?: readonly string[];
};

/** Days since the end of 1899, as Excel counts them. */
export function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month, day) / 86_400_000 + 25_569;
}

function cellXml(value: Cell, row: number, column: number, style: number): string {
  const at = `r="${String.fromCharCode(65 + column)}${row}" s="${style}"`;
  if (value === undefined) return `<c ${at}/>`;
  if (typeof value === "number") return `<c ${at}><v>${value}</v></c>`;
  return `<c ${at} t="inlineStr"><is><t xml:space="preserve">${value.replaceAll("&", "&amp;")}</t></is></c>`;
}

function rowXml({ row, cells, style }: SheetRow): string {
  return `<row r="${row}">${cells.map((value, column) => cellXml(value, row, column, style(column))).join("")}</row>`;
}

function sheetXml({ rows, merged = [] }: DemoSheet): string {
  const merges = merged.map((range) => `<mergeCell ref="${range}"/>`).join("");
  const mergeCells = merges === "" ? "" : `<mergeCells count="${merged.length}">${merges}</mergeCells>`;
  return `${declaration}<worksheet xmlns="${main}"><cols><col min="1" max="1" width="12" customWidth="1"/><col min="2" max="6" width="13" customWidth="1"/></cols><sheetData>${rows.map(rowXml).join("")}</sheetData>${mergeCells}</worksheet>`;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packageUri = "http://schemas.openxmlformats.org/package/2006";
const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";

const font = (content: string): string => `<font>${content}<name val="Calibri"/></font>`;
const stylesXml = `${declaration}<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="#,##0.00"/></numFmts><fonts count="4">${font('<sz val="11"/>')}${font('<b/><sz val="16"/>')}${font('<b/><sz val="11"/>')}${font('<i/><sz val="10"/>')}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7ECF1"/></patternFill></fill></fills><borders count="2"><border/><border><left/><right/><top style="thin"><color auto="1"/></top><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="8"><xf/><xf fontId="1" applyFont="1"/><xf fontId="2" fillId="2" applyFont="1" applyFill="1" applyAlignment="1"><alignment horizontal="center"/></xf><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf numFmtId="165" fontId="2" borderId="1" applyNumberFormat="1" applyFont="1" applyBorder="1"/><xf fontId="3" applyFont="1"/><xf numFmtId="3" fontId="2" borderId="1" applyNumberFormat="1" applyFont="1" applyBorder="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

const partsOf = (sheet: DemoSheet): readonly (readonly [string, string])[] => [
  [
    "[Content_Types].xml",
    `${declaration}<Types xmlns="${packageUri}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/></Types>`,
  ],
  [
    "_rels/.rels",
    `${declaration}<Relationships xmlns="${packageUri}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    "xl/workbook.xml",
    `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${sheet.name}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  [
    "xl/_rels/workbook.xml.rels",
    `${declaration}<Relationships xmlns="${packageUri}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  ],
  ["xl/worksheets/sheet1.xml", sheetXml(sheet)],
  ["xl/styles.xml", stylesXml],
];

/** The workbook's bytes, the same every time. */
export function demoWorkbook(sheet: DemoSheet): Uint8Array {
  const encoder = new TextEncoder();
  return createZip(new Map(partsOf(sheet).map(([name, text]) => [name, encoder.encode(text)])), defaultCodec);
}
