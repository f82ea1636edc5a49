import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childrenOf, descend, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import { childValue } from "../read/child-value.ts";
import {
  headingLevelOf,
  inherited,
  numberOf,
  type ParagraphStyle,
  readStyles,
  relatedTree,
} from "../read/styles.ts";
import type { WordDocument } from "../types.ts";

type StyleKind = "paragraph" | "character" | "table";

/** The list level that a paragraph style stands for by itself. */
export type StyleNumbering = { readonly numberingId: string; readonly level: number };

/** The styles a template has, asked by the name that people see. */
export type StyleSheet = {
  /** The style's id, or undefined when the template has no such style. */
  readonly find: (kind: StyleKind, name: string) => string | undefined;
  /** The paragraph style of that outline level, whatever its name. */
  readonly heading: (level: number) => string | undefined;
  /** The style of paragraphs that name none. */
  readonly defaultParagraph: string | undefined;
  readonly numberingOf: (styleId: string) => StyleNumbering | undefined;
  /** The paragraph styles, by id, in the file's order. */
  readonly paragraphStyles: ReadonlyMap<string, ParagraphStyle>;
  /** Table styles that are not Word's own. */
  readonly customTables: readonly string[];
  /** Indent at the side where lines begin, in twips; 0 when no style says. */
  readonly indentOf: (styleId: string) => number;
  /** Where the first tab stop of that kind is that the style or one it is based on sets, in twips; undefined for none. */
  readonly tabOf: (styleId: string, kind: "left" | "right") => number | undefined;
  /** Numbering instances that styles name, whether the numbering part has them or not. */
  readonly numberingIds: readonly string[];
  /** True for a table style that formats its first row by itself (17.7.6.6). */
  readonly hasFirstRow: (styleId: string) => boolean;
  /** Proofing languages of text that names none (17.3.2.20). */
  readonly languages: ReadonlySet<string>;
};

/** Reads the styles of a template. A template without a styles part has no style at all. */
export function readStyleSheet(document: WordDocument): StyleSheet {
  const tree = relatedTree(document, "styles");
  const styles = readStyles(document);
  const elements = tree === undefined ? [] : descendantsNamed(tree, 0, "w:style");
  const ids = indexNames(tree, elements);
  const byId = new Map(elements.map((element) => [attribute(tree!, element, "w:styleId") ?? "", element]));
  return {
    find: (kind, name) => ids.get(`${kind} ${normalise(name)}`) ?? ids.get(`${kind} #${compact(name)}`),
    heading: (level) =>
      [...styles.values()].find((style) => style.outlineLevel === level - 1)?.id ??
      [...styles.keys()].find((id) => headingLevelOf(styles, id) === level),
    defaultParagraph: [...styles.values()].find((style) => style.isDefault)?.id,
    numberingOf: (styleId) => {
      const numberingId = inherited(styles, styleId, "numberingId");
      if (numberingId === undefined || numberingId === "0") return undefined;
      return { numberingId, level: inherited(styles, styleId, "numberingLevel") ?? 0 };
    },
    paragraphStyles: styles,
    customTables: elements.flatMap((element) =>
      attribute(tree!, element, "w:type") === "table" && isOn(attribute(tree!, element, "w:customStyle"))
        ? (attribute(tree!, element, "w:styleId") ?? [])
        : [],
    ),
    indentOf: (styleId) =>
      firstInChain(tree, byId, styleId, (element) => {
        const indent = descend(tree!, element, "w:pPr", "w:ind");
        if (indent < 0) return undefined;
        return numberOf(attribute(tree!, indent, "w:left") ?? attribute(tree!, indent, "w:start"));
      }) ?? 0,
    tabOf: (styleId, kind) =>
      firstInChain(tree, byId, styleId, (element) => {
        const tabs = descend(tree!, element, "w:pPr", "w:tabs");
        const wanted = kind === "left" ? /^(left|start|num)$/ : /^(right|end)$/;
        const stops = tabs < 0 ? [] : childrenOf(tree!, tabs);
        const stop = stops.find((each) => wanted.test(attribute(tree!, each, "w:val") ?? ""));
        return stop === undefined ? undefined : numberOf(attribute(tree!, stop, "w:pos"));
      }),
    numberingIds: [...styles.values()].flatMap(({ numberingId }) => numberingId ?? []),
    hasFirstRow: (styleId) =>
      tree !== undefined &&
      descendantsNamed(tree, byId.get(styleId) ?? 0, "w:tblStylePr").some(
        (each) => attribute(tree, each, "w:type") === "firstRow",
      ),
    languages: readLanguages(tree, elements),
  };
}

/** What the style says, or the nearest one that it is based on. */
function firstInChain<Value>(
  tree: XmlTree | undefined,
  byId: ReadonlyMap<string, number>,
  styleId: string,
  read: (element: number) => Value | undefined,
): Value | undefined {
  let element = tree === undefined ? undefined : byId.get(styleId);
  // A damaged file may hold a circle of styles.
  for (let step = 0; element !== undefined && step < 20; step++) {
    const value = read(element);
    if (value !== undefined) return value;
    element = byId.get(childValue(tree!, element, "w:basedOn") ?? "");
  }
  return undefined;
}

/** Names and aliases to ids; built-in names stay English in localised templates, only their ids are translated. */
function indexNames(tree: XmlTree | undefined, elements: readonly number[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const add = (key: string, id: string): void => {
    if (!ids.has(key)) ids.set(key, id);
  };
  for (const element of elements) {
    const kind = attribute(tree!, element, "w:type") ?? "paragraph";
    const id = attribute(tree!, element, "w:styleId");
    if (id === undefined) continue;
    const name = childValue(tree!, element, "w:name") ?? "";
    const aliases = childValue(tree!, element, "w:aliases") ?? "";
    add(`${kind} ${normalise(name)}`, id);
    // Word writes aliases behind commas, in a name of their own or in the same one (17.7.4.1).
    for (const alias of `${name},${aliases}`.split(",")) {
      if (alias.trim() !== "") add(`${kind} ${normalise(alias)}`, id);
    }
    add(`${kind} #${compact(id)}`, id);
  }
  return ids;
}

function readLanguages(tree: XmlTree | undefined, elements: readonly number[]): ReadonlySet<string> {
  if (tree === undefined) return new Set();
  const places = [descend(tree, 0, "w:docDefaults", "w:rPrDefault")];
  for (const element of elements) {
    if (isDefault(tree, element) && attribute(tree, element, "w:type") === "paragraph") places.push(element);
  }
  const languages = new Set<string>();
  for (const place of places) {
    const lang = place < 0 ? -1 : descend(tree, place, "w:rPr", "w:lang");
    if (lang < 0) continue;
    for (const name of ["w:val", "w:eastAsia", "w:bidi"])
      languages.add(attribute(tree, lang, name)?.toLowerCase() ?? "");
  }
  return languages;
}

function isDefault(tree: XmlTree, element: number): boolean {
  return nameOf(tree, element) === "w:style" && isOn(attribute(tree, element, "w:default"));
}

function isOn(value: string | undefined): boolean {
  return /^(1|true|on)$/.test(value ?? "");
}

function normalise(name: string): string {
  return name.trim().replace(/\s+/g, " ").toLowerCase();
}

function compact(name: string): string {
  return name.replace(/\s+/g, "").toLowerCase();
}
