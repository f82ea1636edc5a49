import { describe, expect, it } from "vitest";
import { TargetNotFoundError } from "../../errors.ts";
import { clickhouseFailure } from "./clickhouse-errors.ts";
import * as clickhouse from "./clickhouse-types.ts";
import { findTable } from "./find-table.ts";
import { numberValue } from "./number-value.ts";
import { connectionFailure, queryFailure } from "./postgres-errors.ts";
import * as postgres from "./postgres-types.ts";

describe("numbers of a server", () => {
  it.each([
    ["12", 12],
    ["-0.50", -0.5],
    ["9007199254740993", "9007199254740993"],
    ["100000000000000000000", "100000000000000000000"],
    ["0.1234567890123456789", "0.1234567890123456789"],
    ["1200.0000000000000000000000", 1200],
    ["NaN", "NaN"],
    ["1e-7", 1e-7],
  ])("%s keep every digit", (digits, expected) => {
    expect(numberValue(digits)).toBe(expected);
  });
});

describe("types of PostgreSQL", () => {
  it.each([
    ["integer", "b", { type: "integer", reading: "plain" }],
    ["numeric(12,2)", "b", { type: "decimal", isExact: true, scale: 2 }],
    ["numeric(12)", "b", { type: "decimal", isExact: true, scale: 0 }],
    ["numeric", "b", { type: "decimal", isExact: true }],
    ["real", "b", { type: "decimal", reading: "float" }],
    ["character varying(40)", "b", { type: "text", reading: "plain" }],
    ["character(3)", "b", { type: "text", reading: "text" }],
    ["timestamp(3) without time zone", "b", { type: "timestamp", reading: "plain" }],
    ["timestamp with time zone", "b", { type: "timestamp", reading: "utc" }],
    ["time without time zone", "b", { type: "time" }],
    ["mood", "e", { type: "text", reading: "text" }],
  ])("%s is read", (formatted, kind, expected) => {
    expect(postgres.postgresReading(formatted, kind)).toMatchObject(expected);
  });

  it.each(["text[]", "jsonb", "bytea", "point", "time with time zone", "interval"])(
    "%s has no plain values",
    (formatted) => {
      expect(postgres.postgresReading(formatted, "b").type).toBeUndefined();
    },
  );

  it("become what workbooks give", () => {
    expect(postgres.resultValue("t", 16)).toBe(true);
    expect(postgres.resultValue("2024-01-31 10:00:00.5", 1114)).toBe("2024-01-31T10:00:00.5");
    expect(postgres.resultValue("2024-01-31 10:00:00+00", 1184)).toBe("2024-01-31T10:00:00Z");
    expect(postgres.resultValue("Infinity", 701)).toBe("Infinity");
    expect(postgres.resultValue(null, 25)).toBeNull();
    expect(postgres.resultType(1700)).toBe("DECIMAL");
  });
});

describe("types of ClickHouse", () => {
  it.each([
    ["LowCardinality(Nullable(String))", { type: "text", reading: "plain", isNullable: true }],
    ["Nullable(Decimal(12, 3))", { type: "decimal", isExact: true, scale: 3 }],
    ["UInt8", { type: "integer", isNullable: false }],
    ["Float32", { type: "decimal", reading: "float" }],
    ["DateTime64(3)", { type: "timestamp", reading: "plain" }],
    ["DateTime64(3, 'Europe/Berlin')", { type: "timestamp", reading: "utc" }],
    ["DateTime('UTC')", { type: "timestamp", reading: "utc" }],
    ["Enum8('a' = 1, 'it\\'s' = 2)", { type: "text", reading: "text" }],
    ["Bool", { type: "boolean" }],
  ])("%s is read", (declared, expected) => {
    expect(clickhouse.clickhouseReading(declared)).toMatchObject(expected);
  });

  it.each(["Array(String)", "Map(String, UInt8)", "Tuple(a UInt8)", "JSON"])(
    "%s has no plain values",
    (declared) => {
      expect(clickhouse.clickhouseReading(declared).type).toBeUndefined();
    },
  );

  it("become what workbooks give", () => {
    expect(clickhouse.resultValue("2024-01-31 10:00:00.500000", "TIMESTAMP")).toBe("2024-01-31T10:00:00.5");
    expect(clickhouse.resultValue("2024-01-31 10:00:00.000", "TIMESTAMP")).toBe("2024-01-31T10:00:00");
    expect(clickhouse.resultValue("10", clickhouse.resultType("Nullable(UInt64)"))).toBe(10);
    expect(clickhouse.resultType("Decimal(38, 2)")).toBe("DECIMAL");
  });
});

describe("a table that a person names", () => {
  const places = [
    { schema: "public", name: "Orders", isDefault: true },
    { schema: "sales", name: "visits", isDefault: false },
    { schema: "old", name: "Orders", isDefault: false },
  ];

  it.each([
    ["Orders", "public"],
    ["orders", "public"],
    ["old.Orders", "old"],
    ["visits", "sales"],
  ])("%s is found", (wanted, schema) => {
    expect(findTable(wanted, places, "here").schema).toBe(schema);
  });

  it("is told with those that there are where it is missing", () => {
    expect(() => findTable("order", places, "here")).toThrow(TargetNotFoundError);
  });
});

describe("failures of servers", () => {
  it.each([
    [Object.assign(new Error("connect"), { code: "ECONNREFUSED" }), "no PostgreSQL server answers"],
    [
      Object.assign(new Error('password authentication failed for user "ann"'), { code: "28P01" }),
      "does not let ann in",
    ],
    [Object.assign(new Error("no database"), { code: "3D000" }), "no such database"],
    [
      new AggregateError([Object.assign(new Error("x"), { code: "ECONNREFUSED" })]),
      "no PostgreSQL server answers",
    ],
  ])("of connecting say what to look at", (error, message) => {
    expect(connectionFailure(error, "postgres://db/shop", "ann").message).toContain(message);
  });

  it.each([
    ["57014", "query-timeout"],
    ["25006", "query-refused"],
    ["42501", "server-failed"],
    ["53200", "query-memory"],
    ["42601", "query-failed"],
    ["", "server-failed"],
  ])("of PostgreSQL's code %s are %s", (code, expected) => {
    expect(queryFailure(Object.assign(new Error("x"), { code }), 1000)).toMatchObject({ code: expected });
  });

  it.each([
    ["516", "server-failed"],
    ["497", "server-failed"],
    ["164", "query-refused"],
    ["159", "query-timeout"],
    ["241", "query-memory"],
    ["62", "query-failed"],
    ["ECONNREFUSED", "server-failed"],
  ])("of ClickHouse's code %s are %s", (code, expected) => {
    const where = { place: "clickhouse://db/shop", user: "ann", deadlineMs: 1000 };
    expect(clickhouseFailure(Object.assign(new Error("x"), { code }), where)).toMatchObject({
      code: expected,
    });
  });
});
