import { assembleWasm } from "./assemble-wasm.ts";
import { multiplyFunction, type Products } from "./multiply.ts";
import { prepareFunctions } from "./prepare.ts";

/** The signature of every function: addresses, counts and scales in, the result in memory. */
export type GemmFunctions = Readonly<Record<string, (...args: number[]) => void>>;

/** The binary of the engine's `wasm_gemm`: the seven functions of products of 8-bit matrices. */
export function gemmBinary(products: Products): Uint8Array<ArrayBuffer> {
  return assembleWasm([multiplyFunction(products), ...prepareFunctions]);
}

/**
 * The fastest module that multiplies rightly on this processor, or nothing where none does: relaxed instructions mean
 * different things on different processors, so each candidate has to show what it does first.
 */
export async function compileGemm(
  candidates: readonly Products[] = ["bytes", "words"],
): Promise<WebAssembly.Module | undefined> {
  for (const products of candidates) {
    const binary = gemmBinary(products);
    if (!WebAssembly.validate(binary)) continue;
    const compiled = await WebAssembly.compile(binary);
    if (multipliesRightly(compiled, products)) return compiled;
  }
  return undefined;
}

export function startGemm(compiled: WebAssembly.Module, memory: WebAssembly.Memory): GemmFunctions {
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as GemmFunctions;
}

const ROWS = 3;
const WIDTH = 64;
const COLUMNS = 8;

/** Multiplies matrices whose numbers take every value, the ends often, and compares all results with plain arithmetic. */
export function multipliesRightly(compiled: WebAssembly.Module, products: Products): boolean {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const [left, right, bias, output] = [1024, 2048, 4096, 8192];
  const lefts = new Uint8Array(memory.buffer, left, ROWS * WIDTH);
  const rights = new Int8Array(memory.buffer, right, WIDTH * COLUMNS);
  lefts.forEach((_, index) => {
    lefts[index] = index % 5 < 2 ? 254 : (index * 89) % 255;
  });
  rights.forEach((_, index) => {
    rights[index] = index % 7 < 2 ? 127 : index % 7 < 4 ? -127 : ((index * 57) % 255) - 127;
  });
  const functions = startGemm(compiled, memory);
  functions.int8_multiply_and_add_bias?.(
    ...[left, 1, 0, right, 1, 0, bias, 1],
    ...[ROWS, WIDTH, COLUMNS, output],
  );
  return new Float32Array(memory.buffer, output, ROWS * COLUMNS).every((found, index) => {
    const row = lefts.subarray(Math.floor(index / COLUMNS) * WIDTH).subarray(0, WIDTH);
    const column = rights.subarray((index % COLUMNS) * WIDTH).subarray(0, WIDTH);
    return found === productOf(row, column, products);
  });
}

/** A row times a column. With bytes each sum of two products ends at what 16 bits hold. */
export function productOf(row: Uint8Array, column: Int8Array, products: Products): number {
  let total = 0;
  for (let at = 0; at < row.length; at += 2) {
    const pair = row[at]! * column[at]! + row[at + 1]! * column[at + 1]!;
    total += products === "words" ? pair : Math.max(-0x8000, Math.min(0x7fff, pair));
  }
  return total;
}
