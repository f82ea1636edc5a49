import { descend } from "../../xml/xml-tree.ts";
import { findStyle } from "../read/find-style.ts";
import type { Paragraph, ParagraphFormat, WordDocument } from "../types.ts";
import {
  type Draft,
  inlinesOf,
  type Outcome,
  overlap,
  type ParagraphWork,
  type PlacedChange,
  type Signature,
  useMark,
} from "./draft.ts";
import { type OwnParagraphFormat, ownParagraphFormat } from "./own-paragraph-format.ts";
import { formattedProperties, type ResolvedParagraphFormat } from "./paragraph-format.ts";
import type { RefusalReason } from "./run-edit.ts";

/** Gathers a change of a paragraph's style, alignment, spacing or indents. */
export function draftParagraphFormat(
  draft: Draft,
  work: ParagraphWork,
  { set }: PlacedChange<"format-paragraph">,
  revision: Signature,
): Outcome {
  const resolved = resolveFormat(draft.document, set);
  if ("code" in resolved) return resolved;
  const refusal = refuseFormat(work);
  if (refusal !== undefined) return refusal;
  const context = draft.contexts.get(work.source.story.name)!;
  const { old, now } = formattedProperties(context, work.source.inline.element, resolved);
  if (old === now)
    return {
      code: "no-change",
      reason: "the paragraph is formatted that way already",
      fix: "Leave the change out.",
    };
  if (work.properties !== undefined || !useMark(work, "format")) return overlap;
  work.properties = { set: resolved, revision };
  const before = describeFormat(currentFormat(work), set);
  return { paragraph: work.paragraph.id, before, after: describeFormat(named(draft.document, set), set) };
}

function refuseFormat(work: ParagraphWork): RefusalReason | undefined {
  if (work.source.twin === "differs")
    return {
      code: "locked",
      reason: "the text is in a text box that is stored in two forms that differ",
      fix: "Change it in Word.",
    };
  const { tree } = work.source.story;
  const isPending = inlinesOf(work.source).some(
    ({ element }) => descend(tree, element, "w:pPr", "w:pPrChange") >= 0,
  );
  if (!isPending) return undefined;
  return {
    code: "locked",
    reason: "the paragraph has a change of its formatting that is still to be accepted",
    fix: "Accept or reject that change first.",
  };
}

/** Lengths up to those that fit Word's measure (17.18.81); 0 to 20 lines. */
const ranges: Readonly<Record<string, readonly [least: number, most: number]>> = {
  spaceBefore: [0, 1584],
  spaceAfter: [0, 1584],
  lineSpacing: [0.06, 132],
  indentLeft: [-1584, 1584],
  indentRight: [-1584, 1584],
  indentFirstLine: [-1584, 1584],
};

function resolveFormat(
  document: WordDocument,
  set: ParagraphFormat,
): ResolvedParagraphFormat | RefusalReason {
  if (Object.keys(set).length === 0)
    return {
      code: "no-change",
      reason: "no formatting is given",
      fix: `Give one of: style, alignment, ${Object.keys(ranges).join(", ")}, keepWithNext, pageBreakBefore.`,
    };
  for (const [key, [least, most]] of Object.entries(ranges)) {
    const value = set[key as keyof ParagraphFormat];
    if (value === undefined || (typeof value === "number" && value >= least && value <= most)) continue;
    return {
      code: "unsupported",
      reason: `${key} can't be ${String(value)}`,
      fix: `Give a number from ${least} to ${most}.`,
    };
  }
  if (set.style === undefined) return set;
  const style = findStyle(document, "paragraph", set.style);
  if ("code" in style) return style;
  return { ...set, style: style.id, isDefaultStyle: style.isDefault };
}

/** The wanted format with its style by the name people see. */
function named(document: WordDocument, set: ParagraphFormat): ParagraphFormat {
  const style = set.style === undefined ? undefined : findStyle(document, "paragraph", set.style);
  return style === undefined || "code" in style ? set : { ...set, style: style.name };
}

/** What is set on the paragraph itself, its style by the name people see. */
function currentFormat({ paragraph, source }: ParagraphWork): OwnParagraphFormat {
  return { ...ownParagraphFormat(source.story.tree, source.inline.element), style: styleLabel(paragraph) };
}

function styleLabel({ styleName, styleId }: Paragraph): string {
  return styleName ?? styleId ?? "Normal";
}

const labels: { readonly [Key in keyof ParagraphFormat]-?: string } = {
  style: "style",
  alignment: "alignment",
  spaceBefore: "space before",
  spaceAfter: "space after",
  lineSpacing: "line spacing",
  indentLeft: "left indent",
  indentRight: "right indent",
  indentFirstLine: "first line indent",
  keepWithNext: "keep with next",
  pageBreakBefore: "page break before",
};

/** The values of a format for the keys that the change sets: `style Heading 2, alignment left`. */
function describeFormat(format: OwnParagraphFormat, set: ParagraphFormat): string {
  return (Object.keys(labels) as (keyof ParagraphFormat)[])
    .filter((key) => set[key] !== undefined)
    .map((key) => `${labels[key]} ${shownValue(format[key])}`)
    .join(", ");
}

function shownValue(value: string | number | boolean | undefined): string {
  if (value === undefined) return "as in the style";
  if (typeof value === "boolean") return value ? "on" : "off";
  return String(value);
}
