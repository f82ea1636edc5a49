import { BadRequestError } from "../../errors.ts";
import { parseRange } from "../xlsx/address.ts";
import type { CellRange, SheetCells, SheetTable } from "../xlsx/types.ts";
import { type CellClasses, classifyCells } from "./cell-classes.ts";
import { isLines, textsOf, withoutEdgeLines } from "./edge-lines.ts";
import { type Block, findBlocks, trim } from "./find-blocks.ts";
import { headerRows } from "./header-rows.ts";
import { joinBlocks } from "./join-blocks.ts";
import { judgeRegion } from "./judge-region.ts";
import { splitBlock } from "./split-block.ts";
import { storedRowFrom } from "./stored-rows.ts";
import { totalsRows } from "./totals-rows.ts";

/** A table in a sheet, and why it is taken for one. */
export type Region = {
  /** Header rows included, title, notes and sums at the end left out; rows from 1, columns from 0. */
  readonly range: CellRange;
  readonly headerRows: number;
  /** Sheet rows, from 1, inside or below the range that sum others up. */
  readonly totalsRows: readonly number[];
  /** What stands above the table, line by line. */
  readonly title: readonly string[];
  /** What stands below it. */
  readonly notes: readonly string[];
  /** 0 to 1. Below 0.5 it is rather no table; below 0.7 a person should look at the range. */
  readonly confidence: number;
  readonly reasons: readonly string[];
  /** The name that somebody gave the table in Excel. */
  readonly tableName?: string;
};

export type FindRegionsOptions = {
  /** Tables that somebody made in Excel; they are taken as they are. */
  readonly sheetTables?: readonly SheetTable[];
  /** The range that a person names, `A4:F120`; nothing else is looked at. `BadRequestError` when it holds nothing. */
  readonly range?: string;
};

/** The tables of a sheet, from top to bottom, found by what the cells hold; doubtful ones with little confidence. */
export function findRegions(cells: SheetCells, options: FindRegionsOptions = {}): Region[] {
  return regionsOf(classifyCells(cells), options);
}

/** As `findRegions`, for cells that were classified already. */
export function regionsOf(classes: CellClasses, options: FindRegionsOptions = {}): Region[] {
  if (options.range !== undefined) return [namedRegion(classes, options.range)];
  const made = (options.sheetTables ?? []).map((table) => madeRegion(classes, table));
  const filtered = filteredRegion(classes, made);
  if (filtered !== undefined) made.push(filtered);
  const free = findBlocks(classes).flatMap((block) => outside(classes, block, made));
  const parts = joinBlocks(classes, free).flatMap((block) => splitBlock(classes, block));
  return [...made, ...describeParts(classes, parts)].sort(
    (a, b) => a.range.firstRow - b.range.firstRow || a.range.firstColumn - b.range.firstColumn,
  );
}

function rangeOf({ cells: { rows } }: CellClasses, { top, bottom, left, right }: Block): CellRange {
  return { firstRow: rows[top]!, lastRow: rows[bottom]!, firstColumn: left, lastColumn: right };
}

/** The stored rows of a range; undefined when it holds nothing. */
function blockOf(classes: CellClasses, range: CellRange): Block | undefined {
  const top = storedRowFrom(classes.cells, range.firstRow);
  const bottom = storedRowFrom(classes.cells, range.lastRow + 1) - 1;
  const right = Math.min(range.lastColumn, classes.columnCount - 1);
  if (bottom < top || right < range.firstColumn) return undefined;
  return trim(classes, { top, bottom, left: range.firstColumn, right });
}

function namedRegion(classes: CellClasses, text: string): Region {
  const range = parseRange(text);
  if (range === undefined)
    throw new BadRequestError(`"${text}" is no range of cells`, { hint: "Write it like A4:F120." });
  const block = blockOf(classes, range);
  if (block === undefined) throw new BadRequestError(`the range ${text} holds no cells`);
  const header = headerRows(classes, block);
  return { ...regionOf(classes, block, header.count), confidence: 1, reasons: ["the range was given"] };
}

function madeRegion(classes: CellClasses, table: SheetTable): Region {
  const { range, headerRows: count, totalsRows: sums } = table;
  const totals = Array.from({ length: sums }, (_, index) => range.lastRow - sums + 1 + index);
  // Excel keeps empty rows at the end of a table for what is typed in next.
  const body = { ...range, lastRow: range.lastRow - sums };
  const block = blockOf(classes, body);
  const last = block === undefined ? 0 : classes.cells.rows[block.bottom]!;
  const hasRows = last >= range.firstRow + count;
  return {
    range: hasRows ? { ...body, lastRow: last } : body,
    headerRows: count,
    totalsRows: totals,
    title: [],
    notes: [],
    confidence: block === undefined ? 0.4 : 1,
    reasons: [`the table ${table.name} of the workbook`],
    tableName: table.name,
  };
}

