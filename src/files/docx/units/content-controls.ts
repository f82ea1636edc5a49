import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, nameOf } from "../../xml/xml-tree.ts";
import { isOnValue } from "../read/run-styles.ts";

/** Controls whose text stands for a value, and why it is left alone (17.5.2). */
const valueControls: readonly (readonly [name: string, reason: string])[] = [
  ["w:dataBinding", "the text is bound to data of the file, which Word shows instead"],
  ["w15:dataBinding", "the text is bound to data of the file, which Word shows instead"],
  ["w:dropDownList", "the text is the choice in a drop-down list"],
  ["w:comboBox", "the text is the choice in a drop-down list"],
  ["w:date", "the text is the date of a date picker"],
  ["w14:checkbox", "the text is the state of a check box"],
  ["w:citation", "the text is a citation that Word writes"],
];

/**
 * Why the text of a content control must stay as it is; undefined where it is free. A placeholder ("Click here to…") is
 * nobody's value, whatever the control is.
 */
export function keptControl(tree: XmlTree, sdt: number): string | undefined {
  const properties = childNamed(tree, sdt, "w:sdtPr");
  if (properties < 0) return undefined;
  const placeholder = childNamed(tree, properties, "w:showingPlcHdr");
  if (placeholder >= 0 && isOnValue(attribute(tree, placeholder, "w:val"))) return undefined;
  return valueControls.find(([name]) => childNamed(tree, properties, name) >= 0)?.[1];
}

/** Why a paragraph must stay as it is: one of the content controls around it is for a value. */
export function keptAround(tree: XmlTree, paragraph: number): string | undefined {
  for (let at = tree.parent[paragraph]!; at >= 0; at = tree.parent[at]!) {
    const name = nameOf(tree, at);
    if (name === "w:txbxContent") return undefined;
    const reason = name === "w:sdt" ? keptControl(tree, at) : undefined;
    if (reason !== undefined) return reason;
  }
  return undefined;
}
