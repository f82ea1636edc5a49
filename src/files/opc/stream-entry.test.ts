import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { buildZip, utf8, type ZipFile } from "../../../test/build-zip.ts";
import { FileDamagedError, FileUnsupportedError } from "../../errors.ts";
import { type Codec, defaultCodec } from "./codec.ts";
import { fflateCodec } from "./fflate-codec.ts";
import { defaultLimits } from "./limits.ts";
import { readZip } from "./read-zip.ts";
import { streamEntry } from "./stream-entry.ts";

const data = utf8(Array.from({ length: 200_000 }, (_, index) => `line ${index * 7919}\n`).join(""));

async function read(file: Partial<ZipFile>, codec: Codec): Promise<Uint8Array[]> {
  const archive = readZip(buildZip([{ name: "a.xml", data, ...file }]), defaultLimits);
  const pieces: Uint8Array[] = [];
  for await (const piece of streamEntry(archive, archive.entries[0]!, codec)) pieces.push(piece.slice());
  return pieces;
}

describe.each([
  ["zlib", defaultCodec],
  ["fflate", fflateCodec],
])("an entry read in pieces by %s", (_, codec) => {
  it.each([0, 8])("holds the same bytes, stored by method %i", async (method) => {
    const pieces = await read({ method }, codec);
    expect(pieces.length).toBeGreaterThan(1);
    expect(Buffer.concat(pieces).equals(data)).toBe(true);
  });

  const raw = deflateRawSync(data);
  it.each([
    ["a wrong checksum", { crc: 1 }],
    ["more data than it says", { size: data.length - 1 }],
    ["less data than it says", { size: data.length + 1 }],
    ["data that is cut off", { raw: raw.subarray(0, raw.length - 1000) }],
    ["data that can't be inflated", { raw: raw.map((byte, index) => (index > 5000 ? 255 : byte)) }],
  ])("is refused for %s", async (_, file) => {
    await expect(read(file, codec)).rejects.toThrow(FileDamagedError);
  });

  it("is refused for a method that Office does not use", async () => {
    await expect(read({ method: 12, raw }, codec)).rejects.toThrow(FileUnsupportedError);
  });
});
