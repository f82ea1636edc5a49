import { sourceOf, storyContainer } from "../docx/read/read-paragraphs.ts";
import { rowRevision } from "../docx/read/row-revision.ts";
import type { Paragraph, WordDocument } from "../docx/types.ts";
import { attribute, nameOf, textOf } from "../xml/xml-tree.ts";
import { superscript } from "./superscript.ts";

/** A paragraph as it reads when every tracked change is accepted; it has text, or refers to a note. */
export type FlowParagraph = {
  /** Whose style, numbering and cell count. */
  readonly paragraph: Paragraph;
  readonly text: string;
  /** Notes it refers to, as `footnote 2`, in order. */
  readonly notes: readonly string[];
  /** True when all of its letters are bold, set directly. */
  readonly isBold: boolean;
};

const contentsStyle = /^(toc \d|toc heading|table of (figures|authorities)|index \d|index heading)$/i;
const contentsField = /^\s*(TOC|INDEX|TOA)\b/i;

/** The body in reading order: text boxes where they are anchored; hidden text and tables of contents left out. */
export function bodyFlow(document: WordDocument): FlowParagraph[] {
  const inContents = contentsTracker();
  const flow: FlowParagraph[] = [];
  // Text whose paragraph mark is deleted: it runs on into the next paragraph of the same place (17.13.5.15).
  let pending: FlowParagraph | undefined;
  const add = (each: FlowParagraph): void => {
    if (each.text.trim() !== "" || each.notes.length > 0) flow.push(each);
  };
  let wasContents = false;
  for (const paragraph of document.paragraphs) {
    if (paragraph.story.kind !== "body") continue;
    const isContents = inContents(paragraph) || contentsStyle.test(paragraph.styleName ?? "");
    if (isContents && !wasContents && isContentsHeading(flow)) flow.pop();
    wasContents ||= isContents;
    if (isContents || rowRevision(paragraph).deleted !== undefined) continue;
    let next = flowOf(paragraph);
    // An empty paragraph that only ends the field is between two parts of the table of contents.
    wasContents &&= next.text.trim() === "";
    if (pending !== undefined && isSamePlace(pending.paragraph, paragraph)) next = join(pending, next);
    else if (pending !== undefined) add(pending);
    pending = undefined;
    if (paragraph.markDeleted !== undefined) pending = next;
    else add(next);
  }
  if (pending !== undefined) add(pending);
  return flow;
}

/** A short heading right before a table of contents is the table's own; the first paragraph may be the title. */
function isContentsHeading(flow: readonly FlowParagraph[]): boolean {
  const last = flow.at(-1);
  return flow.length > 1 && last?.paragraph.headingLevel !== undefined && last.text.trim().length <= 40;
}

/** The notes' paragraphs by `footnote 2` or `endnote 1`. */
export function notesOf(document: WordDocument): ReadonlyMap<string, readonly string[]> {
  const notes = new Map<string, string[]>();
  for (const paragraph of document.paragraphs) {
    const { story } = paragraph;
    if (story.kind !== "footnote" && story.kind !== "endnote") continue;
    const key = `${story.kind} ${story.id}`;
    notes.set(key, [...(notes.get(key) ?? []), flowOf(paragraph).text]);
  }
  return notes;
}

function flowOf(paragraph: Paragraph): FlowParagraph {
  const shown = paragraph.spans.filter(({ deleted, marks }) => deleted === undefined && !marks.hidden);
  const lettered = shown.filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  return {
    paragraph,
    text: shown
      .map(({ text, marks }) => (marks.vertical === "superscript" ? superscript(text) : text))
      .join(""),
    notes: noteReferences(paragraph),
    isBold: lettered.length > 0 && lettered.every(({ marks }) => marks.bold === true),
  };
}

function noteReferences(paragraph: Paragraph): string[] {
  const { story, inline } = sourceOf(paragraph);
  return inline.pieces.flatMap(({ kind, element, deleted }) => {
    if (kind !== "object" || deleted !== undefined) return [];
    const name = nameOf(story.tree, element);
    if (name !== "w:footnoteReference" && name !== "w:endnoteReference") return [];
    return [`${name.slice(2, -"Reference".length)} ${attribute(story.tree, element, "w:id") ?? ""}`];
  });
}

function join(before: FlowParagraph, after: FlowParagraph): FlowParagraph {
  return {
    paragraph: after.paragraph,
    text: before.text + after.text,
    notes: [...before.notes, ...after.notes],
    isBold: (before.text === "" || before.isBold) && (after.text === "" || after.isBold),
  };
}

function isSamePlace(a: Paragraph, b: Paragraph): boolean {
  const place = ({ cell, isInTextBox }: Paragraph): string =>
    `${cell?.table} ${cell?.row} ${cell?.column} ${isInTextBox}`;
  return place(a) === place(b);
}

/**
 * Tells of each paragraph, asked in reading order, whether text of it is computed by a field that lists headings or
 * terms. Such fields run over many paragraphs (17.16.5.68), and text boxes have fields of their own.
 */
function contentsTracker(): (paragraph: Paragraph) => boolean {
  const fields = new Map<number, string[]>();
  return (paragraph) => {
    const { story, inline } = sourceOf(paragraph);
    const container = storyContainer(story.tree, inline.element);
    const open = fields.get(container) ?? [];
    fields.set(container, open);
    let isContents = false;
    for (const piece of inline.pieces) {
      if (!piece.isFieldCode) {
        isContents ||= piece.text.trim() !== "" && open.some((code) => contentsField.test(code));
        continue;
      }
      const name = nameOf(story.tree, piece.element);
      if (name !== "w:fldChar") {
        if (open.length > 0) open[open.length - 1] += textOf(story.tree, piece.element);
        continue;
      }
      const type = attribute(story.tree, piece.element, "w:fldCharType");
      if (type === "begin") open.push("");
      else if (type === "end") open.pop();
    }
    return isContents;
  };
}
