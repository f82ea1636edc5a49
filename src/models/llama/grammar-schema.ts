import type { Json, JsonSchema } from "../../json.ts";

// Long repetitions make a grammar slow or are refused; the validator holds what the grammar leaves out.
const LONGEST_TEXT = 256;
const MOST_ITEMS = 64;
const FORMATS = new Set(["date-time", "time", "date"]);
const PRIMITIVES = new Set(["string", "number", "integer", "boolean", "null"]);

/**
 * The part of a JSON Schema that the engine's grammar understands, or `undefined` when some part of it would be
 * turned into `null` silently, which the engine does with every form it does not know (3.21.1: `anyOf`, `{}`).
 */
export function toGrammarSchema(schema: JsonSchema): JsonSchema | undefined {
  const body = convert(schema);
  if (body === undefined) return undefined;
  const definitions = schema.$defs ?? schema.definitions;
  if (!isObject(definitions)) return body;
  const converted = convertAll(definitions);
  return converted === undefined ? undefined : { ...body, $defs: converted };
}

function convert(schema: Json | undefined): JsonSchema | undefined {
  if (!isObject(schema)) return undefined;
  const { type, $ref } = schema;
  if (typeof $ref === "string") return { $ref: $ref.replace(/^#\/definitions\//, "#/$defs/") };
  if ("const" in schema) return isPrimitive(schema.const) ? { const: schema.const ?? null } : undefined;
  if (Array.isArray(schema.enum)) {
    return schema.enum.every(isPrimitive) ? { enum: schema.enum } : undefined;
  }
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(alternatives)) return convertAlternatives(alternatives);
  if (Array.isArray(schema.allOf)) {
    return schema.allOf.length === 1 ? convert(schema.allOf[0]) : undefined;
  }
  if (Array.isArray(type)) {
    return convertAlternatives(type.map((each: Json) => ({ ...schema, type: each })));
  }
  if (type === "object" || (type === undefined && isObject(schema.properties))) return convertObject(schema);
  if (type === "array") return convertArray(schema);
  if (type === "string") return convertText(schema);
  return typeof type === "string" && PRIMITIVES.has(type) ? { type } : undefined;
}

function convertAlternatives(alternatives: readonly Json[]): JsonSchema | undefined {
  const converted = alternatives.map((each) => convert(each));
  const known = converted.filter((each) => each !== undefined);
  return known.length === converted.length && known.length > 0 ? { oneOf: known } : undefined;
}

function convertObject(schema: JsonSchema): JsonSchema | undefined {
  const properties = convertAll(isObject(schema.properties) ? schema.properties : {});
  if (properties === undefined) return undefined;
  const extra = schema.additionalProperties;
  const isOpenMap = Object.keys(properties).length === 0 && extra !== false;
  const additional = isOpenMap && isObject(extra) ? convert(extra) : isOpenMap;
  if (additional === undefined) return undefined;
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: additional };
}

function convertArray(schema: JsonSchema): JsonSchema | undefined {
  const items = convert(schema.items);
  if (items === undefined) return undefined;
  return { type: "array", items, ...limits(schema, ["minItems", "maxItems"], MOST_ITEMS) };
}

function convertText(schema: JsonSchema): JsonSchema {
  const format = schema.format;
  if (typeof format === "string" && FORMATS.has(format)) return { type: "string", format };
  return { type: "string", ...limits(schema, ["minLength", "maxLength"], LONGEST_TEXT) };
}

function limits(schema: JsonSchema, names: readonly string[], most: number): JsonSchema {
  const kept = names.flatMap((name) => {
    const value = schema[name];
    return typeof value === "number" && value <= most ? [[name, value] as const] : [];
  });
  return Object.fromEntries(kept);
}

function convertAll(schemas: JsonSchema): JsonSchema | undefined {
  const entries: [string, JsonSchema][] = [];
  for (const [name, schema] of Object.entries(schemas)) {
    const converted = convert(schema);
    if (converted === undefined) return undefined;
    entries.push([name, converted]);
  }
  return Object.fromEntries(entries);
}

function isObject(value: Json | undefined): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPrimitive(value: Json | undefined): boolean {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
