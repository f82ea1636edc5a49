/** How alike two short texts are, 0 to 1, by the pairs of letters that they share (Dice); spelling endings matter little. */
export function likenessOfTexts(one: string, other: string): number {
  if (one === other) return 1;
  if (one.length < 2 || other.length < 2 || one.length > 3 * other.length || other.length > 3 * one.length)
    return 0;
  const left = new Map<string, number>();
  for (let at = 0; at + 1 < one.length; at++) {
    const pair = one.slice(at, at + 2);
    left.set(pair, (left.get(pair) ?? 0) + 1);
  }
  let shared = 0;
  for (let at = 0; at + 1 < other.length; at++) {
    const pair = other.slice(at, at + 2);
    const count = left.get(pair) ?? 0;
    if (count === 0) continue;
    shared++;
    left.set(pair, count - 1);
  }
  return (2 * shared) / (one.length + other.length - 2);
}
