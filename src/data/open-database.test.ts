import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "./index.ts";
import { column, costsTable, ordersTable, table } from "./tables.fixture.ts";

const failure = (promise: Promise<unknown>): Promise<{ code?: string; message: string; hint?: string }> =>
  promise.then(
    () => ({ message: "no error" }),
    (error: unknown) => error as { message: string },
  );

describe("a loaded table", () => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({ memoryMb: 300 });
  });
  afterAll(() => database[Symbol.asyncDispose]());

  it("is described as queries see it", async () => {
    await database.load(
      table("Q1\nsales", [column("Total\nEUR", "decimal", [1.5]), column("rowid", "text", ["a"])]),
    );
    expect(database.describe()).toEqual([
      {
        name: "Q1 sales",
        rowCount: 1,
        columns: [
          { name: "Total EUR", type: "DECIMAL(18,1)", header: "Total\nEUR" },
          { name: "rowid 2", type: "VARCHAR", header: "rowid" },
        ],
      },
    ]);
    const { rows } = await database.query('SELECT "Total EUR", "rowid 2" FROM "Q1 sales"');
    expect(rows).toEqual([[1.5, "a"]]);
  });

  it("keeps every value, whatever it holds", async () => {
    let number = 0;
    const text = fc.oneof(
      fc.string({ unit: "binary" }).map((value) => value.toWellFormed()),
      fc.constantFrom("", "\u001f", "\ue000", "a\u001fb", "'", '"', "\u0000x", "null"),
    );
    const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
    const row = fc.tuple(
      some(text),
      some(fc.integer({ min: -(2 ** 40), max: 2 ** 40 })),
      some(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value))),
      some(fc.integer({ min: -99_999_999, max: 99_999_999 }).map((value) => value / 100)),
      some(fc.boolean()),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 200 }), async (rows) => {
        const name = `t${number++}`;
        const cells = <K extends 0 | 1 | 2 | 3 | 4>(index: K) => rows.map((values) => values[index]);
        await database.load(
          table(name, [
            column("s", "text", cells(0)),
            column("i", "integer", cells(1)),
            column("d", "decimal", cells(2)),
            column("m", "decimal", cells(3)),
            column("b", "boolean", cells(4)),
          ]),
        );
        expect((await database.query(`SELECT * FROM ${name}`)).rows).toEqual(rows);
      }),
      { numRuns: 30 },
    );
  });

  it("keeps its rows in order over several batches", async () => {
    const count = 300_000;
    const values = Array.from({ length: count }, (_, index) => index);
    const texts = values.map((value) => (value % 1000 === 7 ? null : `text ${value % 70_001}`));
    // Few texts travel once, many with each batch.
    const few = values.map((value) => (value % 5 === 0 ? null : `few ${value % 7}`));
    const columns = [column("i", "integer", values), column("s", "text", texts), column("f", "text", few)];
    await database.load(table("long", columns));
    const sql = `SELECT count(*), count(s), count(DISTINCT s), count_if(rowid <> i), sum(i),
      count_if(s <> 'text ' || (i % 70001)), count(f), count_if(f <> 'few ' || (i % 7)) FROM long`;
    const distinct = new Set(texts.filter((text) => text !== null)).size;
    const sum = (count * (count - 1)) / 2;
    expect((await database.query(sql)).rows).toEqual([[count, count - 300, distinct, 0, sum, 0, 240_000, 0]]);
  });

  it("may have no rows", async () => {
    await database.load(table("empty", [column("s", "text", []), column("i", "integer", [])]));
    expect((await database.query("SELECT count(*), max(s), sum(i) FROM empty")).rows).toEqual([
      [0, null, null],
    ]);
  });

  it("is filled as queries ask for its columns, also where they misspell them", async () => {
    await using fresh = await openDatabase({ memoryMb: 200 });
    await fresh.load(ordersTable());
    const sums = "SELECT sum(amount) FROM orders";
    expect(await failure(fresh.query("SELECT amout FROM orders"))).toMatchObject({
      code: "query-failed",
      message: expect.stringContaining("amount"),
    });
    await fresh.load(costsTable());
    const join = "SELECT id, manager FROM orders JOIN costs USING (region) WHERE paid ORDER BY id";
    expect((await fresh.query(join)).rows).toEqual([
      [1, "Ann"],
      [3, "Ann"],
      [6, "Ann"],
    ]);
    expect((await fresh.query(sums)).rows).toEqual([[1601.3]]);
    expect((await fresh.query('SELECT sum("cost per unit") FROM costs')).rows).toEqual([[13.74]]);
  });

  it("is refused where its name is taken, ignoring case", async () => {
    const error = await failure(database.load(table("EMPTY", [column("i", "integer", [1])])));
    expect(error.code).toBe("bad-request");
  });
});

