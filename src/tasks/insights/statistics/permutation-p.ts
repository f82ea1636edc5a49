import { seededRandom } from "./seeded-random.ts";

/** How many draws as large as the observed one end the drawing early: the answer is then plainly no. */
const enough = 20;

/**
 * The share of shuffled orders of `values` whose statistic is at least the observed one (Besag and Clifford's sequential
 * form). The same values give the same p every time; the smallest is one in `mostDraws` and one.
 */
export function permutationP(
  values: readonly number[],
  statistic: (values: Float64Array) => number,
  mostDraws = 9_999,
): number {
  const random = seededRandom(values.length * 7919 + 17);
  const shuffled = Float64Array.from(values);
  const observed = statistic(shuffled) * (1 - 1e-12);
  let [draws, atLeast] = [0, 0];
  while (draws < mostDraws && atLeast < enough) {
    shuffle(shuffled, random);
    draws++;
    if (statistic(shuffled) >= observed) atLeast++;
  }
  return atLeast === enough ? enough / draws : (atLeast + 1) / (draws + 1);
}

function shuffle(values: Float64Array, random: () => number): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [values[last], values[other]] = [values[other]!, values[last]!];
  }
}
