import { z } from "zod";
import type { Json, JsonSchema } from "../../json.ts";
import type { Message } from "../language-model.ts";
import { calledFunction, chooseTools, refuseWhatAsks, textOf, toolResult } from "./chat-request.ts";
import { parseBody, RequestShapeError, unsupported } from "./request-error.ts";
import type { ShapedCall } from "./shaped-call.ts";
import { checkSchema, checkTools, type Tool } from "./tool-calls.ts";

const jsonObject = z.record(z.string(), z.unknown()) as unknown as z.ZodType<JsonSchema>;
const part = z.looseObject({ type: z.string() });

const item = z.looseObject({
  type: z.string().optional(),
  role: z.enum(["system", "developer", "user", "assistant"]).optional(),
  content: z.union([z.string(), z.array(part)]).optional(),
  call_id: z.string().optional(),
  name: z.string().optional(),
  arguments: z.string().optional(),
  output: z.union([z.string(), z.array(part)]).optional(),
});

const tool = z.looseObject({
  type: z.string(),
  name: z.string().optional(),
  description: z.string().nullish(),
  parameters: jsonObject.nullish(),
});

const format = z.looseObject({
  type: z.enum(["text", "json_object", "json_schema"]),
  schema: jsonObject.optional(),
});

const refused = {
  background: z.unknown().optional(),
  context_management: z.unknown().optional(),
  conversation: z.unknown().optional(),
  include: z.unknown().optional(),
  max_tool_calls: z.unknown().optional(),
  moderation: z.unknown().optional(),
  previous_response_id: z.unknown().optional(),
  prompt: z.unknown().optional(),
  reasoning: z.unknown().optional(),
  top_logprobs: z.unknown().optional(),
} as const;

const body = z.strictObject({
  model: z.string().min(1),
  input: z.union([z.string(), z.array(item).min(1)]),
  instructions: z.string().optional(),
  max_output_tokens: z.int().positive().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
  parallel_tool_calls: z.boolean().optional(),
  prompt_cache_key: z.unknown().optional(),
  prompt_cache_retention: z.unknown().optional(),
  safety_identifier: z.unknown().optional(),
  service_tier: z.unknown().optional(),
  store: z.boolean().optional(),
  stream: z.boolean().optional(),
  stream_options: z.unknown().optional(),
  temperature: z.number().min(0).max(2).optional(),
  text: z.looseObject({ format: format.optional() }).optional(),
  tool_choice: z
    .union([
      z.enum(["none", "auto", "required"]),
      z.looseObject({ type: z.string(), name: z.string().optional() }),
    ])
    .optional(),
  tools: z.array(tool).max(128).optional(),
  top_p: z.number().min(0).max(1).optional(),
  truncation: z.enum(["auto", "disabled"]).optional(),
  user: z.string().optional(),
  ...refused,
});

type Body = z.infer<typeof body>;

/** A call of the Responses API, and what its answer repeats of the request. */
export type ResponseCall = ShapedCall & {
  readonly echoed: {
    readonly instructions: string | null;
    readonly max_output_tokens: number | null;
    readonly metadata: Readonly<Record<string, string>>;
    readonly parallel_tool_calls: boolean;
    readonly temperature: number | null;
    readonly text: Json;
    readonly tool_choice: Json;
    readonly tools: readonly Json[];
    readonly top_p: number | null;
    readonly truncation: "auto" | "disabled";
  };
};

