import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "./index.ts";
import { column, table } from "./tables.fixture.ts";

const rowCount = 20_000;
/** Cents as people enter them, and noise of very different sizes, which plain addition gets wrong. */
const cents = Array.from({ length: rowCount }, (_, index) => ((index * 7919) % 100_000) / 100);
const noise = Array.from({ length: rowCount }, (_, index) => Math.sin(index) * 10 ** ((index % 13) - 3));

function numbers() {
  return table("numbers", [
    column(
      "id",
      "integer",
      Array.from({ length: rowCount }, (_, index) => index),
    ),
    column("cents", "decimal", cents),
    column("noise", "decimal", noise),
    column(
      "name",
      "text",
      Array.from({ length: rowCount }, (_, index) => `n${index % 7}`),
    ),
  ]);
}

/** Exact to the last bit: floats as integers of 2^-1074. */
function exactSum(values: readonly number[]): number {
  const scale = 2n ** 80n;
  const total = values.reduce((sum, value) => {
    const whole = Math.trunc(value);
    return sum + BigInt(whole) * scale + BigInt(Math.round((value - whole) * 2 ** 52)) * (scale >> 52n);
  }, 0n);
  return Number(total / (scale >> 52n)) / 2 ** 52;
}

describe("sums", () => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({ memoryMb: 300 });
    await database.load(numbers());
  });
  afterAll(() => database[Symbol.asyncDispose]());
  const value = async (sql: string) => (await database.query(sql)).rows[0]?.[0];

  it("of decimals are exact", async () => {
    const expected = cents.reduce((sum, amount) => sum + Math.round(amount * 100), 0) / 100;
    expect(await value("SELECT sum(cents) FROM numbers")).toBe(expected);
    expect(await value("SELECT sum(cents * 3) FROM numbers")).toBe((expected * 300) / 100);
    expect(await value("SELECT sum(id) FROM numbers")).toBe((rowCount * (rowCount - 1)) / 2);
  });

  it("of floating-point numbers are compensated wherever they stand", async () => {
    const expected = exactSum(noise);
    const plain = noise.reduce((sum, amount) => sum + amount, 0);
    expect(plain).not.toBe(expected);
    const statements = [
      "SELECT sum(noise) FROM numbers",
      "SELECT SUM(n.noise) FROM numbers n",
      "SELECT sum(noise) FILTER (WHERE id >= 0) FROM numbers",
      "SELECT sum(noise) OVER () FROM numbers",
      "SELECT sum(s) FROM (SELECT noise AS s FROM numbers)",
      "WITH x AS (SELECT noise AS s FROM numbers) SELECT sum(s) FROM x",
      "WITH x AS (SELECT name, sum(noise) AS s FROM numbers GROUP BY name) SELECT sum(s) FROM x",
      "SELECT max(s) FROM (SELECT sum(noise) AS s FROM numbers)",
      "SELECT avg(noise) * count(*) FROM numbers",
      "SELECT (SELECT sum(noise) FROM numbers)",
      "SELECT s FROM (SELECT noise * 1 AS v, sum(v) OVER () AS s FROM numbers) LIMIT 1",
      "SELECT sum(CASE WHEN id >= 0 THEN noise END) FROM numbers",
      "SELECT t FROM (SELECT sum(noise) AS t FROM numbers UNION ALL SELECT 0) ORDER BY abs(t) DESC LIMIT 1",
    ];
    for (const sql of statements) {
      const { rows, isCompensated } = await database.query(sql);
      expect(Math.abs(Number(rows[0]?.[0]) / expected - 1), sql).toBeLessThan(1e-13);
      expect(isCompensated, sql).toBe(true);
    }
  });

  it("keep the names of their columns", async () => {
    const { columns } = await database.query(
      "SELECT sum(noise), avg(noise) / 2, sum(noise) AS total FROM numbers",
    );
    expect(columns.map(({ name }) => name)).toEqual(["sum(noise)", "(avg(noise) / 2)", "total"]);
    expect(await value('SELECT "sum(noise)" FROM (SELECT sum(noise) FROM numbers)')).toBeCloseTo(
      exactSum(noise),
      3,
    );
  });

  it("of times and durations are durations", async () => {
    await database.load(
      table("hours", [
        column("worked", "time", [27_000, 30_600, null]),
        column("total", "time", [90_000, 3600, 1]),
      ]),
    );
    const { rows } = await database.query("SELECT sum(worked), sum(total), avg(total) FROM hours");
    expect(rows).toEqual([["PT16H", "PT26H1S", "PT8H40M0.333333S"]]);
  });
});

describe("medians", () => {
  it("of decimals are not rounded to the digits of the column", async () => {
    await using database = await openDatabase();
    await database.load(table("prices", [column("p", "decimal", [1, 1.01])]));
    const { rows } = await database.query(
      "SELECT median(p), quantile_cont(p, 0.5), percentile_cont(0.5) WITHIN GROUP (ORDER BY p), mad(p) FROM prices",
    );
    for (const [index, expected] of [1.005, 1.005, 1.005, 0.005].entries()) {
      expect(rows[0]?.[index]).toBeCloseTo(expected, 12);
    }
  });
});

describe("an answer", () => {
  it("is the same to the last bit in every run", async () => {
    const sql = `SELECT name, sum(noise), avg(noise), stddev(noise), corr(noise, cents), quantile_cont(noise, 0.3)
      FROM numbers GROUP BY name`;
    const answers = [];
    for (let run = 0; run < 2; run++) {
      await using database = await openDatabase();
      await database.load(numbers());
      answers.push((await database.query(sql)).rows, (await database.query(sql)).rows);
    }
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });
});
