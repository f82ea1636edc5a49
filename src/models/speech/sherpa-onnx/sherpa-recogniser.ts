import { ModelError } from "../../../errors.ts";
import { segmentRecogniser } from "../segment-recogniser.ts";
import type { OpenSpeechOptions, SpeechRecogniser, SpeechStream } from "../speech-recogniser.ts";
import { energyVoiceActivity, type VoiceActivity } from "../voice-activity.ts";
import { loadSherpa } from "./load-sherpa.ts";
import { readSherpaModel, type SherpaModel } from "./model-files.ts";
import { SherpaProcess } from "./sherpa-process.ts";

export type SherpaOptions = {
  /** Cuts the stream for models that take whole utterances. Defaults to `energyVoiceActivity`. */
  readonly voiceActivity?: () => VoiceActivity;
};

/**
 * Opens a model folder of sherpa-onnx. Streaming models give partials; the others take whole utterances. The model runs in a
 * process of its own, started by the first stream. Throws `no-model` when the package or a file is missing.
 */
export async function openSherpaRecogniser(
  folder: string,
  options: SherpaOptions = {},
): Promise<SpeechRecogniser> {
  const model = await readSherpaModel(folder);
  loadSherpa();
  const id = `sherpa:${model.isStreaming ? "streaming-" : ""}${model.kind}`;
  const process = new SherpaProcess(id);
  if (model.isStreaming) return streamingRecogniser(id, model, process);
  return segmentRecogniser({
    id,
    isLocal: true,
    languages: model.languages,
    voiceActivity: options.voiceActivity ?? (() => energyVoiceActivity()),
    recognise: (pcm, { language, signal }) => recognise(process, model, pcm, { language, signal }),
    dispose: () => process[Symbol.asyncDispose](),
  });
}

function recognise(
  process: SherpaProcess,
  model: SherpaModel,
  pcm: Int16Array,
  { language, signal }: { readonly language: string | undefined; readonly signal: AbortSignal },
): Promise<string> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const id = process.ask((each) => ({ kind: "recognise", id: each, config: model.config(language), pcm }), {
      onReply: (reply) => {
        done();
        if (reply.kind === "recognised") resolve(reply.text);
        else reject(new ModelError("model-failed", reply.kind === "failed" ? reply.message : "no text came"));
      },
      onEnd: (error) => {
        done();
        reject(error);
      },
    });
    const stop = (): void => {
      done();
      reject(signal.reason);
    };
    const done = (): void => {
      process.forget(id);
      signal.removeEventListener("abort", stop);
    };
    signal.addEventListener("abort", stop, { once: true });
  });
}

function streamingRecogniser(id: string, model: SherpaModel, process: SherpaProcess): SpeechRecogniser {
  return {
    id,
    isLocal: true,
    capabilities: { languages: model.languages, results: "partials", voiceActivity: "the model's own" },
    open: (options) => openStream(model, process, options),
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  };
}

async function openStream(
  model: SherpaModel,
  process: SherpaProcess,
  options: OpenSpeechOptions,
): Promise<SpeechStream> {
  const { language, onEvent, signal } = options;
  signal?.throwIfAborted();
  const opened = Promise.withResolvers<void>();
  const finished = Promise.withResolvers<void>();
  // Both may be left waiting by whoever disposes of the stream.
  opened.promise.catch(() => undefined);
  finished.promise.catch(() => undefined);
  let isOver = false;
  const end = (): void => {
    isOver = true;
    signal?.removeEventListener("abort", stop);
  };
  const fail = (error: Error): void => {
    if (isOver) return;
    end();
    opened.reject(error);
    finished.reject(error);
  };
  const id = process.ask((each) => ({ kind: "open", id: each, config: model.config(language) }), {
    onReply: (reply) => {
      if (isOver) return;
      if (reply.kind === "opened") opened.resolve();
      else if (reply.kind === "finished") finished.resolve();
      else if (reply.kind === "failed") fail(new ModelError("model-failed", reply.message));
      else if (reply.kind === "heard") {
        const { text, start, end: until } = reply;
        onEvent({ kind: reply.isFinal ? "final" : "partial", text, start, end: until });
      }
    },
    onEnd: fail,
  });
  const stop = (): void => {
    process.tell({ kind: "drop", id });
    process.forget(id);
    fail(
      signal?.reason instanceof Error
        ? signal.reason
        : new ModelError("model-failed", "the stream was dropped"),
    );
  };
  signal?.addEventListener("abort", stop, { once: true });
  await opened.promise;
  return {
    push: (pcm) => process.tell({ kind: "push", id, pcm }),
    commit: () => process.tell({ kind: "commit", id }),
    finish: async () => {
      process.tell({ kind: "finish", id });
      await finished.promise;
      end();
      process.forget(id);
    },
    [Symbol.asyncDispose]: async () => stop(),
  };
}
