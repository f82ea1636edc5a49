import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childrenOf, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import { endsSection } from "../edit/paragraph-marks.ts";
import { contentKey, formatKey, isIgnored, type KeySource } from "./content-key.ts";

/**
 * What a field over several paragraphs begins with (a table of contents: its code), when it begins with the first of
 * them and ends with the last, so that those between can come and go. "" for other groups, which stay whole.
 */
export function groupHead(source: KeySource, elements: readonly number[]): string {
  const { tree } = source;
  const last = elements.length - 1;
  const isPlain = elements.every(
    (element, index) =>
      nameOf(tree, element) === "w:p" &&
      !endsSection(tree, element) &&
      openFields(tree, element) === (index === 0 ? 1 : index === last ? -1 : 0),
  );
  return isPlain && endsWithField(tree, elements[last]!) ? headOf(source, elements[0]!) : "";
}

/** Fields that begin in the element less those that end in it (17.16.18). */
export function openFields(tree: XmlTree, element: number): number {
  let depth = 0;
  for (const field of descendantsNamed(tree, element, "w:fldChar")) {
    const type = attribute(tree, field, "w:fldCharType");
    if (type === "begin") depth++;
    else if (type === "end") depth--;
  }
  return depth;
}

type Piece = { readonly run: number; readonly element: number };

/** The children of the runs of a paragraph; undefined from the first other child on. */
function* runPieces(tree: XmlTree, children: readonly number[]): Generator<Piece | undefined> {
  for (const child of children) {
    const name = nameOf(tree, child);
    if (name === "w:pPr" || isIgnored(name)) continue;
    if (name !== "w:r") {
      yield undefined;
      continue;
    }
    for (const element of childrenOf(tree, child)) {
      const kind = nameOf(tree, element);
      if (kind !== "w:rPr" && !isIgnored(kind)) yield { run: child, element };
    }
  }
}

function headOf(source: KeySource, paragraph: number): string {
  const { tree } = source;
  let key = "";
  for (const piece of runPieces(tree, childrenOf(tree, paragraph))) {
    if (piece === undefined) return "";
    const type = attribute(tree, piece.element, "w:fldCharType");
    const isCode = nameOf(tree, piece.element) === "w:instrText";
    if (!isCode && type !== (key === "" ? "begin" : "separate")) return "";
    key += `[${formatKey(source, piece.run)}]${contentKey(source, piece.element)}`;
    if (type === "separate") return key;
  }
  return "";
}

function endsWithField(tree: XmlTree, paragraph: number): boolean {
  const last = [...runPieces(tree, childrenOf(tree, paragraph))].at(-1);
  return last !== undefined && attribute(tree, last.element, "w:fldCharType") === "end";
}
