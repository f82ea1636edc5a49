import { FileTooLargeError, FileUnsupportedError, TandemError } from "../../errors.ts";
import { decodeDelimited, type TextEncoding } from "../csv/decode-delimited.ts";

/** Largest text, Markdown or HTML file read, in bytes. A thousand pages of text are below 4 MB. */
const MAX_TEXT_SIZE = 20 * 1024 * 1024;

/**
 * The text of a file that is not Office's and no PDF; line ends become `\n`. A byte order mark or `given` decides the
 * encoding, otherwise it is found out. Throws `FileUnsupportedError` for what is no text, `FileTooLargeError` past 20 MB.
 */
export function decodeSource(bytes: Uint8Array, given?: TextEncoding): string {
  if (bytes.length > MAX_TEXT_SIZE) {
    throw new FileTooLargeError("the text is larger than 20 MB", { hint: "Split it into parts." });
  }
  refuseBinary(bytes);
  let decoded: Uint8Array;
  try {
    decoded = decodeDelimited(bytes, given).bytes;
  } catch (cause) {
    // Its errors speak of tables.
    throw cause instanceof TandemError ? notText(cause) : cause;
  }
  return new TextDecoder().decode(decoded).replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n");
}

/** Text has tabs and line ends but hardly another control character; UTF-16 has its zero bytes on one side only. */
function refuseBinary(bytes: Uint8Array): void {
  const sample = bytes.subarray(0, 4096);
  if ((sample[0] === 0xff && sample[1] === 0xfe) || (sample[0] === 0xfe && sample[1] === 0xff)) return;
  const odd = sample.filter(
    (byte) => byte > 0 && byte < 32 && !(byte >= 9 && byte <= 13) && byte !== 27,
  ).length;
  if (odd > sample.length * 0.02) throw notText();
}

function notText(cause?: unknown): FileUnsupportedError {
  return new FileUnsupportedError("the file is not text, and no format that Tandem reads", {
    hint: "Save it as .docx, .pdf, .md, .txt or .html.",
    ...(cause !== undefined && { cause }),
  });
}
