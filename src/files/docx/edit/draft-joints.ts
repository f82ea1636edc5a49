import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { childNamed, isSelfClosing, nameOf } from "../../xml/xml-tree.ts";
import type { Inline, Piece } from "../read/read-inline.ts";
import { sourceOf } from "../read/read-paragraphs.ts";
import {
  type Draft,
  inlinesOf,
  type Outcome,
  overlap,
  type ParagraphWork,
  type PlacedChange,
  type Signature,
  useMark,
  workOn,
} from "./draft.ts";
import { refuseEdits, refuseNested } from "./draft-text.ts";
import { revisionAttributes } from "./markup.ts";
import {
  copiedProperties,
  endsSection,
  isLastInContainer,
  markSplices,
  nextSibling,
  paragraphProperties,
  splitOpenTag,
  withProperties,
} from "./paragraph-marks.ts";
import type { EditContext, RangeMark, RefusalReason, RunEdit } from "./run-edit.ts";
import { breakOut } from "./write-run.ts";

const twoForms: RefusalReason = {
  code: "locked",
  reason: "the text is in a text box that is stored in two forms that differ",
  fix: "Change it in Word.",
};

/** Gathers a new paragraph's beginning at the anchor's start. */
export function draftSplit(
  draft: Draft,
  work: ParagraphWork,
  { at }: PlacedChange<"split">,
  revision: Signature,
): Outcome {
  const offset = at.start;
  const { finalText } = work.source.inline;
  if (work.source.twin === "differs") return twoForms;
  if (finalText.slice(0, offset).trim() === "" || offset === finalText.length)
    return {
      code: "no-change",
      reason: "a paragraph begins or ends there already",
      fix: "Quote the words that are to begin the new paragraph.",
    };
  // Where a cut and another edit meet, it would be unclear on which side the edit's words stand.
  const isTaken = work.claims.some(({ start, end }) => start <= offset && offset <= end);
  if (isTaken || work.deletion !== undefined || !useMark(work, "split")) return overlap;
  for (const inline of inlinesOf(work.source)) {
    const place = findCut(work.source.story.tree, inline, offset);
    if ("code" in place) return place;
  }
  const refusal = refuseNested(draft, work, []);
  if (refusal !== undefined) return refusal;
  work.claims.push({ start: offset - 1, end: offset + 1 });
  work.splits.push({ offset, revision });
  const [head, tail] = [finalText.slice(0, offset), finalText.slice(offset)];
  return { paragraph: work.paragraph.id, before: head + tail, after: `${head}\n${tail}` };
}

/** Gathers the end of a paragraph's being one: its mark goes, and the next one's text follows. */
export function draftMerge(
  draft: Draft,
  work: ParagraphWork,
  { text }: PlacedChange<"merge">,
  revision: Signature,
): Outcome {
  const { source, paragraph } = work;
  if (source.twin === "differs") return twoForms;
  const { tree } = source.story;
  const { element, finalText } = source.inline;
  const next = nextSibling(tree, element);
  const refusal = refuseMerge(work, next) ?? refuseNested(draft, work, []);
  if (refusal !== undefined) return refusal;
  const follower = draft.document.paragraphs.find(
    (each) => each.part === paragraph.part && sourceOf(each).inline.element === next,
  );
  const followerText = follower === undefined ? "" : sourceOf(follower).inline.finalText;
  const between = text ?? (/^\s|^$/u.test(followerText) || /\s$|^$/u.test(finalText) ? "" : " ");
  if (/[\r\n]/.test(between)) return { ...oneParagraph };
  const edits: RunEdit[] =
    between === "" ? [] : [{ start: finalText.length, end: finalText.length, text: between, revision }];
  const blocked = refuseEdits(draft, work, edits);
  if (blocked !== undefined) return blocked;
  const isTaken = work.claims.some(({ end }) => end === finalText.length) || work.insertions.length > 0;
  const joined = follower === undefined ? undefined : workOn(draft, follower);
  if (joined === undefined || isTaken || work.deletion !== undefined) return overlap;
  if (draft.mode === "direct" && (joined.markUse ?? work.markUse) !== undefined) return overlap;
  if (!useMark(work, "merge") || !useMark(joined, "merge")) return overlap;
  work.claims.push({ start: finalText.length, end: finalText.length + 1 });
  work.edits.push(...edits);
  work.merge = revision;
  return {
    paragraph: paragraph.id,
    before: `${finalText}\n${followerText}`,
    after: finalText + between + followerText,
  };
}

