import { deflateSync, Inflate, inflateSync } from "fflate";
import type { Codec } from "./codec.ts";

/** The codec for browsers and Office task panes. */
export const fflateCodec: Codec = {
  inflate: (bytes, size) => {
    // fflate fills the given buffer and throws when the data needs more.
    const out = inflateSync(bytes, { out: new Uint8Array(size) });
    if (out.length > size) throw new RangeError("inflates to more than declared");
    return out;
  },
  inflateChunks,
  deflate: (bytes) => deflateSync(bytes, { level: 6 }),
  crc32,
};

let table: Int32Array | undefined;

/** fflate takes the compressed data in pieces and hands out what each one gives. */
async function* inflateChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  const inflate = new Inflate((piece) => pieces.push(piece));
  const step = 64 * 1024;
  for (let at = 0; at < bytes.length; at += step) {
    inflate.push(bytes.subarray(at, at + step), at + step >= bytes.length);
    const ready = pieces;
    pieces = [];
    yield* ready;
  }
}

function crc32(bytes: Uint8Array, before = 0): number {
  table ??= crcTable();
  let crc = ~before;
  for (const byte of bytes) crc = table[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return (crc ^ -1) >>> 0;
}

function crcTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
}
