import { FileUnsupportedError } from "../../errors.ts";

const convert =
  "Save it as .xlsx in Excel or LibreOffice; where LibreOffice is installed it is asked by itself.";

/** Throws `FileUnsupportedError` with a hint for workbooks of other formats and for those behind a password. */
export function refuseOtherWorkbooks(bytes: Uint8Array): void {
  const begins = (...signature: number[]): boolean => signature.every((byte, index) => bytes[index] === byte);
  // Compound File Binary: an encrypted file (MS-OFFCRYPTO 2.3.1) or a workbook of Excel 97 (MS-XLS).
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) {
    if (hasStream(bytes, "EncryptedPackage")) {
      throw new FileUnsupportedError("the workbook is protected by a password", {
        hint: "Open it in Excel, choose File, Info, Protect Workbook, Encrypt with Password, and empty the field.",
      });
    }
    throw new FileUnsupportedError("this is a workbook in the old binary format (.xls)", { hint: convert });
  }
  // Excel 2 to 4 wrote no container; the file begins with a BOF record.
  if (bytes[0] === 9 && [0, 2, 4].includes(bytes[1] ?? -1) && (bytes[2] ?? 0) <= 8 && bytes[3] === 0) {
    throw new FileUnsupportedError("this is a workbook in an old binary format (.xls)", { hint: convert });
  }
  // OpenDocument puts its type first and stored, so that it stands at a fixed place (ODF 1.3 part 2, 3.3).
  const type = begins(0x50, 0x4b) ? new TextDecoder("latin1").decode(bytes.subarray(30, 100)) : "";
  if (type.startsWith("mimetypeapplication/vnd.oasis.opendocument")) {
    throw new FileUnsupportedError("this is an OpenDocument file (.ods)", { hint: convert });
  }
}

/** True when the container's directory names that stream; names are UTF-16 and sit in one of its sectors. */
function hasStream(bytes: Uint8Array, name: string): boolean {
  const wanted = Uint8Array.from(Array.from(name).flatMap((letter) => [letter.charCodeAt(0), 0]));
  // Directory entries begin at multiples of 128 bytes.
  for (let at = 512; at + wanted.length <= bytes.length; at += 128) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}
