import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ModelError } from "../../errors.ts";
import type { CatalogueEntry, ModelSource } from "../catalogue.ts";
import { cachedModelPath, modelPath } from "./cache-folder.ts";
import { whyWrong } from "./check-file.ts";
import { describeSource, fetchSource } from "./fetch-source.ts";
import { withFileLock } from "./file-lock.ts";

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
  signal?.throwIfAborted();
  const cached = await cachedModelPath(entry, cacheFolder);
  if (cached !== undefined) return { path: cached };
  const partFolder = join(cacheFolder, "models", ".part", entry.id.replace(/[^\w.-]/g, "_"));
  await mkdir(partFolder, { recursive: true });
  return withFileLock(`${partFolder}.lock`, signal, async () => {
    // Whoever held the lock before us may have brought it.
    const brought = await cachedModelPath(entry, cacheFolder);
    if (brought !== undefined) return { path: brought };
    const pulled = await fromFirstSource(entry, partFolder, options);
    await rm(partFolder, { recursive: true, force: true });
    return pulled;
  });
}

async function fromFirstSource(
  entry: CatalogueEntry,
  partFolder: string,
  options: PullModelOptions,
): Promise<PulledModel> {
  const { signal, onProgress } = options;
  const failures: string[] = [];
  for (const source of entry.sources) {
    try {
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
      if (wrong === undefined)
        return { path: await settle(path, source, entry, options.cacheFolder), source };
      if (source.kind !== "file") await rm(path, { force: true });
      failures.push(`${describeSource(source)}: ${wrong}`);
    } catch (error) {
      signal?.throwIfAborted();
      failures.push(`${describeSource(source)}: ${rootMessage(error)}`);
    }
  }
  throw notToBeHad(entry, failures);
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

/** The innermost reason of a failed download, in one line. */
export function rootMessage(error: unknown): string {
  let current: unknown = error;
  let message = "no reason given";
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if (current.message !== "") message = current.message;
    current = current.cause;
  }
  return message.split("\n", 1)[0]?.trim() ?? message;
}
