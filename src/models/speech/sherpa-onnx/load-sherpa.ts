import { createRequire } from "node:module";
import { ModelError } from "../../../errors.ts";

/** The parts of sherpa-onnx-node that are used; the package declares no types. */
export type Sherpa = {
  readonly Vad: new (config: object, bufferSeconds: number) => SherpaVad;
  readonly OnlineRecognizer: new (config: object) => OnlineRecognizer;
  readonly OfflineRecognizer: new (config: object) => OfflineRecognizer;
};

export type SherpaVad = {
  acceptWaveform(samples: Float32Array): void;
  isEmpty(): boolean;
  isDetected(): boolean;
  front(externalBuffer: boolean): { readonly start: number; readonly samples: Float32Array };
  pop(): void;
  flush(): void;
};

type Waveform = { readonly samples: Float32Array; readonly sampleRate: number };

export type OnlineStream = { acceptWaveform(wave: Waveform): void; inputFinished(): void };
export type OnlineRecognizer = {
  createStream(): OnlineStream;
  isReady(stream: OnlineStream): boolean;
  decode(stream: OnlineStream): void;
  isEndpoint(stream: OnlineStream): boolean;
  reset(stream: OnlineStream): void;
  getResult(stream: OnlineStream): { readonly text: string };
};

export type OfflineStream = { acceptWaveform(wave: Waveform): void };
export type OfflineRecognizer = {
  createStream(): OfflineStream;
  decode(stream: OfflineStream): void;
  getResult(stream: OfflineStream): { readonly text: string };
};

/** Loads the optional peer dependency `sherpa-onnx-node`. When it is not installed: `no-model`, with the command that installs it. */
export function loadSherpa(
  load: () => unknown = () => createRequire(import.meta.url)("sherpa-onnx-node"),
): Sherpa {
  try {
    return load() as Sherpa;
  } catch (cause) {
    const isMissing = (cause as { code?: unknown }).code === "MODULE_NOT_FOUND";
    throw new ModelError(
      "no-model",
      isMissing
        ? "speech in sherpa-onnx needs sherpa-onnx-node, which is not installed"
        : "sherpa-onnx-node does not load on this machine",
      { hint: "npm i sherpa-onnx-node (about 33 MB)", cause },
    );
  }
}

/** Samples as sherpa-onnx takes them: -1 to 1. */
export function toFloat(pcm: Int16Array): Float32Array {
  const floats = new Float32Array(pcm.length);
  for (const [index, sample] of pcm.entries()) floats[index] = sample / 32_768;
  return floats;
}
