import type { TableColumn } from "../table.ts";
import type { Encoding } from "./messages.ts";

/** How one column is stored in the engine and how its numbers get there. */
export type ColumnPlan = {
  readonly column: TableColumn;
  readonly sqlType: string;
  readonly encoding: Encoding;
  /** Numbers are multiplied by this and rounded before they are sent; the expression divides again. */
  readonly factor: number;
  /** SQL over the raw column `raw`. */
  readonly expression: string;
};

/** Decimals with more digits behind the point than this are measurements, not amounts: they stay floating-point. */
const MOST_DECIMALS = 6;
/** Every decimal of 15 digits has a float64 of its own. */
const EXACT_DECIMAL = 1e15;
const INT32_LIMIT = 2 ** 31;
const SECONDS_A_DAY = 86_400;

/** Chooses the engine's type for a column from what stands in it, so that whatever can be summed exactly is. */
export function planColumn(column: TableColumn): ColumnPlan {
  switch (column.type) {
    case "integer":
    case "decimal":
      return planNumber(column);
    case "text":
      return { column, sqlType: "VARCHAR", encoding: "UINTEGER", factor: 1, expression: "raw" };
    case "boolean":
      return { column, sqlType: "BOOLEAN", encoding: "UTINYINT", factor: 1, expression: "raw::BOOLEAN" };
    case "date":
      return { column, sqlType: "DATE", encoding: "DATE", factor: 1, expression: "raw" };
    case "time":
      return planTime(column);
    case "timestamp":
      return {
        column,
        sqlType: "TIMESTAMP",
        encoding: "DOUBLE",
        factor: 1000,
        expression: "make_timestamp(raw::BIGINT)",
      };
    default:
      return column.type satisfies never;
  }
}

function planNumber(column: TableColumn): ColumnPlan {
  const { decimals, largest } = measureNumbers(column);
  if (decimals === undefined) {
    return { column, sqlType: "DOUBLE", encoding: "DOUBLE", factor: 1, expression: "raw" };
  }
  const encoding = largest < INT32_LIMIT ? "INTEGER" : "DOUBLE";
  if (decimals === 0) return { column, sqlType: "BIGINT", encoding, factor: 1, expression: "raw::BIGINT" };
  const sqlType = `DECIMAL(18,${decimals})`;
  // An integer of at most 10 digits times 0.01 stays within 64 bits; wider ones go by way of float64, which is exact
  // here because every value was found to be the float64 nearest to its decimal.
  return encoding === "INTEGER"
    ? {
        column,
        sqlType,
        encoding,
        factor: 10 ** decimals,
        expression: `raw::DECIMAL(${18 - decimals},0) * ${(10 ** -decimals).toFixed(decimals)}::DECIMAL(${decimals},${decimals})`,
      }
    : { column, sqlType, encoding, factor: 1, expression: `raw::${sqlType}` };
}

/**
 * Digits behind the point that hold every value exactly, and the largest value as an integer of that many digits;
 * `decimals` is undefined where a value needs more digits than an exact decimal has.
 */
function measureNumbers(column: TableColumn): { decimals: number | undefined; largest: number } {
  const { values, present } = column;
  let decimals = 0;
  let factor = 1;
  let largest = 0;
  for (let row = 0; row < values.length; row++) {
    if (present[row] === 0) continue;
    const value = values[row]!;
    let scaled = Math.round(value * factor);
    while (scaled / factor !== value) {
      if (decimals === MOST_DECIMALS || !Number.isFinite(value)) return { decimals: undefined, largest };
      decimals++;
      largest *= 10;
      factor = 10 ** decimals;
      scaled = Math.round(value * factor);
    }
    if (scaled > largest) largest = scaled;
    else if (-scaled > largest) largest = -scaled;
  }
  const isExact = decimals === 0 ? largest <= Number.MAX_SAFE_INTEGER : largest < EXACT_DECIMAL;
  return { decimals: isExact ? decimals : undefined, largest };
}

/** A time of day; a column with a value of a day or more (or less than none) holds durations. */
function planTime(column: TableColumn): ColumnPlan {
  const isDuration = column.values.some(
    (seconds, row) => column.present[row] === 1 && (seconds < 0 || seconds >= SECONDS_A_DAY),
  );
  return {
    column,
    sqlType: isDuration ? "INTERVAL" : "TIME",
    encoding: "DOUBLE",
    factor: 1e6,
    expression: isDuration ? "to_microseconds(raw::BIGINT)" : "make_timestamp(raw::BIGINT)::TIME",
  };
}