const oneParagraph: RefusalReason = {
  code: "invalid-text",
  reason: "the text between the two holds a line break",
  fix: "Give a text without line breaks, or none.",
};

function refuseMerge({ paragraph, source }: ParagraphWork, next: number): RefusalReason | undefined {
  const { tree } = source.story;
  const { element, isFieldOpenAtEnd } = source.inline;
  if (isLastInContainer(tree, element))
    return {
      code: "unsupported",
      reason: "no paragraph follows that could join this one",
      fix: "Name the first of the two paragraphs.",
    };
  if (next < 0 || nameOf(tree, next) !== "w:p" || tree.scope[next] !== tree.scope[element])
    return {
      code: "unsupported",
      reason: "what follows is no plain paragraph (a table, a content control)",
      fix: "Join paragraphs that stand directly one after the other.",
    };
  if (endsSection(tree, element))
    return {
      code: "unsupported",
      reason: "a section ends between the two paragraphs",
      fix: "Delete the section break in Word.",
    };
  if (isFieldOpenAtEnd)
    return {
      code: "locked",
      reason: "the two paragraphs are part of a Word field (a table of contents, say)",
      fix: "Change what the field refers to.",
    };
  if (paragraph.markDeleted !== undefined || paragraph.markInserted !== undefined)
    return {
      code: "locked",
      reason: "the paragraph's end is itself a tracked change",
      fix: "Accept or reject that change first.",
    };
  return undefined;
}

/** Where a paragraph is cut: inside a run, or between two children of the paragraph. */
type Cut = { readonly kind: "run"; readonly piece: Piece } | { readonly kind: "point"; readonly at: number };

function findCut(tree: XmlTree, inline: Inline, offset: number): Cut | RefusalReason {
  const shown = inline.pieces.filter((piece) => piece.end > piece.start);
  const across = shown.find((piece) => piece.start < offset && offset < piece.end);
  if (across !== undefined) {
    if (across.kind !== "text" || across.lock !== undefined) return notThere;
    return isFree(tree, inline, across) ? { kind: "run", piece: across } : notThere;
  }
  const [left, right] = [
    shown.findLast((piece) => piece.end === offset)!,
    shown.find((piece) => piece.start === offset)!,
  ];
  const [leftTop, rightTop] = [topOf(tree, inline, left), topOf(tree, inline, right)];
  if (leftTop === rightTop) {
    // Two runs of one insertion, or two texts of one run, can be parted; those of one link can't.
    const isSplittable = right.run >= 0 && right.kind === "text" && isFree(tree, inline, right);
    return isSplittable ? { kind: "run", piece: right } : notThere;
  }
  const between = inline.pieces.filter(
    (piece) => piece.element > left.element && piece.element < right.element && piece.isFieldCode,
  );
  if (between.length > 0 && (left.lock === "field" || right.lock === "field"))
    return atField(tree, inline, left, right);
  return { kind: "point", at: tree.start[rightTop]! };
}

/** Beside a field its begin belongs to the right and its end to the left. */
function atField(tree: XmlTree, inline: Inline, left: Piece, right: Piece): Cut | RefusalReason {
  if (left.lock === "field" && right.lock === "field") return notThere;
  const codes = inline.pieces.filter(
    (piece) => piece.isFieldCode && piece.element > left.element && piece.element < right.element,
  );
  if (right.lock === "field") return { kind: "point", at: tree.start[topOf(tree, inline, codes[0]!)]! };
  return { kind: "point", at: tree.end[topOf(tree, inline, codes.at(-1)!)]! };
}

