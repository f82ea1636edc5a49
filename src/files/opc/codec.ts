import { fflateCodec } from "./fflate-codec.ts";
import { zlibCodec } from "./zlib-codec.ts";

/** Raw DEFLATE (RFC 1951) and CRC-32, the two things a zip needs from its host. */
export type Codec = {
  /** Throws when the data is damaged or inflates to more than `size` bytes. */
  readonly inflate: (bytes: Uint8Array, size: number) => Uint8Array;
  /**
   * The same piece by piece, for data too large to hold whole; a piece is only good until the next one is asked for.
   * Throws while iterated when the data is damaged.
   */
  readonly inflateChunks: (bytes: Uint8Array) => AsyncIterable<Uint8Array>;
  readonly deflate: (bytes: Uint8Array) => Uint8Array;
  /** Of `bytes`, or of all bytes so far when the result for those before is given. */
  readonly crc32: (bytes: Uint8Array, before?: number) => number;
};

/** Node's zlib where there is one, otherwise the browser implementation. */
export const defaultCodec: Codec = zlibCodec() ?? fflateCodec;
