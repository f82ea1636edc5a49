import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import {
  attributesOf,
  childNamed,
  childrenOf,
  isSelfClosing,
  nameOf,
  openTag,
  outerXml,
} from "../../xml/xml-tree.ts";
import { storyContainer } from "../read/read-paragraphs.ts";
import { isMarkerName } from "../revisions/settle-plan.ts";
import type { Markup } from "./markup.ts";

const blocks = new Set(["w:p", "w:tbl", "w:sdt", "w:customXml", "w:altChunk"]);

/** True when no other block follows the paragraph in its body, cell, text box or note: its mark can't be revised. */
export function isLastInContainer(tree: XmlTree, paragraph: number): boolean {
  const container = storyContainer(tree, paragraph);
  for (let at = paragraph; at !== container && at > 0; at = tree.parent[at]!) {
    const parent = tree.parent[at]!;
    for (let next = tree.next[at]!; next < tree.next[parent]!; next = tree.next[next]!) {
      if (blocks.has(nameOf(tree, next))) return false;
    }
    if (nameOf(tree, parent) === "w:tc") return true;
  }
  return true;
}

/** The next element in the same parent that is no range marker, or -1. */
export function nextSibling(tree: XmlTree, element: number): number {
  const end = tree.next[tree.parent[element]!]!;
  let next = tree.next[element]!;
  while (next < end && isMarkerName(nameOf(tree, next))) next = tree.next[next]!;
  return next < end ? next : -1;
}

/** True when the paragraph ends a section: its properties hold the section's set-up (17.6.18). */
export function endsSection(tree: XmlTree, paragraph: number): boolean {
  const properties = childNamed(tree, paragraph, "w:pPr");
  return properties >= 0 && childNamed(tree, properties, "w:sectPr") >= 0;
}

/**
 * Puts a revision (`w:ins` or `w:del` source) on the paragraph's mark. In the mark's properties `w:ins` comes first,
 * then `w:del`, then all else; `w:rPr` comes before `w:sectPr` and `w:pPrChange` (17.3.1.29).
 */
export function markSplices(tree: XmlTree, markup: Markup, paragraph: number, revision: string): Splice[] {
  const name = markup.name;
  const properties = childNamed(tree, paragraph, "w:pPr");
  const markProperties = `<${name("w:rPr")}>${revision}</${name("w:rPr")}>`;
  if (properties < 0) {
    return insertInside(tree, paragraph, `<${name("w:pPr")}>${markProperties}</${name("w:pPr")}>`);
  }
  const runProperties = childNamed(tree, properties, "w:rPr");
  if (runProperties < 0) {
    const after = childrenOf(tree, properties).find((child) =>
      ["w:sectPr", "w:pPrChange"].includes(nameOf(tree, child)),
    );
    if (after !== undefined) return [point(tree.start[after]!, markProperties)];
    return insertInside(tree, properties, markProperties, "end");
  }
  const insertion = childNamed(tree, runProperties, "w:ins");
  if (insertion >= 0) return [point(tree.end[insertion]!, revision)];
  return insertInside(tree, runProperties, revision);
}

function insertInside(
  tree: XmlTree,
  element: number,
  content: string,
  side: "start" | "end" = "start",
): Splice[] {
  if (!isSelfClosing(tree, element)) {
    return [point(side === "start" ? tree.openEnd[element]! : tree.closeStart[element]!, content)];
  }
  const open = openTag(tree, element);
  const name = tree.source.slice(tree.start[element]! + 1, tree.nameEnd[element]!);
  const text = `${open.slice(0, -2).trimEnd()}>${content}</${name}>`;
  return [{ start: tree.start[element]!, end: tree.end[element]!, text }];
}

function point(at: number, text: string): Splice {
  return { start: at, end: at, text };
}

/** The paragraph's `w:pPr` source, verbatim, or "". */
export function paragraphProperties(tree: XmlTree, paragraph: number): string {
  const properties = childNamed(tree, paragraph, "w:pPr");
  return properties < 0 ? "" : outerXml(tree, properties);
}

const pending = new Set(["w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:rPrChange"]);
const ofTheMark = new Set(["w:sectPr", "w:pPrChange"]);
const ofTheFirst = new Set(["w:framePr", "w:pageBreakBefore"]);

/**
 * The properties of a paragraph in the manner of this one, with `revision` on its mark: style, list and spacing are
 * copied; what belongs to the old mark (section set-up, pending changes) is not, nor for a `new` paragraph frame
 * and page break.
 */
export function copiedProperties(
  tree: XmlTree,
  markup: Markup,
  paragraph: number,
  revision: string,
  use: "new" | "same",
): string {
  const properties = childNamed(tree, paragraph, "w:pPr");
  const children = properties < 0 ? [] : childrenOf(tree, properties);
  let mark = revision;
  let rest = "";
  for (const child of children) {
    const name = nameOf(tree, child);
    if (name === "w:rPr") {
      for (const inner of childrenOf(tree, child))
        if (!pending.has(nameOf(tree, inner))) mark += outerXml(tree, inner);
    } else if (name === "w:numPr") {
      rest += numbering(tree, markup, child);
    } else if (!ofTheMark.has(name) && !(use === "new" && ofTheFirst.has(name))) {
      rest += outerXml(tree, child);
    }
  }
  const run = mark === "" ? "" : `<${markup.name("w:rPr")}>${mark}</${markup.name("w:rPr")}>`;
  if (rest + run === "") return "";
  return `<${markup.name("w:pPr")}>${rest}${run}</${markup.name("w:pPr")}>`;
}

/** Splices that give the paragraph other properties. */
export function withProperties(tree: XmlTree, paragraph: number, xml: string): Splice[] {
  const properties = childNamed(tree, paragraph, "w:pPr");
  if (properties < 0) return insertInside(tree, paragraph, xml);
  return [{ start: tree.start[properties]!, end: tree.end[properties]!, text: xml }];
}

/** A start tag for the second half of a split paragraph: foreign attributes kept, ids and revision marks not repeated. */
export function splitOpenTag(tree: XmlTree, paragraph: number): string {
  const own = /^(w14:(paraId|textId)|w:rsid.*)$/;
  const kept = attributesOf(tree, paragraph).filter((each) => !own.test(each.name));
  const name = tree.source.slice(tree.start[paragraph]! + 1, tree.nameEnd[paragraph]!);
  return `<${name}${kept.map((each) => ` ${tree.source.slice(each.start, each.end)}`).join("")}>`;
}

/** List membership without a pending insertion of it. */
function numbering(tree: XmlTree, markup: Markup, element: number): string {
  const kept = childrenOf(tree, element).filter((child) => nameOf(tree, child) !== "w:ins");
  if (kept.length === childrenOf(tree, element).length) return outerXml(tree, element);
  const content = kept.map((child) => outerXml(tree, child)).join("");
  return `<${markup.name("w:numPr")}>${content}</${markup.name("w:numPr")}>`;
}
