import { FileDamagedError, FileUnsupportedError } from "../../errors.ts";

/** Encodings that delimited text is found in. `windows-1252` also stands for ISO 8859-1, which it extends. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

export type DecodedText = {
  /** The text as UTF-8, without a byte order mark and without zero bytes. */
  readonly bytes: Uint8Array;
  readonly encoding: TextEncoding;
  readonly notes: readonly string[];
};

const STRETCH = 1024 * 1024;

/** The text of a delimited file, in the encoding given or found out. Throws a typed error for what is no text. */
export function decodeDelimited(file: Uint8Array, given?: TextEncoding): DecodedText {
  refuseOtherFiles(file);
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  const mark = markedEncoding(bytes);
  const encoding = given ?? mark?.encoding ?? guessEncoding(bytes);
  const content = bytes.subarray(mark !== undefined && mark.encoding === encoding ? mark.length : 0);
  const text = encoding === "utf-8" ? content : toUtf8(content, encoding);
  const notes =
    encoding === "windows-1252" && given === undefined
      ? ["The file is not UTF-8; its letters were read as windows-1252."]
      : [];
  if (!text.includes(0)) return { bytes: text, encoding, notes };
  return {
    bytes: text.map((byte) => (byte === 0 ? 32 : byte)),
    encoding,
    notes: [...notes, "The file holds zero bytes, which were read as blanks."],
  };
}

function refuseOtherFiles(bytes: Uint8Array): void {
  const start = String.fromCharCode(...bytes.subarray(0, 5));
  if (start.startsWith("PK\u0003\u0004")) {
    throw new FileUnsupportedError("this is a zip archive or an Office file, not delimited text", {
      hint: "Give it its own ending (.xlsx), or unpack it.",
    });
  }
  if (start === "%PDF-" || start.startsWith("\u00D0\u00CF\u0011\u00E0")) {
    throw new FileUnsupportedError("this is a PDF or an old binary Office file, not delimited text", {
      hint: "Save it as .xlsx or .csv.",
    });
  }
}

function markedEncoding(bytes: Uint8Array): { encoding: TextEncoding; length: number } | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: "utf-8", length: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: "utf-16le", length: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: "utf-16be", length: 2 };
  return undefined;
}

function guessEncoding(bytes: Uint8Array): TextEncoding {
  const sample = bytes.subarray(0, 4096);
  const half = Math.max(1, sample.length / 2);
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2]! += 1;
  });
  const [even, odd] = zeros.map((count) => count / half) as [number, number];
  if (odd > 0.3 && even < 0.1) return "utf-16le";
  if (even > 0.3 && odd < 0.1) return "utf-16be";
  if (even + odd > 0.1) {
    throw new FileDamagedError("the file holds zero bytes and is not text", {
      hint: "Save it as .csv or .xlsx in the program that it comes from.",
    });
  }
  return isUtf8(bytes) ? "utf-8" : "windows-1252";
}

function isUtf8(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += STRETCH) {
      decoder.decode(bytes.subarray(at, at + STRETCH), { stream: true });
    }
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

function toUtf8(bytes: Uint8Array, encoding: TextEncoding): Uint8Array {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let at = 0; at < bytes.length; at += STRETCH) {
    const text = decoder.decode(bytes.subarray(at, at + STRETCH), { stream: at + STRETCH < bytes.length });
    const piece = encoder.encode(text);
    pieces.push(piece);
    length += piece.length;
  }
  const joined = new Uint8Array(length);
  let to = 0;
  for (const piece of pieces) {
    joined.set(piece, to);
    to += piece.length;
  }
  return joined;
}
