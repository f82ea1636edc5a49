import { diffWords, type Hunk } from "../edit/word-diff.ts";
import { textTokens } from "./text-tokens.ts";

/** Most pairs of words that are weighed against each other; longer texts are compared by number of words. */
const MOST_PAIRS = 1_000_000;

/**
 * The difference of two texts word by word with the fewest characters deleted and inserted, as hunks in order.
 * Two rewritten stretches that only a space separates become one, so that a phrase reads as a phrase.
 */
export function diffText(before: string, after: string): Hunk[] {
  const [old, fresh] = [textTokens(before), textTokens(after)];
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start++;
  let end = 0;
  while (end < Math.min(old.length, fresh.length) - start && old.at(-1 - end) === fresh.at(-1 - end)) end++;
  const inner = old.slice(start, old.length - end);
  const other = fresh.slice(start, fresh.length - end);
  if (inner.length * other.length > MOST_PAIRS) return diffWords(before, after);
  return joinPhrases(before, hunksOf(old.slice(0, start).join("").length, inner, other));
}

function hunksOf(offset: number, old: readonly string[], fresh: readonly string[]): Hunk[] {
  const width = fresh.length + 1;
  // Characters that stay, from each pair of places to the ends.
  const kept = new Int32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      const both = old[i] === fresh[j] ? old[i]!.length + kept[(i + 1) * width + j + 1]! : 0;
      kept[i * width + j] = Math.max(both, kept[(i + 1) * width + j]!, kept[i * width + j + 1]!);
    }
  }
  const hunks: Hunk[] = [];
  let at = offset;
  let open: { start: number; end: number; text: string } | undefined;
  for (let i = 0, j = 0; i < old.length || j < fresh.length; ) {
    const best = kept[i * width + j]!;
    const isBoth = old[i] !== undefined && old[i] === fresh[j];
    if (isBoth && best === old[i]!.length + kept[(i + 1) * width + j + 1]!) {
      if (open !== undefined) hunks.push(open);
      open = undefined;
      at += old[i]!.length;
      i++;
      j++;
      continue;
    }
    open ??= { start: at, end: at, text: "" };
    if (i < old.length && best === kept[(i + 1) * width + j]!) {
      at += old[i++]!.length;
      open.end = at;
    } else open.text += fresh[j++]!;
  }
  if (open !== undefined) hunks.push(open);
  return hunks;
}

function joinPhrases(before: string, hunks: readonly Hunk[]): Hunk[] {
  const joined: Hunk[] = [];
  const isRewrite = (each: Hunk): boolean => each.end > each.start && each.text !== "";
  for (const hunk of hunks) {
    const last = joined.at(-1);
    const between = last === undefined ? "" : before.slice(last.end, hunk.start);
    if (last !== undefined && between === " " && isRewrite(last) && isRewrite(hunk)) {
      joined[joined.length - 1] = { start: last.start, end: hunk.end, text: `${last.text} ${hunk.text}` };
    } else joined.push(hunk);
  }
  return joined;
}
