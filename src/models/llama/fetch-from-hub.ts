import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import type { FetchContext } from "./fetch-source.ts";
import { loadEngine } from "./load-engine.ts";

// Its downloader tries again for ever when the network is down, and cannot be told to stop: hence its own process.
const DOWNLOAD = `
const [engine, modelUri, dirPath, fileName] = process.argv.slice(1);
const say = (value) => console.log(JSON.stringify(value));
try {
  const { createModelDownloader } = await import(engine);
  const downloader = await createModelDownloader({
    modelUri, dirPath, fileName, deleteTempFileOnCancel: false,
    onProgress: ({ downloadedSize, totalSize }) => say({ done: downloadedSize, total: totalSize }),
  });
  say({ done: 0, total: downloader.totalSize });
  say({ path: await downloader.download() });
  process.exit(0);
} catch (error) {
  say({ error: String(error?.cause?.message ?? error?.message ?? error) });
  process.exit(1);
}`;

type Said = {
  readonly done?: number;
  readonly total?: number;
  readonly path?: string;
  readonly error?: string;
};

/**
 * Downloads a file by its hub name through node-llama-cpp, which knows the hub's address (`HF_ENDPOINT` moves it,
 * `HF_TOKEN` opens gated models) and continues a download that was broken off.
 */
export async function fetchFromHub(source: { readonly uri: string }, context: FetchContext): Promise<string> {
  // Says so when the engine is not installed; without it the file would be of no use anyway.
  await loadEngine();
  const { entry, partFolder, signal, connectTimeoutMs } = context;
  const engine = pathToFileURL(createRequire(import.meta.url).resolve("node-llama-cpp")).href;
  const args = [engine, source.uri, join(partFolder, "hub"), entry.fileName];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", DOWNLOAD, ...args], {
      stdio: ["ignore", "pipe", "ignore"],
      ...(signal === undefined ? {} : { signal }),
    });
    const stop = (error: Error): void => {
      reject(error);
      child.kill("SIGKILL");
    };
    // The process needs about a second to start before it can connect.
    const timer = setTimeout(
      () => stop(new Error(`no answer in ${connectTimeoutMs} ms`)),
      connectTimeoutMs + 1_000,
    );
    createInterface({ input: child.stdout }).on("line", (line) => {
      clearTimeout(timer);
      const said = readLine(line);
      if (said.path !== undefined) resolve(said.path);
      else if (said.error !== undefined) reject(new Error(said.error));
      else if (said.done !== undefined) context.onProgress(said.done, said.total ?? entry.fileBytes);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      reject(new Error(`the download ended with ${code}`));
    });
  });
}

function readLine(line: string): Said {
  try {
    return JSON.parse(line) as Said;
  } catch {
    return {};
  }
}
