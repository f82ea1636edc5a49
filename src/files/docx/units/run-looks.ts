import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, nameOf, openTag, outerXml } from "../../xml/xml-tree.ts";
import { isOnValue } from "../read/run-styles.ts";
import type { StyleSheet, StyleTraits } from "./style-traits.ts";

/** What the properties of a run mean to a translator. */
export type RunLook = {
  /** Equal for runs that look the same. */
  readonly key: string;
  /** Equal for runs in which white space looks the same. */
  readonly spaceKey: string;
  readonly isKept: boolean;
  /** What the run and its own style say of being hidden. */
  readonly isHidden: boolean | undefined;
};

/** The looks of one part's runs. */
export type RunLooks = (run: number) => RunLook;

/** Says nothing about how the text looks. */
const noise = new Set(["w:lang", "w:noProof", "w:rPrChange", "w:ins", "w:del", "w:moveFrom", "w:moveTo"]);
/** Shows on white space too. */
const shownOnSpace = new Set([
  "w:u",
  "w:strike",
  "w:dstrike",
  "w:highlight",
  "w:shd",
  "w:bdr",
  "w:em",
  "w:rStyle",
]);

/** Fonts in which letters are pictures: their text is never translated. */
const pictureFonts = /^(symbol|wingdings|webdings|zapf ?dingbats|marlett|mt extra|bookshelf symbol)/i;

const plain: RunLook = { key: "", spaceKey: "", isKept: false, isHidden: undefined };

export function createRunLooks(tree: XmlTree, sheet: StyleSheet): RunLooks {
  const bySource = new Map<string, RunLook>();
  return (run) => {
    const declared = declarationsOf(tree, run);
    const properties = childNamed(tree, run, "w:rPr");
    if (properties < 0 && declared === "") return plain;
    const source = declared + (properties < 0 ? "" : outerXml(tree, properties));
    const known = bySource.get(source);
    if (known !== undefined) return known;
    const look = properties < 0 ? { ...plain, key: declared } : readLook(tree, properties, declared, sheet);
    bySource.set(source, look);
    return look;
  };
}

/** The start tag of a run that declares namespaces, which what is in it may need; else nothing. */
export function declarationsOf(tree: XmlTree, run: number): string {
  const open = openTag(tree, run);
  return open.includes("xmlns") ? open : "";
}

function readLook(tree: XmlTree, properties: number, declared: string, sheet: StyleSheet): RunLook {
  const children = childrenOf(tree, properties);
  const looks = children.filter((child) => !noise.has(nameOf(tree, child)));
  const xml = (those: readonly number[]): string => those.map((child) => outerXml(tree, child)).join("");
  // A formatting change that is pending must not be joined with its neighbours.
  const change = children.find((child) => nameOf(tree, child) === "w:rPrChange");
  const pending = change === undefined ? "" : outerXml(tree, change).replace(/\s(?:[\w.-]+:)?id="[^"]*"/, "");
  const named = childNamed(tree, properties, "w:rStyle");
  const style: StyleTraits | undefined =
    named < 0 ? undefined : sheet.character(attribute(tree, named, "w:val"));
  const fonts = childNamed(tree, properties, "w:rFonts");
  const font = fonts < 0 ? undefined : attribute(tree, fonts, "w:ascii");
  const vanish = childNamed(tree, properties, "w:vanish");
  return {
    key: declared + xml(looks) + pending,
    spaceKey: xml(looks.filter((child) => shownOnSpace.has(nameOf(tree, child)))) + pending,
    isKept: (style?.isKept ?? false) || pictureFonts.test(font ?? ""),
    isHidden: vanish >= 0 ? isOnValue(attribute(tree, vanish, "w:val")) : style?.isHidden,
  };
}
