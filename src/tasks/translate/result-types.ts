import type { CodedTarget, CodedText, TextUnit, UnitTarget } from "../../files/units/types.ts";
import type { CheckFinding, Rating } from "./checks/check-types.ts";
import type { MatchKind } from "./memory/find-match.ts";

/**
 * Where a segment's target came from. `source`: it stays in the source language, since no translation passed the checks
 * or there is nothing to translate in it (then it has no findings).
 */
export type SegmentOrigin = "memory" | "engine" | "source";

/** One sentence of a file and what became of it. */
export type TranslatedSegment = {
  readonly unit: string;
  /** Position in its unit, from 0. */
  readonly index: number;
  readonly kind: TextUnit["kind"];
  readonly place: string;
  readonly source: CodedText;
  readonly target: CodedTarget;
  readonly origin: SegmentOrigin;
  readonly match?: MatchKind;
  /** True when a person has read the memory's entry. */
  readonly isReviewed?: boolean;
  readonly findings: readonly CheckFinding[];
  readonly rating: Rating;
};

/** A file's units with their targets, in order. */
export type TranslatedUnits = {
  readonly targets: readonly UnitTarget[];
  readonly segments: readonly TranslatedSegment[];
};
