/** What a Compound File Binary holds, as far as it can be told from its directory (MS-CFB). */
export type CompoundContent =
  | "encrypted-package"
  | "workbook"
  | "protected-workbook"
  | "cut-off-workbook"
  | "word-document"
  | "presentation"
  | "unknown";

/** True for the container of Office files before 2007, which also wraps encrypted ones of today. */
export function isCompoundFile(bytes: Uint8Array): boolean {
  return [0xd0, 0xcf, 0x11, 0xe0].every((byte, index) => bytes[index] === byte);
}

/** Looks into a container by the names of its streams. Never throws, whatever the bytes are. */
export function compoundContent(bytes: Uint8Array): CompoundContent {
  if (findStream(bytes, "EncryptedPackage") !== undefined) return "encrypted-package";
  const workbook = findStream(bytes, "Workbook") ?? findStream(bytes, "Book");
  if (workbook !== undefined) return workbookState(bytes, workbook);
  if (findStream(bytes, "WordDocument") !== undefined) return "word-document";
  if (findStream(bytes, "PowerPoint Document") !== undefined) return "presentation";
  return "unknown";
}

const ENTRY_LENGTH = 128;

/** Offset of the stream's directory entry: entries begin at multiples of 128 bytes, with the name in UTF-16. */
function findStream(bytes: Uint8Array, name: string): number | undefined {
  const wanted = Uint8Array.from(Array.from(`${name}\0`).flatMap((letter) => [letter.charCodeAt(0), 0]));
  for (let at = 512; at + ENTRY_LENGTH <= bytes.length; at += ENTRY_LENGTH) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return undefined;
}

/** Streams shorter than this lie in a stream of their own kind; no program writes workbooks so short. */
const SHORT_STREAM = 4096;
const FILE_PASS = 0x2f;

/**
 * A password puts a FilePass record among the first of the workbook (MS-XLS 2.1.7.20.3 and 2.4.117). LibreOffice opens
 * what is left of a workbook that is cut off, so that rows would be missing without a word.
 */
function workbookState(bytes: Uint8Array, entry: number): CompoundContent {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sectorSize = 2 ** Math.min(view.getUint16(30, true), 16);
  const length = view.getUint32(entry + 120, true);
  if (length > bytes.length) return "cut-off-workbook";
  if (length < SHORT_STREAM) return "workbook";
  let at = (view.getUint32(entry + 116, true) + 1) * sectorSize;
  for (let record = 0; record < 8 && at + 4 <= bytes.length; record++) {
    if (view.getUint16(at, true) === FILE_PASS) return "protected-workbook";
    at += 4 + view.getUint16(at + 2, true);
  }
  return "workbook";
}
