import { describe, expect, it } from "vitest";
import type { SpeechEvent, SpeechRecogniser } from "../../../models/speech/speech-recogniser.ts";
import { readPcm } from "./hearing.ts";
import { testLive } from "./live.fixture.ts";

type Ear = SpeechRecogniser & {
  readonly languages: string[];
  readonly heard: number[];
  readonly finished: () => number;
};

/** Hears a word for each push, and an utterance for each commit; a push of silence makes it fail. */
function ear(): Ear {
  const languages: string[] = [];
  const heard: number[] = [];
  let finished = 0;
  return {
    ...{ languages, heard, id: "test", isLocal: true, finished: () => finished },
    capabilities: { languages: ["en"], results: "partials", voiceActivity: "none" },
    open: async ({ language = "", onEvent }) => {
      languages.push(language);
      let words: string[] = [];
      const tell = (kind: "partial" | "final"): void =>
        onEvent({ kind, text: words.join(" "), start: 0, end: 1 } satisfies SpeechEvent);
      return {
        push: (pcm) => {
          if (pcm.every((sample) => sample === 0)) throw new Error("canary");
          heard.push(...pcm);
          words.push(`word${words.length + 1}`);
          tell("partial");
        },
        commit: () => {
          if (words.length > 0) tell("final");
          words = [];
        },
        finish: async () => {
          finished++;
          if (words.length > 0) tell("final");
        },
        [Symbol.asyncDispose]: async () => {},
      };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

const audio = (...samples: number[]): string =>
  Buffer.from(Int16Array.from(samples).buffer).toString("base64");

describe("somebody who speaks", () => {
  it("is heard as lines of their own, which others read in their language", async () => {
    const recogniser = ear();
    await using live = await testLive({ openRecogniser: async () => recogniser });
    const { tokens } = await live.room();
    const ana = await live.client(tokens.acme!);
    const rui = await live.client(tokens.beta!, { name: "Rui", mode: "responsive" });
    expect([ana.created.hears, rui.created.hears]).toEqual([true, false]);
    const push = (...samples: number[]): void =>
      ana.send({ type: "session.input_audio_buffer.append", audio: audio(...samples) });
    push(1, -32_768);
    push(32_767);
    expect(await rui.next("input_transcript.delta")).toMatchObject({ speaker: ana.created.participant.id });
    ana.send({ type: "input_audio_buffer.commit" });
    const first = await rui.next("line.said");
    expect(first.text).toBe("word1 word2");
    expect(recogniser.heard).toEqual([1, -32_768, 32_767]);
    push(5);
    ana.send({ type: "input_audio_buffer.commit" });
    const second = await rui.next("line.said");
    expect([second.text, second.line === first.line]).toEqual(["word1", false]);
    expect(recogniser.languages).toEqual(["en"]);

    // Who isn't heard is told so, and can type.
    rui.send({ type: "input_audio_buffer.append", audio: audio(1) });
    expect((await rui.next("error")).error.code).toBe("cannot-hear");
    push(0, 0);
    expect((await ana.next("error")).error).toMatchObject({ code: "cannot-hear" });
    push(7);
    // What was being said when the microphone ends is said.
    ana.socket.close();
    expect((await rui.next("line.said")).text).toBe("word1");
    expect(recogniser.finished()).toBe(1);
    expect(live.log()).not.toContain("canary");
  });
});

describe("audio as text", () => {
  it("is read as little-endian samples, and refused where it is none", () => {
    expect(readPcm(audio(1, -2, 300))).toEqual(Int16Array.from([1, -2, 300]));
    expect(readPcm("")).toEqual(new Int16Array());
    for (const bad of ["AAA", "AAAA", "%%%=", "A===", "AA=A"]) expect(readPcm(bad), bad).toBeUndefined();
  });
});
