import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findBend, findStep, stepP } from "./change-points.ts";
import { adjustForTests } from "./false-discovery.ts";
import { leastSquares } from "./least-squares.ts";
import { outlierIn } from "./outliers.ts";
import { permutationP } from "./permutation-p.ts";
import { rankCorrelation, ranksOf } from "./rank-correlation.ts";
import { seasonP } from "./seasons.ts";
import { seededRandom } from "./seeded-random.ts";
import { carriedOver } from "./serial-correlation.ts";
import { normalTwoSided, poissonAtLeast, studentTwoSided } from "./tails.ts";
import { kendallTau, theilSen, trendP } from "./trend.ts";
import { momentsOf, welchP, withoutGroup } from "./two-groups.ts";
import { mostCarried } from "./wandering-noise.ts";

/** Noise that is the same every time, about normal with a deviation of 1. */
function noise(n: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () =>
    Array.from({ length: 12 }, random).reduce((sum, each) => sum + each, -6),
  );
}

const positions = (n: number): number[] => Array.from({ length: n }, (_, index) => index);

describe("tails of distributions", () => {
  it("are those of the tables", () => {
    expect(normalTwoSided(1.959964)).toBeCloseTo(0.05, 6);
    expect(normalTwoSided(6) / 1.973e-9).toBeCloseTo(1, 3);
    expect(studentTwoSided(2.228139, 10)).toBeCloseTo(0.05, 6);
    expect(studentTwoSided(12.7062, 1)).toBeCloseTo(0.05, 5);
    expect(poissonAtLeast(3, 1)).toBeCloseTo(0.080301, 6);
    expect(poissonAtLeast(30, 0.5)).toBeLessThan(1e-30);
  });
});

describe("adjusting for many tests", () => {
  it("follows Benjamini and Hochberg, in the order given", () => {
    expect(adjustForTests([0.04, 0.01, 0.02, 0.5])).toEqual([0.16 / 3, 0.04, 0.04, 0.5]);
    expect(adjustForTests([])).toEqual([]);
  });
});

describe("trend", () => {
  it("counts pairs as Kendall does", () => {
    expect(kendallTau([1, 2, 3, 4, 5])).toBe(1);
    expect(kendallTau([1, 1, 1, 1])).toBe(0);
    // 13 pairs rise, 1 falls and 1 is equal.
    expect(kendallTau([1, 2, 2, 3, 5, 4])).toBeCloseTo(12 / 15, 12);
  });

  it("has a slope that one wild value doesn't move", () => {
    const values = positions(20).map((each) => 3 * each + 1);
    values[7] = 1_000;
    expect(theilSen(positions(20), values).slope).toBeCloseTo(3, 9);
  });

  it("turns round with the series", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 8, maxLength: 30 }), (values) => {
        expect(kendallTau(values.toReversed())).toBe(0 - kendallTau(values));
      }),
    );
  });
});

/** Each value takes over a share of the one before. */
function wandering(n: number, seed: number, carried: number): number[] {
  let at = 0;
  return noise(n, seed).map((each) => (at = carried * at + each));
}

const trendOf = (values: readonly number[]): number =>
  trendP(positions(values.length), values, theilSen(positions(values.length), values));
const stepOf = (values: readonly number[]): number => stepP(values, findStep(values)!.at);

describe("noise that carries over", () => {
  it("is told from a trend and a step", () => {
    for (const carried of [0, 0.5, 0.9, 1]) {
      const series = Array.from({ length: 40 }, (_, seed) => wandering(48, 700 + seed, carried));
      expect(series.filter((each) => trendOf(each) < 0.01).length).toBeLessThanOrEqual(2);
      expect(series.filter((each) => stepOf(each) < 0.01).length).toBeLessThanOrEqual(2);
    }
  });

  it("hides neither where they are large", () => {
    const series = Array.from({ length: 15 }, (_, seed) => noise(48, 800 + seed));
    const rising = series.map((each) => each.map((value, index) => value + index / 8));
    const broken = series.map((each) => each.map((value, index) => value + (index < 20 ? 0 : 5)));
    expect(rising.filter((each) => trendOf(each) < 0.002).length).toBeGreaterThanOrEqual(14);
    expect(broken.filter((each) => stepOf(each) < 0.002).length).toBeGreaterThanOrEqual(14);
  });

  it("may carry over nothing or all, as the data allow", () => {
    expect(mostCarried(noise(200, 3), 1)).toBeLessThan(0.4);
    expect(mostCarried(wandering(60, 4, 1), 1)).toBe(1);
    // So few values hide much.
    expect(mostCarried(noise(10, 5), 1)).toBeGreaterThan(0.5);
  });

  it("makes values in order of time count for fewer in a correlation", () => {
    const found = Array.from({ length: 40 }, (_, seed) =>
      [900, 950].map((from) => wandering(60, from + seed, 0.9)),
    ).filter(([one, two]) => rankCorrelation(one!, two!, true).p < 0.05);
    expect(found.length).toBeLessThanOrEqual(6);
    const [one, other] = [noise(60, 1), noise(60, 2)];
    const both = one.map((each, index) => each + 0.5 * other[index]!);
    expect(rankCorrelation(one, both, true).p).toBeLessThan(1e-6);
  });
});

