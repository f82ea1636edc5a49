import type {
  Llama,
  LlamaChat,
  LlamaChatResponse,
  LlamaContextSequence,
  LlamaEmbeddingContext,
  LlamaGrammar,
  LlamaModel,
} from "node-llama-cpp";
import { BadRequestError, ModelError } from "../../errors.ts";
import type { JsonSchema } from "../../json.ts";
import type {
  Embeddings,
  EmbedRequest,
  FinishReason,
  GenerateRequest,
  Generation,
  LanguageModel,
  ScoreRequest,
  StreamPart,
} from "../language-model.ts";
import { CallQueue } from "./call-queue.ts";
import { chatTemplate, promptTokens, toChatHistory } from "./chat-template.ts";
import { embedTexts } from "./embed-texts.ts";
import { evaluatePrompt } from "./evaluate-prompt.ts";
import { toGrammarSchema } from "./grammar-schema.ts";
import { type Engine, loadEngine } from "./load-engine.ts";
import { defaultContextTokens, defaultThreads } from "./machine-settings.ts";
import { scoreChoices } from "./score-choices.ts";
import { TextChannel } from "./text-channel.ts";

export type EmbeddedModelOptions = {
  /** The GGUF file. */
  readonly path: string;
  /** Defaults to the name of the file. */
  readonly id?: string;
  /** Billions; defaults to unknown. */
  readonly parametersInBillions?: number;
  /** Defaults to all cores but one. */
  readonly threads?: number;
  /** Tokens of prompt and answer together. Defaults to what suits the memory, at most 8,192. */
  readonly contextTokens?: number;
  /** Uses the graphics processor where the installed build can. Defaults to false. */
  readonly gpu?: boolean;
  /** Tokens that a reasoning model may think before it answers free text. Defaults to 0: on a CPU they cost minutes. */
  readonly thoughtTokens?: number;
  readonly signal?: AbortSignal;
};

// The answer needs room: a prompt that leaves less than this is refused.
const LEAST_ANSWER_TOKENS = 16;
// The engine shifts the context, and so forgets its beginning, when the last cells fill.
const SPARE_TOKENS = 4;
const MOST_GRAMMARS = 32;

type Parts = {
  readonly engine: Engine;
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly sequence: LlamaContextSequence;
  readonly chats: { readonly text: LlamaChat; readonly json: LlamaChat };
};

/**
 * Loads a GGUF file into this process. Throws `no-model` when the engine is not installed and `model-failed` when
 * the file is not a model or does not fit into memory. Dispose of it to give the memory back.
 */
export async function openEmbeddedModel(options: EmbeddedModelOptions): Promise<LanguageModel> {
  const engine = await loadEngine();
  options.signal?.throwIfAborted();
  const threads = options.threads ?? defaultThreads();
  const llama = await engine.getLlama({
    gpu: options.gpu === true ? "auto" : false,
    // Never downloads or compiles anything.
    build: "never",
    maxThreads: threads,
    logLevel: engine.LlamaLogLevel.error,
    // What llama.cpp prints goes nowhere: failures come back as errors.
    logger: () => {},
  });
  try {
    const parts = await openParts(engine, llama, options, threads);
    return new EmbeddedModel(parts, options);
  } catch (cause) {
    await llama.dispose();
    options.signal?.throwIfAborted();
    throw new ModelError("model-failed", `${options.path} could not be loaded: ${messageOf(cause)}`, {
      hint: "check that it is a complete GGUF file, or try a smaller context or model: tandem models list",
      cause,
    });
  }
}

async function openParts(
  engine: Engine,
  llama: Llama,
  options: EmbeddedModelOptions,
  threads: number,
): Promise<Parts> {
  const signal = options.signal === undefined ? {} : { loadSignal: options.signal };
  const model = await llama.loadModel({ modelPath: options.path, ...signal });
  const wanted = options.contextTokens ?? defaultContextTokens(model.trainContextSize);
  const context = await model.createContext({ contextSize: wanted, threads });
  const sequence = context.getSequence();
  const chat = (forJson: boolean): LlamaChat =>
    new engine.LlamaChat({
      contextSequence: sequence,
      chatWrapper: chatTemplate(engine, model, { forJson }),
    });
  return { engine, llama, model, sequence, chats: { text: chat(false), json: chat(true) } };
}

class EmbeddedModel implements LanguageModel {
  readonly id: string;
  readonly provider = "embedded";
  readonly isLocal = true;
  readonly contextTokens: number;
  readonly parametersInBillions?: number;
  readonly #parts: Parts;
  readonly #queue = new CallQueue();
  readonly #grammars = new Map<string, Promise<LlamaGrammar>>();
  readonly #thoughtTokens: number;
  #embedding: Promise<LlamaEmbeddingContext> | undefined;
  #isDisposed = false;

  constructor(parts: Parts, options: EmbeddedModelOptions) {
    this.#parts = parts;
    this.#thoughtTokens = options.thoughtTokens ?? 0;
    this.id = options.id ?? options.path.replace(/^.*[\\/]/, "").replace(/\.gguf$/i, "");
    this.contextTokens = parts.sequence.contextSize;
    if (options.parametersInBillions !== undefined) this.parametersInBillions = options.parametersInBillions;
  }

  async generate(request: GenerateRequest): Promise<Generation> {
    return this.#inTurn(() => this.#generate(request, undefined), request.signal);
  }

