import { attribute, childNamed, childrenOf, innerXml, nameOf, openTag } from "../../xml/xml-tree.ts";
import { revisionAttributes } from "../edit/markup.ts";
import type { Comparison } from "./comparison.ts";
import { diffText } from "./diff-text.ts";
import { type Item, readItems, textOfItems } from "./read-items.ts";
import { joinNodes, type Node, nodesOf, type Slice, whole } from "./write-runs.ts";

/**
 * What stands in a paragraph that both documents have, word by word: kept as it is, kept with other formatting,
 * deleted, inserted. `isWhole` deletes all of the old and inserts all of the new text.
 */
export function writeContent(
  comparison: Comparison,
  before: number,
  after: number,
  isWhole: boolean,
): string {
  const old = readItems(comparison.before, before, comparison.standIn);
  const fresh = readItems(comparison.after, after, comparison.standIn);
  const [oldText, newText] = [textOfItems(old), textOfItems(fresh)];
  const hunks = isWhole ? [{ start: 0, end: oldText.length, text: newText }] : diffText(oldText, newText);
  const cutOld = cutter(old);
  const cutNew = cutter(fresh);
  let content = "";
  let [from, to] = [0, 0];
  const keep = (length: number): void => {
    content += writeKept(comparison, cutOld(from, from + length), cutNew(to, to + length));
    from += length;
    to += length;
  };
  for (const hunk of hunks) {
    keep(hunk.start - from);
    const gone = cutOld(hunk.start, hunk.end);
    const added = cutNew(to, to + hunk.text.length);
    from = hunk.end;
    to += hunk.text.length;
    if (hunk.end === hunk.start && hunk.text === "") continue;
    comparison.nextChange();
    comparison.counts.deletedCharacters += hunk.end - hunk.start;
    comparison.counts.insertedCharacters += hunk.text.length;
    const deleted = joinNodes(comparison, nodesOf(comparison, "before", gone, "w:del"), "w:del");
    const inserted = joinNodes(comparison, nodesOf(comparison, "after", added, "w:ins"), "w:ins");
    // Where both end a field that began above, the new one began last: fields nest.
    content += gone.some(({ item }) => endsField(comparison, item)) ? inserted + deleted : deleted + inserted;
  }
  keep(oldText.length - from);
  const rest = old.filter((item) => item.text === "" && isAtEnd(old, item));
  return content + joinNodes(comparison, nodesOf(comparison, "before", rest.map(whole), "keep"), "keep");
}

/** True for the end of a field that began in another paragraph. */
function endsField({ before: { tree } }: Comparison, item: Item): boolean {
  return (
    item.kind === "child" &&
    nameOf(tree, item.element) === "w:fldChar" &&
    attribute(tree, item.element, "w:fldCharType") === "end"
  );
}

/** Gives the slices of a stretch of the string that the items stand for. What has no text goes with what follows it. */
function cutter(items: readonly Item[]): (start: number, end: number) => Slice[] {
  const starts: number[] = [];
  let at = 0;
  for (const item of items) {
    starts.push(at);
    at += item.text.length;
  }
  return (start, end) => {
    const slices: Slice[] = [];
    items.forEach((item, index) => {
      const own = starts[index]!;
      const [from, to] = [Math.max(start, own), Math.min(end, own + item.text.length)];
      if (from < to) slices.push({ item, from: from - own, to: to - own });
      else if (item.text === "" && own >= start && own < end) slices.push(whole(item));
    });
    return slices;
  };
}

function isAtEnd(items: readonly Item[], item: Item): boolean {
  return items.slice(items.indexOf(item)).every((each) => each.text === "");
}

/** Text that both have: each stretch of one formatting, with a tracked change where the second's differs. */
function writeKept(comparison: Comparison, old: readonly Slice[], fresh: readonly Slice[]): string {
  const nodes: Node[] = [];
  const plain: Slice[] = [];
  const flush = (): void => {
    nodes.push(...nodesOf(comparison, "before", plain.splice(0), "keep"));
  };
  const others = fresh.filter((slice) => slice.to > slice.from);
  let place = 0;
  let used = 0;
  let last: string | undefined;
  for (const slice of old) {
    if (slice.to === slice.from) {
      plain.push(slice);
      continue;
    }
    for (let from = slice.from; from < slice.to; ) {
      const other = others[place]!;
      const length = Math.min(slice.to - from, other.to - other.from - used);
      const cut = { item: slice.item, from, to: from + length };
      pairNotes(comparison, slice.item, other.item);
      if (slice.item.format === other.item.format) {
        plain.push(cut);
        last = undefined;
      } else {
        flush();
        const key = `${slice.item.format} ${other.item.format}`;
        if (key !== last) {
          comparison.nextChange();
          comparison.counts.formattingChanges++;
        }
        last = key;
        nodes.push(
          ...nodesOf(
            comparison,
            "before",
            [cut],
            "keep",
            newFormat(comparison, slice.item.run, other.item.run),
          ),
        );
      }
      from += length;
      used += length;
      if (used === other.to - other.from) {
        place++;
        used = 0;
      }
    }
  }
  flush();
  return nodes.map((node) => node.xml).join("");
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
