import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { ancestorNamed, attribute, childNamed, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import { isOnValue } from "../read/run-styles.ts";
import { behind, insertChild } from "./insert-child.ts";
import type { StyleTraits } from "./style-traits.ts";

/** An element of WordprocessingML in the part's spelling. */
export type WriteElement = (name: string, attributes?: Readonly<Record<string, string>>) => string;

/** What of a paragraph's properties is to change: a splice in them, or properties for one that has none. */
export type ParagraphDirection =
  | { readonly kind: "none" }
  | { readonly kind: "splice"; readonly splice: Splice }
  | { readonly kind: "new"; readonly xml: string };

/**
 * Makes a paragraph right-to-left, or left-to-right again. Alignment and indents need no change: in a paragraph of the
 * other direction "left" and "right" change sides with it (17.3.1.12, 17.3.1.13).
 */
export function paragraphDirection(
  tree: XmlTree,
  paragraph: number,
  options: { readonly isRightToLeft: boolean; readonly style: StyleTraits; readonly element: WriteElement },
): ParagraphDirection {
  const { isRightToLeft, element } = options;
  const properties = childNamed(tree, paragraph, "w:pPr");
  const own = properties < 0 ? -1 : childNamed(tree, properties, "w:bidi");
  const inherited = options.style.isBidi ?? false;
  const current = own < 0 ? inherited : isOnValue(attribute(tree, own, "w:val"));
  if (current === isRightToLeft) return { kind: "none" };
  const wanted =
    inherited === isRightToLeft
      ? ""
      : isRightToLeft
        ? element("w:bidi")
        : element("w:bidi", { "w:val": "0" });
  if (own >= 0)
    return { kind: "splice", splice: { start: tree.start[own]!, end: tree.end[own]!, text: wanted } };
  if (properties >= 0) return { kind: "splice", splice: insertChild(tree, properties, wanted, behind.bidi) };
  return { kind: "new", xml: wanted };
}

/** Mirrors the tables around the written paragraphs, and the sections of a part with any. */
export function layoutDirection(
  tree: XmlTree,
  written: readonly number[],
  options: { readonly isRightToLeft: boolean; readonly element: WriteElement },
): Splice[] {
  const tables = new Set<number>();
  for (const paragraph of written) {
    const table = tableAround(tree, paragraph);
    if (table >= 0) tables.add(table);
  }
  const splices = [...tables].flatMap((table) => {
    const properties = childNamed(tree, table, "w:tblPr");
    return properties < 0 ? [] : switched(tree, properties, "w:bidiVisual", behind.bidiVisual, options);
  });
  if (written.length === 0) return splices;
  const sections = descendantsNamed(tree, 0, "w:sectPr").filter(
    (section) => nameOf(tree, tree.parent[section]!) !== "w:sectPrChange",
  );
  return [
    ...splices,
    ...sections.flatMap((section) => switched(tree, section, "w:bidi", behind.sectionBidi, options)),
  ];
}

/** The table that a paragraph is in; that around its text box is another matter. */
function tableAround(tree: XmlTree, paragraph: number): number {
  const table = ancestorNamed(tree, paragraph, "w:tbl");
  const box = ancestorNamed(tree, paragraph, "w:txbxContent");
  return box > table ? -1 : table;
}

function switched(
  tree: XmlTree,
  parent: number,
  name: string,
  followers: ReadonlySet<string>,
  { isRightToLeft, element }: { readonly isRightToLeft: boolean; readonly element: WriteElement },
): Splice[] {
  const own = childNamed(tree, parent, name);
  const current = own >= 0 && isOnValue(attribute(tree, own, "w:val"));
  if (current === isRightToLeft) return [];
  const text = isRightToLeft ? element(name) : "";
  if (own >= 0) return [{ start: tree.start[own]!, end: tree.end[own]!, text }];
  return [insertChild(tree, parent, text, followers)];
}
