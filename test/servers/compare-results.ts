import type { Json } from "../../src/json.ts";

type Rows = readonly (readonly Json[])[];

/** Where two results differ, in words; undefined where they are the same: numbers within 1e-9, all else exactly. */
export function difference(expected: Rows, given: Rows): string | undefined {
  if (expected.length !== given.length) return `${expected.length} rows against ${given.length}`;
  for (const [row, values] of expected.entries()) {
    for (const [column, value] of values.entries()) {
      const other = given[row]![column];
      if (!isSame(value, other))
        return `row ${row}, column ${column}: ${JSON.stringify(value)} against ${JSON.stringify(other)}`;
    }
    if (values.length !== given[row]!.length)
      return `row ${row} has ${values.length} against ${given[row]!.length}`;
  }
  return undefined;
}

function isSame(one: Json, two: Json | undefined): boolean {
  if (one === two) return true;
  // Long numbers come as their digits.
  const [left, right] = [numberOf(one), numberOf(two)];
  if (left === undefined || right === undefined) return false;
  return Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left), Math.abs(right));
}

function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}
