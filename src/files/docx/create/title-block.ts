import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { attribute, descend, descendantsNamed } from "../../xml/xml-tree.ts";
import { createMarkup } from "../edit/markup.ts";
import type { ContentBlock, DocumentProperties } from "./content.ts";
import type { Insertion } from "./create-insertion.ts";
import { ownTexts, paragraphText } from "./create-placeholders.ts";
import type { StyleSheet } from "./create-style-sheet.ts";
import { isBoundTo, readControls } from "./read-controls.ts";
import { readFields } from "./story-fields.ts";

/** The word itself where a title goes, as people leave it in templates. */
const titleWords =
  /^(title|document title|titel|dokumenttitel|titre|titre du document|título|título do documento|título del documento|titolo|titolo del documento)$/i;

/** Puts the title into the paragraphs of the kept text that have the title's style and only stand for one. */
export function titleSplices(
  tree: XmlTree,
  insertion: Insertion,
  sheet: StyleSheet,
  { title }: DocumentProperties,
): Splice[] {
  if (title === undefined || title.trim() === "") return [];
  const markup = createMarkup(tree);
  return titleParagraphs(tree, insertion, sheet).flatMap((paragraph) => {
    const [first, ...others] = ownTexts(tree, paragraph);
    if (first === undefined) return [];
    return [first, ...others].map((element) => ({
      start: tree.start[element]!,
      end: tree.end[element]!,
      text: element === first ? markup.text("w:t", title.replace(/\s+/g, " ")) : "",
    }));
  });
}

function titleParagraphs(tree: XmlTree, { start, end }: Insertion, sheet: StyleSheet): number[] {
  const styleId = sheet.find("paragraph", "Title");
  if (styleId === undefined) return [];
  return descendantsNamed(tree, 0, "w:p").filter((paragraph) => {
    if (tree.start[paragraph]! >= start && tree.end[paragraph]! <= end) return false;
    const style = descend(tree, paragraph, "w:pPr", "w:pStyle");
    if (style < 0 || attribute(tree, style, "w:val") !== styleId) return false;
    if (descendantsNamed(tree, paragraph, "w:sdt").length > 0 || isInControl(tree, paragraph)) return false;
    const text = paragraphText(tree, ownTexts(tree, paragraph)).trim();
    return (
      titleWords.test(text.replace(/^[[<«({]+|[\]>»)}]+$/g, "").trim()) ||
      /^(\[[^\]]+\]|<[^>]+>|«[^»]+»)$/.test(text)
    );
  });
}

function isInControl(tree: XmlTree, element: number): boolean {
  for (let at = tree.parent[element]!; at >= 0; at = tree.parent[at]!)
    if (tree.names[tree.name[at]!] === "w:sdt") return true;
  return false;
}

/** True when the text before the new content shows the title by itself: in a control, a field or its own paragraph. */
export function showsTitle(tree: XmlTree, insertion: Insertion, sheet: StyleSheet): boolean {
  const isBefore = (element: number): boolean => tree.end[element]! <= insertion.start;
  return (
    titleParagraphs(tree, insertion, sheet).some(isBefore) ||
    readControls(tree).some((control) => isBefore(control.element) && isBoundTo(control, "title")) ||
    readFields(tree).some(
      ({ code, begin }) => isBefore(begin) && /^\s*(TITLE|DOCPROPERTY\s+"?Title"?)\s*(\\|$)/i.test(code),
    ) ||
    descendantsNamed(tree, 0, "w:p").some(
      (each) => isBefore(each) && /\{\{\s*title\s*\}\}/i.test(paragraphText(tree, ownTexts(tree, each))),
    )
  );
}

/** The blocks without a first paragraph that only says the title again. */
export function withoutTitle(
  blocks: readonly ContentBlock[],
  { title }: DocumentProperties,
): readonly ContentBlock[] {
  const [first, ...rest] = blocks;
  if (first?.kind !== "paragraph" || first.style?.toLowerCase() !== "title") return blocks;
  const flat = (text: string): string => text.replace(/\s+/g, " ").trim();
  const text = flat(first.runs.map((run) => run.text).join(""));
  return text === flat(title ?? "") ? rest : blocks;
}
