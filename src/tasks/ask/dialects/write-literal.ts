import type { PlanValue } from "../plan.ts";
import { isNumberType, type PlanColumn } from "../plan-columns.ts";
import type { Dialect } from "./dialect.ts";

/** A number as SQL takes it. Throws `RangeError` for what is none. */
export function numberLiteral(name: string, value: PlanValue): string {
  const number = typeof value === "string" && value.trim() === "" ? Number.NaN : Number(value);
  if (typeof value === "boolean" || !Number.isFinite(number))
    throw new RangeError(`${name} is compared with numbers, and ${JSON.stringify(value)} is none`);
  return String(number);
}

/** A value as a literal of the column's type. Throws `RangeError` when it can be none. */
export function literalOf(
  { type, name }: Pick<PlanColumn, "type" | "name">,
  value: PlanValue,
  { literals }: Dialect,
): string {
  if (isNumberType(type)) return numberLiteral(name, value);
  const text = String(value);
  switch (type) {
    case "boolean":
      return /^(true|yes|1)$/i.test(text) ? "true" : "false";
    case "date":
      return literals.date(inForm(name, text, /^\d{4}-\d{2}-\d{2}$/, "a date like 2024-01-31"));
    case "time":
      return literals.time(inForm(name, text, /^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/, "a time like 13:45"));
    case "timestamp":
      return literals.timestamp(
        inForm(
          name,
          text,
          /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/,
          "a date like 2024-01-31",
        ),
      );
    default:
      return literals.folded(text);
  }
}

function inForm(name: string, text: string, form: RegExp, wanted: string): string {
  if (form.test(text)) return text;
  throw new RangeError(`${name} is compared with ${wanted}, and ${JSON.stringify(text)} is none`);
}
