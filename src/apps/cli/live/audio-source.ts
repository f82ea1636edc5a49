import { SAMPLE_RATE } from "../../../models/speech/speech-recogniser.ts";
import { isWav, readWav } from "../../../models/speech/wav.ts";
import type { CliIo } from "../cli-io.ts";
import { readInput } from "../read-input.ts";

/** 100 ms. */
const PIECE = SAMPLE_RATE / 10;
/** Enough to tell a WAV file, with the usual header. */
const WAV_HEADER = 44;

/**
 * The samples of a WAV file, or of what comes on stdin (`-`): a WAV stream in our own shape or bare samples, 16 bit, mono,
 * 16,000 a second. A file is given out `speed` times as fast as it was spoken, stdin as it comes.
 */
export async function* audioPieces(
  io: Pick<CliIo, "files" | "input" | "isTty" | "stdin" | "signal">,
  name: string,
  speed: number,
): AsyncGenerator<Int16Array> {
  if (name === "-") {
    yield* stdinPieces(io.input());
    return;
  }
  const pcm = readWav(await readInput(io as CliIo, name));
  const started = performance.now();
  for (let at = 0; at < pcm.length; at += PIECE) {
    io.signal.throwIfAborted();
    const due = started + ((at / SAMPLE_RATE) * 1_000) / speed;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    yield pcm.subarray(at, at + PIECE);
  }
}

async function* stdinPieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Int16Array> {
  let rest: Uint8Array = new Uint8Array(0);
  let isFirst = true;
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk]);
    if (isFirst && bytes.length < WAV_HEADER) {
      rest = bytes;
      continue;
    }
    const from = isFirst && isWav(bytes) ? WAV_HEADER : 0;
    isFirst = false;
    const whole = bytes.length - ((bytes.length - from) % 2);
    yield samplesOf(bytes.subarray(from, whole));
    rest = bytes.subarray(whole);
  }
}

function samplesOf(bytes: Uint8Array): Int16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int16Array.from({ length: bytes.length / 2 }, (_, index) => view.getInt16(index * 2, true));
}
