import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { crc32, createDeflateRaw } from "node:zlib";

/** A file of an archive: its name, and its text in pieces, so that it may be larger than a string can be. */
export type ZipEntry = { readonly name: string; readonly pieces: Iterable<string> };

/** Writes a zip file whose local headers know their sizes, as those that Excel writes do; for less than 4 GB. */
export async function writeZip(path: string, entries: readonly ZipEntry[]): Promise<void> {
  const output = createWriteStream(path);
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, pieces } of entries) {
    const { chunks, length, crc, size } = await deflate(pieces);
    // Version, flags, method 8, date of 1980-01-01; then what is known only now (APPNOTE 4.3.7 and 4.3.12).
    const fields = numbers([20, 2], [0, 2], [8, 2], [0, 2], [33, 2], [crc, 4], [length, 4], [size, 4]);
    const nameBytes = Buffer.from(name);
    const local = [numbers([0x04034b50, 4]), fields, numbers([nameBytes.length, 2], [0, 2]), nameBytes];
    for (const chunk of [...local, ...chunks]) output.write(chunk);
    directory.push(
      numbers([0x02014b50, 4], [20, 2]),
      fields,
      numbers([nameBytes.length, 2], [0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]),
      nameBytes,
    );
    at += 30 + nameBytes.length + length;
  }
  const central = Buffer.concat(directory);
  output.write(central);
  const counts = numbers([0, 2], [0, 2], [entries.length, 2], [entries.length, 2]);
  output.end(
    Buffer.concat([numbers([0x06054b50, 4]), counts, numbers([central.length, 4], [at, 4], [0, 2])]),
  );
  await finished(output);
}

async function deflate(pieces: Iterable<string>) {
  let crc = 0;
  let size = 0;
  function* bytes(): Generator<Buffer> {
    for (const piece of pieces) {
      const encoded = Buffer.from(piece);
      crc = crc32(encoded, crc);
      size += encoded.length;
      yield encoded;
    }
  }
  const chunks: Buffer[] = [];
  for await (const chunk of Readable.from(bytes()).pipe(createDeflateRaw())) chunks.push(chunk as Buffer);
  return { chunks, length: chunks.reduce((sum, chunk) => sum + chunk.length, 0), crc, size };
}

/** Little-endian numbers, each with its width in bytes. */
function numbers(...values: readonly (readonly [value: number, width: number])[]): Buffer {
  const bytes = Buffer.alloc(values.reduce((sum, [, width]) => sum + width, 0));
  let at = 0;
  for (const [value, width] of values) at = bytes.writeUIntLE(value, at, width);
  return bytes;
}