describe("a query", () => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({ memoryMb: 200 });
    await database.load(ordersTable());
    await database.load(costsTable());
  });
  afterAll(() => database[Symbol.asyncDispose]());

  it("returns plain values in ISO form and exact digits", async () => {
    const { rows, columns } = await database.query(
      `SELECT day, made, start, INTERVAL 14 MONTH + INTERVAL 90 SECOND AS span, 12345678901234567.89 AS long,
        9007199254740993 AS big, -0.05 AS small, [1, 2] AS list, 'NaN'::DOUBLE AS nothing, 1 / 0 AS none
        FROM orders WHERE id = 8`,
    );
    expect(rows).toEqual([
      [
        ...["2024-12-31", "2024-12-31T18:00:00.25", "18:00:00", "P1Y2MT1M30S", "12345678901234567.89"],
        ...["9007199254740993", -0.05, [1, 2], "NaN", null],
      ],
    ]);
    expect(columns.slice(0, 5)).toEqual([
      { name: "day", type: "DATE" },
      { name: "made", type: "TIMESTAMP" },
      { name: "start", type: "TIME" },
      { name: "span", type: "INTERVAL" },
      { name: "long", type: "DECIMAL(19,2)" },
    ]);
  });

  it("says when there were more rows than asked for", async () => {
    const some = await database.query("SELECT id FROM orders ORDER BY id", { maxRows: 3 });
    expect(some).toMatchObject({ rows: [[1], [2], [3]], isTruncated: true });
    const all = await database.query("SELECT id FROM orders ORDER BY id", { maxRows: 8 });
    expect(all).toMatchObject({ isTruncated: false });
  });

  it("says what is wrong with it in words that help to repair it", async () => {
    expect(await failure(database.query("SELECT amout FROM orders"))).toMatchObject({
      code: "query-failed",
      message: expect.stringContaining("amount"),
    });
    expect(await failure(database.query("SELECT FROM orders WHERE"))).toMatchObject({ code: "query-failed" });
    expect(await failure(database.query("SELECT * FROM invoices"))).toMatchObject({
      code: "query-refused",
      message: 'there is no table "invoices"',
      hint: 'only one SELECT over these tables: "orders", "costs"',
    });
    expect(await failure(database.query("SELECT * FROM orders WHERE day > current_date"))).toMatchObject({
      code: "query-refused",
      hint: expect.stringContaining("DATE '"),
    });
  });

  it("is stopped at its deadline, and the next one is answered", async () => {
    const slow = "SELECT sum(a.range % 7) FROM range(1000000000000) a";
    expect(await failure(database.query(slow, { deadlineMs: 200 }))).toMatchObject({ code: "query-timeout" });
    expect((await database.query("SELECT count(*) FROM orders")).rows).toEqual([[8]]);
  });

  it("is killed where it does not stop, and the tables are loaded again", async () => {
    const deaf = "SELECT levenshtein(lpad('a', 1000000, 'a'), lpad('b', 1000000, 'b'))";
    expect(await failure(database.query(deaf, { deadlineMs: 200 }))).toMatchObject({ code: "query-timeout" });
    expect((await database.query("SELECT count(*) FROM orders JOIN costs USING (region)")).rows).toEqual([
      [5],
    ]);
  });

  it("is stopped when it needs too much memory, and the next one is answered", async () => {
    const large = "SELECT list(i::VARCHAR || 'xxxxxxxxxxxxxxxxxxxxxxxxxxx') FROM range(100000000) r(i)";
    expect(await failure(database.query(large))).toMatchObject({
      code: "query-memory",
      hint: expect.stringContaining("memory limit"),
    });
    expect((await database.query("SELECT sum(amount) FROM orders")).rows).toEqual([[1601.3]]);
  });

  it("is aborted with the reason of the signal", async () => {
    const reason = new Error("changed my mind");
    const slow = "SELECT sum(a.range % 7) FROM range(1000000000000) a";
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 100);
    expect(await failure(database.query(slow, { signal: controller.signal }))).toBe(reason);
    expect(await failure(database.query("SELECT 1", { signal: controller.signal }))).toBe(reason);
    expect((await database.query("SELECT count(*) FROM costs")).rows).toEqual([[3]]);
  });

  it("waits for its turn", async () => {
    const answers = await Promise.all(
      [1, 2, 3].map((id) => database.query(`SELECT id FROM orders WHERE id = ${id}`)),
    );
    expect(answers.map(({ rows }) => rows)).toEqual([[[1]], [[2]], [[3]]]);
  });

  it("can be followed by another table", async () => {
    await database.load(table("later", [column("i", "integer", [7])]));
    expect((await database.query("SELECT i FROM later")).rows).toEqual([[7]]);
  });
});

