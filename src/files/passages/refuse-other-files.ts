import { BadRequestError, FileUnsupportedError } from "../../errors.ts";
import { defaultLimits } from "../opc/limits.ts";
import { contentTypeOf, isRelationshipType, openPackage, relationshipsOf } from "../opc/opc-package.ts";

const READ = "Save it as .docx, .pdf, .md, .txt or .html.";

/** Throws a typed error with a hint for files that hold no prose or that Tandem does not read. */
export function refuseOtherFiles(bytes: Uint8Array, name: string): void {
  const begins = (...signature: number[]): boolean => signature.every((byte, index) => bytes[index] === byte);
  if (/\.(csv|tsv)$/i.test(name)) throw tables("this is a table as text");
  // Compound File Binary: an encrypted Office file (MS-OFFCRYPTO 2.3.1) or one of Word 97 (MS-DOC).
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) {
    throw new FileUnsupportedError("this is an old binary Office file, or one protected by a password", {
      hint: "Save it as .docx without a password in Word or LibreOffice.",
    });
  }
  if (begins(0x7b, 0x5c, 0x72, 0x74, 0x66)) {
    throw new FileUnsupportedError("this is an RTF file", {
      hint: "Save it as .docx in Word or LibreOffice.",
    });
  }
  if (begins(0x89, 0x50, 0x4e, 0x47) || begins(0xff, 0xd8, 0xff) || begins(0x47, 0x49, 0x46, 0x38)) {
    throw new FileUnsupportedError("this is a picture; text in pictures is not read", { hint: READ });
  }
  if (begins(0x50, 0x4b)) refuseOtherPackages(bytes);
}

function refuseOtherPackages(bytes: Uint8Array): void {
  // OpenDocument and EPUB put their type first and stored, so that it stands at a fixed place (ODF 1.3 part 2, 3.3).
  const type = new TextDecoder("latin1").decode(bytes.subarray(30, 100));
  if (type.startsWith("mimetypeapplication/")) {
    throw new FileUnsupportedError("this is an OpenDocument file or an e-book", { hint: READ });
  }
  const main = mainType(bytes);
  if (/spreadsheetml|ms-excel/i.test(main)) throw tables("this is a workbook");
  if (/presentationml|ms-powerpoint/i.test(main)) {
    throw new FileUnsupportedError("this is a presentation; its slides are not read as a source", {
      hint: "Export it as .pdf, or copy its notes into a .docx.",
    });
  }
}

function mainType(bytes: Uint8Array): string {
  const opc = openPackage(bytes, { limits: defaultLimits });
  const main = relationshipsOf(opc, "/").find((each) => isRelationshipType(each, "officeDocument"));
  return main === undefined ? "" : (contentTypeOf(opc, main.target) ?? "");
}

function tables(what: string): BadRequestError {
  return new BadRequestError(`${what}, not prose`, {
    hint: "Its cells are read as tables (readTables), not as passages.",
  });
}
