import {
  addPart,
  declaration,
  declareType,
  freePartName,
  relate,
  relativeTarget,
} from "../../opc/part-bench.ts";
import { namespaceUri } from "../../xml/namespaces.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { escapeAttribute } from "../../xml/xml-text.ts";
import { attribute, attributesOf, childNamed, childrenOf, nameOf } from "../../xml/xml-tree.ts";
import { formatAddress, maxColumns, maxRows, parseAddress } from "../address.ts";
import { setAttribute } from "./calculation.ts";
import { type CheckedInput, checkInput } from "./cell-content.ts";
import { cellXml } from "./cell-xml.ts";
import { columnsXml } from "./column-widths.ts";
import {
  editAround,
  editWorkbook,
  type Refused,
  refused,
  type SheetDraft,
  sheetNames,
  type WorkbookDraft,
} from "./draft.ts";
import { insertChild, workbookOrder, worksheetOrder } from "./insert-child.ts";
import { refuseNumberFormat } from "./number-format-code.ts";
import { prepareChart } from "./prepare-chart.ts";
import { elementXml, sheetMarkup } from "./sheet-markup.ts";
import { refuseSheetName } from "./sheet-name.ts";
import { locateRows } from "./sheet-xml.ts";
import { cellFormat } from "./style-book.ts";
import { addTablePart, type CheckedTable, checkTable, inputOf, isHeading } from "./table-part.ts";
import type { AddSheet, CellInput, CellLook, NewCell } from "./types.ts";

type NewSheetCell = {
  readonly row: number;
  readonly column: number;
  readonly input: CheckedInput;
  readonly look: CellLook;
};

/** Gathers a new sheet: its part, its name in the workbook, its table and its charts. */
export function draftAddSheet(draft: WorkbookDraft, change: AddSheet): { sheet: string } | Refused {
  const { workbook } = draft;
  if (workbook.isStructureProtected)
    return refused(
      "protected",
      "the workbook's structure is protected, so that no sheet can be added",
      "Remove the protection in Excel (Review, Protect Workbook).",
    );
  const table = change.table === undefined ? undefined : checkTable(draft, change.table, change.rows);
  if (table !== undefined && "refusal" in table) return table;
  const cells = checkCells(draft, change, table);
  if ("refusal" in cells) return cells;
  const freeze = change.freeze === undefined ? undefined : parseAddress(change.freeze);
  const refusal = refuseSheetName(draft, change.name) ?? refuseShape(change, freeze);
  if (refusal !== undefined) return refusal;
  const sheet = addSheetPart(draft, change, cells, freeze);
  for (const chart of change.charts ?? []) {
    const prepared = prepareChart(draft, sheet, chart);
    if ("refusal" in prepared) return prepared;
    draft.charts.push(prepared);
  }
  listSheet(draft, change, sheet);
  if (table !== undefined) {
    const id = addTablePart(draft, sheet.part, table);
    editAround(draft, sheet, (tree) => {
      const { element, withRelationship } = sheetMarkup(tree);
      const list = element("tableParts", { count: 1 }, withRelationship("tablePart", id));
      return insertChild(tree, worksheetOrder, "tableParts", list);
    });
  }
  return { sheet: change.name };
}

function refuseShape(change: AddSheet, freeze: ReturnType<typeof parseAddress>): Refused | undefined {
  const width = Math.max(0, ...change.rows.map((row) => row.length));
  if (change.rows.length > maxRows || width > maxColumns)
    return refused("invalid", "a sheet has no place for so many rows or columns", "Give fewer.");
  if (change.freeze !== undefined && freeze === undefined)
    return refused("invalid", `${change.freeze} is no cell`, "Name the first cell that scrolls, as A4.");
  const isWidth = (each: number): boolean => each >= 0 && each <= 255;
  if (change.columnWidths?.every(isWidth) === false)
    return refused("invalid", "a column's width is 0 to 255 characters", "Give another width.");
  const { position } = change;
  if (position !== undefined && !(Number.isInteger(position) && position >= 0))
    return refused("invalid", `${position} is no place among the tabs`, "Count from 0.");
  return undefined;
}

function checkCells(
  draft: WorkbookDraft,
  change: AddSheet,
  table: CheckedTable | undefined,
): NewSheetCell[] | Refused {
  const context = {
    sheetNames: [...sheetNames(draft), change.name],
    dateSystem: draft.workbook.dateSystem,
  };
  const cells: NewSheetCell[] = [];
  for (const [index, row] of change.rows.entries()) {
    for (const [column, cell] of row.entries()) {
      const wrongLook = refuseNumberFormat(lookOf(cell).numberFormat) ?? refuseColor(lookOf(cell).fill);
      const input = wrongLook ?? checkInput(inputOf(cell), context);
      if ("refusal" in input) {
        const { code, reason, fix } = input.refusal;
        return refused(code, `${formatAddress(index + 1, column)}: ${reason}`, fix);
      }
      const look = isHeading(table, index + 1, column) ? { bold: true, ...lookOf(cell) } : lookOf(cell);
      const format = look.numberFormat ?? input.format;
      cells.push({
        row: index + 1,
        column,
        input,
        look: format === undefined ? look : { ...look, numberFormat: format },
      });
    }
  }
  return cells;
}

function refuseColor(color: string | undefined): Refused | undefined {
  if (color === undefined || /^[\dA-F]{6}$/i.test(color)) return undefined;
  return refused("invalid", `${JSON.stringify(color)} is no colour`, "Write it as DDEBF7: red, green, blue.");
}

function lookOf(cell: CellInput | NewCell): CellLook {
  if (typeof cell !== "object" || cell === null || !("value" in cell)) return {};
  const { value: _, ...look } = cell;
  return look;
}

