import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { childrenOf, nameOf } from "../../xml/xml-tree.ts";
import type { Inline } from "../read/read-inline.ts";

/** What shows only what it holds; without content it has no business to be there. */
const wrappers = new Set(["w:ins", "w:hyperlink", "w:smartTag", "w:fldSimple", "w:dir", "w:bdo"]);
const idle = new Set(["w:smartTagPr", "w:proofErr", "w:fldData"]);

/** The splices with those wrappers taken out whole of which nothing would be left: the author's own insertion, a link. */
export function dropEmptied(tree: XmlTree, inline: Inline, splices: readonly Splice[]): Splice[] {
  const ends = new Map(splices.filter(({ text }) => text === "").map(({ start, end }) => [start, end]));
  const gone = new Set(
    inline.runs
      .map(({ element }) => element)
      .filter((element) => ends.get(tree.start[element]!) === tree.end[element]!),
  );
  if (gone.size === 0) return [...splices];
  const isInside = ({ start, end }: Splice, wrapper: number): boolean =>
    start > tree.start[wrapper]! && end < tree.end[wrapper]!;
  const isEmptied = (wrapper: number): boolean =>
    wrappers.has(nameOf(tree, wrapper)) &&
    !splices.some((splice) => splice.text !== "" && isInside(splice, wrapper)) &&
    childrenOf(tree, wrapper).every(
      (child) => gone.has(child) || idle.has(nameOf(tree, child)) || isEmptied(child),
    );
  const emptied = new Set<number>();
  for (const run of gone) {
    let at = run;
    while (tree.parent[at]! > inline.element && isEmptied(tree.parent[at]!)) at = tree.parent[at]!;
    if (at !== run) emptied.add(at);
  }
  const rest = splices.filter((splice) => ![...emptied].some((wrapper) => isInside(splice, wrapper)));
  const whole = [...emptied].map((at) => ({ start: tree.start[at]!, end: tree.end[at]!, text: "" }));
  return [...rest, ...whole];
}
