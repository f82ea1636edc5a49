import { TandemError } from "../../errors.ts";
import type { Json, JsonSchema } from "../../json.ts";
import type { DataPolicy } from "../deployments/types.ts";
import type { GenerateRequest, LanguageModel, StreamPart } from "../language-model.ts";
import {
  inJsonString,
  type MaskSession,
  maskSession,
  maskText,
  unmaskStream,
  unmaskText,
} from "./mask-text.ts";

export type EgressOptions = {
  /** The strictest of the deployment's, the key's and the document's. */
  readonly policy: DataPolicy;
  /** Values and their tokens; one a job, so that a value has the same token in all its calls. Defaults to a new one. */
  readonly session?: MaskSession;
  /** Whether the text stays on machines that the user runs. Defaults to what the model says. */
  readonly isLocal?: boolean;
};

/**
 * A model that gets only what the policy lets out. `local-only`: a remote model is refused before anything is connected.
 * `redact`: a remote model sees tokens for personal data and secrets, and its answer has the values again. A local model
 * is given everything.
 */
export function withEgress(model: LanguageModel, options: EgressOptions): LanguageModel {
  if ((options.isLocal ?? model.isLocal) || options.policy === "any") return model;
  if (options.policy === "local-only") return refusing(model);
  return redacting(model, options.session ?? maskSession());
}

function refusing(model: LanguageModel): LanguageModel {
  const refuse = (): never => {
    throw new TandemError("refused", `this text may not leave this machine, and ${model.id} is elsewhere`, {
      hint: "use a model on this machine: --model embedded:NAME, or a deployment with a local target",
    });
  };
  return {
    ...factsOf(model),
    generate: async () => refuse(),
    // biome-ignore lint/correctness/useYield: it refuses before it could give anything
    stream: async function* (): AsyncGenerator<StreamPart> {
      refuse();
    },
    embed: async () => refuse(),
  };
}

function redacting(model: LanguageModel, session: MaskSession): LanguageModel {
  const masked = (request: GenerateRequest): GenerateRequest => ({
    ...request,
    messages: request.messages.map((message) => ({
      ...message,
      content: maskText(message.content, session).text,
    })),
    ...(request.schema === undefined ? {} : { schema: maskSchema(request.schema, session) }),
  });
  // A value with a quote would end the string that it is put into.
  const writing = (request: GenerateRequest): { write?: (value: string) => string } =>
    request.schema === undefined ? {} : { write: inJsonString };
  const embed = model.embed?.bind(model);
  return {
    ...factsOf(model),
    generate: async (request) => {
      const generation = await model.generate(masked(request));
      return { ...generation, text: unmaskText(generation.text, session, writing(request)) };
    },
    stream: async function* (request): AsyncGenerator<StreamPart> {
      const unmask = unmaskStream(session, writing(request));
      for await (const part of model.stream(masked(request))) {
        if (part.kind === "text") {
          const text = unmask.push(part.text);
          if (text !== "") yield { kind: "text", text };
          continue;
        }
        const rest = unmask.end();
        if (rest !== "") yield { kind: "text", text: rest };
        const text = unmaskText(part.generation.text, session, writing(request));
        yield { kind: "end", generation: { ...part.generation, text } };
      }
    },
    ...(embed === undefined
      ? {}
      : {
          embed: (request) =>
            embed({ ...request, texts: request.texts.map((text) => maskText(text, session).text) }),
        }),
  };
}

function factsOf(model: LanguageModel): Omit<LanguageModel, "generate" | "stream" | "score" | "embed"> {
  return {
    id: model.id,
    provider: model.provider,
    contextTokens: model.contextTokens,
    ...(model.parametersInBillions === undefined ? {} : { parametersInBillions: model.parametersInBillions }),
    isLocal: model.isLocal,
    countTokens: (text) => model.countTokens(text),
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  };
}

/** A schema travels too, and its fixed values may be words of a document. Names of properties are kept. */
function maskSchema(schema: JsonSchema, session: MaskSession): JsonSchema {
  const walk = (value: Json): Json => {
    if (typeof value === "string") return maskText(value, session).text;
    if (Array.isArray(value)) return value.map((each: Json) => walk(each));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, kept.has(name) ? each : walk(each)]),
    );
  };
  return walk(schema) as JsonSchema;
}

const kept = new Set(["type", "required", "$ref", "format", "pattern"]);
