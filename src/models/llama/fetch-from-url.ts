import { createWriteStream } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeWebStream } from "node:stream/web";
import { fileSize } from "./cache-folder.ts";
import type { FetchContext } from "./fetch-source.ts";

/**
 * Downloads over HTTP into a part file and continues it on the next attempt (RFC 9110, 14.2), as long as the server
 * names the same version of the file by its ETag or the hash at the end will tell.
 */
export async function fetchFromUrl(source: { readonly url: string }, context: FetchContext): Promise<string> {
  const { entry, partFolder, signal } = context;
  const part = join(partFolder, `${entry.fileName}.url.part`);
  const tagFile = `${part}.etag`;
  const have = (await fileSize(part)) ?? 0;
  const tag = await readFile(tagFile, "utf8").catch(() => undefined);
  const canResume = have > 0 && (tag !== undefined || entry.sha256 !== undefined);
  const headers: Record<string, string> = canResume ? { range: `bytes=${have}-` } : {};
  if (canResume && tag !== undefined) headers["if-range"] = tag;

  const response = await connect(source.url, headers, context);
  if (response.status === 416 && canResume) {
    // The part is complete or longer than the file: the check decides, and a wrong one is deleted.
    await response.body?.cancel();
    return part;
  }
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new Error(`the server answered ${response.status} ${response.statusText}`.trim());
  }
  const resumed = response.status === 206;
  const newTag = response.headers.get("etag");
  // Weak tags do not promise the same bytes (RFC 9110, 8.8.1).
  if (newTag !== null && !newTag.startsWith("W/")) await writeFile(tagFile, newTag);
  else await rm(tagFile, { force: true });

  let done = resumed ? have : 0;
  const total = done + Number(response.headers.get("content-length") ?? Number.NaN);
  const expected = Number.isNaN(total) ? undefined : total;
  const counted = Readable.fromWeb(response.body as NodeWebStream).on("data", (piece: Uint8Array) => {
    done += piece.length;
    context.onProgress(done, expected ?? entry.fileBytes);
  });
  await pipeline(
    counted,
    createWriteStream(part, { flags: resumed ? "a" : "w" }),
    ...(signal ? [{ signal }] : []),
  );
  if (expected !== undefined && done < expected)
    throw new Error(`it broke off after ${done} of ${expected} bytes`);
  return part;
}

async function connect(
  url: string,
  headers: Record<string, string>,
  context: FetchContext,
): Promise<Response> {
  const { signal, connectTimeoutMs } = context;
  const late = new AbortController();
  const timer = setTimeout(
    () => late.abort(new Error(`no answer in ${connectTimeoutMs} ms`)),
    connectTimeoutMs,
  );
  try {
    return await fetch(url, {
      headers,
      signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
    });
  } finally {
    clearTimeout(timer);
  }
}
