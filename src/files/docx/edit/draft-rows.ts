import type { Draft, Outcome, ParagraphWork, PlacedChange, Signature } from "./draft.ts";

export function draftInsertRow(
  _draft: Draft,
  _work: ParagraphWork,
  _change: PlacedChange<"insert-row">,
  _signature: Signature,
): Outcome {
  return { code: "unsupported", reason: "not yet", fix: "" };
}

export function draftDeleteRow(
  _draft: Draft,
  _work: ParagraphWork,
  _change: PlacedChange<"delete-row">,
  _signature: Signature,
): Outcome {
  return { code: "unsupported", reason: "not yet", fix: "" };
}