const notThere: RefusalReason = {
  code: "locked",
  reason: "the place is inside a link, a field or a content control",
  fix: "Begin the new paragraph before or after it.",
};

function topOf(tree: XmlTree, inline: Inline, piece: Piece): number {
  let at = piece.run < 0 ? piece.element : inline.runs[piece.run]!.element;
  while (tree.parent[at]! !== inline.element) at = tree.parent[at]!;
  return at;
}

/** True for a run that stands in the paragraph itself, or in somebody's insertion that does. */
function isFree(tree: XmlTree, inline: Inline, piece: Piece): boolean {
  const { element, insertion } = inline.runs[piece.run]!;
  const parent = tree.parent[element]!;
  return parent === inline.element || (parent === insertion && tree.parent[insertion]! === inline.element);
}

/** What cuts a paragraph in two or takes its mark away (17.13.5.20, 17.13.5.15): splices, and marks between its runs. */
export type Joints = { readonly splices: readonly Splice[]; readonly marks: readonly RangeMark[] };

export function joints(context: EditContext, work: ParagraphWork, inline: Inline): Joints {
  if (work.merge !== undefined) return { splices: mergeSplices(context, work.merge, inline), marks: [] };
  const cuts = [...work.splits].sort((a, b) => a.offset - b.offset);
  if (cuts.length === 0) return { splices: [], marks: [] };
  const { tree, markup } = context;
  const first = splitProperties(context, inline, cuts[0]!.revision);
  const splices = withProperties(tree, inline.element, first);
  const marks: RangeMark[] = [];
  cuts.forEach(({ offset }, index) => {
    const next = cuts[index + 1];
    const properties =
      next === undefined
        ? paragraphProperties(tree, inline.element)
        : splitProperties(context, inline, next.revision);
    const joint = `</${markup.name("w:p")}>${splitOpenTag(tree, inline.element)}${properties}`;
    const cut = findCut(tree, inline, offset);
    if ("code" in cut) return;
    if (cut.kind === "point") splices.push({ start: cut.at, end: cut.at, text: joint });
    else marks.push({ offset, side: "start", markup: throughInsertion(context, inline, cut.piece, joint) });
  });
  return { splices, marks };
}

/** The properties of a part that does not keep the old mark. */
function splitProperties(context: EditContext, inline: Inline, revision: Signature): string {
  const { tree, markup, mode } = context;
  const mark =
    mode === "direct" ? "" : markup.element("w:ins", revisionAttributes({ id: context.ids(), ...revision }));
  return copiedProperties(tree, markup, inline.element, mark, "same");
}

function throughInsertion(context: EditContext, inline: Inline, piece: Piece, joint: string): string {
  const run = inline.runs[piece.run]!;
  return run.insertion < 0 ? joint : breakOut(context, run, joint);
}

function mergeSplices(context: EditContext, revision: Signature, inline: Inline): Splice[] {
  const { tree, markup } = context;
  if (context.mode === "direct") return joinNow(tree, inline.element);
  const mark = markup.element("w:del", revisionAttributes({ id: context.ids(), ...revision }));
  return markSplices(tree, markup, inline.element, mark);
}

/** Makes one paragraph of two; like one whose mark was deleted it has the second one's properties. */
function joinNow(tree: XmlTree, element: number): Splice[] {
  const next = nextSibling(tree, element);
  const drop = (start: number, end: number): Splice => ({ start, end, text: "" });
  if (isSelfClosing(tree, element)) return [drop(tree.start[element]!, tree.end[element]!)];
  const properties = withProperties(tree, element, paragraphProperties(tree, next));
  const close = drop(tree.closeStart[element]!, tree.end[element]!);
  if (isSelfClosing(tree, next)) return [...properties, drop(tree.start[next]!, tree.end[next]!)];
  const own = childNamed(tree, next, "w:pPr");
  const from = own < 0 ? tree.openEnd[next]! : tree.end[own]!;
  return [
    ...properties,
    { ...close, text: tree.source.slice(tree.end[element]!, tree.start[next]!) },
    drop(tree.end[element]!, from),
  ];
}
