import { confidenceIn } from "./confidence.ts";
import type { DecisionEntry } from "./decisions.ts";
import { pictureText } from "./known-pictures.ts";
import type { Suggestion } from "./ledger-types.ts";
import { normaliseText } from "./normalise-text.ts";
import type { PlaceReading } from "./place-reading.ts";
import { hasWords, type Outcome } from "./read-hunk.ts";

export type Verdict = Pick<DecisionEntry, "outcome" | "confidence" | "text" | "decidedBy">;

/** One outcome for a suggestion from what became of its places, one at least. `isMarked`: its author and second are in the file. */
export function judgeSuggestion(
  suggestion: Suggestion,
  places: readonly PlaceReading[],
  isMarked: boolean,
): Verdict {
  // A paragraph's end alone says little: programs and people make and remove it for reasons of their own.
  const telling = places.filter(({ hunk }) => hasWords(hunk));
  const read = overall(telling.length > 0 ? telling : places, isMarked);
  const outcome = read === "accepted" && isReworded(suggestion, places) ? "modified" : read;
  const least = Math.min(...places.map(({ certainty }) => certainty));
  const decidedBy = [...new Set(places.flatMap((each) => each.decidedBy))];
  const needsText = outcome === "modified" || outcome === "partial";
  return {
    outcome,
    confidence: confidenceIn(outcome, least),
    ...(needsText && { text: personText(suggestion, places) }),
    ...(decidedBy.length > 0 && outcome !== "pending" && { decidedBy }),
  };
}

/** True when every word we put in stands, but somebody changed words between them: the proposed text is not there. */
function isReworded(suggestion: Suggestion, places: readonly PlaceReading[]): boolean {
  if (suggestion.kind !== "replace" || places.length < 2) return false;
  const isOnePassage = places.every(({ tokens }) => tokens === places[0]!.tokens);
  const stands = normaliseText(liveText(places)).trim();
  return isOnePassage && !normaliseText(suggestion.after).includes(stands);
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
  if (outcomes.has("unsure")) {
    // Cells of a table are short and much alike: the others tell.
    const sure = places.filter(({ outcome }) => outcome !== "unsure");
    return sure.length >= 3 * (places.length - sure.length) ? overall(sure, isMarked) : "unsure";
  }
  outcomes.delete("removed");
  return outcomes.size === 1 ? [...outcomes][0]! : "partial";
}

function hasTheirs(places: readonly PlaceReading[]): boolean {
  return places.some(({ decidedBy }) => decidedBy.length > 0);
}

/** What stands from the first place to the last. */
function liveText(places: readonly PlaceReading[]): string {
  const ordered = [...places].sort((a, b) => a.paragraph - b.paragraph || a.start - b.start);
  const [first, last] = [ordered[0]!, ordered.at(-1)!];
  const tokens =
    first.tokens === last.tokens
      ? first.tokens.slice(first.start, last.end)
      : ordered.flatMap((each) => each.tokens.slice(each.start, each.end));
  const live = tokens
    .filter(({ isGone, text }) => !isGone && !text.startsWith(pictureText))
    .map(({ text }) => text);
  return live.join("").replace(/\n$/, "");
}

/** What stands where the suggestion was, with the words around its places that `after` has as well. */
function personText(suggestion: Suggestion, places: readonly PlaceReading[]): string {
  const { prefix, suffix } = fixedWords(suggestion);
  const live = liveText(places);
  // A place may take in the space beside it.
  const start = /\s$/.test(prefix) ? live.trimStart() : live;
  return prefix + (/^\s/.test(suffix) ? start.trimEnd() : start) + suffix;
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
    return /[\p{L}\p{N}'’]/u.test(text[cut - 1] ?? "") && /[\p{L}\p{N}'’]/u.test(text[cut] ?? "");
  });
}
