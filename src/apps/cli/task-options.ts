import { type Command, InvalidArgumentError, Option } from "commander";
import type { z } from "zod";

/** The part of a zod schema's definition that an option is made from. */
type Definition = {
  readonly type: string;
  readonly innerType?: Schema;
  readonly entries?: Readonly<Record<string, string>>;
  readonly shape?: Readonly<Record<string, Schema>>;
};
type Schema = z.core.$ZodType & { readonly def: Definition; readonly description?: string };

/**
 * Adds one option for each of these fields of a task's input: its name in kebab-case, its description, its kind
 * (text, whole or decimal number, switch, choice). What the task says of itself is said once, there.
 */
export function addTaskOptions(command: Command, input: z.ZodType, fields: readonly string[]): Command {
  for (const field of fields) command.addOption(optionOf(field, fieldOf(input, field)));
  return command;
}

/** The values that the person gave for these fields, as the task's input wants them; fields left out stay out. */
export function taskValues(
  options: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    fields.filter((field) => options[field] !== undefined).map((field) => [field, options[field]]),
  );
}

function fieldOf(input: z.ZodType, field: string): Schema {
  const schema = unwrap(input as unknown as Schema).def.shape?.[field];
  if (schema === undefined) throw new RangeError(`the task's input has no field ${field}`);
  return schema;
}

function optionOf(field: string, schema: Schema): Option {
  const flag = `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const inner = unwrap(schema);
  const description = firstLower(schema.description ?? inner.description ?? "");
  switch (inner.def.type) {
    case "boolean":
      return new Option(flag, description);
    case "number":
      return new Option(`${flag} <number>`, description).argParser(decimal);
    case "enum":
      return new Option(`${flag} <choice>`, description).choices(Object.values(inner.def.entries ?? {}));
    case "string":
      return new Option(`${flag} <text>`, description);
    default:
      throw new RangeError(`a field of type ${inner.def.type} cannot be an option: ${field}`);
  }
}

function unwrap(schema: Schema): Schema {
  return schema.def.innerType === undefined ? schema : unwrap(schema.def.innerType);
}

function decimal(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number)) throw new InvalidArgumentError("It must be a number.");
  return number;
}

/** Help lines begin in lower case and end without a full stop. */
function firstLower(text: string): string {
  const line = text.trim().replace(/\.$/, "");
  return /^[A-Z][a-z]/.test(line) ? line[0]!.toLowerCase() + line.slice(1) : line;
}
