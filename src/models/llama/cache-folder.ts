import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { CatalogueEntry } from "../catalogue.ts";

/**
 * Where downloads are kept: `TANDEM_CACHE`, else the platform's own place for caches (XDG on Linux).
 * A pure function of its arguments; `apps` passes `process.env`, `process.platform` and the home folder.
 */
export function defaultCacheFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  home: string,
): string {
  const own = env.TANDEM_CACHE;
  if (own !== undefined && own !== "") return own;
  if (platform === "win32")
    return join(env.LOCALAPPDATA ?? join(home, "AppData", "Local"), "tandem", "cache");
  if (platform === "darwin") return join(home, "Library", "Caches", "tandem");
  const xdg = env.XDG_CACHE_HOME;
  return join(xdg !== undefined && xdg !== "" ? xdg : join(home, ".cache"), "tandem");
}

/** Where an entry's file lies once it is complete. */
export function modelPath(entry: CatalogueEntry, cacheFolder: string): string {
  return join(cacheFolder, "models", entry.fileName);
}

/** The entry's file when it is on this machine: in the cache folder, or at a path the entry names. */
export async function cachedModelPath(
  entry: CatalogueEntry,
  cacheFolder: string,
): Promise<string | undefined> {
  const places = entry.sources.flatMap((source) => (source.kind === "file" ? [source.path] : []));
  for (const path of [modelPath(entry, cacheFolder), ...places]) {
    const size = await fileSize(path);
    // Files get their name only when complete, so a wrong size means another file under that name.
    if (size !== undefined && (!entry.isSizeExact || size === entry.fileBytes)) return path;
  }
  return undefined;
}

/** Bytes of a file, `undefined` when there is none. */
export async function fileSize(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true ? found.size : undefined;
}
