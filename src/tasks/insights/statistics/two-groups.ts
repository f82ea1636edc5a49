import { studentTwoSided } from "./tails.ts";

/** What a test of means needs to know of a group. */
export type GroupMoments = { readonly n: number; readonly mean: number; readonly variance: number };

/** Welch's t test: how likely two groups' means lie this far apart by chance. */
export function welchP(one: GroupMoments, two: GroupMoments): number {
  const [a, b] = [one.variance / one.n, two.variance / two.n];
  const t = (one.mean - two.mean) / Math.sqrt(a + b);
  if (!Number.isFinite(t)) return 1;
  return studentTwoSided(t, (a + b) ** 2 / (a ** 2 / (one.n - 1) + b ** 2 / (two.n - 1)));
}

/** The moments of all rows but one group's. */
export function withoutGroup(all: GroupMoments, group: GroupMoments): GroupMoments {
  const n = all.n - group.n;
  const mean = (all.n * all.mean - group.n * group.mean) / n;
  const squares = (each: GroupMoments): number => (each.n - 1) * each.variance + each.n * each.mean ** 2;
  return { n, mean, variance: Math.max(0, (squares(all) - squares(group) - n * mean ** 2) / (n - 1)) };
}

/** Mean and variance of some values. */
export function momentsOf(values: readonly number[]): GroupMoments {
  const n = values.length;
  const mean = values.reduce((sum, each) => sum + each, 0) / n;
  return { n, mean, variance: values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (n - 1) };
}
