import { ModelError, type TandemError } from "../../errors.ts";
import { readTag } from "../translation/language-tag.ts";

/** What every recogniser takes: PCM, 16 bit, mono, this many samples a second. */
export const SAMPLE_RATE = 16_000;

/** What a recogniser can do. */
export type RecogniserCapabilities = {
  /** BCP 47 languages it knows, `any` where its model finds out, or nothing where nobody knows. */
  readonly languages: readonly string[] | "any" | "unknown";
  /** `partials`: words come while they are spoken. `segments`: a whole utterance at a time, cut at pauses. */
  readonly results: "partials" | "segments";
  /** What finds the pauses, for a person: `silero`, `energy`, or the recogniser's own rule. */
  readonly voiceActivity: string;
};

/** What is heard. Times are seconds since the stream was opened. */
export type SpeechEvent =
  | {
      /** The utterance so far; later words may still change earlier ones. */
      readonly kind: "partial" | "final";
      readonly text: string;
      readonly start: number;
      readonly end: number;
    }
  | {
      /** A stretch that was not understood because the recogniser failed. The stream goes on. */
      readonly kind: "failed";
      readonly error: TandemError;
      readonly start: number;
      readonly end: number;
    };

export type OpenSpeechOptions = {
  /** BCP 47: what is spoken. Left out, the model finds out where it can. */
  readonly language?: string;
  /** Called in the order of time, never after `finish` has resolved or the stream was disposed of. */
  readonly onEvent: (event: SpeechEvent) => void;
  /** Ends the stream; what is under way is dropped. */
  readonly signal?: AbortSignal;
};

/** One speaker's audio. */
export interface SpeechStream {
  /** Takes samples at SAMPLE_RATE; keeps no reference to them. */
  push(pcm: Int16Array): void;
  /** Ends the utterance so far without waiting for a pause. */
  commit(): void;
  /** No more audio: resolves when the last event has been given. Rejects with the reason of an abort. */
  finish(): Promise<void>;
  /** Drops what is under way. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Turns speech into text. */
export interface SpeechRecogniser {
  /** For example `sherpa:whisper` or `openai-audio:whisper-1`. */
  readonly id: string;
  /** True when no audio leaves this machine. */
  readonly isLocal: boolean;
  readonly capabilities: RecogniserCapabilities;
  open(options: OpenSpeechOptions): Promise<SpeechStream>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Whether a recogniser can be tried on a language: true where nobody knows. */
export function knowsLanguage(
  languages: RecogniserCapabilities["languages"],
  language: string | undefined,
): boolean {
  if (language === undefined || languages === "any" || languages === "unknown") return true;
  return languages.includes(readTag(language).language);
}

/** Throws `no-model` for a language that the recogniser doesn't know. */
export function assertKnows(
  id: string,
  languages: RecogniserCapabilities["languages"],
  language: string | undefined,
): void {
  if (knowsLanguage(languages, language)) return;
  throw new ModelError("no-model", `${id} does not understand "${language}"`, {
    hint: `it knows ${languages.toString()}; typed lines work in every language`,
  });
}
