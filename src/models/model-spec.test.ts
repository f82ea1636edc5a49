import { describe, expect, it } from "vitest";
import { formatModelSpec, parseModelSpec } from "./model-spec.ts";

describe("parseModelSpec", () => {
  it.each([
    ["openai:gpt-5-mini", { provider: "openai", model: "gpt-5-mini" }],
    ["openai:ft:gpt-4o:acme::x", { provider: "openai", model: "ft:gpt-4o:acme::x" }],
    ["azure:my-deployment", { provider: "azure", deployment: "my-deployment" }],
    ["http://h:8080/v1#m", { provider: "openai-compatible", baseUrl: "http://h:8080/v1", model: "m" }],
    ["deployment:writer", { provider: "deployment", name: "writer" }],
    ["embedded:smollm2-135m-instruct", { provider: "embedded", model: "smollm2-135m-instruct" }],
    ["qwen3.5-4b", { provider: "embedded", model: "qwen3.5-4b" }],
    ["/models/My.gguf", { provider: "embedded", model: "My", path: "/models/My.gguf" }],
    ["C:\\models\\My.gguf", { provider: "embedded", model: "My", path: "C:\\models\\My.gguf" }],
    [" none ", { provider: "none" }],
  ])("reads %s", (spec, setting) => {
    expect(parseModelSpec(spec)).toEqual(setting);
    expect(parseModelSpec(formatModelSpec(parseModelSpec(spec)))).toEqual(setting);
  });

  it.each(["", "openai:", "http://host/v1", "https://#m", "mistral:large", "embedded:gpt-9", "gpt-9"])(
    "refuses %j and lists the forms",
    (spec) => {
      expect(() => parseModelSpec(spec)).toThrow(
        expect.objectContaining({ code: "bad-request", hint: expect.any(String) }),
      );
    },
  );
});
