import { findQuote, openFile, planChanges } from "../src/files/index.ts";
import { editedSentence } from "./large-document.ts";

/** The job that is measured: open, one tracked replacement, verify, save. */
export function editWithTandem(bytes: Uint8Array): Uint8Array {
  const document = openFile(bytes);
  const at = findQuote(document, editedSentence.before);
  const plan = planChanges(document, [{ kind: "replace", at, text: editedSentence.after }], {
    author: "Bench",
    date: new Date("2026-01-02T03:04:05Z"),
  });
  if (plan.refused.length > 0) throw new Error(`the edit was refused: ${plan.refused[0]?.reason}`);
  return plan.save().bytes;
}
