import type { Json } from "../../json.ts";
import type { ColumnType, TableColumn } from "../../table.ts";

type Heading = Pick<TableColumn, "name" | "column" | "type">;

/** A column of these values, row by row. */
export function exactColumn(heading: Heading, cells: readonly Json[]): TableColumn {
  const texts = new Map<string, number>();
  const numbers = cells.map((cell) => {
    if (cell === null) return Number.NaN;
    if (heading.type !== "text") return numberOf(cell, heading.type);
    const text = String(cell);
    if (!texts.has(text)) texts.set(text, texts.size);
    return texts.get(text)!;
  });
  return {
    ...heading,
    values: Float64Array.from(numbers, (value) => (Number.isNaN(value) ? 0 : value)),
    present: Uint8Array.from(numbers, (value) => (Number.isNaN(value) ? 0 : 1)),
    ...(heading.type === "text" && { strings: [...texts.keys()] }),
    exceptions: [],
  };
}

/**
 * A column of which only the distinct values are known: they come in turn and again, as often as rows are filled. Right
 * for what is in it and how much of it, not row by row: no text stands alone, so that none is taken for one row's name.
 */
export function standInColumn(
  heading: Heading,
  distinct: readonly Json[],
  { length, filled }: { readonly length: number; readonly filled: number },
): TableColumn {
  const isText = heading.type === "text";
  const known = isText
    ? distinct.map((_, index) => index)
    : distinct.map((value) => numberOf(value, heading.type)).filter((value) => !Number.isNaN(value));
  const present = new Uint8Array(length);
  const values = new Float64Array(length);
  const times = isText && filled > 3 ? 2 : 1;
  const places = Math.floor(filled / times);
  if (known.length > 0) {
    // The range comes last and has to be among the rows.
    const kept =
      known.length <= places ? known : [...known.slice(0, Math.max(0, places - 2)), ...known.slice(-2)];
    present.fill(1, 0, filled);
    for (let row = 0; row < filled; row++) values[row] = kept[Math.floor(row / times) % kept.length]!;
  }
  return { ...heading, values, present, ...(isText && { strings: distinct.map(String) }), exceptions: [] };
}

/** As a `Table` stores it; NaN for what it can't store (`infinity`, years before 1). */
function numberOf(value: Json, type: ColumnType): number {
  if (value === null) return Number.NaN;
  switch (type) {
    case "boolean":
      return value === true ? 1 : 0;
    case "date":
      return Math.floor(Date.parse(String(value)) / 86_400_000);
    case "timestamp":
      return Date.parse(`${String(value).replace(/Z$/, "")}Z`);
    case "time":
      return Date.parse(`1970-01-01T${value}Z`) / 1000;
    case "integer":
    case "decimal": {
      const number = Number(value);
      return Number.isFinite(number) ? number : Number.NaN;
    }
    case "text":
      return Number.NaN;
    default:
      return type satisfies never;
  }
}
