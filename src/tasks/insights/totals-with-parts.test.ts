import { describe, expect, it } from "vitest";
import { randomOf } from "./made-sheet.fixture.ts";
import { insightsTask } from "./task.ts";
import { totalsWithParts } from "./totals-with-parts.ts";

const random = randomOf(5);
const rows = Array.from({ length: 60 }, () => {
  const parts = [random.whole(40, 120), random.whole(20, 60), random.whole(5, 40), random.whole(0, 9)];
  return { parts, calls: parts.reduce((sum, each) => sum + each, 0) };
});

async function correlations(total: (row: (typeof rows)[number]) => number): Promise<string[][]> {
  const lines = rows.map(
    (row) => `${["Aarhus", "Cork", "Ghent"][row.parts[0]! % 3]},${total(row)},${row.parts.join(",")}`,
  );
  const csv = ["Site,Calls,Customs,Pick-up,Invoice,Other", ...lines].join("\n");
  const { findings } = await insightsTask.run(
    { files: [{ name: "calls.csv", bytes: new TextEncoder().encode(csv) }] },
    { now: new Date("2026-01-01"), timeZone: "UTC", emit: () => undefined },
  );
  return findings.filter(({ kind }) => kind === "correlation").map(({ columns }) => [...columns]);
}

describe("a total beside the columns that it sums up", () => {
  it("is in no correlation with them", async () => {
    expect(await correlations(({ calls }) => calls)).toEqual([]);
  });

  it("is in one where it is no sum of them", async () => {
    const found = await correlations(({ calls, parts }) => calls + (parts[0]! % 7) * 2 + 1);
    expect(found.flat()).toContain("Customs");
  });

  it("is paired with its parts only, empty ones left out", () => {
    const parts = [0, 1, 2].map((part) =>
      rows.map((row, index) => (index === part ? Number.NaN : row.parts[part]!)),
    );
    const total = rows.map((_, row) => parts.reduce((sum, own) => sum + (own[row] || 0), 0));
    const other = rows.map(() => random.whole(0, 50));
    expect(totalsWithParts([total, ...parts, other])).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
    ]);
  });
});
