import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { compileWasm, startWasm } from "../wasm-module.ts";
import {
  compileGemm,
  type GemmFunctions,
  gemmBinary,
  multipliesRightly,
  productOf,
  startGemm,
} from "./gemm-module.ts";
import type { Products } from "./multiply.ts";

/** Functions and the memory that they work in, from `start` on. */
type Host = { readonly functions: GemmFunctions; readonly buffer: ArrayBufferLike; readonly start: number };
type Shape = { readonly rows: number; readonly width: number; readonly columns: number };

/** Where things stand in a host's memory, after its start. */
const LEFT = 0;
const RIGHT = 1 << 20;
const PREPARED_RIGHT = 2 << 20;
const BIAS = 3 << 20;
const OUTPUT = 4 << 20;
const SPACE = 5 << 20;
const [LEFT_SCALE, RIGHT_SCALE] = [20.3, 33.1];

function ours(compiled: WebAssembly.Module): Host {
  const memory = new WebAssembly.Memory({ initial: 1 + SPACE / 65_536 });
  return { functions: startGemm(compiled, memory), buffer: memory.buffer, start: 65_536 };
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  rows: fc.integer({ min: 1, max: 9 }),
  width: fc.constantFrom(64, 128, 256, 1536),
  columns: fc.integer({ min: 1, max: 6 }).map((eights) => 8 * eights),
});
const seeds = fc.nat();

/** The same numbers for a seed, from -1 to 1, their ends often. */
function numbers(count: number, seed: number): number[] {
  let state = seed >>> 0;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.max(-1, Math.min(1, (state / 2 ** 31 - 1) * 1.2));
  });
}

const floats = ({ buffer, start }: Host, at: number, count: number): Float32Array =>
  new Float32Array(buffer, start + at, count);
const bytes = ({ buffer, start }: Host, at: number, count: number): Int8Array =>
  new Int8Array(buffer, start + at, count);

/** All that the engine does for one product: both factors prepared, the bias too, and multiplied. */
function wholeProduct(host: Host, { rows, width, columns }: Shape, seed: number, own = ""): Float32Array {
  const { functions, start } = host;
  const call = (name: string, ...args: number[]): void =>
    functions[own ? `${name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())}Fallback` : name]!(
      ...args,
    );
  const [left, right, prepared, bias, output] = [LEFT, RIGHT, PREPARED_RIGHT, BIAS, OUTPUT].map(
    (at) => start + at,
  ) as [number, number, number, number, number];
  const scales = [LEFT_SCALE, 0, RIGHT_SCALE, 0] as const;
  floats(host, RIGHT, rows * width).set(numbers(rows * width, seed).map((value) => value * 7));
  call("int8_prepare_a", right, LEFT_SCALE, 0, rows, width, left);
  const weights = numbers(width * columns, seed + 1).map((value) => Math.round(value * 127));
  bytes(host, RIGHT, width * columns).set(weights);
  call("int8_prepare_b_from_quantized_transposed", right, width, columns, prepared);
  floats(host, RIGHT, columns).set(numbers(columns, seed + 2));
  call("int8_prepare_bias", prepared, ...scales, width, columns, right, bias);
  const [a, za, b, zb] = scales;
  call("int8_multiply_and_add_bias", left, a, za, prepared, b, zb, bias, 1, rows, width, columns, output);
  return floats(host, OUTPUT, rows * columns).slice();
}

