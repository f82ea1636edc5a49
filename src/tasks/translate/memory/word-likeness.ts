const wordOrSign = /[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu;
const withoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

function unitsOf(text: string): string[] {
  const lower = text.toLowerCase();
  return withoutSpaces.test(lower) ? [...lower.replace(/\s+/g, "")] : (lower.match(wordOrSign) ?? []);
}

/** How alike two texts are, 0 to 1: one less the edits from one to the other (words; characters where words aren't parted). */
export function wordLikeness(a: string, b: string): number {
  const [one, two] = [unitsOf(a), unitsOf(b)];
  const longest = Math.max(one.length, two.length);
  return longest === 0 ? 1 : 1 - editDistance(one, two) / longest;
}

/** Levenshtein distance in whole units. */
function editDistance(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, unit] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries())
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (unit === other ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
