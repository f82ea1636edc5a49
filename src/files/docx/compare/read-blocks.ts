import type { XmlTree } from "../../xml/scan-xml.ts";
import { childNamed, childrenOf, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import { endsSection } from "../edit/paragraph-marks.ts";
import { childrenKey, contentKey, isIgnored, type KeySource } from "./content-key.ts";
import { groupHead, openFields } from "./group-head.ts";
import { countWords, type WordCounts, wordCharacters } from "./word-counts.ts";

/**
 * Something that is kept, deleted or inserted as one of a sequence. `group`: the paragraphs over which one field
 * reaches (a table of contents); `control`: a content control around blocks; `other`: what no revision can cover.
 */
export type Block = {
  readonly kind: "paragraph" | "table" | "row" | "control" | "group" | "other";
  /** One element, but for a group all of its blocks. */
  readonly elements: readonly number[];
  /** Of a group: what each of its elements is. */
  readonly kinds: readonly Exclude<Block["kind"], "group">[];
  /** True for a paragraph that ends a section (17.6.18). */
  readonly hasSection: boolean;
  /** True for a paragraph that can be joined with a neighbour. */
  readonly mayJoin: boolean;
  /** The same exactly for blocks that show the same. */
  readonly key: string;
  /**
   * Only blocks of one shape can be edited into each other: a row's cells, a control's properties, a group's field
   * ("" for a group that stays whole).
   */
  readonly shape: string;
  /** How often each word occurs, for likeness. */
  readonly words: WordCounts;
  readonly text: () => string;
  /** Of a row: the text of its first cell, by which readers know it. */
  readonly label: string;
  /** The blocks inside a content control or group. */
  readonly inner: () => readonly Block[];
  /** Characters of all words. */
  readonly length: number;
};

const properties = /^w:(tcPr|sdtPr|sdtEndPr|sectPr|pPr|tblPr|tblGrid|trPr|tblPrEx|customXmlPr)$/;

/** The blocks of a body, cell, note, header or content control, in order. Markers and properties are left out. */
export function readBlocks(source: KeySource, container: number): Block[] {
  const { tree } = source;
  const blocks: Block[] = [];
  let pending: number[] = [];
  let depth = 0;
  for (const element of childrenOf(tree, container)) {
    const name = nameOf(tree, element);
    if (isIgnored(name) || properties.test(name)) continue;
    pending.push(element);
    depth = Math.max(0, depth + openFields(tree, element));
    if (depth > 0) continue;
    blocks.push(makeBlock(source, pending));
    pending = [];
  }
  if (pending.length > 0) blocks.push(makeBlock(source, pending));
  return blocks;
}

/** The rows of a table; undefined when content controls stand around rows or cells. */
export function readRows(source: KeySource, table: number): Block[] | undefined {
  const { tree } = source;
  const children = childrenOf(tree, table).filter((child) => {
    const name = nameOf(tree, child);
    return !isIgnored(name) && !properties.test(name);
  });
  const isPlain = children.every(
    (row) =>
      nameOf(tree, row) === "w:tr" &&
      childrenOf(tree, row).every((cell) => {
        const name = nameOf(tree, cell);
        return name === "w:tc" || isIgnored(name) || properties.test(name);
      }),
  );
  return isPlain ? children.map((row) => makeBlock(source, [row])) : undefined;
}

function makeBlock(source: KeySource, elements: readonly number[]): Block {
  const { tree } = source;
  const first = elements[0]!;
  const text = (): string => elements.map((each) => paragraphTextsIn(tree, each).join("\n")).join("\n");
  const words = countWords(text());
  const kind = elements.length > 1 ? "group" : kindOf(tree, first);
  const key =
    elements.length > 1
      ? elements.map((each) => contentKey(source, each)).join("")
      : contentKey(source, first);
  const kinds = elements.length > 1 ? elements.map((each) => kindOf(tree, each)) : [];
  const hasSection = elements.some((each) => endsSection(tree, each));
  const content = kind === "control" ? childNamed(tree, first, "w:sdtContent") : -1;
  const inner = (): readonly Block[] => {
    if (kind === "group") return elements.map((each) => makeBlock(source, [each]));
    return content < 0 ? [] : readBlocks(source, content);
  };
  return {
    kind,
    elements,
    kinds,
    hasSection,
    mayJoin: kind === "paragraph" && !hasSection && isJoinable(tree, first),
    key,
    shape: kind === "group" ? groupHead(source, elements) : shapeOf(source, first, kind),
    label: kind === "row" ? firstCellText(tree, first) : "",
    words,
    text,
    inner,
    length: wordCharacters(words),
  };
}

/** Joining takes the tags of one paragraph: both must mean the same by their prefixes, and begin with their properties. */
function isJoinable(tree: XmlTree, paragraph: number): boolean {
  return (
    tree.scope[paragraph] === tree.scope[tree.parent[paragraph]!] &&
    childrenOf(tree, paragraph).every((child, place) => place === 0 || nameOf(tree, child) !== "w:pPr")
  );
}

function kindOf(tree: XmlTree, element: number): Exclude<Block["kind"], "group"> {
  const name = nameOf(tree, element);
  if (name === "w:p") return "paragraph";
  // Only rows can be marked: a table that has none can't come or go.
  if (name === "w:tbl") return descendantsNamed(tree, element, "w:tr").length > 0 ? "table" : "other";
  if (name === "w:tr") return "row";
  return name === "w:sdt" ? "control" : "other";
}

function shapeOf(source: KeySource, element: number, kind: Block["kind"]): string {
  const { tree } = source;
  if (kind === "row")
    return String(childrenOf(tree, element).filter((child) => nameOf(tree, child) === "w:tc").length);
  if (kind !== "control") return "";
  const own = childNamed(tree, element, "w:sdtPr");
  return own < 0 ? "" : childrenKey(source, childrenOf(tree, own));
}

function firstCellText(tree: XmlTree, row: number): string {
  const cell = childNamed(tree, row, "w:tc");
  return cell < 0 ? "" : paragraphTextsIn(tree, cell).join("\n").trim();
}

/** The texts of the paragraphs in an element, itself included. */
function paragraphTextsIn(tree: XmlTree, element: number): string[] {
  const own = nameOf(tree, element) === "w:p" ? [element] : descendantsNamed(tree, element, "w:p");
  return own.map((paragraph) => {
    let text = "";
    for (let at = paragraph + 1; at < tree.next[paragraph]!; at++) {
      const name = nameOf(tree, at);
      if (name === "w:t") text += tree.source.slice(tree.openEnd[at]!, tree.closeStart[at]!);
      // A tab or line break parts words as a space does; stops of tabs are no run's.
      else if (/^w:(tab|br|cr|ptab)$/.test(name) && nameOf(tree, tree.parent[at]!) === "w:r") text += " ";
    }
    return text;
  });
}