/** Reads the body of `POST /responses`. Nothing is stored: earlier responses and conversations are refused by name. */
export function responseFromRequest(given: unknown): ResponseCall {
  const parsed = parseBody(body, given);
  refuseWhatAsks(parsed, refused);
  const tools = readTools(parsed);
  const choice = parsed.tool_choice ?? "auto";
  const set = chooseTools(
    tools,
    typeof choice === "string" ? choice : { name: choice.name ?? "" },
    parsed.parallel_tool_calls,
  );
  const schema = schemaOf(parsed);
  if (set !== undefined && schema !== undefined)
    throw unsupported("text.format", "it cannot be combined with tools here");
  const instructions: readonly Message[] =
    parsed.instructions === undefined ? [] : [{ role: "system", content: parsed.instructions }];
  return {
    model: parsed.model,
    messages: [...instructions, ...inputMessages(parsed.input)],
    choices: 1,
    stop: [],
    isStream: parsed.stream ?? false,
    includeUsage: true,
    ...(parsed.max_output_tokens === undefined ? {} : { maxTokens: parsed.max_output_tokens }),
    ...(parsed.temperature === undefined ? {} : { temperature: parsed.temperature }),
    ...(parsed.top_p === undefined ? {} : { topP: parsed.top_p }),
    ...(schema === undefined ? {} : { schema }),
    ...(set === undefined ? {} : { tools: set }),
    echoed: {
      instructions: parsed.instructions ?? null,
      max_output_tokens: parsed.max_output_tokens ?? null,
      metadata: parsed.metadata ?? {},
      parallel_tool_calls: parsed.parallel_tool_calls ?? true,
      temperature: parsed.temperature ?? null,
      text: (parsed.text ?? { format: { type: "text" } }) as Json,
      tool_choice: choice as Json,
      tools: (parsed.tools ?? []).map(echoedTool),
      top_p: parsed.top_p ?? null,
      truncation: parsed.truncation ?? "disabled",
    },
  };
}

function inputMessages(input: Body["input"]): readonly Message[] {
  if (typeof input === "string") return [{ role: "user", content: input }];
  return input.flatMap((each, index): readonly Message[] => {
    const path = `input[${index}]`;
    switch (each.type ?? "message") {
      case "message": {
        const role = each.role === "developer" ? "system" : each.role;
        if (role === undefined) throw missing(`${path}.role`);
        return [{ role, content: textOf(each.content, `${path}.content`) }];
      }
      case "function_call":
        return [
          {
            role: "assistant",
            content: calledFunction(each.call_id ?? "", each.name ?? "", each.arguments ?? ""),
          },
        ];
      case "function_call_output":
        return [
          { role: "user", content: toolResult(each.call_id ?? "", textOf(each.output, `${path}.output`)) },
        ];
      case "reasoning":
        return [];
      default:
        throw unsupported(`${path}.type`, `items of type '${each.type}' are not supported with this model`);
    }
  });
}

function readTools(parsed: Body): readonly Tool[] {
  const tools = (parsed.tools ?? []).map((each, index): Tool => {
    if (each.type !== "function") {
      throw unsupported(
        `tools[${index}].type`,
        `tools of type '${each.type}' are not supported with this model`,
      );
    }
    if (each.name === undefined) throw missing(`tools[${index}].name`);
    return {
      name: each.name,
      ...(typeof each.description === "string" ? { description: each.description } : {}),
      parameters: each.parameters ?? { type: "object", properties: {}, additionalProperties: false },
    };
  });
  checkTools(tools, (index) => `tools[${index}]`);
  return tools;
}

function echoedTool(given: NonNullable<Body["tools"]>[number]): Json {
  const { type, name = "", description, parameters, strict } = given as typeof given & { strict?: unknown };
  return {
    type,
    name,
    parameters: parameters ?? {},
    strict: strict === true,
    ...(typeof description === "string" ? { description } : {}),
  };
}

function schemaOf({ text }: Body): JsonSchema | undefined {
  const wanted = text?.format;
  if (wanted === undefined || wanted.type === "text") return undefined;
  if (wanted.type === "json_object") return { type: "object" };
  if (wanted.schema === undefined) throw missing("text.format.schema");
  checkSchema(wanted.schema, "text.format.schema");
  return wanted.schema;
}

function missing(param: string): RequestShapeError {
  return new RequestShapeError(
    `Missing required parameter: '${param}'.`,
    param,
    "missing_required_parameter",
  );
}
