import { FileDamagedError, FileUnsupportedError } from "../../errors.ts";
import { SAMPLE_RATE } from "./speech-recogniser.ts";

const HEADER_BYTES = 44;

/** A WAV file of 16-bit mono samples at SAMPLE_RATE. */
export function writeWav(pcm: Int16Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES + pcm.length * 2);
  const view = new DataView(bytes.buffer);
  const tag = (at: number, text: string): void => bytes.set(new TextEncoder().encode(text), at);
  tag(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  tag(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, SAMPLE_RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  tag(36, "data");
  view.setUint32(40, pcm.length * 2, true);
  for (const [index, sample] of pcm.entries()) view.setInt16(HEADER_BYTES + index * 2, sample, true);
  return bytes;
}

/** True for bytes that begin like a WAV file. */
export function isWav(bytes: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, 12));
  return text.startsWith("RIFF") && text.endsWith("WAVE");
}

type Format = {
  readonly channels: number;
  readonly rate: number;
  readonly read: (at: number) => number;
  readonly size: number;
};

/**
 * The samples of a WAV file (16-bit integers or 32-bit floats, any channels and rate), as mono at SAMPLE_RATE. A file that is
 * cut off, or whose length was never filled in because it was a stream, is read as far as it goes.
 */
export function readWav(bytes: Uint8Array): Int16Array<ArrayBuffer> {
  if (!isWav(bytes))
    throw new FileUnsupportedError("this is not a WAV file", {
      hint: "convert it, for example: ffmpeg -i call.mp3 -ar 16000 -ac 1 call.wav",
    });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: Format | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const tag = new TextDecoder("latin1").decode(bytes.subarray(at, at + 4));
    const length = view.getUint32(at + 4, true);
    if (tag === "fmt ") format = readFormat(view, at + 8);
    if (tag === "data") {
      if (format === undefined) break;
      return toSpeech(at + 8, Math.min(length, bytes.length - at - 8), format);
    }
    at += 8 + length + (length % 2);
  }
  throw new FileDamagedError("this WAV file holds no samples");
}

function readFormat(view: DataView, at: number): Format {
  if (at + 16 > view.byteLength) throw new FileDamagedError("this WAV file is cut off");
  const code = view.getUint16(at, true);
  const channels = view.getUint16(at + 2, true);
  const rate = view.getUint32(at + 4, true);
  const bits = view.getUint16(at + 14, true);
  // In the extensible form the code proper follows later (mmreg.h, WAVEFORMATEXTENSIBLE).
  const kind = code === 0xfffe && at + 26 <= view.byteLength ? view.getUint16(at + 24, true) : code;
  if (channels === 0 || channels > 16 || rate < 4_000 || rate > 384_000)
    throw new FileDamagedError("this WAV file says impossible things about its samples");
  if (kind === 1 && bits === 16)
    return { channels, rate, size: 2, read: (place) => view.getInt16(place, true) };
  if (kind === 3 && bits === 32)
    return { channels, rate, size: 4, read: (place) => view.getFloat32(place, true) * 32_767 };
  throw new FileUnsupportedError(`WAV files with ${bits} bits in format ${kind} are not read`, {
    hint: "convert it: ffmpeg -i call.wav -ar 16000 -ac 1 -c:a pcm_s16le out.wav",
  });
}

function toSpeech(at: number, length: number, format: Format): Int16Array<ArrayBuffer> {
  const { channels, rate, size, read } = format;
  const frames = Math.floor(length / (size * channels));
  const mono = new Float32Array(frames);
  for (let frame = 0; frame < frames; frame += 1) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1)
      sum += read(at + (frame * channels + channel) * size);
    mono[frame] = sum / channels;
  }
  return resample(mono, rate);
}

/** Linear between neighbours; going down, the samples that fall together are averaged, so that little folds back. */
function resample(mono: Float32Array, rate: number): Int16Array<ArrayBuffer> {
  const step = rate / SAMPLE_RATE;
  const out = new Int16Array(Math.floor(mono.length / step));
  for (let index = 0; index < out.length; index += 1) {
    const from = index * step;
    let value: number;
    if (step > 1) {
      const first = Math.floor(from);
      const last = Math.min(Math.max(Math.floor(from + step), first + 1), mono.length);
      let sum = 0;
      for (let each = first; each < last; each += 1) sum += mono[each] ?? 0;
      value = sum / (last - first);
    } else {
      const first = Math.floor(from);
      const share = from - first;
      value = (mono[first] ?? 0) * (1 - share) + (mono[first + 1] ?? mono[first] ?? 0) * share;
    }
    out[index] = Math.max(-32_768, Math.min(32_767, Math.round(value)));
  }
  return out;
}