  async *stream(request: GenerateRequest): AsyncGenerator<StreamPart> {
    // A reader that leaves early stops the work it no longer wants.
    const left = new AbortController();
    const signal =
      request.signal === undefined ? left.signal : AbortSignal.any([request.signal, left.signal]);
    const channel = new TextChannel();
    const work = this.#inTurn(
      () => this.#generate({ ...request, signal }, (text) => channel.push(text)),
      signal,
    );
    work.then(
      () => channel.close(),
      () => channel.close(),
    );
    try {
      for await (const text of channel) yield { kind: "text", text };
      yield { kind: "end", generation: await work };
    } finally {
      left.abort();
    }
  }

  async countTokens(text: string): Promise<number> {
    this.#ensureOpen();
    return this.#parts.model.tokenize(text).length;
  }

  async score(request: ScoreRequest): Promise<readonly number[]> {
    const { model, sequence, chats } = this.#parts;
    const choices = request.choices.map((choice) => model.tokenize(choice, false, "trimLeadingSpace"));
    if (choices.some((choice) => choice.length === 0))
      throw new BadRequestError("a choice to score is empty");
    return this.#inTurn(async () => {
      const prompt = promptTokens(model, chats.text.chatWrapper, toChatHistory(request.messages));
      const longest = Math.max(0, ...choices.map((choice) => choice.length));
      this.#ensureRoom(prompt.length, longest);
      return scoreChoices(sequence, prompt, choices, request.signal);
    }, request.signal);
  }

  async embed(request: EmbedRequest): Promise<Embeddings> {
    const { model } = this.#parts;
    return this.#inTurn(async () => {
      // Memory of its own, taken only by those who want vectors.
      this.#embedding ??= model.createEmbeddingContext({
        contextSize: Math.min(this.contextTokens, model.trainContextSize),
      });
      return embedTexts(await this.#embedding, this.id, this.contextTokens, request);
    }, request.signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    await this.#queue.idle();
    this.#grammars.clear();
    await this.#parts.llama.dispose();
  }

  #inTurn<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    return this.#queue.run(async () => {
      this.#ensureOpen();
      return work();
    }, signal);
  }

  async #generate(
    request: GenerateRequest,
    onText: ((text: string) => void) | undefined,
  ): Promise<Generation> {
    const { model, sequence, chats } = this.#parts;
    const chat = request.schema === undefined ? chats.text : chats.json;
    const history = toChatHistory(request.messages);
    const prompt = promptTokens(model, chat.chatWrapper, history);
    const room = this.#ensureRoom(prompt.length, LEAST_ANSWER_TOKENS);
    const grammar = request.schema === undefined ? undefined : await this.#grammarOf(request.schema);
    await evaluatePrompt(sequence, prompt, request.signal);
    const writtenBefore = sequence.tokenMeter.usedOutputTokens;
    const response = await chat.generateResponse(history, {
      maxTokens: Math.min(request.maxTokens ?? 1_024, room),
      temperature: request.temperature ?? 0,
      ...(request.topP === undefined ? {} : { topP: request.topP }),
      ...(request.seed === undefined ? {} : { seed: request.seed }),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
      ...(onText === undefined ? {} : { onTextChunk: onText }),
      ...(grammar === undefined ? {} : { grammar }),
      // A penalty on repeated tokens keeps small models out of loops; in JSON it would bend the syntax.
      repeatPenalty: grammar === undefined ? { lastTokens: 64, penalty: 1.1 } : false,
      budgets: { thoughtTokens: this.#thoughtTokens },
    });
    request.signal?.throwIfAborted();
    return {
      text: grammar === undefined ? response.response : response.response.trimEnd(),
      finishReason: asFinishReason(response.metadata.stopReason),
      usage: {
        inputTokens: prompt.length,
        outputTokens: sequence.tokenMeter.usedOutputTokens - writtenBefore,
      },
    };
  }

  /** How many tokens the answer may have. Throws when the prompt leaves less than it needs. */
  #ensureRoom(promptLength: number, needed: number): number {
    const room = this.contextTokens - promptLength - SPARE_TOKENS;
    if (room >= needed) return room;
    throw new ModelError(
      "model-failed",
      `the prompt has ${promptLength} tokens, and ${this.id} holds ${this.contextTokens} together with the answer`,
      {
        hint: "give it a shorter text or a section of it, or open the model with a larger context",
        // As a server would say it, so that a deployment's other targets can be tried.
        cause: { statusCode: 400, responseBody: '{"error":{"code":"context_length_exceeded"}}' },
      },
    );
  }

  #grammarOf(schema: JsonSchema): Promise<LlamaGrammar> {
    const key = JSON.stringify(schema);
    const known = this.#grammars.get(key);
    if (known !== undefined) return known;
    const [oldest] = this.#grammars.keys();
    if (this.#grammars.size >= MOST_GRAMMARS && oldest !== undefined) this.#grammars.delete(oldest);
    const made = this.#makeGrammar(schema);
    this.#grammars.set(key, made);
    return made;
  }

  async #makeGrammar(schema: JsonSchema): Promise<LlamaGrammar> {
    const { llama } = this.#parts;
    const converted = toGrammarSchema(schema);
    if (converted === undefined) return llama.getGrammarFor("json");
    type GrammarSchema = Parameters<Llama["createGrammarForJsonSchema"]>[0];
    return llama.createGrammarForJsonSchema(converted as GrammarSchema);
  }

  #ensureOpen(): void {
    if (this.#isDisposed) throw new ModelError("model-failed", `${this.id} has been closed`);
  }
}

function asFinishReason(reason: LlamaChatResponse["metadata"]["stopReason"]): FinishReason {
  if (reason === "maxTokens") return "length";
  if (reason === "abort") return "aborted";
  return reason === "functionCalls" ? "other" : "stop";
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