describe("change points", () => {
  it("find a step where it is, and none in noise", () => {
    const values = noise(40, 1).map((each, index) => each + (index >= 23 ? 4 : 0));
    expect(findStep(values)?.at).toBe(23);
    expect(stepP(values, 23)).toBeLessThan(0.001);
    expect(stepOf(noise(40, 2))).toBeGreaterThan(0.05);
  });

  it("find the bend of a line", () => {
    const values = noise(40, 3).map((each, index) => each + Math.abs(index - 18));
    expect(Math.abs(findBend(positions(40), values)!.at - 18)).toBeLessThanOrEqual(2);
    expect(findBend([0, 1, 2], [1, 2, 3])).toBeUndefined();
  });
});

describe("permutation", () => {
  it("gives the same p every time, and a large one for noise", () => {
    const statistic = (values: Float64Array): number => Math.abs(values[0]!);
    const values = noise(30, 4);
    expect(permutationP(values, statistic)).toBe(permutationP(values, statistic));
    const seasons = positions(36).map((each) => each % 12);
    const found = positions(40).filter((seed) => seasonP(noise(36, 100 + seed), seasons) < 0.05);
    expect(found.length).toBeLessThanOrEqual(5);
  });
});

describe("outliers", () => {
  it("are told by what the others give", () => {
    const values = noise(30, 5).map((each, index) => each + index);
    values[11] = 60;
    const design = positions(30).map((each) => [1, each]);
    const { index, expected, p } = outlierIn(design, values)!;
    expect(index).toBe(11);
    expect(Math.abs(expected - 11)).toBeLessThan(1);
    expect(p).toBeLessThan(1e-9);
  });

  it("are refused where there is no scale", () => {
    expect(outlierIn([[1], [1], [1]], [1, 2, 90])).toBeUndefined();
    expect(
      outlierIn(
        positions(12).map(() => [1]),
        new Array(12).fill(0),
      ),
    ).toBeUndefined();
  });
});

describe("correlation of ranks", () => {
  it("shares ranks between equal values", () => {
    expect(ranksOf([30, 10, 10, 20])).toEqual([4, 1.5, 1.5, 3]);
    expect(rankCorrelation([1, 2, 3, 4, 5, 6, 7, 8], [1, 4, 9, 16, 25, 36, 49, 64]).rho).toBeCloseTo(1, 12);
    expect(rankCorrelation([1, 2, 3], [5, 5, 5])).toEqual({ rho: 0, p: 1 });
  });
});

describe("two groups", () => {
  it("have the moments of what is left without one", () => {
    const [one, two] = [noise(20, 6), noise(30, 7)];
    const rest = withoutGroup(momentsOf([...one, ...two]), momentsOf(one));
    expect(rest.mean).toBeCloseTo(momentsOf(two).mean, 9);
    expect(rest.variance).toBeCloseTo(momentsOf(two).variance, 9);
    expect(welchP(momentsOf(one), momentsOf(one.map((each) => each + 5)))).toBeLessThan(1e-9);
  });
});

describe("least squares", () => {
  it("leave out columns that others already say", () => {
    const design = positions(10).map((each) => [1, each, 2 * each + 1]);
    const { freedom, squaredError } = leastSquares(
      design,
      positions(10).map((each) => 4 * each - 2),
    );
    expect(freedom).toBe(8);
    expect(squaredError).toBeCloseTo(0, 9);
  });
});

describe("serial correlation", () => {
  it("is 0 in noise and large in a walk", () => {
    expect(carriedOver(noise(60, 8))).toBe(0);
    let at = 0;
    expect(carriedOver(noise(60, 9).map((each) => (at += each)))).toBeGreaterThan(0.6);
  });
});
