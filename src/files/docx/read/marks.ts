import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, nameOf } from "../../xml/xml-tree.ts";
import type { Marks } from "../types.ts";
import { isOnValue } from "./run-styles.ts";

const none: Marks = {};

/** The direct character formatting of a run (17.3.2). */
export function marksOf(tree: XmlTree, run: number): Marks {
  const properties = childNamed(tree, run, "w:rPr");
  if (properties < 0) return none;
  const marks: { -readonly [Key in keyof Marks]: Marks[Key] } = {};
  const end = tree.next[properties]!;
  for (let child = properties + 1; child < end; child = tree.next[child]!) {
    const value = (): string | undefined => attribute(tree, child, "w:val");
    switch (nameOf(tree, child)) {
      case "w:b":
        if (isOnValue(value())) marks.bold = true;
        break;
      case "w:i":
        if (isOnValue(value())) marks.italic = true;
        break;
      case "w:strike":
      case "w:dstrike":
        if (isOnValue(value())) marks.strike = true;
        break;
      case "w:vanish":
        if (isOnValue(value())) marks.hidden = true;
        break;
      case "w:u":
        if (value() !== "none") marks.underline = true;
        break;
      case "w:vertAlign": {
        const vertical = value();
        if (vertical === "superscript" || vertical === "subscript") marks.vertical = vertical;
        break;
      }
      case "w:rStyle": {
        const styleId = value();
        if (styleId !== undefined) marks.styleId = styleId;
        break;
      }
    }
  }
  return marks;
}
