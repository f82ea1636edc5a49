import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testGateway, used } from "../../src/apps/gateway/limits/admissions.fixture.ts";
import { limitSuite, slidingSuite } from "../../src/apps/gateway/limits/limit-suite.fixture.ts";
import { organizationUsage } from "../../src/apps/gateway/usage/organization-usage.ts";
import { usageReport } from "../../src/apps/gateway/usage/usage-report.ts";
import { backupStore } from "../../src/apps/store/backup-store.ts";
import { jobSuite } from "../../src/apps/store/jobs/job-suite.fixture.ts";
import { schemaVersion } from "../../src/apps/store/migrate.ts";
import { migrations } from "../../src/apps/store/migrations.ts";
import { openStore } from "../../src/apps/store/open-store.ts";
import { postgresPrograms, startPostgres, type TestPostgres } from "./start-postgres.ts";

if (postgresPrograms() === undefined) console.log("skipped: PostgreSQL is not installed (apt: postgresql)");

const kept = new AsyncDisposableStack();
afterAll(() => kept.disposeAsync());

describe.skipIf(postgresPrograms() === undefined)("the store on PostgreSQL", () => {
  let postgres: TestPostgres;
  let databases = 0;
  beforeAll(async () => {
    postgres = kept.use(await startPostgres());
  });
  const open = async (): Promise<string> => {
    const name = `store_${++databases}`;
    await postgres.sql(`CREATE DATABASE ${name}`);
    return `postgres://postgres@localhost:${postgres.port}/${name}?host=${encodeURIComponent(postgres.socket)}`;
  };

  it("is made once by several that open it at the same time", async () => {
    const url = await open();
    const stores = await Promise.all([openStore(url), openStore(url), openStore(url)]);
    for (const store of stores) expect(await schemaVersion(store.db, "postgres")).toBe(migrations.length);
    expect(await stores[0].db.selectFrom("migration").select("version").execute()).toEqual(
      migrations.map((_, at) => ({ version: at + 1 })),
    );
    for (const store of stores) await store.close();
  });

  it("gives numbers as numbers, and the same reports as SQLite", async () => {
    await using store = await openStore(await open());
    await using small = await openStore(":memory:");
    const reports = [];
    for (const each of [store, small]) {
      const { ask, admissions } = await testGateway(each, {
        key: { tokensPerDay: 9e12, budgetPerMonth: 9e6 },
      });
      for (let call = 0; call < 150; call++) {
        const verdict = await ask({ ...(call % 2 === 0 && { job: "batch" }) });
        if (verdict.kind === "admitted")
          verdict.reservation.settle(used(2e9, call, { isEstimate: call === 7 }));
      }
      await admissions.close();
      const day = { start: new Date(Date.now() - 86_400_000), end: new Date(Date.now() + 86_400_000) };
      const usage = await organizationUsage(each, {
        ...day,
        kind: "completions",
        width: "1d",
        groupBy: ["model"],
      });
      const counters = await each.db.selectFrom("counter").select("amount").orderBy("amount").execute();
      reports.push([await usageReport(each, { by: ["deployment", "operation"] }), usage, counters]);
    }
    expect(reports[0]).toEqual(reports[1]);
    expect(JSON.stringify(reports[0])).toContain('"inputTokens":300000000000');
  });

  it("says that PostgreSQL's tools make backups", async () => {
    await using store = await openStore(await open());
    await expect(backupStore(store, "nowhere.zip", new Date())).rejects.toMatchObject({
      code: "bad-request",
      hint: expect.stringContaining("pg_dump"),
    });
  });

  describe("jobs", () => jobSuite(open));
  describe("limits", () => limitSuite(open));
  describe("sliding limits", () => slidingSuite(open));
});

describe.skipIf(process.env.TANDEM_ALL === undefined)("sliding limits on one SQLite file", () => {
  const folder = mkdtempSync(join(tmpdir(), "tandem-sliding-"));
  kept.defer(() => rmSync(folder, { recursive: true, force: true }));
  slidingSuite(async () => join(folder, "store.sqlite"));
});
