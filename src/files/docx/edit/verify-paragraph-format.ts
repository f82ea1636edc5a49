import type { XmlTree } from "../../xml/scan-xml.ts";
import { childNamed, nameOf } from "../../xml/xml-tree.ts";
import type { ParagraphFormat } from "../types.ts";
import { canonicalChildren } from "./canonical-xml.ts";
import { ownParagraphFormat } from "./own-paragraph-format.ts";
import type { ResolvedParagraphFormat } from "./paragraph-format.ts";

/** The elements that a key of a format is written in. */
const written: { readonly [Key in keyof ParagraphFormat]-?: string } = {
  style: "w:pStyle",
  alignment: "w:jc",
  spaceBefore: "w:spacing",
  spaceAfter: "w:spacing",
  lineSpacing: "w:spacing",
  indentLeft: "w:ind",
  indentRight: "w:ind",
  indentFirstLine: "w:ind",
  keepWithNext: "w:keepNext",
  pageBreakBefore: "w:pageBreakBefore",
};

/** True when a paragraph has the format that was asked for, and else the properties it had. Lengths to a twentieth of a point. */
export function hasWantedParagraphFormat(
  before: { readonly tree: XmlTree; readonly element: number },
  after: { readonly tree: XmlTree; readonly element: number },
  set: ResolvedParagraphFormat,
): boolean {
  const keys = (Object.keys(written) as (keyof ParagraphFormat)[]).filter((key) => set[key] !== undefined);
  const [old, now] = [
    ownParagraphFormat(before.tree, before.element),
    ownParagraphFormat(after.tree, after.element),
  ];
  const isSame = (one: unknown, two: unknown): boolean =>
    typeof one === "number" && typeof two === "number" ? Math.abs(one - two) <= 0.05 : one === two;
  const isRight = (Object.keys(written) as (keyof ParagraphFormat)[]).every((key) => {
    if (key === "style" && set.style !== undefined)
      return now.style === (set.isDefaultStyle ? undefined : set.style);
    return isSame(now[key], keys.includes(key) ? set[key] : old[key]);
  });
  const free = new Set(keys.map((key) => written[key]));
  return isRight && restOf(before, free) === restOf(after, free);
}

function restOf({ tree, element }: { tree: XmlTree; element: number }, free: ReadonlySet<string>): string {
  const properties = childNamed(tree, element, "w:pPr");
  if (properties < 0) return "";
  return canonicalChildren(tree, properties, (child) => {
    const name = nameOf(tree, child);
    return tree.parent[child] === properties && (free.has(name) || /^w:(rPr|sectPr|pPrChange)$/.test(name));
  });
}
