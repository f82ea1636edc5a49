import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase, type QueryResult } from "../../src/data/index.ts";
import { openServer } from "../../src/data/servers/open-server.ts";
import type { Server } from "../../src/data/servers/server.ts";
import { readServerAddress } from "../../src/data/servers/server-address.ts";
import type { Dialect } from "../../src/tasks/ask/dialects/dialect.ts";
import type { PlanSource } from "../../src/tasks/ask/dialects/plan-source.ts";
import { calculationLabels, writeCalculation } from "../../src/tasks/ask/dialects/write-calculation.ts";
import type { Calculation } from "../../src/tasks/ask/plan.ts";
import { calculationSql } from "../../src/tasks/ask/plan-sql.ts";
import { askedTables, dialectOf, serverSource } from "../../src/tasks/ask/server/server-source.ts";
import { difference } from "./compare-results.ts";
import { nodesOf, randomCalculation } from "./random-plans.ts";
import { randomTable, type StoredTable, seeded } from "./random-tables.ts";
import { chdbFolder, startClickhouse } from "./start-clickhouse.ts";
import { postgresPrograms, startPostgres } from "./start-postgres.ts";
import { storeInClickhouse, storeInPostgres } from "./store-table.ts";

const planCount = Number(process.env.TANDEM_PLANS ?? 2_000);
const random = seeded(Number(process.env.TANDEM_SEED ?? 7));
const tables = [24, 0, 1, 2, 5, 9, 17, 40, 60, 60].map((rows, index) => randomTable(random, index, rows));

type Engine = {
  readonly server: Server;
  readonly dialect: Dialect;
  readonly sources: ReadonlyMap<string, PlanSource>;
};

const isAlone = postgresPrograms() === undefined && chdbFolder() === undefined;

const kept = new AsyncDisposableStack();
let database: Database;
const engines: Engine[] = [];

beforeAll(async () => {
  database = kept.use(await openDatabase());
  for (const { table } of tables) await database.load(table);
  if (postgresPrograms() === undefined) console.log("skipped: PostgreSQL is not installed (apt: postgresql)");
  else
    for (const locale of ["C.UTF-8", "C"]) {
      const postgres = kept.use(await startPostgres(locale));
      await postgres.sql(tables.map(storeInPostgres).join("\n"));
      await open(
        `postgres://postgres@/postgres?host=${postgres.socket}`.replace("@/", `@localhost:${postgres.port}/`),
      );
    }
  if (chdbFolder() === undefined)
    console.log("skipped: chdb is not installed (npm install --prefix ~/.cache/tandem/chdb chdb)");
  else {
    const clickhouse = kept.use(await startClickhouse());
    for (const each of tables) for (const statement of storeInClickhouse(each)) clickhouse.sql(statement);
    await open(`clickhouse://default@127.0.0.1:${clickhouse.port}/default`);
  }
}, 120_000);
afterAll(() => kept.disposeAsync());

async function open(url: string): Promise<void> {
  const address = { ...readServerAddress(url), tables: tables.map(({ name }) => name) };
  const server = kept.use(await openServer(address));
  const dialect = dialectOf(server);
  const asked = askedTables(server.tables, dialect);
  const sources = asked.map((each, index): [string, PlanSource] => {
    const { name, table } = tables[index]!;
    const source = serverSource({ ...each, columns: each.columns }, table, dialect, 10_001);
    // ClickHouse has no keys that tell rows apart; this one does.
    return [name, { ...source, rowOrder: [dialect.quoteName("id")] }];
  });
  engines.push({ server, dialect, sources: new Map(sources) });
}

function compute(calculation: Calculation, { server, dialect, sources }: Engine): Promise<QueryResult> {
  const sql = writeCalculation(calculation, dialect, (name) => sources.get(name)!);
  return server.query(sql, { isBounded: true });
}

async function compare(calculation: Calculation, stored: StoredTable): Promise<string[]> {
  const sql = calculationSql(calculation, () => stored.table);
  const expected = await database.query(sql);
  const problems: string[] = [];
  for (const engine of engines) {
    const say = (text: string): void =>
      void problems.push(
        `${engine.dialect.name}: ${text}\n${JSON.stringify(calculation)}\n${sql}\n${writeCalculation(calculation, engine.dialect, (name) => engine.sources.get(name)!)}`,
      );
    try {
      const given = await compute(calculation, engine);
      const differs = difference(expected.rows, given.rows);
      if (differs !== undefined) say(differs);
      const labels = calculationLabels(calculation, (name) => engine.sources.get(name)!);
      if (labels.join() !== expected.columns.map(({ name }) => name).join()) say(`labels ${labels.join()}`);
    } catch (error) {
      say(error instanceof Error ? `${error.message} ${String(error.cause)}` : String(error));
    }
  }
  return problems;
}

describe("the same plan on DuckDB, PostgreSQL and ClickHouse", () => {
  it.skipIf(isAlone)(`has the same result, ${planCount} times`, async () => {
    const nodes = new Map<string, number>();
    const problems: string[] = [];
    for (let index = 0; index < planCount; index++) {
      const stored = random.pick(tables);
      const calculation = randomCalculation(random, stored);
      for (const node of new Set(nodesOf(calculation))) nodes.set(node, (nodes.get(node) ?? 0) + 1);
      problems.push(...(await compare(calculation, stored)));
    }
    console.log(
      `${planCount} plans on DuckDB, ${engines.map(({ dialect }) => dialect.name).join(", ")}; with`,
    );
    console.log(
      [...nodes]
        .sort()
        .map(([node, count]) => `${node} ${count}`)
        .join(", "),
    );
    for (const problem of problems) console.log(problem.split("\n")[0]!.slice(0, 200));
    for (const problem of problems.slice(0, Number(process.env.TANDEM_SHOWN ?? 5))) console.log(problem);
    expect(problems.length).toBe(0);
  });

  it.skipIf(isAlone)(
    "finds fractions in a list, of which no float64 is a whole number of hundredths",
    async () => {
      const values = Array.from({ length: 399 }, (_, index) => (index - 99) / 100);
      const problems: string[] = [];
      for (const is of ["in", "not-in"] as const)
        for (const stored of tables) {
          const where = [{ column: "price (€)", is, values }];
          const plan = { table: stored.table.name, where, measures: [{ fn: "count" }] } as const;
          problems.push(...(await compare(plan, stored)));
        }
      expect(problems).toEqual([]);
    },
  );
});
