import { describe, expect, it } from "vitest";
import { column, table } from "../../../data/tables.fixture.ts";
import { BadRequestError } from "../../../errors.ts";
import type { Plan } from "../plan.ts";
import { clickhouse } from "./clickhouse.ts";
import { duckdb } from "./duckdb.ts";
import type { PlanSource } from "./plan-source.ts";
import { postgresDialect } from "./postgres.ts";
import { calculationLabels, writeCalculation } from "./write-calculation.ts";
import { writePlan } from "./write-plan.ts";

const postgres = postgresDialect();

describe("names and texts", () => {
  it.each([
    [duckdb, `"a""b\\"`, `'it''s \\'`],
    [postgres, `"a""b\\"`, `'it''s \\'`],
    [clickhouse, `"a\\"b\\\\"`, `'it\\'s \\\\'`],
  ])("are quoted whatever they hold ($0.name)", (dialect, name, text) => {
    expect(dialect.quoteName('a"b\\')).toBe(name);
    expect(dialect.literals.text("it's \\")).toBe(text);
  });

  it("with a zero character are none for PostgreSQL, and kept by ClickHouse", () => {
    expect(() => postgres.literals.text("a\0b")).toThrow(BadRequestError);
    expect(clickhouse.literals.text("a\0b")).toBe("'a\\0b'");
  });

  it("that PostgreSQL would cut off stay apart", () => {
    const [one, two] = ["a", "b"].map((end) => postgres.quoteName(`sum of ${"ü".repeat(40)}${end}`));
    expect(one).not.toBe(two);
    for (const each of [one!, two!]) expect(new TextEncoder().encode(each).length).toBeLessThanOrEqual(65);
  });
});

describe("a plan over a server's table", () => {
  const orders = table("orders", [
    column("order date", "date", ["2024-01-31"]),
    column("amount", "integer", [1]),
  ]);
  const source: PlanSource = {
    dialect: postgres,
    table: orders,
    from: '"public"."orders"',
    rowOrder: [],
    columns: new Map([["order date", { sql: 'CAST("order_date" AS date)', ownName: "order_date" }]]),
    mostRows: 11,
  };
  const plan: Plan = { table: "orders", show: ["amount"] };

  it("reads columns by their own names and takes no more rows than wanted", () => {
    const sql = writePlan({ table: "orders", show: ["order date"], limit: 100 }, source);
    expect(sql).toContain('SELECT CAST("order_date" AS date) AS "order date"');
    expect(sql).toMatch(/LIMIT 11$/);
  });

  it("is put in the order of what is shown where rows have no own, and can't be asked for rows beside others", () => {
    expect(writePlan(plan, source)).toContain('ORDER BY "amount" ASC NULLS LAST');
    expect(() => writePlan({ ...plan, beside: 1 }, source)).toThrow(RangeError);
    expect(() => writePlan({ ...plan, orderBy: [{ by: "row", direction: "ascending" }] }, source)).toThrow(
      RangeError,
    );
  });

  it("counts all groups, however many rows are wanted", () => {
    const count: Plan = {
      table: "orders",
      groupBy: [{ column: "amount" }],
      measures: [{ fn: "count" }],
      count: "groups",
    };
    expect(writePlan(count, source)).not.toContain("LIMIT");
  });

  it("says every date once where a dialect would repeat it", () => {
    const side = (fn: "min" | "max"): Plan => ({ table: "orders", measures: [{ fn, column: "order date" }] });
    const calculation = { op: "difference", left: side("max"), right: side("min"), unit: "months" } as const;
    const sql = writeCalculation(calculation, postgres, () => source);
    expect(sql.split("SELECT").length).toBe(5);
    expect(calculationLabels(calculation, () => source)).toEqual(["months"]);
  });
});
