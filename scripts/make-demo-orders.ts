// Writes demo/orders.xlsx: twelve months of orders in a sheet as people make them, with title rows, a header over two rows
// with merged cells, a row of totals and a note. The figures follow a rule, so that they are the same every time.
import { writeFile } from "node:fs/promises";
import { defaultCodec } from "../src/files/opc/codec.ts";
import { createZip } from "../src/files/opc/write-zip.ts";

const regions = ["North", "South", "East", "West"] as const;
const products = [
  ["Desk", 240],
  ["Chair", 95.5],
  ["Lamp", 42.9],
  ["Shelf", 129],
] as const;

type Cell = string | number | undefined;

const styles = { plain: 0, title: 1, head: 2, date: 3, money: 4, total: 5, note: 6 } as const;

function orders(): Cell[][] {
  const rows: Cell[][] = [];
  for (let month = 0; month < 12; month++) {
    for (let index = 0; index < 8; index++) {
      const [product, price] = products[(month + index) % 4]!;
      const region = regions[(month * 3 + index * 5) % 4]!;
      const quantity = 2 + ((month * 7 + index * 11) % 9) + (month === 10 ? 5 : 0);
      const day = dayNumber(2025, month, 2 + index * 3);
      rows.push([day, region, product, quantity, price, Math.round(quantity * price * 100) / 100]);
    }
  }
  return rows;
}

/** Days since the end of 1899, as Excel counts them. */
function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month, day) / 86_400_000 + 25_569;
}

function cellXml(value: Cell, row: number, column: number, style: number): string {
  const at = `r="${String.fromCharCode(65 + column)}${row}" s="${style}"`;
  if (value === undefined) return `<c ${at}/>`;
  if (typeof value === "number") return `<c ${at}><v>${value}</v></c>`;
  return `<c ${at} t="inlineStr"><is><t xml:space="preserve">${value.replaceAll("&", "&amp;")}</t></is></c>`;
}

function rowXml(row: number, cells: readonly Cell[], styleOf: (column: number) => number): string {
  return `<row r="${row}">${cells.map((value, column) => cellXml(value, row, column, styleOf(column))).join("")}</row>`;
}

function sheetXml(): string {
  const body = orders();
  const first = 6;
  const last = first + body.length - 1;
  const sum = (column: number): number =>
    Math.round(body.reduce((all, row) => all + Number(row[column]), 0) * 100) / 100;
  const rows = [
    rowXml(1, ["Furniture orders 2025"], () => styles.title),
    rowXml(2, ["All amounts in euros, without VAT"], () => styles.note),
    rowXml(4, ["Order", undefined, undefined, "Sale", undefined, undefined], () => styles.head),
    rowXml(5, ["Date", "Region", "Product", "Quantity", "Price (€)", "Amount (€)"], () => styles.head),
    ...body.map((cells, index) =>
      rowXml(first + index, cells, (column) =>
        column === 0 ? styles.date : column > 3 ? styles.money : styles.plain,
      ),
    ),
    rowXml(last + 1, ["Total", undefined, undefined, sum(3), undefined, sum(5)], () => styles.total),
    rowXml(last + 3, ["November includes the trade fair."], () => styles.note),
  ];
  return `${declaration}<worksheet xmlns="${main}"><cols><col min="1" max="1" width="12" customWidth="1"/><col min="2" max="6" width="13" customWidth="1"/></cols><sheetData>${rows.join("")}</sheetData><mergeCells count="2"><mergeCell ref="A4:C4"/><mergeCell ref="D4:F4"/></mergeCells></worksheet>`;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packageUri = "http://schemas.openxmlformats.org/package/2006";
const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";

const font = (content: string): string => `<font>${content}<name val="Calibri"/></font>`;
const stylesXml = `${declaration}<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="#,##0.00"/></numFmts><fonts count="4">${font('<sz val="11"/>')}${font('<b/><sz val="16"/>')}${font('<b/><sz val="11"/>')}${font('<i/><sz val="10"/>')}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7ECF1"/></patternFill></fill></fills><borders count="2"><border/><border><left/><right/><top style="thin"><color auto="1"/></top><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="7"><xf/><xf fontId="1" applyFont="1"/><xf fontId="2" fillId="2" applyFont="1" applyFill="1" applyAlignment="1"><alignment horizontal="center"/></xf><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf numFmtId="165" fontId="2" borderId="1" applyNumberFormat="1" applyFont="1" applyBorder="1"/><xf fontId="3" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

const parts: readonly (readonly [string, string])[] = [
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
    `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Orders" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  [
    "xl/_rels/workbook.xml.rels",
    `${declaration}<Relationships xmlns="${packageUri}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  ],
  ["xl/worksheets/sheet1.xml", sheetXml()],
  ["xl/styles.xml", stylesXml],
];

const encoder = new TextEncoder();
const files = new Map(parts.map(([name, text]) => [name, encoder.encode(text)]));
await writeFile(new URL("../demo/orders.xlsx", import.meta.url), createZip(files, defaultCodec));
