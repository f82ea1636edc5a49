import { hasPart, isRelationshipType, readPart, relationshipsOf } from "../../opc/opc-package.ts";
import { decodePart } from "../../opc/part-text.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { attribute, descend, nameOf } from "../../xml/xml-tree.ts";
import type { WordDocument } from "../types.ts";
import { childValue } from "./child-value.ts";

/** What we need to know of a paragraph style (17.7.4); `undefined` fields are inherited. */
export type ParagraphStyle = {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly basedOn?: string;
  readonly next?: string;
  /** 0 to 8 are heading levels 1 to 9; 9 is body text. */
  readonly outlineLevel?: number;
  readonly numberingId?: string;
  readonly numberingLevel?: number;
};

/** The XML of the part that the main part relates to by that word (`styles`, `numbering`), or undefined. */
export function relatedTree(document: WordDocument, word: string): XmlTree | undefined {
  const relationship = relationshipsOf(document.package, document.mainPart).find(
    (each) => !each.isExternal && isRelationshipType(each, word),
  );
  if (relationship === undefined || !hasPart(document.package, relationship.target)) return undefined;
  const { text } = decodePart(readPart(document.package, relationship.target), relationship.target);
  return scanXml(text, document.package.limits.depth);
}

/** The document's paragraph styles by id. */
export function readStyles(document: WordDocument): ReadonlyMap<string, ParagraphStyle> {
  const tree = relatedTree(document, "styles");
  const styles = new Map<string, ParagraphStyle>();
  if (tree === undefined) return styles;
  for (
    let index = 0;
    index < tree.count;
    index = nameOf(tree, index) === "w:style" ? tree.next[index]! : index + 1
  ) {
    if (nameOf(tree, index) !== "w:style" || attribute(tree, index, "w:type") !== "paragraph") continue;
    const style = readStyle(tree, index);
    styles.set(style.id, style);
  }
  return styles;
}

function readStyle(tree: XmlTree, index: number): ParagraphStyle {
  const value = (...path: string[]): string | undefined => childValue(tree, index, ...path);
  const id = attribute(tree, index, "w:styleId") ?? "";
  const numberingId = value("w:pPr", "w:numPr", "w:numId");
  const isNumbered = descend(tree, index, "w:pPr", "w:numPr") >= 0;
  return {
    id,
    name: value("w:name") ?? id,
    isDefault: /^(1|true|on)$/.test(attribute(tree, index, "w:default") ?? ""),
    ...defined("basedOn", value("w:basedOn")),
    ...defined("next", value("w:next")),
    ...defined("outlineLevel", numberOf(value("w:pPr", "w:outlineLvl"))),
    ...defined("numberingId", numberingId),
    ...(isNumbered && { numberingLevel: numberOf(value("w:pPr", "w:numPr", "w:ilvl")) ?? 0 }),
  };
}

/** One property of a style or of the nearest style it is based on. */
export function inherited<Key extends keyof ParagraphStyle>(
  styles: ReadonlyMap<string, ParagraphStyle>,
  styleId: string | undefined,
  key: Key,
): ParagraphStyle[Key] | undefined {
  let style = styleId === undefined ? undefined : styles.get(styleId);
  // A damaged file may hold a circle of styles.
  for (let step = 0; style !== undefined && step < 20; step++) {
    if (style[key] !== undefined) return style[key];
    style = style.basedOn === undefined ? undefined : styles.get(style.basedOn);
  }
  return undefined;
}

/** The heading level, 1 to 9, of a style: its outline level, or its built-in name. */
export function headingLevelOf(
  styles: ReadonlyMap<string, ParagraphStyle>,
  styleId: string | undefined,
): number | undefined {
  const level = inherited(styles, styleId, "outlineLevel");
  if (level !== undefined) return level < 9 ? level + 1 : undefined;
  const name = styleId === undefined ? undefined : styles.get(styleId)?.name;
  const digit = /^heading ([1-9])$/i.exec(name ?? "")?.[1];
  return digit === undefined ? undefined : Number(digit);
}

export function numberOf(text: string | undefined): number | undefined {
  const value = text === undefined ? Number.NaN : Number.parseInt(text, 10);
  return Number.isNaN(value) ? undefined : value;
}

function defined<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: Value });
}
