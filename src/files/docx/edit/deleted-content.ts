import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import {
  childNamed,
  childrenOf,
  descend,
  descendantsNamed,
  isSelfClosing,
  nameOf,
} from "../../xml/xml-tree.ts";
import { storyContainer } from "../read/read-paragraphs.ts";
import type { Signature } from "./draft.ts";
import { trackedMark } from "./new-cell.ts";
import { markSplices } from "./paragraph-marks.ts";
import type { EditContext } from "./run-edit.ts";
import { rowMark } from "./table-marks.ts";

/** Markup of a comment's two ends, and the row or cell around whose text it goes. */
export type CommentEnds = { readonly before: string; readonly after: string; readonly on: number };

const notContent = /^w:(\w+Pr|tblGrid|tblPrEx|del|moveFrom)$/;
const keptInRuns = new Set(["w:commentReference", "w:annotationRef", "w:footnoteRef", "w:endnoteRef"]);

/**
 * Splices that mark all that rows or cells hold as deleted: runs and equations, inside others' insertions too, the
 * marks of paragraphs, as Word does, and the rows of nested tables (17.13.5.12 to .15). References of comments stay.
 */
export function deletedContent(
  context: EditContext,
  parts: readonly number[],
  revision: Signature,
  comment?: CommentEnds,
): Splice[] {
  const { tree } = context;
  return parts.flatMap((part) => {
    const paragraphs = descendantsNamed(tree, part, "w:p").filter((each) => isInFlow(tree, each, part));
    const marks = paragraphs.flatMap((each) => deletedMark(context, each, revision));
    const content = deletedChildren(context, part, revision);
    if (comment?.on !== part) return [...marks, ...content];
    return withComment(tree, paragraphs, marks, content, comment);
  });
}

/** Word marks the ends of paragraphs too; LibreOffice keeps a row of several paragraphs without. */
function deletedMark(context: EditContext, paragraph: number, revision: Signature): Splice[] {
  const { tree, markup } = context;
  const isMarked = ["w:del", "w:moveFrom"].some(
    (name) => descend(tree, paragraph, "w:pPr", "w:rPr", name) >= 0,
  );
  return isMarked ? [] : markSplices(tree, markup, paragraph, trackedMark(context, "w:del", revision));
}

/** The ends of a comment's range go around the deletions: a reference in one of them would go with it. */
function withComment(
  tree: XmlTree,
  paragraphs: readonly number[],
  marks: readonly Splice[],
  content: readonly Splice[],
  comment: CommentEnds,
): Splice[] {
  const open = paragraphs.filter((each) => !isSelfClosing(tree, each));
  const [first, last] = [open[0], open.at(-1)];
  if (first === undefined || last === undefined) {
    // Nothing but empty paragraphs, whose marks are written into them with their tags.
    const [mark, ...others] = marks;
    const at = mark === undefined ? -1 : mark.text.lastIndexOf("</");
    if (mark === undefined || at < 0) return [...marks, ...content];
    const text = mark.text.slice(0, at) + comment.before + comment.after + mark.text.slice(at);
    return [{ ...mark, text }, ...others, ...content];
  }
  const properties = childNamed(tree, first, "w:pPr");
  const start = properties >= 0 ? tree.end[properties]! : tree.openEnd[first]!;
  const end = tree.closeStart[last]!;
  return [
    ...marks,
    { start, end: start, text: comment.before },
    ...content,
    { start: end, end, text: comment.after },
  ];
}

function deletedChildren(context: EditContext, element: number, revision: Signature): Splice[] {
  const { tree, markup } = context;
  const splices: Splice[] = [];
  let group: number[] = [];
  const flush = (): void => {
    if (group.length > 0) splices.push(...wrapped(context, group, revision));
    group = [];
  };
  for (const child of childrenOf(tree, element)) {
    const name = nameOf(tree, child);
    if (isContent(tree, child, name)) {
      group.push(child);
      continue;
    }
    flush();
    if (notContent.test(name)) continue;
    if (name === "w:tr" && descend(tree, child, "w:trPr", "w:del") < 0)
      splices.push(...rowMark(tree, markup, child, trackedMark(context, "w:del", revision)));
    splices.push(...deletedChildren(context, child, revision));
  }
  flush();
  return splices;
}

function isContent(tree: XmlTree, element: number, name: string): boolean {
  if (name === "m:oMath" || name === "m:oMathPara") return true;
  return name === "w:r" && !childrenOf(tree, element).some((child) => keptInRuns.has(nameOf(tree, child)));
}

function wrapped(context: EditContext, group: readonly number[], revision: Signature): Splice[] {
  const { tree, markup } = context;
  const start = tree.start[group[0]!]!;
  const end = tree.end[group.at(-1)!]!;
  const open = trackedMark(context, "w:del", revision).replace(/\/>$/, ">");
  return [
    { start, end: start, text: open },
    ...group.flatMap((run) => renamedText(tree, run)),
    { start: end, end, text: `</${markup.name("w:del")}>` },
  ];
}

const deletedNames: Readonly<Record<string, string>> = { "w:t": "delText", "w:instrText": "delInstrText" };

/** Deleted text and field codes have names of their own (17.3.3.7, 17.16.13). */
function renamedText(tree: XmlTree, run: number): Splice[] {
  if (nameOf(tree, run) !== "w:r") return [];
  return childrenOf(tree, run).flatMap((child): Splice[] => {
    const name = nameOf(tree, child);
    const text = deletedNames[name];
    if (text === undefined) return [];
    const length = name.length - "w:".length;
    const nameEnd = tree.nameEnd[child]!;
    const open = { start: nameEnd - length, end: nameEnd, text };
    if (isSelfClosing(tree, child)) return [open];
    const close = tree.closeStart[child]! + "</".length + (nameEnd - tree.start[child]! - 1);
    return [open, { start: close - length, end: close, text }];
  });
}

/** False for what stands in a text box inside the row or cell. */
export function isInFlow(tree: XmlTree, element: number, part: number): boolean {
  return storyContainer(tree, element) === storyContainer(tree, part);
}
