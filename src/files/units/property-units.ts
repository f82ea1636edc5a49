import { hasPart, isRelationshipType, type OpcPackage, relationshipsOf } from "../opc/opc-package.ts";
import type { XmlTree } from "../xml/scan-xml.ts";
import { escapeText, isXmlText } from "../xml/xml-text.ts";
import { childrenOf, nameOf, textOf } from "../xml/xml-tree.ts";
import { unwritable } from "./attribute-units.ts";
import { hasLetters, plainUnit, type UnitSite } from "./unit-site.ts";

/** Properties that people read and write, by element (ECMA-376-2, 8.3.4). */
const properties: ReadonlyMap<string, string> = new Map([
  ["dc:title", "title"],
  ["dc:subject", "subject"],
  ["dc:description", "description"],
  ["cp:keywords", "keywords"],
]);

/** The part with the file's title, subject, keywords and description; undefined when it has none. */
export function corePropertiesPart(opc: OpcPackage): string | undefined {
  const part = relationshipsOf(opc, "/").find((each) => isRelationshipType(each, "core-properties"))?.target;
  return part !== undefined && hasPart(opc, part) ? part : undefined;
}

/** Title, subject, keywords and description. `part` and `tree` are those of `corePropertiesPart`. */
export function propertySites(tree: XmlTree, part: string): UnitSite[] {
  return childrenOf(tree, 0).flatMap((element) => {
    const property = properties.get(nameOf(tree, element));
    if (property === undefined) return [];
    return elementTextSite(tree, part, element, { kind: "property", place: `document ${property}` });
  });
}

/** The text of an element without children as a unit; none where it has children or nothing to translate. */
export function elementTextSite(
  tree: XmlTree,
  part: string,
  element: number,
  about: Pick<UnitSite["unit"], "kind" | "place"> & Partial<UnitSite["unit"]>,
): UnitSite[] {
  if (tree.next[element] !== element + 1) return [];
  const text = textOf(tree, element);
  if (!hasLetters(text)) return [];
  const range = { start: tree.openEnd[element]!, end: tree.closeStart[element]! };
  return [
    {
      unit: plainUnit({ ...about, id: `${part}#${element}`, text }),
      part,
      write: (target) => {
        if (!isXmlText(target.text)) return { kind: "refused", reason: unwritable };
        if (target.text === text) return { kind: "written", splices: [] };
        return { kind: "written", splices: [{ ...range, text: xmlText(target.text) }] };
      },
    },
  ];
}

/** Character data that is read back as the same text: a bare carriage return would not be (XML 1.0, 2.11). */
export function xmlText(text: string): string {
  return escapeText(text).replaceAll("\r", "&#13;");
}
