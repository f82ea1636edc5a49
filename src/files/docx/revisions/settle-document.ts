import { encodePart } from "../../opc/part-text.ts";
import { savePackage } from "../../opc/save-package.ts";
import type { TrackedChange, WordDocument } from "../types.ts";
import { type SettleAction, settleTree } from "./settle-part.ts";
import { revisionParts } from "./settle-parts.ts";
import { type TrackedChangeEntry, trackedChangeEntries } from "./tracked-changes.ts";

export type SettleChangesOptions = {
  readonly action: SettleAction;
  /** The changes to settle; both halves of a move go together. Defaults to all. */
  readonly which?: (change: TrackedChange) => boolean;
};

/**
 * The file with its tracked changes accepted or rejected. Only the parts that hold such changes are rewritten,
 * and in them only the changes; when none matches, the same bytes come back.
 */
export function settleChanges(document: WordDocument, options: SettleChangesOptions): Uint8Array {
  const { action, which } = options;
  const chosen = which ? chosenElements(trackedChangeEntries(document), which) : undefined;
  const replaced = new Map<string, Uint8Array>();
  for (const { name, encoding, tree } of revisionParts(document)) {
    const elements = chosen?.get(name);
    if (chosen && !elements) continue;
    const text = settleTree(tree, { action, ...(elements && { which: ({ index }) => elements.has(index) }) });
    if (text !== tree.source) replaced.set(name, encodePart({ text, encoding }));
  }
  return savePackage(document.package, replaced);
}

function chosenElements(
  entries: readonly TrackedChangeEntry[],
  which: (change: TrackedChange) => boolean,
): Map<string, Set<number>> {
  const picked = new Set(entries.filter(({ change }) => which(change)));
  const moves = new Set([...picked].flatMap(({ move }) => (move === undefined ? [] : [move])));
  const elements = new Map<string, Set<number>>();
  for (const entry of entries) {
    if (!picked.has(entry) && !(entry.move !== undefined && moves.has(entry.move))) continue;
    const ofPart = elements.get(entry.change.part) ?? new Set();
    for (const index of entry.elements) ofPart.add(index);
    elements.set(entry.change.part, ofPart);
  }
  return elements;
}
