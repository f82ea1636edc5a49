import type { ListUnitsOptions, TextUnit } from "../../units/types.ts";
import { workbookSites } from "./workbook-sites.ts";

/** The translatable texts of a workbook, sheet by sheet. */
export function listWorkbookUnits(bytes: Uint8Array, options: ListUnitsOptions = {}): readonly TextUnit[] {
  return workbookSites(bytes, options).sites.map(({ unit }) => unit);
}
