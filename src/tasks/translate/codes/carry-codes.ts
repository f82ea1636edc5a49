import { paint } from "../../../files/units/paint.ts";
import type { CodedTarget, CodedText } from "../../../files/units/types.ts";
import type { TagSupport } from "../../../models/translation/translation-engine.ts";
import { decode } from "./decode.ts";
import { placeAllProportionally } from "./place-proportionally.ts";
import type { Repair } from "./repair.ts";
import { type CarriedBy, type RestoreOptions, restoreCodes } from "./restore-codes.ts";

/** A segment's target, how its codes got their places, and what was wrong with them in the engine's answer. */
export type CarriedCodes = {
  readonly target: CodedTarget;
  readonly how: CarriedBy;
  readonly notes: readonly (Repair | { readonly id: string; readonly fault: "missing" | "unpaintable" })[];
};

/**
 * A segment's codes in an engine's answer to `encodeFor(tags, segment)`. Never throws; the target can be painted unless the
 * answer is empty or has fewer characters than the segment has spans side by side.
 */
export function carryCodes(
  segment: CodedText,
  answer: string,
  tags: TagSupport,
  options: RestoreOptions = {},
): CarriedCodes {
  const decoded = decode(tags, segment, answer);
  if (segment.spans.length === 0 && segment.atoms.length === 0)
    return { target: decoded.target, how: "trimmed", notes: decoded.repaired };
  const { target, how } = restoreCodes(segment, decoded, options);
  const missing = decoded.missing.map((id) => ({ id, fault: "missing" as const }));
  const notes = [...decoded.repaired, ...missing];
  const { flagged } = paint(segment, target);
  if (flagged === undefined) return { target, how, notes };
  return {
    target: placeAllProportionally(segment, target.text),
    how: "proportional",
    notes: [...notes, { id: /\d+/.exec(flagged)?.[0] ?? "", fault: "unpaintable" }],
  };
}
