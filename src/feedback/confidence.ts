import type { Outcome } from "./read-hunk.ts";

/**
 * Share of the answers that were right in simulated returns (`npm run test:decisions` prints it), where the runner-up
 * explained the file far worse, and where it explained it almost as well.
 */
const shares: Readonly<Record<Exclude<Outcome, "unsure">, readonly [ample: number, scant: number]>> = {
  pending: [0.998, 0.99],
  accepted: [0.998, 0.99],
  rejected: [0.998, 0.985],
  modified: [0.99, 0.96],
  partial: [0.985, 0.95],
  removed: [0.965, 0.95],
};

/** How likely an answer is to be right; `certainty` is 1 where nothing else comes near it and 0 at the edge of `unsure`. */
export function confidenceIn(outcome: Outcome, certainty: number): number {
  if (outcome === "unsure") return 0;
  const [ample, scant] = shares[outcome];
  const share = scant + (ample - scant) * Math.min(1, Math.max(0, certainty));
  return Math.round(1000 * share) / 1000;
}
