import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tinyGguf } from "../../models/llama/tiny-gguf.fixture.ts";
import {
  type CommandIo,
  listModels,
  type ModelsCommandOptions,
  pullModels,
  tryModel,
  useModel,
} from "./models-command.ts";

describe("tandem models", () => {
  let folder = "";
  let options: ModelsCommandOptions;
  let out = "";
  let err = "";

  const io = (more: Partial<CommandIo> = {}): CommandIo => ({
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    isTty: false,
    env: { TANDEM_CONFIG: join(folder, "user.json") },
    json: false,
    ...more,
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "tandem-models-"));
    options = { cacheFolder: join(folder, "cache"), projectFolder: folder, memory: 5_000_000_000 };
    out = "";
    err = "";
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("lists the catalogue and marks what suits the machine", async () => {
    expect(await listModels(options, io())).toBe(0);
    expect(out).toMatch(/smollm2-135m-instruct +98 MB .*Apache-2\.0/);
    expect(out).toMatch(/qwen3\.5-4b .*suits this machine/);
    out = "";
    await listModels(options, io({ json: true }));
    const listed = JSON.parse(out) as {
      schemaVersion: number;
      models: { id: string; isRecommended: boolean }[];
    };
    expect(listed.schemaVersion).toBe(1);
    expect(listed.models.filter((model) => model.isRecommended).map((model) => model.id)).toEqual([
      "qwen3.5-4b",
    ]);
  });

  it("stores a choice with the name of the key's variable, and try follows it", async () => {
    expect(await useModel("openai:gpt-5-mini", { ...options, apiKeyEnv: "MY_KEY" }, io())).toBe(0);
    const stored = JSON.parse(await readFile(join(folder, "user.json"), "utf8")) as unknown;
    expect(stored).toEqual({ model: "openai:gpt-5-mini", apiKeyEnv: "MY_KEY" });
    expect(await tryModel(undefined, options, io())).toBe(4);
    expect(err).toMatch(/OpenAI needs a key/);
  });

  it("refuses an unknown model and something that is a key instead of a variable's name", async () => {
    expect(await useModel("mistral:large", options, io())).toBe(2);
    expect(await pullModels("gpt-9", options, io())).toBe(2);
    expect(err).toMatch(/smollm2-135m-instruct/);
    expect(await useModel("openai:x", { ...options, apiKeyEnv: "sk-abc-def" }, io({ json: true }))).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ error: { code: "bad-request" } });
    expect(out + err).not.toContain("sk-abc-def");
  });

  it("tries a model with one sentence and says how fast it was", async () => {
    const path = join(folder, "tiny.gguf");
    await writeFile(path, tinyGguf());
    expect(await tryModel(path, options, io({ json: true }))).toBe(0);
    const trial = JSON.parse(out) as Record<string, number>;
    expect(trial).toMatchObject({ id: "tiny", provider: "embedded" });
    expect(trial.tokensPerSecond).toBeGreaterThan(0);
    expect(trial.memoryBytes).toBeGreaterThan(0);
    out = "";
    expect(await tryModel(path, options, io())).toBe(0);
    expect(err).toMatch(/tokens\/s.*this process holds \d+ MB/);
  });

  it("pulls from an address with progress on a terminal, and reports a failure with exit code 4", async () => {
    const bytes = tinyGguf();
    const server: Server = createServer((request, response) => {
      if (request.url === "/own.gguf") response.writeHead(200, { "content-length": bytes.length }).end(bytes);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      expect(await pullModels(`${base}/own.gguf`, options, io({ isTty: true }))).toBe(0);
      expect(out.trim()).toBe(join(folder, "cache", "models", "own.gguf"));
      expect(err).toMatch(/\r.*MB of .*from http/);
      expect(await pullModels(`${base}/other.gguf`, options, io())).toBe(4);
      expect(err).toMatch(/404.*\n +use a GGUF file of your own/);
    } finally {
      server.close();
    }
  });

  it("ends with 130 when interrupted", async () => {
    const signal = AbortSignal.abort(new Error("interrupted"));
    expect(await pullModels(undefined, { ...options, signal }, io())).toBe(130);
  });
});
