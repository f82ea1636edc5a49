import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { applySplices } from "../../xml/splice.ts";
import { childNamed, isSelfClosing, openTag } from "../../xml/xml-tree.ts";
import { createMarkup } from "../edit/markup.ts";
import { endsSection, splitOpenTag } from "../edit/paragraph-marks.ts";
import type { Comparison } from "./comparison.ts";
import { markSubtree } from "./mark-subtree.ts";
import { readAllItems, readItems } from "./read-items.ts";
import { textLength } from "./text-length.ts";
import { writeContent, writeStretches } from "./write-content.ts";
import {
  changedProperties,
  type ParagraphProperties,
  type PropertiesOptions,
  readProperties,
  writeProperties,
} from "./write-properties.ts";

/** An element of the second document, all of it marked as inserted. */
export function insertedXml(comparison: Comparison, element: number): string {
  comparison.nextChange();
  const xml = comparison.importer.xml(comparison.after, element, comparison.target);
  const tree = scanXml(xml, 256, comparison.target.scope);
  const splices = markSubtree(tree, 0, {
    markup: createMarkup(tree),
    kind: "w:ins",
    revision: comparison.revision,
    marksParagraphs: true,
  });
  return applySplices(xml, splices);
}

export function countText(
  comparison: Comparison,
  key: "insertedCharacters" | "deletedCharacters",
  tree: XmlTree,
  element: number,
): void {
  comparison.counts[key] += textLength(tree, element);
}

type Pair = {
  readonly kind: "keep" | "replace" | "grow" | "shrink";
  readonly before: number;
  readonly after: number;
};

/** A paragraph that both documents have, with the changes of its properties and text. */
export function writePair(comparison: Comparison, { kind, before, after }: Pair): string {
  const old = readProperties(comparison, "before", before);
  const now = readProperties(comparison, "after", after);
  comparison.nextChange();
  const options: Record<Pair["kind"], PropertiesOptions> = {
    keep: { now, old },
    replace: { now, old },
    // Rejecting takes the properties of the last paragraph, accepting keeps these.
    grow: { now, mark: "w:ins" },
    // Accepting takes the properties of the last paragraph, rejecting keeps these.
    shrink: { now: old, mark: "w:del" },
  };
  const section = sectionOf(comparison, before, after, old);
  const properties = writeProperties(comparison, { ...options[kind], section });
  return paragraphXml(
    comparison,
    before,
    properties,
    writeContent(
      comparison,
      readItems(comparison.before, before, comparison.standIn),
      readItems(comparison.after, after, comparison.standIn),
      { isWhole: kind === "replace" },
    ),
  );
}

/**
 * Paragraphs that were cut by other marks, in one: each mark that comes or goes ends a paragraph of the result, the
 * last mark stays. What is joined takes the properties of the last (17.13.5.15), so only that one's are tracked.
 */
export function writeRecut(
  comparison: Comparison,
  before: readonly number[],
  after: readonly number[],
): string {
  const last = before.at(-1)!;
  const { tree } = comparison.before;
  const endParagraph = (content: string, paragraph: number, mark: "w:ins" | "w:del"): string => {
    const isGone = mark === "w:del";
    const now = readProperties(comparison, isGone ? "before" : "after", paragraph);
    const properties = writeProperties(comparison, { now, mark });
    return isGone
      ? paragraphXml(comparison, paragraph, properties, content)
      : paragraphXml(comparison, last, properties, content, splitOpenTag(tree, last));
  };
  const { ended, content } = writeStretches(
    comparison,
    readAllItems(comparison.before, before, comparison.standIn),
    readAllItems(comparison.after, after, comparison.standIn),
    { endParagraph },
  );
  comparison.nextChange();
  const now = readProperties(comparison, "after", after.at(-1)!);
  const old = readProperties(comparison, "before", last);
  return ended + paragraphXml(comparison, last, writeProperties(comparison, { now, old }), content);
}

/** The section that the paragraph ends, with the tracked change of its set-up (17.13.5.32). */
function sectionOf(comparison: Comparison, before: number, after: number, old: ParagraphProperties): string {
  const isOld = endsSection(comparison.before.tree, before);
  const isNew = endsSection(comparison.after.tree, after);
  if (isOld !== isNew) {
    const reason = isOld
      ? "a section break can't be deleted as a tracked change: it stays"
      : "a new section break is left out: Word has no tracked form for its headers and page set-up";
    comparison.refuse({ code: "section-break", reason, part: comparison.after.part });
  }
  if (!isOld || !isNew) return old.section;
  const section = (side: "before" | "after", paragraph: number): number => {
    const { tree } = comparison[side];
    return childNamed(tree, childNamed(tree, paragraph, "w:pPr"), "w:sectPr");
  };
  return (
    changedProperties(comparison, "w:sectPr", section("before", before), section("after", after)) ??
    old.section
  );
}

function paragraphXml(
  { before: { tree } }: Comparison,
  paragraph: number,
  properties: string,
  content: string,
  open = openTag(tree, paragraph).replace(/\s*\/>$/, ">"),
): string {
  const name = tree.source.slice(tree.start[paragraph]! + 1, tree.nameEnd[paragraph]!);
  return `${open}${properties}${content}</${name}>`;
}

/** The second's last paragraph on the first's last mark: rejecting gives that mark its properties back. */
export function writeGrown(comparison: Comparison, before: number, after: number): string {
  const now = readProperties(comparison, "after", after);
  const old = readProperties(comparison, "before", before);
  const xml = insertedXml(comparison, after);
  const tree = scanXml(xml, 256, comparison.target.scope);
  const own = childNamed(tree, 0, "w:pPr");
  countText(comparison, "insertedCharacters", comparison.after.tree, after);
  const properties = writeProperties(comparison, { now, old });
  // The start tag keeps what it says, and declares what the new content needs.
  const declared = openTag(tree, 0).match(/\sxmlns(:[^\s=]+)?\s*=\s*("[^"]*"|'[^']*')/g) ?? [];
  const { tree: base } = comparison.before;
  const open = splitOpenTag(base, before).replace(/>$/, `${declared.join("")}>`);
  const name = base.source.slice(base.start[before]! + 1, base.nameEnd[before]!);
  return `${open}${properties}${tree.source.slice(tree.end[own]!, tree.closeStart[0]!)}</${name}>`;
}

/** A paragraph whose text is deleted and whose mark stays, with the properties of `after` when that takes it over. */
export function writeEmptied(comparison: Comparison, before: number, after?: number): string {
  const { tree } = comparison.before;
  comparison.nextChange();
  countText(comparison, "deletedCharacters", tree, before);
  const old = readProperties(comparison, "before", before);
  const now = after === undefined ? old : readProperties(comparison, "after", after);
  const splices = markSubtree(tree, before, {
    markup: comparison.markup,
    kind: "w:del",
    revision: comparison.revision,
    marksParagraphs: false,
  });
  const own = childNamed(tree, before, "w:pPr");
  const start = own < 0 ? tree.openEnd[before]! : tree.end[own]!;
  const local = splices.map((each) => ({ ...each, start: each.start - start, end: each.end - start }));
  const content = isSelfClosing(tree, before)
    ? ""
    : applySplices(tree.source.slice(start, tree.closeStart[before]!), local);
  const properties = writeProperties(comparison, { now, old, section: old.section });
  return paragraphXml(comparison, before, properties, content);
}
