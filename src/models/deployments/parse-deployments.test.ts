import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BadRequestError } from "../../errors.ts";
import { type ParsedDeployments, parseDeployments } from "./parse-deployments.ts";

const keys: Readonly<Record<string, string>> = { OPENAI_API_KEY: "k1", SPARE: "k2" };
const parse = (value: unknown): ParsedDeployments =>
  parseDeployments(value, { key: (name) => keys[name], from: "tandem.config.json" });

const failure = (value: unknown): string => {
  try {
    parse(value);
  } catch (error) {
    if (error instanceof BadRequestError) return error.message;
    throw error;
  }
  return "no failure";
};

describe("parsing deployments", () => {
  it("reads targets as objects and as lines, with keys from the environment", () => {
    const { deployments, missingKeys } = parse({
      writer: {
        targets: [
          "openai:gpt-5-mini",
          { id: "spare", provider: "openai", model: "m", apiKeyEnv: "SPARE", order: 1, weight: 0.5 },
          "http://localhost:8080/v1#local",
          { provider: "azure", model: "dep", baseUrl: "https://n.openai.azure.com", region: "westeurope" },
          "embedded:smollm2-135m-instruct",
        ],
        dataPolicy: "redact",
        allowedLinks: ["example.org", "localhost"],
      },
      search: { operations: ["embeddings"], targets: ["openai:text-embedding-3-small"], currency: "EUR" },
    });
    expect(deployments[0]).toEqual({
      name: "writer",
      operations: ["chat", "responses", "completions"],
      dataPolicy: "redact",
      allowedLinks: ["example.org", "localhost"],
      targets: [
        { id: "openai", provider: "openai", model: "gpt-5-mini", apiKey: "k1" },
        { id: "spare", provider: "openai", model: "m", apiKey: "k2", order: 1, weight: 0.5 },
        {
          id: "openai-compatible-3",
          provider: "openai-compatible",
          model: "local",
          baseUrl: "http://localhost:8080/v1",
          isLocal: true,
        },
        {
          id: "azure-4",
          provider: "azure",
          model: "dep",
          baseUrl: "https://n.openai.azure.com",
          region: "westeurope",
        },
        { id: "embedded-5", provider: "embedded", model: "smollm2-135m-instruct" },
      ],
    });
    expect(deployments[1]).toMatchObject({ name: "search", operations: ["embeddings"], currency: "EUR" });
    expect(missingKeys).toEqual([
      { deployment: "writer", target: "azure-4", variable: "AZURE_OPENAI_API_KEY" },
    ]);
  });

  it("reads the example of the documentation", () => {
    const page = readFileSync(join(import.meta.dirname, "../../../docs/deployments.md"), "utf8");
    const example = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)![1]!) as { deployments: unknown };
    const { deployments } = parse(example.deployments);
    expect(deployments.map(({ name, targets }) => [name, targets.length])).toEqual([
      ["writer", 3],
      ["private", 1],
    ]);
  });

  it.each([
    [{ d: {} }, "tandem.config.json: deployments.d.targets"],
    [{ d: { targets: [] } }, "deployments.d.targets"],
    [{ d: { targets: [{ provider: "openai", model: "m", wieght: 1 }] } }, "deployments.d.targets[0]"],
    [{ d: { targets: [{ provider: "openai", model: "m", weight: -1 }] } }, "deployments.d.targets[0].weight"],
    [{ d: { targets: [{ provider: "mistral", model: "m" }] } }, "deployments.d.targets[0].provider"],
    [{ d: { targets: [{ provider: "azure", model: "m" }] } }, "deployments.d.targets[0].baseUrl"],
    [{ d: { targets: [{ provider: "vllm", model: "m", baseUrl: "host:1" }] } }, "targets[0].baseUrl"],
    [{ d: { targets: ["azure:dep"] } }, "deployments.d.targets[0]"],
    [{ d: { targets: ["none"] } }, "deployments.d.targets[0]"],
    [{ d: { targets: ["openai:a", { id: "openai", provider: "openai", model: "b" }] } }, '"openai" twice'],
    [{ d: { targets: ["openai:a"], dataPolicy: "secret" } }, "deployments.d.dataPolicy"],
    [{ d: { targets: ["openai:a"], allowedLinks: ["https://a.example/x"] } }, "deployments.d.allowedLinks"],
    [{ "a b": { targets: ["openai:a"] } }, "deployments.a b"],
    [[], "deployments"],
    [null, "deployments"],
    ["text", "deployments"],
  ])("refuses %j and names the place", (value, place) => {
    expect(failure(value)).toContain(place);
  });

  it("refuses a key in plain text wherever it stands, without repeating it", () => {
    const message = failure({
      d: { targets: [{ provider: "openai", model: "m", apiKey: "sk-secret" }] },
    });
    expect(message).toContain("plain text");
    expect(message).not.toContain("sk-secret");
  });
});
