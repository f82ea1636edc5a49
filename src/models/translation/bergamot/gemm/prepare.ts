import { type Local, type WasmFunction, wasmFunction } from "./assemble-wasm.ts";
import { sumsOfFour } from "./sums-of-four.ts";
import {
  type Code,
  f32Const,
  f32Divide,
  f32Load,
  f32Multiply,
  f32x4Add,
  f32x4Convert,
  f32x4Max,
  f32x4Min,
  f32x4Multiply,
  f32x4Splat,
  i8x16Add,
  i8x16ExtractLane0,
  i8x16Narrow,
  i8x16Splat,
  i16x8AddPairs,
  i16x8Narrow,
  i32Add,
  i32Const,
  i32LessThan,
  i32Load,
  i32Multiply,
  i32Store8,
  i32x4Add,
  i32x4AddPairs,
  i32x4Splat,
  i32x4Subtract,
  memoryCopy,
  repeatWhile,
  v128Load,
  v128Store,
  when,
  zeros,
} from "./wasm-instructions.ts";

/** The left factor is stored as unsigned bytes, this much above its value. */
const SHIFT = 127;
/** A float this large has no room for fractions: adding it rounds, half to even, and leaves the number in the last bits. */
const ROUNDING = 1.5 * 2 ** 23;
const ROUNDING_BITS = 0x4b400000;

/** Four floats times a scale, rounded to whole numbers from -127 to 127. */
function quantized(floats: Code, scale: Code): Code {
  const limited = f32x4Min(
    f32x4Max(f32x4Multiply(floats, f32x4Splat(scale)), f32x4Splat(f32Const(-127))),
    f32x4Splat(f32Const(127)),
  );
  return i32x4Subtract(
    f32x4Add(limited, f32x4Splat(f32Const(ROUNDING))),
    i32x4Splat(i32Const(ROUNDING_BITS)),
  );
}

/** Floats to bytes in the same order, their number a multiple of 16. */
function quantizeFunction(name: string, shift: number): WasmFunction {
  return wasmFunction(name, ["i32", "f32", "f32", "i32", "i32", "i32"], (local, ...parameters) => {
    const [input, scale, , rows, width, output] = parameters;
    const end = local("i32");
    const four = (index: number): Code => quantized(v128Load(input.get, 16 * index), scale.get);
    const bytes = i8x16Narrow(i16x8Narrow(four(0), four(1)), i16x8Narrow(four(2), four(3)));
    return [
      end.set(i32Add(output.get, i32Multiply(rows.get, width.get))),
      repeatWhile(
        i32LessThan(output.get, end.get),
        v128Store(output.get, i8x16Add(bytes, i8x16Splat(i32Const(shift)))),
        input.set(i32Add(input.get, i32Const(64))),
        output.set(i32Add(output.get, i32Const(16))),
      ),
    ];
  });
}

/** Floats in rows to bytes in columns: read down each column, written in one go. Only models with unpacked weights need it. */
const prepareRight: WasmFunction = wasmFunction(
  "int8_prepare_b",
  ["i32", "f32", "f32", "i32", "i32", "i32"],
  (local, ...parameters) => {
    const [input, scale, , width, columns, output] = parameters;
    const [columnsEnd, columnEnd, place] = [local("i32"), local("i32"), local("i32")];
    const number = quantized(f32x4Splat(f32Load(place.get)), scale.get);
    return [
      columnsEnd.set(i32Add(input.get, i32Multiply(columns.get, i32Const(4)))),
      repeatWhile(
        i32LessThan(input.get, columnsEnd.get),
        place.set(input.get),
        columnEnd.set(i32Add(output.get, width.get)),
        repeatWhile(
          i32LessThan(output.get, columnEnd.get),
          i32Store8(output.get, i8x16ExtractLane0(number)),
          place.set(i32Add(place.get, i32Multiply(columns.get, i32Const(4)))),
          output.set(i32Add(output.get, i32Const(1))),
        ),
        input.set(i32Add(input.get, i32Const(4))),
      ),
    ];
  },
);

/** Models store their weights in columns already. */
const copyRight: WasmFunction = wasmFunction(
  "int8_prepare_b_from_quantized_transposed",
  ["i32", "i32", "i32", "i32"],
  (_, input, width, columns, output) => [
    memoryCopy(output.get, input.get, i32Multiply(width.get, columns.get)),
  ],
);

/** Copies the columns whose numbers are listed. */
const selectColumns: WasmFunction = wasmFunction(
  "int8_select_columns_of_b",
  ["i32", "i32", "i32", "i32", "i32", "i32"],
  (local, input, width, _columns, list, count, output) => {
    const end = local("i32");
    return [
      end.set(i32Add(list.get, i32Multiply(count.get, i32Const(4)))),
      repeatWhile(
        i32LessThan(list.get, end.get),
        memoryCopy(output.get, i32Add(input.get, i32Multiply(i32Load(list.get), width.get)), width.get),
        list.set(i32Add(list.get, i32Const(4))),
        output.set(i32Add(output.get, width.get)),
      ),
    ];
  },
);

/** Adds up sixteen bytes, in four sums, and goes on to the next. */
const addSixteen = (sum: Local, place: Local): Code[] => [
  sum.set(i32x4Add(sum.get, i32x4AddPairs(i16x8AddPairs(v128Load(place.get))))),
  place.set(i32Add(place.get, i32Const(16))),
];

/** Takes out again what the shift of the left factor adds to a product: 127 times the sum of each column. */
const prepareBias: WasmFunction = wasmFunction(
  "int8_prepare_bias",
  ["i32", "f32", "f32", "f32", "f32", "i32", "i32", "i32", "i32"],
  (local, right, leftScale, _leftZero, rightScale, _rightZero, width, columns, bias, output) => {
    const [outputEnd, columnEnd, result] = [local("i32"), local("i32"), local("v128")];
    const sums = [local("v128"), local("v128"), local("v128"), local("v128")];
    // In the order in which the engine does it: another last bit here is another wording in one sentence of four.
    const shifts = [leftScale, rightScale].map(({ get }) => f32Divide(f32Const(SHIFT), get));
    const factor = f32Divide(f32Multiply(...shifts), f32Const(-SHIFT));
    return [
      outputEnd.set(i32Add(output.get, i32Multiply(columns.get, i32Const(4)))),
      repeatWhile(
        i32LessThan(output.get, outputEnd.get),
        ...sums.flatMap((sum) => [
          sum.set(zeros),
          columnEnd.set(i32Add(right.get, width.get)),
          repeatWhile(i32LessThan(right.get, columnEnd.get), ...addSixteen(sum, right)),
        ]),
        result.set(f32x4Multiply(f32x4Convert(sumsOfFour(sums)), f32x4Splat(factor))),
        // A layer without a bias gives no address.
        when(
          bias.get,
          result.set(f32x4Add(result.get, v128Load(bias.get))),
          bias.set(i32Add(bias.get, i32Const(16))),
        ),
        v128Store(output.get, result.get),
        output.set(i32Add(output.get, i32Const(16))),
      ),
    ];
  },
);

/** What brings both factors and the bias into the form that the product takes; the right factor becomes columns of bytes. */
export const prepareFunctions: readonly WasmFunction[] = [
  quantizeFunction("int8_prepare_a", SHIFT),
  quantizeFunction("int8_prepare_b_from_transposed", 0),
  prepareRight,
  copyRight,
  selectColumns,
  prepareBias,
];
