import { FileDamagedError, FileTooLargeError, FileUnsupportedError } from "../../errors.ts";

/** Largest transcript file read, in bytes (or UTF-16 code units when text is passed). A day of speech is below 2 MB. */
export const MAX_TRANSCRIPT_SIZE: number = 20 * 1024 * 1024;

const MAX_LINES = 600_000;

/**
 * The text of a transcript file. A byte order mark decides (UTF-8, UTF-16); without one UTF-8 is tried, then
 * UTF-16 is recognised by its zero bytes, and what is left is read as windows-1252, which accepts any byte.
 */
export function decodeText(input: string | Uint8Array): string {
  if (input.length > MAX_TRANSCRIPT_SIZE) {
    throw new FileTooLargeError("the transcript is larger than 20 MB", {
      hint: "split the file, or export the transcript as text without the recording",
    });
  }
  const text = typeof input === "string" ? input.replace(/^\uFEFF/, "") : decodeBytes(input);
  return text.replace(/[\u0000-\u0008\u000E-\u001F\u007F]/g, " ");
}

/** Lines without their ends. CRLF, CR, vertical tab, form feed and the Unicode line separators all end a line. */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/, MAX_LINES + 1);
  if (lines.length > MAX_LINES) {
    throw new FileTooLargeError("the transcript has more than 600,000 lines", {
      hint: "split the file into one call each",
    });
  }
  return lines;
}

function decodeBytes(bytes: Uint8Array): string {
  refuseOtherFiles(bytes);
  const encoding = markedEncoding(bytes);
  if (encoding !== undefined) return new TextDecoder(encoding).decode(bytes);
  const zeros = zeroShare(bytes);
  if (zeros.odd > 0.3 && zeros.even < 0.1) return new TextDecoder("utf-16le").decode(bytes);
  if (zeros.even > 0.3 && zeros.odd < 0.1) return new TextDecoder("utf-16be").decode(bytes);
  if (zeros.even + zeros.odd > 0) {
    throw new FileDamagedError("the transcript holds zero bytes and is not text", {
      hint: "export the transcript as .vtt, .srt, .txt, .json or .docx",
    });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function markedEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return undefined;
}

/** Share of zero bytes at even and odd offsets of the first 4 KB. */
function zeroShare(bytes: Uint8Array): { even: number; odd: number } {
  const sample = bytes.subarray(0, 4096);
  const count = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) count[index % 2] = (count[index % 2] ?? 0) + 1;
  });
  const half = Math.max(1, sample.length / 2);
  return { even: (count[0] ?? 0) / half, odd: (count[1] ?? 0) / half };
}

function refuseOtherFiles(bytes: Uint8Array): void {
  const start = String.fromCharCode(...bytes.subarray(0, 5));
  if (start.startsWith("PK\u0003\u0004")) {
    throw new FileUnsupportedError("this is a zip package (Word, Excel or a zipped export), not text", {
      hint: "open a .docx transcript as a Word file, and unzip a Slack export to get its .json files",
    });
  }
  if (start === "%PDF-" || start.startsWith("\u00D0\u00CF\u0011\u00E0")) {
    throw new FileUnsupportedError("this is a PDF or an old binary Office file, not a text transcript", {
      hint: "export the transcript as .vtt, .srt, .txt, .json or .docx",
    });
  }
}
