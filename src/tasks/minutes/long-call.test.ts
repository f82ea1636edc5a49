import { describe, expect, it } from "vitest";
import type { Json } from "../../json.ts";
import type { GenerateRequest } from "../../models/language-model.ts";
import { scriptedModel } from "../../models/scripted.ts";
import type { TaskEvent } from "../task.ts";
import { callOf, contextOf, SANDBOX_CALL } from "./transcript.fixture.ts";
import { writeMinutes } from "./write-minutes.ts";

const CUES = 5000;
const LINE = "The sandbox needs the shipment events and the customs data set.";
/** Three hours: the small call over and over. */
const long = callOf(
  Array.from({ length: CUES }, (_, index) => SANDBOX_CALL[index % SANDBOX_CALL.length] ?? ""),
);

function answer(request: GenerateRequest): { json: Json } {
  const last = request.messages.at(-1)?.content ?? "";
  if (last.startsWith("Choose the three")) return { json: { lines: ["s1", "s3", "s5"] } };
  const first = /"cue":(\d+)[^\n]*The sandbox needs/u.exec(request.messages[1]?.content ?? "")?.[1];
  const summary = first === undefined ? [] : [{ text: LINE, cues: [Number(first)] }];
  return { json: { items: [], titles: [], summary } };
}

describe("a call of three hours", () => {
  it("becomes minutes without a model, in bounded memory, and tells how far it is", async () => {
    const events: TaskEvent[] = [];
    const before = process.memoryUsage().heapUsed;
    const minutes = await writeMinutes(long, contextOf({ emit: (event) => events.push(event) }));
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200e6);
    expect(minutes.topics.length).toBeGreaterThan(1);
    // What is said four hundred times is one item.
    expect(minutes.actions.length).toBeLessThan(10);
    expect(Math.max(...minutes.actions.map((action) => action.evidence.length))).toBeLessThan(8);
    expect(events.filter((event) => event.kind === "step-progressed").map((event) => event.done)).toEqual([
      1, 2, 3,
    ]);
  });

  it("goes to a small context in parts, each of which fits, and the parts' lines are merged", async () => {
    const model = scriptedModel(answer, { contextTokens: 4096 });
    const done: number[] = [];
    const minutes = await writeMinutes(
      long,
      contextOf({
        model,
        emit: (event) => {
          if (event.kind === "step-progressed" && event.step.includes("model")) done.push(event.done);
        },
      }),
    );
    expect(model.requests.length).toBeGreaterThan(50);
    for (const request of model.requests.slice(0, 40)) {
      const tokens = await model.countTokens(request.messages.map((message) => message.content).join("\n"));
      expect(tokens + (request.maxTokens ?? 0)).toBeLessThan(4096);
    }
    expect(minutes.summary.map((line) => line.text)).toEqual([LINE, LINE, LINE]);
    expect(done).toEqual(Array.from({ length: model.requests.length - 1 }, (_, index) => index + 1));
  });

  it("stops between two parts when told to", async () => {
    const controller = new AbortController();
    const model = scriptedModel(
      (request, index) => {
        if (index === 2) controller.abort(new Error("enough"));
        return answer(request);
      },
      { contextTokens: 4096 },
    );
    const hour = { ...long, cues: long.cues.slice(0, 600) };
    const work = writeMinutes(hour, contextOf({ model, signal: controller.signal }));
    await expect(work).rejects.toThrow("enough");
    expect(model.requests).toHaveLength(3);
  });

  it("is not begun when it is called off before", async () => {
    const signal = AbortSignal.abort(new Error("not today"));
    await expect(writeMinutes(long, contextOf({ signal }))).rejects.toThrow("not today");
  });
});
