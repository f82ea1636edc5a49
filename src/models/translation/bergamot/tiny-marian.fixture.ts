import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A tensor of Marian's binary format, version 1. */
type Tensor = {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: bigint;
  readonly data: Uint8Array;
};

const INT8 = 0x101n;
const FLOAT32 = 0x404n;
/** intgemm's own integers, 8 bits, in the order that fits every processor; a scale follows them. */
const INTGEMM8 = 0x4101n;
const EMBEDDING = 64;
const FEED_FORWARD = 64;

const PIECES: readonly string[] = [
  ..."▁abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,!?'-:;()",
];

/** The same numbers each time (a linear congruence), so that a test can be repeated. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
}

function marianModel(vocabulary: number, seed: number): Uint8Array {
  const next = randomNumbers(seed);
  const tensors: Tensor[] = [];
  const floats = (name: string, columns: number, value?: number): void => {
    const data = Float32Array.from({ length: columns }, () => value ?? next() / 4);
    tensors.push({ name, shape: [1, columns], type: FLOAT32, data: new Uint8Array(data.buffer) });
  };
  const matrix = (name: string, rows: number, columns: number): void => {
    const values = Int8Array.from({ length: rows * columns }, () => Math.round(next() * 200));
    // The scale stands behind the integers; the rest fills up to what the format reserves.
    const data = new Uint8Array(rows * columns + 256);
    data.set(new Uint8Array(values.buffer));
    data.set(new Uint8Array(Float32Array.of(127).buffer), rows * columns);
    tensors.push({ name, shape: [rows, columns], type: INTGEMM8, data });
    floats(`${name}_QuantMultA`, 1, 60);
  };
  const normal = (name: string): void => {
    floats(`${name}_ln_scale`, EMBEDDING, 1);
    floats(`${name}_ln_bias`, EMBEDDING);
  };
  const attention = (name: string): void => {
    for (const part of ["q", "k", "v", "o"]) {
      matrix(`${name}_W${part}`, EMBEDDING, EMBEDDING);
      floats(`${name}_b${part}`, EMBEDDING);
    }
    normal(`${name}_Wo`);
  };
  const feedForward = (name: string): void => {
    matrix(`${name}_W1`, EMBEDDING, FEED_FORWARD);
    floats(`${name}_b1`, FEED_FORWARD);
    matrix(`${name}_W2`, FEED_FORWARD, EMBEDDING);
    floats(`${name}_b2`, EMBEDDING);
    normal(`${name}_ffn`);
  };
  matrix("Wemb", vocabulary, EMBEDDING);
  floats("decoder_ff_logit_out_b", vocabulary);
  attention("encoder_l1_self");
  feedForward("encoder_l1_ffn");
  matrix("decoder_l1_rnn_W", EMBEDDING, EMBEDDING);
  matrix("decoder_l1_rnn_Wf", EMBEDDING, EMBEDDING);
  floats("decoder_l1_rnn_bf", EMBEDDING);
  normal("decoder_l1_rnn_ffn");
  attention("decoder_l1_context");
  feedForward("decoder_l1_ffn");
  const config = new TextEncoder().encode(`${configOf(vocabulary)}\0`);
  tensors.push({ name: "special:model.yml", shape: [config.length], type: INT8, data: config });
  return binary(tensors);
}

function configOf(vocabulary: number): string {
  const options: Readonly<Record<string, unknown>> = {
    "bert-train-type-embeddings": true,
    "bert-type-vocab-size": 2,
    "dec-cell": "ssru",
    "dec-cell-base-depth": 2,
    "dec-cell-high-depth": 1,
    "dec-depth": 1,
    "dim-emb": EMBEDDING,
    "dim-rnn": EMBEDDING,
    "dim-vocabs": `\n  - ${vocabulary}\n  - ${vocabulary}`,
    "enc-cell": "gru",
    "enc-cell-depth": 1,
    "enc-depth": 1,
    "enc-type": "bidirectional",
    "input-types": "[]",
    "layer-normalization": false,
    "lemma-dim-emb": 0,
    "output-omit-bias": false,
    "right-left": false,
    skip: false,
    "tied-embeddings": false,
    "tied-embeddings-all": true,
    "tied-embeddings-src": false,
    "transformer-aan-activation": "swish",
    "transformer-aan-depth": 2,
    "transformer-aan-nogate": false,
    "transformer-decoder-autoreg": "rnn",
    "transformer-dim-aan": EMBEDDING,
    "transformer-dim-ffn": FEED_FORWARD,
    "transformer-ffn-activation": "relu",
    "transformer-ffn-depth": 2,
    "transformer-guided-alignment-layer": "last",
    "transformer-heads": 2,
    "transformer-no-projection": false,
    "transformer-pool": false,
    "transformer-postprocess": "dan",
    "transformer-postprocess-emb": "d",
    "transformer-postprocess-top": '""',
    "transformer-preprocess": '""',
    "transformer-tied-layers": "[]",
    "transformer-train-position-embeddings": false,
    type: "transformer",
    ulr: false,
    "ulr-dim-emb": 0,
    "ulr-trainable-transformation": false,
    version: "v1.9.56",
  };
  return Object.entries(options)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}

/** Version, count, a header for each tensor, names, shapes, then the data from a multiple of 256 on. */
function binary(tensors: readonly Tensor[]): Uint8Array {
  const named = tensors.map((tensor) => ({ ...tensor, bytes: new TextEncoder().encode(`${tensor.name}\0`) }));
  // Data are padded, so that the next ones are aligned as well.
  const padded = named.map((tensor) =>
    tensor.type === INT8 ? tensor.data.length : Math.ceil(tensor.data.length / 256) * 256,
  );
  const head: number[] = [];
  const uint64 = (value: bigint | number): void => {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
    head.push(...bytes);
  };
  uint64(1);
  uint64(named.length);
  named.forEach(({ bytes, type, shape }, index) => {
    for (const value of [bytes.length, type, shape.length, padded[index]!]) uint64(value);
  });
  for (const { bytes } of named) head.push(...bytes);
  for (const { shape } of named) head.push(...new Uint8Array(Int32Array.from(shape).buffer));
  const gap = (256 - ((head.length + 8) % 256)) % 256;
  uint64(gap);
  const start = head.length + gap;
  const out = new Uint8Array(start + padded.reduce((sum, length) => sum + length, 0));
  out.set(head);
  let at = start;
  named.forEach(({ data }, index) => {
    out.set(data, at);
    at += padded[index]!;
  });
  return out;
}

