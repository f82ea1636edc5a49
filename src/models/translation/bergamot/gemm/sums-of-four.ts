import type { Local } from "./assemble-wasm.ts";
import { type Code, i8x16Shuffle, i32x4Add } from "./wasm-instructions.ts";

/** The four totals of four vectors of four numbers each, as one vector. */
export function sumsOfFour(vectors: readonly Local[]): Code {
  const [one, two, three, four] = vectors.map(({ get }) => get) as [Code, Code, Code, Code];
  const folded = (first: Code, second: Code): Code =>
    i32x4Add(lanes(first, second, [0, 4, 1, 5]), lanes(first, second, [2, 6, 3, 7]));
  const [front, back] = [folded(one, two), folded(three, four)];
  return i32x4Add(lanes(front, back, [0, 1, 4, 5]), lanes(front, back, [2, 3, 6, 7]));
}

/** Four of the eight numbers of two vectors. */
function lanes(first: Code, second: Code, numbers: readonly number[]): Code {
  const bytes = numbers.flatMap((number) => [0, 1, 2, 3].map((byte) => 4 * number + byte));
  return i8x16Shuffle(first, second, bytes);
}
