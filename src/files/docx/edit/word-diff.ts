import { diffArrays } from "diff";

/** Replace `old.slice(start, end)` by `text`. */
export type Hunk = { readonly start: number; readonly end: number; readonly text: string };

/** Words with their marks, numbers with their separators, single characters of scripts without spaces, and the rest. */
const token =
  /\p{Nd}+(?:[.,:/’'\u00a0\u202f]\p{Nd}+)*|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[\p{L}\p{M}\p{N}_]+(?:['’][\p{L}\p{M}]+)*|\s+|./gsu;

/** Comparing takes time and memory by its square; beyond this much rewriting nobody reads single words. */
const maxEditLength = 2000;

type Part = { readonly value: readonly string[]; readonly added?: boolean; readonly removed?: boolean };

/** What two texts share at both ends, and all between as rewritten. */
function coarseDiff(old: readonly string[], fresh: readonly string[]): Part[] {
  const most = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < most && old[head] === fresh[head]) head++;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail++;
  return [
    { value: old.slice(0, head) },
    { value: old.slice(head, old.length - tail), removed: true },
    { value: fresh.slice(head, fresh.length - tail), added: true },
    { value: old.slice(old.length - tail) },
  ];
}

/**
 * The word-level difference of two texts as hunks in order. A rewritten stretch takes in a change that only a space
 * separates from it, so that a phrase reads as a phrase.
 */
export function diffWords(before: string, after: string): Hunk[] {
  const [old, fresh] = [before.match(token) ?? [], after.match(token) ?? []];
  const parts = diffArrays(old, fresh, { maxEditLength }) ?? coarseDiff(old, fresh);
  const hunks: Hunk[] = [];
  let at = 0;
  let open: { start: number; end: number; text: string } | undefined;
  for (const part of parts) {
    const text = part.value.join("");
    if (part.added) {
      open ??= { start: at, end: at, text: "" };
      open.text += text;
    } else if (part.removed) {
      open ??= { start: at, end: at, text: "" };
      open.end += text.length;
      at += text.length;
    } else {
      if (open !== undefined) hunks.push(open);
      open = undefined;
      at += text.length;
    }
  }
  if (open !== undefined) hunks.push(open);
  return joinPhrases(before, hunks);
}

function joinPhrases(before: string, hunks: readonly Hunk[]): Hunk[] {
  const joined: Hunk[] = [];
  for (const hunk of hunks) {
    const last = joined.at(-1);
    const between = last === undefined ? "" : before.slice(last.end, hunk.start);
    if (last !== undefined && between === " " && (isRewrite(last) || isRewrite(hunk))) {
      joined[joined.length - 1] = withoutCommonSpace(before, {
        start: last.start,
        end: hunk.end,
        text: last.text + between + hunk.text,
      });
    } else {
      joined.push(hunk);
    }
  }
  return joined;
}

function isRewrite(hunk: Hunk): boolean {
  return hunk.end > hunk.start && hunk.text !== "";
}

/** A space that both texts begin or end with stays where it is. */
function withoutCommonSpace(before: string, hunk: Hunk): Hunk {
  let { start, end, text } = hunk;
  if (before[end - 1] === " " && text.endsWith(" ") && end - start > 1) {
    end--;
    text = text.slice(0, -1);
  }
  if (before[start] === " " && text.startsWith(" ") && end - start > 1) {
    start++;
    text = text.slice(1);
  }
  return { start, end, text };
}
