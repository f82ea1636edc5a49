import type { Token } from "./text-tokens.ts";

/**
 * The candidate's tokens with each corrected word under the key of the misspelled one that it mends, so that a mended
 * word is no new word. Names and numbers are never taken for corrections.
 */
export function mendSpelling(source: readonly Token[], candidate: readonly Token[]): readonly Token[] {
  const left = new Set(candidate.map((token) => token.lower));
  const known = new Set(source.map((token) => token.key));
  const gone = source.filter((token) => token.kind === "content" && !left.has(token.lower));
  return candidate.map((token) => {
    if (token.kind !== "content" || known.has(token.key)) return token;
    const most = token.lower.length < 5 ? 1 : 2;
    const mended = gone.find((each) => distance(each.lower, token.lower, most) <= most);
    return mended === undefined ? token : { ...token, key: mended.key };
  });
}

/** Edits between two words, given up above `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? most + 1;
}