function addSheetPart(
  draft: WorkbookDraft,
  change: AddSheet,
  cells: readonly NewSheetCell[],
  freeze: ReturnType<typeof parseAddress>,
): SheetDraft {
  const { workbook, bench } = draft;
  const folder = workbook.mainPart.slice(0, workbook.mainPart.lastIndexOf("/"));
  const part = freePartName(bench, `${folder}/worksheets/sheet#.xml`, workbook.mainPart);
  const root = `xmlns="${namespaceUri("x", workbook.isStrict)}" xmlns:r="${namespaceUri("r", workbook.isStrict)}"`;
  const last = cells.filter(({ input }) => input.content.kind !== "empty");
  const [height, width] = [
    Math.max(1, ...last.map(({ row }) => row)),
    Math.max(0, ...last.map(({ column }) => column)),
  ];
  const dimension = height === 1 && width === 0 ? "A1" : `A1:${formatAddress(height, width)}`;
  const view = freeze === undefined ? "" : viewXml(freeze);
  const xml = `${declaration}<worksheet ${root}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="${dimension}"/>${view}<sheetFormatPr defaultRowHeight="15"/>${columnsXml(change)}<sheetData>${rowsXml(draft, cells)}</sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><pageSetup orientation="landscape" fitToHeight="0"/></worksheet>`;
  const located = locateRows(new TextEncoder().encode(xml), part);
  const sheet: SheetDraft = {
    name: change.name,
    part,
    xml: { part, encoding: "utf-8", ...located },
    isNew: true,
    around: located.around,
    writes: new Map(),
    hasReleased: false,
  };
  // Its place is kept while other parts look for free names; the content follows on saving.
  addPart(bench, part, "");
  const index = workbook.sheets.length + draft.newSheets.length;
  draft.newSheets.push({
    sheet: { name: change.name, index, state: "visible", kind: "worksheet", part },
    draft: sheet,
  });
  if (cells.some(({ input: { content } }) => content.kind === "formula" && content.cached === undefined))
    draft.needsCalculation = true;
  return sheet;
}

function rowsXml(draft: WorkbookDraft, cells: readonly NewSheetCell[]): string {
  const markup = sheetMarkup(scanXml("<row/>"));
  const rows = new Map<number, string>();
  for (const { row, column, input, look } of cells) {
    const style = cellFormat(draft, 0, look);
    if (input.content.kind === "empty" && style === 0) continue;
    rows.set(row, (rows.get(row) ?? "") + cellXml(markup, { row, column, style }, input.content));
  }
  return [...rows].map(([row, content]) => elementXml("row", { r: row }, content)).join("");
}

/** Rows above and columns left of the cell stay in view (ECMA-376-1, 18.3.1.66). */
function viewXml({ row, column }: { row: number; column: number }): string {
  if (row === 1 && column === 0) return "";
  const pane = column === 0 ? "bottomLeft" : row === 1 ? "topRight" : "bottomRight";
  const xml = elementXml("pane", {
    xSplit: column === 0 ? undefined : column,
    ySplit: row === 1 ? undefined : row - 1,
    topLeftCell: formatAddress(row, column),
    activePane: pane,
    state: "frozen",
  });
  const selection = elementXml("selection", { pane });
  return `<sheetViews><sheetView workbookViewId="0">${xml}${selection}</sheetView></sheetViews>`;
}

/** Names the sheet in the workbook. Definitions and views that count tabs keep meaning the same ones. */
function listSheet(draft: WorkbookDraft, change: AddSheet, sheet: SheetDraft): void {
  const { workbook, bench } = draft;
  const { mainPart, isStrict } = workbook;
  const type = `${namespaceUri("r", isStrict)}/worksheet`;
  const id = relate(bench, mainPart, { type, target: relativeTarget(mainPart, sheet.part) });
  declareType(bench, sheet.part, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml");
  editWorkbook(draft, (tree) => {
    const list = childNamed(tree, 0, "x:sheets");
    const entries = childrenOf(tree, list);
    const sheetId = Math.max(0, ...entries.map((each) => Number(attribute(tree, each, "sheetId")) || 0)) + 1;
    const markup = sheetMarkup(tree, list);
    const entry = markup
      .withRelationship("sheet", id)
      .replace(" ", ` name="${escapeAttribute(change.name)}" sheetId="${sheetId}" `);
    const before = change.position === undefined ? undefined : entries[change.position];
    const at = before === undefined ? tree.closeStart[list]! : tree.start[before]!;
    return [
      { start: at, end: at, text: entry },
      ...(before === undefined ? [] : countingSplices(tree, change.position!)),
      ...(sheet.around.includes("<sheetViews>") ? bookViewSplices(tree) : []),
    ];
  });
}

/** Numbers of tabs behind the new one grow by one: scopes of names, the open tab, the first in view. */
function countingSplices(tree: XmlTree, position: number): Splice[] {
  const splices: Splice[] = [];
  for (let index = 1; index < tree.count; index++) {
    const counting = counted[nameOf(tree, index)];
    if (counting === undefined) continue;
    for (const { name, value } of attributesOf(tree, index)) {
      if (!counting.includes(name) || Number(value) < position) continue;
      splices.push(...setAttribute(tree, index, name, String(Number(value) + 1)));
    }
  }
  return splices;
}

const counted: Readonly<Record<string, readonly string[]>> = {
  "x:definedName": ["localSheetId"],
  "x:workbookView": ["activeTab", "firstSheet"],
};

/** A sheet's view refers to a view of the workbook, which has to be there. */
function bookViewSplices(tree: XmlTree): Splice[] {
  if (childNamed(tree, 0, "x:bookViews") >= 0) return [];
  const { element } = sheetMarkup(tree);
  return insertChild(tree, workbookOrder, "bookViews", element("bookViews", {}, element("workbookView")));
}
