import { describe, expect, it } from "vitest";
import { openStore, type Store } from "../../store/open-store.ts";
import { testClock, testGateway, used } from "../limits/admissions.fixture.ts";
import { organizationCosts, organizationUsage } from "./organization-usage.ts";
import { moneyText, usageCsv } from "./usage-csv.ts";
import { usageReport } from "./usage-report.ts";

/** Two projects with three calls each, on two days. */
async function filledStore(): Promise<{ store: Store; projectId: string; keyId: string }> {
  const store = await openStore(":memory:");
  const clock = testClock("2026-03-01T23:59:00Z");
  const first = await testGateway(store, { name: '=evil, "Ltd"', options: { now: clock.now } });
  const second = await testGateway(store, { name: "b", options: { now: clock.now } });
  for (const { ask } of [first, second]) {
    for (const [job, operation] of [
      [undefined, "chat"],
      ["batch_1", "embeddings"],
      ["batch_1", "chat"],
    ] as const) {
      const verdict = await ask({ operation, ...(job && { job }) });
      if (verdict.kind === "admitted")
        verdict.reservation.settle(used(100, 10, { isEstimate: job === undefined, target: "cheap" }));
      clock.move(45_000);
    }
  }
  await first.admissions.close();
  await second.admissions.close();
  return { store, projectId: first.projectId, keyId: first.keyId };
}

const cost = 100 * 150 + 10 * 600;

describe("usage", () => {
  it("adds up by any groups, within a time, for one project", async () => {
    const { store, projectId, keyId } = await filledStore();
    await using _ = store;
    const [all] = await usageReport(store);
    expect(all).toEqual({
      group: {},
      calls: 6,
      inputTokens: 600,
      outputTokens: 60,
      cachedInputTokens: 0,
      reasoningTokens: 0,
      estimatedCalls: 2,
      currency: "USD",
      costNanos: 6 * cost,
    });
    const byDay = await usageReport(store, { by: ["day", "job"], projectId });
    // Where calls without a job stand differs between SQLite and PostgreSQL.
    expect(byDay.map(({ group, calls }) => `${group.day} ${group.job} ${calls}`).sort()).toEqual([
      "2026-03-01 batch_1 1",
      "2026-03-01 null 1",
      "2026-03-02 batch_1 1",
    ]);
    expect(await usageReport(store, { by: ["key"], keyId })).toMatchObject([
      { group: { key: keyId }, calls: 3 },
    ]);
    const march2 = { from: new Date("2026-03-02T00:00:00Z"), to: new Date("2026-03-03T00:00:00Z") };
    expect((await usageReport(store, march2))[0]!.calls).toBe(4);
    expect(await usageReport(store, { to: new Date("2026-01-01T00:00:00Z") })).toEqual([]);
    await expect(usageReport(store, { by: ["at; drop table usage" as "day"] })).rejects.toMatchObject({
      code: "bad-request",
    });
  });

  it("writes CSV that a spreadsheet can't be tricked with, amounts in full", async () => {
    const { store } = await filledStore();
    await using _ = store;
    const sums = await usageReport(store, { by: ["target"] });
    expect(usageCsv(sums, ["target"])).toBe(
      "target,calls,input_tokens,output_tokens,cached_input_tokens,reasoning_tokens,estimated_calls,cost,currency\r\n" +
        "cheap,6,600,60,0,0,2,0.000126,USD\r\n",
    );
    const evil = usageCsv([{ ...sums[0]!, group: { target: '=1,"x"' } }], ["target"]);
    expect(evil).toContain(`"'=1,""x""",6`);
    expect([0, 1, 999_999_999, 1_000_000_000, 12_340_000_000, -5].map(moneyText)).toEqual([
      "0",
      "0.000000001",
      "0.999999999",
      "1",
      "12.34",
      "-0.000000005",
    ]);
  });

  it("gives OpenAI's buckets", async () => {
    const { store, projectId } = await filledStore();
    await using _ = store;
    const span = { start: new Date("2026-03-01T00:00:00Z"), end: new Date("2026-03-03T00:00:00Z") };
    const usage = await organizationUsage(store, {
      ...span,
      kind: "completions",
      width: "1d",
      groupBy: ["project_id", "model"],
      projectId,
    });
    expect(usage).toEqual(
      [1, 1].map((num_model_requests, at) => ({
        object: "bucket",
        start_time: Date.UTC(2026, 2, 1 + at) / 1000,
        end_time: Date.UTC(2026, 2, 2 + at) / 1000,
        results: [
          {
            object: "organization.usage.completions.result",
            input_tokens: 100,
            output_tokens: 10,
            input_cached_tokens: 0,
            num_model_requests,
            project_id: projectId,
            api_key_id: null,
            model: "paid",
          },
        ],
      })),
    );
    const minutes = await organizationUsage(store, { ...span, kind: "embeddings", width: "1m" });
    expect(minutes.map(({ start_time, end_time }) => end_time - start_time)).toEqual([60, 60]);
    const costs = await organizationCosts(store, { ...span, groupBy: ["project_id"] });
    expect(costs.map(({ results }) => results.length)).toEqual([1, 2]);
    expect(costs[0]!.results[0]!.amount).toEqual({ value: (2 * cost) / 1e9, currency: "usd" });
  });
});
