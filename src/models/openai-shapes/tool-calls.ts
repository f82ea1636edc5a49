import { Ajv2020 } from "ajv/dist/2020.js";
import type { JsonSchema } from "../../json.ts";
import type { Message } from "../language-model.ts";
import { RequestShapeError } from "./request-error.ts";

/** A function that the model may ask for. */
export type Tool = { readonly name: string; readonly description?: string; readonly parameters: JsonSchema };

export type ToolSet = {
  readonly tools: readonly Tool[];
  /** `auto`: a call or a text; `required`: at least one call. One tool alone where the caller names it. */
  readonly choice: "auto" | "required";
  /** Several calls in one answer. */
  readonly isParallel: boolean;
};

/** What a model that was given tools says: a text, or calls. */
export type ToolReply =
  | { readonly text: string }
  | { readonly calls: readonly { readonly name: string; readonly arguments: JsonSchema }[] };

const MOST_CALLS = 8;

/** The form of an answer that is a text or calls of these tools: one object, so that grammars and providers take it. */
export function toolReplySchema({ tools, choice, isParallel }: ToolSet): JsonSchema {
  const calls = tools.map(
    ({ name, parameters }): JsonSchema => closed({ name: { const: name }, arguments: parameters }),
  );
  const list: JsonSchema = {
    type: "array",
    items: calls.length === 1 ? calls[0]! : { anyOf: calls },
    minItems: 1,
    maxItems: isParallel ? MOST_CALLS : 1,
  };
  const asked = closed({ calls: list });
  if (choice === "required") return closed({ reply: asked });
  return closed({ reply: { anyOf: [closed({ text: { type: "string" } }), asked] } });
}

function closed(properties: Record<string, JsonSchema>): JsonSchema {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

/** Tells the model what it may call; it stands before the chat. */
export function toolInstruction({ tools, choice }: ToolSet): Message {
  const lines = tools.map(({ name, description = "", parameters }) =>
    `- ${name}: ${description} Arguments: ${JSON.stringify(parameters)}`.replace(/ {2,}/g, " "),
  );
  const form = '{"reply": {"calls": [{"name": "…", "arguments": {…}}]}}';
  const answer =
    choice === "required"
      ? `Answer with JSON that calls one of them: ${form}.`
      : `Answer with JSON: ${form} to call them, or {"reply": {"text": "…"}} to answer in words.`;
  return { role: "system", content: ["You can call these functions:", ...lines, answer].join("\n") };
}

/** Refuses parameters that are no JSON Schema before a model is asked. */
export function checkTools(tools: readonly Tool[], path: (index: number) => string): void {
  const names = new Set<string>();
  tools.forEach(({ name, parameters }, index) => {
    if (names.has(name)) {
      throw new RequestShapeError(`The function '${name}' is listed twice.`, path(index), "invalid_value");
    }
    names.add(name);
    checkSchema(parameters, `${path(index)}.parameters`);
  });
}

/** Refuses what is no JSON Schema. */
export function checkSchema(schema: JsonSchema, param: string): void {
  try {
    const { $schema: _draft, ...rest } = schema;
    new Ajv2020({ strict: false, validateFormats: false }).compile(rest);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RequestShapeError(`Invalid schema for '${param}': ${reason}.`, param, "invalid_value");
  }
}
