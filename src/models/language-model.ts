import type { JsonSchema } from "../json.ts";

/** One turn of a chat. Document text travels in its own `user` message, never inside an instruction. */
export type Message = {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
};

/** Tokens read and written by one call, as the provider counted them. */
export type Usage = { readonly inputTokens: number; readonly outputTokens: number };

/** Why generation ended (the AI SDK's words). */
export type FinishReason = "stop" | "length" | "content-filter" | "aborted" | "other";

export type GenerateRequest = {
  readonly messages: readonly Message[];
  /** Most tokens to write. Defaults to what the context has left, at most 1,024. */
  readonly maxTokens?: number;
  /** 0 is greedy. Defaults to 0. */
  readonly temperature?: number;
  readonly topP?: number;
  /** Same seed, same answer, where the engine can. */
  readonly seed?: number;
  /** Constrains the answer to JSON of this schema where the engine can; `generateJson` validates it always. */
  readonly schema?: JsonSchema;
  readonly signal?: AbortSignal;
};

export type Generation = {
  readonly text: string;
  readonly finishReason: FinishReason;
  readonly usage: Usage;
};

/** Text as it comes; the last part carries the whole generation. */
export type StreamPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "end"; readonly generation: Generation };

export type ScoreRequest = {
  readonly messages: readonly Message[];
  /** Answers whose likelihood is compared; each is scored as the assistant's whole reply. */
  readonly choices: readonly string[];
  readonly signal?: AbortSignal;
};

export type EmbedRequest = { readonly texts: readonly string[]; readonly signal?: AbortSignal };

/** One unit vector a text, all of the same length. */
export type Embeddings = { readonly vectors: readonly (readonly number[])[]; readonly inputTokens: number };

/**
 * A language model, wherever it runs: in this process, at OpenAI, at Azure, behind any compatible server.
 * Failures are `ModelError`; an abort rejects with the signal's reason.
 */
export interface LanguageModel {
  /** For example `smollm2-135m`, `gpt-5-mini`. */
  readonly id: string;
  /** For example `embedded`, `openai`, `azure`, `openai-compatible`, `scripted`. */
  readonly provider: string;
  /** Tokens that prompt and answer may take together. */
  readonly contextTokens: number;
  /** Billions of parameters when known: tasks ask small models for less and draw several candidates. */
  readonly parametersInBillions?: number;
  /** True when no text leaves this machine. */
  readonly isLocal: boolean;
  generate(request: GenerateRequest): Promise<Generation>;
  stream(request: GenerateRequest): AsyncIterable<StreamPart>;
  /** Exact where the engine can tokenize, otherwise an estimate that errs on the high side. */
  countTokens(text: string): Promise<number>;
  /** Mean log-probability per token of each choice, same order. Absent where the engine cannot. */
  score?(request: ScoreRequest): Promise<readonly number[]>;
  /** Meaning as vectors, same order. Absent where the engine cannot. */
  embed?(request: EmbedRequest): Promise<Embeddings>;
  [Symbol.asyncDispose](): Promise<void>;
}
