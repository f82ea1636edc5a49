import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { ModelError } from "../../../errors.ts";
import { VAD_MODEL } from "../speech-catalogue.ts";
import { SAMPLE_RATE } from "../speech-recogniser.ts";
import type { SpeechSegment, VoiceActivity, VoiceActivityOptions } from "../voice-activity.ts";
import { loadSherpa, type SherpaVad, toFloat } from "./load-sherpa.ts";

/** Samples the model looks at in one go. */
const WINDOW = 512;
const PAD_SECONDS = 0.1;

/**
 * Tells speech from other sounds with the Silero model in sherpa-onnx: half a millisecond of work for 0.1 s of sound, done in
 * this process. Throws `no-model` when the package is missing or the file is not the catalogue's.
 */
export function sileroVoiceActivity(model: string, options: VoiceActivityOptions = {}): () => VoiceActivity {
  const { Vad } = loadSherpa();
  // Another file would end the whole process inside sherpa-onnx.
  if (createHash("sha256").update(readFileSync(model)).digest("hex") !== VAD_MODEL.sha256) {
    throw new ModelError("no-model", `${model} is not the voice activity model of the catalogue`, {
      hint: "remove it and fetch it again: tandem models pull speech:vad",
    });
  }
  const config = {
    sileroVad: {
      model,
      threshold: 0.5,
      minSilenceDuration: options.pause ?? 0.6,
      minSpeechDuration: options.shortest ?? 0.25,
      maxSpeechDuration: options.longest ?? 20,
      windowSize: WINDOW,
    },
    sampleRate: SAMPLE_RATE,
    numThreads: 1,
  };
  return () => overVad(() => new Vad(config, (options.longest ?? 20) * 2 + 10));
}

function overVad(open: () => SherpaVad): VoiceActivity {
  let vad = open();
  /** Samples before this detector began, and all together. */
  let before = 0;
  let pushed = 0;
  const take = (): SpeechSegment[] => {
    const found: SpeechSegment[] = [];
    while (!vad.isEmpty()) {
      const { start: own, samples } = vad.front(false);
      const start = before + own;
      vad.pop();
      found.push({ start, end: start + samples.length, pcm: padded(samples) });
    }
    return found;
  };
  return {
    id: "silero",
    get isSpeaking() {
      return vad.isDetected();
    },
    push: (pcm) => {
      pushed += pcm.length;
      const floats = toFloat(pcm);
      const found: SpeechSegment[] = [];
      // Sherpa-onnx judges all that it is given at once as one thing: speech where any of it is.
      for (let at = 0; at < floats.length; at += WINDOW) {
        vad.acceptWaveform(floats.subarray(at, at + WINDOW));
        found.push(...take());
      }
      return found;
    },
    flush: () => {
      vad.flush();
      const found = take();
      // A detector that was flushed is not to be used again.
      vad = open();
      before = pushed;
      return found;
    },
  };
}

/** The model cuts close; recognisers lose a first word without a little silence before it. */
function padded(samples: Float32Array): Int16Array {
  const pad = Math.round(PAD_SECONDS * SAMPLE_RATE);
  const pcm = new Int16Array(samples.length + 2 * pad);
  for (const [index, sample] of samples.entries())
    pcm[pad + index] = Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768)));
  return pcm;
}
