import { describe, expect, it } from "vitest";
import { segmentRecogniser } from "./segment-recogniser.ts";
import { SAMPLE_RATE, type SpeechEvent } from "./speech-recogniser.ts";
import { energyVoiceActivity } from "./voice-activity.ts";

const silence = new Int16Array(SAMPLE_RATE);
const tone = Int16Array.from({ length: SAMPLE_RATE }, (_, index) => Math.round(9_000 * Math.sin(index / 5)));

const base = {
  id: "test",
  isLocal: true,
  languages: "any",
  voiceActivity: () => energyVoiceActivity(),
} as const;

describe("a recogniser of whole utterances", () => {
  it("gives up what it cannot keep up with, and says so", async () => {
    const events: SpeechEvent[] = [];
    const released = Promise.withResolvers<void>();
    await using recogniser = segmentRecogniser({
      ...base,
      longestBacklog: 3,
      recognise: async () => {
        await released.promise;
        return "heard";
      },
    });
    await using stream = await recogniser.open({ onEvent: (event) => events.push(event) });
    for (let index = 0; index < 5; index += 1) for (const part of [silence, tone, silence]) stream.push(part);
    released.resolve();
    await stream.finish();
    expect(events.map(({ kind }) => kind)).toEqual(["final", "final", "failed", "failed", "failed"]);
    expect(events.map(({ start }) => start)).toEqual(events.map(({ start }) => start).sort((a, b) => a - b));
  });

  it("says nothing of an utterance without words", async () => {
    const events: SpeechEvent[] = [];
    await using recogniser = segmentRecogniser({ ...base, recognise: async () => "  " });
    await using stream = await recogniser.open({ onEvent: (event) => events.push(event) });
    for (const part of [silence, tone, silence]) stream.push(part);
    await stream.finish();
    expect(events).toEqual([]);
  });

  it("refuses a language that it does not know", async () => {
    await using recogniser = segmentRecogniser({ ...base, languages: ["en"], recognise: async () => "" });
    await expect(recogniser.open({ language: "pt-BR", onEvent: () => undefined })).rejects.toThrow(
      'test does not understand "pt-BR"',
    );
    await using stream = await recogniser.open({ language: "en-GB", onEvent: () => undefined });
    await stream.finish();
  });
});
