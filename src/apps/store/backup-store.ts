import { createReadStream } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { sql } from "kysely";
import { BadRequestError, FileTooLargeError } from "../../errors.ts";
import { fileHash } from "./file-hash.ts";
import { schemaVersion } from "./migrate.ts";
import type { Store } from "./open-store.ts";

/** What a backup says of itself; the first entry of the archive. */
export type BackupManifest = {
  readonly format: "tandem-backup";
  readonly version: 1;
  readonly createdAt: string;
  /** Number of the last migration. */
  readonly schema: number;
  /** Of `store.sqlite`, the second entry. */
  readonly bytes: number;
  readonly sha256: string;
};

/** What a ZIP archive without 64-bit extensions can hold. */
const largestBytes = 4_000_000_000;

/**
 * Writes the store as it is at this moment to one archive, while others go on using it: a ZIP with `manifest.json` and
 * `store.sqlite`. The archive is there whole or not at all. Throws `BadRequestError` for PostgreSQL, which has tools of
 * its own for that.
 */
export async function backupStore(store: Store, file: string, now: Date): Promise<BackupManifest> {
  if (store.kind === "postgres")
    throw new BadRequestError("a store on PostgreSQL is backed up by PostgreSQL's own tools", {
      hint: "pg_dump --format=custom --file=tandem.dump DATABASE, and pg_restore to get it back",
    });
  const copy = `${file}.${process.pid}.copy`;
  const part = `${file}.${process.pid}.part`;
  try {
    await sql`vacuum into ${copy}`.execute(store.db);
    const { size } = await stat(copy);
    if (size > largestBytes)
      throw new FileTooLargeError(`the store has ${Math.round(size / 1e6)} MB, too much for one archive`, {
        hint: "stop Tandem and copy the file itself",
      });
    const manifest: BackupManifest = {
      format: "tandem-backup",
      version: 1,
      createdAt: now.toISOString(),
      schema: await schemaVersion(store.db, store.kind),
      bytes: size,
      sha256: await fileHash(copy),
    };
    await writeArchive(part, manifest, copy);
    await rename(part, file);
    return manifest;
  } finally {
    await rm(copy, { force: true });
    await rm(part, { force: true });
  }
}

async function writeArchive(part: string, manifest: BackupManifest, copy: string): Promise<void> {
  // Keys' hashes and what was used are nobody else's business.
  await using file = await open(part, "w", 0o600);
  let chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  const write = async (): Promise<void> => {
    const ready = chunks;
    chunks = [];
    for (const chunk of ready) await file.write(chunk);
  };
  const about = new ZipPassThrough("manifest.json");
  zip.add(about);
  about.push(new TextEncoder().encode(JSON.stringify(manifest, undefined, 2)), true);
  const data = new ZipDeflate("store.sqlite", { level: 6 });
  zip.add(data);
  for await (const chunk of createReadStream(copy, { highWaterMark: 1 << 20 })) {
    data.push(chunk as Uint8Array);
    await write();
  }
  data.push(new Uint8Array(), true);
  zip.end();
  await write();
  await file.sync();
}
