import {
  hasPart,
  isRelationshipType,
  type OpcPackage,
  readPart,
  relationshipsOf,
} from "../../opc/opc-package.ts";
import { decodePart } from "../../opc/part-text.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, descend, nameOf } from "../../xml/xml-tree.ts";
import { isOnValue } from "../read/run-styles.ts";

/** What `w:lang` says for Latin, East Asian and complex scripts (17.3.2.20). */
export type Languages = {
  readonly "w:val"?: string;
  readonly "w:eastAsia"?: string;
  readonly "w:bidi"?: string;
};

/** What a style, with the styles it is based on, means to a translator. */
export type StyleTraits = {
  /** Its text is no prose: code, or marked as not to be translated. */
  readonly isKept: boolean;
  readonly isHidden?: boolean;
  readonly languages: Languages;
  /** `w:rtl` of its runs and `w:bidi` of its paragraphs, where the style says. */
  readonly isRightToLeft?: boolean;
  readonly isBidi?: boolean;
  readonly isHeading: boolean;
};

export type StyleSheet = {
  /** Name of the styles part, when there is one. */
  readonly part?: string;
  readonly tree?: XmlTree;
  /** Traits by id; of the default style for an id that is not there. */
  readonly paragraph: (id: string | undefined) => StyleTraits;
  readonly character: (id: string | undefined) => StyleTraits;
  readonly defaultLanguages: Languages;
  /** True when the defaults or a style name a font for East Asian text. */
  readonly namesEastAsianFont: boolean;
};

/** Styles of code in Word, LibreOffice and Pandoc, and what translation tools call text to leave alone. */
const keptNames =
  /^(code|codechar|sourcecode|sourcecodechar|inlinecode|codeblock|sourcetext|htmlcode|htmlpreformatted|htmltypewriter|htmlsample|htmlkeyboard|htmlvariable|verbatimchar|verbatim|preformattedtext|macrotext|macro|plaincode|dnt|donottranslate|notranslate|notranslation|tw4winexternal|tw4wininternal)$/;

const plain: StyleTraits = { isKept: false, languages: {}, isHeading: false };

type OwnTraits = { readonly basedOn?: string | undefined; readonly own: Partial<StyleTraits> };

/** Reads the styles that a main document part or glossary part uses. `untranslated`: more names of styles to leave alone. */
export function readStyleSheet(opc: OpcPackage, main: string, untranslated: readonly string[]): StyleSheet {
  const found = relationshipsOf(opc, main).find(
    (each) => !each.isExternal && isRelationshipType(each, "styles") && hasPart(opc, each.target),
  );
  if (found === undefined)
    return {
      paragraph: () => plain,
      character: () => plain,
      defaultLanguages: {},
      namesEastAsianFont: false,
    };
  const tree = scanXml(decodePart(readPart(opc, found.target), found.target).text, opc.limits.depth);
  const more = new Set(untranslated.map(comparable));
  const styles = new Map<string, OwnTraits>();
  const defaults = new Map<string, string>();
  for (const style of childrenOf(tree, 0).filter((child) => nameOf(tree, child) === "w:style")) {
    const type = attribute(tree, style, "w:type") ?? "paragraph";
    const id = attribute(tree, style, "w:styleId") ?? "";
    styles.set(`${type} ${id}`, ownTraits(tree, style, id, more));
    const isDefault = attribute(tree, style, "w:default");
    if (isDefault !== undefined && isOnValue(isDefault)) defaults.set(type, id);
  }
  const resolver = (type: string): ((id: string | undefined) => StyleTraits) => {
    const cache = new Map<string | undefined, StyleTraits>();
    return (id) => {
      const known = cache.get(id);
      if (known !== undefined) return known;
      const start = styles.has(`${type} ${id}`) ? id : defaults.get(type);
      const traits = resolve(styles, type, start);
      cache.set(id, traits);
      return traits;
    };
  };
  const runDefaults = descend(tree, 0, "w:docDefaults", "w:rPrDefault", "w:rPr");
  return {
    part: found.target,
    tree,
    paragraph: resolver("paragraph"),
    character: resolver("character"),
    defaultLanguages: runDefaults < 0 ? {} : languagesAt(tree, runDefaults),
    namesEastAsianFont: namesEastAsianFont(tree),
  };
}

function comparable(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, "");
}

function ownTraits(tree: XmlTree, style: number, id: string, more: ReadonlySet<string>): OwnTraits {
  const value = (...path: string[]): string | undefined => {
    const element = descend(tree, style, ...path);
    return element < 0 ? undefined : (attribute(tree, element, "w:val") ?? "");
  };
  const toggle = (...path: string[]): boolean | undefined => {
    const element = descend(tree, style, ...path);
    return element < 0 ? undefined : isOnValue(attribute(tree, element, "w:val"));
  };
  const names = [id, ...(value("w:name") ?? "").split(","), ...(value("w:aliases") ?? "").split(",")].map(
    comparable,
  );
  const properties = childNamed(tree, style, "w:rPr");
  const level = value("w:pPr", "w:outlineLvl");
  const isHeading =
    level === undefined ? names.some((name) => /^heading[1-9]$|^title$/.test(name)) : Number(level) < 9;
  const own: Partial<StyleTraits> = {
    ...(names.some((name) => keptNames.test(name) || more.has(name)) && { isKept: true }),
    ...defined("isHidden", toggle("w:rPr", "w:vanish")),
    ...defined("isRightToLeft", toggle("w:rPr", "w:rtl")),
    ...defined("isBidi", toggle("w:pPr", "w:bidi")),
    ...(isHeading && { isHeading }),
    languages: properties < 0 ? {} : languagesAt(tree, properties),
  };
  return { basedOn: value("w:basedOn"), own };
}

function defined<Key extends string>(key: Key, value: boolean | undefined): { [K in Key]?: boolean } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: boolean });
}

function resolve(
  styles: ReadonlyMap<string, OwnTraits>,
  type: string,
  start: string | undefined,
): StyleTraits {
  let traits: Partial<StyleTraits> = {};
  let style = styles.get(`${type} ${start}`);
  // A damaged file may hold a circle of styles.
  for (let step = 0; style !== undefined && step < 20; step++) {
    const languages = { ...style.own.languages, ...traits.languages };
    traits = { ...style.own, ...traits, languages };
    style = styles.get(`${type} ${style.basedOn}`);
  }
  return { ...plain, ...traits };
}

/** What the `w:lang` in a `w:rPr` says. */
export function languagesAt(tree: XmlTree, properties: number): Languages {
  const lang = childNamed(tree, properties, "w:lang");
  if (lang < 0) return {};
  const found: Record<string, string> = {};
  for (const name of ["w:val", "w:eastAsia", "w:bidi"] as const) {
    const value = attribute(tree, lang, name);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function namesEastAsianFont(tree: XmlTree): boolean {
  for (let index = 0; index < tree.count; index++) {
    if (nameOf(tree, index) !== "w:rFonts") continue;
    if (attribute(tree, index, "w:eastAsia") || attribute(tree, index, "w:eastAsiaTheme")) return true;
  }
  return false;
}
