import { isRelationshipType, relationshipsOf } from "../../opc/opc-package.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import type { CellAddress, Paragraph, Revision, Story, StoryPart, WordDocument } from "../types.ts";
import { childValue } from "./child-value.ts";
import { createFieldStack, type FieldStack } from "./field-stack.ts";
import { createNumberingCounter, type NumberingCounter } from "./numbering.ts";
import { type Inline, readInline, revisionOf } from "./read-inline.ts";
import { SourcedParagraph } from "./sourced-paragraph.ts";
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

/** Where a paragraph of this document comes from. */
export function sourceOf(paragraph: Paragraph): ParagraphSource {
  const source = SourcedParagraph.sourceOf(paragraph);
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
    const source = { story, inline, ...(twin !== undefined && { twin }) };
    paragraphs.push(describe(source, `${stem}:${ordinal}`, ordinal, cells, reader));
  });
  return paragraphs;
}

type Described = { -readonly [Key in keyof Paragraph]: Paragraph[Key] };

function describe(
  source: ParagraphSource,
  id: string,
  ordinal: number,
  cells: ReadonlyMap<number, CellAddress>,
  reader: Reader,
): Paragraph {
  const { story, inline } = source;
  const { tree } = story;
  const { element } = inline;
  const paragraph: Described = new SourcedParagraph(
    source,
    id,
    ordinal,
    storyOf(story, element),
    isInTextBox(tree, element),
  );
  const own = ownProperties(tree, element);
  const paraId = attribute(tree, element, "w14:paraId");
  if (paraId !== undefined) paragraph.paraId = paraId;
  const styleId = own.styleId ?? reader.defaultStyle;
  if (styleId !== undefined) paragraph.styleId = styleId;
  const styleName = styleId === undefined ? undefined : reader.styles.get(styleId)?.name;
  if (styleName !== undefined) paragraph.styleName = styleName;
  const ownLevel = numberOf(own.outlineLevel);
  const headingLevel =
    ownLevel === undefined ? headingLevelOf(reader.styles, styleId) : ownLevel < 9 ? ownLevel + 1 : undefined;
  if (headingLevel !== undefined) paragraph.headingLevel = headingLevel;
  const numbering = numberingOf(reader, styleId, own.numberingId, own.numberingLevel);
  if (numbering !== undefined) Object.assign(paragraph, numbering);
  const cell = cellOf(tree, element, cells);
  if (cell !== undefined) paragraph.cell = cell;
  if (own.mark >= 0) Object.assign(paragraph, markRevisions(tree, own.mark));
  return paragraph;
}

type OwnProperties = {
  styleId?: string | undefined;
  outlineLevel?: string | undefined;
  numberingId?: string | undefined;
  numberingLevel?: string | undefined;
  /** The `w:rPr` of the paragraph mark, or -1. */
  mark: number;
};

/** What the paragraph's `w:pPr` says of it; in one pass, because a large document has so many. */
function ownProperties(tree: XmlTree, paragraph: number): OwnProperties {
  const own: OwnProperties = { mark: -1 };
  const properties = childNamed(tree, paragraph, "w:pPr");
  if (properties < 0) return own;
  const end = tree.next[properties]!;
  for (let child = properties + 1; child < end; child = tree.next[child]!) {
    switch (nameOf(tree, child)) {
      case "w:pStyle":
        own.styleId ??= attribute(tree, child, "w:val");
        break;
      case "w:outlineLvl":
        own.outlineLevel ??= attribute(tree, child, "w:val");
        break;
      case "w:numPr":
        own.numberingId ??= childValue(tree, child, "w:numId");
        own.numberingLevel ??= childValue(tree, child, "w:ilvl");
        break;
      case "w:rPr":
        if (own.mark < 0) own.mark = child;
        break;
    }
  }
  return own;
}

function markRevisions(tree: XmlTree, properties: number): Pick<Paragraph, "markInserted" | "markDeleted"> {
  const revision = (...names: readonly string[]): Revision | undefined => {
    const found = names.map((name) => childNamed(tree, properties, name)).find((child) => child >= 0);
    return found === undefined ? undefined : revisionOf(tree, found);
  };
  const markInserted = revision("w:ins", "w:moveTo");
  const markDeleted = revision("w:del", "w:moveFrom");
  return { ...(markInserted && { markInserted }), ...(markDeleted && { markDeleted }) };
}

function numberingOf(
  reader: Reader,
  styleId: string | undefined,
  ownId: string | undefined,
  ownLevel: string | undefined,
): { numbering?: string; listLevel: number } | undefined {
  const id = ownId ?? inherited(reader.styles, styleId, "numberingId");
  if (id === undefined || id === "0") return undefined;
  const level = numberOf(ownLevel) ?? inherited(reader.styles, styleId, "numberingLevel") ?? 0;
  const numbering = reader.count(id, level);
  return { listLevel: level, ...(numbering !== undefined && { numbering }) };
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
