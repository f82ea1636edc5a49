import { describe, expect, it } from "vitest";
import { plainWorkbooks, plantedWorkbooks } from "./planted-workbooks.fixture.ts";
import { scoreWorkbook } from "./score-insights.fixture.ts";

describe("workbooks with planted findings", () => {
  it("have every plant in the first five findings, and no finding that a second computation denies", async () => {
    for (const workbook of plantedWorkbooks(11, 18)) {
      const { plants, wrong, name } = await scoreWorkbook(workbook);
      expect(wrong).toEqual([]);
      for (const { plant, place } of plants)
        expect({ name, plant, place: place > 0 && place <= 5 }).toEqual({ name, plant, place: true });
    }
  }, 120_000);

  it("of noise have hardly any finding", async () => {
    let tested = 0;
    for (const workbook of plainWorkbooks(11, 12)) {
      const score = await scoreWorkbook(workbook);
      expect(score.wrong).toEqual([]);
      if (score.tested > 0) tested++;
    }
    expect(tested).toBeLessThanOrEqual(2);
  }, 120_000);
});
