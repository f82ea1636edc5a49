/**
 * Benjamini and Hochberg's adjusted p-values, in the order given: keeping those of at most 0.05 keeps the expected share
 * of false ones among them below 5 %.
 */
export function adjustForTests(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[b]! - pValues[a]!);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let least = 1;
  order.forEach((index, place) => {
    least = Math.min(least, (pValues[index]! * pValues.length) / (pValues.length - place));
    adjusted[index] = least;
  });
  return adjusted;
}
