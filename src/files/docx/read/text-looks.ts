import type { XmlTree } from "../../xml/scan-xml.ts";
import { childNamed } from "../../xml/xml-tree.ts";
import type { Paragraph, Revision, WordDocument } from "../types.ts";
import { currentValue, type FormatKey, scriptsOf } from "./character-values.ts";
import { stylesOf } from "./find-style.ts";
import type { Look, StyledLook } from "./look.ts";
import { revisionOf } from "./read-inline.ts";
import { sourceOf } from "./read-paragraphs.ts";
import { isOnValue, propertiesAt, type RunProperties, readRunStyles, styleValues } from "./run-styles.ts";

/** A stretch of a paragraph's text, deleted text included, that is formatted alike; offsets count all its spans. */
export type TextLook = StyledLook & {
  readonly start: number;
  readonly end: number;
  /** How it looked before a formatting change that is still pending (17.13.5.31), and whose that is. */
  readonly pending?: StyledLook & { readonly revision: Revision };
};

/** How the runs of a paragraph look. */
export function textLooks(document: WordDocument, paragraph: Paragraph): TextLook[] {
  const { story, inline } = sourceOf(paragraph);
  const looks: TextLook[] = [];
  let offset = 0;
  for (const { kind, run, text } of inline.pieces) {
    if (kind === "marker") continue;
    const start = offset;
    offset += text.length;
    if (run >= 0 && text !== "")
      looks.push({ start, end: offset, ...runLook(document, story.tree, inline.runs[run]!.element, text) });
  }
  return looks;
}

function runLook(
  document: WordDocument,
  tree: XmlTree,
  run: number,
  text: string,
): Omit<TextLook, "start" | "end"> {
  const properties = childNamed(tree, run, "w:rPr");
  const look = lookOf(document, tree, run, propertiesAt(tree, properties), text);
  const base = lookOf(document, tree, run, none, text);
  const change = properties < 0 ? -1 : childNamed(tree, properties, "w:rPrChange");
  if (change < 0) return { look, base };
  const before = propertiesAt(tree, childNamed(tree, change, "w:rPr"));
  const pending = {
    revision: revisionOf(tree, change),
    look: lookOf(document, tree, run, before, text),
    base,
  };
  return { look, base, pending };
}

const none: RunProperties = new Map();

const keys: readonly FormatKey[] = [
  ..."bold italic strike vertical highlight color size font".split(" "),
] as FormatKey[];
/** Said by the keys, or nothing that people see. */
const skipped = new Set(
  "b bCs i iCs u strike dstrike vertAlign highlight color sz szCs rFonts rStyle shd lang noProof cs rtl kern webHidden snapToGrid ins del moveFrom moveTo"
    .split(" ")
    .map((name) => `w:${name}`),
);

function lookOf(document: WordDocument, tree: XmlTree, run: number, own: RunProperties, text: string): Look {
  const style = own.get("w:rStyle")?.["w:val"];
  const styles = styleValues(readRunStyles(document), tree, run, style);
  const look: Record<string, string> = {};
  for (const key of keys) {
    const values = scriptsOf(text, own).map((script) => String(currentValue(key, script, { own, styles })));
    look[key] = [...new Set(values)].join("/");
  }
  const shading = own.get("w:shd")?.["w:fill"];
  if (look.highlight === "none" && shading !== undefined) look.highlight = colorName(shading);
  look.underline = (own.get("w:u") ?? styles.attributes("w:u"))?.["w:val"] ?? "none";
  look.style = style === undefined ? "" : styleNameOf(document, "character", style);
  for (const [name, attributes] of own) {
    if (!name.startsWith("w:") || skipped.has(name)) continue;
    look[name.slice("w:".length)] = inWords(attributes);
  }
  return look;
}

const highlights: Readonly<Record<string, string>> = {
  "000000": "black",
  "0000ff": "blue",
  "00ffff": "cyan",
  "00ff00": "green",
  ff00ff: "magenta",
  ff0000: "red",
  ffff00: "yellow",
  ffffff: "white",
  "000080": "darkblue",
  "008080": "darkcyan",
  "008000": "darkgreen",
  "800080": "darkmagenta",
  "800000": "darkred",
  "808000": "darkyellow",
  "808080": "darkgray",
  c0c0c0: "lightgray",
  auto: "none",
};

/** Other programs write a highlighter's colour (17.18.40) as shading of the text. */
function colorName(fill: string): string {
  return highlights[fill.toLowerCase()] ?? fill.toLowerCase();
}

/** Attributes as one text; an element that only switches something off is as good as none. */
function inWords(attributes: Readonly<Record<string, string>>): string {
  const entries = Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1));
  if (entries.length === 0) return "on";
  if (entries.length === 1 && /^(0|1|true|false|on|off)$/.test(entries[0]![1]))
    return isOnValue(entries[0]![1]) ? "on" : "";
  return entries.map(([name, value]) => `${name.replace(/^w:/, "")} ${value}`).join(", ");
}

const names = new WeakMap<WordDocument, Map<string, string>>();

/** The name of a style, which stays when a program changes the ids; the id where it has none. */
export function styleNameOf(document: WordDocument, type: "paragraph" | "character", id: string): string {
  let known = names.get(document);
  if (known === undefined) {
    known = new Map(
      (["paragraph", "character"] as const).flatMap((each) =>
        stylesOf(document, each).map((style) => [`${each} ${style.id}`, style.name.toLowerCase()] as const),
      ),
    );
    names.set(document, known);
  }
  return known.get(`${type} ${id}`) ?? id.toLowerCase();
}
