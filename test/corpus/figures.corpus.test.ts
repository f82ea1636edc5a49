import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runUnseen } from "../../src/tasks/check-figures/proof/run-unseen.fixture.ts";
import { checkReports, reportsPath } from "./report-figures.ts";

describe.skipIf(!existsSync(reportsPath))("figures of real financial reports", () => {
  it("are not contradicted by the tables that stand beside them", async () => {
    const { all, figures } = await checkReports(1, 60);
    const count = (verdict: string): number => all.filter((each) => each.verdict === verdict).length;
    const caught = figures.filter(({ wrong }) => wrong?.verdict === "contradicted").length;
    const known = figures.filter(({ right }) => right?.verdict === "confirmed").length;
    console.log(
      `${all.length} figures: ${count("confirmed")} confirmed, ${count("unsupported")} unsupported, ${count("contradicted")} contradicted; ${figures.length} stand in the table, ${known} of them confirmed, ${caught} contradicted with a digit changed`,
    );
    expect(all.length).toBeGreaterThan(100);
    expect(count("contradicted")).toBeLessThanOrEqual(all.length * 0.01);
    expect(figures.filter(({ wrong }) => wrong?.verdict === "confirmed")).toEqual([]);
  }, 300_000);
});

const texts = (list: Awaited<ReturnType<typeof runUnseen>>["checked"]): string[] =>
  list.map(({ sentence, finding }) => `${sentence.text} -> ${finding?.computes ?? ""}`);

describe("figures in wordings of reports", () => {
  it("are contradicted where they were made wrong, and hardly ever where they are right", async () => {
    const { wrong, right, beside, besideAlarms, checked } = await runUnseen(false, 1, 23);
    const count = wrong.confirmed + wrong.contradicted + wrong.unsupported;
    expect(count).toBeGreaterThan(500);
    expect(wrong.contradicted / count).toBeGreaterThan(0.9);
    expect(wrong.confirmed).toBe(0);
    expect(right.confirmed / (right.confirmed + right.unsupported)).toBeGreaterThan(0.9);
    const alarms = checked.filter(
      ({ sentence, finding }) => sentence.wrong === undefined && finding?.verdict === "contradicted",
    );
    expect(texts(alarms)).toEqual([]);
    expect(besideAlarms.map(({ place }) => place.sentence)).toEqual([]);
    expect(beside.unsupported).toBeGreaterThan(30);
  }, 240_000);

  it("are caught in the half of them that no rule was made with", async () => {
    const { wrong, right, besideAlarms } = await runUnseen(true, 1, 23);
    const count = wrong.confirmed + wrong.contradicted + wrong.unsupported;
    expect(wrong.contradicted / count).toBeGreaterThan(0.85);
    expect(wrong.confirmed).toBeLessThan(count * 0.01);
    expect(right.contradicted).toBeLessThan(3);
    expect(besideAlarms.length).toBeLessThan(4);
  }, 240_000);
});
