import { addPart } from "../../opc/part-bench.ts";
import { type NamespaceScope, namespaceUri } from "../../xml/namespaces.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { escapeAttribute } from "../../xml/xml-text.ts";
import { childrenOf, descendantsNamed } from "../../xml/xml-tree.ts";
import { foreignXml } from "../compare/foreign-xml.ts";
import { type MarkOptions, markSubtree } from "../compare/mark-subtree.ts";
import type { ContentBlock } from "../create/content.ts";
import type { ContentContext } from "../create/content-context.ts";
import { blocksXml } from "../create/create-blocks.ts";
import { createBookmarks } from "../create/create-bookmarks.ts";
import { createCaptions } from "../create/create-captions.ts";
import { createLinks } from "../create/create-links.ts";
import { createListWriter } from "../create/create-lists.ts";
import { createNotes } from "../create/create-notes.ts";
import { createPictures } from "../create/create-pictures.ts";
import { readStyleSheet } from "../create/create-style-sheet.ts";
import { sectionOf, textWidth } from "../create/create-text-width.ts";
import { createFieldStack } from "../read/field-stack.ts";
import { readInline } from "../read/read-inline.ts";
import type { Paragraph, WordDocument } from "../types.ts";
import type { Draft, Outcome, ParagraphWork, PlacedChange, Signature } from "./draft.ts";
import { refuseBlock } from "./draft-table.ts";
import { bodyTextNear } from "./insert-paragraphs.ts";
import { createMarkup } from "./markup.ts";
import { documentTableStyle } from "./new-table.ts";
import { endsSection, isLastInContainer } from "./paragraph-marks.ts";
import { declareType, partName, read, relate, type Workbench } from "./part-workbench.ts";
import type { RefusalReason } from "./run-edit.ts";

type InsertContent = PlacedChange<"insert-content">;

const numberingType = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml";

/** Gathers whole blocks (headings, lists, tables, captions, notes) beside a paragraph of the body, as one insertion. */
export function draftInsertContent(
  draft: Draft,
  work: ParagraphWork,
  change: InsertContent,
  revision: Signature,
): Outcome {
  const refusal = refusePlace(draft, work, change);
  if (refusal !== undefined) return refusal;
  const { story, inline } = work.source;
  const { tree } = story;
  const side = change.side ?? "after";
  const at = side === "before" ? tree.start[inline.element]! : tree.end[inline.element]!;
  const content = writeBlocks(draft, work, at, change.blocks, revision);
  draft.hasContent = true;
  const needsOldMark =
    side === "after" && (isLastInContainer(tree, inline.element) || endsSection(tree, inline.element));
  if (needsOldMark) {
    // The document's last mark can't be revised, so an empty paragraph takes it over.
    const blocks = [{ kind: "table", ...content } as const, { kind: "text", text: "" } as const];
    work.insertions.push({ blocks, revision });
  } else {
    draft.structures.push({
      story,
      element: inline.element,
      splices: [{ start: at, end: at, text: content.xml }],
      removed: [],
      added: [{ at: inline.element, side, lines: content.lines }],
    });
  }
  return { paragraph: work.paragraph.id, before: "", after: content.lines.join("\n") };
}

function refusePlace(draft: Draft, work: ParagraphWork, change: InsertContent): RefusalReason | undefined {
  const refusal = (reason: string, fix: string): RefusalReason => ({ code: "unsupported", reason, fix });
  const { paragraph } = work;
  if (paragraph.story.kind !== "body" || paragraph.cell !== undefined || paragraph.isInTextBox)
    return refusal(
      "whole sections go into the body alone, not into cells, boxes or notes",
      "Name a place in the body.",
    );
  if (draft.hasContent)
    return refusal(
      "content is inserted at one place at a time",
      "Put all blocks into one change, or save in between.",
    );
  if (change.blocks.length === 0)
    return { code: "no-change", reason: "there are no blocks", fix: "Give at least one." };
  if (change.blocks.some(({ kind }) => kind === "contents"))
    return refusal("a table of contents can't be refused as one change", "Add it in Word, or leave it out.");
  return refuseBlock(draft, work);
}

type Written = { readonly xml: string; readonly lines: readonly string[] };

