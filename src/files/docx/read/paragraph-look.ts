import type { XmlTree } from "../../xml/scan-xml.ts";
import {
  attribute,
  attributesOf,
  childNamed,
  childrenOf,
  descend,
  descendantsNamed,
  nameOf,
} from "../../xml/xml-tree.ts";
import type { Paragraph, Revision, WordDocument } from "../types.ts";
import type { Look, StyledLook } from "./look.ts";
import { revisionOf } from "./read-inline.ts";
import { sourceOf } from "./read-paragraphs.ts";
import { type Attributes, isOnValue } from "./run-styles.ts";
import { relatedTree } from "./styles.ts";
import { styleNameOf } from "./text-looks.ts";

/** How a paragraph looks, and how it looked before a change of that which is still pending (17.13.5.29). */
export type ParagraphLook = StyledLook & {
  readonly pending?: StyledLook & { readonly revision: Revision };
};

/** The paragraph's own properties and those of its styles; of a list only whether it is one, and the level. */
export function paragraphLook(document: WordDocument, paragraph: Paragraph): ParagraphLook {
  const { story, inline } = sourceOf(paragraph);
  const { tree } = story;
  const properties = childNamed(tree, inline.element, "w:pPr");
  const now = styledLook(document, propertiesAt(tree, properties));
  const change = properties < 0 ? -1 : childNamed(tree, properties, "w:pPrChange");
  if (change < 0) return now;
  const before = propertiesAt(tree, childNamed(tree, change, "w:pPr"));
  return { ...now, pending: { revision: revisionOf(tree, change), ...styledLook(document, before) } };
}

function styledLook(document: WordDocument, own: Properties): StyledLook {
  const style = own.get("w:pStyle");
  const base = lookOf(document, style === undefined ? none : new Map([["w:pStyle", style]]));
  return { look: lookOf(document, own), base };
}

/** The children of a `w:pPr` by name. */
type Properties = ReadonlyMap<string, Attributes>;

const none: Properties = new Map();
const notLooks = /^w:(rPr|sectPr|pPrChange|numberingChange|ins|del)$/;

function propertiesAt(tree: XmlTree, index: number): Properties {
  if (index < 0) return none;
  const properties = new Map<string, Attributes>();
  for (const child of childrenOf(tree, index)) {
    const name = nameOf(tree, child);
    if (notLooks.test(name)) continue;
    const value = (path: string): string => attribute(tree, descend(tree, child, path), "w:val") ?? "0";
    if (name === "w:numPr") {
      const has = (path: string): boolean => descend(tree, child, path) >= 0;
      properties.set(name, {
        ...(has("w:numId") && { "w:numId": value("w:numId") }),
        ...(has("w:ilvl") && { "w:ilvl": value("w:ilvl") }),
      });
    } else {
      const pairs = attributesOf(tree, child).map((each) => [each.name, each.value] as const);
      properties.set(name, Object.fromEntries(pairs));
    }
  }
  return properties;
}

/** What differs by an attribute, and what holds where nobody says anything. */
const attributes: readonly (readonly [
  name: string,
  element: string,
  attribute: string,
  otherwise: string,
])[] = [
  ["alignment", "w:jc", "w:val", "left"],
  ["spacing before", "w:spacing", "w:before", "0"],
  ["spacing after", "w:spacing", "w:after", "0"],
  ["spacing of lines", "w:spacing", "w:line", "240"],
  ["indent left", "w:ind", "w:left", "0"],
  ["indent right", "w:ind", "w:right", "0"],
  ["indent first line", "w:ind", "w:firstLine", "0"],
  ["indent hanging", "w:ind", "w:hanging", "0"],
  ["outline level", "w:outlineLvl", "w:val", "9"],
];
const switches: readonly (readonly [name: string, element: string])[] = [
  ["keep with next", "w:keepNext"],
  ["keep lines", "w:keepLines"],
  ["page break before", "w:pageBreakBefore"],
  ["contextual spacing", "w:contextualSpacing"],
];
const alike: Readonly<Record<string, string>> = { start: "left", end: "right", both: "justify" };
/** ISO/IEC 29500 Strict and newer files say start and end. */
const synonyms: Readonly<Record<string, string>> = { "w:left": "w:start", "w:right": "w:end" };

function lookOf(document: WordDocument, own: Properties): Look {
  const { styles, defaults, defaultId } = paragraphStyles(document);
  const styleId = own.get("w:pStyle")?.["w:val"] ?? defaultId;
  const levels = [own, ...chainOf(styles, styleId), defaults];
  const value = (element: string, name: string): string | undefined => {
    for (const level of levels) {
      const found = level.get(element);
      const here = found?.[name] ?? (synonyms[name] === undefined ? undefined : found?.[synonyms[name]]);
      if (here !== undefined) return here;
    }
    return undefined;
  };
  const look: Record<string, string> = { style: styleNameOf(document, "paragraph", styleId ?? "") };
  for (const [name, element, attributeName, otherwise] of attributes) {
    const found = value(element, attributeName) ?? otherwise;
    look[name] = alike[found] ?? found;
  }
  for (const [name, element] of switches) {
    const level = levels.find((each) => each.has(element));
    look[name] = level !== undefined && isOnValue(level.get(element)!["w:val"]) ? "on" : "";
  }
  const list = value("w:numPr", "w:numId") ?? "0";
  look.list = list === "0" ? "" : `level ${value("w:numPr", "w:ilvl") ?? "0"}`;
  return look;
}

type ParagraphStyles = {
  readonly styles: ReadonlyMap<
    string,
    { readonly basedOn: string | undefined; readonly properties: Properties }
  >;
  readonly defaults: Properties;
  readonly defaultId: string | undefined;
};

const cache = new WeakMap<WordDocument, ParagraphStyles>();

function paragraphStyles(document: WordDocument): ParagraphStyles {
  const known = cache.get(document);
  if (known !== undefined) return known;
  const tree = relatedTree(document, "styles");
  const styles = new Map<string, { basedOn: string | undefined; properties: Properties }>();
  let defaultId: string | undefined;
  for (const index of tree === undefined ? [] : descendantsNamed(tree, 0, "w:style")) {
    if (attribute(tree!, index, "w:type") !== "paragraph") continue;
    const id = attribute(tree!, index, "w:styleId") ?? "";
    const basedOn = childNamed(tree!, index, "w:basedOn");
    if (isOnValue(attribute(tree!, index, "w:default") ?? "0")) defaultId = id;
    styles.set(id, {
      basedOn: basedOn < 0 ? undefined : attribute(tree!, basedOn, "w:val"),
      properties: propertiesAt(tree!, childNamed(tree!, index, "w:pPr")),
    });
  }
  const defaults =
    tree === undefined
      ? none
      : propertiesAt(tree, descend(tree, 0, "w:docDefaults", "w:pPrDefault", "w:pPr"));
  const read = { styles, defaults, defaultId };
  cache.set(document, read);
  return read;
}

function chainOf(styles: ParagraphStyles["styles"], id: string | undefined): Properties[] {
  const chain: Properties[] = [];
  // A damaged file may hold a circle of styles.
  for (let at = id; at !== undefined && chain.length < 20; ) {
    const style = styles.get(at);
    if (style === undefined) break;
    chain.push(style.properties);
    at = style.basedOn;
  }
  return chain;
}
