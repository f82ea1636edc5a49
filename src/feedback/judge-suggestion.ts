import type { DecisionEntry } from "./decisions.ts";
import type { Suggestion } from "./ledger-types.ts";
import type { PlaceReading } from "./place-reading.ts";
import type { Outcome } from "./read-hunk.ts";

export type Verdict = Pick<DecisionEntry, "outcome" | "confidence" | "text" | "decidedBy">;

/** One outcome for a suggestion from what became of its places. `isMarked`: its author and second are in the file. */
export function judgeSuggestion(
  suggestion: Suggestion,
  places: readonly PlaceReading[],
  isMarked: boolean,
): Verdict {
  if (places.length === 0) {
    // A change of formatting alone: the words say nothing.
    return isMarked ? { outcome: "pending", confidence: 0.95 } : { outcome: "unsure", confidence: 0 };
  }
  const outcome = overall(places, isMarked);
  const sure = places.filter((each) => outcome === "unsure" || each.outcome !== "unsure");
  const least = Math.min(...sure.map(({ confidence }) => confidence));
  const decidedBy = [...new Set(places.flatMap((each) => each.decidedBy))];
  const needsText = outcome === "modified" || outcome === "partial";
  return {
    outcome,
    confidence: Math.round(100 * least) / 100,
    ...(needsText && { text: personText(suggestion, places) }),
    ...(decidedBy.length > 0 && outcome !== "pending" && { decidedBy }),
  };
}

function overall(places: readonly PlaceReading[], isMarked: boolean): Outcome {
  const outcomes = new Set(places.map(({ outcome }) => outcome));
  if (outcomes.size === 1) {
    const [only] = outcomes;
    // What is marked as ours is not settled, whatever the words look like.
    if (isMarked && (only === "accepted" || only === "rejected") && !hasTheirs(places)) return "unsure";
    return only!;
  }
  if (outcomes.has("modified")) return "modified";
  if (outcomes.has("unsure")) return "unsure";
  outcomes.delete("removed");
  return outcomes.size === 1 ? [...outcomes][0]! : "partial";
}

function hasTheirs(places: readonly PlaceReading[]): boolean {
  return places.some(({ decidedBy }) => decidedBy.length > 0);
}

/** What stands where the suggestion was, with the words around its places that `after` has as well. */
function personText(suggestion: Suggestion, places: readonly PlaceReading[]): string {
  const ordered = [...places].sort((a, b) => a.paragraph - b.paragraph || a.start - b.start);
  const [first, last] = [ordered[0]!, ordered.at(-1)!];
  const tokens =
    first.tokens === last.tokens
      ? first.tokens.slice(first.start, last.end)
      : ordered.flatMap((each) => each.tokens.slice(each.start, each.end));
  const live = tokens.filter(({ isGone }) => !isGone).map(({ text }) => text);
  const { prefix, suffix } = fixedWords(suggestion);
  return prefix + live.join("").replace(/\n$/, "") + suffix;
}

/** The words that `before` and `after` begin and end with alike, cut where a word ends. */
function fixedWords({ before, after, kind }: Suggestion): { prefix: string; suffix: string } {
  if (kind !== "replace") return { prefix: "", suffix: "" };
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) start++;
  while (start > 0 && isInWord(before, after, start)) start--;
  let end = 0;
  while (end < shortest - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  while (end > 0 && isInWord(before, after, -end)) end--;
  return { prefix: after.slice(0, start), suffix: end === 0 ? "" : after.slice(-end) };
}

function isInWord(before: string, after: string, at: number): boolean {
  return [before, after].some((text) => {
    const cut = at < 0 ? text.length + at : at;
    return /[\p{L}\p{N}]/u.test(text[cut - 1] ?? "") && /[\p{L}\p{N}]/u.test(text[cut] ?? "");
  });
}
