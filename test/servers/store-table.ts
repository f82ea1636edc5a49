import { clickhouse } from "../../src/tasks/ask/dialects/clickhouse.ts";
import type { Dialect } from "../../src/tasks/ask/dialects/dialect.ts";
import { postgresDialect } from "../../src/tasks/ask/dialects/postgres.ts";
import { type StoredColumn, type StoredTable, someGroups } from "./random-tables.ts";

const postgresTypes: Readonly<Record<StoredColumn["storage"], string>> = {
  bigint: "bigint",
  integer: "integer",
  decimal: "numeric(14,2)",
  float: "double precision",
  text: "text",
  date: "date",
  timestamp: "timestamp",
  time: "time",
  boolean: "boolean",
};

const clickhouseTypes: Readonly<Record<StoredColumn["storage"], string>> = {
  bigint: "Int64",
  integer: "Int32",
  decimal: "Decimal(14, 2)",
  float: "Float64",
  text: "String",
  date: "Date32",
  timestamp: "DateTime64(3)",
  time: "String",
  boolean: "Bool",
};

/** Every second table holds the same values in types that have to be read as something else. */
function isOther({ name }: StoredTable): boolean {
  return /[13579]$/.test(name);
}

/** The statements that make and fill the table. */
export function storeInPostgres(stored: StoredTable): string {
  const { quoteName } = postgresDialect();
  const other: Readonly<Record<string, string>> = {
    "group by": "direction",
    at: "timestamptz",
    'na"me': "varchar(80)",
  };
  const columns = stored.columns.map(({ name, storage }) => {
    const type = (isOther(stored) ? other[name] : undefined) ?? postgresTypes[storage];
    return `${quoteName(name)} ${type}${name === "id" ? " PRIMARY KEY" : ""}`;
  });
  const rows = valuesOf(stored, postgresDialect());
  const insert = rows === "" ? "" : `INSERT INTO ${quoteName(stored.name)} VALUES ${rows};`;
  const enumeration = `DO $$ BEGIN CREATE TYPE direction AS ENUM (${someGroups.map((name) => `'${name}'`).join(", ")}); EXCEPTION WHEN duplicate_object THEN NULL; END $$; SET timezone = 'UTC';`;
  return `${enumeration} CREATE TABLE ${quoteName(stored.name)} (${columns.join(", ")}); ${insert}`;
}

/** The same for ClickHouse; columns without gaps are not made `Nullable`. */
export function storeInClickhouse(stored: StoredTable): string[] {
  const { quoteName } = clickhouse;
  const groups = someGroups.map((name, index) => `'${name}' = ${index}`).join(", ");
  const other: Readonly<Record<string, string>> = {
    "group by": `Enum8(${groups})`,
    at: "DateTime64(3, 'Europe/Berlin')",
  };
  const columns = stored.columns.map(({ name, storage, cells }) => {
    const plain = clickhouseTypes[storage];
    const type = (isOther(stored) ? other[name] : undefined) ?? plain;
    const full = cells.includes(null) ? `Nullable(${type})` : type;
    return `${quoteName(name)} ${isOther(stored) && name === 'na"me' ? `LowCardinality(${full})` : full}`;
  });
  const rows = valuesOf(stored, clickhouse);
  return [
    `CREATE TABLE ${quoteName(stored.name)} (${columns.join(", ")}) ENGINE = MergeTree ORDER BY id`,
    ...(rows === "" ? [] : [`INSERT INTO ${quoteName(stored.name)} VALUES ${rows}`]),
  ];
}

function valuesOf({ columns }: StoredTable, { literals }: Dialect): string {
  const cell = ({ type, cells }: StoredColumn, row: number): string => {
    const value = cells[row]!;
    if (value === null) return "NULL";
    switch (type) {
      case "text":
        return literals.text(String(value));
      case "date":
        return literals.date(String(value));
      case "timestamp":
        return literals.timestamp(String(value));
      case "time":
        return literals.time(String(value));
      default:
        return String(value);
    }
  };
  return columns[0]!.cells
    .map((_, row) => `(${columns.map((column) => cell(column, row)).join(", ")})`)
    .join(", ");
}
