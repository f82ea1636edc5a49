/** What was wrong with a code in an engine's answer; `id` is the number that the answer gives. */
export type Repair = {
  readonly id: string;
  readonly fault: "renumbered" | "unknown" | "unclosed" | "stray" | "empty" | "doubled" | "split";
};
