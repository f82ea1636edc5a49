import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversation, hasFlite } from "../models/speech/flite.fixture.ts";
import { writeTinyCtc } from "../models/speech/sherpa-onnx/tiny-onnx.fixture.ts";
import type { SpeechEvent } from "../models/speech/speech-recogniser.ts";
import { openRecogniser } from "./open-recogniser.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tandem-ear-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const options = (env: Record<string, string>, notes: string[] = []) => ({
  env,
  cwd: folder,
  cacheFolder: join(folder, "cache"),
  note: (sentence: string) => void notes.push(sentence),
});

const hasPocketsphinx = isThere("pocketsphinx_continuous");

function isThere(program: string): boolean {
  try {
    execFileSync("which", [program], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe("the recogniser", () => {
  it("is none where nothing names one", async () => {
    expect(await openRecogniser(options({}))).toBeUndefined();
    expect(await openRecogniser(options({ TANDEM_SPEECH: "none" }))).toBeUndefined();
    expect(
      await openRecogniser({ ...options({ TANDEM_SPEECH: "pocketsphinx" }), spec: "none" }),
    ).toBeUndefined();
  });

  it("is opened by the environment's name, and says plainly what is used", async () => {
    await writeTinyCtc(join(folder, "model"));
    const notes: string[] = [];
    await using recogniser = await openRecogniser(options({ TANDEM_SPEECH: "sherpa:model" }, notes));
    expect(recogniser?.id).toBe("sherpa:ctc");
    expect(notes.join("\n")).toContain("pauses are found by loudness; tandem models pull speech:vad");
    expect(notes.join("\n")).toContain("on this machine");
  });

  it("says when audio leaves the machine", async () => {
    const notes: string[] = [];
    await using recogniser = await openRecogniser(
      options({ TANDEM_SPEECH: "openai-audio:m@https://speech.example/v1", OPENAI_API_KEY: "k" }, notes),
    );
    expect(recogniser?.isLocal).toBe(false);
    expect(notes.join("\n")).toContain("the audio leaves this one");
  });

  it.skipIf(!hasPocketsphinx || !hasFlite)(
    "understands a clear voice with pocketsphinx (skipped: pocketsphinx or flite is not installed)",
    async () => {
      await using recogniser = await openRecogniser(options({ TANDEM_SPEECH: "pocketsphinx" }));
      const events: SpeechEvent[] = [];
      await using stream = await recogniser!.open({
        language: "en-US",
        onEvent: (event) => events.push(event),
      });
      stream.push(conversation(["good morning everybody", "the delivery is on friday"]));
      await stream.finish();
      expect(events.map((event) => event.kind === "final" && event.text)).toEqual([
        "good morning everybody",
        expect.stringContaining("friday"),
      ]);
    },
  );
});
