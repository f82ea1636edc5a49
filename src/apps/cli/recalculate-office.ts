import {
  type CellValue,
  cellValue,
  openWorkbook,
  parseAddress,
  readSheet,
  type SheetCells,
} from "../../files/index.ts";
import { type RunOfficeOptions, runOffice } from "./run-office.ts";

export type CellName = {
  readonly sheet: string;
  /** `B4`. */
  readonly cell: string;
};

export type RecalculateOptions = Pick<RunOfficeOptions, "deadlineMs" | "signal">;

/**
 * The values of cells after LibreOffice computed every formula of a workbook anew, in the order asked for and undefined
 * where a cell is empty or not there. Undefined altogether where LibreOffice is not installed. Throws as `runOffice`.
 */
export async function recalculateOffice(
  workbook: Uint8Array,
  cells: readonly CellName[],
  options: RecalculateOptions = {},
): Promise<readonly (CellValue | undefined)[] | undefined> {
  const computed = await runOffice(workbook, { ...options, ending: "xlsx", recalculates: true });
  return computed && readCells(computed, cells);
}

async function readCells(bytes: Uint8Array, cells: readonly CellName[]): Promise<(CellValue | undefined)[]> {
  const workbook = openWorkbook(bytes);
  const read = new Map<string, SheetCells>();
  for (const sheet of workbook.sheets) {
    if (cells.some((each) => each.sheet === sheet.name))
      read.set(sheet.name, await readSheet(workbook, sheet));
  }
  return cells.map(({ sheet, cell }) => {
    const [found, place] = [read.get(sheet), parseAddress(cell)];
    return found && place && cellValue(found, place.row, place.column);
  });
}
