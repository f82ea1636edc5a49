import type { LlamaEmbeddingContext } from "node-llama-cpp";
import { ModelError } from "../../errors.ts";
import type { Embeddings, EmbedRequest } from "../language-model.ts";

/** A unit vector for each text, one after the other. A text that does not fit is refused, never cut. */
export async function embedTexts(
  context: LlamaEmbeddingContext,
  modelId: string,
  contextTokens: number,
  request: EmbedRequest,
): Promise<Embeddings> {
  const lengths = request.texts.map((text) => context.calculateInputLength(text));
  const longest = Math.max(0, ...lengths);
  if (longest > contextTokens) {
    throw new ModelError(
      "model-failed",
      `a text has ${longest} tokens, and ${modelId} holds ${contextTokens}`,
      {
        hint: "give it shorter texts",
        cause: { statusCode: 400, responseBody: '{"error":{"code":"context_length_exceeded"}}' },
      },
    );
  }
  const vectors: (readonly number[])[] = [];
  for (const text of request.texts) {
    request.signal?.throwIfAborted();
    const { vector } = await context.getEmbeddingFor(text);
    const length = Math.hypot(...vector);
    vectors.push(length === 0 ? vector : vector.map((each) => each / length));
  }
  return { vectors, inputTokens: lengths.reduce((sum, length) => sum + length, 0) };
}
