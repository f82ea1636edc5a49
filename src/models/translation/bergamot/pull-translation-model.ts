import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { ModelError } from "../../../errors.ts";
import { checkFile } from "../../llama/check-file.ts";
import { fetchFromHub } from "../../llama/fetch-from-hub.ts";
import { fetchFromUrl } from "../../llama/fetch-from-url.ts";
import { unpackWheel } from "../../llama/fetch-from-wheel.ts";
import type { FetchContext } from "../../llama/fetch-source.ts";
import { pullFirstSource } from "../../llama/pull-first-source.ts";
import type {
  TranslationCatalogueEntry,
  TranslationModelFile,
  TranslationModelSource,
} from "./bergamot-catalogue.ts";
import { listedChecksum } from "./listed-checksum.ts";
import { modelFilesIn, translationFolder } from "./model-folder.ts";

export type PullTranslationProgress = {
  /** In words. */
  readonly source: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
};

export type PullTranslationOptions = {
  /** Made when it does not exist; the model comes into `translation/<from>-<to>` below it. */
  readonly cacheFolder: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PullTranslationProgress) => void;
  /** The hub's address, as HF_ENDPOINT gives it. Defaults to what node-llama-cpp knows, when that is installed. */
  readonly hubUrl?: string;
  /** The Python to call for wheels. Defaults to `python3`, on Windows `python`. */
  readonly python?: string;
  /** How long a source may take to answer, in milliseconds. Defaults to 5,000. */
  readonly connectTimeoutMs?: number;
};

export type PulledTranslationModel = {
  readonly folder: string;
  /** In words; absent when the model was there already. */
  readonly source?: string;
};

/**
 * Gets the files of a direction from the first source that has them, checks each one, and gives the folder its name only
 * when all are right. Throws `download-failed` with every attempt and what to do; an abort rejects with the signal's reason.
 */
export async function pullTranslationModel(
  entry: TranslationCatalogueEntry,
  options: PullTranslationOptions,
): Promise<PulledTranslationModel> {
  const { cacheFolder, signal } = options;
  const folder = join(translationFolder(cacheFolder), entry.id);
  const partFolder = join(translationFolder(cacheFolder), ".part", entry.id);
  return pullFirstSource<TranslationModelSource, PulledTranslationModel>({
    find: async () => ((await modelFilesIn(folder)) === undefined ? undefined : { folder }),
    sources: entry.sources,
    describe: describeTranslationSource,
    bring: (source) => bring(source, folder, partFolder, options),
    partFolder,
    failed: (attempts) => notToBeHad(entry, folder, attempts),
    signal,
  });
}

async function bring(
  source: TranslationModelSource,
  folder: string,
  partFolder: string,
  options: PullTranslationOptions,
): Promise<PulledTranslationModel> {
  const name = describeTranslationSource(source);
  if (source.kind === "file") {
    if ((await modelFilesIn(source.path)) === undefined) throw new Error("the folder holds no model");
    return { folder: source.path, source: name };
  }
  const paths = await fetchFiles(source, partFolder, options);
  options.signal?.throwIfAborted();
  await settle(paths, folder, partFolder);
  return { folder, source: name };
}

function notToBeHad(
  entry: TranslationCatalogueEntry,
  folder: string,
  attempts: readonly string[],
): ModelError {
  return new ModelError(
    "download-failed",
    `the model ${entry.id} could not be fetched: tried ${attempts.join("; ")}`,
    {
      hint:
        `run "tandem models pull translation:${entry.id}" on a machine with a network and copy its folder ` +
        `translation/${entry.id} from there to ${folder}`,
    },
  );
}

type HubSource = Extract<TranslationModelSource, { kind: "hub" }>;
type WheelSource = Extract<TranslationModelSource, { kind: "wheel" }>;
type Context = Omit<FetchContext, "entry">;

/** The names under which the files lie in the part folder, complete and checked. */
async function fetchFiles(
  source: HubSource | WheelSource,
  partFolder: string,
  options: PullTranslationOptions,
): Promise<string[]> {
  const name = describeTranslationSource(source);
  const context: Context = {
    partFolder,
    connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
    python: options.python ?? (process.platform === "win32" ? "python" : "python3"),
    signal: options.signal,
    onProgress: (doneBytes, totalBytes) => options.onProgress?.({ source: name, doneBytes, totalBytes }),
  };
  const paths = source.files.map(({ path }) => join(partFolder, basename(path)));
  if (source.kind === "hub") {
    await fetchHubFiles(source, paths, context, options.hubUrl);
    return paths;
  }
  const members = source.files.map(({ path }, index) => ({ member: path, path: paths[index]! }));
  await unpackWheel(source, members, context);
  for (const [index, file] of source.files.entries()) await checkFile(paths[index]!, file, options.signal);
  return paths;
}

async function fetchHubFiles(
  source: HubSource,
  paths: readonly string[],
  context: Context,
  hubUrl: string | undefined,
): Promise<void> {
  const totalBytes = source.files.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  const fetchOne = (file: TranslationModelFile): Promise<string> => {
    const { path, bytes, ...rest } = file;
    return fromHub(
      source,
      path,
      {
        ...context,
        onProgress: (doneBytes) => context.onProgress(before + doneBytes, totalBytes),
        entry: { fileName: basename(path), fileBytes: bytes, ...rest },
      },
      hubUrl,
    );
  };
  const listing = await fetchOne({ path: source.checksums, bytes: 0 });
  const listed = JSON.parse(await readFile(listing, "utf8")) as unknown;
  // The downloader takes a file that is there for the right one.
  await rm(listing);
  for (const [index, file] of source.files.entries()) {
    const sha256 = file.sha256 ?? listedChecksum(listed, file.path);
    const wanted = { ...file, ...(sha256 === undefined ? {} : { sha256 }) };
    const path = paths[index]!;
    // One that came whole in an earlier attempt is not fetched again.
    const isThere = await checkFile(path, wanted, context.signal).then(
      () => true,
      () => false,
    );
    if (!isThere) {
      await rename(await fetchOne(wanted), path);
      await checkFile(path, wanted, context.signal);
    }
    before += file.bytes;
  }
}

async function fromHub(
  { repository, revision }: HubSource,
  path: string,
  context: FetchContext,
  hubUrl: string | undefined,
): Promise<string> {
  if (hubUrl !== undefined) {
    const url = `${hubUrl.replace(/\/+$/, "")}/${repository}/resolve/${revision}/${path}`;
    return fetchFromUrl({ url }, context);
  }
  try {
    return await fetchFromHub({ uri: `hf:${repository}/${path}#${revision}` }, context);
  } catch (error) {
    // Its own words are about language models.
    if (!(error instanceof ModelError) || error.code !== "no-model") throw error;
    throw new Error(
      "HF_ENDPOINT does not name the hub, and node-llama-cpp, which knows it, is not installed",
    );
  }
}

async function settle(paths: readonly string[], folder: string, partFolder: string): Promise<void> {
  const whole = join(partFolder, "whole");
  await rm(whole, { recursive: true, force: true });
  await mkdir(whole);
  for (const path of paths) await rename(path, join(whole, basename(path)));
  // A folder that is there but holds no model is what an interrupted copy leaves.
  await rm(folder, { recursive: true, force: true });
  await rename(whole, folder);
}

/** A source in a few words, for messages. */
export function describeTranslationSource(source: TranslationModelSource): string {
  switch (source.kind) {
    case "file":
      return source.path;
    case "hub":
      return `hf:${source.repository}`;
    case "wheel":
      return `the Python package ${source.package} ${source.version}`;
    default:
      return source satisfies never;
  }
}