describe("a file", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tandem-data-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("is loaded as text with the layout given, also after a query", async () => {
    const path = join(folder, "bericht [1]*.csv");
    await writeFile(path, "Titel\n\nDatum;Betrag;Betrag\n31.12.2024;1234,56;x\n01.01.2025;n/a;y\n");
    await using database = await openDatabase({ memoryMb: 200 });
    await database.load(costsTable());
    await database.query("SELECT 1");
    await database.loadFile(path, {
      name: "bericht",
      format: "csv",
      csv: {
        ...{ delimiter: ";", skip: 2, hasHeader: true, decimalSeparator: ",", dateFormat: "%d.%m.%Y" },
        ...{ nullTexts: ["n/a"], types: { Betrag: "DECIMAL(18,2)" } },
      },
    });
    expect(database.describe()[1]?.columns.map(({ name, type }) => [name, type])).toEqual([
      ["Datum", "DATE"],
      ["Betrag", "DECIMAL(18,2)"],
      ["Betrag_1", "VARCHAR"],
    ]);
    const result = await database.query("SELECT * FROM bericht WHERE Betrag > 0", { provenance: true });
    expect(result.rows).toEqual([["2024-12-31", 1234.56, "x"]]);
    expect(result.provenance).toMatchObject({ rows: [[{ table: "bericht", ranges: [[1, 1]] }]] });
    expect((await database.query("SELECT count(*) FROM costs")).rows).toEqual([[3]]);
  });

  it("is loaded from Parquet, and again after the engine died", async () => {
    const path = join(folder, "x.parquet");
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    await connection.run(`COPY (SELECT i, i * 0.5 AS half FROM range(5) r(i)) TO '${path}'`);
    connection.closeSync();
    await using database = await openDatabase({ memoryMb: 200 });
    await database.loadFile(path, { name: "x", format: "parquet" });
    expect((await database.query("SELECT count(*), sum(half) FROM x")).rows).toEqual([[5, 5]]);
    const deaf = "SELECT levenshtein(lpad('a', 1000000, 'a'), lpad('b', 1000000, 'b'))";
    await failure(database.query(deaf, { deadlineMs: 100 }));
    expect((await database.query("SELECT max(i) FROM x")).rows).toEqual([[4]]);
  });

  it("that is not there or broken is an error, and the database goes on", async () => {
    await using database = await openDatabase({ memoryMb: 200 });
    const load = (path: string) => failure(database.loadFile(path, { name: "x", format: "parquet" }));
    expect(await load(join(folder, "none.parquet"))).toMatchObject({ code: "not-found" });
    expect(await load("https://example.org/x.parquet")).toMatchObject({ code: "not-found" });
    await writeFile(join(folder, "broken.parquet"), "PAR1 no");
    expect(await load(join(folder, "broken.parquet"))).toMatchObject({ code: "query-failed" });
    expect(database.describe()).toEqual([]);
    await database.load(table("x", [column("i", "integer", [1])]));
    expect((await database.query("SELECT i FROM x")).rows).toEqual([[1]]);
  });
});

describe("a closed database", () => {
  it("refuses everything and leaves no process", async () => {
    const database = await openDatabase();
    await database.load(costsTable());
    await database[Symbol.asyncDispose]();
    expect(await failure(database.query("SELECT 1"))).toMatchObject({ code: "engine-failed" });
    expect(await failure(database.load(ordersTable()))).toMatchObject({ code: "engine-failed" });
  });
});
