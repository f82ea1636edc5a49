import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StreamMeter } from "./meter-stream.ts";

const delta = (text: string): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text } }] })}\n\n`;
const usage = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 } })}\n\n`;
const done = "data: [DONE]\n\n";

function run(meter: StreamMeter, chunks: readonly Buffer[]): string {
  const sent = chunks.flatMap((chunk) => meter.push(chunk));
  return Buffer.concat([...sent, meter.end()]).toString("utf8");
}

describe("StreamMeter", () => {
  it("passes on every byte and reads the usage", () => {
    const meter = new StreamMeter({ keepsUsage: true });
    const text = delta("Hé") + delta('"usage":{"prompt_tokens":99}') + usage + done;
    expect(run(meter, [Buffer.from(text)])).toBe(text);
    expect(meter.usage).toEqual({ inputTokens: 7, outputTokens: 3 });
    expect(meter.isDone).toBe(true);
  });

  it("keeps the chunk back that only has the usage", () => {
    const meter = new StreamMeter({ keepsUsage: false });
    expect(run(meter, [Buffer.from(delta("a") + usage + done)])).toBe(delta("a") + done);
    expect(meter.usage?.outputTokens).toBe(3);
  });

  it("does not take a model's words for the end or for a usage", () => {
    const meter = new StreamMeter({ keepsUsage: false });
    const text = delta('"type":"response.completed" [DONE] "choices":[] "usage":{"prompt_tokens":1}');
    expect(run(meter, [Buffer.from(text)])).toBe(text);
    expect(meter.isDone).toBe(false);
    expect(meter.usage).toBeUndefined();
  });

  it("reads a stream of responses", () => {
    const meter = new StreamMeter({ keepsUsage: false });
    const last = { type: "response.completed", response: { usage: { input_tokens: 5, output_tokens: 2 } } };
    const text = `event: response.completed\ndata: ${JSON.stringify(last)}\n\n`;
    expect(run(meter, [Buffer.from(text)])).toBe(text);
    expect(meter.usage).toEqual({ inputTokens: 5, outputTokens: 2 });
    expect(meter.isDone).toBe(true);
  });

  it("is the same wherever the chunks are cut, whatever the text", () => {
    const frame = fc.oneof(
      fc.string({ unit: "binary" }).map(delta),
      fc.constant(": a comment\r\n\r\n"),
      fc.constant("data: {not json\n\n"),
      fc.constant(usage),
    );
    fc.assert(
      fc.property(fc.array(frame), fc.string(), fc.array(fc.nat(400)), (frames, rest, cuts) => {
        const tail = rest.replaceAll("\n", " ");
        const bytes = Buffer.from(frames.join("") + tail);
        const chunks: Buffer[] = [];
        let at = 0;
        for (const cut of cuts) {
          chunks.push(bytes.subarray(at, at + cut));
          at += cut;
        }
        chunks.push(bytes.subarray(at));
        expect(run(new StreamMeter({ keepsUsage: true }), chunks)).toBe(bytes.toString("utf8"));
        const without = frames.filter((each) => each !== usage).join("") + tail;
        expect(run(new StreamMeter({ keepsUsage: false }), chunks)).toBe(
          Buffer.from(without).toString("utf8"),
        );
      }),
      { numRuns: 300 },
    );
  });
});
