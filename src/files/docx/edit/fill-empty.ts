import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { childrenOf, descend, isSelfClosing, nameOf, openTag, outerXml } from "../../xml/xml-tree.ts";
import { contentControlLock, type Inline } from "../read/read-inline.ts";
import { revisionAttributes } from "./markup.ts";
import type { EditContext, RunEdit } from "./run-edit.ts";

/** True for a paragraph that shows nothing and that new text can stand in: not in a field, not in a locked control. */
export function canFill(tree: XmlTree, inline: Inline): boolean {
  const { element, finalText, pieces, isFieldOpenAtStart, isFieldOpenAtEnd } = inline;
  if (finalText !== "" || isFieldOpenAtStart || isFieldOpenAtEnd) return false;
  if (pieces.some(({ lock }) => lock === "content-control")) return false;
  for (let at = tree.parent[element]!; at > 0 && nameOf(tree, at) !== "w:txbxContent"; at = tree.parent[at]!)
    if (nameOf(tree, at) === "w:sdt" && contentControlLock(tree, at) !== undefined) return false;
  return true;
}

/** New text at the end of a paragraph without any, in the formatting of its mark (17.3.1.29). */
export function fillEmpty(context: EditContext, inline: Inline, edit: RunEdit): Splice[] {
  const { tree, markup } = context;
  const { element } = inline;
  if (edit.text === "" || !canFill(tree, inline)) return [];
  const run = markup.run(markProperties(context, element), edit.text);
  const attributes = revisionAttributes({ id: context.ids(), ...edit.revision });
  const inserted = context.mode === "direct" ? run : markup.element("w:ins", attributes, run);
  const content = (edit.before ?? "") + inserted + (edit.after ?? "");
  if (!isSelfClosing(tree, element))
    return [{ start: tree.closeStart[element]!, end: tree.closeStart[element]!, text: content }];
  const open = openTag(tree, element).slice(0, -2).trimEnd();
  const text = `${open}>${content}</${markup.name("w:p")}>`;
  return [{ start: tree.start[element]!, end: tree.end[element]!, text }];
}

/** What belongs to the mark alone: its own pending changes, and that it is hidden. */
const ofTheMark = /^w:(ins|del|moveFrom|moveTo|rPrChange|vanish|specVanish)$/;

function markProperties({ tree, markup }: EditContext, paragraph: number): string {
  const properties = descend(tree, paragraph, "w:pPr", "w:rPr");
  if (properties < 0) return "";
  const own = childrenOf(tree, properties).filter((child) => !ofTheMark.test(nameOf(tree, child)));
  const content = own.map((child) => outerXml(tree, child)).join("");
  return content === "" ? "" : markup.element("w:rPr", {}, content);
}
