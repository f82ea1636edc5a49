import { gammaln } from "simple-statistics";

/** Probability that a standard normal value lies further from 0 than `z`, on either side; exact to 7 digits in the tails. */
export function normalTwoSided(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  // Chebyshev fit of erfc with a relative error below 1.2e-7 everywhere (Numerical Recipes, erfcc).
  const fit = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
    -0.82215223, 0.17087277,
  ].reduceRight((sum, each) => sum * t + each, 0);
  return Math.min(1, t * Math.exp(-x * x + fit));
}

/** Probability that Student's t lies further from 0 than `t`, on either side. */
export function studentTwoSided(t: number, freedom: number): number {
  if (!Number.isFinite(t)) return 0;
  return incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t));
}

/** Probability that as many events as `count` or more happen where `expected` are expected (Poisson). */
export function poissonAtLeast(count: number, expected: number): number {
  if (count <= 0) return 1;
  if (expected <= 0) return 0;
  let below = 0;
  for (let events = 0; events < Math.min(count, 10_000); events++)
    below += Math.exp(events * Math.log(expected) - expected - gammaln(events + 1));
  // Where `1 - below` has no digits left, the first term of the tail is nearly all of it.
  const first = Math.exp(count * Math.log(expected) - expected - gammaln(count + 1));
  return Math.min(1, Math.max(first, 1 - below));
}

/** The regularised incomplete beta function, by its continued fraction (DLMF 8.17.22). */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, 1 - x);
  const front =
    Math.exp(gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log(1 - x)) / a;
  return front / continuedFraction(a, b, x);
}

function continuedFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < tiny ? tiny : d);
  let value = d;
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const term of [even, odd]) {
      d = 1 + term * d;
      d = 1 / (Math.abs(d) < tiny ? tiny : d);
      c = 1 + term / c;
      if (Math.abs(c) < tiny) c = tiny;
      value *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-14) break;
  }
  return 1 / value;
}