/** The blocks' XML, marked as inserted, and the texts of their paragraphs; what other parts need goes on the bench. */
function writeBlocks(
  draft: Draft,
  { paragraph, source: { story } }: ParagraphWork,
  at: number,
  blocks: readonly ContentBlock[],
  revision: Signature,
): Written {
  const { document, bench, mode } = draft;
  const { context, finish } = contentContext(draft, story.name, at, revision.date);
  const styled = inOwnStyles(document, paragraph, blocks);
  const scope = story.tree.scopes[story.tree.scope[0]!]!;
  const tree = contentTree(blocksXml(styled, context), scope, document.isStrict, bench.package.limits.depth);
  const options: Omit<MarkOptions, "markup"> = {
    kind: "w:ins",
    revision: () => ({ id: draft.nextId(), ...revision }),
    marksParagraphs: true,
    wrapsBookmarks: true,
  };
  const marked = (content: XmlTree, target: NamespaceScope, marksParagraphs: boolean): string => {
    const own = { ...options, markup: createMarkup(content), marksParagraphs };
    return childrenOf(content, 0)
      .map((each) =>
        foreignXml(content, each, mode === "direct" ? [] : markSubtree(content, each, own), target),
      )
      .join("");
  };
  finish((xml) => {
    // The part of the notes declares the usual prefixes, whatever the body's are.
    const note = contentTree(xml, new Map(), document.isStrict, bench.package.limits.depth);
    return marked(note, note.scopes[note.scope[0]!]!, false);
  });
  return {
    xml: marked(tree, scope, true),
    lines: descendantsNamed(tree, 0, "w:p").map(
      (each) => readInline(tree, each, createFieldStack(), () => undefined).finalText,
    ),
  };
}

/** Text and tables that name no style get the one that the document's own text near the place, and its tables, have. */
function inOwnStyles(
  document: WordDocument,
  near: Paragraph,
  blocks: readonly ContentBlock[],
): readonly ContentBlock[] {
  const table = documentTableStyle(document);
  const text = bodyTextNear(document, near)?.styleName;
  return blocks.map((block) => {
    const style = block.kind === "table" ? table : block.kind === "paragraph" ? text : undefined;
    const isOpen = (block.kind === "table" || block.kind === "paragraph") && block.style === undefined;
    return isOpen && style !== undefined ? { ...block, style } : block;
  });
}

function contentContext(
  draft: Draft,
  part: string,
  at: number,
  date: string,
): { readonly context: ContentContext; readonly finish: (markNote: (xml: string) => string) => void } {
  const { document, bench, newComments, author } = draft;
  const { tree } = document.stories.find(({ name }) => name === part)!;
  const { otherIds } = draft.contexts.get(part)!;
  const sheet = readStyleSheet(document);
  const numbering = partName(bench, "numbering");
  const lists = createListWriter(
    sheet,
    numbering === undefined ? undefined : read(bench, numbering).text,
    document.isStrict,
  );
  const notes = createNotes(bench, sheet);
  const pictures = createPictures(bench, part);
  const context: ContentContext = {
    sheet,
    lists,
    notes,
    pictures,
    links: createLinks(bench, () => part),
    comments: {
      add: (text) => {
        const id = otherIds();
        newComments.push({ id, author, date, text });
        return id;
      },
      write: () => {},
    },
    captions: createCaptions(tree, at, [...sheet.languages][0]),
    bookmarks: createBookmarks(document, otherIds),
    language: undefined,
    textWidth: textWidth(tree, sectionOf(tree, at), at),
    isStrict: document.isStrict,
  };
  return {
    context,
    finish: (markNote) => {
      notes.write(markNote);
      storeNumbering(bench, numbering, lists.numberingXml());
      for (const [name, bytes] of pictures.media) draft.media.set(name, bytes);
    },
  };
}

function storeNumbering(bench: Workbench, part: string | undefined, xml: string | undefined): void {
  if (xml === undefined) return;
  if (part !== undefined) {
    bench.replaced.set(part, { ...read(bench, part), text: xml });
    return;
  }
  const { mainPart, isStrict } = bench.document;
  const name = `${mainPart.slice(0, mainPart.lastIndexOf("/"))}/numbering.xml`;
  addPart(bench, name, xml.replace(/^<\?xml[^>]*\?>\s*/, ""));
  relate(bench, mainPart, { type: `${namespaceUri("r", isStrict)}/numbering`, target: "numbering.xml" });
  declareType(bench, name, numberingType);
}

/** The XML as children of a root that knows the story's prefixes and the usual ones. */
function contentTree(xml: string, scope: NamespaceScope, isStrict: boolean, depth: number): XmlTree {
  const declared = new Map([
    ...scope,
    ["w", namespaceUri("w", isStrict)],
    ["r", namespaceUri("r", isStrict)],
  ]);
  const names = [...declared]
    .filter(([prefix]) => prefix !== "xml")
    .map(([prefix, uri]) => ` xmlns${prefix === "" ? "" : `:${prefix}`}="${escapeAttribute(uri)}"`);
  return scanXml(`<w:body${names.join("")}>${xml}</w:body>`, depth);
}
