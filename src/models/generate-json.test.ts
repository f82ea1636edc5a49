import { describe, expect, it } from "vitest";
import { generateJson } from "./generate-json.ts";
import { scriptedModel } from "./scripted.ts";

const schema = {
  type: "object",
  properties: { owner: { type: "string", pattern: "^[A-Z]" }, days: { type: "integer" } },
  required: ["owner", "days"],
  additionalProperties: false,
};
const messages = [{ role: "user", content: "who and how long?" }] as const;

describe("generateJson", () => {
  it("gives back a value that fits", async () => {
    const model = scriptedModel([{ json: { owner: "Ana", days: 3 } }]);
    expect(await generateJson(model, { messages, schema })).toEqual({ owner: "Ana", days: 3 });
    expect(model.requests[0]?.schema).toBe(schema);
  });

  it("finds the JSON in a fence or among words", async () => {
    for (const text of [
      '```json\n{"owner":"Ana","days":3}\n```',
      'Sure! {"owner":"Ana","days":3} Anything else?',
    ]) {
      expect(await generateJson(scriptedModel([text]), { messages, schema })).toEqual({
        owner: "Ana",
        days: 3,
      });
    }
  });

  it("shows the model its errors once and takes the corrected answer", async () => {
    const model = scriptedModel([
      { json: { owner: "ana", days: 2.5, more: 1 } },
      { json: { owner: "Ana", days: 3 } },
    ]);
    expect(await generateJson(model, { messages, schema })).toEqual({ owner: "Ana", days: 3 });
    const [asked, answered, repair] = model.requests[1]?.messages ?? [];
    expect(asked).toEqual(messages[0]);
    expect(answered?.role).toBe("assistant");
    expect(repair?.content).toMatch(/\/owner must match pattern.*\/days must be integer/);
    expect(repair?.content).toContain('must not have the property "more"');
  });

  it("refuses a number that only looks like an integer", async () => {
    // Grammars let this through (57e963887), and JSON.parse makes it Infinity.
    const model = scriptedModel(['{"owner":"Ana","days":57E963887}', '{"owner":"Ana","days":57E963887}']);
    await expect(generateJson(model, { messages, schema })).rejects.toMatchObject({ code: "model-output" });
    expect(model.requests).toHaveLength(2);
  });

  it("says when the answer was cut off and what helps", async () => {
    const cut = {
      text: '{"owner":"An',
      finishReason: "length",
      usage: { inputTokens: 1, outputTokens: 4 },
    } as const;
    const failing = generateJson(scriptedModel([cut, cut]), { messages, schema });
    await expect(failing).rejects.toMatchObject({
      code: "model-output",
      hint: expect.stringContaining("more tokens"),
    });
  });

  it("does not ask again when the content filter stopped the answer", async () => {
    const model = scriptedModel([
      { text: "", finishReason: "content-filter", usage: { inputTokens: 1, outputTokens: 0 } },
    ]);
    await expect(generateJson(model, { messages, schema })).rejects.toMatchObject({ code: "model-failed" });
    expect(model.requests).toHaveLength(1);
  });

  it("asks only once when no repair is wanted", async () => {
    const model = scriptedModel(["no", "no"]);
    await expect(generateJson(model, { messages, schema }, { repairs: 0 })).rejects.toThrow(/it is not JSON/);
    expect(model.requests).toHaveLength(1);
  });

  it("takes schemas that name their draft, as generators write them", async () => {
    const named = { ...schema, $schema: "http://json-schema.org/draft-07/schema#" };
    const model = scriptedModel([{ json: { owner: "Ana", days: 3 } }]);
    expect(await generateJson(model, { messages, schema: named })).toEqual({ owner: "Ana", days: 3 });
  });
});
