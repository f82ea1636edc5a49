import { describe, expect, it } from "vitest";
import type { StreamPart } from "./language-model.ts";
import { scriptedModel } from "./scripted.ts";

const messages = [{ role: "user", content: "hello there" }] as const;

async function collect(stream: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
  const parts: StreamPart[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

describe("the scripted model", () => {
  it("streams the pieces of its answer and then the whole", async () => {
    const parts = await collect(scriptedModel(["two words  here "]).stream({ messages }));
    expect(parts.flatMap((part) => (part.kind === "text" ? [part.text] : [])).join("")).toBe(
      "two words  here ",
    );
    expect(parts.at(-1)).toMatchObject({
      kind: "end",
      generation: { text: "two words  here ", finishReason: "stop" },
    });
  });

  it("answers from a function and throws the errors it is given", async () => {
    const model = scriptedModel((request, index) =>
      index === 0 ? request.messages.length.toString() : new Error("down"),
    );
    expect((await model.generate({ messages })).text).toBe("1");
    await expect(model.generate({ messages })).rejects.toThrow("down");
    expect(model.requests).toHaveLength(2);
  });

  it("fails when the script is used up, and rejects with an abort's reason", async () => {
    await expect(scriptedModel([]).generate({ messages })).rejects.toMatchObject({ code: "model-failed" });
    const reason = new Error("stop");
    const aborted = scriptedModel(["a"]).generate({ messages, signal: AbortSignal.abort(reason) });
    await expect(aborted).rejects.toBe(reason);
  });

  it("scores only when told how", async () => {
    expect(scriptedModel([]).score).toBeUndefined();
    const model = scriptedModel([], { score: ({ choices }) => choices.map((choice) => -choice.length) });
    expect(await model.score?.({ messages, choices: ["a", "bcd"] })).toEqual([-1, -3]);
    expect(model.scoreRequests).toHaveLength(1);
  });
});
