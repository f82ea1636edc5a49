import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { basename } from "node:path";
import type { CatalogueEntry } from "../catalogue.ts";
import { fileSize } from "./cache-folder.ts";

/** SHA-256 of a file, lower-case hex, read in pieces. */
export async function sha256OfFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, {
    highWaterMark: 1 << 20,
    ...(signal ? { signal } : {}),
  })) {
    hash.update(piece as Uint8Array);
  }
  return hash.digest("hex");
}

/** Throws, and removes the file, when it hasn't the size and, where one is known, the SHA-256 that it should have. */
export async function checkFile(
  path: string,
  wanted: { readonly bytes: number; readonly sha256?: string },
  signal?: AbortSignal,
): Promise<void> {
  const size = await fileSize(path);
  if (size === undefined) throw new Error(`${basename(path)} did not come`);
  const { bytes, sha256 } = wanted;
  const hash = size === bytes && sha256 !== undefined ? await sha256OfFile(path, signal) : undefined;
  if (size === bytes && hash === sha256) return;
  await rm(path, { force: true });
  const what =
    hash === undefined ? `${size} bytes instead of ${bytes}` : `SHA-256 ${hash} instead of ${sha256}`;
  throw new Error(`${basename(path)} has ${what}`);
}

/** Why a downloaded file is not the entry's model, or `undefined` when it is. Without a known hash: size and magic. */
export async function whyWrong(
  path: string,
  entry: CatalogueEntry,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const size = await fileSize(path);
  if (size === undefined) return "no file came";
  if (entry.isSizeExact && size !== entry.fileBytes)
    return `it has ${size} bytes instead of ${entry.fileBytes}`;
  if ((await firstBytes(path)) !== "GGUF") return "it is not a GGUF file";
  if (entry.sha256 === undefined) return undefined;
  const hash = await sha256OfFile(path, signal);
  return hash === entry.sha256 ? undefined : `its SHA-256 is ${hash} instead of ${entry.sha256}`;
}

async function firstBytes(path: string): Promise<string> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
  return buffer.toString("latin1", 0, bytesRead);
}
