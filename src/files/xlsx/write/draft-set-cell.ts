import { attribute, childNamed, childrenOf } from "../../xml/xml-tree.ts";
import { parseAddress } from "../address.ts";
import { cellFormula, cellValue } from "../read/cell-value.ts";
import { sourceText } from "../read/markup.ts";
import { checkInput } from "./cell-content.ts";
import type { CellContent } from "./cell-xml.ts";
import { errorCodes } from "./cell-xml.ts";
import {
  findSheet,
  type Refused,
  refused,
  type SheetDraft,
  sheetNames,
  type WorkbookDraft,
  writeCell,
} from "./draft.ts";
import { rowsNumbered } from "./index-rows.ts";
import { refuseNumberFormat } from "./number-format-code.ts";
import { refusePlace } from "./obstacles.ts";
import { readRows } from "./read-rows.ts";
import { refuseShared } from "./release-shared.ts";
import { rowCells, rowFormat } from "./row-cells.ts";
import { aroundTree } from "./sheet-xml.ts";
import { cellFormat, isLockedFormat } from "./style-book.ts";
import type { CellState, SetCell } from "./types.ts";

export type SetOutcome = {
  readonly sheet: string;
  readonly at: string;
  readonly before: CellState;
  readonly after: CellState;
};

/** Gathers a new value for one cell. */
export function draftSetCell(draft: WorkbookDraft, change: SetCell): SetOutcome | Refused {
  const sheet = findSheet(draft, change.sheet);
  if ("refusal" in sheet) return sheet;
  const place = parseAddress(change.cell);
  if (place === undefined)
    return refused("not-found", `no sheet has a cell ${change.cell}`, "Write it as B4.");
  const { row, column } = place;
  const input = checkInput(change.value, {
    sheetNames: sheetNames(draft),
    dateSystem: draft.workbook.dateSystem,
  });
  if ("refusal" in input) return input;
  const wrongFormat = refuseNumberFormat(change.numberFormat);
  if (wrongFormat !== undefined) return wrongFormat;
  if (sheet.writes.get(row)?.get(column)?.kind === "content") {
    const reason = `${change.cell} is set by an earlier change already`;
    return refused("overlaps", reason, "Set each cell once.");
  }
  const positions = rowsNumbered(sheet.xml.rows, row);
  if (positions.length > 1)
    return refused("unsupported", `row ${row} stands in the file more than once`, "Save it in Excel first.");
  const base = formatOf(sheet, positions[0], row, column);
  const refusal =
    refusePlace(draft, sheet, row, column, () => isLockedFormat(draft, base)) ??
    refuseShared(sheet, row, column);
  if (refusal !== undefined) return refusal;
  const isDate = /^(?:date|time)/.test(draft.workbook.styles[base]?.formatKind ?? "general");
  const numberFormat = change.numberFormat ?? (isDate ? undefined : input.format);
  const style = cellFormat(draft, base, numberFormat === undefined ? {} : { numberFormat });
  const before = stateBefore(draft, sheet, positions, row, column);
  writeCell(sheet, row, column, { kind: "content", content: input.content, style });
  if (input.content.kind === "formula" && input.content.cached === undefined) draft.needsCalculation = true;
  return {
    sheet: sheet.name,
    at: change.cell.replaceAll("$", "").toUpperCase(),
    before,
    after: stateOf(input.content),
  };
}

/** The format a cell has, or would get from its row or column if it were typed in. */
export function formatOf(
  sheet: SheetDraft,
  position: number | undefined,
  row: number,
  column: number,
): number {
  const pending = sheet.writes.get(row)?.get(column);
  if (pending?.kind === "content") return pending.style;
  const { tree, sheetData } = aroundTree(sheet.around);
  if (position !== undefined) {
    const { bytes, rows } = sheet.xml;
    const scope = tree.scopes[tree.scope[sheetData]!]!;
    const parsed = rowCells(sourceText(bytes, rows.starts[position]!, rows.ends[position]!), scope);
    const cell = parsed.cells.get(column);
    if (cell !== undefined) return Number(attribute(parsed.tree, cell, "s") ?? 0) || 0;
    const format = rowFormat(parsed);
    if (format !== undefined) return format;
  }
  const columns = childNamed(tree, 0, "x:cols");
  for (const each of columns < 0 ? [] : childrenOf(tree, columns)) {
    const [min, max] = [Number(attribute(tree, each, "min")), Number(attribute(tree, each, "max"))];
    if (column + 1 >= min && column + 1 <= max) return Number(attribute(tree, each, "style") ?? 0) || 0;
  }
  return 0;
}

function stateBefore(
  draft: WorkbookDraft,
  sheet: SheetDraft,
  positions: readonly number[],
  row: number,
  column: number,
): CellState {
  if (positions.length === 0) return {};
  const cells = readRows(draft.workbook, sheet.xml, positions);
  const value = cellValue(cells, row, column);
  const formula = cellFormula(cells, row, column);
  return { ...(value === undefined ? {} : { value }), ...(formula === undefined ? {} : { formula }) };
}

/** What the cell will read as. */
export function stateOf(content: CellContent): CellState {
  if (content.kind === "empty") return {};
  if (content.kind !== "formula") return { value: content.value };
  const { formula, cached } = content;
  if (cached === undefined) return { formula };
  const isError = typeof cached === "string" && errorCodes.has(cached);
  return { formula, value: isError ? { kind: "error", code: cached } : cached };
}
