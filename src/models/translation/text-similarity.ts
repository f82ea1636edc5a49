/** How alike two texts are, 0 to 1: the share of their letter pairs that they have in common (Sørensen and Dice). */
export function textSimilarity(one: string, other: string): number {
  const [a, b] = [normal(one), normal(other)];
  if (a === b) return 1;
  const left = pairs(a);
  const right = pairs(b);
  if (left.length === 0 || right.length === 0) return 0;
  const counts = new Map<string, number>();
  for (const pair of left) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  let common = 0;
  for (const pair of right) {
    const count = counts.get(pair) ?? 0;
    if (count === 0) continue;
    counts.set(pair, count - 1);
    common += 1;
  }
  return (2 * common) / (left.length + right.length);
}

function normal(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}

function pairs(text: string): string[] {
  // The edges count as signs, so that single letters have pairs too.
  const signs = [" ", ...text, " "];
  return signs.slice(1).map((sign, index) => `${signs[index]}${sign}`);
}
