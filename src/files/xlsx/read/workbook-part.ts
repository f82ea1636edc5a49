import { FileDamagedError, FileTooLargeError, FileUnsupportedError, TandemError } from "../../../errors.ts";
import { hasPart, type OpcPackage, readPart } from "../../opc/opc-package.ts";
import { decodePart } from "../../opc/part-text.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";

/** Largest part that is read whole, in bytes; sheets are larger at times and read in pieces. */
const maxWholePart = 256 * 1024 * 1024;

/** The text of a part, read whole. */
export function wholePartText(opc: OpcPackage, part: string): string {
  const size = opc.entries.get(part.toLowerCase())?.size ?? 0;
  if (size > maxWholePart) throw new FileTooLargeError(`${part} inflates to more than 256 MiB`);
  return decodePart(readPart(opc, part), part).text;
}

/** The XML of a part, or undefined when the package has no such part. */
export function partTree(opc: OpcPackage, part: string | undefined): XmlTree | undefined {
  if (part === undefined || !hasPart(opc, part)) return undefined;
  return scanXml(wholePartText(opc, part));
}

/** Runs `read` and says in its errors which sheet could not be read. */
export async function naming<T>(sheet: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw namedError(sheet, error);
  }
}

function namedError(sheet: string, error: unknown): unknown {
  // The decoder's TypeError for bytes that are no UTF-8.
  if (error instanceof TypeError && /encod/i.test(error.message)) {
    return new FileDamagedError(`the sheet ${JSON.stringify(sheet)} is not valid UTF-8`, { cause: error });
  }
  if (!(error instanceof TandemError)) return error;
  const message = `the sheet ${JSON.stringify(sheet)} can't be read: ${error.message}`;
  const options = error.hint === undefined ? { cause: error } : { cause: error, hint: error.hint };
  if (error instanceof FileDamagedError) return new FileDamagedError(message, options);
  if (error instanceof FileTooLargeError) return new FileTooLargeError(message, options);
  if (error instanceof FileUnsupportedError) return new FileUnsupportedError(message, options);
  return error;
}
