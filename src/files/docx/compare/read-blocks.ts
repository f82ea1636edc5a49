import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import { endsSection } from "../edit/paragraph-marks.ts";
import { childrenKey, contentKey, isIgnored, type KeySource } from "./content-key.ts";
import { textTokens } from "./text-tokens.ts";

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
  /** The same exactly for blocks that show the same. */
  readonly key: string;
  /** Only blocks of one shape can be edited into each other: a table's columns, a row's cells. */
  readonly shape: string;
  /** How often each word occurs, for likeness. */
  readonly words: ReadonlyMap<string, number>;
  /** The blocks inside a content control. */
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
    depth = Math.max(0, depth + openFields(source, element));
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

/** Fields that begin in the element less those that end in it (17.16.18); text boxes are flows of their own. */
function openFields({ tree }: KeySource, element: number): number {
  let depth = 0;
  for (const field of descendantsNamed(tree, element, "w:fldChar")) {
    const type = attribute(tree, field, "w:fldCharType");
    if (type === "begin") depth++;
    else if (type === "end") depth--;
  }
  return depth;
}

function makeBlock(source: KeySource, elements: readonly number[]): Block {
  const { tree } = source;
  const first = elements[0]!;
  const words = wordsOf(source, elements);
  let length = 0;
  for (const [word, count] of words) length += word.length * count;
  const kind = elements.length > 1 ? "group" : kindOf(tree, first);
  const key =
    elements.length > 1
      ? elements.map((each) => contentKey(source, each)).join("")
      : contentKey(source, first);
  const kinds = elements.length > 1 ? elements.map((each) => kindOf(tree, each)) : [];
  const hasSection = elements.some((each) => endsSection(tree, each));
  const content = kind === "control" ? childNamed(tree, first, "w:sdtContent") : -1;
  const inner = (): readonly Block[] => (content < 0 ? [] : readBlocks(source, content));
  return {
    kind,
    elements,
    kinds,
    hasSection,
    key,
    shape: shapeOf(source, first, kind),
    words,
    inner,
    length,
  };
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
  if (kind === "table") {
    const grid = childNamed(tree, element, "w:tblGrid");
    return grid < 0 ? "" : String(childrenOf(tree, grid).length);
  }
  if (kind === "row")
    return String(childrenOf(tree, element).filter((child) => nameOf(tree, child) === "w:tc").length);
  if (kind !== "control") return "";
  const own = childNamed(tree, element, "w:sdtPr");
  return own < 0 ? "" : childrenKey(source, childrenOf(tree, own));
}

function wordsOf({ tree }: KeySource, elements: readonly number[]): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  const text = elements.map((element) => paragraphTextsIn(tree, element).join("\n")).join("\n");
  for (const token of textTokens(text)) {
    if (token.trim() !== "") words.set(token, (words.get(token) ?? 0) + 1);
  }
  return words;
}

/** The texts of the paragraphs in an element, itself included. */
function paragraphTextsIn(tree: KeySource["tree"], element: number): string[] {
  const own = nameOf(tree, element) === "w:p" ? [element] : descendantsNamed(tree, element, "w:p");
  return own.map((paragraph) =>
    descendantsNamed(tree, paragraph, "w:t")
      .map((text) => tree.source.slice(tree.openEnd[text]!, tree.closeStart[text]!))
      .join(""),
  );
}
