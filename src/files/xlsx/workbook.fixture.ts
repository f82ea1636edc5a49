import { defaultCodec } from "../opc/codec.ts";
import { createZip } from "../opc/write-zip.ts";
import { escapeAttribute, escapeText } from "../xml/xml-text.ts";
import { parseAddress } from "./address.ts";
import { openWorkbook } from "./open-workbook.ts";
import { cellFormula, cellText, cellValue } from "./read/cell-value.ts";
import { readSheet } from "./read/read-sheet.ts";
import type { SheetCells, Workbook } from "./types.ts";

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const strictMain = "http://purl.oclc.org/ooxml/spreadsheetml/main";
const strictOffice = "http://purl.oclc.org/ooxml/officeDocument/relationships";
const types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export type SheetSource = {
  readonly name?: string;
  /** `row` elements. */
  readonly rows?: string;
  /** What comes before and behind `sheetData`. */
  readonly before?: string;
  readonly after?: string;
  /** Replaces the whole part. */
  readonly xml?: string | Uint8Array;
  readonly state?: string;
  /** Last word of the relationship's type. Defaults to `worksheet`. */
  readonly kind?: string;
  /** `Relationship` elements. */
  readonly relationships?: string;
};

export type WorkbookSource = {
  readonly sheets?: readonly SheetSource[];
  /** Content of `si` elements. */
  readonly strings?: readonly string[];
  /** Replaces the whole `sharedStrings.xml`. */
  readonly stringsXml?: string;
  /** Number format codes of the styles 1, 2, …; style 0 is general. */
  readonly formats?: readonly string[];
  /** Elements of the workbook before and behind the list of sheets. */
  readonly before?: string;
  readonly after?: string;
  /** Content type of the workbook behind `…spreadsheetml`, or whole with a slash. Defaults to `.sheet.main+xml`. */
  readonly contentType?: string;
  readonly isStrict?: boolean;
  /** More relationships of the workbook. */
  readonly relationships?: string;
  /** More parts, or other content for those made here, by name without a leading slash. */
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
};

/** The bytes of a workbook of these parts. */
export function workbookFile(source: WorkbookSource | string): Uint8Array {
  const given = typeof source === "string" ? { sheets: [{ rows: source }] } : source;
  const encoder = new TextEncoder();
  const files = new Map(
    Object.entries({ ...parts(given), ...given.parts }).map(([name, content]) => [
      name,
      typeof content === "string" ? encoder.encode(content) : content,
    ]),
  );
  return createZip(files, defaultCodec);
}

function parts(source: WorkbookSource): Record<string, string | Uint8Array> {
  const sheets = source.sheets ?? [{}];
  const relation = source.isStrict ? strictOffice : office;
  const root = `xmlns="${source.isStrict ? strictMain : main}" xmlns:r="${relation}"`;
  const relationship = (id: string, word: string, target: string): string =>
    `<Relationship Id="${id}" Type="${relation}/${word}" Target="${target}"/>`;
  const relationships = (content: string): string =>
    `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`;
  const contentType = source.contentType ?? ".sheet.main+xml";
  const made: Record<string, string | Uint8Array> = {
    "[Content_Types].xml": `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${contentType.includes("/") ? contentType : types + contentType}"/></Types>`,
    "_rels/.rels": relationships(relationship("rId1", "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": `${declaration}<workbook ${root}>${source.before ?? ""}<sheets>${sheets
      .map(
        ({ name, state }, index) =>
          `<sheet name="${escapeAttribute(name ?? `Sheet${index + 1}`)}" sheetId="${index + 1}"${state === undefined ? "" : ` state="${state}"`} r:id="rId${index + 1}"/>`,
      )
      .join("")}</sheets>${source.after ?? ""}</workbook>`,
    "xl/_rels/workbook.xml.rels": relationships(
      sheets
        .map(({ kind }, index) =>
          relationship(`rId${index + 1}`, kind ?? "worksheet", `worksheets/sheet${index + 1}.xml`),
        )
        .join("") +
        relationship("rIdStrings", "sharedStrings", "sharedStrings.xml") +
        relationship("rIdStyles", "styles", "styles.xml") +
        (source.relationships ?? ""),
    ),
    "xl/styles.xml": stylesXml(root, source.formats ?? []),
    "xl/sharedStrings.xml":
      source.stringsXml ??
      `${declaration}<sst ${root}>${(source.strings ?? []).map((string) => `<si>${string}</si>`).join("")}</sst>`,
  };
  sheets.forEach((sheet, index) => {
    made[`xl/worksheets/sheet${index + 1}.xml`] =
      sheet.xml ??
      `${declaration}<worksheet ${root}>${sheet.before ?? ""}<sheetData>${sheet.rows ?? ""}</sheetData>${sheet.after ?? ""}</worksheet>`;
    if (sheet.relationships !== undefined) {
      made[`xl/worksheets/_rels/sheet${index + 1}.xml.rels`] = relationships(sheet.relationships);
    }
  });
  return made;
}

function stylesXml(root: string, formats: readonly string[]): string {
  const codes = formats.map(
    (code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${escapeAttribute(code)}"/>`,
  );
  const styles = formats.map((_, index) => `<xf numFmtId="${200 + index}" fontId="0"/>`);
  return `${declaration}<styleSheet ${root}><numFmts>${codes.join("")}</numFmts><fonts><font/><font><b/></font></fonts><cellXfs><xf numFmtId="0" fontId="0"/>${styles.join("")}<xf numFmtId="14" fontId="1"/></cellXfs></styleSheet>`;
}

export function workbook(source: WorkbookSource | string): Workbook {
  return openWorkbook(workbookFile(source));
}

/** The cells of the first sheet. */
export function firstSheet(source: WorkbookSource | string): Promise<SheetCells> {
  const opened = workbook(source);
  return readSheet(opened, opened.sheets[0]!);
}

/** What `B4` holds, shows and computes. */
export function at(cells: SheetCells, address: string): ReturnType<typeof cellValue> {
  const { row, column } = parseAddress(address)!;
  return cellValue(cells, row, column);
}

export function textAt(cells: SheetCells, address: string): string {
  const { row, column } = parseAddress(address)!;
  return cellText(cells, row, column);
}

export function formulaAt(cells: SheetCells, address: string): string | undefined {
  const { row, column } = parseAddress(address)!;
  return cellFormula(cells, row, column);
}

/** `si` or `is` content of one plain text. */
export function t(text: string): string {
  return `<t xml:space="preserve">${escapeText(text)}</t>`;
}
