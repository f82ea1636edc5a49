import type { Json } from "../../json.ts";
import type { ResultTable } from "./compose-answer.ts";

/** A result with columns written as `Amount:DOUBLE:€`: name, type (`VARCHAR` unless given) and unit. */
export function resultTable(columns: readonly string[], rows: readonly (readonly Json[])[]): ResultTable {
  return {
    columns: columns.map((text) => {
      const [name = "", type = "VARCHAR", unit] = text.split(":");
      return { name, type, ...(unit !== undefined && { unit }) };
    }),
    rows,
    isTruncated: false,
  };
}

/** `2024-01`, `2024-02`, … */
export function monthsFrom2024(count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${2024 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`,
  );
}
