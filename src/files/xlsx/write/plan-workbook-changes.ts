import { BadRequestError } from "../../../errors.ts";
import { isXmlText } from "../../xml/xml-text.ts";
import type { Workbook } from "../types.ts";
import { createDraft, findSheet, keepDraft, type Refused, type WorkbookDraft } from "./draft.ts";
import { draftAddSheet } from "./draft-add-sheet.ts";
import { draftComment } from "./draft-comment.ts";
import { draftConditionalFormat } from "./draft-conditional-format.ts";
import { draftSetCell } from "./draft-set-cell.ts";
import { prepareChart } from "./prepare-chart.ts";
import { releaseShared } from "./release-shared.ts";
import { saveWorkbookDraft } from "./save-workbook-draft.ts";
import type {
  AddChart,
  AppliedWorkbookChange,
  WorkbookChange,
  WorkbookChangeOptions,
  WorkbookChangePlan,
  WorkbookRefusal,
} from "./types.ts";
import { writeChart } from "./write-chart.ts";

type Outcome = Omit<AppliedWorkbookChange, "id" | "kind"> | Refused;

/** Sheets first, because the others may use them, and cells before what shows them. */
const order: readonly WorkbookChange["kind"][] = [
  "add-sheet",
  "set-cell",
  "conditional-format",
  "comment",
  "add-chart",
];

/**
 * Works out what the changes would do to a workbook, without doing it: which can be made, which are refused and why.
 * Only what a change names is written anew: one row of a sheet, one entry of a list.
 */
export function planWorkbookChanges(
  workbook: Workbook,
  changes: readonly WorkbookChange[],
  options: WorkbookChangeOptions,
): WorkbookChangePlan {
  if (!isXmlText(options.author) || options.author.trim() === "")
    throw new BadRequestError("the author has no name", { hint: "Give options.author." });
  if (Number.isNaN(new Date(options.date).getTime()))
    throw new BadRequestError(`${JSON.stringify(options.date)} is no date`, {
      hint: "Write it as 2026-01-31T09:00:00Z.",
    });
  const draft = createDraft(workbook, options);
  const outcomes = new Map<number, Outcome>();
  const inOrder = changes.map((change, index) => ({ change, index }));
  inOrder.sort((a, b) => order.indexOf(a.change.kind) - order.indexOf(b.change.kind) || a.index - b.index);
  for (const { change, index } of inOrder) {
    const restore = keepDraft(draft);
    const outcome = draftChange(draft, change);
    if ("refusal" in outcome) restore();
    outcomes.set(index, outcome);
  }
  for (const sheet of draft.sheets.values()) releaseShared(sheet);
  for (const chart of draft.charts) writeChart(draft, chart);
  const applied: AppliedWorkbookChange[] = [];
  const refused: WorkbookRefusal[] = [];
  changes.forEach((change, index) => {
    const id = change.id ?? String(index + 1);
    const outcome = outcomes.get(index)!;
    if ("refusal" in outcome) refused.push({ id, ...outcome.refusal });
    else applied.push({ id, kind: change.kind, ...outcome });
  });
  return { applied, refused, save: () => saveWorkbookDraft(draft) };
}

function draftChange(draft: WorkbookDraft, change: WorkbookChange): Outcome {
  switch (change.kind) {
    case "set-cell":
      return draftSetCell(draft, change);
    case "add-sheet":
      return draftAddSheet(draft, change);
    case "add-chart":
      return draftAddChart(draft, change);
    case "comment":
      return draftComment(draft, change);
    case "conditional-format":
      return draftConditionalFormat(draft, change);
  }
}

function draftAddChart(draft: WorkbookDraft, change: AddChart): Outcome {
  const sheet = findSheet(draft, change.sheet);
  if ("refusal" in sheet) return sheet;
  const prepared = prepareChart(draft, sheet, change);
  if ("refusal" in prepared) return prepared;
  draft.charts.push(prepared);
  return { sheet: sheet.name, at: change.anchor };
}
