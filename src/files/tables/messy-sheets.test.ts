import { describe, expect, it } from "vitest";
import { findRegions } from "./find-regions.ts";
import { grid } from "./grid.fixture.ts";
import { messySheets } from "./messy-sheets.fixture.ts";
import { type LabelledSheet, scoreRegions } from "./score-regions.fixture.ts";

const sheets = messySheets.map(({ name, drawing, options, expected }): LabelledSheet => {
  return { name, expected, regions: findRegions(grid(drawing, options)) };
});
/** Every third sheet was left unseen until the rules were written. */
const unseen = sheets.filter((_, index) => index % 3 === 2);
const seen = sheets.filter((_, index) => index % 3 !== 2);

describe("finding tables in messy sheets", () => {
  it.each([
    ["seen", seen],
    ["unseen", unseen],
  ])("finds what a person would select in the %s sheets, and little else", (_, labelled) => {
    const score = scoreRegions(labelled);
    const said = score.misses.join("\n");
    expect(score.recall, said).toBeGreaterThanOrEqual(0.92);
    expect(score.precision, said).toBeGreaterThanOrEqual(0.9);
    expect(score.headerShare, said).toBeGreaterThanOrEqual(0.95);
  });

  it("is right about nearly all regions it is sure of, and seldom about those it is not", () => {
    const { buckets } = scoreRegions(sheets);
    const sum = (isIn: (confidence: number) => boolean): { regions: number; right: number } =>
      Object.entries(buckets)
        .filter(([confidence]) => isIn(Number(confidence)))
        .reduce((all, [, each]) => ({ regions: all.regions + each.regions, right: all.right + each.right }), {
          regions: 0,
          right: 0,
        });
    const sure = sum((confidence) => confidence >= 0.8);
    const doubtful = sum((confidence) => confidence < 0.5);
    expect(sure.right / sure.regions).toBeGreaterThan(0.95);
    expect(doubtful.right).toBe(0);
  });

  it.each(
    messySheets.flatMap((sheet) =>
      sheet.expected.some(({ totals }) => totals !== undefined) ? [sheet] : [],
    ),
  )("tells the sums apart: $name", ({ drawing, options, expected }) => {
    const regions = findRegions(grid(drawing, options)).filter(({ confidence }) => confidence >= 0.5);
    const wanted = expected.flatMap(({ totals }) => totals ?? []);
    expect(regions.flatMap(({ totalsRows }) => totalsRows)).toEqual(expect.arrayContaining([...wanted]));
  });
});
