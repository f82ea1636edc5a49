import { diffArrays } from "diff";

/** Something that is recognised by its hashes; a `weak` one may well be another. */
export type Entry = { readonly index: number; readonly hashes: readonly string[]; readonly isWeak: boolean };

export type Pair = readonly [before: Entry, after: Entry];

const mostCells = 4_000_000;

/**
 * Pairs entries of two lists that share a hash, in order, as many as can be: first those whose hash is there once in
 * either list, then the rest between them. Pairs side by side are better than scattered ones, weak ones count less.
 */
export function pairEntries(before: readonly Entry[], after: readonly Entry[]): Pair[] {
  const pairs: Pair[] = [];
  let [from, to] = [0, 0];
  for (const [at, other] of [...uniquePairs(before, after), [before.length, after.length] as const]) {
    pairs.push(...pairBetween(before.slice(from, at), after.slice(to, other)));
    if (at < before.length) pairs.push([before[at]!, after[other]!]);
    [from, to] = [at + 1, other + 1];
  }
  return pairs;
}

/** Positions of the strong entries that are alone with their hash, the longest run that is in order. */
function uniquePairs(before: readonly Entry[], after: readonly Entry[]): (readonly [number, number])[] {
  const places = (entries: readonly Entry[]): Map<string, number[]> => {
    const found = new Map<string, number[]>();
    entries.forEach(({ hashes }, at) => {
      for (const hash of hashes) found.set(hash, [...(found.get(hash) ?? []), at]);
    });
    return found;
  };
  const [there, here] = [places(after), places(before)];
  const candidates = before.flatMap(({ hashes, isWeak }, at) => {
    if (isWeak || hashes.some((hash) => here.get(hash)!.length > 1)) return [];
    const found = [...new Set(hashes.flatMap((hash) => there.get(hash) ?? []))];
    return found.length === 1 ? [[at, found[0]!] as const] : [];
  });
  return longestRising(candidates);
}

function longestRising(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const tails: number[] = [];
  const previous: number[] = [];
  pairs.forEach(([, value], index) => {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[tails[middle]!]![1] < value) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? tails[low - 1]! : -1;
    tails[low] = index;
  });
  const rising: (readonly [number, number])[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at]!) rising.push(pairs[at]!);
  return rising.reverse();
}

function isAlike(one: Entry, other: Entry): boolean {
  return one.hashes.some((hash) => hash !== "" && other.hashes.includes(hash));
}

function pairBetween(before: readonly Entry[], after: readonly Entry[]): Pair[] {
  if (before.length === 0 || after.length === 0) return [];
  if (before.length * after.length > mostCells) return pairFast(before, after);
  const width = after.length + 1;
  const scores = new Float32Array((before.length + 1) * width);
  const diagonal = (at: number, other: number): number => {
    const [one, two] = [before[at]!, after[other]!];
    if (!isAlike(one, two)) return Number.NEGATIVE_INFINITY;
    const isBeside =
      at + 1 < before.length && other + 1 < after.length && isAlike(before[at + 1]!, after[other + 1]!);
    return (one.isWeak ? 0.4 : 1) + (isBeside ? 0.1 : 0) + scores[(at + 1) * width + other + 1]!;
  };
  for (let at = before.length - 1; at >= 0; at--)
    for (let other = after.length - 1; other >= 0; other--)
      scores[at * width + other] = Math.max(
        scores[(at + 1) * width + other]!,
        scores[at * width + other + 1]!,
        diagonal(at, other),
      );
  const pairs: Pair[] = [];
  for (let [at, other] = [0, 0]; at < before.length && other < after.length; ) {
    const best = scores[at * width + other]!;
    if (Math.fround(diagonal(at, other)) === best) pairs.push([before[at++]!, after[other++]!]);
    else if (scores[(at + 1) * width + other] === best) at++;
    else other++;
  }
  return pairs;
}

function pairFast(before: readonly Entry[], after: readonly Entry[]): Pair[] {
  const pairs: Pair[] = [];
  let [at, other] = [0, 0];
  for (const part of diffArrays([...before], [...after], { comparator: isAlike })) {
    if (part.removed) at += part.count;
    else if (part.added) other += part.count;
    else for (let step = 0; step < part.count; step++) pairs.push([before[at++]!, after[other++]!]);
  }
  return pairs;
}
