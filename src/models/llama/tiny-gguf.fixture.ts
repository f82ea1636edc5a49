/**
 * Makes a GGUF file (version 3) with a two-layer Llama of random weights and a vocabulary of bytes, letters and a few
 * words: half a megabyte that drives the real engine in tests without a download. It writes nonsense, always the same.
 */
export type TinyGgufOptions = {
  /** Jinja chat template. Defaults to one that ends each turn with `<|end|>`. */
  readonly chatTemplate?: string;
  /** Defaults to 2,048. */
  readonly contextTokens?: number;
  /** Of the random weights. Defaults to 7. */
  readonly seed?: number;
};

const WIDTH = 64;
const HEADS = 4;
const LAYERS = 2;
const FEED_FORWARD = 128;
const ALIGNMENT = 32;
const TEMPLATE =
  "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}<|end|>{% endfor %}" +
  "{% if add_generation_prompt %}<|assistant|>{% endif %}";

type Tensor = { readonly name: string; readonly sizes: readonly number[]; readonly data: Float32Array };
type MetaValue = { readonly type: number; readonly bytes: Uint8Array };

/** The bytes of such a model; write them to a `.gguf` file to load it. */
export function tinyGguf(options: TinyGgufOptions = {}): Uint8Array {
  const words = vocabulary();
  const tensors = makeTensors(words.length, randomNumbers(options.seed ?? 7));
  const meta = metadata(words, options);
  const head = [text("GGUF"), u32(3), u64(tensors.length), u64(Object.keys(meta).length)];
  for (const [key, value] of Object.entries(meta)) head.push(string(key), u32(value.type), value.bytes);
  let offset = 0;
  for (const { name, sizes, data } of tensors) {
    head.push(string(name), u32(sizes.length), ...sizes.map(u64), u32(0), u64(offset));
    offset += padded(data.byteLength);
  }
  const pieces = [aligned(join(head))];
  for (const { data } of tensors) pieces.push(aligned(new Uint8Array(data.buffer)));
  return join(pieces);
}

type Word = { readonly text: string; readonly kind: number; readonly score: number };

function vocabulary(): Word[] {
  const [normal, unknown, control, byte] = [1, 2, 3, 6];
  const words: Word[] = [
    { text: "<unk>", kind: unknown, score: 0 },
    { text: "<s>", kind: control, score: 0 },
    { text: "</s>", kind: control, score: 0 },
  ];
  for (let value = 0; value < 256; value += 1) {
    const hex = value.toString(16).toUpperCase().padStart(2, "0");
    words.push({ text: `<0x${hex}>`, kind: byte, score: 0 });
  }
  const pieces = [
    "▁",
    "▁the",
    "▁a",
    "▁plan",
    "▁team",
    "in",
    "er",
    "on",
    "re",
    "th",
    "an",
    "{",
    "}",
    '"',
    ":",
    ",",
    "[",
    "]",
  ];
  for (const [index, piece] of [...pieces, ..."abcdefghijklmnopqrstuvwxyz0123456789"].entries()) {
    words.push({ text: piece, kind: normal, score: -index });
  }
  return words;
}

function metadata(words: readonly Word[], options: TinyGgufOptions): Record<string, MetaValue> {
  const integer = (value: number): MetaValue => ({ type: 4, bytes: u32(value) });
  const line = (value: string): MetaValue => ({ type: 8, bytes: string(value) });
  const list = (type: number, items: readonly Uint8Array[]): MetaValue => ({
    type: 9,
    bytes: join([u32(type), u64(items.length), ...items]),
  });
  return {
    "general.architecture": line("llama"),
    "general.name": line("tiny-random"),
    "llama.context_length": integer(options.contextTokens ?? 2_048),
    "llama.embedding_length": integer(WIDTH),
    "llama.block_count": integer(LAYERS),
    "llama.feed_forward_length": integer(FEED_FORWARD),
    "llama.attention.head_count": integer(HEADS),
    "llama.attention.head_count_kv": integer(HEADS),
    "llama.attention.layer_norm_rms_epsilon": { type: 6, bytes: f32(1e-5) },
    "llama.rope.dimension_count": integer(WIDTH / HEADS),
    "llama.vocab_size": integer(words.length),
    "tokenizer.ggml.model": line("llama"),
    "tokenizer.ggml.tokens": list(
      8,
      words.map((word) => string(word.text)),
    ),
    "tokenizer.ggml.scores": list(
      6,
      words.map((word) => f32(word.score)),
    ),
    "tokenizer.ggml.token_type": list(
      5,
      words.map((word) => u32(word.kind)),
    ),
    "tokenizer.ggml.bos_token_id": integer(1),
    "tokenizer.ggml.eos_token_id": integer(2),
    "tokenizer.ggml.unknown_token_id": integer(0),
    "tokenizer.chat_template": line(options.chatTemplate ?? TEMPLATE),
  };
}

function makeTensors(words: number, random: () => number): Tensor[] {
  const tensor = (name: string, sizes: readonly number[], scale: number): Tensor => {
    const length = sizes.reduce((product, size) => product * size, 1);
    return { name: `${name}.weight`, sizes, data: Float32Array.from({ length }, () => random() * scale) };
  };
  const norm = (name: string): Tensor => ({
    name: `${name}.weight`,
    sizes: [WIDTH],
    data: new Float32Array(WIDTH).fill(1),
  });
  const tensors = [
    tensor("token_embd", [WIDTH, words], 1),
    norm("output_norm"),
    tensor("output", [WIDTH, words], 1),
  ];
  for (let layer = 0; layer < LAYERS; layer += 1) {
    const block = `blk.${layer}`;
    tensors.push(norm(`${block}.attn_norm`), norm(`${block}.ffn_norm`));
    for (const part of ["attn_q", "attn_k", "attn_v", "attn_output"]) {
      tensors.push(tensor(`${block}.${part}`, [WIDTH, WIDTH], 0.2));
    }
    tensors.push(tensor(`${block}.ffn_gate`, [WIDTH, FEED_FORWARD], 0.2));
    tensors.push(tensor(`${block}.ffn_up`, [WIDTH, FEED_FORWARD], 0.2));
    tensors.push(tensor(`${block}.ffn_down`, [FEED_FORWARD, WIDTH], 0.2));
  }
  return tensors;
}

/** Numbers between -1 and 1 (mulberry32), the same for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * 2 - 1;
  };
}

function bytesOf(size: number, write: (view: DataView) => void): Uint8Array {
  const view = new DataView(new ArrayBuffer(size));
  write(view);
  return new Uint8Array(view.buffer);
}

const u32 = (value: number): Uint8Array => bytesOf(4, (view) => view.setUint32(0, value, true));
const u64 = (value: number): Uint8Array => bytesOf(8, (view) => view.setBigUint64(0, BigInt(value), true));
const f32 = (value: number): Uint8Array => bytesOf(4, (view) => view.setFloat32(0, value, true));
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const string = (value: string): Uint8Array => join([u64(text(value).length), text(value)]);
const padded = (length: number): number => Math.ceil(length / ALIGNMENT) * ALIGNMENT;

function aligned(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(padded(bytes.length));
  out.set(bytes);
  return out;
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    out.set(piece, offset);
    offset += piece.length;
  }
  return out;
}
