import type { NamespaceScope } from "../../xml/namespaces.ts";
import { attribute, childNamed, textOf } from "../../xml/xml-tree.ts";
import { formatRange } from "../address.ts";
import { sourceText } from "../read/markup.ts";
import { shiftFormula } from "../read/shift-formula.ts";
import type { CellRange } from "../types.ts";
import { type Refused, refused, type SheetDraft, writeCell } from "./draft.ts";
import { rowCells } from "./row-cells.ts";
import { aroundTree } from "./sheet-xml.ts";

type Member = { readonly row: number; readonly column: number };

type Group = { readonly formula: string; readonly others: readonly Member[] };

/** Why a cell that holds the text of a shared formula can't be set, if it can't. */
export function refuseShared(sheet: SheetDraft, row: number, column: number): Refused | undefined {
  const group = holderAt(sheet, row, column);
  if (group === undefined) return undefined;
  const same = sheet.xml.rows.specials.filter((each) => each.kind === "shared" && each.group === group);
  if (same.length < 2) return undefined;
  const reason = "several formulas of this sheet are shared under one number, this cell's among them";
  return refused("unsupported", reason, "Open the workbook in Excel and save it again.");
}

/**
 * Where a cell that holds the text of a shared formula gets another value, the next cell becomes the holder: the cells
 * that refer to it keep their formulas (ECMA-376-1, 18.3.1.40). Cells that can't refer to it, because they stand before
 * it or beside its column, get their formula in full.
 */
export function releaseShared(sheet: SheetDraft): void {
  const isSet = ({ row, column }: Member): boolean => sheet.writes.get(row)?.get(column)?.kind === "content";
  for (const [row, writes] of [...sheet.writes]) {
    for (const [column, write] of [...writes]) {
      const group = write.kind === "content" ? holderAt(sheet, row, column) : undefined;
      if (group === undefined) continue;
      const { formula, others } = membersOf(sheet, group, { row, column });
      promote(
        sheet,
        group,
        others.filter((each) => !isSet(each)),
        ({ row: r, column: c }) => shiftFormula(formula, r - row, c - column),
      );
      sheet.hasReleased = true;
    }
  }
}

/** The number of the shared formula whose text stands in that cell. */
function holderAt(sheet: SheetDraft, row: number, column: number): string | undefined {
  const { specials, numbers } = sheet.xml.rows;
  const holder = specials.find(({ kind, rowIndex }) => kind === "shared" && numbers[rowIndex] === row);
  if (holder === undefined) return undefined;
  return cellsOfRow(sheet, holder.rowIndex, rowScope(sheet)).find(
    (cell) => cell.column === column && cell.formula !== "",
  )?.group;
}

function promote(
  sheet: SheetDraft,
  group: string,
  others: readonly Member[],
  text: (member: Member) => string,
): void {
  for (let index = 0; index < others.length; index++) {
    const first = others[index]!;
    const box = boxOf(others, index);
    const isCorner = first.row === box.firstRow && first.column === box.firstColumn;
    const shared = { group, ref: formatRange(box) };
    const write = { kind: "formula", formula: text(first) } as const;
    writeCell(sheet, first.row, first.column, isCorner ? { ...write, shared } : write);
    if (isCorner) return;
  }
}

function boxOf(members: readonly Member[], from: number): CellRange {
  let [firstRow, firstColumn, lastRow, lastColumn] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    0,
    0,
  ];
  for (let index = from; index < members.length; index++) {
    const { row, column } = members[index]!;
    firstRow = Math.min(firstRow, row);
    firstColumn = Math.min(firstColumn, column);
    lastRow = Math.max(lastRow, row);
    lastColumn = Math.max(lastColumn, column);
  }
  return { firstRow, firstColumn, lastRow, lastColumn };
}

/** All cells of a shared formula, in order of rows and columns. */
function membersOf(sheet: SheetDraft, group: string, master: Member): Group {
  const scope = rowScope(sheet);
  const { bytes, rows } = sheet.xml;
  const others: Member[] = [];
  let formula = "";
  const mark = new TextEncoder().encode("shared");
  for (let position = 0; position < rows.count; position++) {
    if (!includes(bytes, mark, rows.starts[position]!, rows.ends[position]!)) continue;
    for (const cell of cellsOfRow(sheet, position, scope)) {
      if (cell.group !== group) continue;
      if (cell.row === master.row && cell.column === master.column) formula = cell.formula;
      // A text of its own counts, and then the cell does not depend on the others.
      else if (cell.formula === "") others.push({ row: cell.row, column: cell.column });
    }
  }
  return { formula, others };
}

function includes(bytes: Uint8Array, mark: Uint8Array, start: number, end: number): boolean {
  const last = end - mark.length;
  for (let at = start; at <= last; at++) {
    let index = 0;
    while (index < mark.length && bytes[at + index] === mark[index]) index++;
    if (index === mark.length) return true;
  }
  return false;
}

function rowScope(sheet: SheetDraft): NamespaceScope {
  const { tree, sheetData } = aroundTree(sheet.xml.around);
  return tree.scopes[tree.scope[sheetData]!]!;
}

type SharedCell = Member & { readonly group: string | undefined; readonly formula: string };

function cellsOfRow(sheet: SheetDraft, position: number, scope: NamespaceScope): SharedCell[] {
  const { bytes, rows } = sheet.xml;
  const { tree, cells } = rowCells(sourceText(bytes, rows.starts[position]!, rows.ends[position]!), scope);
  return [...cells].flatMap(([column, element]) => {
    const formula = childNamed(tree, element, "x:f");
    if (formula < 0 || attribute(tree, formula, "t") !== "shared") return [];
    const group = attribute(tree, formula, "si");
    return [{ row: rows.numbers[position]!, column, group, formula: textOf(tree, formula) }];
  });
}
