import { describe, expect, it } from "vitest";
import { FileDamagedError, FileUnsupportedError, type TandemError } from "../../errors.ts";
import { defaultCodec } from "../opc/codec.ts";
import { createZip } from "../opc/write-zip.ts";
import { openWorkbook } from "./open-workbook.ts";
import { otherWorkbookFormat } from "./other-formats.ts";
import { workbookFile } from "./workbook.fixture.ts";

const encoder = new TextEncoder();
const row = '<row r="1"><c r="A1"><v>1</v></c></row>';

/** A container with one stream of 4,096 bytes that begins with these records. */
function compound(stream: string, records: readonly number[] = []): Uint8Array {
  const bytes = new Uint8Array(512 * 12);
  const view = new DataView(bytes.buffer);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  view.setUint16(30, 9, true);
  const entry = 1024 + 128;
  bytes.set(
    Array.from(stream).flatMap((letter) => [letter.charCodeAt(0), 0]),
    entry,
  );
  view.setUint32(entry + 116, 3, true);
  view.setUint32(entry + 120, 4096, true);
  bytes.set(records, 512 * 4);
  return bytes;
}

function openDocument(type: string, manifest = "<manifest/>"): Uint8Array {
  // The type is stored.
  const mimetype = encoder.encode(`application/vnd.oasis.opendocument.${type}`);
  return createZip(
    new Map([
      ["mimetype", mimetype],
      ["META-INF/manifest.xml", encoder.encode(manifest)],
    ]),
    { ...defaultCodec, deflate: (data) => (data === mimetype ? data : defaultCodec.deflate(data)) },
  );
}

const beginning = [0x09, 0x08, 4, 0, 0, 6, 5, 0];
const password = [0x2f, 0, 6, 0, 1, 0, 0, 0, 0, 0];
const spreadsheetXml = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>';

function refusal(bytes: Uint8Array): TandemError {
  try {
    openWorkbook(bytes);
  } catch (error) {
    if (error instanceof FileUnsupportedError) return error;
    throw error;
  }
  throw new Error("it was opened");
}

describe("workbooks of other formats", () => {
  it.each([
    ["xls", compound("Workbook", beginning), /old binary format/],
    ["xls", compound("Book", beginning), /old binary format/],
    ["xls", new Uint8Array([9, 4, 6, 0, 0, 0, 16, 0]), /old binary format/],
    ["ods", openDocument("spreadsheet"), /OpenDocument workbook/],
    ["xml", encoder.encode(spreadsheetXml), /XML of Excel 2003/],
    ["html", encoder.encode("\uFEFF\n<html><body><table>"), /web page/],
    ["html", Uint8Array.from(Buffer.from("\uFEFF<table>", "utf16le")), /web page/],
  ] as const)("are known by what they hold: %s", (format, bytes, message) => {
    expect(otherWorkbookFormat(bytes)).toBe(format);
    expect(refusal(bytes).message).toMatch(message);
    expect(refusal(bytes).hint).toMatch(/\.xlsx/);
  });

  it("know a binary workbook by its main part", () => {
    const binary = workbookFile({ parts: { "xl/workbook.bin": new Uint8Array(20) } });
    expect(otherWorkbookFormat(binary)).toBe("xlsb");
  });

  it.each([
    ["an encrypted package", compound("EncryptedPackage"), /password/],
    ["an .xls behind a password", compound("Workbook", [...beginning, ...password]), /password/],
    ["an .ods behind a password", openDocument("spreadsheet", "<manifest:encryption-data/>"), /password/],
    ["an old Word document", compound("WordDocument"), /Word document/],
    ["an old presentation", compound("PowerPoint Document"), /presentation/],
    ["an installer", compound("Property"), /no workbook/],
    ["an OpenDocument text", openDocument("text"), /OpenDocument text, not a workbook/],
  ])("are not taken for one: %s", (_, bytes, message) => {
    expect(otherWorkbookFormat(bytes)).toBeUndefined();
    expect(refusal(bytes).message).toMatch(message);
  });

  it.each([
    ["a workbook", workbookFile(row)],
    ["half a workbook", workbookFile(row).slice(0, 500)],
    ["text", encoder.encode("a,b\n1,<html>\n")],
    ["text that compares", encoder.encode("<5,few\n")],
    ["nothing", new Uint8Array(0)],
    ["a container that is cut off", compound("Workbook").slice(0, 600)],
  ])("are not seen in %s", (_, bytes) => {
    expect(otherWorkbookFormat(bytes)).toBeUndefined();
  });

  it("are damaged when less is there than the container says", () => {
    const cut = compound("Workbook", beginning).slice(0, 3000);
    expect(otherWorkbookFormat(cut)).toBeUndefined();
    expect(() => openWorkbook(cut)).toThrow(FileDamagedError);
  });
});
