import { isRelationshipType, relationshipsOf } from "../../opc/opc-package.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf } from "../../xml/xml-tree.ts";
import { contains, formatAddress, formatRange, parseRange } from "../address.ts";
import { isTrue } from "../read/scan-item.ts";
import { partTree } from "../read/workbook-part.ts";
import type { CellRange } from "../types.ts";
import { type Refused, refused, type SheetDraft, type WorkbookDraft } from "./draft.ts";
import { aroundTree } from "./sheet-xml.ts";

/** Ranges of a sheet whose cells belong to something that a new value would break. */
export type Obstacles = {
  readonly merged: readonly CellRange[];
  readonly arrays: readonly CellRange[];
  readonly dataTables: readonly CellRange[];
  readonly pivots: readonly CellRange[];
  readonly isProtected: boolean;
};

const known = new WeakMap<SheetDraft, Obstacles>();

/** What stands in the way on that sheet, read once. */
export function obstaclesOf(draft: WorkbookDraft, sheet: SheetDraft): Obstacles {
  const found = known.get(sheet) ?? readObstacles(draft, sheet);
  known.set(sheet, found);
  return found;
}

function readObstacles(draft: WorkbookDraft, sheet: SheetDraft): Obstacles {
  const { tree } = aroundTree(sheet.around);
  const list = childNamed(tree, 0, "x:mergeCells");
  const merged = list < 0 ? [] : childrenOf(tree, list).flatMap((child) => rangeOf(tree, child));
  const ranges = (kind: string): CellRange[] =>
    sheet.xml.rows.specials.filter((each) => each.kind === kind).flatMap(({ ref }) => parseRange(ref) ?? []);
  const protection = childNamed(tree, 0, "x:sheetProtection");
  return {
    merged,
    arrays: ranges("array"),
    dataTables: ranges("dataTable"),
    pivots: pivotRanges(draft, sheet),
    isProtected: protection >= 0 && isTrue(attribute(tree, protection, "sheet")),
  };
}

function rangeOf(tree: XmlTree, element: number): CellRange[] {
  const range = parseRange(attribute(tree, element, "ref") ?? "");
  return range === undefined ? [] : [range];
}

/** What pivot tables fill, their filters above included (ECMA-376-1, 18.10.1.49). */
function pivotRanges({ workbook }: WorkbookDraft, sheet: SheetDraft): CellRange[] {
  if (sheet.isNew) return [];
  return relationshipsOf(workbook.package, sheet.part)
    .filter((each) => isRelationshipType(each, "pivotTable"))
    .flatMap((each) => {
      const tree = partTree(workbook.package, each.target);
      const location = tree === undefined ? -1 : childNamed(tree, 0, "x:location");
      if (tree === undefined || location < 0) return [];
      const filterRows = Number(attribute(tree, location, "rowPageCount") ?? 0) || 0;
      return rangeOf(tree, location).map((range) =>
        // An empty row stands between the filters and the table.
        filterRows === 0 ? range : { ...range, firstRow: Math.max(1, range.firstRow - filterRows - 1) },
      );
    });
}

/** Why that cell can't be given a value of its own, if it can't. Row from 1, column from 0. */
export function refusePlace(
  draft: WorkbookDraft,
  sheet: SheetDraft,
  row: number,
  column: number,
  isLocked: () => boolean,
): Refused | undefined {
  const obstacles = obstaclesOf(draft, sheet);
  const address = formatAddress(row, column);
  const at = (ranges: readonly CellRange[]): CellRange | undefined =>
    ranges.find((range) => contains(range, row, column));
  const merged = at(obstacles.merged);
  if (merged !== undefined && (merged.firstRow !== row || merged.firstColumn !== column)) {
    const anchor = formatAddress(merged.firstRow, merged.firstColumn);
    return refused(
      "merged",
      `${address} is part of the merged cell ${formatRange(merged)}`,
      `Set ${anchor}.`,
    );
  }
  const array = at(obstacles.arrays);
  if (array !== undefined && formatRange(array) !== address) {
    const reason = `${address} is filled by the array formula of ${formatRange(array)}`;
    return refused("array-formula", reason, "Choose a cell outside it, or clear it in Excel first.");
  }
  const dataTable = at(obstacles.dataTables);
  if (dataTable !== undefined) {
    const reason = `${address} is filled by the data table of ${formatRange(dataTable)}`;
    return refused("data-table", reason, "Choose a cell outside it, or change what it reads.");
  }
  const pivot = at(obstacles.pivots);
  if (pivot !== undefined) {
    const reason = `${address} is filled by the pivot table of ${formatRange(pivot)}`;
    return refused("pivot-table", reason, "Change the data that it summarises, and refresh it in Excel.");
  }
  if (obstacles.isProtected && draft.options.protectedSheets !== "write" && isLocked()) {
    const reason = `${address} is locked and the sheet ${JSON.stringify(sheet.name)} is protected`;
    return refused("protected", reason, "Remove the protection in Excel (Review, Unprotect Sheet).");
  }
  return refuseTablePlace(draft, sheet, row, column);
}

/**
 * Why nothing of that kind can be added to a protected sheet, if it can't: charts and comments are objects, and formats
 * are locked unless the protection lets them be (ECMA-376-1, 18.3.1.85).
 */
export function refuseProtected(
  draft: WorkbookDraft,
  sheet: SheetDraft,
  what: "objects" | "formatCells",
): Refused | undefined {
  const { tree } = aroundTree(sheet.around);
  const protection = childNamed(tree, 0, "x:sheetProtection");
  if (protection < 0 || draft.options.protectedSheets === "write") return undefined;
  const isOn = isTrue(attribute(tree, protection, "sheet"));
  const byDefault = what === "objects" ? "0" : "1";
  if (!isOn || !isTrue(attribute(tree, protection, what) ?? byDefault)) return undefined;
  return refused(
    "protected",
    `the sheet ${JSON.stringify(sheet.name)} is protected against new ${what === "objects" ? "objects" : "formats"}`,
    "Remove the protection in Excel (Review, Unprotect Sheet), or choose another sheet.",
  );
}

/** A table's headings are its columns' names, which formulas use; its totals are named in the table's part. */
function refuseTablePlace(
  draft: WorkbookDraft,
  sheet: SheetDraft,
  row: number,
  column: number,
): Refused | undefined {
  const table = draft.workbook.tables.find(
    (each) => each.sheet === sheet.name && contains(each.range, row, column) && !sheet.isNew,
  );
  if (table === undefined) return undefined;
  const isHeading = row < table.range.firstRow + table.headerRows;
  if (!isHeading && row <= table.range.lastRow - table.totalsRows) return undefined;
  const what = isHeading ? "a heading" : "a total";
  return refused(
    "table-header",
    `${formatAddress(row, column)} is ${what} of the table ${table.name}`,
    `Change it in Excel, which keeps the table in step, or choose a cell in its rows.`,
  );
}
