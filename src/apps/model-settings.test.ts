import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { smallestEntry } from "../models/catalogue.ts";
import { tinyGguf } from "../models/llama/tiny-gguf.fixture.ts";
import { type Environment, readModelConfigs, userConfigPath, writeUserModel } from "./model-config.ts";
import { type ResolvedModel, resolveModel } from "./model-settings.ts";

describe("resolving the model", () => {
  let folder = "";
  let cacheFolder = "";
  let base: Environment = {};

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "tandem-settings-"));
    cacheFolder = join(folder, "cache");
    base = { TANDEM_CONFIG: join(folder, "user.json") };
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const resolve = async (env: Environment, flag?: string): Promise<ResolvedModel> => {
    const all = { ...base, ...env };
    return resolveModel({ flag, env: all, configs: await readModelConfigs(folder, all), cacheFolder });
  };

  it("goes by flag, then environment, then project, then user", async () => {
    await writeUserModel({ model: "openai:from-user" }, base);
    expect((await resolve({ TANDEM_KEY: "k" })).reason).toMatch(/OpenAI needs a key/);
    await writeUserModel({ model: "openai:from-user", apiKeyEnv: "MY_KEY" }, base);
    expect((await resolve({ MY_KEY: "k" })).model?.id).toBe("from-user");
    await writeFile(join(folder, "tandem.config.json"), '{"model": "http://127.0.0.1:1/v1#from-project"}');
    const fromProject = await resolve({ MY_KEY: "k" });
    expect(fromProject.model).toMatchObject({ id: "from-project", isLocal: true });
    expect(fromProject.reason).toContain("tandem.config.json");
    expect((await resolve({ OPENAI_API_KEY: "k", OPENAI_MODEL: "from-key" })).model?.id).toBe("from-key");
    expect((await resolve({ OPENAI_API_KEY: "k", TANDEM_MODEL: "openai:from-variable" })).model?.id).toBe(
      "from-variable",
    );
    const flagged = await resolve({ OPENAI_API_KEY: "k", TANDEM_MODEL: "none" }, "openai:from-flag");
    expect(flagged.model?.id).toBe("from-flag");
    expect(flagged.reason).toBe("from-flag (openai), chosen by --model");
  });

  it("reads Azure's and compatible servers' variables, and says which one is missing", async () => {
    const azure = { AZURE_OPENAI_API_KEY: "k", AZURE_OPENAI_ENDPOINT: "https://n.openai.azure.com" };
    expect((await resolve(azure)).reason).toMatch(/AZURE_OPENAI_DEPLOYMENT/);
    expect((await resolve({ ...azure, AZURE_OPENAI_DEPLOYMENT: "dep" })).model).toMatchObject({
      provider: "azure",
      id: "dep",
    });
    expect((await resolve({ OPENAI_BASE_URL: "http://127.0.0.1:1/v1" })).reason).toMatch(/OPENAI_MODEL/);
    const server = await resolve({ OPENAI_BASE_URL: "http://127.0.0.1:1/v1", OPENAI_MODEL: "m" });
    expect(server.model).toMatchObject({ provider: "openai-compatible", id: "m" });
  });

  it("says plainly why there is no model, without throwing", async () => {
    expect(await resolve({ TANDEM_MODEL: "none" })).toEqual({ reason: "no model: TANDEM_MODEL says none" });
    expect(await resolve({})).toEqual({
      reason: expect.stringMatching(/no model is configured.*tandem models pull/),
    });
    expect(await resolve({}, "nonsense")).toEqual({
      reason: expect.stringMatching(/no embedded model "nonsense"/),
    });
    expect(await resolve({}, "smollm2-135m-instruct")).toEqual({
      reason: expect.stringMatching(/not on this machine.*tandem models pull/),
    });
    expect(await resolve({}, "/nowhere/x.gguf")).toEqual({
      reason: expect.stringMatching(/could not be loaded/),
    });
  });

  it("does not take another model when the one asked for cannot be used", async () => {
    const found = await resolve({ OPENAI_API_KEY: "k" }, "azure:dep");
    expect(found.model).toBeUndefined();
    expect(found.reason).toMatch(/Azure OpenAI needs a key/);
  });

  it("opens a file of one's own", async () => {
    await writeFile(join(folder, "own.gguf"), tinyGguf());
    const { model, reason } = await resolve({}, join(folder, "own.gguf"));
    expect(reason).toBe("own (embedded, on this machine), chosen by --model");
    await model?.[Symbol.asyncDispose]();
  });

  it("ignores a file in the cache that is not the catalogue's model", async () => {
    await mkdir(join(cacheFolder, "models"), { recursive: true });
    await writeFile(join(cacheFolder, "models", smallestEntry().fileName), tinyGguf());
    expect((await resolve({})).model).toBeUndefined();
  });

  it("refuses a config that holds a key or is not JSON", async () => {
    const path = join(folder, "tandem.config.json");
    await writeFile(path, '{"model": "openai:x", "apiKey": "sk-1"}');
    await expect(readModelConfigs(folder, base)).rejects.toThrow(/holds a key in plain text/);
    await writeFile(path, "{");
    await expect(readModelConfigs(folder, base)).rejects.toThrow(/is not JSON/);
  });

  it("keeps what else the user's config holds", async () => {
    await writeFile(
      join(folder, "user.json"),
      '{"author": "Ana", "model": "openai:old", "apiKeyEnv": "OLD"}',
    );
    const path = await writeUserModel({ model: "none" }, base);
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual({ author: "Ana", model: "none" });
    expect(userConfigPath({ XDG_CONFIG_HOME: "/x" }, "linux", "/h")).toBe("/x/tandem/config.json");
    expect(userConfigPath({}, "linux", "/h")).toBe("/h/.config/tandem/config.json");
  });

  it("does not send one server's key to another", async () => {
    const seen: (string | null)[] = [];
    const original = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      seen.push(new Request(input, init).headers.get("authorization"));
      return new Response("{}", { status: 404 });
    };
    try {
      const env = { OPENAI_API_KEY: "secret" };
      const { model } = await resolve(env, "http://elsewhere.example/v1#m");
      await expect(model?.generate({ messages: [{ role: "user", content: "hi" }] })).rejects.toMatchObject({
        code: "model-failed",
      });
      const own = await resolve(
        { ...env, OPENAI_BASE_URL: "http://own.example/v1/" },
        "http://own.example/v1#m",
      );
      await expect(own.model?.generate({ messages: [{ role: "user", content: "hi" }] })).rejects.toThrow();
      expect(seen).toEqual([null, "Bearer secret"]);
    } finally {
      globalThis.fetch = original;
    }
  });
});
