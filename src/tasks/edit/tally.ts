import type { Objection, ObjectionCode } from "./check-candidate.ts";

/** Counts of what was drawn from a model and why some of it was not used. */
export type Tally = {
  readonly drawn: () => number;
  readonly refused: () => number;
  readonly reasons: () => readonly {
    readonly reason: ObjectionCode | "unknown-block";
    readonly count: number;
  }[];
  /** Notes one candidate; with objections it counts as refused, once for each reason. */
  readonly add: (objections: readonly Objection[] | "unknown-block") => void;
};

/** A tally that starts at zero. */
export function createTally(): Tally {
  let drawn = 0;
  let refused = 0;
  const reasons = new Map<ObjectionCode | "unknown-block", number>();
  return {
    drawn: () => drawn,
    refused: () => refused,
    reasons: () =>
      [...reasons].map(([reason, count]) => ({ reason, count })).toSorted((a, b) => b.count - a.count),
    add: (objections) => {
      drawn++;
      const codes =
        objections === "unknown-block" ? [objections] : objections.map((objection) => objection.code);
      if (codes.length > 0) refused++;
      for (const code of new Set(codes)) reasons.set(code, (reasons.get(code) ?? 0) + 1);
    },
  };
}
