import type { Outcome } from "../../src/feedback/index.ts";

const outcomes = ["pending", "accepted", "rejected", "modified", "partial", "removed", "unsure"] as const;

/** One suggestion of a returned file: what was done to it, and what was read. */
export type Reading = {
  readonly file: string;
  readonly id: string;
  readonly kind: string;
  readonly confidence: number;
  readonly behaviour: string;
  readonly wanted: Outcome;
  readonly given: Outcome;
};

/** True for an acceptance read as a rejection, or the other way round. */
export function isWrongWay({ wanted, given }: Reading): boolean {
  return (wanted === "accepted" && given === "rejected") || (wanted === "rejected" && given === "accepted");
}

/** Outcomes wanted (rows) by outcomes given (columns), as text. */
export function outcomeTable(readings: readonly Reading[]): string {
  const count = (wanted: Outcome, given: Outcome): number =>
    readings.filter((each) => each.wanted === wanted && each.given === given).length;
  const rows = outcomes.slice(0, -1).map((wanted) => {
    const all = readings.filter((each) => each.wanted === wanted).length;
    const cells = outcomes.map((given) => String(count(wanted, given)).padStart(9));
    const right = all === 0 ? "" : `${((100 * count(wanted, wanted)) / all).toFixed(1)} %`;
    return `${wanted.padEnd(10)}${cells.join("")}${right.padStart(9)}`;
  });
  const head = `${"wanted".padEnd(10)}${outcomes.map((each) => each.padStart(9)).join("")}${"right".padStart(9)}`;
  return [head, ...rows].join("\n");
}

/** Share of the readings that are right, by a key. */
export function shareTable(readings: readonly Reading[], keyOf: (reading: Reading) => string): string {
  const groups = Map.groupBy(readings, keyOf);
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, group]) => {
      const right = group.filter(({ wanted, given }) => wanted === given).length;
      return `${key.padEnd(42)}${String(right).padStart(6)} of ${String(group.length).padStart(5)}`;
    })
    .join("\n");
}

const bounds = [0.99, 0.98, 0.97, 0.95, 0.9, 0.01, 0];

/** What the reader was confident of, and how much of it was right. */
export function confidenceTable(readings: readonly Reading[]): string {
  const groups = Map.groupBy(readings, ({ confidence }) => bounds.find((bound) => confidence >= bound)!);
  const rows = bounds.flatMap((bound) => {
    const group = groups.get(bound);
    if (group === undefined) return [];
    const right = group.filter(({ wanted, given }) => wanted === given).length;
    const mean = group.reduce((sum, { confidence }) => sum + confidence, 0) / group.length;
    const cells = [
      bound,
      group.length,
      `${(100 * mean).toFixed(1)} %`,
      `${((100 * right) / group.length).toFixed(1)} %`,
    ];
    return [cells.map((cell) => String(cell).padStart(12)).join("")];
  });
  return [["confidence", "answers", "mean", "right"].map((each) => each.padStart(12)).join(""), ...rows].join(
    "\n",
  );
}
