import { FileDamagedError } from "../../../errors.ts";
import { isRelationshipType, type OpcPackage, type Relationship } from "../../opc/opc-package.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { decodeText } from "../../xml/xml-text.ts";
import { childrenOf, nameOf, textOf } from "../../xml/xml-tree.ts";
import { decodeEscapes } from "./escapes.ts";
import { wholePartText } from "./workbook-part.ts";

/** The shared strings of a workbook as plain text; empty when it has none (ECMA-376-1, 18.4.9). */
export function readSharedStrings(opc: OpcPackage, relationships: readonly Relationship[]): string[] {
  const part = relationships.find((each) => isRelationshipType(each, "sharedStrings"))?.target;
  if (part === undefined || !opc.entries.has(part.toLowerCase())) return [];
  const text = wholePartText(opc, part);
  return plainStrings(text) ?? treeStrings(scanXml(text));
}

/**
 * The strings when every item is `<si>` in the default namespace and nothing is commented out, as all programs write
 * them: many times faster than a tree. Undefined otherwise.
 */
function plainStrings(text: string): string[] | undefined {
  if (text.includes("<!") || text.lastIndexOf("<?") > 5) return undefined;
  const root = /<sst[\s>]/.exec(text)?.index ?? -1;
  const end = text.lastIndexOf("</sst>");
  if (root < 0 || end < 0) return undefined;
  const strings: string[] = [];
  for (let at = text.indexOf(">", root) + 1; ; ) {
    const start = text.indexOf("<", at);
    if (start === end) return strings;
    if (text.startsWith("<si>", start)) {
      const close = text.indexOf("</si>", start);
      const string = close < 0 ? undefined : itemText(text, start + 4, close);
      if (string === undefined) return undefined;
      strings.push(string);
      at = close + 5;
    } else if (text.startsWith("<si/>", start)) {
      strings.push("");
      at = start + 5;
    } else return undefined;
  }
}

const plainItem = "<t>";

function itemText(text: string, start: number, end: number): string | undefined {
  if (text.startsWith(plainItem, start) && text.indexOf("<", start + 3) === end - 4) {
    return decoded(text.slice(start + 3, end - 4));
  }
  let joined = "";
  for (let at = start; at < end; ) {
    const tag = text.indexOf("<", at);
    if (tag < 0 || tag >= end) break;
    const close = text.indexOf(">", tag) + 1;
    if (close <= 0 || close > end) return undefined;
    at = close;
    if (/^<rPh[\s>]/.test(text.slice(tag, tag + 5))) at = text.indexOf("</rPh>", close);
    else if (/^<t[\s>]/.test(text.slice(tag, tag + 3)) && text[close - 2] !== "/") {
      at = text.indexOf("</t>", close);
      if (at >= 0 && at < end) joined += text.slice(close, at);
    }
    if (at < close) return undefined;
  }
  return decoded(joined);
}

function decoded(source: string): string {
  return decodeEscapes(decodeText(source));
}

function treeStrings(tree: XmlTree): string[] {
  if (nameOf(tree, 0) !== "x:sst") {
    throw new FileDamagedError(`the list of shared strings begins with ${nameOf(tree, 0)}`);
  }
  return childrenOf(tree, 0)
    .filter((child) => nameOf(tree, child) === "x:si")
    .map((item) => decodeEscapes(richText(tree, item)));
}

/** The text of an item's runs, phonetic ones left out (ECMA-376-1, 18.4.8). */
export function richText(tree: XmlTree, item: number): string {
  return childrenOf(tree, item)
    .map((child) => {
      const name = nameOf(tree, child);
      if (name === "x:t") return textOf(tree, child);
      return name === "x:r" ? richText(tree, child) : "";
    })
    .join("");
}
