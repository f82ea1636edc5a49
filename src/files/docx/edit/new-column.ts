import type { StoryPart } from "../types.ts";
import { widenBy } from "./column-widths.ts";
import type { Draft, PlacedChange, Signature, StructureEdit } from "./draft.ts";
import { type CellWriter, cellXml, inlinesIn, textLines } from "./new-cell.ts";
import { counted } from "./new-row.ts";
import type { RefusalReason } from "./run-edit.ts";
import { leavingOut, spanning } from "./table-columns.ts";
import { canChangeCell } from "./table-marks.ts";
import type { Table, TableCell, TablePlace } from "./table-model.ts";
import { refuseLocked, type Slot, slotBeside } from "./table-slot.ts";

/** Word opens no table with more columns. */
const mostColumns = 63;

/** Where the new column meets one row: beside a cell, or inside one that is merged over columns and covers it too. */
type Meeting =
  | { readonly kind: "beside"; readonly neighbour: TableCell; readonly slot: Slot }
  | { readonly kind: "inside"; readonly cell: TableCell };

/** The edit that puts a new column into a table, or why it can't be made. */
export function newColumn(
  draft: Draft,
  story: StoryPart,
  { table, row, cell }: TablePlace,
  { cells, side = "after" }: PlacedChange<"insert-column">,
  revision: Signature,
): StructureEdit | RefusalReason {
  const anchor = table.rows[row]!.cells[cell]!;
  const at = side === "before" ? anchor.start : anchor.end;
  const refusal = refuseColumn(table, cells);
  if (refusal !== undefined) return refusal;
  const meetings: Meeting[] = [];
  for (let index = 0; index < table.rows.length; index++) {
    const meeting = meet(table, index, at, side, cells[index]!);
    if ("code" in meeting) return meeting;
    meetings.push(meeting);
  }
  const like = side === "before" ? at : at - 1;
  const covering = new Set(meetings.flatMap((each) => (each.kind === "inside" ? each.cell : [])));
  const context = draft.contexts.get(story.name)!;
  const inlines = inlinesIn(draft.document, story, table.element);
  const writer: CellWriter = { context, table: table.element, inlines, revision };
  const widths = widenBy(draft, story, table, { at, like, covering }, revision);
  const merges = mergesOf(meetings, cells);
  const edit = { story, element: table.element, table: { kind: "table" }, removed: [] } as const;
  const splices = [...widths.splices];
  const added: StructureEdit["added"][number][] = [];
  meetings.forEach((meeting, index) => {
    if (meeting.kind === "inside") return;
    const { neighbour, slot } = meeting;
    const width = widths.newCell(neighbour);
    const text = cellXml(writer, {
      model: neighbour,
      text: cells[index]!,
      merge: merges[index]!,
      keepsSpan: false,
      isMarked: true,
      ...(width !== undefined && { width }),
    });
    splices.push({ start: slot.offset, end: slot.offset, text });
    added.push({ at: slot.at, side: slot.side, lines: textLines(cells[index]!) });
  });
  return { ...edit, splices, added };
}

function refuseColumn({ tree, element, rows }: Table, texts: readonly string[]): RefusalReason | undefined {
  if (texts.length !== rows.length) {
    const [has, given] = [counted(rows.length, "row"), counted(texts.length, "text")];
    return {
      code: "unsupported",
      reason: `the table has ${has}, and ${given} ${texts.length === 1 ? "is" : "are"} given`,
      fix: `Give ${counted(rows.length, "text")} from the top, "" for an empty cell.`,
    };
  }
  if (rows.some(({ cells }) => cells.length >= mostColumns)) {
    return {
      code: "unsupported",
      reason: `the table has ${mostColumns} columns, and Word opens none with more`,
      fix: "Delete another column first.",
    };
  }
  return refuseLocked(tree, element);
}

/** The cell of a row beside the new column, with the place there, or the cell that covers it. */
function meet(
  { tree, rows }: Table,
  index: number,
  at: number,
  side: "before" | "after",
  text: string,
): Meeting | RefusalReason {
  const { element, cells } = rows[index]!;
  const left = cells.find(({ end }) => end === at);
  const right = cells.find(({ start }) => start === at);
  const neighbour = side === "after" ? (left ?? right) : (right ?? left);
  // A title over the whole table stays over the whole table.
  const isTitle = neighbour !== undefined && isAlone(neighbour, cells) && text === "";
  const cell = isTitle ? neighbour : cells.find(({ start, end }) => start < at && at < end);
  if (cell !== undefined) {
    if (!canChangeCell(tree, cell.element)) return spanning(index);
    return text === "" ? { kind: "inside", cell } : refuseText(index);
  }
  if (neighbour === undefined) return leavingOut(index);
  const slot = slotBeside(tree, neighbour.element, element, neighbour === left ? "after" : "before");
  return "code" in slot ? slot : { kind: "beside", neighbour, slot };
}

function isAlone(cell: TableCell, cells: readonly TableCell[]): boolean {
  return cells.length === 1 && cell.end - cell.start > 1;
}

function refuseText(row: number): RefusalReason {
  return {
    code: "unsupported",
    reason: `row ${row + 1} has a cell that is merged over this place, so the new column has no cell of its own there`,
    fix: `Give "" for row ${row + 1}.`,
  };
}

/** Beside a cell that is merged over rows the new ones are merged too, unless each is to have a text. */
function mergesOf(meetings: readonly Meeting[], texts: readonly string[]): TableCell["merge"][] {
  const merges: TableCell["merge"][] = meetings.map(() => "none");
  const beside = (index: number): TableCell | undefined => {
    const meeting = meetings[index];
    return meeting?.kind === "beside" ? meeting.neighbour : undefined;
  };
  for (let from = 0; from < meetings.length; from++) {
    const start = beside(from);
    if (start?.merge !== "start") continue;
    let to = from + 1;
    while (continues(beside(to), start)) to++;
    if (texts.slice(from + 1, to).some((text) => text !== "")) continue;
    merges[from] = "start";
    merges.fill("continue", from + 1, to);
  }
  return merges;
}

function continues(cell: TableCell | undefined, start: TableCell): boolean {
  return cell?.merge === "continue" && cell.start === start.start && cell.end === start.end;
}
