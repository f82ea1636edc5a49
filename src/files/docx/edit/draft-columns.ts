import type { Draft, Outcome, ParagraphWork, PlacedChange, Signature } from "./draft.ts";

export function draftInsertColumn(
  _draft: Draft,
  _work: ParagraphWork,
  _change: PlacedChange<"insert-column">,
  _signature: Signature,
): Outcome {
  return { code: "unsupported", reason: "not yet", fix: "" };
}

export function draftDeleteColumn(
  _draft: Draft,
  _work: ParagraphWork,
  _change: PlacedChange<"delete-column">,
  _signature: Signature,
): Outcome {
  return { code: "unsupported", reason: "not yet", fix: "" };
}
