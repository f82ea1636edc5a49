import { isRelationshipType, relationshipsOf } from "../../opc/opc-package.ts";
import { addPart, declareType, freePartName, relate, relativeTarget } from "../../opc/part-bench.ts";
import { namespaceUri } from "../../xml/namespaces.ts";
import { escapeAttribute } from "../../xml/xml-text.ts";
import { attribute, nameOf } from "../../xml/xml-tree.ts";
import { contains, formatRange, parseAddress, parseRange } from "../address.ts";
import { encodeEscapes } from "../read/escapes.ts";
import { partTree } from "../read/workbook-part.ts";
import type { CellRange } from "../types.ts";
import { type Refused, refused, type WorkbookDraft } from "./draft.ts";
import type { AddSheet, CellInput, NewCell, NewTable } from "./types.ts";

export type CheckedTable = {
  readonly range: CellRange;
  readonly name: string;
  readonly columns: readonly string[];
  readonly style: string;
};

/** Checks a table of a new sheet; its columns are named by the cells of its first row. */
export function checkTable(
  draft: WorkbookDraft,
  table: NewTable,
  rows: AddSheet["rows"],
): CheckedTable | Refused {
  const range = parseRange(table.range);
  const isInside = range !== undefined && range.lastRow <= rows.length && range.lastRow > range.firstRow;
  if (range === undefined || !isInside) {
    const reason = `${table.range} is no range of headings and rows of the new sheet`;
    return refused("invalid", reason, "Give the headings' row and at least one row below, as in A3:D20.");
  }
  const columns: string[] = [];
  for (let column = range.firstColumn; column <= range.lastColumn; column++) {
    const heading = inputOf(rows[range.firstRow - 1]?.[column]);
    if (typeof heading !== "string" || heading.trim() === "")
      return refused(
        "invalid",
        `column ${column + 1} of the table has no heading`,
        "Every heading is a text.",
      );
    if (columns.some((each) => each.toLowerCase() === heading.toLowerCase()))
      return refused(
        "invalid",
        `two columns are headed ${JSON.stringify(heading)}`,
        "Give each its own heading.",
      );
    columns.push(heading);
  }
  const name = table.name ?? freeTableName(draft);
  return refuseTableName(draft, name) ?? { range, name, columns, style: table.style ?? "TableStyleMedium2" };
}

export function inputOf(cell: CellInput | NewCell | undefined): CellInput {
  if (cell === undefined) return null;
  return typeof cell === "object" && cell !== null && "value" in cell ? cell.value : cell;
}

function takenNames({ workbook, bench }: WorkbookDraft): Set<string> {
  const added = [...bench.added].flatMap(([name, { text }]) =>
    name.includes("/tables/") ? [/ displayName="([^"]*)"/.exec(text)?.[1] ?? ""] : [],
  );
  return new Set(
    [...workbook.tables, ...workbook.definedNames]
      .map(({ name }) => name.toLowerCase())
      .concat(added.map((name) => name.toLowerCase())),
  );
}

function freeTableName(draft: WorkbookDraft): string {
  const taken = takenNames(draft);
  let number = 1;
  while (taken.has(`table${number}`)) number++;
  return `Table${number}`;
}

function refuseTableName(draft: WorkbookDraft, name: string): Refused | undefined {
  const isWord = /^[A-Za-z_\\\u00c0-\uffff][\w.\\\u00c0-\uffff]{0,254}$/.test(name);
  const isReference = parseAddress(name) !== undefined || /^(?:[rc]\d*|r\d+c\d+)$/i.test(name);
  if (!isWord || isReference)
    return refused(
      "invalid-name",
      `a table can't be named ${JSON.stringify(name)}`,
      "Begin with a letter, without spaces, and not like a cell.",
    );
  if (!takenNames(draft).has(name.toLowerCase())) return undefined;
  return refused("name-taken", `${name} names another table or range`, "Give another name.");
}

/** Adds the table's part (ECMA-376-1, 18.5.1.2) to a sheet and gives the id of its relationship. */
export function addTablePart(draft: WorkbookDraft, sheetPart: string, table: CheckedTable): string {
  const { bench, workbook } = draft;
  const folder = workbook.mainPart.slice(0, workbook.mainPart.lastIndexOf("/"));
  const part = freePartName(bench, `${folder}/tables/table#.xml`, sheetPart);
  const ref = formatRange(table.range);
  const columns = table.columns.map((name, index) => {
    // A line break in a heading is written as an escape here, unlike in the cell.
    const written = encodeEscapes(name).replaceAll("\n", "_x000a_");
    return `<tableColumn id="${index + 1}" name="${escapeAttribute(written)}"/>`;
  });
  const name = escapeAttribute(table.name);
  addPart(
    bench,
    part,
    `<table xmlns="${namespaceUri("x", workbook.isStrict)}" id="${freeTableId(draft)}" name="${name}" displayName="${name}" ref="${ref}" totalsRowShown="0"><autoFilter ref="${ref}"/><tableColumns count="${columns.length}">${columns.join("")}</tableColumns><tableStyleInfo name="${escapeAttribute(table.style)}" showFirstColumn="0" showLastColumn="0" showRowStripes="1" showColumnStripes="0"/></table>`,
  );
  declareType(bench, part, "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml");
  const type = `${namespaceUri("r", workbook.isStrict)}/table`;
  return relate(bench, sheetPart, { type, target: relativeTarget(sheetPart, part) });
}

/** Tables are numbered across the workbook, single cells mapped to XML among them (18.5.1.2, 18.5.2.1). */
function freeTableId({ workbook, bench }: WorkbookDraft): number {
  const ids = workbook.sheets.flatMap((sheet) =>
    sheet.part === undefined
      ? []
      : relationshipsOf(workbook.package, sheet.part)
          .filter((each) => isRelationshipType(each, "table") || isRelationshipType(each, "tableSingleCells"))
          .flatMap((each) => idsIn(workbook.package, each.target)),
  );
  const added = [...bench.added].flatMap(([name, { text }]) =>
    name.includes("/tables/") ? [Number(/<table [^>]*? id="(\d+)"/.exec(text)?.[1] ?? 0)] : [],
  );
  return Math.max(0, ...ids, ...added) + 1;
}

function idsIn(opc: Parameters<typeof partTree>[0], part: string): number[] {
  const tree = partTree(opc, part);
  if (tree === undefined) return [];
  const ids: number[] = [];
  for (let index = 0; index < tree.count; index++) {
    if (/^x:(?:table|singleXmlCell)$/.test(nameOf(tree, index)))
      ids.push(Number(attribute(tree, index, "id")) || 0);
  }
  return ids;
}

/** True when a cell of a new sheet is a heading of its table. */
export function isHeading(table: CheckedTable | undefined, row: number, column: number): boolean {
  return table !== undefined && row === table.range.firstRow && contains(table.range, row, column);
}
