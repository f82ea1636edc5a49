import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { attributesOf, childrenOf, isSelfClosing, nameOf } from "../../xml/xml-tree.ts";

const named = (names: string): ReadonlySet<string> => new Set(names.split(" ").map((name) => `w:${name}`));

/** What the schema puts behind an element in its parent (17.3.1.26, 17.4.59, 17.6.17, 17.3.2.28). */
export const behind: Readonly<Record<"bidi" | "bidiVisual" | "sectionBidi" | "lang", ReadonlySet<string>>> = {
  bidi: named(
    "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
  ),
  bidiVisual: named(
    "tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
  ),
  sectionBidi: named("rtlGutter docGrid printerSettings sectPrChange"),
  lang: named("eastAsianLayout specVanish oMath rPrChange"),
};

/** Puts an element into its parent, before the first child that the schema puts behind it. */
export function insertChild(
  tree: XmlTree,
  parent: number,
  xml: string,
  followers: ReadonlySet<string>,
): Splice {
  if (isSelfClosing(tree, parent)) {
    const [start, end] = [tree.start[parent]!, tree.end[parent]!];
    const open = tree.source.slice(start, end).replace(/\s*\/>$/, ">");
    const name = tree.source.slice(start + 1, tree.nameEnd[parent]!);
    return { start, end, text: `${open}${xml}</${name}>` };
  }
  const next = childrenOf(tree, parent).find((child) => followers.has(nameOf(tree, child)));
  const at = next === undefined ? tree.closeStart[parent]! : tree.start[next]!;
  return { start: at, end: at, text: xml };
}

/** Sets one attribute of an element, by its canonical name; `written` is the name as this part spells it. */
export function setAttribute(
  tree: XmlTree,
  element: number,
  { name, written, value }: { readonly name: string; readonly written: string; readonly value: string },
): Splice | undefined {
  const found = attributesOf(tree, element).find((each) => each.name === name);
  if (found?.value === value) return undefined;
  if (found === undefined) {
    const at = tree.nameEnd[element]!;
    return { start: at, end: at, text: ` ${written}="${value}"` };
  }
  const own = tree.source.slice(found.start, found.end).split("=")[0]!.trimEnd();
  return { start: found.start, end: found.end, text: `${own}="${value}"` };
}
