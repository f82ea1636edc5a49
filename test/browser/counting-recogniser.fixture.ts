import type { SpeechRecogniser } from "../../src/models/speech/speech-recogniser.ts";

/** Says how much it heard when it is asked to end the utterance. */
export function countingRecogniser(): SpeechRecogniser {
  return {
    id: "counting",
    isLocal: true,
    capabilities: { languages: "any", results: "segments", voiceActivity: "none" },
    async open({ onEvent }) {
      let samples = 0;
      let loudest = 0;
      return {
        push(pcm) {
          samples += pcm.length;
          for (const sample of pcm) loudest = Math.max(loudest, Math.abs(sample));
        },
        commit() {
          const text = `heard ${samples} samples, the loudest ${loudest}`;
          onEvent({ kind: "final", text, start: 0, end: samples / 16_000 });
        },
        finish: async () => {},
        [Symbol.asyncDispose]: async () => {},
      };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}
