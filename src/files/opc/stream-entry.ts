import { FileDamagedError, FileUnsupportedError } from "../../errors.ts";
import type { Codec } from "./codec.ts";
import { rawData, type ZipArchive, type ZipEntry } from "./read-zip.ts";

const STORED = 0;
const DEFLATED = 8;
const STEP = 1024 * 1024;

/**
 * The inflated bytes of an entry in pieces of a megabyte at most, for parts too large to hold whole; a piece is only
 * good until the next one is asked for. Size and CRC-32 are checked by the end; a reader that stops early has checked
 * nothing.
 */
export async function* streamEntry(
  archive: ZipArchive,
  entry: ZipEntry,
  codec: Codec,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  let crc = 0;
  for await (const piece of pieces(archive, entry, codec)) {
    size += piece.length;
    if (size > entry.size) throw wrongSize(entry, "more");
    crc = codec.crc32(piece, crc);
    yield piece;
  }
  if (size < entry.size) throw wrongSize(entry, "less");
  if (crc !== entry.crc) {
    throw new FileDamagedError(`${entry.name} does not match its checksum`, {
      hint: "The file was damaged on its way; ask for it again.",
    });
  }
}

async function* pieces(archive: ZipArchive, entry: ZipEntry, codec: Codec): AsyncGenerator<Uint8Array> {
  const raw = rawData(archive, entry);
  if (entry.method === STORED) {
    for (let at = 0; at < raw.length; at += STEP) yield raw.subarray(at, at + STEP);
    return;
  }
  if (entry.method !== DEFLATED) {
    throw new FileUnsupportedError(`${entry.name} is compressed by method ${entry.method}`, {
      hint: "Open the file in Office and save it again.",
    });
  }
  const inflated = codec.inflateChunks(raw)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await inflated.next().catch((cause: unknown) => {
        throw new FileDamagedError(`${entry.name} can't be inflated`, { cause });
      });
      if (step.done) return;
      yield step.value;
    }
  } finally {
    await inflated.return?.();
  }
}

function wrongSize(entry: ZipEntry, how: string): FileDamagedError {
  return new FileDamagedError(
    `${entry.name} inflates to ${how} than the ${entry.size} bytes the archive says`,
  );
}
