import { hasPart, isRelationshipType, type OpcPackage, relationshipsOf } from "../../opc/opc-package.ts";
import { xmlPart } from "../../units/unit-parts.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { attribute, childNamed, childrenOf, descend, nameOf, textOf } from "../../xml/xml-tree.ts";
import { createMarkup } from "../edit/markup.ts";
import { isOnValue } from "../read/run-styles.ts";
import { behind, insertChild, setAttribute } from "./insert-child.ts";
import { isSameTag } from "./run-properties.ts";
import type { StyleSheet } from "./style-traits.ts";
import type { WordLanguage } from "./word-language.ts";

/** Splices that make the target's language that of the defaults and of the default paragraph style (17.7.5.1). */
export function styleLanguageSplices({ tree }: StyleSheet, language: WordLanguage): Splice[] {
  if (tree === undefined) return [];
  const markup = createMarkup(tree);
  const written = { "w:lang": markup.name("w:lang") };
  const defaults = descend(tree, 0, "w:docDefaults", "w:rPrDefault", "w:rPr");
  const styles = childrenOf(tree, 0)
    .filter((child) => nameOf(tree, child) === "w:style" && isDefaultParagraph(tree, child))
    .map((style) => descend(tree, style, "w:rPr", "w:lang"))
    .filter((lang) => lang >= 0);
  const lang = defaults < 0 ? -1 : childNamed(tree, defaults, "w:lang");
  const added =
    defaults >= 0 && lang < 0
      ? [
          insertChild(
            tree,
            defaults,
            markup.element("w:lang", { [language.attribute]: language.tag }),
            behind.lang,
          ),
        ]
      : [];
  return [
    ...added,
    ...[...(lang < 0 ? [] : [lang]), ...styles].flatMap((element) =>
      languageSplice(tree, element, language, written["w:lang"]),
    ),
  ];
}

function isDefaultParagraph(tree: XmlTree, style: number): boolean {
  const isDefault = attribute(tree, style, "w:default");
  return (
    isDefault !== undefined &&
    isOnValue(isDefault) &&
    (attribute(tree, style, "w:type") ?? "paragraph") === "paragraph"
  );
}

/** Splices in the settings: the language for which the theme's fonts are chosen (17.15.1.88). */
export function settingsLanguageSplices(tree: XmlTree, language: WordLanguage): Splice[] {
  const element = childNamed(tree, 0, "w:themeFontLang");
  return element < 0 ? [] : languageSplice(tree, element, language, createMarkup(tree).name("w:lang"));
}

function languageSplice(
  tree: XmlTree,
  element: number,
  { attribute: name, tag }: WordLanguage,
  spelled: string,
): Splice[] {
  if (isSameTag(attribute(tree, element, name), tag)) return [];
  const prefix = spelled.slice(0, spelled.lastIndexOf(":") + 1);
  // Without a prefix for attributes there is no way to add one; a value that is there can be changed all the same.
  if (prefix === "" && attribute(tree, element, name) === undefined) return [];
  const splice = setAttribute(tree, element, { name, written: name.replace("w:", prefix), value: tag });
  return splice === undefined ? [] : [splice];
}

/** The part with a document's settings, when it has one. */
export function settingsPart(opc: OpcPackage, main: string): string | undefined {
  return relationshipsOf(opc, main).find(
    (each) => !each.isExternal && isRelationshipType(each, "settings") && hasPart(opc, each.target),
  )?.target;
}

/** Splices in the core properties: the language they name. */
export function propertyLanguageSplices(opc: OpcPackage, part: string, { tag }: WordLanguage): Splice[] {
  const tree = xmlPart(opc, part);
  const element = tree === undefined ? -1 : childNamed(tree, 0, "dc:language");
  if (tree === undefined || element < 0) return [];
  const text = textOf(tree, element);
  if (text.trim() === "" || isSameTag(text.trim(), tag) || tree.next[element] !== element + 1) return [];
  return [{ start: tree.openEnd[element]!, end: tree.closeStart[element]!, text: tag }];
}
