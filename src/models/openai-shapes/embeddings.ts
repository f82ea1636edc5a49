import { z } from "zod";
import type { LanguageModel } from "../language-model.ts";
import { parseBody, RequestShapeError, unsupported } from "./request-error.ts";

const body = z.strictObject({
  model: z.string().min(1),
  input: z.union([
    z.string(),
    z
      .array(z.union([z.string(), z.number(), z.array(z.number())]))
      .min(1)
      .max(2_048),
  ]),
  dimensions: z.int().positive().optional(),
  encoding_format: z.enum(["float", "base64"]).optional(),
  user: z.unknown().optional(),
});

export type EmbeddingCall = {
  readonly model: string;
  readonly texts: readonly string[];
  /** Fewer numbers than the model gives: the first ones, made a unit vector again. */
  readonly dimensions?: number;
  readonly encoding: "float" | "base64";
};

/** OpenAI's list of embeddings. */
export type EmbeddingList = {
  readonly object: "list";
  readonly model: string;
  readonly data: readonly {
    readonly object: "embedding";
    readonly index: number;
    /** Numbers, or their 32-bit floats, lowest byte first, in base64. */
    readonly embedding: readonly number[] | string;
  }[];
  readonly usage: { readonly prompt_tokens: number; readonly total_tokens: number };
};

/** Reads the body of `POST /embeddings`. Token arrays are refused, since they would be another tokenizer's. */
export function embeddingsFromRequest(given: unknown): EmbeddingCall {
  const parsed = parseBody(body, given);
  const texts = [parsed.input].flat().map((text, index) => {
    const param = Array.isArray(parsed.input) ? `input[${index}]` : "input";
    if (typeof text === "string" && text !== "") return text;
    const why = text === "" ? "it is empty" : "token arrays are not supported, send text";
    throw new RequestShapeError(`Invalid value for '${param}': ${why}.`, param, "invalid_value");
  });
  return {
    model: parsed.model,
    texts,
    encoding: parsed.encoding_format ?? "float",
    ...(parsed.dimensions === undefined ? {} : { dimensions: parsed.dimensions }),
  };
}

/** Answers a call of `POST /embeddings` with unit vectors. */
export async function embeddingList(
  model: LanguageModel,
  call: EmbeddingCall,
  signal?: AbortSignal,
): Promise<EmbeddingList> {
  if (model.embed === undefined) throw unsupported("model", `${call.model} makes no embeddings`);
  const { vectors, inputTokens } = await model.embed({
    texts: call.texts,
    ...(signal === undefined ? {} : { signal }),
  });
  return {
    object: "list",
    model: call.model,
    data: vectors.map((vector, index) => {
      const numbers = shortened(vector, call.dimensions);
      const embedding = call.encoding === "base64" ? base64Of(numbers) : numbers;
      return { object: "embedding", index, embedding };
    }),
    usage: { prompt_tokens: inputTokens, total_tokens: inputTokens },
  };
}

function shortened(vector: readonly number[], dimensions: number | undefined): readonly number[] {
  if (dimensions === undefined || dimensions === vector.length) return vector;
  if (dimensions > vector.length) {
    const message = `Invalid value for 'dimensions': this model has ${vector.length}.`;
    throw new RequestShapeError(message, "dimensions", "invalid_value");
  }
  return unitVector(vector.slice(0, dimensions));
}

/** The vector of length 1 in the same direction; zeros stay zeros. */
export function unitVector(vector: readonly number[]): readonly number[] {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((each) => each / length);
}

function base64Of(numbers: readonly number[]): string {
  const view = new DataView(new ArrayBuffer(numbers.length * 4));
  for (const [index, number] of numbers.entries()) view.setFloat32(index * 4, number, true);
  let binary = "";
  for (const byte of new Uint8Array(view.buffer)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
