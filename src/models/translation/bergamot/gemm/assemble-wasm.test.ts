import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  assembleWasm,
  type Local,
  type ValueType,
  type WasmFunction,
  wasmFunction,
} from "./assemble-wasm.ts";
import {
  type Code,
  i32Add,
  i32Const,
  i32LessThan,
  i32Load,
  i32Store8,
  repeatWhile,
  when,
} from "./wasm-instructions.ts";

type Exports = Readonly<Record<string, (...args: number[]) => void>>;

function run(functions: readonly WasmFunction[]): { exports: Exports; memory: WebAssembly.Memory } {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(assembleWasm(functions));
  return { exports: new WebAssembly.Instance(module, { env: { memory } }).exports as Exports, memory };
}

/** Stores the low byte and the other three of a number that is part of the code. */
const storing = (value: number, offset: number): WasmFunction =>
  wasmFunction("store", [], () =>
    [0, 1, 2, 3].map((byte) => i32Store8(i32Const(0), shifted(i32Const(value), byte), offset + byte)),
  );
const shifted = (value: Code, bytes: number): Code => [...value, ...i32Const(8 * bytes), 0x76];

describe("assembling WebAssembly", () => {
  it("writes whole numbers and offsets of every size", () => {
    const numbers = fc.oneof(fc.integer(), fc.constantFrom(63, 64, -64, -65, 0x7fffffff, -0x80000000));
    fc.assert(
      fc.property(numbers, fc.constantFrom(0, 127, 128, 16_383, 16_384, 65_000), (value, offset) => {
        const { exports, memory } = run([storing(value, offset)]);
        exports.store!();
        expect(new DataView(memory.buffer).getInt32(offset, true)).toBe(value);
      }),
    );
  });

  it("gives each function its own parameters and variables", () => {
    const body = (local: (type: ValueType) => Local, target: Local, count: Local): Code[] => {
      const at = local("i32");
      const vector = local("v128");
      expect(vector.get).toEqual([0x20, 3]);
      return [
        at.set(i32Const(0)),
        repeatWhile(
          i32LessThan(at.get, count.get),
          when(i32Load(target.get), i32Store8(i32Add(target.get, at.get), i32Const(9), 4)),
          at.set(i32Add(at.get, i32Const(1))),
        ),
      ];
    };
    const { exports, memory } = run([
      wasmFunction("first", ["i32", "i32"], body),
      wasmFunction("second", ["i32", "i32"], body),
    ]);
    exports.first!(16, 3);
    new DataView(memory.buffer).setInt32(32, 1);
    exports.second!(32, 3);
    exports.second!(32, 0);
    expect([...new Uint8Array(memory.buffer, 20, 4)]).toEqual([0, 0, 0, 0]);
    expect([...new Uint8Array(memory.buffer, 36, 4)]).toEqual([9, 9, 9, 0]);
  });
});
