import { freePartName, relativeTarget } from "../../opc/part-bench.ts";
import { namespaceUri } from "../../xml/namespaces.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { declareType, edit, partName, read, relate, type Workbench } from "../edit/part-workbench.ts";
import type { PlannedHeading } from "./block-plan.ts";
import type { DocumentProperties } from "./content.ts";
import { type BookmarkWriter, createBookmarks } from "./create-bookmarks.ts";
import { type CaptionWriter, createCaptions } from "./create-captions.ts";
import { type CommentWriter, createComments } from "./create-comments.ts";
import { createLinks, type LinkWriter } from "./create-links.ts";
import { createListWriter, type ListWriter } from "./create-lists.ts";
import { createNotes, type NoteWriter } from "./create-notes.ts";
import { createPictures, type PictureWriter } from "./create-pictures.ts";
import { readStyleSheet, type StyleSheet } from "./create-style-sheet.ts";
import { textWidth } from "./create-text-width.ts";

/**
 * All that writing `ContentBlock`s needs to know of the document they go into, new or existing, and where they leave
 * what other parts must then hold. `blocksXml(blocks, context)` gives the XML of the blocks and touches nothing else.
 *
 * - `links`, `notes` and `pictures` make their relationships and parts on the workbench they were created with, as the
 *   blocks are written. `lists`, `notes` and `comments` keep what belongs in other parts until `finishContent`.
 * - `bookmarks` gives out `w:id`s that no story of the document has, `captions` numbers that go on from the document's.
 *
 * The XML uses the prefixes `w` and `r`: the part must declare them (`declareOnRoot`). It holds no tracked changes: a
 * tracked insertion marks it afterwards, and the texts of the notes in `notes.added`.
 */
export type ContentContext = {
  readonly sheet: StyleSheet;
  readonly lists: ListWriter;
  /** Relationships of the part that the blocks stand in. */
  readonly links: LinkWriter;
  /** Undefined inside a note, which can hold no other. */
  readonly notes: NoteWriter | undefined;
  /** Undefined inside a note. */
  readonly comments: CommentWriter | undefined;
  readonly captions: CaptionWriter;
  readonly pictures: PictureWriter;
  readonly bookmarks: BookmarkWriter;
  /** One attribute of `w:lang`, when the text is in another language than the document's styles. */
  readonly language: string | undefined;
  /** Width of the text column in twips. */
  readonly textWidth: number;
  readonly isStrict: boolean;
  /** The label that Word prints before each heading of the blocks, in order; for entries of a table of contents. */
  readonly headingLabels?: readonly (string | undefined)[];
  /** The page of each heading of the blocks, in order. */
  readonly pageNumbers?: readonly number[];
  /** Set when something outside of the blocks lists their headings: it is told of them, and they get bookmarks. */
  readonly listHeadings?: (headings: readonly PlannedHeading[]) => void;
};

/** Where in a document blocks go: a story part as it stands, and the stretch of its source that they replace. */
export type ContentPlace = {
  readonly part: string;
  readonly tree: XmlTree;
  readonly start: number;
  readonly end: number;
  /** The `w:sectPr` that lays out the blocks, -1 for none. */
  readonly section: number;
};

/** A context for writing blocks at a place of the document on the bench. `author` and `created` sign the comments. */
export function createContentContext(
  bench: Workbench,
  place: ContentPlace,
  { author, created, language }: DocumentProperties,
): ContentContext {
  const { document } = bench;
  const { isStrict } = document;
  const { part, tree } = place;
  const sheet = readStyleSheet(document);
  const numbering = partName(bench, "numbering");
  const bookmarks = createBookmarks(document, undefined, place);
  return {
    sheet,
    lists: createListWriter(sheet, numbering && read(bench, numbering).text, isStrict),
    links: createLinks(bench, () => part),
    notes: createNotes(bench, sheet),
    comments: createComments(bench, {
      author: author ?? "Tandem",
      date: created,
      nextId: bookmarks.nextId,
    }),
    captions: createCaptions(tree, place.start, language, place.end),
    pictures: createPictures(bench, part),
    bookmarks,
    language: otherLanguage(sheet, language),
    textWidth: textWidth(tree, place.section, place.start),
    isStrict,
  };
}

/** One attribute of `w:lang` when the document's styles are set for another language (17.3.2.20). */
function otherLanguage(sheet: StyleSheet, language: string | undefined): string | undefined {
  if (language === undefined || sheet.languages.has(language.toLowerCase())) return undefined;
  const name = /^(zh|ja|ko)\b/i.test(language)
    ? "eastAsia"
    : /^(ar|he|fa|ur)\b/i.test(language)
      ? "bidi"
      : "val";
  return `w:${name}="${new Intl.Locale(language).toString()}"`;
}

/**
 * Puts on the bench what the blocks written with this context need in other parts: numbering, notes, comments. The
 * files in `context.pictures.media` are left to whoever saves. `changeNote` may mark the paragraphs of each note first.
 */
export function finishContent(
  bench: Workbench,
  context: ContentContext,
  changeNote?: (xml: string) => string,
): void {
  storeNumbering(bench, context.lists.numberingXml());
  context.notes?.write(changeNote);
  context.comments?.write();
}

const numberingType = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml";

function storeNumbering(bench: Workbench, text: string | undefined): void {
  if (text === undefined) return;
  const { mainPart, isStrict } = bench.document;
  const existing = partName(bench, "numbering");
  if (existing !== undefined) {
    edit(bench, existing, (tree) => [{ start: 0, end: tree.source.length, text }]);
    return;
  }
  const folder = mainPart.slice(0, mainPart.lastIndexOf("/"));
  const plain = `${folder}/numbering.xml`;
  const isFree = !bench.package.entries.has(plain.toLowerCase());
  const name = isFree ? plain : freePartName(bench, `${folder}/numbering#.xml`, mainPart);
  bench.added.set(name, { text, encoding: "utf-8" });
  const target = relativeTarget(mainPart, name);
  relate(bench, mainPart, { type: `${namespaceUri("r", isStrict)}/numbering`, target });
  declareType(bench, name, numberingType);
}
