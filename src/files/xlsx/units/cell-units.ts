import type { TextUnit } from "../../units/types.ts";
import { cellSites } from "./cell-sites.ts";
import { readWorkbookText } from "./workbook-text.ts";

export { cellKey } from "./workbook-text.ts";

/** The units of all cells of a workbook by the cell's key, hidden ones included. */
export function cellUnits(bytes: Uint8Array): ReadonlyMap<string, TextUnit> {
  return cellSites(readWorkbookText(bytes), { hidden: true }, () => []).byCell;
}
