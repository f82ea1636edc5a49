import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, innerXml, nameOf, openTag } from "../../xml/xml-tree.ts";
import { revisionAttributes } from "../edit/markup.ts";
import { diffWords } from "../edit/word-diff.ts";
import type { Comparison } from "./comparison.ts";
import { fieldParts, pairWrappers, type WrapperPairs } from "./pair-wrappers.ts";
import { type Item, textOfItems } from "./read-items.ts";
import { textLength } from "./text-length.ts";
import { joinNodes, type Node, nodesOf, type Slice, whole } from "./write-runs.ts";
import { writeWrapper } from "./write-wrapper.ts";

/** What is written where a paragraph's mark comes or goes: all of that paragraph, given its content. */
type EndParagraph = (content: string, paragraph: number, kind: "w:ins" | "w:del") => string;

type ContentOptions = {
  /** Deletes all of the old and inserts all of the new. */
  readonly isWhole?: boolean;
  /** Needed where the items hold marks of paragraphs. */
  readonly endParagraph?: EndParagraph;
};

/** The paragraphs that marks end which come or go, and the content after the last of them. */
export type Stretches = { readonly ended: string; readonly content: string };

/** The content of a paragraph or wrapper word by word: kept as it is, with other formatting, deleted, inserted. */
export function writeContent(
  comparison: Comparison,
  before: readonly Item[],
  after: readonly Item[],
  options: ContentOptions = {},
): string {
  return writeStretches(comparison, before, after, options).content;
}

/** The same for several paragraphs that become one, or one that becomes several. */
export function writeStretches(
  comparison: Comparison,
  before: readonly Item[],
  after: readonly Item[],
  options: ContentOptions = {},
): Stretches {
  const pairs = pairWrappers(comparison, before, after);
  const [oldText, newText] = [textOfItems(pairs.before), textOfItems(pairs.after)];
  const hunks = options.isWhole
    ? [{ start: 0, end: oldText.length, text: newText }]
    : diffWords(oldText, newText, pairs.weights);
  const cutOld = cutter(pairs.before);
  const cutNew = cutter(pairs.after);
  let ended = "";
  let content = "";
  const writeChange = (side: "before" | "after", slices: readonly Slice[]): void => {
    const kind = side === "before" ? "w:del" : "w:ins";
    for (const { stretch, mark } of cutAtMarks(slices)) {
      // Markers in front of a mark that goes stay in front of it.
      content += joinNodes(comparison, nodesOf(comparison, side, stretch, kind), kind);
      if (mark === undefined) continue;
      ended += options.endParagraph!(content, mark.element, kind);
      content = "";
    }
  };
  let [from, to] = [0, 0];
  const keep = (length: number): void => {
    content += writeKept(comparison, pairs, cutOld(from, from + length), cutNew(to, to + length));
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
    comparison.counts.deletedCharacters += charactersOf(comparison.before.tree, gone);
    comparison.counts.insertedCharacters += charactersOf(comparison.after.tree, added);
    // Where both end a field that began above, the new one began last: fields nest. What takes the place of a mark
    // alone is read better at the end of its line.
    const isReversed =
      gone.some(({ item }) => endsField(comparison, item)) ||
      (gone.some(({ item }) => item.kind === "mark") && charactersOf(comparison.before.tree, gone) === 0);
    if (isReversed) writeChange("after", added);
    writeChange("before", gone);
    if (!isReversed) writeChange("after", added);
  }
  keep(oldText.length - from);
  const rest = pairs.before.filter((item) => item.text === "" && isAtEnd(pairs.before, item));
  content += joinNodes(comparison, nodesOf(comparison, "before", rest.map(whole), "keep"), "keep");
  return { ended, content };
}

function charactersOf(tree: XmlTree, slices: readonly Slice[]): number {
  const lengthOf = ({ item, from, to }: Slice): number => {
    if (item.kind === "text") return to - from;
    if (item.kind === "field") return charactersOf(tree, item.parts.map(whole));
    return item.kind === "mark" ? 0 : textLength(tree, item.element);
  };
  return slices.reduce((sum, slice) => sum + lengthOf(slice), 0);
}

/** The slices up to each mark of a paragraph, and those after the last. */
function cutAtMarks(slices: readonly Slice[]): { stretch: Slice[]; mark?: Item }[] {
  const stretches: { stretch: Slice[]; mark?: Item }[] = [];
  let stretch: Slice[] = [];
  for (const slice of slices) {
    if (slice.item.kind !== "mark") {
      stretch.push(slice);
      continue;
    }
    stretches.push({ stretch, mark: slice.item });
    stretch = [];
  }
  return [...stretches, { stretch }];
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

/**
 * What both have: each stretch of one formatting, with a tracked change where the second's differs; wrappers with the
 * changes inside them.
 */
function writeKept(
  comparison: Comparison,
  { inside }: WrapperPairs,
  old: readonly Slice[],
  fresh: readonly Slice[],
): string {
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
      const isInside = inside.get(slice.item) === other.item;
      const xml = isInside ? insideOf(comparison, slice.item, other.item) : undefined;
      const cut = { item: slice.item, from, to: from + length, ...(xml !== undefined && { xml }) };
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

function insideOf(comparison: Comparison, old: Item, fresh: Item): string {
  if (old.kind !== "field") return writeWrapper(comparison, old, fresh, writeContent);
  const { tree } = comparison.before;
  const parts = fieldParts(tree, old)!;
  const result = fieldParts(comparison.after.tree, fresh)!.result;
  const kept = (items: readonly Item[]): string =>
    joinNodes(comparison, nodesOf(comparison, "before", items.map(whole), "keep"), "keep");
  return kept(parts.head) + writeContent(comparison, parts.result, result) + kept(parts.tail);
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
