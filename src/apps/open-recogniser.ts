import path from "node:path";
import { VAD_MODEL } from "../models/speech/speech-catalogue.ts";
import type { SpeechRecogniser } from "../models/speech/speech-recogniser.ts";
import { parseSpeechSpec, type SpeechSpec } from "../models/speech/speech-spec.ts";
import { energyVoiceActivity, type VoiceActivity } from "../models/speech/voice-activity.ts";

export type OpenRecogniserOptions = {
  /** As TANDEM_SPEECH, which is asked when it is left out. */
  readonly spec?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative folders begin. */
  readonly cwd: string;
  /** Where `tandem models pull speech:vad` puts its file. */
  readonly cacheFolder: string;
  /** Told in a sentence what is used. */
  readonly note?: (sentence: string) => void;
};

type Ear = () => VoiceActivity;

/**
 * Opens the recogniser that `spec` or TANDEM_SPEECH names: `sherpa:FOLDER`, `openai-audio:MODEL@URL`, `pocketsphinx`; with
 * `none`, or nothing named, there is none. Keys come from the environment: TANDEM_SPEECH_KEY, and OPENAI_API_KEY for OpenAI's
 * own server only.
 */
export async function openRecogniser(options: OpenRecogniserOptions): Promise<SpeechRecogniser | undefined> {
  const named = set(options.spec) ?? set(options.env.TANDEM_SPEECH) ?? "none";
  const recogniser = await open(parseSpeechSpec(named), options);
  if (recogniser !== undefined) {
    const { results, voiceActivity } = recogniser.capabilities;
    const how =
      results === "partials" ? "while they are spoken" : `in whole utterances, cut by ${voiceActivity}`;
    const where = recogniser.isLocal ? "on this machine" : "on another machine: the audio leaves this one";
    options.note?.(`speech: ${recogniser.id} hears words ${how}, ${where}`);
  }
  return recogniser;
}

// Each is loaded only when it is meant.
async function open(spec: SpeechSpec, options: OpenRecogniserOptions): Promise<SpeechRecogniser | undefined> {
  switch (spec.kind) {
    case "none":
      return undefined;
    case "sherpa": {
      const { openSherpaRecogniser } = await import("../models/speech/sherpa-onnx/sherpa-recogniser.ts");
      const folder = path.resolve(options.cwd, spec.folder);
      return openSherpaRecogniser(folder, { voiceActivity: await openEar(options) });
    }
    case "openai-audio": {
      const { openaiAudioRecogniser } = await import("../models/speech/openai-audio.ts");
      const { env } = options;
      const isOpenAI = new URL(spec.url).hostname === "api.openai.com";
      const apiKey = set(env.TANDEM_SPEECH_KEY) ?? (isOpenAI ? set(env.OPENAI_API_KEY) : undefined);
      const { model, url } = spec;
      return openaiAudioRecogniser({
        model,
        url,
        voiceActivity: await openEar(options),
        ...(apiKey !== undefined && { apiKey }),
      });
    }
    case "pocketsphinx": {
      const [{ pocketsphinxRecogniser }, { runPocketsphinx }] = await Promise.all([
        import("../models/speech/pocketsphinx-command.ts"),
        import("./run-pocketsphinx.ts"),
      ]);
      return pocketsphinxRecogniser(runPocketsphinx, await openEar(options));
    }
    default:
      return spec satisfies never;
  }
}

/** Silero where its file and sherpa-onnx are on this machine, otherwise loudness. */
async function openEar({ cacheFolder, note }: OpenRecogniserOptions): Promise<Ear> {
  const { cachedSpeechModel } = await import("../models/speech/sherpa-onnx/pull-speech-model.ts");
  const model = await cachedSpeechModel(VAD_MODEL, cacheFolder);
  if (model === undefined) {
    note?.(
      "pauses are found by loudness; tandem models pull speech:vad fetches what tells speech from noise (11 MB)",
    );
    return () => energyVoiceActivity();
  }
  try {
    const { sileroVoiceActivity } = await import("../models/speech/sherpa-onnx/silero-voice-activity.ts");
    return sileroVoiceActivity(model);
  } catch (error) {
    note?.(`pauses are found by loudness: ${error instanceof Error ? error.message : String(error)}`);
    return () => energyVoiceActivity();
  }
}

function set(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === "" ? undefined : value;
}
