import { describe, expect, it } from "vitest";
import { noiseWorkbooks } from "./noise-workbooks.fixture.ts";
import { plainWorkbooks, plantedWorkbooks } from "./planted-workbooks.fixture.ts";
import { scoreWorkbook } from "./score-insights.fixture.ts";

// A few of each; test/corpus/insights.corpus.test.ts looks at hundreds.
describe("workbooks with planted findings", () => {
  it("have every plant in the first five findings, and no finding that a second computation denies", async () => {
    for (const workbook of plantedWorkbooks(11, 6)) {
      const { plants, wrong, name } = await scoreWorkbook(workbook);
      expect(wrong).toEqual([]);
      for (const { plant, place } of plants)
        expect({ name, plant, place: place > 0 && place <= 5 }).toEqual({ name, plant, place: true });
    }
  }, 120_000);

  it("of noise have hardly any finding, also where it wanders", async () => {
    const scores = [];
    for (const workbook of [...plainWorkbooks(11, 2), ...noiseWorkbooks("slow", 11, 3)])
      scores.push(await scoreWorkbook(workbook));
    expect(scores.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(scores.filter(({ tested }) => tested > 0).length).toBeLessThanOrEqual(1);
  }, 120_000);
});
