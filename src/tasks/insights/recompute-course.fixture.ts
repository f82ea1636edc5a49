import { randomOf } from "./made-sheet.fixture.ts";
import { medianSlope, type Point, type Recomputed, withoutSeasons } from "./recompute-series.fixture.ts";
import { mean, middle, solveLeastSquares, sum } from "./second-arithmetic.fixture.ts";
import type { Finding } from "./types.ts";

type Shape = readonly (readonly number[])[];

/** A line's slope, and how many draws of noise have values as much in order. */
export function recomputeTrend(raw: readonly Point[], { adjusted }: Finding["names"]): Recomputed {
  const points = withoutSeasons(raw, adjusted);
  const n = points.length;
  const slope = medianSlope(points);
  const level = middle(raw.map(({ value }) => value));
  const inOrder = (values: readonly number[]): number => {
    let s = 0;
    values.forEach((one, index) => {
      for (let two = index + 1; two < n; two++) s += Math.sign(values[two]! - one);
    });
    return s / ((n * (n - 1)) / 2);
  };
  const values = points.map(({ value }) => value);
  const tau = inOrder(values);
  return {
    values: { slope, level, tau, relative: Math.abs(slope / level), n },
    p: shareOfNoise(
      values,
      points.map(({ at }) => [1, at]),
      (each) => Math.abs(inOrder(each)),
    ),
  };
}

/** The means before and after, and how many draws of noise have a place that parts them as well. */
export function recomputeStep(raw: readonly Point[], { period, adjusted }: Finding["names"]): Recomputed {
  const at = raw.findIndex((point) => point.period === period);
  const values = raw.map(({ value }) => value);
  const [before, after] = [mean(values.slice(0, at)), mean(values.slice(at))];
  return {
    values: {
      before,
      after,
      relative: Math.abs(after - before) / before,
      beforeCount: at,
      afterCount: raw.length - at,
    },
    p: shareOfNoise(
      withoutSeasons(raw, adjusted).map(({ value }) => value),
      raw.map((_, index) => [1, index < at ? 0 : 1]),
      bestPart,
    ),
  };
}

/** The part of the squares that the best of all splits takes away. */
function bestPart(values: readonly number[]): number {
  const [n, all, centre] = [values.length, sum(values), mean(values)];
  const whole = sum(values.map((each) => (each - centre) ** 2));
  let [left, best] = [0, 0];
  for (let index = 1; index < n; index++) {
    left += values[index - 1]!;
    if (index < 3 || index > n - 3) continue;
    const between =
      index * (left / index - centre) ** 2 + (n - index) * ((all - left) / (n - index) - centre) ** 2;
    best = Math.max(best, between / whole);
  }
  return best;
}

/** The slopes before and after, and how many draws of noise have a knee that a line misses as much. */
export function recomputeBend(raw: readonly Point[], { period, adjusted }: Finding["names"]): Recomputed {
  const knee = raw.find((point) => point.period === period)!.at;
  const design = raw.map(({ at }) => [1, at, Math.max(0, at - knee)]);
  const [, before, more] = solveLeastSquares(
    design,
    raw.map(({ value }) => value),
  );
  const line = raw.map(({ at }) => [1, at]);
  const every = Math.ceil(raw.length / 30);
  // What a line does not say of a knee, at some of the places.
  const knees = raw
    .filter((_, index) => index >= 4 && index <= raw.length - 4 && index % every === 0)
    .map(({ at: own }) =>
      leftOver(
        line,
        raw.map(({ at }) => Math.max(0, at - own)),
      ),
    );
  knees.push(
    leftOver(
      line,
      design.map((row) => row[2]!),
    ),
  );
  const bent = (values: readonly number[]): number => {
    const rest = leftOver(line, values);
    const whole = sum(rest.map((each) => each * each));
    return Math.max(
      ...knees.map(
        (own) =>
          sum(own.map((each, index) => each * rest[index]!)) ** 2 /
          sum(own.map((each) => each * each)) /
          whole,
      ),
    );
  };
  return {
    values: { slopeBefore: before!, slopeAfter: before! + more! },
    p: shareOfNoise(
      withoutSeasons(raw, adjusted).map(({ value }) => value),
      design,
      bent,
    ),
  };
}

function leftOver(design: Shape, values: readonly number[]): number[] {
  const by = solveLeastSquares(design, values);
  return values.map((value, row) => value - sum(design[row]!.map((each, at) => each * by[at]!)));
}

/**
 * The share of draws of normal noise that have as much of a pattern as `values`. Each value of the noise keeps what those
 * of the residuals keep of the one before, as estimated without the bias that the fit of `design` gives.
 */
function shareOfNoise(
  values: readonly number[],
  design: Shape,
  pattern: (values: readonly number[]) => number,
): number {
  const rest = leftOver(design, values);
  const n = rest.length;
  const seen =
    sum(rest.slice(1).map((each, index) => each * rest[index]!)) / sum(rest.map((each) => each * each));
  const columns = design[0]!.length;
  const keep = Math.max(0, Math.min(0.98, (n * seen + columns) / (n - 2 - columns)));
  const observed = pattern(values);
  const random = randomOf(n * 101 + columns);
  const draws = 199;
  let atLeast = 0;
  for (let draw = 0; draw < draws; draw++) {
    let last = random.normal() / Math.sqrt(1 - keep * keep);
    const noise = values.map(() => {
      const own = last;
      last = keep * last + random.normal();
      return own;
    });
    if (pattern(noise) >= observed) atLeast++;
  }
  return (atLeast + 1) / (draws + 1);
}
