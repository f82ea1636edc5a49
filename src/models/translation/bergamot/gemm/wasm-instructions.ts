/** Instructions of WebAssembly as bytes; what an instruction takes stands before it. */
export type Code = readonly number[];
export type Instruction = (...operands: readonly Code[]) => Code;

/** Whole numbers as WebAssembly writes them, seven bits a byte (LEB128). */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value >>> 0;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}

function signed(value: number): Code {
  const bytes: number[] = [];
  let rest = value | 0;
  for (; rest < -0x40 || rest > 0x3f; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest & 0x7f];
}

const instruction =
  (...opcode: number[]): Instruction =>
  (...operands) => [...operands.flat(), ...opcode];
/** Instructions on vectors share a prefix; their number follows. */
const vector = (number: number): Instruction => instruction(0xfd, ...unsigned(number));

type Load = (address: Code, offset?: number) => Code;
type Store = (address: Code, value: Code, offset?: number) => Code;
/** No alignment is promised, which costs nothing where it is kept all the same. */
const load =
  (...opcode: number[]): Load =>
  (address, offset = 0) => [...address, ...opcode, 0, ...unsigned(offset)];
const store =
  (...opcode: number[]): Store =>
  (address, value, offset = 0) => [...address, ...value, ...opcode, 0, ...unsigned(offset)];

export const i32Const = (value: number): Code => [0x41, ...signed(value)];
export const f32Const = (value: number): Code => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)];
export const zeros: Code = [0xfd, 12, ...new Array<number>(16).fill(0)];

export const i32Load: Load = load(0x28);
export const f32Load: Load = load(0x2a);
export const i32Store8: Store = store(0x3a);
export const v128Load: Load = load(0xfd, 0);
/** Eight bytes, each widened to 16 bits. */
export const v128Load8x8Signed: Load = load(0xfd, 1);
export const v128Load8x8Unsigned: Load = load(0xfd, 2);
export const v128Store: Store = store(0xfd, 11);
/** Target, source, length. */
export const memoryCopy: Instruction = instruction(0xfc, 10, 0, 0);

export const i32LessThan: Instruction = instruction(0x49);
export const i32AtMost: Instruction = instruction(0x4d);
export const i32Add: Instruction = instruction(0x6a);
export const i32Multiply: Instruction = instruction(0x6c);
export const f32Multiply: Instruction = instruction(0x94);
export const f32Divide: Instruction = instruction(0x95);

export const i8x16Splat: Instruction = vector(0x0f);
export const i8x16Add: Instruction = vector(0x6e);
export const i8x16ExtractLane0: Instruction = instruction(0xfd, 0x15, 0);
/** Sixteen bytes of the 32 of two vectors, by number. */
export const i8x16Shuffle = (one: Code, two: Code, bytes: readonly number[]): Code => [
  ...one,
  ...two,
  ...[0xfd, 0x0d],
  ...bytes,
];
export const i8x16Narrow: Instruction = vector(0x65);
export const i16x8Splat: Instruction = vector(0x10);
export const i16x8Narrow: Instruction = vector(0x85);
/** Sums of neighbours. */
export const i16x8AddPairs: Instruction = vector(0x7c);
export const i32x4AddPairs: Instruction = vector(0x7e);
export const i32x4Splat: Instruction = vector(0x11);
export const i32x4Add: Instruction = vector(0xae);
export const i32x4Subtract: Instruction = vector(0xb1);
/** Products of 16-bit numbers, neighbours added up. */
export const i32x4Dot: Instruction = vector(0xba);
/** Products of signed bytes with 7-bit ones, neighbours added up; what an eighth bit means depends on the processor. */
export const i16x8RelaxedDot: Instruction = vector(0x112);
export const f32x4Splat: Instruction = vector(0x13);
export const f32x4Add: Instruction = vector(0xe4);
export const f32x4Multiply: Instruction = vector(0xe6);
export const f32x4Min: Instruction = vector(0xea);
export const f32x4Max: Instruction = vector(0xeb);
export const f32x4Convert: Instruction = vector(0xfa);

export const when = (condition: Code, ...body: readonly Code[]): Code => [
  ...[...condition, 0x04, 0x40],
  ...[...body.flat(), 0x0b],
];

/** Repeats the body as long as the condition, asked before each time, holds. */
export const repeatWhile = (condition: Code, ...body: readonly Code[]): Code => [
  ...[0x03, 0x40],
  ...when(condition, ...body, [0x0c, 1]),
  0x0b,
];
