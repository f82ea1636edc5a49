import type { Json, JsonSchema } from "../json.ts";

/** Whether a provider that takes JSON schemas takes this one at all: they demand an object at the root. */
export function hasObjectRoot(schema: JsonSchema): boolean {
  return schema.type === "object";
}

/**
 * Whether a schema may be sent in OpenAI's strict mode, which demands that every object lists all its properties
 * as required and allows no others. Anything else is sent without the promise, and validated as always.
 */
export function fitsStrictMode(schema: JsonSchema): boolean {
  return hasObjectRoot(schema) && everyObjectIsClosed(schema);
}

function everyObjectIsClosed(value: Json): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every((item: Json) => everyObjectIsClosed(item));
  const schema = value as JsonSchema;
  const { properties, required, additionalProperties, type } = schema;
  if (type === "object") {
    if (additionalProperties !== false || typeof properties !== "object" || properties === null) return false;
    const names = Object.keys(properties);
    if (!Array.isArray(required) || !names.every((name) => required.includes(name))) return false;
  }
  return Object.values(schema).every((item) => everyObjectIsClosed(item));
}

/** The schema as an instruction, for servers that cannot enforce one. */
export function schemaInstruction(schema: JsonSchema): string {
  return `Answer with JSON only, no other text. The JSON must fit this JSON Schema:\n${JSON.stringify(schema)}`;
}
