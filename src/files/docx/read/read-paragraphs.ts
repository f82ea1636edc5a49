import { isRelationshipType, relationshipsOf } from "../../opc/opc-package.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, descend, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import type { CellAddress, Paragraph, Revision, Span, Story, StoryPart, WordDocument } from "../types.ts";
import { createFieldStack, type FieldStack } from "./field-stack.ts";
import { marksOf } from "./marks.ts";
import { createNumberingCounter, type NumberingCounter } from "./numbering.ts";
import { type Inline, readInline, revisionOf } from "./read-inline.ts";
import {
  headingLevelOf,
  inherited,
  numberOf,
  type ParagraphStyle,
  readStyles,
  relatedTree,
} from "./styles.ts";

/** What an edit needs beside the public paragraph. Kept apart so that paragraphs stay plain data. */
export type ParagraphSource = {
  readonly story: StoryPart;
  readonly inline: Inline;
  /**
   * The same paragraph in the fallback copy of a text box (`mc:Fallback`), when it holds the same text;
   * "differs" when it does not, so that editing one copy would tear them apart.
   */
  readonly twin?: Inline | "differs";
};

const sources = new WeakMap<Paragraph, ParagraphSource>();

/** Where a paragraph of this document comes from. */
export function sourceOf(paragraph: Paragraph): ParagraphSource {
  const source = sources.get(paragraph);
  if (source === undefined)
    throw new RangeError(`the paragraph ${paragraph.id} is a copy: take it from the document`);
  return source;
}

type Reader = {
  readonly styles: ReadonlyMap<string, ParagraphStyle>;
  readonly defaultStyle: string | undefined;
  readonly count: NumberingCounter;
};

/** Every paragraph of every story, in reading order. */
export function readParagraphs(document: WordDocument): readonly Paragraph[] {
  const styles = readStyles(document);
  const reader: Reader = {
    styles,
    defaultStyle: [...styles.values()].find((style) => style.isDefault)?.id,
    count: createNumberingCounter(relatedTree(document, "numbering")),
  };
  return document.stories.flatMap((story) => readStory(document, story, reader));
}

