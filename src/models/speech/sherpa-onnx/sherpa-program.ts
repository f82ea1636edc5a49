import { SAMPLE_RATE } from "../speech-recogniser.ts";
import {
  loadSherpa,
  type OfflineRecognizer,
  type OnlineRecognizer,
  type OnlineStream,
  toFloat,
} from "./load-sherpa.ts";
import type { SherpaModelConfig } from "./model-files.ts";
import type { SherpaReply, SherpaRequest } from "./sherpa-protocol.ts";

// A program of its own, not a thread: sherpa-onnx ends its process on a model it does not like.

const FEATURES = { sampleRate: SAMPLE_RATE, featureDim: 80 };
/** A model is loaded again for another language where its settings name one. */
const MODELS_KEPT = 4;
/** Silence after the last word, so that a model that looks ahead gives it out. Seconds. */
const TAIL = 0.8;

type Stream = {
  readonly recogniser: OnlineRecognizer;
  readonly stream: OnlineStream;
  samples: number;
  /** Where the utterance began, in samples. */
  start: number;
  shown: string;
};

const sherpa = loadSherpa();
const offline = new Map<string, OfflineRecognizer>();
const online = new Map<string, OnlineRecognizer>();
const streams = new Map<number, Stream>();

const reply = (message: SherpaReply): void => void process.send?.(message);

function kept<T>(models: Map<string, T>, config: SherpaModelConfig, make: () => T): T {
  const key = JSON.stringify(config);
  const model = models.get(key) ?? make();
  models.delete(key);
  models.set(key, model);
  const oldest = models.keys().next().value;
  if (models.size > MODELS_KEPT && oldest !== undefined) models.delete(oldest);
  return model;
}

function recognise(config: SherpaModelConfig, pcm: Int16Array): string {
  const recogniser = kept(
    offline,
    config,
    () => new sherpa.OfflineRecognizer({ featConfig: FEATURES, modelConfig: { numThreads: 2, ...config } }),
  );
  const stream = recogniser.createStream();
  stream.acceptWaveform({ samples: toFloat(pcm), sampleRate: SAMPLE_RATE });
  recogniser.decode(stream);
  return recogniser.getResult(stream).text;
}

function openStream(id: number, config: SherpaModelConfig): void {
  const recogniser = kept(
    online,
    config,
    () =>
      new sherpa.OnlineRecognizer({
        featConfig: FEATURES,
        modelConfig: { numThreads: 1, ...config },
        enableEndpoint: 1,
        rule1MinTrailingSilence: 2.4,
        rule2MinTrailingSilence: 0.7,
        rule3MinUtteranceLength: 20,
      }),
  );
  streams.set(id, { recogniser, stream: recogniser.createStream(), samples: 0, start: 0, shown: "" });
}

function listen(id: number, stream: Stream, isOver: boolean): void {
  const { recogniser } = stream;
  while (recogniser.isReady(stream.stream)) recogniser.decode(stream.stream);
  const text = recogniser.getResult(stream.stream).text.trim();
  const ends = isOver || recogniser.isEndpoint(stream.stream);
  const times = { start: stream.start / SAMPLE_RATE, end: stream.samples / SAMPLE_RATE };
  if (text !== "" && (ends || text !== stream.shown))
    reply({ kind: "heard", id, isFinal: ends, text, ...times });
  stream.shown = ends ? "" : text;
  // Leading silence is no part of what is said next.
  if (ends || text === "") stream.start = stream.samples;
  if (ends) recogniser.reset(stream.stream);
}

function commit(id: number, stream: Stream): void {
  const samples = new Float32Array(Math.round(TAIL * SAMPLE_RATE));
  stream.stream.acceptWaveform({ samples, sampleRate: SAMPLE_RATE });
  listen(id, stream, true);
}

function answer(request: SherpaRequest): void {
  const { id } = request;
  const stream = streams.get(id);
  switch (request.kind) {
    case "recognise":
      reply({ kind: "recognised", id, text: recognise(request.config, request.pcm) });
      return;
    case "open":
      openStream(id, request.config);
      reply({ kind: "opened", id });
      return;
    case "push":
      if (stream === undefined) return;
      stream.samples += request.pcm.length;
      stream.stream.acceptWaveform({ samples: toFloat(request.pcm), sampleRate: SAMPLE_RATE });
      listen(id, stream, false);
      return;
    case "commit":
      if (stream !== undefined) commit(id, stream);
      return;
    case "finish":
      if (stream !== undefined) commit(id, stream);
      streams.delete(id);
      reply({ kind: "finished", id });
      return;
    case "drop":
      streams.delete(id);
      return;
    default:
      request satisfies never;
  }
}

process.on("message", (request: SherpaRequest) => {
  try {
    answer(request);
  } catch (error) {
    streams.delete(request.id);
    reply({
      kind: "failed",
      id: request.id,
      message: error instanceof Error ? error.message : String(error),
    });
  }
});
// Whoever asked is gone.
process.on("disconnect", () => process.exit(0));
