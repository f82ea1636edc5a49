import type { Json } from "../../json.ts";
import { numberValue } from "./number-value.ts";
import type { ServerColumn } from "./server.ts";

type Reading = Pick<ServerColumn, "type" | "reading" | "isExact" | "scale" | "isNullable">;

/** How a column of this type is read. */
export function clickhouseReading(declared: string): Reading {
  const bare = bareType(declared);
  const plain = {
    reading: "plain",
    isExact: false,
    isNullable: /^(LowCardinality\()?Nullable\(/.test(declared),
  } as const;
  const scale = /^Decimal\(\d+, (\d+)\)$/.exec(bare)?.[1];
  if (scale !== undefined) return { ...plain, type: "decimal", isExact: true, scale: Number(scale) };
  if (/^U?Int(8|16|32|64|128|256)$/.test(bare)) return { ...plain, type: "integer" };
  if (bare === "Float64") return { ...plain, type: "decimal" };
  if (/^B?Float(16|32)$/.test(bare)) return { ...plain, type: "decimal", reading: "float" };
  if (bare === "String") return { ...plain, type: "text" };
  if (bare === "Bool") return { ...plain, type: "boolean" };
  if (/^Date(32)?$/.test(bare)) return { ...plain, type: "date" };
  if (/^DateTime(64\(\d\))?$/.test(bare)) return { ...plain, type: "timestamp" };
  if (/^DateTime(64)?\(/.test(bare)) return { ...plain, type: "timestamp", reading: "utc" };
  if (/^Time(64\(\d\))?$/.test(bare)) return { ...plain, type: "time", reading: "text" };
  if (/^(UUID|IPv[46]|Enum(8|16)\(.*\)|FixedString\(\d+\))$/s.test(bare))
    return { ...plain, type: "text", reading: "text" };
  return plain;
}

/** What is inside of `Nullable` and `LowCardinality`. */
function bareType(declared: string): string {
  const inside = /^(?:Nullable|LowCardinality)\((.*)\)$/s.exec(declared)?.[1];
  return inside === undefined ? declared : bareType(inside);
}

/** A result column's type as DuckDB would name it. */
export function resultType(declared: string): string {
  const bare = bareType(declared);
  const size = /^U?Int(\d+)$/.exec(bare)?.[1];
  if (size !== undefined) return Number(size) > 64 ? "HUGEINT" : "BIGINT";
  if (bare.startsWith("Decimal")) return "DECIMAL";
  if (/^B?Float/.test(bare)) return "DOUBLE";
  if (bare.startsWith("DateTime")) return "TIMESTAMP";
  if (bare.startsWith("Date")) return "DATE";
  return bare === "Bool" ? "BOOLEAN" : "VARCHAR";
}

/** A value of a JSON row: numbers that come as text are read, timestamps get their `T` and lose idle zeros. */
export function resultValue(value: Json, type: string): Json {
  if (value === null || typeof value === "boolean") return value;
  switch (type) {
    case "BIGINT":
    case "HUGEINT":
    case "DECIMAL":
      return numberValue(String(value));
    case "DOUBLE":
      return Number.isFinite(Number(value)) ? Number(value) : String(value);
    case "TIMESTAMP":
      return String(value)
        .replace(" ", "T")
        .replace(/\.0+$|(\.\d*[1-9])0+$/, "$1");
    default:
      return value;
  }
}
