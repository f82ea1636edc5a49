import type { XmlTree } from "../../xml/scan-xml.ts";
import { attributesOf, childrenOf, nameOf, textOf } from "../../xml/xml-tree.ts";
import { isMarkerName } from "../revisions/settle-plan.ts";

/** What a document's own names stand for, so that the same thing has the same key in two documents. */
export type KeyContext = {
  /** For a style id: the style's name, which Word keeps unique (17.7.4.9). */
  readonly style: (id: string) => string;
  /** For a `w:numId`: the list it is in the vocabulary of the first document. */
  readonly list: (id: string) => string;
  /** For a relationship id of a part: what it leads to, by address or content. */
  readonly relation: (part: string, id: string) => string;
};

/** A part of one of the two documents, with what its names stand for. */
export type KeySource = {
  readonly tree: XmlTree;
  readonly part: string;
  readonly context: KeyContext;
  /** Name of elements whose content keys pass over: the shell of what holds them is compared. */
  readonly hollow?: string;
};

/** Layout caches, comments (which are not tracked), and headers and footers, which are compared for themselves. */
const ignoredElements = /^w:(lastRenderedPageBreak|commentReference|headerReference|footerReference)$/;
const ignoredAttributes =
  /^(xmlns(:.*)?|w:rsid.*|w14:paraId|w14:textId|xml:space|mc:Ignorable|\{.*\}(anchorId|editId|gfxdata|spid))$/;
/** Around nothing they can be neither seen nor tracked. */
const wrappers = ["w:hyperlink", "w:smartTag", "w:dir", "w:bdo", "w:fldSimple"];
const emptyMeansAbsent = new Set(["w:pPr", "w:rPr", "w:trPr", "w:tcPr", "w:sdtEndPr", ...wrappers]);
const styleReferences = new Set(["w:pStyle", "w:rStyle", "w:tblStyle"]);
const notes = new Set(["w:footnoteReference", "w:endnoteReference"]);
const drawingIds = new Set([
  "wp:docPr",
  "{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr",
  "{urn:schemas-microsoft-com:vml}shape",
  "v:shape",
]);

/** True for what a comparison passes over. */
export function isIgnored(name: string): boolean {
  return ignoredElements.test(name) || isMarkerName(name);
}

/**
 * A text that is the same for two elements exactly when they show the same: runs joined however they were cut,
 * ids of sessions, paragraphs and drawings left out, styles by name, lists and relationships by what they stand for.
 */
export function contentKey(source: KeySource, element: number): string {
  const { tree } = source;
  const name = nameOf(tree, element);
  if (isIgnored(name) || (name === "w:id" && nameOf(tree, tree.parent[element]!) === "w:sdtPr")) return "";
  if (name === source.hollow) return `<${name}/>`;
  const hasChildren = tree.next[element]! > element + 1;
  const content = hasChildren ? childrenKey(source, childrenOf(tree, element)) : leafText(source, element);
  if (content === "" && emptyMeansAbsent.has(name)) return "";
  return `<${name}${attributesKey(source, element, name)}>${content}</>`;
}

/** True for a hyperlink or other wrapper that holds nothing. */
export function isEmptyWrapper(source: KeySource, element: number): boolean {
  return wrappers.includes(nameOf(source.tree, element)) && contentKey(source, element) === "";
}

/** Word names the places that a table of contents leads to anew when it makes one: the entry says which is meant. */
const contentsPlace = /\b_Toc\d+\b/g;

function leafText({ tree }: KeySource, element: number): string {
  const text = textOf(tree, element);
  if (nameOf(tree, element) === "w:instrText") return text.replace(contentsPlace, "_Toc");
  return text.trim() === "" && nameOf(tree, element) !== "w:t" ? "" : text;
}

/** The key of some siblings; neighbouring runs of one formatting count as one. */
export function childrenKey(source: KeySource, children: readonly number[]): string {
  const { tree } = source;
  let key = "";
  let open: string | undefined;
  for (const child of children) {
    const name = nameOf(tree, child);
    if (isIgnored(name)) continue;
    if (name !== "w:r") {
      const own = contentKey(source, child);
      if (own !== "") open = undefined;
      key += own;
      continue;
    }
    const format = formatKey(source, child);
    for (const piece of childrenOf(tree, child)) {
      const kind = nameOf(tree, piece);
      if (kind === "w:rPr" || isIgnored(kind)) continue;
      if (kind !== "w:t") {
        key += `[${format}]${contentKey(source, piece)}`;
        open = undefined;
        continue;
      }
      const text = textOf(tree, piece);
      if (text === "") continue;
      key += open === format ? text : `[${format}]${text}`;
      open = format;
    }
  }
  return key;
}

/** The key of a run's formatting; "" when it has none of its own. */
export function formatKey(source: KeySource, run: number): string {
  return runProperties(source.tree, run)
    .map((each) => contentKey(source, each))
    .join("");
}

/** No schema allows a second `w:rPr`, but files have it: then both stay together. */
export function runProperties(tree: XmlTree, run: number): number[] {
  return childrenOf(tree, run).filter((child) => nameOf(tree, child) === "w:rPr");
}

/** The key of an element's attributes alone. */
export function attributesKey(
  source: KeySource,
  element: number,
  name: string = nameOf(source.tree, element),
): string {
  const { tree, part, context } = source;
  const pairs: string[] = [];
  for (const { name: attribute, value } of attributesOf(tree, element)) {
    if (ignoredAttributes.test(attribute)) continue;
    // What other programs note for themselves on Word's elements.
    if (attribute.startsWith("{") && name.startsWith("w:")) continue;
    if (attribute === "w:id" && notes.has(name)) continue;
    if (attribute === "id" && drawingIds.has(name)) continue;
    let shown = value;
    if (attribute === "w:val" && styleReferences.has(name)) shown = context.style(value);
    else if (attribute === "w:val" && name === "w:numId") shown = context.list(value);
    else if (attribute === "w:anchor") shown = value.replace(contentsPlace, "_Toc");
    else if (isRelationshipAttribute(attribute)) shown = context.relation(part, value);
    pairs.push(` ${attribute}=${JSON.stringify(shown)}`);
  }
  return pairs.sort().join("");
}

/** True for an attribute whose value is the id of a relationship of the part it stands in. */
export function isRelationshipAttribute(name: string): boolean {
  return name.startsWith("r:") || name === "{urn:schemas-microsoft-com:office:office}relid";
}
