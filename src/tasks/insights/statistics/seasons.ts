import { mean } from "simple-statistics";
import { permutationP } from "./permutation-p.ts";
import { ranksOf } from "./rank-correlation.ts";

const manyDraws = 49_999;

/**
 * How likely it is by chance that values differ this much between seasons (0, 1, …): the F test by permutation, once of
 * the values and once of their ranks, which one wild value can't hide; twice the smaller p.
 */
export function seasonP(values: readonly number[], seasons: readonly number[]): number {
  const index = groupIndex(seasons);
  const plain = permutationP(values, (shuffled) => betweenGroups(shuffled, index), manyDraws);
  const ranked = permutationP(ranksOf(values), (shuffled) => betweenGroups(shuffled, index), manyDraws);
  return Math.min(1, 2 * Math.min(plain, ranked));
}

/** The mean of each season, by number; NaN for seasons without values. */
export function seasonMeans(values: readonly number[], seasons: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, season) => {
    const own = values.filter((_, index) => seasons[index] === season);
    return own.length === 0 ? Number.NaN : mean(own);
  });
}

type GroupIndex = { readonly of: Int32Array; readonly sizes: readonly number[]; readonly sums: Float64Array };

function groupIndex(groups: readonly number[]): GroupIndex {
  const count = Math.max(...groups) + 1;
  const sizes = new Array<number>(count).fill(0);
  for (const group of groups) sizes[group]!++;
  return { of: Int32Array.from(groups), sizes, sums: new Float64Array(count) };
}

/** The sum of squares between groups up to a constant; with the same values it orders as F does. */
function betweenGroups(values: Float64Array, { of, sizes, sums }: GroupIndex): number {
  sums.fill(0);
  for (let index = 0; index < values.length; index++) sums[of[index]!]! += values[index]!;
  let between = 0;
  for (let group = 0; group < sizes.length; group++)
    if (sizes[group]! > 0) between += (sums[group]! * sums[group]!) / sizes[group]!;
  return between;
}
