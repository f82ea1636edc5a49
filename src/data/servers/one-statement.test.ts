import { describe, expect, it } from "vitest";
import { QueryError } from "../../errors.ts";
import { oneStatement } from "./one-statement.ts";

describe("a query of the person's own", () => {
  it.each([
    ["SELECT 1", "SELECT 1"],
    ["select 1 ;  -- done;", "select 1 "],
    ["with a as (select 1) select * from a;;", "with a as (select 1) select * from a"],
    ["(select 1) union (select 2)", "(select 1) union (select 2)"],
    ["/* ; */ select ';' as \"a;b\", $x$ ; $x$", "/* ; */ select ';' as \"a;b\", $x$ ; $x$"],
    ["select E'it\\'s; ok'", "select E'it\\'s; ok'"],
    ["select '\\'", "select '\\'"],
  ])("is one statement: %s", (sql, expected) => {
    expect(oneStatement(sql, "postgres")).toBe(expected);
  });

  it("knows that a backslash escapes in ClickHouse's texts", () => {
    expect(oneStatement("select 'it\\'; x' , `a;b`", "clickhouse")).toBe("select 'it\\'; x' , `a;b`");
    expect(() => oneStatement("select '\\\\'; drop table t", "clickhouse")).toThrow(QueryError);
  });

  it.each([
    "select 1; select 2",
    "select '\\'; drop table t; --'",
    "select $$a$$; drop table t",
    "drop table t",
    "insert into t select 1",
    "copy t to '/tmp/x'",
    "explain analyze delete from t",
    "set x = 1",
    "",
    "-- select",
  ])("is refused: %s", (sql) => {
    expect(() => oneStatement(sql, "postgres")).toThrow(QueryError);
  });
});
