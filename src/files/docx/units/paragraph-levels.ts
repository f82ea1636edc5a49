import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, descend, nameOf } from "../../xml/xml-tree.ts";
import { childValue } from "../read/child-value.ts";
import { isOnValue } from "../read/run-styles.ts";
import type { StyleSheet } from "./style-traits.ts";

/** Properties (`w:pPr` or `w:rPr`) that bear on a paragraph or run, the nearest first. */
export type Levels = readonly { readonly tree: XmlTree; readonly properties: number }[];

/** The properties that styles and defaults bring to what names these styles, the strongest first (17.7.2). */
export type StyleLevels = {
  readonly paragraph: (styleId: string | undefined) => Levels;
  readonly run: (styles: {
    readonly paragraph: string | undefined;
    readonly character: string | undefined;
  }) => Levels;
};

export function readStyleLevels({ tree }: StyleSheet): StyleLevels {
  if (tree === undefined) return { paragraph: () => [], run: () => [] };
  const styles = new Map<string, number>();
  const defaults = new Map<string, string>();
  for (const style of childrenOf(tree, 0).filter((child) => nameOf(tree, child) === "w:style")) {
    const type = attribute(tree, style, "w:type") ?? "paragraph";
    const id = attribute(tree, style, "w:styleId") ?? "";
    styles.set(`${type} ${id}`, style);
    if (isOnValue(attribute(tree, style, "w:default") ?? "0")) defaults.set(type, id);
  }
  const chain = (type: string, id: string | undefined): number[] => {
    const found: number[] = [];
    // A damaged file may hold a circle of styles.
    let style = styles.get(`${type} ${id}`) ?? styles.get(`${type} ${defaults.get(type)}`);
    for (; style !== undefined && found.length < 20; ) {
      found.push(style);
      style = styles.get(`${type} ${childValue(tree, style, "w:basedOn")}`);
    }
    return found;
  };
  const levels = (chained: readonly number[], name: string, last: number): Levels =>
    [...chained.map((style) => childNamed(tree, style, name)), last]
      .filter((properties) => properties >= 0)
      .map((properties) => ({ tree, properties }));
  const ofParagraphs = descend(tree, 0, "w:docDefaults", "w:pPrDefault", "w:pPr");
  const ofRuns = descend(tree, 0, "w:docDefaults", "w:rPrDefault", "w:rPr");
  return {
    paragraph: (styleId) => levels(chain("paragraph", styleId), "w:pPr", ofParagraphs),
    run: ({ paragraph, character }) =>
      levels([...chain("character", character), ...chain("paragraph", paragraph)], "w:rPr", ofRuns),
  };
}

/** The attribute of the nearest level whose element of that name has it; `w:spacing` and `w:ind` are joined so. */
export function nearestValue(levels: Levels, name: string, attributeName = "w:val"): string | undefined {
  for (const { tree, properties } of levels) {
    const element = childNamed(tree, properties, name);
    const value = element < 0 ? undefined : attribute(tree, element, attributeName);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** What the nearest level that has an on/off element says. */
export function nearestToggle(levels: Levels, name: string): boolean {
  for (const { tree, properties } of levels) {
    const element = childNamed(tree, properties, name);
    if (element >= 0) return isOnValue(attribute(tree, element, "w:val"));
  }
  return false;
}