/** A SentencePiece model (its protocol buffers: pieces, trainer, normalizer) that knows single letters. */
function sentencePieces(): { readonly bytes: Uint8Array; readonly count: number } {
  const out: number[] = [];
  const piece = (text: string, score: number, type: number): void => {
    const name = new TextEncoder().encode(text);
    const body = [0x0a, name.length, ...name, 0x15, ...new Uint8Array(Float32Array.of(score).buffer)];
    if (type !== 1) body.push(0x18, type);
    out.push(0x0a, body.length, ...body);
  };
  piece("</s>", 0, 3);
  piece("<unk>", 0, 2);
  PIECES.forEach((text, index) => {
    piece(text, -1 - index / 100, 1);
  });
  // intgemm takes columns in eights.
  for (let index = PIECES.length + 2; index % 8 !== 0; index += 1) piece(`${index}#`, -20, 1);
  const count = Math.ceil((PIECES.length + 2) / 8) * 8;
  const minusOne = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
  // unk_id 1, bos_id -1, eos_id 0, pad_id -1; model_type unigram.
  const trainer = [0x18, 1, 0xc0, 0x02, 1, 0xc8, 0x02, ...minusOne, 0xd0, 0x02, 0, 0xd8, 0x02, ...minusOne];
  const normalizer = [0x0a, 8, ...new TextEncoder().encode("identity"), 0x18, 1, 0x20, 1, 0x28, 1];
  out.push(0x12, trainer.length, ...trainer, 0x1a, normalizer.length, ...normalizer);
  return { bytes: Uint8Array.from(out), count };
}

/**
 * Writes a translation model with random weights to `<folder>/<from>-<to>`: it answers with nonsense, but through the real
 * engine. About 70 KB.
 */
export async function writeTinyModel(folder: string, pair: string, seed = 7): Promise<string> {
  const place = join(folder, pair);
  await mkdir(place, { recursive: true });
  const tag = pair.replace("-", "");
  const { bytes, count } = sentencePieces();
  await writeFile(join(place, `model.${tag}.intgemm.alphas.bin`), marianModel(count, seed));
  await writeFile(join(place, `vocab.${tag}.spm`), bytes);
  return place;
}
