import type { Hunk, Reading } from "./lattice.ts";
import type { ReturnedToken } from "./returned-tokens.ts";
import type { HunkPath } from "./solve-lattice.ts";

/** What people did with one place of a suggestion, or with the whole suggestion. */
export type Outcome = "pending" | "accepted" | "rejected" | "modified" | "partial" | "removed" | "unsure";

/** What became of one place. */
export type HunkReading = {
  readonly outcome: Outcome;
  /** 1 where nothing else comes near, 0 at the edge of `unsure`. */
  readonly certainty: number;
  /** Authors of pending changes over ours. */
  readonly decidedBy: readonly string[];
};

/** Readings that come to the same; being wrong between them does no harm. */
const families: Readonly<Record<Reading, string>> = {
  pending: "both",
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
  const inside = tokens.slice(path.start, path.end);
  const isStruck =
    inside.some(({ isTheirDeletion }) => isTheirDeletion) &&
    inside.some(({ isTheirInsertion, isGone }) => isTheirInsertion && !isGone);
  const margin = marginOf(path, isStruck);
  const isChanged = families[reading] === "changed";
  // Where the same paragraph stands elsewhere too, it takes more to be sure which of them came back.
  const isDoubtful = isRepeated && !isEvident(path, tokens);
  const needed = Math.min(isChanged ? 0.15 : 0.4, 0.5 * weight) * (isDoubtful ? 3 : 1);
  const decidedBy = [...new Set(inside.flatMap(({ theirs }) => theirs ?? []))];
  if (margin < needed) return { outcome: "unsure", certainty: 0, decidedBy };
  const outcome = outcomeOf(path, tokens, inside);
  return { outcome, certainty: Math.min(1, margin / (isChanged ? 0.6 : 0.9)), decidedBy };
}

/** True when words are there that only this suggestion brings: new ones, or ones that are marked as its own. */
function isEvident({ hunk, reading, found }: HunkPath, tokens: readonly ReturnedToken[]): boolean {
  if (reading === "new") return hunk.new.length > 0;
  return found.some(
    ({ token, at }) => at >= 0 && token.kind === "word" && tokens[at]!.owners.includes(hunk.of),
  );
}

function weightOf(tokens: readonly { readonly weight: number }[]): number {
  return tokens.reduce((sum, { weight }) => sum + weight, 0);
}

function marginOf({ reading, costs, hunk }: HunkPath, isStruck: boolean): number {
  // Marked as it was issued, word for word: what the words alone might mean does not matter.
  if (reading === "pending") return Number.POSITIVE_INFINITY;
  const best = costs.get(reading)!;
  // Where nothing is to be found, nothing is there to the letter.
  const isEmpty =
    reading === "none" ||
    (hunk[reading === "old" ? "old" : "new"].length === 0 && /^(old|new)$/.test(reading));
  let margin = Number.POSITIVE_INFINITY;
  for (const [other, cost] of costs) {
    // Our words that somebody struck and put others beside come to the same as words of their own.
    if (isStruck && other === "new" && families[reading] === "changed") continue;
    if (isRival(reading, other)) margin = Math.min(margin, cost - best);
    else if (isEmpty && other === "other") margin = Math.min(margin, 20 * (cost - best));
  }
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
    at < 0 || (token.kind !== "word" && token.kind !== "sign" && hasWords(hunk))
      ? []
      : [{ side: token.side!, token: tokens[at]! }],
  );
  const isTheirs = inside.some(
    ({ isTheirInsertion, isTheirDeletion }) => isTheirInsertion || isTheirDeletion,
  );
  if (isTheirs && reading !== "pending") {
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

/** True when words come or go, and not only a paragraph's end or a space. */
export function hasWords(hunk: Hunk): boolean {
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
    if (!inside.some(({ isTheirDeletion }) => isTheirDeletion)) return undefined;
    // Struck by somebody when it was no suggestion any more.
    return live === "" && isAnonymous ? "modified" : "rejected";
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
