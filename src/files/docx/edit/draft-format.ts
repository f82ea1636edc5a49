import type { Draft, Outcome, ParagraphWork, PlacedChange, Signature } from "./draft.ts";

export function draftFormat(
  _draft: Draft,
  _work: ParagraphWork,
  _change: PlacedChange<"format">,
  _signature: Signature,
): Outcome {
  return { code: "unsupported", reason: "not yet", fix: "" };
}
