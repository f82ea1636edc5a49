import { type Change, planChanges, type Refusal, type WordDocument } from "../../files/index.ts";
import type { Finding } from "./types.ts";

export type SuggestOptions = {
  readonly fix: boolean;
  readonly unsupported: boolean;
  readonly author: string;
  readonly date: Date;
};

export type SuggestedChanges = {
  readonly bytes: Uint8Array;
  readonly comments: number;
  readonly corrections: number;
  readonly refused: readonly Refusal[];
};

/** A copy of the document with a comment at each figure that is contradicted, and its correction as a tracked change. */
export function suggestChanges(
  document: WordDocument,
  findings: readonly Finding[],
  options: SuggestOptions,
): SuggestedChanges | undefined {
  const told = findings.filter(
    ({ verdict }) => verdict === "contradicted" || (options.unsupported && verdict === "unsupported"),
  );
  const changes = told.map((finding, index) => changeOf(finding, index, options.fix));
  if (changes.length === 0) return undefined;
  const plan = planChanges(document, changes, { author: options.author, date: options.date });
  if (plan.applied.length === 0) return undefined;
  const corrections = plan.applied.filter(({ kind }) => kind === "replace").length;
  return { bytes: plan.save().bytes, comments: plan.applied.length, corrections, refused: plan.refused };
}

function changeOf(finding: Finding, index: number, fix: boolean): Change {
  const { place, figure, digits, shouldBe } = finding;
  const id = `figure-${index + 1}`;
  const text = commentText(finding);
  if (fix && digits !== undefined && shouldBe !== undefined) {
    const offset = digits.start - place.start;
    const quote = figure.slice(offset, offset + digits.end - digits.start);
    return {
      id,
      kind: "replace",
      at: { paragraph: place.paragraph, ...digits, quote },
      text: shouldBe,
      comment: text,
    };
  }
  return {
    id,
    kind: "comment",
    at: { paragraph: place.paragraph, start: place.start, end: place.end, quote: figure },
    text,
  };
}

const shownCells = 6;

/** What a comment says: the right value, where it is from, and how it was computed. */
export function commentText({ verdict, figure, shown, workbook, cells, computes, note }: Finding): string {
  if (verdict === "unsupported")
    return `“${figure}”: not found in the workbooks${note === undefined ? "" : ` (${note})`}.`;
  const more = cells.length > shownCells ? `, and ${cells.length - shownCells} more ranges` : "";
  const where = [workbook, `${cells.slice(0, shownCells).join(", ")}${more}`]
    .filter((each) => each !== undefined && each !== "")
    .join(": ");
  return `“${figure}” does not agree with the workbook, which says ${shown ?? "something else"} (${where}). Computed: ${computes ?? ""}.`;
}
