import { openWorkbook, parseRange, planWorkbookChanges, type WorkbookChange } from "../../files/index.ts";
import { addressOf } from "./describe-cells.ts";
import type { AuditFinding } from "./types.ts";

/** A copy of the workbook with a comment for each finding. */
export type CommentedWorkbook = {
  readonly bytes: Uint8Array<ArrayBufferLike>;
  readonly comments: number;
  /** Findings without a comment, and why. */
  readonly refused: readonly { readonly finding: number; readonly reason: string }[];
};

/** Puts a comment on the first cell of each finding; nothing else of the file changes. */
export function writeComments(
  workbook: Uint8Array,
  findings: readonly AuditFinding[],
  { author, date }: { readonly author: string; readonly date: Date },
): CommentedWorkbook {
  const changes = findings.flatMap((finding, index): WorkbookChange[] => {
    const range = parseRange(finding.cells[0] ?? "");
    if (range === undefined) return [];
    const cell = addressOf({ row: range.firstRow, column: range.firstColumn });
    return [{ kind: "comment", id: String(index), sheet: finding.sheet, cell, text: commentText(finding) }];
  });
  const plan = planWorkbookChanges(openWorkbook(workbook), changes, { author, date: date.toISOString() });
  return {
    bytes: plan.applied.length === 0 ? workbook : plan.save().bytes,
    comments: plan.applied.length,
    refused: plan.refused.map(({ id, reason }) => ({ finding: Number(id), reason })),
  };
}

/** Cells that a comment names; it stands on the first of them. */
const namedCells = 12;

function commentText(finding: AuditFinding): string {
  const { message, cells, severity, kind } = finding;
  const named = cells.slice(0, namedCells).join(", ");
  const lines = [`${message.charAt(0).toUpperCase()}${message.slice(1)}.`];
  const wanted = expectedText(finding);
  if (wanted !== undefined) lines.push(`Expected: ${wanted}`);
  if (cells.length > 1 || cells[0]!.includes(":"))
    lines.push(`Cells: ${named}${cells.length > namedCells ? " and more" : ""}`);
  lines.push(`(${kind}, ${severity})`);
  return lines.join("\n");
}

/** What should stand there, as a person would type it: `=SUM(B2:B9)`, or a value. */
export function expectedText({ expected }: AuditFinding): string | undefined {
  if (expected === undefined) return undefined;
  return "formula" in expected ? `=${expected.formula}` : String(expected.value);
}
