import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileDamagedError, FileUnsupportedError } from "../../errors.ts";
import { readWav, writeWav } from "./wav.ts";

/** A file in another shape than we write. */
function wav(options: {
  rate?: number;
  channels?: number;
  bits?: number;
  code?: number;
  data: Uint8Array;
  length?: number;
}): Uint8Array {
  const { rate = 16_000, channels = 1, bits = 16, code = 1, data } = options;
  const file = Buffer.alloc(44 + data.length);
  file.write("RIFF", 0).toString();
  file.writeUInt32LE(36 + data.length, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(code, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE((rate * channels * bits) / 8, 28);
  file.writeUInt16LE((channels * bits) / 8, 32);
  file.writeUInt16LE(bits, 34);
  file.write("data", 36);
  file.writeUInt32LE(options.length ?? data.length, 40);
  file.set(data, 44);
  return file;
}

const samples = (...values: readonly number[]): Uint8Array => new Uint8Array(Int16Array.from(values).buffer);

describe("a WAV file", () => {
  it("comes back as it was written", () => {
    fc.assert(
      fc.property(fc.int16Array({ maxLength: 500 }), (pcm) => {
        expect(readWav(writeWav(pcm))).toEqual(pcm);
      }),
    );
  });

  it("is made mono", () => {
    expect([...readWav(wav({ channels: 2, data: samples(100, 300, -50, -150) }))]).toEqual([200, -100]);
  });

  it.each([8_000, 11_025, 22_050, 44_100, 48_000])(
    "keeps its length and tone from %i samples a second",
    (rate) => {
      const source = Int16Array.from({ length: rate }, (_, index) =>
        Math.round(10_000 * Math.sin((2 * Math.PI * 440 * index) / rate)),
      );
      const pcm = readWav(wav({ rate, data: new Uint8Array(source.buffer) }));
      expect(Math.abs(pcm.length - 16_000)).toBeLessThan(3);
      const crossings = pcm.filter((value, index) => index > 0 && value >= 0 && pcm[index - 1]! < 0).length;
      expect(Math.abs(crossings - 440)).toBeLessThan(3);
    },
  );

  it("is read from floats and clipped", () => {
    const data = new Uint8Array(Float32Array.from([0, 0.5, 4, -4]).buffer);
    expect([...readWav(wav({ bits: 32, code: 3, data }))]).toEqual([0, 16_384, 32_767, -32_768]);
  });

  it("is read as far as it goes when it is cut off or its length was never filled in", () => {
    expect([...readWav(wav({ data: samples(1, 2, 3), length: 0xffff_ffff }))]).toEqual([1, 2, 3]);
    expect([...readWav(wav({ data: samples(1, 2, 3) }).subarray(0, 47))]).toEqual([1]);
  });

  it("passes over parts it does not know", () => {
    const file = writeWav(Int16Array.of(7, 8));
    const extra = Buffer.concat([Buffer.from("LIST"), Buffer.from([3, 0, 0, 0]), Buffer.from("abc\0")]);
    expect([...readWav(Buffer.concat([file.subarray(0, 36), extra, file.subarray(36)]))]).toEqual([7, 8]);
  });

  it("is refused with a reason when it cannot be read", () => {
    const good = writeWav(Int16Array.of(1, 2));
    expect(() => readWav(new TextEncoder().encode("ID3 some music"))).toThrow(FileUnsupportedError);
    expect(() => readWav(wav({ bits: 8, data: samples(1) }))).toThrow("8 bits in format 1");
    expect(() => readWav(wav({ channels: 0, data: samples(1) }))).toThrow(FileDamagedError);
    expect(() => readWav(wav({ rate: 4_000_000, data: samples(1) }))).toThrow(FileDamagedError);
    for (let end = 12; end < 40; end += 1)
      expect(() => readWav(good.subarray(0, end))).toThrow(FileDamagedError);
  });
});
