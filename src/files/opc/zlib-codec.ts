import type * as zlib from "node:zlib";
import type { Codec } from "./codec.ts";

/**
 * The codec over `node:zlib`; undefined outside Node. The module is asked for at run time,
 * so that a browser bundle of this file holds no import it cannot resolve.
 */
export function zlibCodec(): Codec | undefined {
  const host = globalThis.process as NodeJS.Process | undefined;
  const node = host?.getBuiltinModule?.("node:zlib") as typeof zlib | undefined;
  if (node === undefined) return undefined;
  return {
    // A declared size of 0 would mean "no limit" to zlib: ask for one byte and let the size check refuse it.
    inflate: (bytes, size) => plain(node.inflateRawSync(bytes, { maxOutputLength: Math.max(size, 1) })),
    inflateChunks: async function* (bytes) {
      const inflate = node.createInflateRaw({ chunkSize: 256 * 1024 });
      inflate.end(bytes);
      for await (const piece of inflate as AsyncIterable<Uint8Array<ArrayBuffer>>) {
        yield plain(piece);
        // Given back at once: hundreds of megabytes left to the garbage collector make it run dozens of times. Memory
        // that is not full yet is still written to.
        if (piece.byteLength === piece.buffer.byteLength) piece.buffer.transfer(0);
      }
    },
    deflate: (bytes) => plain(node.deflateRawSync(bytes, { level: 6 })),
    crc32: (bytes, before = 0) => node.crc32(bytes, before),
  };
}

/** The same memory without Node's own methods, which differ from the standard's (`slice` shares). */
function plain(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
