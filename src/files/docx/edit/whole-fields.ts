import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, nameOf, textOf } from "../../xml/xml-tree.ts";
import type { Inline, Piece } from "../read/read-inline.ts";
import type { RunEdit } from "./run-edit.ts";

/** A complex field that begins and ends in one paragraph (17.16.18): its pieces from `begin` to `end`. */
export type WholeField = {
  readonly pieces: readonly Piece[];
  /** Offsets of what it shows in the paragraph's final text. */
  readonly start: number;
  readonly end: number;
  readonly code: string;
};

/** The complex fields that can be taken out whole; a field in another one's code can go only with that one. */
export function wholeFields(tree: XmlTree, inline: Inline): WholeField[] {
  const { pieces } = inline;
  const fields: WholeField[] = [];
  const open: { readonly from: number; code: string; hasResult: boolean }[] = [];
  pieces.forEach((piece, index) => {
    if (!piece.isFieldCode) return;
    const type = attribute(tree, piece.element, "w:fldCharType");
    const inner = open.at(-1);
    if (type === "begin") open.push({ from: index, code: "", hasResult: false });
    else if (type === "separate" && inner !== undefined) inner.hasResult = true;
    else if (type === undefined && inner?.hasResult === false) inner.code += textOf(tree, piece.element);
    else if (type === "end" && inner !== undefined) {
      open.pop();
      const own = pieces.slice(inner.from, index + 1);
      const field = { pieces: own, start: own[0]!.start, end: piece.end, code: inner.code };
      if (isDeletable(tree, inline, own)) fields.push(field);
    }
  });
  return fields;
}

/**
 * False where something around the field or in it is not ours to delete. The `end` of a field that stands in no locked
 * place has the lock of an object and no other.
 */
function isDeletable(tree: XmlTree, inline: Inline, pieces: readonly Piece[]): boolean {
  const isFree = pieces.at(-1)!.lock === "object";
  const present = pieces.filter((piece) => piece.deleted === undefined && piece.kind !== "marker");
  const isWhole = pieces.every((piece) => !piece.isFieldCode || piece.deleted === undefined);
  return (
    isFree &&
    isWhole &&
    present.every(
      (piece) =>
        piece.run >= 0 &&
        (piece.lock === undefined || piece.lock === "field" || piece.lock === "object") &&
        simpleFieldAround(tree, inline, piece) < 0,
    )
  );
}

/** The `w:fldSimple` around a piece, or -1. */
export function simpleFieldAround(tree: XmlTree, inline: Inline, piece: Piece): number {
  for (let at = tree.parent[piece.element]!; at > inline.element; at = tree.parent[at]!) {
    if (nameOf(tree, at) === "w:fldSimple") return at;
  }
  return -1;
}

const number = /\p{Nd}/u;

/**
 * True when the edit takes the field away: it covers all that the field shows. Other words instead of a field's result
 * and nothing else, or another number for its number, would be a computed text typed over. What stands in a form field
 * can go alone, as from a content control.
 */
export function takesField(inline: Inline, field: WholeField, edit: RunEdit): boolean {
  const { start, end } = field;
  if (edit.objects === "all") return true;
  if (start === end) return edit.objects === "inside" && edit.start < start && end < edit.end;
  if (edit.start > start || edit.end < end) return false;
  const isExact = edit.start === start && edit.end === end;
  if (edit.text === "") return !(isExact && /^\s*FORMTEXT\b/i.test(field.code));
  return !isExact && !(number.test(edit.text) && number.test(inline.finalText.slice(start, end)));
}
