import { FileDamagedError } from "../../../errors.ts";
import type { OpcPackage } from "../../opc/opc-package.ts";
import { partEncoding } from "../../opc/part-text.ts";
import { streamEntry } from "../../opc/stream-entry.ts";
import { wholePartText } from "./workbook-part.ts";

/** A part as UTF-8 in pieces, whatever its own encoding is. */
export async function* partBytes(opc: OpcPackage, part: string): AsyncGenerator<Uint8Array> {
  const entry = opc.entries.get(part.toLowerCase());
  if (entry === undefined) throw new FileDamagedError(`the part ${part} is missing from the file`);
  let isFirst = true;
  for await (const piece of streamEntry(opc.archive, entry, opc.codec)) {
    if (isFirst && partEncoding(piece, part) !== "utf-8") {
      // UTF-16 is rare and such sheets are small: they are turned into UTF-8 whole.
      yield new TextEncoder().encode(wholePartText(opc, part));
      return;
    }
    isFirst = false;
    yield piece;
  }
}

/** A window on a stream of bytes: what is not read yet, with zeros behind it. */
export type ByteWindow = { bytes: Uint8Array; view: DataView; at: number; end: number };

/** Zeros behind the end, so that the scanner may look ahead without asking. */
const PADDING = 64;

export function byteWindow(): ByteWindow {
  const bytes = new Uint8Array(1 << 21);
  return { bytes, view: new DataView(bytes.buffer), at: 0, end: 0 };
}

/** Drops what was read and appends a piece. */
export function appendBytes(window: ByteWindow, piece: Uint8Array): void {
  const rest = window.end - window.at;
  const needed = rest + piece.length + PADDING;
  if (needed > window.bytes.length) {
    const wider = new Uint8Array(needed * 2);
    wider.set(window.bytes.subarray(window.at, window.end));
    window.bytes = wider;
    window.view = new DataView(wider.buffer);
  } else if (window.at > 0) window.bytes.copyWithin(0, window.at, window.end);
  window.bytes.set(piece, rest);
  window.at = 0;
  window.end = rest + piece.length;
  window.bytes.fill(0, window.end, window.end + PADDING);
}
