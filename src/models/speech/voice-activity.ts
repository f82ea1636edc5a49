import { SAMPLE_RATE } from "./speech-recogniser.ts";

/** A stretch of speech with its samples; `start` and `end` count samples since the beginning. */
export type SpeechSegment = {
  readonly start: number;
  readonly end: number;
  readonly pcm: Int16Array;
};

/** Finds the stretches in which somebody speaks. Holds state: one for each stream. */
export interface VoiceActivity {
  readonly id: "energy" | "silero";
  /** True between the beginning of speech and the pause after it. */
  readonly isSpeaking: boolean;
  /** The segments that these samples complete. */
  push(pcm: Int16Array): readonly SpeechSegment[];
  /** The segment that is still open, if any; the stream may go on. */
  flush(): readonly SpeechSegment[];
}

export type VoiceActivityOptions = {
  /** A pause this long ends a segment. Seconds, defaults to 0.6. */
  readonly pause?: number;
  /** Shorter sounds are not speech. Seconds, defaults to 0.25. */
  readonly shortest?: number;
  /** A segment is cut here at the latest. Seconds, defaults to 20. */
  readonly longest?: number;
};

const FRAME = SAMPLE_RATE / 50;
/** Frames over which the noise floor is taken: 4 seconds. */
const FLOOR_FRAMES = 200;
/** Kept before the first loud frame and after the last: consonants are quiet. */
const LEAD_FRAMES = 12;
const TAIL_FRAMES = 10;
/** Above the floor, in decibels: where speech begins, and where it goes on. */
const START_DB = 9;
const HOLD_DB = 5;
/** Nothing quieter is speech, in decibels below full scale. */
const SILENCE_DB = -58;
const START_FRAMES = 3;
/** Until so many frames are known, the floor is taken for this at most: somebody may speak from the first moment on. */
const LEARNING_FRAMES = 50;
const FIRST_FLOOR_DB = -45;

/**
 * Tells speech from silence by its loudness over an adaptive noise floor (the quietest tenth of the last seconds), with no
 * model. Works for a headset or a quiet room; steady noise is learnt, music or a second voice in the background is not told apart.
 */
export function energyVoiceActivity(options: VoiceActivityOptions = {}): VoiceActivity {
  const pauseFrames = Math.round((options.pause ?? 0.6) * 50);
  const shortestFrames = Math.round((options.shortest ?? 0.25) * 50);
  const longestFrames = Math.round((options.longest ?? 20) * 50);
  let rest = new Int16Array(0);
  /** Frames since the beginning. */
  let clock = 0;
  const levels: number[] = [];
  const lead: Int16Array[] = [];
  let frames: Int16Array[] = [];
  let heard: number[] = [];
  let quietFrames = 0;
  let rising = 0;
  let isSpeaking = false;

  const close = (): SpeechSegment[] => {
    const kept = frames.slice(0, Math.max(frames.length - Math.max(quietFrames - TAIL_FRAMES, 0), 0));
    const start = clock - frames.length;
    // Judged by what is known now: noise at the beginning of a stream looked like speech.
    const floor = noiseFloor(levels);
    const isSpeech = heard.filter((level) => level > floor + HOLD_DB).length >= shortestFrames;
    frames = [];
    heard = [];
    lead.length = 0;
    quietFrames = rising = 0;
    isSpeaking = false;
    if (!isSpeech) return [];
    return [{ start: start * FRAME, end: (start + kept.length) * FRAME, pcm: joinPcm(kept) }];
  };

  const take = (frame: Int16Array): readonly SpeechSegment[] => {
    const level = loudness(frame);
    clock += 1;
    levels.push(level);
    if (levels.length > FLOOR_FRAMES) levels.shift();
    const floor = noiseFloor(levels);
    if (!isSpeaking) {
      lead.push(frame);
      if (lead.length > LEAD_FRAMES) lead.shift();
      rising = level > Math.max(floor + START_DB, SILENCE_DB) ? rising + 1 : 0;
      if (rising < START_FRAMES) return [];
      isSpeaking = true;
      frames = [...lead];
      heard = levels.slice(-rising);
      return [];
    }
    frames.push(frame);
    heard.push(level);
    quietFrames = level > Math.max(floor + HOLD_DB, SILENCE_DB) ? 0 : quietFrames + 1;
    return quietFrames >= pauseFrames || frames.length >= longestFrames ? close() : [];
  };

  return {
    id: "energy",
    get isSpeaking() {
      return isSpeaking;
    },
    push: (pcm) => {
      const all = joinPcm([rest, pcm]);
      const whole = all.length - (all.length % FRAME);
      const found: SpeechSegment[] = [];
      for (let at = 0; at < whole; at += FRAME) found.push(...take(all.slice(at, at + FRAME)));
      rest = all.slice(whole);
      return found;
    },
    flush: () => (isSpeaking ? close() : []),
  };
}

/** In decibels below full scale, the steady part taken off: a microphone's offset is no sound. */
function loudness(frame: Int16Array): number {
  let sum = 0;
  for (const sample of frame) sum += sample;
  const mean = sum / frame.length;
  let power = 0;
  for (const sample of frame) power += (sample - mean) ** 2;
  return 10 * Math.log10(power / frame.length / 32_768 ** 2 + 1e-12);
}

/** The level that a tenth of the frames stay below. */
function noiseFloor(levels: readonly number[]): number {
  const sorted = [...levels].sort((a, b) => a - b);
  const floor = sorted[Math.floor(sorted.length / 10)] ?? 0;
  return levels.length < LEARNING_FRAMES ? Math.min(floor, FIRST_FLOOR_DB) : floor;
}

/** One array of all samples, a copy. */
export function joinPcm(parts: readonly Int16Array[]): Int16Array<ArrayBuffer> {
  const joined = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
