import type { JsonSchema } from "../../../json.ts";
import { type Html, html } from "../../server/pages/html.ts";
import type { ApiDocument } from "../openapi/document-types.ts";
import { markedText } from "./marked-text.ts";

const DEEPEST = 3;

/** What is said of a field that is not optional: in a request, in an answer. */
type Necessity = "needed" | "always";

/** The fields of an object schema as a list, those inside below them. */
export function schemaTable(schema: JsonSchema, document: ApiDocument, necessity: Necessity): Html {
  const object = resolved(schema, document);
  const note =
    typeof object.description === "string" &&
    html`<p class="small soft">${markedText(object.description)}</p>`;
  return html`${fieldList(object, document, { necessity, depth: 0 })}${note}`;
}

function fieldList(
  schema: JsonSchema,
  document: ApiDocument,
  { necessity, depth }: { readonly necessity: Necessity; readonly depth: number },
): Html {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  const required = (schema.required ?? []) as readonly string[];
  const entries = Object.entries(properties);
  if (entries.length === 0) return html``;
  return html`<ul class="small">${entries.map(([name, given]) => {
    const field = resolved(given, document);
    const inner = innerObject(field, document);
    const says = typeof given.description === "string" ? given.description : "";
    return html`<li><code>${name}</code> <span class="soft">${typeOf(field, document)}${required.includes(name) && `, ${necessity}`}</span> ${markedText(says)}
${inner !== undefined && depth < DEEPEST && fieldList(inner, document, { necessity, depth: depth + 1 })}</li>`;
  })}</ul>`;
}

/** The object that a field is, or that its list holds. */
function innerObject(field: JsonSchema, document: ApiDocument): JsonSchema | undefined {
  if (field.type === "object") return field;
  if (field.type !== "array" || field.items === undefined) return undefined;
  const items = resolved(field.items as JsonSchema, document);
  return items.type === "object" ? items : undefined;
}

function resolved(schema: JsonSchema, document: ApiDocument): JsonSchema {
  const { $ref: address } = schema;
  if (typeof address !== "string") return schema;
  return document.components.schemas[address.replace("#/components/schemas/", "")] ?? {};
}

function typeOf(schema: JsonSchema, document: ApiDocument): string {
  const { type, enum: values, const: only, anyOf, items } = schema;
  if (Array.isArray(values)) return values.join(" | ");
  if (only !== undefined) return String(only);
  if (Array.isArray(anyOf)) {
    return anyOf.map((each) => typeOf(resolved(each as JsonSchema, document), document)).join(" or ");
  }
  if (type === "array") return `list of ${typeOf(resolved((items ?? {}) as JsonSchema, document), document)}`;
  return typeof type === "string" ? type : "anything";
}
