import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ModelError } from "../../errors.ts";
import type { CatalogueEntry, ModelSource } from "../catalogue.ts";
import { cachedModelPath, modelPath } from "./cache-folder.ts";
import { whyWrong } from "./check-file.ts";
import { describeSource, fetchSource } from "./fetch-source.ts";
import { pullFirstSource } from "./pull-first-source.ts";

export type PullProgress = {
  readonly source: ModelSource;
  readonly doneBytes: number;
  /** As the source says; the catalogue's figure until then. */
  readonly totalBytes: number;
};

export type PullModelOptions = {
  /** Made when it does not exist. */
  readonly cacheFolder: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PullProgress) => void;
  /** The Python to call for wheels. Defaults to `python3`, on Windows `python`. */
  readonly python?: string;
  /** How long a source may take to answer, in milliseconds. Defaults to 5,000. */
  readonly connectTimeoutMs?: number;
};

export type PulledModel = {
  readonly path: string;
  /** Absent when the file was there already. */
  readonly source?: ModelSource;
};

/**
 * Gets an entry's file into the cache folder from the first source that has it, checks it, and only then gives it its
 * name. Throws `download-failed` with every attempt and the ways out; an abort rejects with the signal's reason.
 */
export async function pullModel(entry: CatalogueEntry, options: PullModelOptions): Promise<PulledModel> {
  const { cacheFolder, signal } = options;
  const partFolder = join(cacheFolder, "models", ".part", entry.id.replace(/[^\w.-]/g, "_"));
  return pullFirstSource<ModelSource, PulledModel>({
    find: async () => {
      const path = await cachedModelPath(entry, cacheFolder);
      return path === undefined ? undefined : { path };
    },
    sources: entry.sources,
    describe: describeSource,
    bring: (source) => bring(source, entry, partFolder, options),
    partFolder,
    failed: (attempts) => notToBeHad(entry, attempts),
    signal,
  });
}

async function bring(
  source: ModelSource,
  entry: CatalogueEntry,
  partFolder: string,
  options: PullModelOptions,
): Promise<PulledModel> {
  const { signal, onProgress } = options;
  const path = await fetchSource(source, {
    entry,
    partFolder,
    connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
    python: options.python ?? (process.platform === "win32" ? "python" : "python3"),
    signal,
    onProgress: (doneBytes, totalBytes) => onProgress?.({ source, doneBytes, totalBytes }),
  });
  signal?.throwIfAborted();
  const wrong = await whyWrong(path, entry, signal);
  if (wrong === undefined) return { path: await settle(path, source, entry, options.cacheFolder), source };
  if (source.kind !== "file") await rm(path, { force: true });
  throw new Error(wrong);
}

/** A file of one's own stays where it is; anything else gets its name in the cache folder. */
async function settle(
  path: string,
  source: ModelSource,
  entry: CatalogueEntry,
  cacheFolder: string,
): Promise<string> {
  if (source.kind === "file") return path;
  const target = modelPath(entry, cacheFolder);
  await mkdir(dirname(target), { recursive: true });
  await rename(path, target);
  return target;
}

function notToBeHad(entry: CatalogueEntry, failures: readonly string[]): ModelError {
  const tried = failures.length === 0 ? "it has no source" : `tried ${failures.join("; ")}`;
  return new ModelError("download-failed", `${entry.title} could not be fetched: ${tried}`, {
    hint:
      "use a GGUF file of your own (--model path/to/file.gguf), a provider's key (OPENAI_API_KEY or AZURE_OPENAI_API_KEY), " +
      "or work without a model (--model none)",
  });
}
