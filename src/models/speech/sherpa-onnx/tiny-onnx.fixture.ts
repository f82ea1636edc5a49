import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

// The few messages of onnx.proto3 that a model of a handful of nodes needs.

const bytes = (field: number, value: Uint8Array): Uint8Array =>
  Buffer.concat([varint(field * 8 + 2), varint(value.length), value]);
const text = (field: number, value: string): Uint8Array => bytes(field, Buffer.from(value));
const number = (field: number, value: number): Uint8Array =>
  Buffer.concat([varint(field * 8), varint(value)]);

function varint(value: number): Uint8Array {
  const out: number[] = [];
  let rest = value;
  while (rest > 127) {
    out.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.from([...out, rest]);
}

const FLOAT = 1;
const INT64 = 7;

type Shape = readonly (number | string)[];
type Node = {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Whole numbers, or lists of them. */
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
};
type TinyModel = {
  readonly inputs: Readonly<Record<string, readonly [type: number, shape: Shape]>>;
  readonly outputs: Readonly<Record<string, readonly [type: number, shape: Shape]>>;
  readonly weights?: Readonly<Record<string, readonly [shape: readonly number[], values: readonly number[]]>>;
  readonly nodes: readonly Node[];
  readonly metadata: Readonly<Record<string, string>>;
};

/** The bytes of a model. */
function onnxBytes(model: TinyModel): Uint8Array {
  const valueInfo = (name: string, [type, shape]: readonly [number, Shape]): Uint8Array => {
    const dims = shape.map((dim) => bytes(1, typeof dim === "number" ? number(1, dim) : text(2, dim)));
    const tensor = Buffer.concat([number(1, type), bytes(2, Buffer.concat(dims))]);
    return Buffer.concat([text(1, name), bytes(2, bytes(1, tensor))]);
  };
  const attribute = (name: string, value: number | readonly number[]): Uint8Array =>
    typeof value === "number"
      ? Buffer.concat([text(1, name), number(3, value), number(20, 2)])
      : Buffer.concat([text(1, name), ...value.map((each) => number(8, each)), number(20, 7)]);
  const graph = Buffer.concat([
    ...model.nodes.map(({ op, inputs, outputs, attributes = {} }) =>
      bytes(
        1,
        Buffer.concat([
          ...inputs.map((name) => text(1, name)),
          ...outputs.map((name) => text(2, name)),
          text(4, op),
          ...Object.entries(attributes).map(([name, value]) => bytes(5, attribute(name, value))),
        ]),
      ),
    ),
    text(2, "tiny"),
    ...Object.entries(model.weights ?? {}).map(([name, [shape, values]]) =>
      bytes(
        5,
        Buffer.concat([
          ...shape.map((dim) => number(1, dim)),
          number(2, FLOAT),
          text(8, name),
          bytes(9, Buffer.from(Float32Array.from(values).buffer)),
        ]),
      ),
    ),
    ...Object.entries(model.inputs).map(([name, type]) => bytes(11, valueInfo(name, type))),
    ...Object.entries(model.outputs).map(([name, type]) => bytes(12, valueInfo(name, type))),
  ]);
  return Buffer.concat([
    number(1, 8),
    bytes(7, graph),
    bytes(8, Buffer.concat([text(1, ""), number(2, 13)])),
    ...Object.entries(model.metadata).map(([name, value]) =>
      bytes(14, Buffer.concat([text(1, name), text(2, value)])),
    ),
  ]);
}

/** Log-mel energy above which the tiny models hear their one word. */
const LOUD = 9;

/** A NeMo CTC model that says `la` for each stretch of loud sound: the real code of sherpa-onnx runs on it. */
export async function writeTinyCtc(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const model = onnxBytes({
    inputs: { audio_signal: [FLOAT, ["N", 80, "T"]], length: [INT64, ["N"]] },
    outputs: { logprobs: [FLOAT, ["N", "T", 2]] },
    weights: {
      word: [
        [1, 2],
        [1, 0],
      ],
      bias: [[2], [LOUD, 0]],
    },
    nodes: [
      {
        op: "ReduceMean",
        inputs: ["audio_signal"],
        outputs: ["level"],
        attributes: { axes: [1], keepdims: 1 },
      },
      { op: "Transpose", inputs: ["level"], outputs: ["frames"], attributes: { perm: [0, 2, 1] } },
      { op: "MatMul", inputs: ["frames", "word"], outputs: ["scores"] },
      { op: "Add", inputs: ["scores", "bias"], outputs: ["logprobs"] },
    ],
    metadata: {
      model_type: "EncDecCTCModelBPE",
      vocab_size: "1",
      subsampling_factor: "1",
      normalize_type: "",
    },
  });
  await writeFile(join(folder, "model.onnx"), model);
  await writeFile(join(folder, "tokens.txt"), "\u2581la 0\n<blk> 1\n");
}

/** A streaming transducer of the LSTM kind that says `la` for every loud 40 ms. */
export async function writeTinyTransducer(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const encoder = onnxBytes({
    inputs: { x: [FLOAT, ["N", 9, 80]], h0: [FLOAT, [1, "N", 1]], c0: [FLOAT, [1, "N", 1]] },
    outputs: { encoder_out: [FLOAT, ["N", 1, 1]], h1: [FLOAT, [1, "N", 1]], c1: [FLOAT, [1, "N", 1]] },
    nodes: [
      {
        op: "ReduceMean",
        inputs: ["x"],
        outputs: ["encoder_out"],
        attributes: { axes: [1, 2], keepdims: 1 },
      },
      // `keepdims` keeps three dimensions: batch, one frame, one value.
      { op: "Identity", inputs: ["h0"], outputs: ["h1"] },
      { op: "Identity", inputs: ["c0"], outputs: ["c1"] },
    ],
    metadata: {
      model_type: "lstm",
      num_encoder_layers: "1",
      T: "9",
      decode_chunk_len: "4",
      rnn_hidden_size: "1",
      d_model: "1",
    },
  });
  const decoder = onnxBytes({
    inputs: { y: [INT64, ["N", 2]] },
    outputs: { decoder_out: [FLOAT, ["N", 1]] },
    weights: { zero: [[1], [0]] },
    nodes: [
      { op: "Cast", inputs: ["y"], outputs: ["floats"], attributes: { to: FLOAT } },
      { op: "ReduceMean", inputs: ["floats"], outputs: ["mean"], attributes: { axes: [1], keepdims: 1 } },
      { op: "Mul", inputs: ["mean", "zero"], outputs: ["decoder_out"] },
    ],
    metadata: { vocab_size: "3", context_size: "2" },
  });
  const joiner = onnxBytes({
    inputs: { encoder_out: [FLOAT, ["N", 1]], decoder_out: [FLOAT, ["N", 1]] },
    outputs: { logit: [FLOAT, ["N", 3]] },
    weights: {
      word: [
        [1, 3],
        [0, 1, 0],
      ],
      bias: [[3], [0, LOUD, -100]],
    },
    nodes: [
      { op: "Add", inputs: ["encoder_out", "decoder_out"], outputs: ["level"] },
      { op: "MatMul", inputs: ["level", "word"], outputs: ["scores"] },
      { op: "Add", inputs: ["scores", "bias"], outputs: ["logit"] },
    ],
    metadata: { joiner_dim: "1" },
  });
  await writeFile(join(folder, "encoder.onnx"), encoder);
  await writeFile(join(folder, "decoder.onnx"), decoder);
  await writeFile(join(folder, "joiner.onnx"), joiner);
  await writeFile(join(folder, "tokens.txt"), "<blk> 0\n\u2581la 1\n<unk> 2\n");
}

/** An ONNX file that holds nothing but what its maker says of it. */
export function onnxSaying(metadata: Readonly<Record<string, string>>): Uint8Array {
  return onnxBytes({
    inputs: { x: [FLOAT, ["N"]] },
    outputs: { y: [FLOAT, ["N"]] },
    nodes: [{ op: "Identity", inputs: ["x"], outputs: ["y"] }],
    metadata,
  });
}
