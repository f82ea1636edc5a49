import type { XmlTree } from "../../xml/scan-xml.ts";
import { ancestorNamed, descendantsNamed } from "../../xml/xml-tree.ts";
import type { Insertion } from "./create-insertion.ts";
import { ownTexts, paragraphText } from "./create-placeholders.ts";
import { readFields } from "./story-fields.ts";

/** A table of contents in the text that a template keeps: the paragraphs from where its field begins to where it ends. */
export type KeptContents = {
  readonly start: number;
  readonly end: number;
  /** The field's instruction, which stays. */
  readonly code: string;
  readonly levels: 1 | 2 | 3 | 4;
};

/** The first table of contents outside the place of new content whose paragraphs hold nothing else. */
export function findKeptContents(tree: XmlTree, insertion: Insertion): KeptContents | undefined {
  for (const { code, begin, finish } of readFields(tree)) {
    // TOC \c lists captions, \t and \b other things than headings.
    if (!/^\s*TOC\b/i.test(code) || /\\[abcft]\b/i.test(code) || !/\\[ou]\b/i.test(code)) continue;
    const [first, last] = [ancestorNamed(tree, begin, "w:p"), ancestorNamed(tree, finish, "w:p")];
    if (first < 0 || last < 0 || tree.parent[first] !== tree.parent[last]) continue;
    const [start, end] = [tree.start[first]!, tree.end[last]!];
    if (start < insertion.end && end > insertion.start) continue;
    if (textAround(tree, first, last, begin, finish) !== "" || holdsSection(tree, first, last)) continue;
    const deepest = Number(/\\o\s*"?\d-(\d)/i.exec(code)?.[1] ?? 3);
    return { start, end, code: code.trim(), levels: Math.max(1, Math.min(4, deepest)) as 1 | 2 | 3 | 4 };
  }
  return undefined;
}

/** What the first paragraph says before the field and the last one behind it. */
function textAround(tree: XmlTree, first: number, last: number, begin: number, finish: number): string {
  const before = ownTexts(tree, first).filter((each) => tree.start[each]! < tree.start[begin]!);
  const behind = ownTexts(tree, last).filter((each) => tree.start[each]! > tree.start[finish]!);
  return paragraphText(tree, [...before, ...behind]).trim();
}

function holdsSection(tree: XmlTree, first: number, last: number): boolean {
  return descendantsNamed(tree, 0, "w:sectPr").some(
    (each) => tree.start[each]! > tree.start[first]! && tree.end[each]! < tree.end[last]!,
  );
}
