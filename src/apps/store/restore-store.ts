import { createReadStream, existsSync, mkdirSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Unzip, UnzipInflate } from "fflate";
import { z } from "zod";
import { BadRequestError, FileDamagedError, FileUnsupportedError, TandemError } from "../../errors.ts";
import type { BackupManifest } from "./backup-store.ts";
import { fileHash } from "./file-hash.ts";
import { migrations } from "./migrations.ts";

export type RestoreResult = {
  readonly manifest: BackupManifest;
  /** Where the store that was there before is now. */
  readonly before?: string;
};

const manifestSchema: z.ZodType<BackupManifest> = z.object({
  format: z.literal("tandem-backup"),
  version: z.literal(1),
  createdAt: z.string(),
  schema: z.number().int().positive(),
  bytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const mostManifestBytes = 10_000;

/**
 * Puts the store of an archive in the place of `file`; the store that was there is kept beside it. Nothing is changed
 * when the archive is damaged or of a newer release, or when a running process uses the store.
 */
export async function restoreStore(archive: string, file: string, now: Date): Promise<RestoreResult> {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const part = `${file}.${process.pid}.part`;
  try {
    const manifest = await unpack(archive, part);
    if ((await fileHash(part)) !== manifest.sha256) throw damaged(archive, "its checksum is another");
    checkDatabase(part, archive);
    const before = await moveAway(file, now);
    await rename(part, file);
    return { manifest, ...(before !== undefined && { before }) };
  } finally {
    await rm(part, { force: true });
  }
}

async function unpack(archive: string, part: string): Promise<BackupManifest> {
  await using output = await open(part, "w", 0o600);
  let about: BackupManifest | undefined;
  let text = new Uint8Array();
  let written = 0;
  let chunks: Uint8Array[] = [];
  const unzip = new Unzip((entry) => {
    const isData = entry.name === "store.sqlite" && about !== undefined;
    if (!isData && entry.name !== "manifest.json")
      throw damaged(archive, `it holds ${entry.name.slice(0, 100)}`);
    entry.ondata = (error, chunk, isLast) => {
      if (error) throw error;
      if (isData) {
        written += chunk.length;
        if (written > about!.bytes) throw damaged(archive, "it holds more than it says");
        chunks.push(chunk);
        return;
      }
      if (text.length + chunk.length > mostManifestBytes) throw damaged(archive, "its manifest is too long");
      text = Uint8Array.from([...text, ...chunk]);
      if (isLast) about = readManifest(archive, text);
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  try {
    for await (const chunk of createReadStream(archive, { highWaterMark: 1 << 18 })) {
      unzip.push(chunk as Uint8Array);
      for (const each of chunks) await output.write(each);
      chunks = [];
    }
    unzip.push(new Uint8Array(), true);
  } catch (error) {
    if (error instanceof TandemError || (error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    throw damaged(archive, error instanceof Error ? error.message : "", error);
  }
  for (const each of chunks) await output.write(each);
  if (about === undefined || written !== about.bytes) throw damaged(archive, "it is cut off or no backup");
  return about;
}

function readManifest(archive: string, bytes: Uint8Array): BackupManifest {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw damaged(archive, "its manifest is no JSON", cause);
  }
  const manifest = manifestSchema.safeParse(parsed);
  if (!manifest.success) throw damaged(archive, "its manifest is not as expected");
  if (manifest.data.schema > migrations.length)
    throw new FileUnsupportedError(`${archive} is of a newer Tandem (schema ${manifest.data.schema})`, {
      hint: "update Tandem first",
    });
  return manifest.data;
}

function checkDatabase(file: string, archive: string): void {
  let found: unknown;
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      found = Object.values(database.prepare("PRAGMA integrity_check(1)").get() ?? {})[0];
    } finally {
      database.close();
    }
  } catch (cause) {
    throw damaged(archive, "its store can't be opened", cause);
  }
  if (found !== "ok") throw damaged(archive, `its store is damaged: ${String(found)}`);
}

/** Moves the present store aside. Its write-ahead log is taken in first, which fails while anybody has it open. */
async function moveAway(file: string, now: Date): Promise<string | undefined> {
  if (!existsSync(file)) return undefined;
  const before = `${file}.before-restore-${now.toISOString().replaceAll(":", "-")}`;
  try {
    const database = new DatabaseSync(file, { timeout: 500 });
    try {
      database.exec("PRAGMA journal_mode = DELETE");
    } finally {
      database.close();
    }
  } catch (cause) {
    if ((cause as { errcode?: number }).errcode === 5)
      throw new BadRequestError(`${file} is in use`, { hint: "stop Tandem, then restore", cause });
    // A store that is damaged is a reason to restore; it is kept with its log.
    for (const ending of ["-wal", "-shm"])
      if (existsSync(file + ending)) await rename(file + ending, before + ending);
  }
  await rename(file, before);
  return before;
}

function damaged(archive: string, why: string, cause?: unknown): FileDamagedError {
  return new FileDamagedError(`${archive} is no whole backup: ${why}`, { cause });
}
