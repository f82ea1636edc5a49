import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Table } from "../../table.ts";
import { createFrameReader, encodeFrame } from "../frames.ts";
import { harmlessStatements } from "../harmless-statements.fixture.ts";
import type { EngineNeeds, EngineRequest, EngineResult } from "../messages.ts";
import { packBatches } from "../pack-batches.ts";
import { planColumn } from "../plan-columns.ts";
import { sqlNames } from "../sql-names.ts";
import { costsTable, ordersTable } from "../tables.fixture.ts";
import { createLoader } from "./load-rows.ts";
import { runQuery } from "./run-query.ts";
import { addTable, openSession, type Session } from "./session.ts";

type Loader = ReturnType<typeof createLoader>;
type Batch = Extract<EngineRequest, { kind: "batch" }>;

const tables = [ordersTable(), costsTable()];
/** Statements that name columns in other ways than by their names, or whole rows. */
const roundabout = [
  "SELECT o.* FROM orders o ORDER BY ALL",
  "SELECT a, b FROM orders AS o(a, b) ORDER BY a",
  "SELECT o FROM costs o ORDER BY o.region",
  "SELECT orders FROM main.orders ORDER BY orders.id",
  "SELECT list(costs) FROM costs",
  "SELECT #2, #1 FROM orders ORDER BY 2",
  "SELECT COLUMNS('am.*') FROM orders ORDER BY 1",
  "FROM orders NATURAL JOIN costs ORDER BY ALL",
  "SELECT id, manager FROM orders JOIN costs USING (region) ORDER BY id",
  "SELECT x.a FROM (SELECT amount AS a FROM orders) x ORDER BY x.a",
  "WITH costs AS (SELECT region AS r FROM costs) SELECT r FROM costs ORDER BY r",
  "SELECT (SELECT max(manager) FROM costs WHERE costs.region = orders.region) FROM orders ORDER BY id",
  "SELECT amount AS region FROM orders WHERE region = 'North' ORDER BY region",
  "SELECT region FROM costs UNION BY NAME SELECT product FROM orders ORDER BY ALL",
];

describe("tables without values", () => {
  let session: Session;
  let loader: Loader;
  beforeAll(async () => {
    session = await openSession(200);
    loader = createLoader(session);
  });
  afterAll(() => session.connection.closeSync());

  const ask = (sql: string): Promise<EngineResult | EngineNeeds> =>
    runQuery(session, { kind: "query", sql, deadlineMs: 10_000, maxRows: 1000, provenance: true });

  it.each([...harmlessStatements.map(({ sql }) => sql), ...roundabout])(
    "once filled, answer %s",
    async (sql) => {
      for (const table of tables) await fill(session, loader, table, namesOf(table));
      const expected = await ask(sql);
      for (const table of tables) empty(session, table);
      const first = await ask(sql);
      if (first.kind === "result") expect(sql).not.toMatch(/orders|costs/i);
      else
        for (const { table, columns } of first.tables)
          await fill(session, loader, tableCalled(table), columns);
      expect(await ask(sql)).toEqual(expected);
    },
  );

  it("are filled with what is mentioned first, then whole", async () => {
    for (const table of tables) empty(session, table);
    const needs = async (sql: string) => {
      const answer = await ask(sql);
      if (answer.kind === "result") return [];
      for (const { table, columns } of answer.tables)
        await fill(session, loader, tableCalled(table), columns);
      return answer.tables.map(({ table, columns }) => `${table}: ${columns.join(", ")}`);
    };
    expect(await needs("SELECT sum(amount) FROM orders WHERE region = 'North'")).toEqual([
      "orders: region, amount",
    ]);
    expect(await needs("SELECT max(amount) FROM orders")).toEqual([]);
    expect(await needs("SELECT count(*) FROM costs")).toEqual(["costs: cost per unit"]);
    expect(await needs("SELECT max(id) FROM orders")).toEqual([
      `orders: ${namesOf(ordersTable()).join(", ")}`,
    ]);
    expect(await needs("SELECT max(day) FROM orders")).toEqual([]);
  });
});

const namesOf = ({ columns }: Table): string[] => sqlNames(columns.map(({ name }) => name));
const tableCalled = (name: string): Table => tables.find((table) => table.name === name)!;

function empty(session: Session, table: Table): void {
  const names = namesOf(table);
  const columns = table.columns.map((column, index) => ({
    name: names[index]!,
    type: planColumn(column).sqlType,
  }));
  addTable(session, { name: table.name, columns, filled: new Set() });
}

/** As the engine's process does it, frames and all. */
async function fill(
  session: Session,
  loader: Loader,
  table: Table,
  wanted: readonly string[],
): Promise<void> {
  empty(session, table);
  const names = namesOf(table);
  const plans = table.columns.map(planColumn).filter((_, index) => wanted.includes(names[index]!));
  const columns = names
    .filter((name) => wanted.includes(name))
    .map((name, index) => ({ name, sqlType: plans[index]!.sqlType, expression: plans[index]!.expression }));
  const loading = await loader.start(table.name, columns);
  for (const { rowCount, columns: packed, parts } of packBatches(plans, table.rowCount)) {
    const bytes = Buffer.concat(encodeFrame({ kind: "batch", rowCount, columns: packed }, parts));
    for (const frame of createFrameReader<Batch>()(bytes)) await loader.insert(loading, frame);
  }
  await loader.end(loading);
}
