import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heardRate, pcmEncoder, toBase64 } from "./pcm-frames.ts";

const tone = (rate: number, hertz: number, seconds: number): Float32Array =>
  Float32Array.from({ length: rate * seconds }, (_, at) => Math.sin((2 * Math.PI * hertz * at) / rate) / 2);

/** Times the wave goes up through zero in a second. */
const pitch = (samples: Int16Array): number =>
  samples.filter((sample, at) => at > 0 && sample >= 0 && samples[at - 1]! < 0).length /
  (samples.length / heardRate);

describe("sound for the server", () => {
  it.each([8_000, 16_000, 22_050, 44_100, 48_000, 96_000])(
    "keeps its pitch and length from %i Hz",
    (rate) => {
      const heard = pcmEncoder(rate)(tone(rate, 440, 1));
      expect(Math.abs(heard.length - heardRate)).toBeLessThanOrEqual(2);
      expect(Math.abs(pitch(heard) - 440)).toBeLessThanOrEqual(2);
      expect(Math.max(...heard)).toBeGreaterThan(15_500);
      expect(Math.max(...heard)).toBeLessThanOrEqual(16_384);
    },
  );

  it("is the same however it is cut into blocks", () => {
    const samples = tone(44_100, 300, 0.05);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 12 }), (sizes) => {
        const encode = pcmEncoder(44_100);
        const out: number[] = [];
        let at = 0;
        for (const size of [...sizes, samples.length]) {
          out.push(...encode(samples.subarray(at, at + size)));
          at += size;
        }
        expect(out).toEqual([...pcmEncoder(44_100)(samples)]);
      }),
    );
  });

  it("is cut at full scale instead of turning over", () => {
    expect([...pcmEncoder(heardRate)(Float32Array.of(2, -2, 1, -1))]).toEqual([
      32_767, -32_767, 32_767, -32_767,
    ]);
  });

  it("travels as little-endian base64", () => {
    fc.assert(
      fc.property(fc.int16Array(), (samples) => {
        const bytes = Buffer.from(toBase64(samples), "base64");
        expect(bytes.length).toBe(samples.length * 2);
        expect([...samples]).toEqual([...samples].map((_, at) => bytes.readInt16LE(at * 2)));
      }),
    );
  });
});
