import type { Json } from "../../json.ts";
import { numberValue } from "./number-value.ts";
import type { ServerColumn } from "./server.ts";

type Reading = Pick<ServerColumn, "type" | "reading" | "isExact" | "scale">;

const plain = { reading: "plain", isExact: false } as const;

/** How a column of this type is read; `kind` is `typtype` of its base type: `e` for enumerations. */
export function postgresReading(formatted: string, kind: string): Reading {
  const [, name = "", scale] =
    /^([a-z" ]+?)(?:\((?:\d+,)?(-?\d+)\))?( with(?:out)? time zone)?$/.exec(formatted) ?? [];
  const zone = formatted.endsWith("with time zone");
  switch (name.trim()) {
    case "smallint":
    case "integer":
    case "bigint":
      return { ...plain, type: "integer" };
    case "numeric":
      return {
        type: "decimal",
        reading: "plain",
        isExact: true,
        ...(scale !== undefined && { scale: formatted.includes(",") ? Number(scale) : 0 }),
      };
    case "double precision":
      return { ...plain, type: "decimal" };
    case "real":
      return { ...plain, type: "decimal", reading: "float" };
    case "text":
    case "character varying":
      return { ...plain, type: "text" };
    case "boolean":
      return { ...plain, type: "boolean" };
    case "date":
      return { ...plain, type: "date" };
    case "time":
      return zone ? { ...plain } : { ...plain, type: "time" };
    case "timestamp":
      return { ...plain, type: "timestamp", reading: zone ? "utc" : "plain" };
    case "character":
    case "uuid":
    case "name":
    case "inet":
    case "citext":
      return { ...plain, type: "text", reading: "text" };
    default:
      return kind === "e" ? { ...plain, type: "text", reading: "text" } : plain;
  }
}

/** A result column's type as DuckDB would name it, by PostgreSQL's number of the type. */
export function resultType(oid: number): string {
  return typeNames.get(oid) ?? "VARCHAR";
}

const typeNames: ReadonlyMap<number, string> = new Map([
  [16, "BOOLEAN"],
  [20, "BIGINT"],
  [21, "SMALLINT"],
  [23, "INTEGER"],
  [700, "FLOAT"],
  [701, "DOUBLE"],
  [1082, "DATE"],
  [1083, "TIME"],
  [1114, "TIMESTAMP"],
  [1184, "TIMESTAMP WITH TIME ZONE"],
  [1186, "INTERVAL"],
  [1700, "DECIMAL"],
]);

/** A value from PostgreSQL's text form: numbers, booleans, dates and times in ISO 8601, all else as text. */
export function resultValue(text: string | null, oid: number): Json {
  if (text === null) return null;
  switch (typeNames.get(oid)) {
    case "BOOLEAN":
      return text === "t";
    case "BIGINT":
    case "SMALLINT":
    case "INTEGER":
    case "DECIMAL":
      return numberValue(text);
    case "FLOAT":
    case "DOUBLE":
      return Number.isFinite(Number(text)) ? Number(text) : text;
    case "TIMESTAMP":
      return text.replace(" ", "T");
    case "TIMESTAMP WITH TIME ZONE":
      return text.replace(" ", "T").replace(/\+00$/, "Z");
    default:
      return text;
  }
}
