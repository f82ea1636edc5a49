import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Json } from "../json.ts";
import { harmlessStatements } from "./harmless-statements.fixture.ts";
import { type HostileStatement, hostileStatements } from "./hostile-statements.fixture.ts";
import { type Database, openDatabase, type QueryResult } from "./index.ts";
import { costsTable, ordersTable } from "./tables.fixture.ts";

const DEADLINE_MS = 500;
const GRACE_MS = 1000;
const SECRET = "dcqfz7";
/** What the parser says before the guard has anything to judge. */
const parserComplaint = /^query-failed: (syntax error|Invalid lambda parameters|pg_verifymbstr)/;

async function openTables(): Promise<Database> {
  const database = await openDatabase({ memoryMb: 200 });
  await database.load(ordersTable());
  await database.load(costsTable());
  return database;
}

/** What became of a statement: its error's code, or its rows; and how long that took. */
async function attempt(database: Database, sql: string): Promise<{ outcome: string; ms: number }> {
  // The engine that the statement before may have taken down is not this statement's time.
  await database.query("SELECT 1");
  const start = performance.now();
  const outcome = await database.query(sql, { deadlineMs: DEADLINE_MS }).then(
    ({ rows }) => `let through: ${JSON.stringify(rows).slice(0, 200)}`,
    (error: { code?: string; message: string }) => {
      expect(error.message).not.toContain(SECRET);
      return `${error.code}: ${error.message}`;
    },
  );
  return { outcome, ms: performance.now() - start };
}

describe("hostile statements", () => {
  let folder: string;
  let statements: HostileStatement[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tandem-hostile-"));
    await mkdir(join(folder, "inner"));
    await writeFile(join(folder, "secret.csv"), `a,region\n${SECRET},North\n`);
    const places = {
      secret: join(folder, "secret.csv"),
      target: join(folder, "out"),
      folder: join(folder, "inner"),
    };
    statements = hostileStatements(places);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const run = async (chosen: readonly HostileStatement[]) => {
    await using database = await openTables();
    const wrong = [];
    for (const { sql, isBomb } of chosen) {
      const { outcome, ms } = await attempt(database, sql);
      const isStopped = isBomb && /^query-(timeout|memory)/.test(outcome);
      const isRefused = outcome.startsWith("query-refused") || parserComplaint.test(outcome) || isStopped;
      if (!isRefused || ms > DEADLINE_MS + GRACE_MS) wrong.push({ sql: sql.slice(0, 200), outcome, ms });
    }
    expect(wrong).toEqual([]);
    expect((await database.query("SELECT count(*), sum(amount) FROM orders")).rows).toEqual([[8, 1601.3]]);
    expect(existsSync(join(folder, "out"))).toBe(false);
  };

  it("are many", () => {
    expect(new Set(statements.map(({ sql }) => sql)).size).toBeGreaterThan(350);
  });

  it("are all refused", () => run(statements.filter(({ isBomb }) => !isBomb)), 60_000);

  it("are all stopped where they are bombs, and the database lives", async () => {
    const bombs = statements.filter(({ isBomb }) => isBomb);
    const isEven = (_: unknown, index: number) => index % 2 === 0;
    await Promise.all([run(bombs.filter(isEven)), run(bombs.filter((bomb, index) => !isEven(bomb, index)))]);
  }, 60_000);

  it("print nothing where the host prints", () => {
    const host = `
      import { openDatabase } from ${JSON.stringify(new URL("./open-database.ts", import.meta.url).href)};
      await using database = await openDatabase();
      const statements = ["PRAGMA enable_profiling", "COPY (SELECT 1) TO '/dev/stdout'", "SELECT write_log('x')",
        "SELECT * FROM enable_logging(storage = 'stdout')", "SELECT 42", "EXPLAIN ANALYZE SELECT 1"];
      for (const sql of statements) await database.query(sql).catch(() => {});
    `;
    const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", host], {
      encoding: "utf8",
    });
    expect({ stdout, stderr, status }).toEqual({ stdout: "", stderr: "", status: 0 });
  });
});

describe("harmless statements", () => {
  let database: Database;
  beforeAll(async () => {
    database = await openTables();
  });
  afterAll(() => database[Symbol.asyncDispose]());

  /** Equal within the tolerance for floating-point results: 1e-9 of the value. */
  const isSame = (left: Json, right: Json): boolean => {
    if (typeof left === "number" && typeof right === "number") {
      return Math.abs(left - right) <= 1e-9 * Math.max(Math.abs(left), Math.abs(right));
    }
    if (Array.isArray(left) && Array.isArray(right)) {
      return left.length === right.length && left.every((item, index) => isSame(item, right[index] as Json));
    }
    return JSON.stringify(left) === JSON.stringify(right);
  };

  it("all give their right results", async () => {
    expect(harmlessStatements.length).toBeGreaterThan(90);
    const wrong = [];
    for (const { sql, rows } of harmlessStatements) {
      const result = await database.query(sql).catch((error: unknown) => error as QueryResult);
      const isRight = isSame(result.rows ?? null, rows) && result.isCompensated;
      if (!isRight) wrong.push({ sql, result });
    }
    expect(wrong).toEqual([]);
  });
});
