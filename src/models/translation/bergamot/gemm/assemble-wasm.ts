import { type Code, unsigned } from "./wasm-instructions.ts";

export type ValueType = "i32" | "f32" | "v128";

/** A parameter or variable of a function. */
export type Local = { readonly get: Code; readonly set: (value: Code) => Code };

export type WasmFunction = {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly locals: readonly ValueType[];
  readonly body: Code;
};

type LocalsOf<Types extends readonly ValueType[]> = { readonly [Index in keyof Types]: Local };

const TYPES: Readonly<Record<ValueType, number>> = { i32: 0x7f, f32: 0x7d, v128: 0x7b };

/** A function without a result; `write` gives its instructions and makes the variables that it needs with `local`. */
export function wasmFunction<const Types extends readonly ValueType[]>(
  name: string,
  parameters: Types,
  write: (local: (type: ValueType) => Local, ...parameters: LocalsOf<Types>) => readonly Code[],
): WasmFunction {
  const locals: ValueType[] = [];
  const local = (type: ValueType): Local => localAt(parameters.length + locals.push(type) - 1);
  const given = parameters.map((_, index) => localAt(index)) as unknown as LocalsOf<Types>;
  return { name, parameters, locals, body: write(local, ...given).flat() };
}

function localAt(index: number): Local {
  const number = unsigned(index);
  return { get: [0x20, ...number], set: (value) => [...value, 0x21, ...number] };
}

/** A module that works in the memory it is given as `env.memory` and exports the functions under their names. */
export function assembleWasm(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [
    0x60,
    ...list(parameters.map((type) => [TYPES[type]])),
    ...list([]),
  ]);
  const memory = [...text("env"), ...text("memory"), 2, 0, 0];
  const codes = functions.map(({ locals, body }) => sized([...list(locals.map(variable)), ...body, 0x0b]));
  return Uint8Array.from([
    ...[...new TextEncoder().encode("\0asm"), 1, 0, 0, 0],
    ...section(1, list(types)),
    ...section(2, list([memory])),
    ...section(3, list(functions.map((_, index) => unsigned(index)))),
    ...section(7, list(functions.map(({ name }, index) => [...text(name), 0, ...unsigned(index)]))),
    ...section(10, list(codes)),
  ]);
}

const variable = (type: ValueType): Code => [1, TYPES[type]];
const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const sized = (content: Code): Code => [...unsigned(content.length), ...content];
const section = (id: number, content: Code): Code => [id, ...sized(content)];
const text = (value: string): Code => sized([...new TextEncoder().encode(value)]);
