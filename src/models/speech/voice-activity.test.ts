import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conversation, hasFlite, withNoise } from "./flite.fixture.ts";
import { SAMPLE_RATE } from "./speech-recogniser.ts";
import { energyVoiceActivity, type SpeechSegment, type VoiceActivityOptions } from "./voice-activity.ts";

const SENTENCES = [
  "Good morning, this is the first sentence of the call.",
  "The second one is about prices and dates, and it goes on for a good while, because some people like long sentences.",
  "And the third closes the meeting.",
  "Yes.",
  "Thank you all, goodbye.",
];

function cut(pcm: Int16Array, options: VoiceActivityOptions = {}, step = 1_600): readonly SpeechSegment[] {
  const activity = energyVoiceActivity(options);
  const found: SpeechSegment[] = [];
  for (let at = 0; at < pcm.length; at += step) found.push(...activity.push(pcm.subarray(at, at + step)));
  return [...found, ...activity.flush()];
}

/** A tone of so many seconds: what is loud enough counts as speech. */
function tone(seconds: number, level = 8_000): Int16Array {
  return Int16Array.from({ length: seconds * SAMPLE_RATE }, (_, index) =>
    Math.round(level * Math.sin(index / 5)),
  );
}

function joined(...parts: readonly Int16Array[]): Int16Array {
  return Int16Array.from(parts.flatMap((part) => [...part]));
}

describe.skipIf(!hasFlite)("loudness over real voices (skipped: the program flite is not installed)", () => {
  const clean = hasFlite ? conversation(SENTENCES) : new Int16Array(0);

  it.each([-90, -60, -50, -40, -35, -30])("finds five sentences with noise at %i decibels", (decibels) => {
    const segments = cut(withNoise(clean, decibels));
    expect(segments).toHaveLength(SENTENCES.length);
    const covered = segments.reduce((sum, { start, end }) => sum + (end - start), 0) / clean.length;
    expect(covered).toBeGreaterThan(0.6);
  });

  it("finds speech that begins with the first sample", () => {
    const start = clean.subarray(0.9 * SAMPLE_RATE);
    expect(cut(withNoise(start, -55))).toHaveLength(SENTENCES.length);
  });

  it("cuts what goes on for too long", () => {
    const segments = cut(clean, { longest: 2 });
    expect(Math.max(...segments.map(({ start, end }) => end - start))).toBeLessThanOrEqual(2 * SAMPLE_RATE);
    expect(segments.length).toBeGreaterThan(SENTENCES.length);
  });
});

describe("loudness", () => {
  it.each([-20, -30, -40, -60])("hears nobody in steady noise at %i decibels", (decibels) => {
    expect(cut(withNoise(new Int16Array(10 * SAMPLE_RATE), decibels))).toEqual([]);
  });

  it("hears nobody in silence, in a steady offset or in a click", () => {
    const click = new Int16Array(5 * SAMPLE_RATE);
    click.fill(20_000, 30_000, 30_800);
    expect(cut(new Int16Array(5 * SAMPLE_RATE))).toEqual([]);
    expect(cut(new Int16Array(5 * SAMPLE_RATE).fill(12_000))).toEqual([]);
    expect(cut(click)).toEqual([]);
  });

  it("keeps a little before and after, and gives the samples that lie there", () => {
    const silence = new Int16Array(2 * SAMPLE_RATE);
    const pcm = joined(silence, tone(1), silence);
    const [segment, ...others] = cut(pcm);
    expect(others).toEqual([]);
    expect(segment!.start).toBeLessThan(2 * SAMPLE_RATE);
    expect(segment!.end).toBeGreaterThan(3 * SAMPLE_RATE);
    expect(segment!.end - segment!.start).toBeLessThan(1.6 * SAMPLE_RATE);
    expect(segment!.pcm).toEqual(pcm.slice(segment!.start, segment!.end));
  });

  it("does not depend on how the samples are cut into pieces", () => {
    const silence = new Int16Array(SAMPLE_RATE);
    const pcm = withNoise(joined(silence, tone(0.7), silence, tone(1.2), silence), -50);
    const whole = cut(pcm, {}, pcm.length).map(({ start, end }) => [start, end]);
    expect(whole).toHaveLength(2);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_000 }), (step) => {
        expect(cut(pcm, {}, step).map(({ start, end }) => [start, end])).toEqual(whole);
      }),
      { numRuns: 15 },
    );
  });

  it("does not change what it was given", () => {
    const pcm = tone(1);
    const before = pcm.slice();
    cut(pcm);
    expect(pcm).toEqual(before);
  });
});
