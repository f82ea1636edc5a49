import type { Reading } from "./lattice.ts";
import type { ReturnedToken } from "./returned-tokens.ts";
import type { HunkPath } from "./solve-lattice.ts";

/** What people did with one place of a suggestion, or with the whole suggestion. */
export type Outcome = "pending" | "accepted" | "rejected" | "modified" | "partial" | "removed" | "unsure";

/** What became of one place. */
export type HunkReading = {
  readonly outcome: Outcome;
  /** 0 to 1. */
  readonly confidence: number;
  /** Authors of pending changes over ours. */
  readonly decidedBy: readonly string[];
};

/** Readings that come to the same; being wrong between them does no harm. */
const families: Readonly<Record<Reading, string>> = {
  old: "old",
  new: "new",
  both: "both",
  none: "none",
  "old-edited": "changed",
  "new-edited": "changed",
  "both-edited": "changed",
  gone: "gone",
  other: "changed",
};

/** Reads the markup and the words of one place; `unsure` when another reading explains the text about as well. */
export function readHunk(path: HunkPath, tokens: readonly ReturnedToken[], isRepeated: boolean): HunkReading {
  const { reading, hunk } = path;
  const weight = Math.max(weightOf(hunk.old), weightOf(hunk.new));
  const margin = marginOf(path);
  const isChanged = families[reading] === "changed";
  // Where the same paragraph stands elsewhere too, it takes more to be sure which of them came back.
  const needed = Math.min(isChanged ? 0.15 : 0.4, 0.5 * weight) * (isRepeated ? 3 : 1);
  const inside = tokens.slice(path.start, path.end);
  const decidedBy = [...new Set(inside.flatMap(({ theirs }) => theirs ?? []))];
  if (margin < needed) return { outcome: "unsure", confidence: 0.5 * (margin / needed), decidedBy };
  const outcome = outcomeOf(path, tokens, inside);
  const certainty = Math.min(1, margin / Math.max(isChanged ? 0.6 : 0.9, 0.01));
  return { outcome, confidence: 0.6 + 0.39 * certainty, decidedBy };
}

function weightOf(tokens: readonly { readonly weight: number }[]): number {
  return tokens.reduce((sum, { weight }) => sum + weight, 0);
}

function marginOf({ reading, costs }: HunkPath): number {
  const best = costs.get(reading)!;
  let margin = Number.POSITIVE_INFINITY;
  for (const [other, cost] of costs) if (isRival(reading, other)) margin = Math.min(margin, cost - best);
  return margin;
}

/** Words of the person's own explain any text, so they say nothing against words that are there to the letter. */
function isRival(reading: Reading, other: Reading): boolean {
  if (families[other] === families[reading]) return false;
  return families[reading] === "changed" || (other !== "other" && other !== `${reading}-edited`);
}

function outcomeOf(
  path: HunkPath,
  tokens: readonly ReturnedToken[],
  inside: readonly ReturnedToken[],
): Outcome {
  const { hunk, reading, found } = path;
  const states = found.flatMap(({ token, at }) =>
    at < 0 || (token.kind !== "word" && token.kind !== "sign" && hasWords(path))
      ? []
      : [{ side: token.side!, token: tokens[at]! }],
  );
  if (inside.some(({ isTheirInsertion, isTheirDeletion }) => isTheirInsertion || isTheirDeletion)) {
    const settled = withTheirs(path, inside);
    if (settled !== undefined) return settled;
  }
  switch (families[reading]) {
    case "changed":
      return "modified";
    case "gone":
      return "removed";
    case "none":
      return "partial";
    case "both":
      return isPending(states) ? "pending" : "partial";
    case "old":
      if (hunk.old.length === 0) return "rejected";
      return sideOutcome(states, "rejected", hunk.new.length > 0);
    default:
      if (hunk.new.length === 0) return "accepted";
      return sideOutcome(states, "accepted", hunk.old.length > 0);
  }
}

type State = { readonly side: "old" | "new"; readonly token: ReturnedToken };

function hasWords({ hunk }: HunkPath): boolean {
  return [...hunk.old, ...hunk.new].some(({ kind }) => kind === "word" || kind === "sign");
}

function isPending(states: readonly State[]): boolean {
  return states.every(({ side, token }) =>
    side === "old" ? token.isGone : token.isOurInsertion || token.isTheirInsertion,
  );
}

/** One half stands: resolved, or still marked as ours. */
function sideOutcome(
  states: readonly State[],
  resolved: "accepted" | "rejected",
  hasOtherHalf: boolean,
): Outcome {
  const marked = states.filter(({ token }) => token.isOurInsertion || token.isOurDeletion).length;
  // Authors and dates can be taken out of a file: what somebody proposes in our very words is ours still.
  const isAnonymous = states.every(({ side, token }) =>
    side === "old" ? token.isTheirDeletion : token.isTheirInsertion,
  );
  if (states.length > 0 && isAnonymous) return "pending";
  if (marked === 0) return resolved;
  return marked === states.length && !hasOtherHalf ? "pending" : "partial";
}

/** Others' pending changes over ours: what they leave counts. */
function withTheirs({ hunk, reading }: HunkPath, inside: readonly ReturnedToken[]): Outcome | undefined {
  const live = plainText(inside.filter(({ isGone }) => !isGone));
  const oldText = plainText(hunk.old);
  const newText = plainText(hunk.new);
  const isAnonymous = inside.every(({ owners }) => owners.length === 0);
  if (reading === "both" && isAnonymous && inside.every((each) => each.isTheirInsertion || each.isGone))
    return undefined;
  if (live === newText && live !== oldText) return undefined;
  if (live === oldText && (live !== "" || hunk.old.length === 0)) {
    return inside.some(({ isTheirDeletion }) => isTheirDeletion) ? "rejected" : undefined;
  }
  return "modified";
}

function plainText(tokens: readonly { readonly plain: string; readonly kind: string }[]): string {
  return tokens
    .filter(({ kind }) => kind !== "mark")
    .map(({ plain }) => plain)
    .join("")
    .trim();
}