function readStory(document: WordDocument, story: StoryPart, reader: Reader): Paragraph[] {
  const { tree } = story;
  const links = linkTargets(document, story.name);
  const linkTarget = (id: string): string | undefined => links().get(id);
  const fields = new Map<number, FieldStack>();
  const cells = readCells(tree);
  const stem = story.name.slice(story.name.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
  const inlines = descendantsNamed(tree, 0, "w:p").map((element) => {
    const container = storyContainer(tree, element);
    const stack = fields.get(container) ?? createFieldStack();
    fields.set(container, stack);
    return readInline(tree, element, stack, linkTarget);
  });
  const twins = findTwins(tree, inlines);
  const paragraphs: Paragraph[] = [];
  inlines.forEach((inline, ordinal) => {
    const twin = twins.get(inline.element);
    if (twin === "is-fallback") return;
    const paragraph = describe(story, inline, `${stem}:${ordinal}`, ordinal, cells, reader);
    sources.set(paragraph, { story, inline, ...(twin !== undefined && { twin }) });
    paragraphs.push(paragraph);
  });
  return paragraphs;
}

function describe(
  story: StoryPart,
  inline: Inline,
  id: string,
  ordinal: number,
  cells: ReadonlyMap<number, CellAddress>,
  reader: Reader,
): Paragraph {
  const { tree } = story;
  const { element } = inline;
  const properties = childNamed(tree, element, "w:pPr");
  const value = (...path: string[]): string | undefined => {
    const found = properties < 0 ? -1 : descend(tree, properties, ...path);
    return found < 0 ? undefined : attribute(tree, found, "w:val");
  };
  const styleId = value("w:pStyle") ?? reader.defaultStyle;
  const styleName = styleId === undefined ? undefined : reader.styles.get(styleId)?.name;
  const ownLevel = numberOf(value("w:outlineLvl"));
  const headingLevel =
    ownLevel === undefined ? headingLevelOf(reader.styles, styleId) : ownLevel < 9 ? ownLevel + 1 : undefined;
  const paraId = attribute(tree, element, "w14:paraId");
  const cell = cellOf(tree, element, cells);
  const markProperties = properties < 0 ? -1 : childNamed(tree, properties, "w:rPr");
  const mark = (name: string): Revision | undefined => {
    const found = markProperties < 0 ? -1 : childNamed(tree, markProperties, name);
    return found < 0 ? undefined : revisionOf(tree, found);
  };
  const markInserted = mark("w:ins") ?? mark("w:moveTo");
  const markDeleted = mark("w:del") ?? mark("w:moveFrom");
  let spans: readonly Span[] | undefined;
  return {
    id,
    part: story.name,
    ordinal,
    story: storyOf(story, element),
    isInTextBox: isInTextBox(tree, element),
    get spans(): readonly Span[] {
      spans ??= spansOf(tree, inline);
      return spans;
    },
    ...(paraId !== undefined && { paraId }),
    ...(styleId !== undefined && { styleId }),
    ...(styleName !== undefined && { styleName }),
    ...(headingLevel !== undefined && { headingLevel }),
    ...numberingOf(reader, styleId, value("w:numPr", "w:numId"), value("w:numPr", "w:ilvl")),
    ...(cell !== undefined && { cell }),
    ...(markInserted !== undefined && { markInserted }),
    ...(markDeleted !== undefined && { markDeleted }),
  };
}

function numberingOf(
  reader: Reader,
  styleId: string | undefined,
  ownId: string | undefined,
  ownLevel: string | undefined,
): { numbering?: string; listLevel?: number } {
  const id = ownId ?? inherited(reader.styles, styleId, "numberingId");
  if (id === undefined || id === "0") return {};
  const level = numberOf(ownLevel) ?? inherited(reader.styles, styleId, "numberingLevel") ?? 0;
  const numbering = reader.count(id, level);
  return { listLevel: level, ...(numbering !== undefined && { numbering }) };
}

function spansOf(tree: XmlTree, inline: Inline): Span[] {
  const spans: Span[] = [];
  for (const piece of inline.pieces) {
    if (piece.kind === "marker" || (piece.kind === "special" && piece.text === "")) continue;
    const marks = piece.run < 0 ? {} : marksOf(tree, inline.runs[piece.run]!.element);
    const { text, inserted, deleted, link, lock } = piece;
    const last = spans.at(-1);
    const next: Span = {
      text,
      marks,
      ...(inserted && { inserted }),
      ...(deleted && { deleted }),
      ...(link !== undefined && { link }),
      ...(lock && { lock }),
    };
    if (last !== undefined && canJoin(last, next))
      spans[spans.length - 1] = { ...last, text: last.text + text };
    else spans.push(next);
  }
  return spans;
}

function canJoin(last: Span, next: Span): boolean {
  const isSameRevision = (a: Revision | undefined, b: Revision | undefined): boolean =>
    a === b || (a !== undefined && b !== undefined && a.author === b.author && a.date === b.date);
  return (
    last.lock === next.lock &&
    next.lock !== "object" &&
    last.link === next.link &&
    isSameRevision(last.inserted, next.inserted) &&
    isSameRevision(last.deleted, next.deleted) &&
    JSON.stringify(last.marks) === JSON.stringify(next.marks)
  );
}

function storyOf(story: StoryPart, element: number): Story {
  switch (story.kind) {
    case "body":
    case "header":
    case "footer":
      return { kind: story.kind };
    default: {
      const kind =
        story.kind === "footnotes" ? "footnote" : story.kind === "endnotes" ? "endnote" : "comment";
      let at = element;
      while (at >= 0 && nameOf(story.tree, at) !== `w:${kind}`) at = story.tree.parent[at]!;
      return { kind, id: at < 0 ? "" : (attribute(story.tree, at, "w:id") ?? "") };
    }
  }
}

const containers = new Set([
  "w:body",
  "w:txbxContent",
  "w:hdr",
  "w:ftr",
  "w:footnote",
  "w:endnote",
  "w:comment",
  "w:docPartBody",
]);

/** The element whose text flow a paragraph is part of: the body, a text box, a note, … */
export function storyContainer(tree: XmlTree, element: number): number {
  let at = tree.parent[element]!;
  while (at > 0 && !containers.has(nameOf(tree, at))) at = tree.parent[at]!;
  return at;
}

function isInTextBox(tree: XmlTree, element: number): boolean {
  const container = storyContainer(tree, element);
  return container >= 0 && nameOf(tree, container) === "w:txbxContent";
}

function readCells(tree: XmlTree): Map<number, CellAddress> {
  if (!tree.names.includes("w:tbl")) return new Map();
  const tables = new Map<number, { table: number; rows: number }>();
  const rows = new Map<number, { table: number; row: number; cells: number }>();
  const cells = new Map<number, CellAddress>();
  const nearest = (element: number, name: string): number => {
    let at = tree.parent[element]!;
    while (at >= 0 && nameOf(tree, at) !== name) at = tree.parent[at]!;
    return at;
  };
  for (let index = 0; index < tree.count; index++) {
    const name = nameOf(tree, index);
    if (name === "w:tbl") tables.set(index, { table: tables.size, rows: 0 });
    else if (name === "w:tr") {
      const table = tables.get(nearest(index, "w:tbl"));
      if (table !== undefined) rows.set(index, { table: table.table, row: table.rows++, cells: 0 });
    } else if (name === "w:tc") {
      const row = rows.get(nearest(index, "w:tr"));
      if (row !== undefined) cells.set(index, { table: row.table, row: row.row, column: row.cells++ });
    }
  }
  return cells;
}

function cellOf(
  tree: XmlTree,
  element: number,
  cells: ReadonlyMap<number, CellAddress>,
): CellAddress | undefined {
  for (let at = tree.parent[element]!; at > 0; at = tree.parent[at]!) {
    const cell = cells.get(at);
    if (cell !== undefined) return cell;
    if (containers.has(nameOf(tree, at))) return undefined;
  }
  return undefined;
}

function linkTargets(document: WordDocument, part: string): () => ReadonlyMap<string, string> {
  let targets: ReadonlyMap<string, string> | undefined;
  return () => {
    targets ??= new Map(
      relationshipsOf(document.package, part)
        .filter((each) => isRelationshipType(each, "hyperlink"))
        .map((each) => [each.id, each.target]),
    );
    return targets;
  };
}

/**
 * Pairs the paragraphs of `mc:Choice` with those of `mc:Fallback` (Word stores a text box twice). The fallback's are
 * left out of the reading order, unless the choice holds none.
 */
function findTwins(
  tree: XmlTree,
  inlines: readonly Inline[],
): ReadonlyMap<number, Inline | "differs" | "is-fallback"> {
  const twins = new Map<number, Inline | "differs" | "is-fallback">();
  if (!tree.names.includes("mc:Fallback")) return twins;
  const byElement = new Map(inlines.map((inline) => [inline.element, inline]));
  const paragraphsOf = (branch: number): Inline[] =>
    branch < 0 ? [] : descendantsNamed(tree, branch, "w:p").map((element) => byElement.get(element)!);
  for (const alternate of descendantsNamed(tree, 0, "mc:AlternateContent")) {
    const choice = paragraphsOf(childNamed(tree, alternate, "mc:Choice"));
    const fallback = paragraphsOf(childNamed(tree, alternate, "mc:Fallback"));
    if (choice.length === 0) continue;
    for (const inline of fallback) twins.set(inline.element, "is-fallback");
    choice.forEach((inline, index) => {
      if (twins.get(inline.element) === "is-fallback" || fallback.length === 0) return;
      const other = fallback[index];
      const isSame = fallback.length === choice.length && other?.finalText === inline.finalText;
      twins.set(inline.element, isSame ? other : "differs");
    });
  }
  return twins;
}
