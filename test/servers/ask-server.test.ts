import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testWorld } from "../../src/apps/cli/cli-io.fixture.ts";
import { runCli } from "../../src/apps/cli/main.ts";
import { chdbFolder, startClickhouse, type TestClickhouse } from "./start-clickhouse.ts";
import { postgresPrograms, startPostgres, type TestPostgres } from "./start-postgres.ts";

if (postgresPrograms() === undefined) console.log("skipped: PostgreSQL is not installed (apt: postgresql)");
if (chdbFolder() === undefined)
  console.log("skipped: chdb is not installed (npm install --prefix ~/.cache/tandem/chdb chdb)");

const kept = new AsyncDisposableStack();
afterAll(() => kept.disposeAsync());

type Asked = {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly json: { readonly [name: string]: unknown } & {
    readonly values: readonly (readonly unknown[])[];
    readonly cells: readonly string[];
    readonly error?: { readonly code: string; readonly message: string; readonly hint?: string };
  };
};

async function ask(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Asked> {
  const { io, out, err } = await testWorld({ env });
  const code = await runCli(["ask", ...argv], io);
  const json = argv.includes("--json") ? (JSON.parse(out()) as Asked["json"]) : ({} as Asked["json"]);
  return { code, out: out(), err: err(), json };
}

/** The same forty orders on every server. */
const orders = Array.from({ length: 40 }, (_, index) => ({
  id: index + 1,
  region: ["North", "South", "East"][index % 3]!,
  customer: `Customer ${index % 7}`,
  amount: 100 + index * 2.5,
  day: `2024-0${1 + (index % 6)}-15`,
}));
const values = orders
  .map(({ id, region, customer, amount, day }) => `(${id}, '${region}', '${customer}', ${amount}, '${day}')`)
  .join(", ");

function sumBy(region: string): number {
  return orders.filter((each) => each.region === region).reduce((sum, { amount }) => sum + amount, 0);
}

const questions: readonly (readonly [string, readonly (readonly unknown[])[]])[] = [
  [
    "total amount by region",
    [
      ["North", sumBy("North")],
      ["South", sumBy("South")],
      ["East", sumBy("East")],
    ],
  ],
  ["how many orders are there?", [[40]]],
  ["average amount of North", [[sumBy("North") / 14]]],
  [
    "total amount in March",
    [[orders.filter(({ day }) => day.startsWith("2024-03")).reduce((sum, { amount }) => sum + amount, 0)]],
  ],
];

describe.skipIf(postgresPrograms() === undefined)("tandem ask --source postgres://…", () => {
  let postgres: TestPostgres;
  let url: string;
  beforeAll(async () => {
    postgres = kept.use(await startPostgres());
    await postgres.sql(`
      CREATE ROLE ann LOGIN PASSWORD 'se:c@ret/1';
      CREATE TABLE "Orders" (id int PRIMARY KEY, region text, customer varchar(40), amount numeric(10,2), order_date date);
      INSERT INTO "Orders" VALUES ${values};
      CREATE TABLE secrets (id int PRIMARY KEY, word text); INSERT INTO secrets VALUES (1, 'hush');
      CREATE SCHEMA sales; CREATE SEQUENCE sales.numbers; CREATE TYPE mood AS ENUM ('good', 'bad');
      CREATE TABLE sales.visits (at timestamptz, mood mood, tags text[], host uuid, seconds real);
      INSERT INTO sales.visits VALUES ('2024-05-01 23:30+02', 'good', '{a}', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 1.5), ('2024-06-01 00:30+02', 'bad', '{}', NULL, 2.25);
      GRANT USAGE ON SCHEMA sales TO ann; GRANT SELECT ON "Orders", sales.visits TO ann;
    `);
    url = `postgres://ann@127.0.0.1:${postgres.port}/postgres`;
  });
  const password = { PGPASSWORD: "se:c@ret/1" };

  it.each(questions)("answers: %s", async (question, expected) => {
    const { code, json } = await ask(["--source", `${url}?table=Orders`, question, "--json"], password);
    expect(code).toBe(0);
    expect([...json.values].sort()).toEqual(
      [...expected]
        .sort()
        .map((row) => row.map((value) => (typeof value === "number" ? expect.closeTo(value, 6) : value))),
    );
  });

  it("cites table and columns, shows the query in the server's words, and takes the password from the address", async () => {
    const place = `postgres://ann:${encodeURIComponent("se:c@ret/1")}@127.0.0.1:${postgres.port}/postgres?table=orders`;
    const { code, out, err, json } = await ask(["--source", place, "total amount by region", "--json"]);
    expect(code).toBe(0);
    expect(json.cells).toEqual(["public.Orders.region", "public.Orders.amount"]);
    expect(json.query).toContain('FROM "public"."Orders"');
    expect(out + err).not.toMatch(/se:c@ret|se%3A/);
  });

  it("reads enumerations, times with zones (at UTC) and ids, and leaves lists out", async () => {
    const place = `${url}?table=sales.visits`;
    const { json } = await ask(["--source", place, "how many visits by mood", "--json"], password);
    expect([...json.values].sort()).toEqual([
      ["bad", 1],
      ["good", 1],
    ]);
    expect(json.notes).toEqual(["visits: tags can't be asked about, only by a query of your own"]);
    const months = await ask(["--source", place, "total seconds by month", "--json"], password);
    expect(months.json.values).toEqual([["2024-05", 3.75]]);
  });

  it("runs a query of the person's own, up to 10,000 rows, and says who holds it read-only", async () => {
    const sql = "select n, n * 0.5 as half from generate_series(1, 20000) as g(n) order by n; -- all";
    const { code, json } = await ask(["--source", `${url}?table=Orders`, "--sql", sql, "--json"], password);
    expect(code).toBe(0);
    expect(json.values.length).toBe(10_000);
    expect(json.isTruncated).toBe(true);
    expect(json.values[2]).toEqual([3, 1.5]);
    expect(String(json.notes)).toContain("holds read-only");
  });

  it.each([
    ["two statements", 'select 1; drop table "Orders"'],
    ["a statement that writes", 'delete from "Orders"'],
    ["a WITH that writes", 'with gone as (delete from "Orders" returning *) select * from gone'],
    ["a way out of read-only", "select set_config('transaction_read_only', 'off', false)"],
    ["several hidden in a text", "select 'a\\'; drop table \"Orders\"; --'"],
    ["a function that writes", "select nextval('sales.numbers')"],
    ["a table made by SELECT INTO", 'select * into copied from "Orders"'],
  ])("refuses %s", async (_, sql) => {
    const { code, json } = await ask([
      "--source",
      `postgres://postgres@/postgres?host=${postgres.socket}&table=Orders`.replace(
        "@/",
        `@localhost:${postgres.port}/`,
      ),
      "--sql",
      sql,
      "--json",
    ]);
    expect([code, json.status]).toEqual([5, "refused"]);
    await postgres.sql('SELECT 1 / count(*) FROM "Orders"');
  });

  it("says what is wrong: no server, no way in, no table, no right", async () => {
    const told = async (
      place: string,
      env: Readonly<Record<string, string>> = password,
    ): Promise<Asked["json"]["error"]> =>
      (await ask(["--source", place, "how many orders?", "--json"], env)).json.error;
    expect(await told("postgres://ann@127.0.0.1:1/postgres?table=Orders")).toMatchObject({
      code: "server-failed",
      message: "no PostgreSQL server answers at postgres://127.0.0.1:1/postgres",
    });
    const wrong = await told(`${url}?table=Orders`, { PGPASSWORD: "no-such-word" });
    expect(wrong?.message).toContain("does not let ann in");
    expect(JSON.stringify(wrong)).not.toContain("no-such-word");
    expect((await told(`${url}?table=Orders`, {}))?.message).toContain("does not let ann in");
    expect(await told(`${url}?table=order`)).toMatchObject({
      code: "not-found",
      hint: expect.stringContaining("Orders"),
    });
    expect((await told(`${url}?table=secrets`))?.message).toContain("may not read the table public.secrets");
    expect((await told(`postgres://ann@127.0.0.1:${postgres.port}/nowhere?table=Orders`))?.message).toContain(
      "no such database",
    );
    expect(await told(url)).toMatchObject({ code: "bad-request", hint: expect.stringContaining("Orders") });
    expect((await told(`${url}?table=Orders&colour=red`))?.message).toContain("colour");
    expect((await told("mysql://x/y"))?.code).toBe("bad-request");
  });

  it("asks a view, which has no key", async () => {
    await postgres.sql('CREATE VIEW listed AS SELECT * FROM "Orders"; GRANT SELECT ON listed TO ann');
    const { code, json } = await ask(
      ["--source", `${url}?table=listed`, "total amount by region", "--json"],
      password,
    );
    expect([code, json.values.length]).toEqual([0, 3]);
  });

  it("asks 10 million rows without fetching them", async () => {
    await postgres.sql(`
      CREATE TABLE trips AS SELECT n AS trip_id, (ARRAY['Bus','Tram','Train','Ferry'])[1 + n % 4] AS kind,
        date '2023-01-01' + (n % 700)::int AS start_date, (n % 1000) / 4.0 AS fare, CASE WHEN n % 9 > 0 THEN n % 50 END AS passengers
      FROM generate_series(1, ${tripCount}) AS g(n);
      ANALYZE trips; GRANT SELECT ON trips TO ann`);
    const start = performance.now();
    const { code, json, err } = await ask(
      ["--source", `${url}?table=trips`, "total fare by kind", "--json"],
      password,
    );
    console.log(
      `${tripCount} rows asked in ${Math.round(performance.now() - start)} ms, ${Math.round(process.memoryUsage.rss() / 1e6)} MB`,
    );
    expect([code, err]).toEqual([0, expect.any(String)]);
    expect(json.values.map(([kind]) => kind).sort()).toEqual(["Bus", "Ferry", "Train", "Tram"]);
    const total = json.values.reduce((sum, [, fare]) => sum + Number(fare), 0);
    expect(total).toBeCloseTo((tripCount / 1000) * ((999 * 1000) / 2 / 4), 3);
  });

  it("stops the server's work when interrupted", async () => {
    const controller = new AbortController();
    const { io, out } = await testWorld({ env: password, signal: controller.signal });
    const sql = "select count(*) from generate_series(1, 1000000000000)";
    const done = runCli(["ask", "--source", `${url}?table=Orders`, "--sql", sql, "--json"], io);
    setTimeout(() => controller.abort(), 700);
    expect(await done).toBe(130);
    expect(out()).toContain("aborted");
    await postgres.sql(
      "DO $$ BEGIN PERFORM pg_sleep(0.3); IF (SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%1000000000000%' AND state = 'active' AND pid <> pg_backend_pid()) > 0 THEN RAISE 'still running'; END IF; END $$",
    );
  });
});

const tripCount = Number(process.env.TANDEM_TRIPS ?? 10_000_000);

describe.skipIf(chdbFolder() === undefined)(
  "tandem ask --source clickhouse://… (chdb behind a bridge)",
  () => {
    let clickhouse: TestClickhouse;
    let url: string;
    beforeAll(async () => {
      clickhouse = kept.use(await startClickhouse());
      clickhouse.sql(
        "CREATE TABLE orders (id UInt32, region LowCardinality(String), customer String, amount Decimal(10, 2), order_date Date) ENGINE = MergeTree ORDER BY id",
      );
      clickhouse.sql(`INSERT INTO orders VALUES ${values}`);
      clickhouse.sql(
        "CREATE TABLE visits (at DateTime('Europe/Berlin'), mood Enum8('good' = 1, 'bad' = 2), tags Array(String), seconds Nullable(Float32)) ENGINE = MergeTree ORDER BY at",
      );
      clickhouse.sql(
        "INSERT INTO visits VALUES ('2024-05-01 23:30:00', 'good', ['a'], 1.5), ('2024-06-01 00:30:00', 'bad', [], 2.25)",
      );
      clickhouse.sql("CREATE TABLE many (n UInt64, kind String) ENGINE = MergeTree ORDER BY n");
      clickhouse.sql("INSERT INTO many SELECT number, ['a', 'b'][1 + number % 2] FROM numbers(3000000)");
      url = `clickhouse://default@127.0.0.1:${clickhouse.port}/default`;
    });

    it.each(questions)("answers: %s", async (question, expected) => {
      const { code, json } = await ask(["--source", `${url}?table=orders`, question, "--json"]);
      expect(code).toBe(0);
      expect([...json.values].sort()).toEqual(
        [...expected]
          .sort()
          .map((row) => row.map((value) => (typeof value === "number" ? expect.closeTo(value, 6) : value))),
      );
    });

    it("reads enumerations and times with zones (at UTC), and leaves lists out", async () => {
      const { json } = await ask(["--source", `${url}?table=visits`, "how many visits by mood", "--json"]);
      expect([...json.values].sort()).toEqual([
        ["bad", 1],
        ["good", 1],
      ]);
      const months = await ask(["--source", `${url}?table=visits`, "total seconds by month", "--json"]);
      expect(months.json.values).toEqual([["2024-05", 3.75]]);
    });

    it("asks a large table, and runs a query of the person's own", async () => {
      const { json } = await ask(["--source", `${url}?table=many`, "how many rows by kind", "--json"]);
      expect(json.values).toEqual([
        ["a", 1_500_000],
        ["b", 1_500_000],
      ]);
      const own = await ask([
        "--source",
        `${url}?table=many`,
        "--sql",
        "select kind, sum(n) from many group by kind order by kind",
        "--json",
      ]);
      expect(own.json.values).toEqual([
        ["a", 2249998500000],
        ["b", 2250000000000],
      ]);
    });

    it.each(["drop table orders", "select 1; drop table orders", "insert into orders select * from orders"])(
      "refuses: %s",
      async (sql) => {
        const { code, json } = await ask(["--source", `${url}?table=orders`, "--sql", sql, "--json"]);
        expect([code, json.status]).toEqual([5, "refused"]);
      },
    );

    it("says what is wrong: no server, no table, a wrong query", async () => {
      const told = async (...argv: string[]): Promise<Asked["json"]["error"]> =>
        (await ask([...argv, "--json"])).json.error;
      expect(
        (await told("--source", "clickhouse://127.0.0.1:1/default?table=orders", "how many orders?"))
          ?.message,
      ).toContain("no ClickHouse server answers");
      expect(await told("--source", `${url}?table=order`, "how many orders?")).toMatchObject({
        code: "not-found",
        hint: expect.stringContaining("orders"),
      });
      expect(
        (await told("--source", `${url}?table=orders`, "--sql", "select nothing from orders"))?.code,
      ).toBe("query-failed");
    });
  },
);
