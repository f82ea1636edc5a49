import { FileDamagedError, FileUnsupportedError } from "../../errors.ts";
import { defaultCodec } from "../opc/codec.ts";
import { isZip } from "../opc/is-zip.ts";
import { defaultLimits } from "../opc/limits.ts";
import { inflateEntry, readZip, type ZipArchive } from "../opc/read-zip.ts";
import { type CompoundContent, compoundContent, isCompoundFile } from "./compound-file.ts";

/**
 * Formats of workbooks that are not read here but that LibreOffice turns into .xlsx. `xml` is the one of Excel 2003,
 * `fods` OpenDocument as one XML file, `html` a page that a web application calls .xls.
 */
export type OtherWorkbookFormat = "xls" | "xlsb" | "ods" | "fods" | "xml" | "html";

/**
 * What a workbook is by its content; undefined for .xlsx, for text, for files behind a password, and for
 * everything that nobody could convert. Throws `FileDamagedError` for an OpenDocument file with a damaged manifest.
 */
export function otherWorkbookFormat(bytes: Uint8Array): OtherWorkbookFormat | undefined {
  if (isCompoundFile(bytes)) return compoundContent(bytes) === "workbook" ? "xls" : undefined;
  if (isOldExcel(bytes)) return "xls";
  return isZip(bytes) ? zippedFormat(bytes) : markupFormat(bytes);
}

function zippedFormat(bytes: Uint8Array): "ods" | "xlsb" | undefined {
  const archive = tryZip(bytes);
  if (archive === undefined) return undefined;
  if (isOpenSpreadsheet(bytes)) return isEncryptedOpenDocument(archive) ? undefined : "ods";
  const isBinary = archive.entries.some(({ name }) => name.toLowerCase() === "xl/workbook.bin");
  return isBinary ? "xlsb" : undefined;
}

/** Throws `FileUnsupportedError` with a hint for workbooks of other formats and for those behind a password. */
export function refuseOtherWorkbooks(bytes: Uint8Array): void {
  if (isCompoundFile(bytes)) refuseCompound(compoundContent(bytes));
  if (isOldExcel(bytes)) {
    throw new FileUnsupportedError("this is a workbook in an old binary format (.xls)", { hint: convert });
  }
  const type = openDocumentType(bytes);
  if (type !== undefined) refuseOpenDocument(bytes, type);
  const markup = markupFormat(bytes);
  if (markup !== undefined) {
    throw new FileUnsupportedError(`this is a workbook as ${markupNames[markup]}`, { hint: convert });
  }
}

/** As for workbooks that are read here. */
const limits = { ...defaultLimits, partBytes: defaultLimits.totalBytes, ratio: 400 };
const LONGEST_MANIFEST = 16 * 1024 * 1024;
const convert = "Save it as .xlsx in Excel or LibreOffice.";
/** What to do about a file that holds no workbook at all. */
export const wantedFiles = "Give a workbook (.xlsx, .xlsm) or a table as text (.csv, .tsv).";
const markupNames = { xml: "XML of Excel 2003", html: "a web page", fods: "flat OpenDocument (.fods)" };

function refuseCompound(content: CompoundContent): never {
  switch (content) {
    case "encrypted-package":
    case "protected-workbook":
      throw new FileUnsupportedError("the workbook is protected by a password", {
        hint: "Open it in Excel, choose File, Info, Protect Workbook, Encrypt with Password, and empty the field.",
      });
    case "cut-off-workbook":
      throw new FileDamagedError("this workbook in the old binary format (.xls) is cut off", {
        hint: "Ask for the file again.",
      });
    case "word-document":
      throw new FileUnsupportedError("this is an old Word document (.doc), not a workbook", {
        hint: wantedFiles,
      });
    case "presentation":
      throw new FileUnsupportedError("this is an old PowerPoint presentation (.ppt), not a workbook", {
        hint: wantedFiles,
      });
    case "workbook":
      throw new FileUnsupportedError("this is a workbook in the old binary format (.xls)", { hint: convert });
    case "unknown":
      throw new FileUnsupportedError("this is an old Office file, but no workbook", { hint: wantedFiles });
    default:
      return content satisfies never;
  }
}

function refuseOpenDocument(bytes: Uint8Array, type: string): never {
  if (!isOpenSpreadsheet(bytes)) {
    const kind = /^(text|presentation|graphics)/.exec(type)?.[1] ?? "file";
    throw new FileUnsupportedError(`this is an OpenDocument ${kind}, not a workbook`, { hint: wantedFiles });
  }
  const archive = tryZip(bytes);
  if (archive !== undefined && isEncryptedOpenDocument(archive)) {
    throw new FileUnsupportedError("the workbook is protected by a password", {
      hint: "Open it in LibreOffice, choose Save As without “Save with password”, and try again.",
    });
  }
  throw new FileUnsupportedError("this is an OpenDocument workbook (.ods)", { hint: convert });
}

/** Excel 2 to 4 wrote no container; the file begins with a BOF record. */
function isOldExcel(bytes: Uint8Array): boolean {
  return bytes[0] === 9 && [0, 2, 4].includes(bytes[1] ?? -1) && (bytes[2] ?? 0) <= 8 && bytes[3] === 0;
}

/** OpenDocument puts its type first and stored, so that it stands at a fixed place (ODF 1.3 part 2, 3.3). */
function openDocumentType(bytes: Uint8Array): string | undefined {
  if (!isZip(bytes)) return undefined;
  const start = new TextDecoder("latin1").decode(bytes.subarray(30, 120));
  return /^mimetypeapplication\/vnd\.oasis\.opendocument\.([a-z-]+)/.exec(start)?.[1];
}

function isOpenSpreadsheet(bytes: Uint8Array): boolean {
  return openDocumentType(bytes)?.startsWith("spreadsheet") ?? false;
}

/** An encrypted part has its algorithm and key derivation in the manifest (ODF 1.3 part 2, 4.8). */
function isEncryptedOpenDocument(archive: ZipArchive): boolean {
  const manifest = archive.entries.find(({ name }) => name === "META-INF/manifest.xml");
  if (manifest === undefined || manifest.size > LONGEST_MANIFEST) return false;
  return new TextDecoder().decode(inflateEntry(archive, manifest, defaultCodec)).includes("encryption-data");
}

/** Undefined for a zip that can't be read: whoever opens it as a workbook says what is wrong. */
function tryZip(bytes: Uint8Array): ZipArchive | undefined {
  try {
    return readZip(bytes, limits);
  } catch {
    return undefined;
  }
}

function markupFormat(bytes: Uint8Array): "xml" | "html" | "fods" | undefined {
  // In UTF-16 every other byte is zero.
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 8192)).replaceAll("\0", "");
  if (!/^[^\w<]{0,8}</.test(start)) return undefined;
  if (/progid\s*=\s*["']Excel\.Sheet|urn:schemas-microsoft-com:office:spreadsheet/i.test(start)) return "xml";
  if (start.includes("application/vnd.oasis.opendocument.spreadsheet")) return "fods";
  return /<(!doctype\s+html|html|table|meta|head)\b/i.test(start) ? "html" : undefined;
}
