import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The program of the engine that computes formulas a second time, read from its package on this machine. */
export async function ironcalcProgram(): Promise<Uint8Array<ArrayBuffer>> {
  const entry = createRequire(import.meta.url).resolve("@ironcalc/wasm");
  return new Uint8Array(await readFile(join(dirname(entry), "wasm_bg.wasm")));
}
