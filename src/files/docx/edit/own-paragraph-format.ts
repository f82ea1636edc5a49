import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed } from "../../xml/xml-tree.ts";
import type { ParagraphFormat } from "../types.ts";

/** A paragraph's format as far as it is set on the paragraph itself; the style by its id. */
export type OwnParagraphFormat = {
  readonly [Key in keyof ParagraphFormat]?: ParagraphFormat[Key] | undefined;
};

const alignments: Readonly<Record<string, NonNullable<ParagraphFormat["alignment"]>>> = {
  left: "left",
  start: "left",
  center: "center",
  right: "right",
  end: "right",
  both: "justify",
};

/** Reads the properties of a `w:p` (17.3.1.26); lengths in points, what is not set is undefined. */
export function ownParagraphFormat(tree: XmlTree, paragraph: number): OwnParagraphFormat {
  const properties = childNamed(tree, paragraph, "w:pPr");
  const value = (element: string, name = "w:val"): string | undefined => {
    const found = properties < 0 ? -1 : childNamed(tree, properties, element);
    return found < 0 ? undefined : attribute(tree, found, name);
  };
  const length = (element: string, ...names: readonly string[]): number | undefined => {
    const text = names.map((name) => value(element, name)).find((each) => each !== undefined);
    return text === undefined ? undefined : Number(text) / 20;
  };
  const isOn = (element: string): boolean | undefined => {
    if (properties < 0 || childNamed(tree, properties, element) < 0) return undefined;
    return !/^(0|false|off)$/.test(value(element) ?? "1");
  };
  const lines = value("w:spacing", "w:line");
  const hanging = length("w:ind", "w:hanging");
  return {
    style: value("w:pStyle"),
    alignment: alignments[value("w:jc") ?? ""],
    spaceBefore: length("w:spacing", "w:before"),
    spaceAfter: length("w:spacing", "w:after"),
    lineSpacing: lines === undefined ? undefined : Number(lines) / 240,
    indentLeft: length("w:ind", "w:left", "w:start"),
    indentRight: length("w:ind", "w:right", "w:end"),
    indentFirstLine: hanging === undefined ? length("w:ind", "w:firstLine") : -hanging,
    keepWithNext: isOn("w:keepNext"),
    pageBreakBefore: isOn("w:pageBreakBefore"),
  };
}
