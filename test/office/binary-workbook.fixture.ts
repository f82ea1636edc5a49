import { defaultCodec } from "../../src/files/opc/codec.ts";
import { createZip } from "../../src/files/opc/write-zip.ts";

/** A binary workbook (MS-XLSB) with one sheet of these texts and numbers; no program here writes the format. */
export function binaryWorkbook(sheet: string, rows: readonly (readonly (string | number)[])[]): Uint8Array {
  const relationship = (word: string, target: string): string =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${word}" Target="${target}"/></Relationships>`;
  const types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="application/vnd.ms-excel.worksheet"/><Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>`;
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  return createZip(
    new Map([
      ["[Content_Types].xml", text(types)],
      ["_rels/.rels", text(relationship("officeDocument", "xl/workbook.bin"))],
      ["xl/workbook.bin", workbookPart(sheet)],
      ["xl/_rels/workbook.bin.rels", text(relationship("worksheet", "worksheets/sheet1.bin"))],
      ["xl/worksheets/sheet1.bin", sheetPart(rows)],
    ]),
    defaultCodec,
  );
}

/** Numbers of records (MS-XLSB 2.3.2). */
const records = {
  row: 0,
  real: 5,
  text: 6,
  beginSheet: 129,
  endSheet: 130,
  beginBook: 131,
  endBook: 132,
  beginSheets: 143,
  endSheets: 144,
  beginData: 145,
  endData: 146,
  sheet: 156,
} as const;

function workbookPart(sheet: string): Uint8Array {
  return joined([
    record("beginBook"),
    record("beginSheets"),
    record("sheet", [...uint32(0), ...uint32(1), ...wideText("rId1"), ...wideText(sheet)]),
    record("endSheets"),
    record("endBook"),
  ]);
}

function sheetPart(rows: readonly (readonly (string | number)[])[]): Uint8Array {
  const cells = rows.flatMap((values, index) => [
    // Row, style, height, flags and no spans (MS-XLSB 2.4.726).
    record("row", [...uint32(index), ...uint32(0), 0x2c, 1, 0, 0, 0, ...uint32(0)]),
    ...values.flatMap((value, column) => {
      if (value === "") return [];
      const place = [...uint32(column), ...uint32(0)];
      return typeof value === "number"
        ? [record("real", [...place, ...float64(value)])]
        : [record("text", [...place, ...wideText(value)])];
    }),
  ]);
  return joined([record("beginSheet"), record("beginData"), ...cells, record("endData"), record("endSheet")]);
}

/** Number and length are written seven bits a byte, the highest bit saying that more follow (MS-XLSB 2.1.4). */
function record(name: keyof typeof records, content: readonly number[] = []): number[] {
  const number = records[name];
  const low = number < 128 ? [number] : [(number & 0x7f) | 0x80, number >> 7];
  const length =
    content.length < 128 ? [content.length] : [(content.length & 0x7f) | 0x80, content.length >> 7];
  return [...low, ...length, ...content];
}

function joined(pieces: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from(pieces.flat());
}

function uint32(value: number): number[] {
  return [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, (value >> 24) & 0xff];
}

function float64(value: number): number[] {
  return [...new Uint8Array(Float64Array.of(value).buffer)];
}

function wideText(text: string): number[] {
  return [
    ...uint32(text.length),
    ...Array.from(text).flatMap((letter) => [letter.charCodeAt(0) & 0xff, letter.charCodeAt(0) >> 8]),
  ];
}
