import OpenAI from "openai";
import { afterEach, describe, expect, it } from "vitest";
import type { LanguageModel } from "../../../models/language-model.ts";
import { scriptedModel } from "../../../models/scripted.ts";
import { startGateway, type TestGateway } from "../gateway.fixture.ts";
import { answerHere } from "./answer-here.ts";

let gateway: TestGateway | undefined;
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

async function clientOf(model: LanguageModel): Promise<OpenAI> {
  const target = { id: "here", provider: "embedded", model: "tiny" } as const;
  gateway = await startGateway([target], {
    gateway: { answerHere: answerHere({ openModel: async () => model, now: () => new Date(5_000) }) },
  });
  return new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: "good", maxRetries: 0 });
}

describe("the embedded model behind the API", () => {
  it("chats, whole and as a stream, and is counted", async () => {
    const client = await clientOf(scriptedModel(() => "Good morning to you"));
    const ask = { model: "gpt", messages: [{ role: "user" as const, content: "Hello" }] };
    const whole = await client.chat.completions.create(ask);
    expect(whole.choices[0]?.message.content).toBe("Good morning to you");
    let text = "";
    for await (const chunk of await client.chat.completions.create({ ...ask, stream: true })) {
      expect(chunk.choices.length).toBe(1);
      text += chunk.choices[0]?.delta.content ?? "";
    }
    expect(text).toBe("Good morning to you");
    expect(gateway?.settled.map((each) => [each.target, each.isEstimate])).toEqual([
      ["here", false],
      ["here", false],
    ]);
    expect(gateway?.settled[1]?.usage.outputTokens).toBeGreaterThan(0);
  });

  it("responds with events that end", async () => {
    const client = await clientOf(scriptedModel(() => "Fine"));
    const types: string[] = [];
    for await (const event of await client.responses.create({ model: "gpt", input: "How?", stream: true }))
      types.push(event.type);
    expect(types.at(-1)).toBe("response.completed");
    expect(gateway?.settled).toHaveLength(1);
  });

  it("refuses what it cannot do, by the parameter's name", async () => {
    const client = await clientOf(scriptedModel(() => "x"));
    const ask = client.chat.completions.create({
      model: "gpt",
      messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:," } }] }],
    });
    await expect(ask).rejects.toBeInstanceOf(OpenAI.BadRequestError);
    await expect(client.images.generate({ model: "gpt", prompt: "x" })).rejects.toThrow(/does not work/);
    expect(gateway?.released).toHaveLength(2);
  });
});
