import type { JsonSchema } from "../../../json.ts";

/** A text, with what it says. */
export const text = (description?: string): JsonSchema => ({
  type: "string",
  ...(description === undefined ? {} : { description }),
});

export const integer = (description?: string): JsonSchema => ({
  type: "integer",
  ...(description === undefined ? {} : { description }),
});

export const number = (description?: string): JsonSchema => ({
  type: "number",
  ...(description === undefined ? {} : { description }),
});

export const flag = (description?: string): JsonSchema => ({
  type: "boolean",
  ...(description === undefined ? {} : { description }),
});

export const oneOf = (values: readonly string[], description?: string): JsonSchema => ({
  type: "string",
  enum: values,
  ...(description === undefined ? {} : { description }),
});

export const listOf = (items: JsonSchema): JsonSchema => ({ type: "array", items });

export const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: "null" }] });

export const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** An object; fields whose names end with `?` may be left out. Others than these are passed on where `isOpen`. */
export function fields(
  properties: Readonly<Record<string, JsonSchema>>,
  { isOpen = false, description }: { readonly isOpen?: boolean; readonly description?: string } = {},
): JsonSchema {
  const entries = Object.entries(properties);
  const required = entries.flatMap(([name]) => (name.endsWith("?") ? [] : [name]));
  return {
    type: "object",
    ...(description === undefined ? {} : { description }),
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(entries.map(([name, schema]) => [name.replace(/\?$/, ""), schema])),
    ...(isOpen ? { additionalProperties: true } : {}),
  };
}
