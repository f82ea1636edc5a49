import type { Attributes } from "@opentelemetry/api";
import type { CallEnded } from "./call-ended.ts";

// OpenTelemetry's semantic conventions for generative AI. None of these names is stable yet: they stand here alone.
const OPERATION: Readonly<Record<string, string>> = {
  chat: "chat",
  responses: "chat",
  completions: "text_completion",
  embeddings: "embeddings",
};

const PROVIDER: Readonly<Record<string, string>> = {
  openai: "openai",
  azure: "azure.ai.openai",
  embedded: "tandem",
  "openai-compatible": "openai_compatible",
  vllm: "vllm",
};

/** The span's name: the operation and the deployment. */
export function spanName({ call }: CallEnded): string {
  return `${OPERATION[call.operation] ?? call.operation} ${call.deployment}`;
}

/** A call's attributes. Prompts and answers are never among them. */
export function genaiAttributes(ended: CallEnded): Attributes {
  const { call, target, usage, status, errorCode } = ended;
  return {
    "gen_ai.operation.name": OPERATION[call.operation] ?? call.operation,
    "gen_ai.request.model": call.deployment,
    "http.response.status_code": status,
    ...(target === undefined
      ? {}
      : {
          "gen_ai.provider.name": PROVIDER[target.provider] ?? target.provider,
          "gen_ai.response.model": target.model,
          "tandem.target": target.id,
        }),
    ...(usage === undefined
      ? {}
      : {
          "gen_ai.usage.input_tokens": usage.inputTokens,
          "gen_ai.usage.output_tokens": usage.outputTokens,
        }),
    ...(errorCode === undefined ? {} : { "error.type": errorCode }),
    ...(ended.caller === undefined
      ? {}
      : { "tandem.project": ended.caller.projectId, "tandem.key": ended.caller.keyId }),
    ...(call.job === undefined ? {} : { "tandem.job": call.job }),
  };
}
