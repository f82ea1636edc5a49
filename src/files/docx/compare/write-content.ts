import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, nameOf } from "../../xml/xml-tree.ts";
import { diffWords } from "../edit/word-diff.ts";
import type { Comparison } from "./comparison.ts";
import { fieldParts, pairWrappers } from "./pair-wrappers.ts";
import { type Item, textOfItems } from "./read-items.ts";
import { textLength } from "./text-length.ts";
import { writeKept } from "./write-kept.ts";
import { joinNodes, nodesOf, type Slice, whole } from "./write-runs.ts";
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
  const writeInside = (old: Item, fresh: Item): string | undefined =>
    pairs.inside.get(old) === fresh ? insideOf(comparison, old, fresh) : undefined;
  let ended = "";
  let content = "";
  let [from, to] = [0, 0];
  const keep = (length: number): void => {
    const [old, fresh] = [cutOld(from, from + length), cutNew(to, to + length)];
    content += writeKept(comparison, old, fresh, writeInside);
    from += length;
    to += length;
  };
  for (const hunk of hunks) {
    keep(hunk.start - from);
    if (hunk.end === hunk.start && hunk.text === "") continue;
    const gone = cutOld(hunk.start, hunk.end);
    const added = cutNew(to, to + hunk.text.length);
    from = hunk.end;
    to += hunk.text.length;
    for (const { xml, mark, kind } of writeChange(comparison, gone, added)) {
      content += xml;
      if (mark === undefined) continue;
      ended += options.endParagraph!(content, mark.element, kind);
      content = "";
    }
  }
  keep(oldText.length - from);
  return { ended, content: content + keptXml(comparison, markersAtEnd(pairs.before)) };
}

type Change = { readonly xml: string; readonly kind: "w:ins" | "w:del"; readonly mark?: Item };

/** What goes and what comes at one place, each up to the marks of paragraphs in it. */
function* writeChange(
  comparison: Comparison,
  gone: readonly Slice[],
  added: readonly Slice[],
): Generator<Change> {
  const lengths = {
    gone: charactersOf(comparison.before.tree, gone),
    added: charactersOf(comparison.after.tree, added),
  };
  comparison.nextChange();
  comparison.counts.deletedCharacters += lengths.gone;
  comparison.counts.insertedCharacters += lengths.added;
  // Where both end a field that began above, the new one began last: fields nest. What takes the place of a mark alone
  // is read better at the end of its line.
  const isReversed =
    gone.some(({ item }) => endsField(comparison, item)) ||
    (lengths.gone === 0 && gone.some(({ item }) => item.kind === "mark"));
  const sides = [
    { side: "before", kind: "w:del", slices: gone },
    { side: "after", kind: "w:ins", slices: added },
  ] as const;
  for (const { side, kind, slices } of isReversed ? sides.toReversed() : sides) {
    for (const { stretch, mark } of cutAtMarks(slices)) {
      const xml = joinNodes(comparison, nodesOf(comparison, side, stretch, kind), kind);
      yield { xml, kind, ...(mark !== undefined && { mark }) };
    }
  }
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

/** What shows nothing and has nothing after it. */
function markersAtEnd(items: readonly Item[]): readonly Item[] {
  return items.slice(items.findLastIndex((item) => item.text !== "") + 1);
}

function insideOf(comparison: Comparison, old: Item, fresh: Item): string {
  if (old.kind !== "field") return writeWrapper(comparison, old, fresh, writeContent);
  const { head, result, tail } = fieldParts(comparison.before.tree, old)!;
  const other = fieldParts(comparison.after.tree, fresh)!.result;
  return keptXml(comparison, head) + writeContent(comparison, result, other) + keptXml(comparison, tail);
}

function keptXml(comparison: Comparison, items: readonly Item[]): string {
  return joinNodes(comparison, nodesOf(comparison, "before", items.map(whole), "keep"), "keep");
}
