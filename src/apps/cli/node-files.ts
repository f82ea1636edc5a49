import { randomBytes } from "node:crypto";
import type { Stats } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import type { CliFiles } from "./cli-io.ts";

/** The four calls a whole-or-nothing write needs; a test hands in ones that fail. */
export type WriteCalls = Pick<typeof fs, "writeFile" | "rename" | "rm" | "link">;

/** The files of this machine, with relative paths taken from `cwd`. */
export function nodeFiles(cwd: string, calls: WriteCalls = fs): CliFiles {
  const at = (name: string): string => path.resolve(cwd, name);
  return {
    read: (name) => fs.readFile(at(name)),
    write: (name, bytes) => writeWhole(at(name), bytes, calls),
    writeNew: (name, bytes) => writeNew(at(name), bytes, calls),
    kind: (name) => kindOf(at(name)),
    isSame: async (name, other) => {
      const [one, two] = await Promise.all([statOf(at(name)), statOf(at(other))]);
      if (one === undefined || two === undefined) return at(name) === at(other);
      return one.dev === two.dev && one.ino === two.ino;
    },
    makeFolder: async (name) => void (await fs.mkdir(at(name), { recursive: true, mode: 0o700 })),
    remove: (name) => fs.rm(at(name), { force: true }),
    walk: (folder) => walk(folder, at),
  };
}

async function writeWhole(target: string, bytes: Uint8Array, calls: WriteCalls): Promise<void> {
  // A link stays a link: the file it leads to is replaced.
  const real = await fs.realpath(target).catch(() => target);
  const mode = (await statOf(real))?.mode;
  await throughTemporary(real, bytes, mode, calls, (temporary) => calls.rename(temporary, real));
}

async function writeNew(target: string, bytes: Uint8Array, calls: WriteCalls): Promise<boolean> {
  try {
    // A hard link fails when the name is taken, so two commands at once cannot overwrite each other.
    await throughTemporary(target, bytes, undefined, calls, (temporary) => calls.link(temporary, target));
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EEXIST") return false;
    // Some file systems (FAT, a few network shares) have no hard links.
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "EOPNOTSUPP" && code !== "ENOSYS") throw error;
    if ((await kindOf(target)) !== "missing") return false;
    await writeWhole(target, bytes, calls);
    return true;
  }
}

async function throughTemporary(
  target: string,
  bytes: Uint8Array,
  mode: number | undefined,
  calls: WriteCalls,
  place: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = path.join(path.dirname(target), `.tandem-${randomBytes(6).toString("hex")}.tmp`);
  try {
    await calls.writeFile(temporary, bytes, {
      flag: "wx",
      flush: true,
      ...(mode === undefined ? {} : { mode: mode & 0o777 }),
    });
    await place(temporary);
  } finally {
    await calls.rm(temporary, { force: true });
  }
}

async function statOf(target: string): Promise<Stats | undefined> {
  return fs.stat(target).catch(() => undefined);
}

async function kindOf(target: string): Promise<"file" | "folder" | "missing"> {
  const stat = await statOf(target);
  if (stat === undefined) return "missing";
  return stat.isDirectory() ? "folder" : "file";
}

async function walk(folder: string, at: (name: string) => string): Promise<readonly string[]> {
  const found: string[] = [];
  const entries = await fs.readdir(at(folder), { withFileTypes: true });
  entries.sort((one, two) => (one.name < two.name ? -1 : 1));
  for (const entry of entries) {
    const name = path.join(folder, entry.name);
    // Links are not followed, so a folder that links to itself ends.
    if (entry.isFile()) found.push(name);
    else if (entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules") {
      found.push(...(await walk(name, at)));
    }
  }
  return found;
}
