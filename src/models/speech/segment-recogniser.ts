import { ModelError, TandemError } from "../../errors.ts";
import {
  assertKnows,
  type OpenSpeechOptions,
  type RecogniserCapabilities,
  SAMPLE_RATE,
  type SpeechRecogniser,
  type SpeechStream,
} from "./speech-recogniser.ts";
import type { SpeechSegment, VoiceActivity } from "./voice-activity.ts";

export type SegmentRecogniserOptions = {
  readonly id: string;
  readonly isLocal: boolean;
  readonly languages: RecogniserCapabilities["languages"];
  /** Makes what cuts a stream at its pauses; asked once for each stream. */
  readonly voiceActivity: () => VoiceActivity;
  /** The words of one utterance; an empty text is nobody speaking. */
  readonly recognise: (
    pcm: Int16Array,
    options: { readonly language?: string; readonly signal: AbortSignal },
  ) => Promise<string>;
  readonly dispose?: () => Promise<void>;
  /** Speech that waits beyond this is given up, so that a slow recogniser cannot fill the memory. Seconds, defaults to 120. */
  readonly longestBacklog?: number;
};

/** A recogniser made of something that understands whole utterances and something that finds them. */
export function segmentRecogniser(options: SegmentRecogniserOptions): SpeechRecogniser {
  return {
    id: options.id,
    isLocal: options.isLocal,
    capabilities: {
      languages: options.languages,
      results: "segments",
      voiceActivity: options.voiceActivity().id,
    },
    open: async (open) => {
      open.signal?.throwIfAborted();
      assertKnows(options.id, options.languages, open.language);
      return openSegments(options, open);
    },
    [Symbol.asyncDispose]: async () => options.dispose?.(),
  };
}

function openSegments(options: SegmentRecogniserOptions, open: OpenSpeechOptions): SpeechStream {
  const { recognise, longestBacklog = 120 } = options;
  const { language, onEvent } = open;
  const ended = new AbortController();
  const signal = open.signal === undefined ? ended.signal : AbortSignal.any([open.signal, ended.signal]);
  const activity = options.voiceActivity();
  let backlog = 0;
  let last = Promise.resolve();

  const hear = async ({ start, end, pcm }: SpeechSegment): Promise<void> => {
    const times = { start: start / SAMPLE_RATE, end: end / SAMPLE_RATE };
    try {
      const text = await recognise(pcm, { ...(language !== undefined && { language }), signal });
      if (text.trim() !== "" && !signal.aborted) onEvent({ kind: "final", text: text.trim(), ...times });
    } catch (error) {
      if (!signal.aborted) onEvent({ kind: "failed", error: asTandemError(error, options.id), ...times });
    }
  };
  const queue = (segments: readonly SpeechSegment[]): void => {
    for (const segment of segments) {
      const seconds = segment.pcm.length / SAMPLE_RATE;
      if (backlog + seconds > longestBacklog) {
        const error = new ModelError("model-failed", `${options.id} cannot keep up with the speech`, {
          hint: "use a smaller model or a faster machine",
        });
        const times = { start: segment.start / SAMPLE_RATE, end: segment.end / SAMPLE_RATE };
        last = last.then(() => (signal.aborted ? undefined : onEvent({ kind: "failed", error, ...times })));
        continue;
      }
      backlog += seconds;
      last = last.then(async () => {
        if (!signal.aborted) await hear(segment);
        backlog -= seconds;
      });
    }
  };
  return {
    push: (pcm) => {
      if (signal.aborted) return;
      queue(activity.push(pcm));
    },
    commit: () => queue(activity.flush()),
    finish: async () => {
      queue(activity.flush());
      await last;
      open.signal?.throwIfAborted();
      ended.abort();
    },
    [Symbol.asyncDispose]: async () => {
      ended.abort();
      await last;
    },
  };
}

function asTandemError(error: unknown, id: string): TandemError {
  if (error instanceof TandemError) return error;
  const said = error instanceof Error ? error.message : String(error);
  return new ModelError("model-failed", `${id} failed: ${said}`, { cause: error });
}
