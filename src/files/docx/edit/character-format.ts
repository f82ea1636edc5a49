import type { XmlTree } from "../../xml/scan-xml.ts";
import {
  attribute,
  attributesOf,
  childNamed,
  childrenOf,
  innerXml,
  nameOf,
  openTag,
  outerXml,
} from "../../xml/xml-tree.ts";
import { type Property, putRunProperty } from "../put-property.ts";
import {
  currentValue,
  type FormatKey,
  type Formatting,
  type FormatValue,
  fontAttributes,
  type Script,
  scriptsOf,
} from "../read/character-values.ts";
import type { InlineRun } from "../read/read-inline.ts";
import { isOnValue, propertiesAt, styleValues, themeFontFor } from "../read/run-styles.ts";
import type { CharacterFormat } from "../types.ts";
import { revisionAttributes } from "./markup.ts";
import type { EditContext, RunFormat } from "./run-edit.ts";

/** A format whose style is an id, whose colours are spelled as in the file; `isDefaultStyle`: no character style at all. */
export type ResolvedCharacterFormat = CharacterFormat & { readonly isDefaultStyle?: boolean };

/** One stretch of text of one run that is to be formatted. */
type Stretch = Formatting & {
  readonly tree: XmlTree;
  /** The run's `w:rPr`, or -1. */
  readonly properties: number;
  readonly scripts: readonly Script[];
};

function stretchOf(tree: XmlTree, run: InlineRun, { set, styles }: RunFormat, text: string): Stretch {
  const properties = childNamed(tree, run.element, "w:rPr");
  const own = propertiesAt(tree, properties);
  const wanted = set.isDefaultStyle === true ? undefined : set.style;
  const style = set.style === undefined ? own.get("w:rStyle")?.["w:val"] : wanted;
  const values = styleValues(styles, tree, run.element, style);
  return { tree, properties, own, styles: values, scripts: scriptsOf(text, own) };
}

/** One thing that a format changes at a stretch of text. */
export type FormatDifference = {
  readonly key: FormatKey;
  readonly from: FormatValue | undefined;
  readonly to: FormatValue;
};

/** What of the format the text of a run does not have yet. */
export function differences(
  tree: XmlTree,
  run: InlineRun,
  format: RunFormat,
  text: string,
): FormatDifference[] {
  return differencesAt(stretchOf(tree, run, format, text), format.set);
}

function differencesAt(stretch: Stretch, set: ResolvedCharacterFormat): FormatDifference[] {
  return wantedValues(set).flatMap(([key, to]) => {
    const values = stretch.scripts.map((script) => currentValue(key, script, stretch));
    const other = values.findIndex((value) => !isSameValue(value, to));
    return other < 0 ? [] : [{ key, from: values[other], to }];
  });
}

/** The format's values, the style first; no style is an empty one. */
export function wantedValues(
  set: ResolvedCharacterFormat,
): (readonly [key: FormatKey, value: FormatValue])[] {
  const { style, isDefaultStyle, ...rest } = set;
  const all = { ...(style !== undefined && { style: isDefaultStyle === true ? "" : style }), ...rest };
  return Object.entries(all).map(([key, value]) => [key as FormatKey, value] as const);
}

/** Fonts are named without regard to upper and lower case. */
export function isSameValue(a: FormatValue | undefined, b: FormatValue): boolean {
  return typeof a === "string" && typeof b === "string" ? a.toLowerCase() === b.toLowerCase() : a === b;
}

/**
 * The `w:rPr` of a stretch of a run's text with the format set. In tracked mode the old properties are kept in a
 * `w:rPrChange` (17.13.5.31); where the same author's pending one is there already it goes on holding the oldest ones,
 * and goes away once they are restored. `renumber` gives a second copy of it an id of its own.
 */
export function formattedProperties(
  context: EditContext,
  run: InlineRun,
  format: RunFormat,
  use: { readonly text: string; readonly renumber: (xml: string) => string },
): string {
  const { tree, markup } = context;
  const stretch = stretchOf(tree, run, format, use.text);
  const { properties } = stretch;
  const own = properties < 0 ? [] : childrenOf(tree, properties);
  const pending = own.find((child) => nameOf(tree, child) === "w:rPrChange");
  const old = own
    .filter((child) => child !== pending)
    .map((child): Property => ({ name: nameOf(tree, child), xml: outerXml(tree, child) }));
  const keys = new Set(differencesAt(stretch, format.set).map(({ key }) => key));
  const now = wantedValues(format.set)
    .filter(([key]) => keys.has(key))
    .flatMap(([key, value]) => wantedChildren(context, stretch, key, value))
    .reduce(putRunProperty, old);
  const content = now.map(({ xml }) => xml).join("");
  const change =
    pending === undefined ? newChange(context, format, properties, old) : keptChange(tree, pending, content);
  const inner = content + (pending === undefined ? change : use.renumber(change));
  if (inner === "") return "";
  const open =
    properties < 0 ? `<${markup.name("w:rPr")}>` : openTag(tree, properties).replace(/\s*\/>$/, ">");
  return `${open}${inner}</${markup.name("w:rPr")}>`;
}

