import { above, type Point, type Recomputed, weekdayOf } from "./recompute-series.fixture.ts";
import {
  gram,
  mean,
  middle,
  solveLeastSquares,
  solveSquare,
  studentTail,
  sum,
} from "./second-arithmetic.fixture.ts";
import type { Finding } from "./types.ts";

/** What the other values give for a period, and its distance from that. */
export function recomputeOutlier(points: readonly Point[], names: Finding["names"]): Recomputed {
  const index = points.findIndex((point) => point.period === names.period);
  const values = points.map(({ value }) => value);
  const rows = designRows(points, names);
  const others = points.map((_, at) => at).filter((at) => at !== index);
  const without = solveLeastSquares(
    others.map((at) => rows[at]!),
    others.map((at) => values[at]!),
  );
  const all = solveLeastSquares(rows, values);
  const product = (row: readonly number[], by: readonly number[]): number =>
    sum(row.map((each, at) => each * by[at]!));
  const expected = product(rows[index]!, without);
  const value = values[index]!;
  const residuals = values.map((each, at) => each - product(rows[at]!, all));
  // The spread that the other values have around their own fit, and how sure that fit is at this place.
  const freedom = others.length - rows[0]!.length;
  const variance = sum(others.map((at) => (values[at]! - product(rows[at]!, without)) ** 2)) / freedom;
  const reach = solveSquare(gram(others.map((at) => rows[at]!)), rows[index]!);
  const t = Math.abs(value - expected) / Math.sqrt(variance * (1 + product(rows[index]!, reach)));
  return {
    values: {
      value,
      expected,
      factor: value / expected,
      less: 1 - value / expected,
      robustZ: Math.abs(value - expected) / (1.4826 * middle(residuals.map(Math.abs))),
    },
    p: Math.min(1, points.length * studentTail(t, freedom)),
  };
}

/** A row a value: the course that was named, with the period of its step or knee, and the months. */
function designRows(points: readonly Point[], { design = "", turn }: Finding["names"]): number[][] {
  const [course, season] = design.split("+");
  const turned = points.findIndex(({ period }) => period === turn);
  if ((course === "step" || course === "bend") && turned < 0) throw new Error(`no period ${turn}`);
  return points.map(({ at, period }, index) => {
    const month = Number(period.slice(5, 7));
    const months =
      season === undefined ? [] : Array.from({ length: 11 }, (_, each) => (month === each + 2 ? 1 : 0));
    const rise = course === "trend" || course === "bend" ? [at] : [];
    const after = course === "step" ? [index < turned ? 0 : 1] : [];
    const knee = course === "bend" ? [Math.max(0, at - points[turned]!.at)] : [];
    return [1, ...rise, ...after, ...knee, ...months];
  });
}

/** How far the highest and the lowest season lie from all, and how many shuffles have seasons as far apart. */
export function recomputeSeasonality(all: readonly Point[], names: Finding["names"]): Recomputed {
  const points = all.filter(({ period }) => period !== names.without);
  const [high, low] = [Number(names.high), Number(names.low)];
  const flat = above(points, names.baseline!);
  const isDaily = points[0]!.period.length === 10;
  const count = isDaily ? 7 : 12;
  const seasons = points.map(({ period }) => (isDaily ? weekdayOf(period) : Number(period.slice(5, 7)) - 1));
  const means = Array.from({ length: count }, (_, each) =>
    mean(flat.filter((_, index) => seasons[index] === each)),
  );
  const level = mean(points.map(({ value }) => value));
  const centre = mean(means);
  // One of some hundred shuffles at most may be as far apart.
  const spread = (values: readonly number[]): number => {
    const middle = mean(values);
    return sum(
      Array.from({ length: count }, (_, each) => {
        const own = values.filter((_, index) => seasons[index] === each);
        return own.length * (mean(own) - middle) ** 2;
      }),
    );
  };
  const observed = spread(flat);
  const draws = 400;
  let state = 12_345;
  let atLeast = 0;
  for (let draw = 0; draw < draws; draw++) {
    const shuffled = [...flat];
    for (let last = shuffled.length - 1; last > 0; last--) {
      state = (state * 48_271) % 2_147_483_647;
      const other = state % (last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
    }
    if (spread(shuffled) >= observed) atLeast++;
  }
  return {
    values: {
      above: (means[high]! - centre) / level,
      below: (means[low]! - centre) / level,
      cycles: points.length / count,
    },
    p: (atLeast + 1) / (draws + 1),
  };
}
