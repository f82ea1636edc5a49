import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { nameOf } from "../../xml/xml-tree.ts";
import type { Inline } from "../read/read-inline.ts";
import { sourceOf } from "../read/read-paragraphs.ts";
import type { Paragraph, Revision, WordDocument } from "../types.ts";
import type { ParagraphWork } from "./draft.ts";
import type { CommentRange } from "./draft-comments.ts";
import { revisionAttributes } from "./markup.ts";
import {
  copiedProperties,
  endsSection,
  isLastInContainer,
  paragraphProperties,
  splitOpenTag,
  withProperties,
} from "./paragraph-marks.ts";
import { refuseControl } from "./refuse-control.ts";
import type { EditContext, RefusalReason } from "./run-edit.ts";

/** A new block: a paragraph with some text or with a run of its own (a picture), or a table that is written already. */
export type NewBlock =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "run"; readonly xml: string }
  | { readonly kind: "table"; readonly xml: string; readonly lines: readonly string[] };

/** New blocks after a paragraph, with one author and date, and the markup of a comment on them. */
export type NewBlocks = {
  readonly blocks: readonly NewBlock[];
  readonly revision: Omit<Revision, "id">;
  readonly comment?: CommentRange;
};

/** Texts of the paragraphs that a block brings. */
export function linesOf(block: NewBlock): readonly string[] {
  if (block.kind === "table") return block.lines;
  return [block.kind === "text" ? block.text : ""];
}

/** Why no paragraph can be put after this one, or undefined. */
export function refuseInsertion(work: ParagraphWork): RefusalReason | undefined {
  const { inline, story, twin } = work.source;
  if (inline.isFieldOpenAtEnd) {
    return {
      code: "locked",
      reason: "the place is inside a Word field (a table of contents, say)",
      fix: "Insert before or after the field.",
    };
  }
  if (twin === "differs") {
    return {
      code: "locked",
      reason: "the text box is stored in two forms that differ",
      fix: "Change it in Word.",
    };
  }
  if (work.paragraph.markDeleted !== undefined) {
    return {
      code: "locked",
      reason: "the paragraph's end is itself deleted by a tracked change",
      fix: "Accept or reject that change first.",
    };
  }
  const isLocked =
    inline.pieces.length > 0 && inline.pieces.every((piece) => piece.lock === "content-control");
  if (isLocked && isInBlockControl(story.tree, inline.element))
    return refuseControl(story.tree, inline.element);
  return undefined;
}

function isInBlockControl(tree: XmlTree, paragraph: number): boolean {
  return nameOf(tree, tree.parent[paragraph]!) === "w:sdtContent";
}

type Placed = NewBlocks & { readonly block: NewBlock; readonly isFirst: boolean; readonly isLast: boolean };

/**
 * Splices for the new paragraphs after one. In the middle of a text each is a paragraph with an inserted mark. After
 * the last one of a body, cell or section the old mark moves to the last new paragraph, because a revision on a final
 * mark can't be resolved: the old paragraph gets an inserted mark instead (17.13.5.20).
 */
export function insertionSplices(
  context: EditContext,
  document: WordDocument,
  work: ParagraphWork,
  inline: Inline,
): Splice[] {
  const placed = work.insertions.flatMap((insertion) =>
    insertion.blocks.map(
      (block, index): Placed => ({
        ...insertion,
        block,
        isFirst: index === 0,
        isLast: index === insertion.blocks.length - 1,
      }),
    ),
  );
  if (placed.length === 0) return [];
  const { tree } = context;
  const { element } = inline;
  const end = tree.end[element]!;
  if (!isLastInContainer(tree, element) && !endsSection(tree, element)) {
    const model = modelFor(document, work, inline);
    const xml = placed
      .map((each) => newBlock(context, each, properties(context, model.tree, model.element, each), model.run))
      .join("");
    return [{ start: end, end, text: xml }];
  }
  const run = runProperties(inline);
  const paragraphs = placed.filter(({ block }) => block.kind !== "table");
  const xml = placed.map((each) => {
    const next = paragraphs[paragraphs.indexOf(each) + 1];
    if (each.block.kind === "table") return each.block.xml;
    if (next === undefined) return lastParagraph(context, each, element, run);
    return newBlock(context, each, properties(context, tree, element, next), run);
  });
  const first = context.mode === "direct" ? "" : insertedMark(context, paragraphs[0]!);
  const own = copiedProperties(tree, context.markup, element, first, "same");
  return [...withProperties(tree, element, own), { start: end, end, text: xml.join("") }];
}