/** A revision among old properties would be ignored (MS-OI29500 2.1.58). */
const revisions = new Set(["w:ins", "w:del", "w:moveFrom", "w:moveTo"]);

function newChange(
  { tree, markup, mode, ids }: EditContext,
  { revision }: RunFormat,
  properties: number,
  old: readonly Property[],
): string {
  if (mode === "direct") return "";
  const content = old
    .filter(({ name }) => !revisions.has(name))
    .map(({ xml }) => xml)
    .join("");
  const declared = properties < 0 ? "" : openTag(tree, properties).replace(/\s*\/?>$/, "");
  const name = markup.name("w:rPr");
  const open = declared === "" ? `<${name}` : declared;
  const kept = content === "" ? `${open}/>` : `${open}>${content}</${name}>`;
  return markup.element("w:rPrChange", revisionAttributes({ id: ids(), ...revision }), kept);
}

function keptChange(tree: XmlTree, pending: number, content: string): string {
  const old = childNamed(tree, pending, "w:rPr");
  const isRestored = content === (old < 0 ? "" : innerXml(tree, old));
  return isRestored ? "" : outerXml(tree, pending);
}

function wantedChildren(
  context: EditContext,
  stretch: Stretch,
  key: FormatKey,
  value: FormatValue,
): Property[] {
  const { own, styles, scripts } = stretch;
  const { markup } = context;
  const element = (name: string, attributes: Readonly<Record<string, string>> = {}): Property => ({
    name,
    xml: markup.element(name, attributes),
  });
  /** Said only where a style says otherwise: else nothing is what it takes. */
  const absent = (name: string, off: string): Property =>
    styles.mentions(name) ? element(name, { "w:val": off }) : { name, xml: "" };
  const toggle = (name: string, isOn: boolean): Property[] => {
    const direct = own.get(name);
    if (direct !== undefined && isOnValue(direct["w:val"]) === isOn && (isOn || styles.mentions(name)))
      return [];
    return [isOn ? element(name) : absent(name, "0")];
  };
  // What is shown of complex scripts is set apart, where there is such text or the run speaks of it already.
  const alsoComplex = (name: string): string[] =>
    scripts.includes("complex") || own.has(`${name}Cs`) ? [name, `${name}Cs`] : [name];
  const text = String(value);
  switch (key) {
    case "bold":
      return alsoComplex("w:b").flatMap((name) => toggle(name, value === true));
    case "italic":
      return alsoComplex("w:i").flatMap((name) => toggle(name, value === true));
    case "strike":
      return value === true
        ? toggle("w:strike", true)
        : ["w:strike", "w:dstrike"].flatMap((name) => toggle(name, false));
    case "underline":
      return [value === true ? element("w:u", { "w:val": "single" }) : absent("w:u", "none")];
    case "vertical":
      return [text === "baseline" ? absent("w:vertAlign", text) : element("w:vertAlign", { "w:val": text })];
    case "highlight":
      return [text === "none" ? absent("w:highlight", text) : element("w:highlight", { "w:val": text })];
    case "color":
      return [text === "auto" ? absent("w:color", text) : element("w:color", { "w:val": text })];
    case "size":
      return ["w:sz", "w:szCs"].map((name) => element(name, { "w:val": String(Number(value) * 2) }));
    case "font":
      return [withFont(context, stretch, text)];
    case "style":
      return [text === "" ? { name: "w:rStyle", xml: "" } : element("w:rStyle", { "w:val": text })];
  }
}

/** The run's `w:rFonts` with another font; East Asian text has a font of its own, which is set where there is such text. */
function withFont({ tree, markup }: EditContext, { properties, scripts }: Stretch, font: string): Property {
  const name = "w:rFonts";
  const set = [
    ...fontAttributes.latin,
    ...fontAttributes.complex,
    ...(scripts.includes("east-asian") ? fontAttributes["east-asian"] : []),
  ];
  const gone = new Set([...set, ...set.map(themeFontFor)]);
  const own = properties < 0 ? -1 : childNamed(tree, properties, name);
  const kept = own < 0 ? [] : attributesOf(tree, own).filter((each) => !gone.has(each.name));
  const written = markup.element(name, Object.fromEntries(set.map((each) => [each, font])));
  const rest = kept.map(({ start, end }) => ` ${tree.source.slice(start, end)}`).join("");
  return { name, xml: `${written.slice(0, -"/>".length)}${rest}/>` };
}

/** Author of the pending formatting change of a run, or undefined. */
export function pendingAuthor(tree: XmlTree, run: InlineRun): string | undefined {
  const properties = childNamed(tree, run.element, "w:rPr");
  const change = properties < 0 ? -1 : childNamed(tree, properties, "w:rPrChange");
  return change < 0 ? undefined : (attribute(tree, change, "w:author") ?? "");
}

/** A value in a few words: `bold off`, `size 12`, `superscript`. */
export function describeValue(key: FormatKey, value: FormatValue | undefined): string {
  if (value === undefined) return `${key} as in the table's style`;
  if (typeof value === "boolean") return value ? key : `${key} off`;
  if (key === "vertical") return String(value);
  return `${key} ${value === "" ? "none" : value === "theme" ? "of the theme" : value}`;
}
