import { FileTooLargeError, FileUnsupportedError } from "../../errors.ts";

/** A text file's characters and how they were written as bytes. */
export type TextFile = {
  /** Without a byte order mark; line ends as they are. */
  readonly text: string;
  readonly encoding: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
  readonly hasMark: boolean;
};

/** Largest file, in bytes. */
const maxSize = 20 * 1024 * 1024;

/** Reads text in UTF-8, in UTF-16 with a byte order mark, or else in windows-1252, so that `encodeTextFile` gives the same bytes. */
export function decodeTextFile(bytes: Uint8Array): TextFile {
  if (bytes.length > maxSize)
    throw new FileTooLargeError("the text is larger than 20 MB", { hint: "Split it into parts." });
  const encoding = encodingOf(bytes);
  const markLength = encoding === "utf-8" ? 3 : 2;
  const hasMark = encoding !== "windows-1252" && startsWithMark(bytes, encoding);
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(
    bytes.subarray(hasMark ? markLength : 0),
  );
  const file: TextFile = { text, encoding, hasMark };
  // Characters below the blank that no text holds.
  const odd = text.slice(0, 4096).match(/[\0-\x08\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;
  if (odd > 0 && odd * 50 > Math.min(text.length, 4096)) throw notText();
  if (!sameBytes(encodeTextFile(file, text).bytes, bytes)) throw notText();
  return file;
}

/**
 * Writes other characters as bytes of the same kind. Text that windows-1252 lacks makes the file UTF-8 with a byte order
 * mark; `isOtherEncoding` says so.
 */
export function encodeTextFile(
  file: TextFile,
  text: string,
): { bytes: Uint8Array; isOtherEncoding: boolean } {
  if (file.encoding === "windows-1252") {
    const bytes = toWindows1252(text);
    if (bytes !== undefined) return { bytes, isOtherEncoding: false };
    return { bytes: new TextEncoder().encode(`\ufeff${text}`), isOtherEncoding: true };
  }
  const marked = file.hasMark ? `\ufeff${text}` : text;
  if (file.encoding === "utf-8") return { bytes: new TextEncoder().encode(marked), isOtherEncoding: false };
  const bytes = new Uint8Array(marked.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < marked.length; at++)
    view.setUint16(at * 2, marked.charCodeAt(at), file.encoding === "utf-16le");
  return { bytes, isOtherEncoding: false };
}

function encodingOf(bytes: Uint8Array): TextFile["encoding"] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

function startsWithMark(bytes: Uint8Array, encoding: TextFile["encoding"]): boolean {
  return encoding !== "utf-8" || (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf);
}

let windows1252: ReadonlyMap<string, number> | undefined;

function toWindows1252(text: string): Uint8Array | undefined {
  if (windows1252 === undefined) {
    const all = new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 256 }, (_, code) => code));
    windows1252 = new Map([...all].map((character, code) => [character, code]));
  }
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = windows1252.get(text[at]!);
    if (code === undefined) return undefined;
    bytes[at] = code;
  }
  return bytes;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function notText(): FileUnsupportedError {
  return new FileUnsupportedError("the file is not text in UTF-8, UTF-16 or windows-1252", {
    hint: "Save it as UTF-8.",
  });
}
