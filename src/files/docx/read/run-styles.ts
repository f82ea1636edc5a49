import type { XmlTree } from "../../xml/scan-xml.ts";
import {
  ancestorNamed,
  attribute,
  attributesOf,
  childNamed,
  childrenOf,
  descend,
  descendantsNamed,
  nameOf,
} from "../../xml/xml-tree.ts";
import type { WordDocument } from "../types.ts";
import { childValue } from "./child-value.ts";
import { relatedTree } from "./styles.ts";

/** Attributes by canonical name. */
export type Attributes = Readonly<Record<string, string>>;
/** The children of a `w:rPr` by canonical name. */
export type RunProperties = ReadonlyMap<string, Attributes>;

type Style = {
  readonly basedOn: string | undefined;
  readonly properties: RunProperties;
  /** What a table style brings to its first row, its last column, … */
  readonly conditional: readonly RunProperties[];
};

/** What the document's defaults and styles say about the formatting of runs (17.7). */
export type RunStyles = {
  readonly defaults: RunProperties;
  /** Styles by type and id: `paragraph Heading1`. */
  readonly styles: ReadonlyMap<string, Style>;
  /** The default style of each type. */
  readonly defaultIds: ReadonlyMap<string, string>;
};

/** What a run has from defaults and styles, its own properties left out. */
export type StyleValues = {
  /** True when a style that may bear on the run names the element. */
  readonly mentions: (name: string) => boolean;
  /** The attributes of the element that prevails; those of `w:rFonts` are joined from all levels. */
  readonly attributes: (name: string) => Attributes | undefined;
  /** For on/off elements, by the rule of 17.7.3: styles of different kinds that both switch on switch off. */
  readonly isOn: (name: string) => boolean;
  /** False when only a part of a table decides (its header row, say), which is not worked out. */
  readonly isCertain: (name: string) => boolean;
};

const none: RunProperties = new Map();
const cache = new WeakMap<WordDocument, RunStyles>();

/** Reads the document's styles of runs, once. */
export function readRunStyles(document: WordDocument): RunStyles {
  const known = cache.get(document);
  if (known !== undefined) return known;
  const styles = new Map<string, Style>();
  const defaultIds = new Map<string, string>();
  const tree = relatedTree(document, "styles");
  let defaults = none;
  if (tree !== undefined) {
    defaults = propertiesAt(tree, descend(tree, 0, "w:docDefaults", "w:rPrDefault", "w:rPr"));
    for (const index of descendantsNamed(tree, 0, "w:style")) {
      const type = attribute(tree, index, "w:type") ?? "paragraph";
      const id = attribute(tree, index, "w:styleId") ?? "";
      styles.set(`${type} ${id}`, readStyle(tree, index));
      if (isOnValue(attribute(tree, index, "w:default") ?? "0")) defaultIds.set(type, id);
    }
  }
  const read = { defaults, styles, defaultIds };
  cache.set(document, read);
  return read;
}

function readStyle(tree: XmlTree, index: number): Style {
  const basedOn = childNamed(tree, index, "w:basedOn");
  return {
    basedOn: basedOn < 0 ? undefined : attribute(tree, basedOn, "w:val"),
    properties: propertiesAt(tree, childNamed(tree, index, "w:rPr")),
    conditional: childrenOf(tree, index)
      .filter((child) => nameOf(tree, child) === "w:tblStylePr")
      .map((child) => propertiesAt(tree, childNamed(tree, child, "w:rPr"))),
  };
}

/** The children of the `w:rPr` at that index by name, the pending change of it left out; -1 gives none. */
export function propertiesAt(tree: XmlTree, index: number): RunProperties {
  if (index < 0) return none;
  const properties = new Map<string, Attributes>();
  for (const child of childrenOf(tree, index)) {
    const name = nameOf(tree, child);
    if (name === "w:rPrChange") continue;
    const pairs = attributesOf(tree, child).map((each) => [each.name, each.value] as const);
    properties.set(name, Object.fromEntries(pairs));
  }
  return properties;
}

