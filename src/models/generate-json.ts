import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { ModelError } from "../errors.ts";
import type { JsonSchema } from "../json.ts";
import { extractJson } from "./extract-json.ts";
import type { GenerateRequest, Generation, LanguageModel } from "./language-model.ts";

/** A request whose answer has to be JSON of a schema. */
export type GenerateJsonRequest = GenerateRequest & { readonly schema: JsonSchema };

export type GenerateJsonOptions = {
  /** How often the model may see its errors and answer again. Defaults to 1. */
  readonly repairs?: number;
};

/**
 * Asks for JSON and gives the value back only when it fits the schema: no grammar and no provider's promise is
 * trusted. A wrong answer is shown to the model with its errors once; after that it is a `model-output` error.
 */
export async function generateJson<T>(
  model: LanguageModel,
  request: GenerateJsonRequest,
  options: GenerateJsonOptions = {},
): Promise<T> {
  const validate = validatorOf(request.schema);
  let messages = request.messages;
  for (let repairsLeft = options.repairs ?? 1; ; repairsLeft -= 1) {
    const generation = await model.generate({ ...request, messages });
    const verdict = judge(generation, validate);
    if (verdict.kind === "fits") return verdict.value as T;
    if (generation.finishReason === "content-filter") throw filtered(model);
    if (repairsLeft <= 0) throw unusable(model, generation, verdict.problems);
    messages = [
      ...request.messages,
      // An empty assistant turn is refused by several servers.
      { role: "assistant", content: generation.text.trim() === "" ? "(nothing)" : generation.text },
      { role: "user", content: repairNote(verdict.problems) },
    ];
  }
}

type Verdict =
  | { readonly kind: "fits"; readonly value: unknown }
  | { readonly kind: "wrong"; readonly problems: string };

function judge(generation: Generation, validate: ValidateFunction): Verdict {
  const value = extractJson(generation.text);
  if (value === undefined) {
    const cut = generation.finishReason === "length";
    return { kind: "wrong", problems: cut ? "the JSON was cut off: answer more briefly" : "it is not JSON" };
  }
  if (validate(value)) return { kind: "fits", value };
  return { kind: "wrong", problems: describeErrors(validate) };
}

function describeErrors(validate: ValidateFunction): string {
  const lines = (validate.errors ?? []).map((error) => {
    const place = error.instancePath === "" ? "the value" : error.instancePath;
    const allowed: unknown = error.params.allowedValues;
    const extra: unknown = error.params.additionalProperty;
    if (Array.isArray(allowed)) return `${place} must be one of ${JSON.stringify(allowed)}`;
    if (typeof extra === "string") return `${place} must not have the property "${extra}"`;
    return `${place} ${error.message ?? error.keyword}`;
  });
  return [...new Set(lines)].slice(0, 8).join("; ");
}

function repairNote(problems: string): string {
  return `That answer cannot be used: ${problems}. Answer again with the corrected JSON and nothing else.`;
}

function filtered(model: LanguageModel): ModelError {
  return new ModelError("model-failed", `the content filter of ${model.id} stopped the answer`, {
    hint: "ask for another part of the text, or use another model: tandem models list",
  });
}

function unusable(model: LanguageModel, generation: Generation, problems: string): ModelError {
  const cut = generation.finishReason === "length";
  return new ModelError("model-output", `${model.id} did not answer in the form asked for: ${problems}`, {
    hint: cut
      ? "allow more tokens for the answer or ask for less at once"
      : "a larger model keeps to a form more reliably: tandem models list",
    cause: generation.text.slice(0, 2_000),
  });
}

// Keyed by the schema object, so that schemas made on the fly can be collected together with their validator.
const validators = new WeakMap<JsonSchema, ValidateFunction>();

function validatorOf(schema: JsonSchema): ValidateFunction {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  // Schema generators name drafts that ajv would want to look up.
  const { $schema: _draft, ...rest } = schema;
  const ajv = new Ajv2020({ strict: false, strictNumbers: true, allErrors: true, validateFormats: false });
  const validate = ajv.compile(rest);
  validators.set(schema, validate);
  return validate;
}
