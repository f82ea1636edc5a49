import { confidenceIn } from "./confidence.ts";
import { describeLook } from "./issued-looks.ts";
import type { Verdict } from "./judge-suggestion.ts";
import type { Outcome } from "./read-hunk.ts";
import type { LookReading, LookState } from "./read-looks.ts";

// Words typed into the middle of formatted ones, or beside them, may look otherwise.
const nearlyAll = 0.9;
const leastThere = 0.35;

const outcomes: Readonly<Record<Exclude<LookState, "gone" | "unknown">, Outcome>> = {
  pending: "pending",
  new: "accepted",
  old: "rejected",
  other: "modified",
};

/** One outcome for a suggestion that changes formatting alone. `isMarked`: its author and second are in the file. */
export function judgeLooks(readings: readonly LookReading[], isMarked: boolean): Verdict {
  const weightOf = (state: LookState): number =>
    readings.filter((each) => each.state === state).reduce((sum, { weight }) => sum + weight, 0);
  const all = readings.reduce((sum, { weight }) => sum + weight, 0);
  const there = all - weightOf("gone");
  const answer = (outcome: Outcome, certainty: number): Verdict => ({
    outcome,
    confidence: confidenceIn(outcome, certainty),
    ...((outcome === "modified" || outcome === "partial") && textOf(readings)),
  });
  if (all === 0 || (there > 0 && weightOf("unknown") === there) || (isMarked && there / all < leastThere))
    return answer(isMarked ? "pending" : "unsure", 0);
  if (there / all < leastThere) return answer("removed", 1);
  const states = ["pending", "new", "old", "other"] as const;
  const shares = states.map((state) => ({ state, share: weightOf(state) / there }));
  const most = shares.reduce((one, other) => (other.share > one.share ? other : one));
  const isSettled = !isMarked || most.state === "pending";
  if (most.share >= nearlyAll && isSettled)
    return answer(outcomes[most.state], (most.share - nearlyAll) / (1 - nearlyAll));
  const isOther = weightOf("other") / there > 1 - nearlyAll;
  return answer(isOther ? "modified" : "partial", 0);
}

/** How it looks now, where that is alike everywhere or the most of it. */
function textOf(readings: readonly LookReading[]): { text: string } {
  const weights = new Map<string, number>();
  for (const { now, weight } of readings) {
    const text = describeLook(now);
    weights.set(text, (weights.get(text) ?? 0) + weight);
  }
  const [first] = [...weights].sort(([, one], [, other]) => other - one);
  return { text: first?.[0] ?? "" };
}
