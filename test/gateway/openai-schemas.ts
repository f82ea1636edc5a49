import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

const lines = ["openai-schemas.jsonl", "azure-schemas.jsonl"].flatMap((name) =>
  readFileSync(join(import.meta.dirname, name), "utf8")
    .trim()
    .split("\n"),
);
const schemas = Object.fromEntries(lines.map((line) => JSON.parse(line) as [string, object]));
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema({ $id: "openai:api", components: { schemas } });
const validators = new Map<string, ValidateFunction>();

/** What is wrong with an answer by OpenAI's own schema of that name, or Azure's (small letter first); empty when it fits. */
export function openaiProblems(name: string, value: unknown): readonly string[] {
  if (!Object.hasOwn(schemas, name)) throw new RangeError(`there is no schema ${name}`);
  let validate = validators.get(name);
  if (validate === undefined) {
    validate = ajv.compile({ $ref: `openai:api#/components/schemas/${name}` });
    validators.set(name, validate);
  }
  // As it travels: without undefined.
  if (validate(JSON.parse(JSON.stringify(value)))) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