/** The rows that somebody put a filter on: its columns, its first row as header, down to the last row below it. */
function filteredRegion(classes: CellClasses, made: readonly Region[]): Region | undefined {
  const filter = classes.cells.layout.autoFilter;
  if (filter === undefined || filter.firstColumn === filter.lastColumn) return undefined;
  if (made.some(({ range }) => overlaps(range, filter))) return undefined;
  const block = blockOf(classes, filter);
  if (block === undefined || block.bottom - block.top < 1) return undefined;
  const top = storedRowFrom(classes.cells, filter.firstRow);
  if (classes.cells.rows[top] !== filter.firstRow || block.top !== top) return undefined;
  const region = regionOf(classes, block, 1);
  return { ...region, confidence: 0.97, reasons: ["the rows that the sheet's filter is put on"] };
}

function overlaps(a: CellRange, b: CellRange): boolean {
  return (
    a.firstRow <= b.lastRow &&
    b.firstRow <= a.lastRow &&
    a.firstColumn <= b.lastColumn &&
    b.firstColumn <= a.lastColumn
  );
}

/** What is left of a block above, below and beside the tables that are known already. */
function outside(classes: CellClasses, block: Block, made: readonly Region[]): Block[] {
  let left: Block[] = [block];
  for (const { range, totalsRows: sums } of made) {
    const taken = { ...range, lastRow: Math.max(range.lastRow, ...sums) };
    left = left.flatMap((part) => {
      if (!overlaps(rangeOf(classes, part), taken)) return [part];
      const top = storedRowFrom(classes.cells, taken.firstRow);
      const bottom = storedRowFrom(classes.cells, taken.lastRow + 1) - 1;
      const pieces: Block[] = [
        { ...part, bottom: top - 1 },
        { ...part, top: bottom + 1 },
        {
          ...part,
          top: Math.max(part.top, top),
          bottom: Math.min(part.bottom, bottom),
          right: range.firstColumn - 1,
        },
        {
          ...part,
          top: Math.max(part.top, top),
          bottom: Math.min(part.bottom, bottom),
          left: range.lastColumn + 1,
        },
      ];
      return pieces.flatMap((piece) =>
        piece.top > piece.bottom || piece.left > piece.right ? [] : (trim(classes, piece) ?? []),
      );
    });
  }
  return left;
}

/** Parts that lines are sought among, before and behind a table; a sheet may have thousands of parts. */
const partsAround = 16;

/** Parts that are tables, with the lines above and below them that belong to them. */
function describeParts(classes: CellClasses, parts: readonly Block[]): Region[] {
  const isLine = parts.map((part) => isLines(classes, part) && part.bottom - part.top < 3);
  return parts.flatMap((block, index) => {
    if (isLine[index] || block.bottom === block.top) return [];
    const from = Math.max(0, index - partsAround);
    const nearby = parts.slice(from, index + partsAround);
    const lines = nearby.filter((_, at) => isLine[from + at]);
    const tables = nearby.filter((part, at) => !isLine[from + at] && part.bottom > part.top);
    const { table, title, notes } = withoutEdgeLines(classes, block);
    const above = lines.filter((line) => line.bottom < block.top && isNear(classes, tables, line, block));
    const below = lines.filter((line) => line.top > block.bottom && isNear(classes, tables, line, block));
    const header = headerRows(classes, table);
    const region = regionOf(classes, table, header.count);
    return {
      ...region,
      title: [...above.flatMap((line) => textsOf(classes, line)), ...title],
      notes: [...notes, ...below.flatMap((line) => textsOf(classes, line))],
      ...judgeRegion(classes, blockOf(classes, region.range) ?? table, header),
    };
  });
}

/** True when the line stands at most three rows from the block and no other table lies between. */
function isNear(classes: CellClasses, tables: readonly Block[], line: Block, block: Block): boolean {
  const { rows } = classes.cells;
  const isAbove = line.bottom < block.top;
  const distance = isAbove ? rows[block.top]! - rows[line.bottom]! : rows[line.top]! - rows[block.bottom]!;
  if (distance > 4 || line.left > block.right || line.right < block.left) return false;
  const [from, to] = isAbove ? [line.bottom, block.top] : [block.bottom, line.top];
  return !tables.some(
    (other) => other !== block && other.top > from && other.bottom < to && other.left <= line.right,
  );
}

function regionOf(classes: CellClasses, block: Block, headerCount: number): Region {
  const body = { ...block, top: block.top + headerCount };
  const sums = body.top <= body.bottom ? totalsRows(classes, body) : [];
  let bottom = block.bottom;
  while (sums.includes(bottom) && bottom > body.top) bottom--;
  const table = trim(classes, { ...block, bottom }) ?? block;
  return {
    range: { ...rangeOf(classes, block), lastRow: classes.cells.rows[table.bottom]! },
    headerRows: headerCount,
    totalsRows: sums.map((row) => classes.cells.rows[row]!),
    title: [],
    notes: [],
    confidence: 0,
    reasons: [],
  };
}