/** The paragraph that takes over the old one's mark, and with it the properties that rejecting must give back. */
function lastParagraph(context: EditContext, placed: Placed, element: number, run: string): string {
  const { tree, markup } = context;
  const written = newBlock(context, placed, paragraphProperties(tree, element), run);
  return written.replace(`<${markup.name("w:p")}>`, () => splitOpenTag(tree, element));
}

function insertedMark(context: EditContext, placed: Placed): string {
  return context.markup.element("w:ins", revisionAttributes({ id: context.ids(), ...placed.revision }));
}

function properties(context: EditContext, tree: XmlTree, element: number, placed: Placed): string {
  const mark = context.mode === "direct" ? "" : insertedMark(context, placed);
  return copiedProperties(tree, context.markup, element, mark, "new");
}

function newBlock(context: EditContext, placed: Placed, paragraphXml: string, runXml: string): string {
  const { markup } = context;
  const { block, isFirst, isLast, comment, revision } = placed;
  if (block.kind === "table") return block.xml;
  const before = isFirst ? (comment?.before ?? "") : "";
  const end = isLast ? (comment?.end ?? "") : "";
  // The comment is about what is inserted and goes with it: left behind, its reference would hold the paragraph.
  const reference = isLast ? (comment?.reference ?? "") : "";
  const inserted = (run: string): string => {
    if (run === "" || context.mode === "direct") return run;
    return markup.element("w:ins", revisionAttributes({ id: context.ids(), ...revision }), run);
  };
  const run = block.kind === "run" ? block.xml : block.text === "" ? "" : markup.run(runXml, block.text);
  return markup.element("w:p", {}, paragraphXml + before + inserted(run) + end + inserted(reference));
}

type Model = { readonly tree: XmlTree; readonly element: number; readonly run: string };

/** The paragraph whose look a new one takes: after a heading the text that follows it, else the neighbour itself. */
function modelFor(document: WordDocument, work: ParagraphWork, inline: Inline): Model {
  const { tree } = work.source.story;
  const own = { tree, element: inline.element, run: runProperties(inline) };
  if (work.paragraph.headingLevel === undefined || inline !== work.source.inline) return own;
  const following = bodyTextNear(document, work.paragraph);
  if (following === undefined) return own;
  const source = sourceOf(following);
  return { tree, element: source.inline.element, run: runProperties(source.inline) };
}

/** The nearest plain paragraph of the same story: after that one if there is one, else before it. */
export function bodyTextNear(document: WordDocument, heading: Paragraph): Paragraph | undefined {
  const flow = document.paragraphs.filter(
    (each) => each.part === heading.part && each.isInTextBox === heading.isInTextBox,
  );
  const at = flow.indexOf(heading);
  const isPlain = (each: Paragraph): boolean =>
    each.headingLevel === undefined &&
    each.listLevel === undefined &&
    each.cell === undefined &&
    each.spans.some(
      (span) => span.text.trim() !== "" && span.lock === undefined && span.deleted === undefined,
    );
  return flow.slice(at + 1).find(isPlain) ?? flow.slice(0, at).findLast(isPlain);
}

/** Formatting of the paragraph's first free text, without pending changes of it and without a link's look. */
export function runProperties(inline: Inline): string {
  const piece = inline.pieces.find(
    (each) =>
      each.kind === "text" &&
      each.run >= 0 &&
      each.end > each.start &&
      each.lock === undefined &&
      each.link === undefined,
  );
  if (piece === undefined) return "";
  return inline.runs[piece.run]!.properties.replace(/<([\w.-]+:)?rPrChange\b[\s\S]*?<\/\1rPrChange>/g, "");
}
