import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CATALOGUE } from "../../models/catalogue.ts";
import type { ModelConfig } from "../model-config.ts";
import { type GatheredDeployments, gatherDeployments } from "./gather-deployments.ts";

let cacheFolder: string;
beforeEach(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), "tandem-cache-"));
});
afterEach(() => rm(cacheFolder, { recursive: true, force: true }));

const gather = (env: Record<string, string>, config?: ModelConfig): Promise<GatheredDeployments> =>
  gatherDeployments({ env, cacheFolder, configs: config === undefined ? [] : [{ from: "x.json", config }] });

const linesOf = ({ deployments }: GatheredDeployments): string[] =>
  deployments.map(
    ({ name, targets }) =>
      `${name}: ${targets.map(({ provider, model }) => `${provider}:${model}`).join(", ")}`,
  );

describe("gatherDeployments", () => {
  it("finds nothing where nothing is", async () => {
    expect(await gather({})).toEqual({ deployments: [], missingKeys: [], notes: [] });
  });

  it("takes the config's deployments and then nothing else", async () => {
    const config = { deployments: { writer: { targets: ["openai:gpt-5-mini"] } } };
    const found = await gather(
      { OPENAI_API_KEY: "k", OPENAI_BASE_URL: "http://h/v1", OPENAI_MODEL: "m" },
      config,
    );
    expect(linesOf(found)).toEqual(["writer: openai:gpt-5-mini"]);
  });

  it("makes deployments of what the environment names, with its keys", async () => {
    const openai = await gather({ OPENAI_API_KEY: "sk-1" });
    expect(linesOf(openai)).toEqual([
      "gpt-5-mini: openai:gpt-5-mini",
      "text-embedding-3-small: openai:text-embedding-3-small",
    ]);
    expect(openai.deployments[1]?.operations).toEqual(["embeddings"]);
    expect(openai.deployments[0]?.targets[0]?.apiKey).toBe("sk-1");
    const local = await gather({ OPENAI_BASE_URL: "http://127.0.0.1:1/v1", OPENAI_MODEL: "qwen/qwen3:8b" });
    expect(linesOf(local)).toEqual(["qwen-qwen3-8b: openai-compatible:qwen/qwen3:8b"]);
    expect(local.deployments[0]?.targets[0]?.isLocal).toBe(true);
    const azure = await gather({
      AZURE_OPENAI_API_KEY: "az",
      AZURE_OPENAI_ENDPOINT: "https://x.openai.azure.com",
      AZURE_OPENAI_DEPLOYMENT: "chat-1",
      AZURE_OPENAI_API_VERSION: "2024-10-21",
    });
    expect(azure.deployments[0]?.targets[0]).toMatchObject({ apiKey: "az", apiVersion: "2024-10-21" });
  });

  it("says what is missing", async () => {
    expect((await gather({ OPENAI_BASE_URL: "http://h/v1" })).notes[0]).toContain("OPENAI_MODEL");
    const azure = { AZURE_OPENAI_API_KEY: "az", AZURE_OPENAI_ENDPOINT: "https://x.openai.azure.com" };
    expect((await gather(azure)).notes[0]).toContain("AZURE_OPENAI_DEPLOYMENT");
  });

  it("serves the model that was chosen, with its own key", async () => {
    const config = { model: "http://10.0.0.7:8000/v1#adapter", apiKeyEnv: "VLLM_KEY" };
    const found = await gather({ VLLM_KEY: "v" }, config);
    expect(found.deployments[0]?.targets[0]).toMatchObject({ model: "adapter", apiKey: "v" });
    expect(linesOf(await gather({ TANDEM_MODEL: "openai:gpt-5" }, config))).toEqual(["gpt-5: openai:gpt-5"]);
    expect((await gather({ TANDEM_MODEL: "openai:gpt-5" })).missingKeys).toHaveLength(1);
    expect(linesOf(await gather({ TANDEM_MODEL: "none" }))).toEqual([]);
    expect(linesOf(await gather({ TANDEM_MODEL: "/models/My Own.gguf" }))).toEqual([
      "My-Own: embedded:/models/My Own.gguf",
    ]);
  });

  it("serves what is in the cache under its catalogue name", async () => {
    const entry = CATALOGUE.find(({ isSizeExact }) => !isSizeExact)!;
    await mkdir(join(cacheFolder, "models"));
    await writeFile(join(cacheFolder, "models", entry.fileName), "x");
    const found = await gather({});
    expect(linesOf(found)).toEqual([`${entry.id}: embedded:${entry.id}`]);
    expect(found.deployments[0]?.operations).toContain("embeddings");
  });
});
