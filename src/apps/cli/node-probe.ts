import { execFile } from "node:child_process";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { CATALOGUE, chooseModel } from "../../models/index.ts";
import { cachedModelPath, defaultCacheFolder } from "../../models/llama/cache-folder.ts";
import type { MachineProbe } from "./doctor-machine.ts";
import { storePlace } from "./open-cli-store.ts";

const PATIENCE_MS = 15_000;

/** The real machine, for the doctor. */
export function nodeProbe(env: Readonly<Record<string, string | undefined>>): MachineProbe {
  const cacheFolder = defaultCacheFolder(env, process.platform, os.homedir());
  return {
    nodeVersion: process.version,
    platform: process.platform,
    env,
    cores: os.availableParallelism(),
    availableMemory: process.availableMemory(),
    cacheFolder,
    storePlace: storePlace({ env, cwd: process.cwd() }),
    cachedModels: async () => {
      const paths = await Promise.all(CATALOGUE.map((entry) => cachedModelPath(entry, cacheFolder)));
      return CATALOGUE.filter((_, index) => paths[index] !== undefined).map((entry) => entry.id);
    },
    suggestedModel: (freeMemory) => chooseModel(freeMemory).id,
    hasModule: (name) => {
      try {
        import.meta.resolve(name);
        return true;
      } catch {
        return false;
      }
    },
    firstLine,
    freeDisk: async (folder) => {
      const stat = await fs.statfs(await nearestFolder(folder)).catch(() => undefined);
      return stat === undefined ? undefined : stat.bavail * stat.bsize;
    },
    canWrite,
    fontFiles: () => countFonts(fontFolders(env)),
  };
}

function firstLine(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: PATIENCE_MS }, (error, stdout) => {
      const line = stdout.split("\n")[0]?.trim() ?? "";
      resolve(error === null && line !== "" ? line : undefined);
    });
  });
}

/** Tries it with a real file: permission bits say little on network disks and in containers. */
async function canWrite(folder: string): Promise<boolean> {
  const trial = path.join(await nearestFolder(folder), `.tandem-doctor-${process.pid}`);
  try {
    await fs.writeFile(trial, "", { flag: "wx" });
    return true;
  } catch {
    return false;
  } finally {
    await fs.rm(trial, { force: true }).catch(() => undefined);
  }
}

async function nearestFolder(folder: string): Promise<string> {
  const stat = await fs.stat(folder).catch(() => undefined);
  const parent = path.dirname(folder);
  return stat !== undefined || parent === folder ? folder : nearestFolder(parent);
}

function fontFolders(env: Readonly<Record<string, string | undefined>>): string[] {
  const home = os.homedir();
  switch (process.platform) {
    case "win32":
      return [path.join(env.WINDIR ?? "C:\\Windows", "Fonts")];
    case "darwin":
      return ["/System/Library/Fonts", "/Library/Fonts", path.join(home, "Library", "Fonts")];
    default:
      return ["/usr/share/fonts", "/usr/local/share/fonts", path.join(home, ".local", "share", "fonts")];
  }
}

async function countFonts(folders: readonly string[]): Promise<number> {
  const lists = await Promise.all(
    folders.map((folder) => fs.readdir(folder, { recursive: true }).catch(() => [])),
  );
  return lists.flat().filter((name) => /\.(ttf|otf|ttc|otc)$/i.test(name)).length;
}
