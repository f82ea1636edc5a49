import { FileDamagedError, FileUnsupportedError } from "../../errors.ts";

/** How an XML part's characters are stored. A byte order mark stays in the text as U+FEFF. */
export type PartEncoding = "utf-8" | "utf-16le" | "utf-16be";

export type PartText = { readonly text: string; readonly encoding: PartEncoding };

/** Decodes an XML part by byte order mark or declaration (XML 1.0, appendix F). Unedited text encodes back to the same bytes. */
export function decodePart(bytes: Uint8Array, name: string): PartText {
  const encoding = partEncoding(bytes, name);
  try {
    return { text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes), encoding };
  } catch (cause) {
    throw new FileDamagedError(`${name} is not valid ${encoding.toUpperCase()}`, { cause });
  }
}

export function encodePart({ text, encoding }: PartText): Uint8Array {
  if (encoding === "utf-8") return new TextEncoder().encode(text);
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index++) {
    view.setUint16(index * 2, text.charCodeAt(index), encoding === "utf-16le");
  }
  return bytes;
}

/** How the part is stored, by its first 200 bytes. Throws `FileUnsupportedError` for encodings that Office does not write. */
export function partEncoding(bytes: Uint8Array, name: string): PartEncoding {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first === 0x3c && second === 0) return "utf-16le";
  if (first === 0 && second === 0x3c) return "utf-16be";
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  const declared = /^(?:\u00ef\u00bb\u00bf)?\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(
    head,
  )?.[1];
  if (declared === undefined || /^(utf-?8|us-ascii)$/i.test(declared)) return "utf-8";
  // A declaration of UTF-16 without a byte order mark, on text that is plainly single bytes, is simply wrong.
  if (/^utf-?16/i.test(declared)) return "utf-8";
  throw new FileUnsupportedError(`${name} is written in the encoding ${declared}`, {
    hint: "Open the file in Office and save it again.",
  });
}
