import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_RATE, type SpeechEvent, type SpeechRecogniser } from "../speech-recogniser.ts";
import { loadSherpa } from "./load-sherpa.ts";
import { readSherpaModel } from "./model-files.ts";
import { openSherpaRecogniser } from "./sherpa-recogniser.ts";
import { onnxSaying, writeTinyCtc, writeTinyTransducer } from "./tiny-onnx.fixture.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tandem-sherpa-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const silence = new Int16Array(1.2 * SAMPLE_RATE);
const noise = Int16Array.from({ length: SAMPLE_RATE }, (_, index) => ((index * 7_919) % 16_001) - 8_000);

async function hear(recogniser: SpeechRecogniser, parts: readonly Int16Array[]): Promise<SpeechEvent[]> {
  const events: SpeechEvent[] = [];
  await using stream = await recogniser.open({ language: "en", onEvent: (event) => events.push(event) });
  for (const part of parts)
    for (let at = 0; at < part.length; at += 1_600) stream.push(part.subarray(at, at + 1_600));
  await stream.finish();
  return events;
}

describe("sherpa-onnx over tiny models made here", () => {
  it("hears whole utterances with a CTC model", async () => {
    const place = join(folder, "ctc");
    await writeTinyCtc(place);
    await using recogniser = await openSherpaRecogniser(place);
    expect(recogniser).toMatchObject({
      id: "sherpa:ctc",
      isLocal: true,
      capabilities: { results: "segments", voiceActivity: "energy" },
    });
    const events = await hear(recogniser, [silence, noise, silence, noise, silence]);
    expect(events.map(({ kind }) => kind)).toEqual(["final", "final"]);
    expect(events[0]).toMatchObject({ text: expect.stringMatching(/^la( la)*$/) });
    expect(events[1]!.start).toBeGreaterThan(3);
  });

  it("hears words as they come with a streaming transducer, for two speakers at once", async () => {
    const place = join(folder, "transducer");
    await writeTinyTransducer(place);
    await using recogniser = await openSherpaRecogniser(place);
    expect(recogniser.capabilities.results).toBe("partials");
    const [one, other] = await Promise.all([
      hear(recogniser, [silence, noise, silence, noise, silence]),
      hear(recogniser, [silence, noise, silence]),
    ]);
    const finals = (events: readonly SpeechEvent[]) => events.filter(({ kind }) => kind === "final");
    expect(finals(one)).toHaveLength(2);
    expect(finals(other)).toHaveLength(1);
    const partials = one.filter(({ kind }) => kind === "partial");
    expect(partials.length).toBeGreaterThan(3);
    const [first, second] = partials as [SpeechEvent & { text: string }, SpeechEvent & { text: string }];
    expect(second.text.startsWith(first.text)).toBe(true);
  });

  it("ends an utterance when it is told to", async () => {
    const place = join(folder, "transducer");
    await writeTinyTransducer(place);
    await using recogniser = await openSherpaRecogniser(place);
    const events: SpeechEvent[] = [];
    await using stream = await recogniser.open({ onEvent: (event) => events.push(event) });
    stream.push(noise);
    stream.commit();
    await expect.poll(() => events.at(-1)?.kind).toBe("final");
  });

  it("drops what is under way when it is aborted", async () => {
    const place = join(folder, "ctc");
    await writeTinyCtc(place);
    await using recogniser = await openSherpaRecogniser(place);
    const controller = new AbortController();
    const stream = await recogniser.open({ signal: controller.signal, onEvent: () => undefined });
    for (const part of [silence, noise, silence]) stream.push(part);
    controller.abort(new Error("enough"));
    await expect(stream.finish()).rejects.toThrow("enough");
  });

  it("survives a model that ends the process, and says what sherpa-onnx said", async () => {
    const place = join(folder, "broken");
    await writeTinyTransducer(place);
    // Whole as a file, but not a decoder.
    await writeFile(join(place, "decoder.onnx"), onnxSaying({ vocab_size: "3" }));
    await using recogniser = await openSherpaRecogniser(place);
    await expect(recogniser.open({ onEvent: () => undefined })).rejects.toMatchObject({
      code: "model-failed",
      message: expect.stringContaining("context_size"),
    });
  });
});

