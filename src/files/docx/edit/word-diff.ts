import { diffArrays } from "diff";
import { textTokens } from "./text-tokens.ts";

/** Replace `old.slice(start, end)` by `text`. */
export type Hunk = { readonly start: number; readonly end: number; readonly text: string };

/** How many characters a word counts for that stands for something else than itself. */
export type WordWeights = ReadonlyMap<string, number>;

/** Most pairs of words that are weighed against each other; longer texts are compared by number of words. */
const MOST_PAIRS = 1_000_000;

/** Comparing by number takes time and memory by its square; beyond this much rewriting nobody reads single words. */
const maxEditLength = 2000;

/**
 * The word-level difference of two texts as hunks in order, with the fewest characters deleted and inserted. A
 * rewritten stretch takes in a change that only a space separates from it, so that a phrase reads as a phrase.
 */
export function diffWords(before: string, after: string, weights: WordWeights = new Map()): Hunk[] {
  const [old, fresh] = [textTokens(before), textTokens(after)];
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start++;
  let end = 0;
  while (end < Math.min(old.length, fresh.length) - start && old.at(-1 - end) === fresh.at(-1 - end)) end++;
  const inner = old.slice(start, old.length - end);
  const other = fresh.slice(start, fresh.length - end);
  const at = old.slice(0, start).join("").length;
  const hunks =
    inner.length * other.length > MOST_PAIRS
      ? fewestWords(at, inner, other)
      : fewestCharacters(at, inner, other, weights);
  return slideSpaces(before, joinPhrases(before, hunks));
}

function fewestCharacters(
  offset: number,
  old: readonly string[],
  fresh: readonly string[],
  weights: WordWeights,
): Hunk[] {
  const width = fresh.length + 1;
  const gains = old.map((each) => weights.get(each) ?? each.length);
  // Characters that stay, from each pair of places to the ends.
  const kept = new Int32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      const both = old[i] === fresh[j] ? gains[i]! + kept[(i + 1) * width + j + 1]! : 0;
      kept[i * width + j] = Math.max(both, kept[(i + 1) * width + j]!, kept[i * width + j + 1]!);
    }
  }
  const hunks = hunkList(offset);
  for (let i = 0, j = 0; i < old.length || j < fresh.length; ) {
    const best = kept[i * width + j]!;
    const isBoth = old[i] !== undefined && old[i] === fresh[j];
    if (isBoth && best === gains[i]! + kept[(i + 1) * width + j + 1]!) {
      hunks.keep(old[i++]!);
      j++;
    } else if (i < old.length && best === kept[(i + 1) * width + j]!) hunks.remove(old[i++]!);
    else hunks.add(fresh[j++]!);
  }
  return hunks.done();
}

/** By number of words; where even that would take too long, all of it as rewritten. */
function fewestWords(offset: number, old: readonly string[], fresh: readonly string[]): Hunk[] {
  const parts = diffArrays([...old], [...fresh], { maxEditLength });
  if (parts === undefined)
    return [{ start: offset, end: offset + old.join("").length, text: fresh.join("") }];
  const hunks = hunkList(offset);
  for (const { added, removed, value } of parts) {
    const text = value.join("");
    if (added) hunks.add(text);
    else if (removed) hunks.remove(text);
    else hunks.keep(text);
  }
  return hunks.done();
}

type HunkList = {
  readonly keep: (text: string) => void;
  readonly remove: (text: string) => void;
  readonly add: (text: string) => void;
  readonly done: () => Hunk[];
};

function hunkList(offset: number): HunkList {
  const hunks: Hunk[] = [];
  let at = offset;
  let open: { start: number; end: number; text: string } | undefined;
  const close = (): void => {
    if (open !== undefined) hunks.push(open);
    open = undefined;
  };
  return {
    keep: (text) => {
      close();
      at += text.length;
    },
    remove: (text) => {
      open ??= { start: at, end: at, text: "" };
      at += text.length;
      open.end = at;
    },
    add: (text) => {
      open ??= { start: at, end: at, text: "" };
      open.text += text;
    },
    done: () => {
      close();
      return hunks;
    },
  };
}

function joinPhrases(before: string, hunks: readonly Hunk[]): Hunk[] {
  const joined: Hunk[] = [];
  for (const hunk of hunks) {
    const last = joined.at(-1);
    const between = last === undefined ? "" : before.slice(last.end, hunk.start);
    if (last !== undefined && between === " " && takesSpaceAlong(before, hunk)) {
      // Moved over that space, it touches what is before it, and no character more is changed.
      const shorter = hunk.text === "" ? { end: hunk.end - 1, text: last.text } : undefined;
      joined[joined.length - 1] = {
        start: last.start,
        ...(shorter ?? { end: last.end, text: `${last.text} ${hunk.text.slice(0, -1)}` }),
      };
    } else if (last !== undefined && between === " " && (isRewrite(last) || isRewrite(hunk))) {
      joined[joined.length - 1] = withoutCommonSpace(before, {
        start: last.start,
        end: hunk.end,
        text: last.text + between + hunk.text,
      });
    } else joined.push(hunk);
  }
  return joined;
}

/** True for words that come or go with the space after them. */
function takesSpaceAlong(before: string, { start, end, text }: Hunk): boolean {
  if (start === end) return text.endsWith(" ") && text.length > 1;
  return text === "" && before[end - 1] === " " && end - start > 1;
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

/** A word that comes or goes takes the space after it along, not the one before it. */
function slideSpaces(before: string, hunks: readonly Hunk[]): Hunk[] {
  return hunks.map((hunk, index) => {
    const { start, end, text } = hunk;
    const limit = hunks[index + 1]?.start ?? before.length + 1;
    const moving = end === start ? text : text === "" ? before.slice(start, end) : "";
    if (!moving.startsWith(" ") || moving.endsWith(" ") || before[end] !== " " || end + 1 >= limit)
      return hunk;
    return { start: start + 1, end: end + 1, text: text === "" ? "" : `${text.slice(1)} ` };
  });
}
