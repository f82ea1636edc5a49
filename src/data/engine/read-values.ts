import * as duckdb from "@duckdb/node-api";
import type { Json } from "../../json.ts";

/**
 * A value of a result as JSON: numbers where a float64 holds every digit, else their digits as text; dates and times
 * in ISO 8601; lists as arrays, structures as objects, maps as pairs.
 */
export function toJson(value: duckdb.DuckDBValue): Json {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") return bigintToJson(value);
  if (value instanceof duckdb.DuckDBDecimalValue) return decimalToJson(value.value, value.scale);
  if (value instanceof duckdb.DuckDBTimestampTZValue) return `${isoTimestamp(utcText(value))}Z`;
  if (value instanceof duckdb.DuckDBIntervalValue) return isoDuration(value);
  if (value instanceof duckdb.DuckDBListValue || value instanceof duckdb.DuckDBArrayValue) {
    return value.items.map(toJson);
  }
  if (value instanceof duckdb.DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([name, item]) => [name, toJson(item)]));
  }
  if (value instanceof duckdb.DuckDBMapValue) {
    return value.entries.map(({ key, value: item }) => ({ key: toJson(key), value: toJson(item) }));
  }
  if (value instanceof duckdb.DuckDBUnionValue) return toJson(value.value);
  const text = String(value);
  return isTimestamp(value) ? isoTimestamp(text) : text;
}

const isTimestamp = (value: duckdb.DuckDBValue): boolean =>
  value instanceof duckdb.DuckDBTimestampValue ||
  value instanceof duckdb.DuckDBTimestampSecondsValue ||
  value instanceof duckdb.DuckDBTimestampMillisecondsValue ||
  value instanceof duckdb.DuckDBTimestampNanosecondsValue;

/** DuckDB writes `2024-01-31 10:00:00`. */
const isoTimestamp = (text: string): string => text.replace(" ", "T");

const utcText = ({ micros }: duckdb.DuckDBTimestampTZValue): string =>
  String(new duckdb.DuckDBTimestampValue(micros));

function bigintToJson(value: bigint): Json {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

/** Fifteen digits survive a float64 and come back the same; longer decimals are given as text. */
function decimalToJson(value: bigint, scale: number): Json {
  const digits = (value < 0n ? -value : value).toString();
  if (digits.length <= 15) return Number(value) / 10 ** scale;
  if (scale === 0) return String(value);
  return `${value < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function isoDuration({ months, days, micros }: duckdb.DuckDBIntervalValue): string {
  const years = Math.trunc(months / 12);
  const seconds = Number(micros % 60_000_000n) / 1e6;
  const minutes = Number((micros / 60_000_000n) % 60n);
  const hours = Number(micros / 3_600_000_000n);
  const part = (amount: number, unit: string) => (amount === 0 ? "" : `${amount}${unit}`);
  const date = part(years, "Y") + part(months % 12, "M") + part(days, "D");
  const time = part(hours, "H") + part(minutes, "M") + part(seconds, "S");
  return date || time ? `P${date}${time ? `T${time}` : ""}` : "PT0S";
}