/** On/off values of 17.17.4: absent means on. */
export function isOnValue(value: string | undefined): boolean {
  return value === undefined || /^(1|true|on)$/.test(value);
}

/** What defaults and styles bring to a run that has that character style. */
export function styleValues(
  { defaults, styles, defaultIds }: RunStyles,
  tree: XmlTree,
  run: number,
  characterStyle: string | undefined,
): StyleValues {
  const chain = (type: string, id: string | undefined): Style[] => {
    const found: Style[] = [];
    // A damaged file may hold a circle of styles.
    for (let at = id ?? defaultIds.get(type); at !== undefined && found.length < 20; ) {
      const style = styles.get(`${type} ${at}`);
      if (style === undefined) break;
      found.push(style);
      at = style.basedOn;
    }
    return found;
  };
  const table = tableAround(tree, run);
  const tableStyles = table < 0 ? [] : chain("table", childValue(tree, table, "w:tblPr", "w:tblStyle"));
  const paragraph = ancestorNamed(tree, run, "w:p");
  const levels = [
    tableStyles,
    chain("paragraph", paragraph < 0 ? undefined : childValue(tree, paragraph, "w:pPr", "w:pStyle")),
    chain("character", characterStyle),
  ].map((level) => level.map((style) => style.properties));
  const conditional = tableStyles.flatMap((style) => style.conditional);
  const nearest = (level: readonly RunProperties[], name: string): Attributes | undefined =>
    level.find((each) => each.has(name))?.get(name);
  const all = [[defaults], ...levels];
  return {
    mentions: (name) => [...all.flat(), ...conditional].some((each) => each.has(name)),
    attributes: (name) => {
      if (name === "w:rFonts") return joinedFonts(all.flatMap((level) => level.toReversed()));
      return all.map((level) => nearest(level, name)).findLast((each) => each !== undefined);
    },
    isOn: (name) => {
      const isOnAt = (level: readonly RunProperties[]): boolean => {
        const found = nearest(level, name);
        return found !== undefined && isOnValue(found["w:val"]);
      };
      return isOnAt([defaults]) || levels.filter(isOnAt).length % 2 === 1;
    },
    isCertain: (name) => !conditional.some((each) => each.has(name)),
  };
}

/** The table around a run; that around a text box does not bear on what is in the box. */
function tableAround(tree: XmlTree, run: number): number {
  for (let at = tree.parent[run]!; at >= 0; at = tree.parent[at]!) {
    const name = nameOf(tree, at);
    if (name === "w:tbl") return at;
    if (name === "w:txbxContent") return -1;
  }
  return -1;
}

/** Fonts by script, weakest level first; a font and a font of the theme for one script oust each other (17.3.2.26). */
export function joinedFonts(levels: readonly RunProperties[]): Attributes | undefined {
  let joined: Record<string, string> | undefined;
  for (const level of levels) {
    const fonts = level.get("w:rFonts");
    if (fonts === undefined) continue;
    joined = { ...joined };
    for (const [name, value] of Object.entries(fonts)) {
      const rival = fontRivals.find((pair) => pair.includes(name))?.find((each) => each !== name);
      if (rival !== undefined && fonts[rival] === undefined) delete joined[rival];
      joined[name] = value;
    }
  }
  return joined;
}

const fontRivals: readonly (readonly [font: string, theme: string])[] = [
  ["w:ascii", "w:asciiTheme"],
  ["w:hAnsi", "w:hAnsiTheme"],
  ["w:cs", "w:cstheme"],
  ["w:eastAsia", "w:eastAsiaTheme"],
];

/** The attribute that names a theme's font beside the one that names a font. */
export function themeFontFor(attributeName: string): string {
  return fontRivals.find(([font]) => font === attributeName)![1];
}
