import { type NamespaceScope, namespaceUri } from "../../xml/namespaces.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { escapeAttribute } from "../../xml/xml-text.ts";
import { childrenOf, descendantsNamed } from "../../xml/xml-tree.ts";
import { foreignXml } from "../compare/foreign-xml.ts";
import { type MarkOptions, markSubtree } from "../compare/mark-subtree.ts";
import type { ContentBlock } from "../create/content.ts";
import { type ContentContext, createContentContext, finishContent } from "../create/content-context.ts";
import { blocksXml } from "../create/create-blocks.ts";
import { createBookmarks } from "../create/create-bookmarks.ts";
import type { CommentWriter } from "../create/create-comments.ts";
import { readStyleSheet } from "../create/create-style-sheet.ts";
import { sectionOf } from "../create/create-text-width.ts";
import { createFieldStack } from "../read/field-stack.ts";
import { readInline } from "../read/read-inline.ts";
import type { Paragraph, WordDocument } from "../types.ts";
import type { Draft, Outcome, ParagraphWork, PlacedChange, Signature } from "./draft.ts";
import { refuseBlock } from "./draft-table.ts";
import { bodyTextNear } from "./insert-paragraphs.ts";
import { createMarkup } from "./markup.ts";
import { documentTableStyle } from "./new-table.ts";
import { endsSection, isLastInContainer } from "./paragraph-marks.ts";
import type { RefusalReason } from "./run-edit.ts";

type InsertContent = PlacedChange<"insert-content">;

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
  const context = draftContext(draft, story.name, at, revision.date);
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
  finishContent(bench, context, (xml) => {
    // The part of the notes declares the usual prefixes, whatever the body's are.
    const note = contentTree(xml, new Map(), document.isStrict, bench.package.limits.depth);
    return marked(note, note.scopes[note.scope[0]!]!, false);
  });
  for (const [name, bytes] of context.pictures.media) draft.media.set(name, bytes);
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

/** As for a new document, but ids and comments are the draft's: they are given out and written with all other changes. */
function draftContext(draft: Draft, part: string, at: number, date: string): ContentContext {
  const { document, bench, newComments, author } = draft;
  const { tree } = document.stories.find(({ name }) => name === part)!;
  const { otherIds } = draft.contexts.get(part)!;
  const [language] = readStyleSheet(document).languages;
  const place = { part, tree, start: at, end: at, section: sectionOf(tree, at) };
  const comments: CommentWriter = {
    add: (text) => {
      const id = otherIds();
      newComments.push({ id, author, date, text });
      return id;
    },
    write: () => {},
  };
  return {
    ...createContentContext(bench, place, {
      author,
      created: new Date(date),
      ...(language !== undefined && { language }),
    }),
    comments,
    bookmarks: createBookmarks(document, otherIds),
  };
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
