import { childNamed, childrenOf, innerXml, nameOf, openTag } from "../../xml/xml-tree.ts";
import { revisionAttributes } from "../edit/markup.ts";
import type { Comparison } from "./comparison.ts";
import type { Item } from "./read-items.ts";
import { type Node, nodesOf, type Slice } from "./write-runs.ts";

/** What a wrapper is written as that both have with other content; undefined where nothing in it differs. */
type WriteInside = (before: Item, after: Item) => string | undefined;

/**
 * What both have: each stretch of one formatting, with a tracked change where the second's differs; wrappers with the
 * changes inside them.
 */
export function writeKept(
  comparison: Comparison,
  old: readonly Slice[],
  fresh: readonly Slice[],
  writeInside: WriteInside,
): string {
  const nodes: Node[] = [];
  const plain: Slice[] = [];
  const flush = (): void => {
    nodes.push(...nodesOf(comparison, "before", plain.splice(0), "keep"));
  };
  let last: string | undefined;
  for (const { cut, other } of pairSlices(old, fresh)) {
    const { item } = cut;
    const xml = other === undefined ? undefined : writeInside(item, other);
    const slice = xml === undefined ? cut : { ...cut, xml };
    if (other === undefined || item.format === other.format) {
      plain.push(slice);
      if (other !== undefined) last = undefined;
    } else {
      flush();
      const key = `${item.format} ${other.format}`;
      if (key !== last) {
        comparison.nextChange();
        comparison.counts.formattingChanges++;
      }
      last = key;
      const format = newFormat(comparison, item.run, other.run);
      nodes.push(...nodesOf(comparison, "before", [slice], "keep", format));
    }
    if (other !== undefined) pairNotes(comparison, item, other);
  }
  flush();
  return nodes.map((node) => node.xml).join("");
}

/** The old slices cut where the new ones are, each with the item it became; markers have none. */
function* pairSlices(
  old: readonly Slice[],
  fresh: readonly Slice[],
): Generator<{ readonly cut: Slice; readonly other: Item | undefined }> {
  const others = fresh.filter((slice) => slice.to > slice.from);
  let place = 0;
  let used = 0;
  for (const slice of old) {
    if (slice.to === slice.from) yield { cut: slice, other: undefined };
    for (let from = slice.from; from < slice.to; ) {
      const other = others[place]!;
      const length = Math.min(slice.to - from, other.to - other.from - used);
      yield { cut: { item: slice.item, from, to: from + length }, other: other.item };
      from += length;
      used += length;
      if (used < other.to - other.from) continue;
      place++;
      used = 0;
    }
  }
}

function pairNotes(comparison: Comparison, old: Item, fresh: Item): void {
  if (
    old.kind !== "child" ||
    !/^w:(foot|end)noteReference$/.test(nameOf(comparison.before.tree, old.element))
  )
    return;
  comparison.pairNotes(old.element, fresh.element);
}

/** The second document's run properties, holding the first's as the tracked change's old ones (17.13.5.31). */
function newFormat(comparison: Comparison, before: number, after: number): string {
  const { markup, revision, importer, target } = comparison;
  const old = comparison.before.tree;
  const fresh = comparison.after.tree;
  const was = childNamed(old, before, "w:rPr");
  const now = childNamed(fresh, after, "w:rPr");
  const inner =
    now < 0
      ? ""
      : childrenOf(fresh, now)
          .map((child) => importer.xml(comparison.after, child, target))
          .join("");
  const oldXml = markup.element("w:rPr", {}, was < 0 ? "" : innerXml(old, was));
  const change = markup.element("w:rPrChange", revisionAttributes(revision()), oldXml);
  if (was < 0) return markup.element("w:rPr", {}, inner + change);
  return `${openTag(old, was).replace(/\s*\/>$/, ">")}${inner}${change}</${markup.name("w:rPr")}>`;
}
