import type { WordDocument } from "../types.ts";
import type { ParagraphWork, PlacedChange, Signature } from "./draft.ts";
import type { EditContext, RefusalReason } from "./run-edit.ts";

/** A new table's XML and the texts of its paragraphs. */
export function newTable(
  _context: EditContext,
  _document: WordDocument,
  _work: ParagraphWork,
  _change: PlacedChange<"insert-table">,
  _revision: Signature,
): { readonly xml: string; readonly lines: readonly string[] } | RefusalReason {
  return { code: "unsupported", reason: "not yet", fix: "" };
}
