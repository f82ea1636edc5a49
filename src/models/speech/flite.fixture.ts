import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SAMPLE_RATE } from "./speech-recogniser.ts";
import { joinPcm } from "./voice-activity.ts";
import { readWav } from "./wav.ts";

/** True where the speech synthesiser `flite` is installed; tests that need a voice are skipped elsewhere. */
export const hasFlite: boolean = isThere();

function isThere(): boolean {
  try {
    execFileSync("flite", ["--version"], { stdio: "ignore" });
    return true;
  } catch (error) {
    // It prints its version and ends with 1.
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
}

/** A sentence as `flite` speaks it, at SAMPLE_RATE. */
export function spoken(sentence: string, voice = "slt"): Int16Array {
  const folder = mkdtempSync(join(tmpdir(), "tandem-flite-"));
  try {
    const path = join(folder, "a.wav");
    execFileSync("flite", ["-voice", voice, "-t", sentence, "-o", path], { stdio: "ignore" });
    return readWav(readFileSync(path));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Sentences with a pause before and after each, in seconds. */
export function conversation(sentences: readonly string[], pause = 0.9): Int16Array {
  const silence = new Int16Array(Math.round(pause * SAMPLE_RATE));
  return joinPcm([silence, ...sentences.flatMap((sentence) => [spoken(sentence), silence])]);
}

/** The same with white noise so many decibels below full scale; always the same noise. */
export function withNoise(pcm: Int16Array, decibels: number): Int16Array {
  let state = 1;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  // A uniform value has a third of its range's square as power.
  const range = 10 ** (decibels / 20) * 32_768 * Math.sqrt(3);
  return pcm.map((sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample + next() * range))));
}
