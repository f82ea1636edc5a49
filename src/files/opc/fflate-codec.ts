import { deflateSync, inflateSync } from "fflate";
import type { Codec } from "./codec.ts";

/** The codec for browsers and Office task panes. */
export const fflateCodec: Codec = {
  inflate: (bytes, size) => {
    // fflate fills the given buffer and throws when the data needs more.
    const out = inflateSync(bytes, { out: new Uint8Array(size) });
    if (out.length > size) throw new RangeError("inflates to more than declared");
    return out;
  },
  deflate: (bytes) => deflateSync(bytes, { level: 6 }),
  crc32,
};

let table: Int32Array | undefined;

function crc32(bytes: Uint8Array): number {
  table ??= crcTable();
  let crc = -1;
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