describe.each<Products>(["bytes", "words"])("products of 8-bit matrices by %s", (products) => {
  let compiled: WebAssembly.Module | undefined;
  beforeAll(async () => {
    compiled = await compileGemm([products]);
  });
  const host = (skip: (why: string) => never): Host =>
    compiled === undefined ? skip("this processor multiplies otherwise") : ours(compiled);

  it("are those of plain arithmetic, for every shape", ({ skip }) => {
    const here = host(skip);
    fc.assert(
      fc.property(shapes, seeds, ({ rows, width, columns }, seed) => {
        const left = Uint8Array.from(numbers(rows * width, seed), (value) => Math.round(value * 127) + 127);
        const right = Int8Array.from(numbers(width * columns, seed + 1), (value) => Math.round(value * 127));
        bytes(here, LEFT, left.length).set(left);
        bytes(here, RIGHT, right.length).set(right);
        floats(here, BIAS, columns).fill(0.5);
        const [a, b, bias, output] = [LEFT, RIGHT, BIAS, OUTPUT].map((at) => here.start + at);
        const counts = [rows, width, columns];
        here.functions.int8_multiply_and_add_bias!(a!, 2, 0, b!, 4, 0, bias!, 8, ...counts, output!);
        const expected = Array.from({ length: rows * columns }, (_, index) => {
          const [row, column] = [Math.floor(index / columns) * width, (index % columns) * width];
          return (
            productOf(left.subarray(row, row + width), right.subarray(column, column + width), products) + 0.5
          );
        });
        expect([...floats(here, OUTPUT, rows * columns)]).toEqual(expected);
        // Nothing is written behind the last.
        expect(floats(here, OUTPUT, rows * columns + 4).at(-1)).toBe(0);
        floats(here, OUTPUT, rows * columns).fill(0);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the functions around the product", () => {
  let here: Host;
  let add: (at: number) => number;
  beforeAll(async () => {
    here = ours((await compileGemm())!);
    add = (at) => here.start + at;
  });

  it("come out as the signed numbers say once the bias has been prepared", async () => {
    const exact = ours((await compileGemm(["words"]))!);
    fc.assert(
      fc.property(shapes, seeds, (shape, seed) => {
        const { rows, width, columns } = shape;
        const left = numbers(rows * width, seed).map((value) =>
          Math.max(
            -127,
            Math.min(127, Math.round(Math.fround(Math.fround(value * 7) * Math.fround(LEFT_SCALE)))),
          ),
        );
        const right = numbers(width * columns, seed + 1).map((value) => Math.round(value * 127));
        const bias = numbers(columns, seed + 2);
        const found = wholeProduct(exact, shape, seed);
        found.forEach((value, index) => {
          const [row, column] = [Math.floor(index / columns), index % columns];
          let sum = 0;
          for (let at = 0; at < width; at++) sum += left[row * width + at]! * right[column * width + at]!;
          expect(value).toBeCloseTo(sum / (LEFT_SCALE * RIGHT_SCALE) + bias[column]!, 3);
        });
      }),
      { numRuns: 40 },
    );
  });

  it("round halves to even and end at 127 on both sides", () => {
    const values = [
      0.5, 1.5, -0.5, -2.5, 126.4, 126.6, 127.5, 1e30, -126.5, -300, -1e30, 0, 3, -3, 7.49, -7.51,
    ];
    const rounded = [0, 2, 0, -2, 126, 127, 127, 127, -126, -127, -127, 0, 3, -3, 7, -8];
    floats(here, LEFT, 16).set(values.map((value) => value / 2));
    here.functions.int8_prepare_b_from_transposed!(add(LEFT), 2, 0, 16, 1, add(OUTPUT));
    expect([...bytes(here, OUTPUT, 16)]).toEqual(rounded);
    here.functions.int8_prepare_a!(add(LEFT), 2, 0, 1, 16, add(OUTPUT));
    expect([...bytes(here, OUTPUT, 16)].map((value) => value & 0xff)).toEqual(
      rounded.map((value) => value + 127),
    );
  });

  it("turn rows into the same columns, whether they stand in rows or in columns before", () => {
    const [width, columns] = [64, 24];
    const rows = numbers(width * columns, 5);
    const inColumns = rows.map((_, at) => rows[(at % width) * columns + Math.floor(at / width)]!);
    floats(here, LEFT, rows.length).set(rows);
    here.functions.int8_prepare_b!(add(LEFT), 100, 0, width, columns, add(OUTPUT));
    const fromRows = bytes(here, OUTPUT, rows.length).slice();
    floats(here, LEFT, rows.length).set(inColumns);
    here.functions.int8_prepare_b_from_transposed!(add(LEFT), 100, 0, width, columns, add(OUTPUT));
    expect(fromRows).toEqual(bytes(here, OUTPUT, rows.length));
    expect(new Set(fromRows).size).toBeGreaterThan(100);
  });

  it("pick columns by number, in the order of the list and twice if asked", () => {
    const [width, columns] = [64, 16];
    const right = numbers(width * columns, 6).map((value) => Math.round(value * 127));
    bytes(here, LEFT, right.length).set(right);
    const picked = [15, 0, 3, 3, 8, 1, 2, 14];
    new Uint32Array(here.buffer, add(BIAS), 8).set(picked);
    here.functions.int8_select_columns_of_b!(add(LEFT), width, columns, add(BIAS), 8, add(OUTPUT));
    expect([...bytes(here, OUTPUT, 8 * width)]).toEqual(
      picked.flatMap((column) => right.slice(column * width, (column + 1) * width)),
    );
  });

  it("take a bias that is not there for zeros", () => {
    const [width, columns] = [64, 8];
    bytes(here, LEFT, width * columns).fill(2);
    new Uint8Array(here.buffer, 0, 64).fill(77);
    here.functions.int8_prepare_bias!(add(LEFT), 127, 0, 1, 0, width, columns, 0, add(OUTPUT));
    expect([...floats(here, OUTPUT, columns)]).toEqual(Array(columns).fill(-128));
  });
});

describe("the choice of a module", () => {
  it("takes none that counts otherwise than it should", async () => {
    const words = await WebAssembly.compile(gemmBinary("words"));
    expect(multipliesRightly(words, "words")).toBe(true);
    expect(multipliesRightly(words, "bytes")).toBe(false);
  });

  it("is the first that is right, or none", async () => {
    expect(await compileGemm([])).toBeUndefined();
    expect(await compileGemm(["words"])).toBeInstanceOf(WebAssembly.Module);
    expect(await compileGemm()).toBeInstanceOf(WebAssembly.Module);
  });
});

describe("beside the engine's own functions", () => {
  it("give the same results to the last bit where bytes are multiplied", async ({ skip }) => {
    const compiled = await compileGemm(["bytes"]);
    if (compiled === undefined) return skip("this processor multiplies otherwise");
    const { engine } = await compileWasm();
    const module = await startWasm({ engine, gemm: undefined }, () => {});
    const space = new module.AlignedMemory(SPACE, 256).getByteArrayView();
    const functions = (module as unknown as { readonly asm: GemmFunctions }).asm;
    const own: Host = { functions, buffer: space.buffer, start: space.byteOffset };
    const here = ours(compiled);
    fc.assert(
      fc.property(shapes, seeds, (shape, seed) => {
        expect(wholeProduct(here, shape, seed)).toEqual(wholeProduct(own, shape, seed, "own"));
      }),
      { numRuns: 60 },
    );
  });
});
