/** Some neighbours of one sequence that belong to some of another: one and one, or one and several. */
export type Match = {
  readonly before: number;
  readonly after: number;
  readonly beforeCount: number;
  readonly afterCount: number;
};

export type Gains = {
  /** What pairing the two is worth; 0 for never. */
  readonly pair: (before: number, after: number) => number;
  /** Matches of more than one, and what each is worth. */
  readonly wide?: readonly (Match & { readonly gain: number })[];
};

/** The matches of two sequences with the greatest sum of gains that cross nowhere. Takes time and space by their product. */
export function pairInOrder(before: number, after: number, gains: Gains): Match[] {
  const width = after + 1;
  const sums = new Float64Array((before + 1) * width);
  const own = new Float64Array(before * after);
  const wide = new Map<number, (Match & { readonly gain: number })[]>();
  for (const match of gains.wide ?? []) {
    const key = match.before * width + match.after;
    wide.set(key, [...(wide.get(key) ?? []), match]);
  }
  const sumOf = (match: Match & { readonly gain: number }): number =>
    match.gain + sums[(match.before + match.beforeCount) * width + match.after + match.afterCount]!;
  for (let i = before - 1; i >= 0; i--) {
    for (let j = after - 1; j >= 0; j--) {
      const gain = gains.pair(i, j);
      own[i * after + j] = gain;
      const paired = gain > 0 ? gain + sums[(i + 1) * width + j + 1]! : 0;
      let best = Math.max(paired, sums[(i + 1) * width + j]!, sums[i * width + j + 1]!);
      for (const match of wide.get(i * width + j) ?? []) best = Math.max(best, sumOf(match));
      sums[i * width + j] = best;
    }
  }
  const matches: Match[] = [];
  for (let i = 0, j = 0; i < before && j < after; ) {
    const gain = own[i * after + j]!;
    const best = sums[i * width + j]!;
    const isPair = gain > 0 && best === gain + sums[(i + 1) * width + j + 1]!;
    const match = isPair
      ? { before: i, after: j, beforeCount: 1, afterCount: 1 }
      : wide.get(i * width + j)?.find((each) => sumOf(each) === best);
    if (match !== undefined) {
      matches.push(match);
      i += match.beforeCount;
      j += match.afterCount;
    } else if (best === sums[(i + 1) * width + j]!) i++;
    else j++;
  }
  return matches;
}
