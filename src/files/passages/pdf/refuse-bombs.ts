import { FileTooLargeError } from "../../../errors.ts";
import { defaultCodec } from "../../opc/codec.ts";

/** A stream that inflates to more than this … */
const LARGE = 4 * 1024 * 1024;
const LARGE_PICTURE = 64 * 1024 * 1024;
/** … and by more than this is no page. Pages inflate to about 5 times their size; DEFLATE can do 1,032. */
const MOST_RATIO = 200;
const DEFLATE_RATIO = 1032;

/**
 * Looks at the compressed streams of a PDF before it is read, because pdf.js inflates without limit. Throws
 * `FileTooLargeError` for a stream that is a bomb, or that is compressed twice, which only bombs are.
 */
export async function refuseBombs(bytes: Uint8Array, check: () => void): Promise<void> {
  for (const { start, end, dictionary } of streamsOf(bytes)) {
    const filters = dictionary.match(/\/(FlateDecode|Fl|LZWDecode|LZW)\b/g) ?? [];
    if (filters.length > 1) throw bomb();
    const limit = /\/Subtype\s*\/Image\b/.test(dictionary) ? LARGE_PICTURE : LARGE;
    if (filters.length === 0 || (end - start) * DEFLATE_RATIO < limit) continue;
    check();
    // The two bytes before are zlib's own (RFC 1950, 2.2).
    if (await isBomb(bytes.subarray(start + 2, end), limit)) throw bomb();
  }
}

async function isBomb(deflated: Uint8Array, limit: number): Promise<boolean> {
  let size = 0;
  try {
    for await (const piece of defaultCodec.inflateChunks(deflated)) {
      size += piece.length;
      if (size <= limit) continue;
      if (size > deflated.length * MOST_RATIO) return true;
      // Too much to hold, however badly it is compressed.
      if (size > limit * 16) return true;
    }
  } catch {
    // Damaged or another filter: pdf.js reads as far as it can, and so did we.
  }
  return false;
}

type Stream = { readonly start: number; readonly end: number; readonly dictionary: string };

const STREAM = new TextEncoder().encode("stream");
const LONGEST_DICTIONARY = 2000;

function* streamsOf(bytes: Uint8Array): Generator<Stream> {
  const latin = new TextDecoder("latin1");
  let open: { readonly start: number; readonly dictionary: string } | undefined;
  for (let at = bytes.indexOf(0x73); at >= 0; at = bytes.indexOf(0x73, at + 1)) {
    if (!STREAM.every((byte, index) => bytes[at + index] === byte)) continue;
    const isEnd = latin.decode(bytes.subarray(at - 3, at)) === "end";
    if (isEnd) {
      if (open !== undefined) yield { ...open, end: at - 3 };
      open = undefined;
    } else if (open === undefined) {
      const before = latin.decode(bytes.subarray(Math.max(0, at - LONGEST_DICTIONARY), at));
      const start = at + STREAM.length + (bytes[at + STREAM.length] === 13 ? 2 : 1);
      open = { start, dictionary: before.slice(before.lastIndexOf(" obj") + 1) };
    }
  }
  if (open !== undefined) yield { ...open, end: bytes.length };
}

function bomb(): FileTooLargeError {
  return new FileTooLargeError("a part of the PDF is compressed so much that it can only be a trick", {
    hint: "If you trust the file, print it to a new PDF.",
  });
}
