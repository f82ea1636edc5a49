import { type Change, findQuote, openFile, planChanges } from "../src/files/index.ts";
import { type SentenceEdit, sentenceEdits } from "./large-document.ts";

/** The job that is measured: open, tracked replacements, verify, save. */
export function editWithTandem(
  bytes: Uint8Array,
  edits: readonly SentenceEdit[] = sentenceEdits(),
): Uint8Array {
  const document = openFile(bytes);
  const changes = edits.map(({ before, after }): Change => {
    return { kind: "replace", at: findQuote(document, before), text: after };
  });
  const plan = planChanges(document, changes, { author: "Bench", date: new Date("2026-01-02T03:04:05Z") });
  if (plan.refused.length > 0) throw new Error(`the edit was refused: ${plan.refused[0]?.reason}`);
  return plan.save().bytes;
}