describe("a model folder", () => {
  const put = async (name: string, files: Readonly<Record<string, Uint8Array | string>>): Promise<string> => {
    const place = join(folder, name);
    await mkdir(place, { recursive: true });
    for (const [file, content] of Object.entries(files)) await writeFile(join(place, file), content);
    return place;
  };
  const plain = onnxSaying({});
  const tokens = "a 0\n";

  it.each([
    [
      "streaming zipformer",
      {
        "encoder-epoch-99.int8.onnx": onnxSaying({ model_type: "zipformer2", decode_chunk_len: "32" }),
        "encoder-epoch-99.onnx": plain,
        "decoder-epoch-99.onnx": plain,
        "joiner-epoch-99.int8.onnx": plain,
        "tokens.txt": tokens,
      },
      "transducer",
      true,
    ],
    [
      "zipformer",
      {
        "encoder.onnx": onnxSaying({ model_type: "zipformer2" }),
        "decoder.onnx": plain,
        "joiner.onnx": plain,
        "tokens.txt": tokens,
      },
      "transducer",
      false,
    ],
    [
      "whisper",
      {
        "tiny.en-encoder.onnx": onnxSaying({ model_type: "whisper-tiny.en" }),
        "tiny.en-decoder.onnx": plain,
        "tiny.en-tokens.txt": tokens,
      },
      "whisper",
      false,
    ],
    [
      "moonshine",
      {
        "preprocess.onnx": plain,
        "encode.int8.onnx": plain,
        "uncached_decode.int8.onnx": plain,
        "cached_decode.int8.onnx": plain,
        "tokens.txt": tokens,
      },
      "moonshine",
      false,
    ],
    [
      "moonshine merged",
      { "encoder_model.ort": "x", "decoder_model_merged.ort": "x", "tokens.txt": tokens },
      "moonshine",
      false,
    ],
    [
      "sense-voice",
      { "model.int8.onnx": onnxSaying({ model_type: "sense_voice_ctc" }), "tokens.txt": tokens },
      "sense-voice",
      false,
    ],
    [
      "nemo",
      { "model.onnx": onnxSaying({ model_type: "EncDecCTCModelBPE" }), "tokens.txt": tokens },
      "ctc",
      false,
    ],
    [
      "streaming nemo",
      {
        "model.onnx": onnxSaying({
          model_type: "EncDecHybridRNNTCTCBPEModel",
          window_size: "1",
          chunk_shift: "1",
        }),
        "tokens.txt": tokens,
      },
      "ctc",
      true,
    ],
    [
      "paraformer",
      { "model.onnx": onnxSaying({ model_type: "paraformer" }), "tokens.txt": tokens },
      "paraformer",
      false,
    ],
    [
      "any name",
      {
        "gigaam.onnx": onnxSaying({ model_type: "EncDecCTCModel" }),
        "silero_vad.onnx": plain,
        "tokens.txt": tokens,
      },
      "ctc",
      false,
    ],
  ] as const)("of %s is known by its files", async (name, files, kind, isStreaming) => {
    expect(await readSherpaModel(await put(name, files))).toMatchObject({ kind, isStreaming });
  });

  it("takes the quantised file where there are two, and the language where the model wants one", async () => {
    const encoder = onnxSaying({ model_type: "whisper-tiny" });
    const place = await put("two", {
      "tiny-encoder.int8.onnx": encoder,
      "tiny-encoder.onnx": encoder,
      "tiny-decoder.onnx": plain,
      "tiny-tokens.txt": tokens,
    });
    const model = await readSherpaModel(place);
    expect(model.languages).toBe("any");
    expect(model.config("pt-BR")).toMatchObject({
      whisper: { encoder: join(place, "tiny-encoder.int8.onnx"), language: "pt" },
      tokens: join(place, "tiny-tokens.txt"),
    });
    expect(model.config(undefined)).toMatchObject({ whisper: { language: "" } });
  });

  it.each([
    ["empty", {}, "none of them a model"],
    ["half", { "encoder.onnx": plain, "joiner.onnx": plain, "tokens.txt": tokens }, "it lacks decoder*.onnx"],
    ["no tokens", { "model.onnx": onnxSaying({ model_type: "paraformer" }) }, "no tokens.txt"],
    [
      "unknown",
      { "model.onnx": onnxSaying({ model_type: "yolo" }), "tokens.txt": tokens },
      'of the type "yolo"',
    ],
    ["silent", { "model.onnx": plain, "tokens.txt": tokens }, "says nothing about what it is"],
    [
      "pointer",
      {
        "model.onnx": "version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 1\n",
        "tokens.txt": tokens,
      },
      "is not an ONNX model",
    ],
    [
      "cut off",
      { "model.onnx": onnxSaying({ model_type: "paraformer" }).subarray(0, 40), "tokens.txt": tokens },
      "cut off",
    ],
    ["nothing in it", { "model.onnx": "", "tokens.txt": tokens }, "holds no model"],
  ] as const)("that is %s is refused with what is missing", async (name, files, said) => {
    await expect(readSherpaModel(await put(`bad ${name}`, files))).rejects.toThrow(said);
  });

  it("that is not there is refused", async () => {
    await expect(readSherpaModel(join(folder, "nowhere"))).rejects.toMatchObject({ code: "no-model" });
  });
});

it("says how to install the package when it is missing", () => {
  const missing = (): never => {
    throw Object.assign(new Error("Cannot find module"), { code: "MODULE_NOT_FOUND" });
  };
  expect(() => loadSherpa(missing)).toThrow("not installed");
});
