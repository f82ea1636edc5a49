import { segmentRecogniser } from "./segment-recogniser.ts";
import type { SpeechRecogniser } from "./speech-recogniser.ts";
import { energyVoiceActivity, type VoiceActivity } from "./voice-activity.ts";
import { writeWav } from "./wav.ts";

/** Runs `pocketsphinx_continuous` over a WAV file and gives what it prints. */
export type RunPocketsphinx = (wav: Uint8Array, signal: AbortSignal) => Promise<string>;

/**
 * The small recogniser that Debian carries, with its American English model (BSD). It understands clear read speech and
 * little else: for trying things out with no network, not for meetings. Each utterance starts the program, about a second.
 */
export function pocketsphinxRecogniser(
  run: RunPocketsphinx,
  voiceActivity: () => VoiceActivity = () => energyVoiceActivity(),
): SpeechRecogniser {
  return segmentRecogniser({
    id: "pocketsphinx",
    isLocal: true,
    languages: ["en"],
    voiceActivity,
    // It prints a line for each stretch that it hears within the file.
    recognise: async (pcm, { signal }) => (await run(writeWav(pcm), signal)).trim().replace(/\s+/g, " "),
  });
}
