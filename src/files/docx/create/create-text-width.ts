import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, descend, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";

/** A4 with margins of an inch, in twips. */
const usual = { page: 11_906, margin: 1440, space: 720 } as const;

const twipsPerUnit: Readonly<Record<string, number>> = {
  mm: 56.6929,
  cm: 566.929,
  in: 1440,
  pt: 20,
  pc: 240,
  pi: 240,
};

/**
 * Width in twips of the text column at a source offset: of the table cell around it, or of the first column
 * that the section (`w:sectPr`, -1 for none) lays out (17.6.4, 17.6.13).
 */
export function textWidth(tree: XmlTree, section: number, offset: number): number {
  return cellWidth(tree, offset) ?? sectionWidth(tree, section);
}

function cellWidth(tree: XmlTree, offset: number): number | undefined {
  let width: number | undefined;
  for (let index = 0; index < tree.count && tree.start[index]! < offset; index++) {
    if (tree.end[index]! < offset || nameOf(tree, index) !== "w:tc") continue;
    const element = descend(tree, index, "w:tcPr", "w:tcW");
    const isTwips = element >= 0 && attribute(tree, element, "w:type") === "dxa";
    const twips = isTwips ? toTwips(attribute(tree, element, "w:w")) : undefined;
    // Word's usual cell margins, left and right.
    width = twips === undefined ? undefined : Math.max(0, twips - 216);
  }
  return width === undefined || width < 300 ? undefined : width;
}

function sectionWidth(tree: XmlTree, section: number): number {
  const value = (name: string, key: string): number | undefined => {
    const element = section < 0 ? -1 : childNamed(tree, section, name);
    return element < 0 ? undefined : toTwips(attribute(tree, element, key));
  };
  const page = value("w:pgSz", "w:w") ?? usual.page;
  const left = value("w:pgMar", "w:left") ?? usual.margin;
  const right = value("w:pgMar", "w:right") ?? usual.margin;
  const whole = page - Math.abs(left) - Math.abs(right) - (value("w:pgMar", "w:gutter") ?? 0);
  const width =
    firstColumn(tree, section) ?? evenColumn(whole, value("w:cols", "w:num"), value("w:cols", "w:space"));
  // A page narrower than its margins is damaged; any sane width is better than none.
  return Math.round(width >= 300 ? width : usual.page - 2 * usual.margin);
}

function firstColumn(tree: XmlTree, section: number): number | undefined {
  const columns = section < 0 ? -1 : childNamed(tree, section, "w:cols");
  if (columns < 0 || !/^(0|false|off)$/.test(attribute(tree, columns, "w:equalWidth") ?? ""))
    return undefined;
  const first = childrenOf(tree, columns)[0];
  return first === undefined ? undefined : toTwips(attribute(tree, first, "w:w"));
}

function evenColumn(whole: number, count = 1, space: number = usual.space): number {
  return count > 1 ? (whole - (count - 1) * space) / count : whole;
}

/** Twips, or a length with its unit as Strict files write it (22.9.2.14). */
function toTwips(text: string | undefined): number | undefined {
  const match = /^\s*(-?\d+(?:\.\d+)?)\s*(mm|cm|in|pt|pc|pi)?\s*$/.exec(text ?? "");
  if (match === null) return undefined;
  return Number(match[1]) * (match[2] === undefined ? 1 : twipsPerUnit[match[2]]!);
}

/** The `w:sectPr` that lays out what stands at a source offset of a body, -1 for none. */
export function sectionOf(tree: XmlTree, offset: number): number {
  return descendantsNamed(tree, 0, "w:sectPr").find((each) => tree.end[each]! > offset) ?? -1;
}
