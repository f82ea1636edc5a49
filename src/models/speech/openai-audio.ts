import { ModelError } from "../../errors.ts";
import { CallFailure, callJson } from "../call-json.ts";
import { isLoopback } from "../openai-compatible.ts";
import { judgeProviderFailure, type ProviderPlace } from "../provider-failure.ts";
import { type Failure, withRetry } from "../retry.ts";
import { readTag } from "../translation/language-tag.ts";
import { segmentRecogniser } from "./segment-recogniser.ts";
import type { SpeechRecogniser } from "./speech-recogniser.ts";
import { energyVoiceActivity, type VoiceActivity } from "./voice-activity.ts";
import { writeWav } from "./wav.ts";

export type OpenAIAudioOptions = {
  /** For example `whisper-1`. */
  readonly model: string;
  /** With the version, for example `http://localhost:8000/v1`. */
  readonly url: string;
  readonly apiKey?: string;
  /** What cuts the stream at its pauses. Defaults to `energyVoiceActivity`. */
  readonly voiceActivity?: () => VoiceActivity;
  /** All attempts of one utterance together. Defaults to 3. */
  readonly attempts?: number;
  /** First pause between attempts, in milliseconds. Defaults to 500. */
  readonly pauseMs?: number;
};

/** Any server with OpenAI's `/audio/transcriptions`: each utterance is sent as one WAV file when it is over. */
export function openaiAudioRecogniser(options: OpenAIAudioOptions): SpeechRecogniser {
  const { model, url, apiKey, attempts = 3, pauseMs = 500 } = options;
  const place: ProviderPlace = {
    name: `the server at ${new URL(url).origin}`,
    model,
    keyHint: "set OPENAI_API_KEY to the key it expects",
    modelHint: `check the model's name and the address ${url}, which most servers end in /v1`,
  };
  const scrub = (text: string): string =>
    apiKey === undefined || apiKey === "" ? text : text.replaceAll(apiKey, "[key]");
  const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  return segmentRecogniser({
    id: `openai-audio:${model}`,
    isLocal: isLoopback(url),
    languages: "any",
    voiceActivity: options.voiceActivity ?? (() => energyVoiceActivity()),
    recognise: async (pcm, { language, signal }) => {
      const wav = writeWav(pcm);
      const answer = await withRetry(
        () => {
          const multipart = new FormData();
          multipart.set("file", new Blob([wav], { type: "audio/wav" }), "speech.wav");
          multipart.set("model", model);
          multipart.set("response_format", "json");
          if (language !== undefined) multipart.set("language", readTag(language).language);
          return callJson({ url: `${url}/audio/transcriptions`, headers, multipart, signal }, scrub);
        },
        { judge: (thrown) => judge(thrown, place), attempts, pauseMs, signal },
      );
      return readText(answer, place);
    },
  });
}

function judge(thrown: unknown, place: ProviderPlace): Failure {
  const failure = judgeProviderFailure(thrown, place);
  if (!(thrown instanceof CallFailure) || thrown.statusCode !== undefined) return failure;
  // The usual hint is to use another language model.
  const error = new ModelError("model-failed", `${place.name} could not be reached: ${thrown.message}`, {
    hint: "check the network and the address; typed lines work without it",
    cause: thrown,
  });
  return { ...failure, error };
}

function readText(answer: unknown, place: ProviderPlace): string {
  const text = (answer as { text?: unknown } | null)?.text;
  if (typeof text === "string") return text;
  throw new ModelError("model-output", `${place.name} answered without a text`, { hint: place.modelHint });
}
