import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, attributesOf, childNamed, childrenOf, nameOf, outerXml } from "../../xml/xml-tree.ts";
import { type Property, putRunProperty } from "../put-property.ts";
import { isOnValue } from "../read/run-styles.ts";
import { type Languages, languagesAt, type StyleTraits } from "./style-traits.ts";
import type { WordLanguage } from "./word-language.ts";

/** What a run's properties become in the target language. */
export type RunLanguage = {
  readonly language: WordLanguage;
  /** What the document's defaults will say of the language. */
  readonly defaults: Languages;
  /** True when the document names no font for East Asian text and the language needs one. */
  readonly needsFont: boolean;
  /** An element of WordprocessingML in the part's spelling. */
  readonly element: (name: string, attributes?: Readonly<Record<string, string>>) => string;
  readonly name: (canonical: string) => string;
};

/** The `w:rPr` of a run, or nothing, as text of the target language needs it. */
export function runProperties(
  tree: XmlTree,
  run: number,
  target: RunLanguage,
  styles: { readonly character: StyleTraits; readonly paragraph: StyleTraits },
): string {
  const properties = childNamed(tree, run, "w:rPr");
  const own = properties < 0 ? [] : childrenOf(tree, properties);
  const old = own.map((child): Property => ({ name: nameOf(tree, child), xml: outerXml(tree, child) }));
  const changes = [
    ...languageChild(tree, properties, target, styles),
    ...directionChildren(tree, properties, target, styles),
    ...complexChildren(tree, properties, target),
    ...fontChild(tree, properties, target),
  ];
  if (changes.length === 0) return properties < 0 ? "" : outerXml(tree, properties);
  const now = changes.reduce(putRunProperty, old);
  if (now.length === 0) return "";
  const content = now.map(({ xml }) => xml).join("");
  const name = target.name("w:rPr");
  const open =
    properties < 0
      ? `<${name}>`
      : tree.source.slice(tree.start[properties]!, tree.openEnd[properties]!).replace(/\s*\/>$/, ">");
  return `${open}${content}</${name}>`;
}

type Styles = { readonly character: StyleTraits; readonly paragraph: StyleTraits };

function languageChild(
  tree: XmlTree,
  properties: number,
  { language, defaults, element }: RunLanguage,
  { character, paragraph }: Styles,
): Property[] {
  const own = properties < 0 ? {} : languagesAt(tree, properties);
  const { attribute: key, tag } = language;
  const effective = own[key] ?? character.languages[key] ?? paragraph.languages[key] ?? defaults[key];
  if (isSameTag(effective, tag)) return [];
  return [{ name: "w:lang", xml: element("w:lang", { ...own, [key]: tag }) }];
}

export function isSameTag(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}

function directionChildren(
  tree: XmlTree,
  properties: number,
  { language, element }: RunLanguage,
  { character, paragraph }: Styles,
): Property[] {
  const own = toggle(tree, properties, "w:rtl");
  const inherited = character.isRightToLeft ?? paragraph.isRightToLeft ?? false;
  const changes: Property[] = [];
  if ((own ?? inherited) !== language.isRightToLeft) {
    if (language.isRightToLeft) changes.push({ name: "w:rtl", xml: element("w:rtl") });
    else changes.push({ name: "w:rtl", xml: inherited ? element("w:rtl", { "w:val": "0" }) : "" });
  }
  if (!language.isComplex && toggle(tree, properties, "w:cs") === true)
    changes.push({ name: "w:cs", xml: "" });
  return changes;
}

/** Bold, italic and size are said twice, once for complex scripts: what one half says the other half must. */
function complexChildren(tree: XmlTree, properties: number, { language, element }: RunLanguage): Property[] {
  if (properties < 0) return [];
  const wasComplex = toggle(tree, properties, "w:rtl") === true || toggle(tree, properties, "w:cs") === true;
  if (wasComplex === language.isComplex) return [];
  return ["w:b", "w:i", "w:sz"].flatMap((latin) => {
    const [from, to] = language.isComplex ? [latin, `${latin}Cs`] : [`${latin}Cs`, latin];
    const source = childNamed(tree, properties, from);
    if (source < 0 || childNamed(tree, properties, to) >= 0) return [];
    const value = attribute(tree, source, "w:val");
    return [{ name: to, xml: element(to, value === undefined ? {} : { "w:val": value }) }];
  });
}

function fontChild(
  tree: XmlTree,
  properties: number,
  { language, needsFont, element }: RunLanguage,
): Property[] {
  const font = language.eastAsianFont;
  if (font === undefined || !needsFont) return [];
  const own = properties < 0 ? -1 : childNamed(tree, properties, "w:rFonts");
  const attributes = own < 0 ? [] : attributesOf(tree, own).filter((each) => each.name.startsWith("w:"));
  if (attributes.some((each) => /^w:eastAsia(Theme)?$/.test(each.name))) return [];
  const all = {
    ...Object.fromEntries(attributes.map((each) => [each.name, each.value])),
    "w:eastAsia": font,
  };
  return [{ name: "w:rFonts", xml: element("w:rFonts", all) }];
}

function toggle(tree: XmlTree, properties: number, name: string): boolean | undefined {
  const child = properties < 0 ? -1 : childNamed(tree, properties, name);
  return child < 0 ? undefined : isOnValue(attribute(tree, child, "w:val"));
}
