/** What an audit can find wrong in a workbook. The words are public and stay. */
export type AuditKind =
  | "pattern-break"
  | "hard-coded"
  | "missing-formula"
  | "empty-reference"
  | "text-reference"
  | "total-misses-rows"
  | "counted-twice"
  | "typed-total"
  | "circular"
  | "broken-reference"
  | "error-value"
  | "unsorted-lookup"
  | "loose-anchor"
  | "external-link"
  | "volatile"
  | "unused-input"
  | "hidden-cells"
  | "stale-value"
  | "text-number"
  | "text-date"
  | "mixed-units"
  | "duplicate-key"
  | "stray-spaces";

/** `high`: a result is wrong; `medium`: most likely; `low`: worth a look; `note`: good to know, not wrong by itself. */
export type AuditSeverity = "high" | "medium" | "low" | "note";

/** One thing that is wrong, or looks wrong, in a workbook. */
export type AuditFinding = {
  readonly kind: AuditKind;
  readonly severity: AuditSeverity;
  /** 0 to 1: how sure it is that somebody should change something here. */
  readonly confidence: number;
  /** Empty for what belongs to the workbook as a whole. */
  readonly sheet: string;
  /** Cells and ranges on that sheet (`B4`, `C2:C9`), the one to look at first in front. */
  readonly cells: readonly string[];
  /** What is wrong, in a sentence. */
  readonly message: string;
  /** What should stand in the first cell: a formula without its equals sign, or a value. */
  readonly expected?: { readonly formula: string } | { readonly value: number | string };
};
