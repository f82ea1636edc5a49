import { CellClass, type CellClasses, isOwn, textAt } from "./cell-classes.ts";
import type { Block } from "./find-blocks.ts";
import type { HeaderRows } from "./header-rows.ts";
import { sampleColumn, sampleRows } from "./read-rows.ts";

/** How sure one may be that a block is a table, and what speaks for and against it. */
export type Judgement = { readonly confidence: number; readonly reasons: readonly string[] };

/** Judges a block with its header rows; below 0.5 it is rather a form, a note or a calculation than a table. */
export function judgeRegion(classes: CellClasses, block: Block, header: HeaderRows): Judgement {
  const body = { ...block, top: block.top + header.count };
  const reasons = [header.reason];
  let confidence = header.certainty;
  const weigh = (factor: number, reason: string): void => {
    confidence = Math.min(1, confidence * factor);
    if (factor >= 0.995) return;
    reasons.push(reason);
  };
  const { purity, density, typed } = bodyShape(classes, body);
  const height = body.bottom - body.top + 1;
  if (header.count === 0 && height > 1) weigh(height >= 5 ? 1.05 : 0.8, "few rows");
  if (body.top > body.bottom) weigh(0.3, "no rows below the header");
  else if (body.top === body.bottom) weigh(header.contrast > 1 ? 0.75 : 0.5, "a single row");
  if (block.left === block.right) weigh(columnFactor(classes, body, header, typed), "a single column");
  if (header.count === 0 && typed === 0) weigh(0.7, "nothing but text");
  if (header.count === 0 && density < 0.7 && typed <= block.right - block.left)
    weigh(0.75, "gaps and no header");
  if (header.count === 0 && formulaShare(classes, block) > 0.5) weigh(0.75, "calculated cells and no header");
  if (isForm(classes, block, header, purity)) weigh(0.4, "names and values like in a form");
  // Test data and logs mix types on purpose, below a header that stands out.
  weigh(
    Math.max(header.certainty >= 0.9 ? 0.6 : 0, Math.min(1, (purity / 0.85) ** 2)),
    "columns of mixed content",
  );
  weigh(density < 0.25 ? 0.7 : 1, "mostly empty");
  return { confidence: Math.round(confidence * 100) / 100, reasons };
}

/** How alike the cells of each column are, how much of the body is filled, and how many columns aren't text. */
function bodyShape(classes: CellClasses, body: Block): { purity: number; density: number; typed: number } {
  let purity = 0;
  let columns = 0;
  let typed = 0;
  let filled = 0;
  for (let column = body.left; column <= body.right; column++) {
    const sample = sampleColumn(classes, body, body.top, column);
    filled += sample.filled;
    if (sample.filled === 0) continue;
    columns++;
    purity += sample.purity;
    if (sample.found > CellClass.text) typed++;
  }
  const height = sampleRows(body.top, body.bottom).length;
  const area = Math.max(1, height * (body.right - body.left + 1));
  return { purity: columns === 0 ? 1 : purity / columns, density: filled / area, typed };
}

function columnFactor(classes: CellClasses, body: Block, header: HeaderRows, typed: number): number {
  if (typed > 0 && header.count > 0) return body.bottom - body.top < 2 ? 0.5 : 0.65;
  // An address under "Bill to:".
  if (/[:：]$/.test(textAt(classes, body.top - header.count, body.left))) return 0.4;
  const rows = sampleRows(body.top, body.bottom);
  const isShort = rows.every((row) => textAt(classes, row, body.left).length <= 60);
  return body.bottom - body.top >= 11 && isShort ? 0.72 : 0.57;
}

function formulaShare({ cells }: CellClasses, block: Block): number {
  if (cells.formulas.count === 0) return 0;
  let formulas = 0;
  let filled = 0;
  for (const row of sampleRows(block.top, block.bottom)) {
    for (let column = block.left; column <= block.right; column++) {
      if ((cells.columns[column]?.kinds[row] ?? 0) === 0) continue;
      filled++;
      if (cells.formulas.indexAt(cells.rows[row]!, column) >= 0) formulas++;
    }
  }
  return filled === 0 ? 0 : formulas / filled;
}

/** True when the next cell of the row that is not covered by the name holds something. */
function hasValue(classes: CellClasses, { right }: Block, row: number, column: number): boolean {
  let next = column + 1;
  while (next <= right && classes.at(row, next) === CellClass.covered) next++;
  return next <= right && isOwn(classes.at(row, next));
}

/** Columns of names and columns of values without names, in turns. */
function arePairs(classes: CellClasses, block: Block, header: HeaderRows): boolean {
  const width = block.right - block.left + 1;
  if (width < 3 || header.count > 1 || block.bottom - block.top > 60) return false;
  const names = new Set<string>();
  for (let row = block.top; row <= block.bottom; row++) {
    for (let column = block.left; column <= block.right; column++) {
      const found = classes.at(row, column);
      const isName = (column - block.left) % 2 === 0;
      if (isName ? found > CellClass.text : found === CellClass.text && header.count > 0 && row === block.top)
        return false;
      if (!isName || found !== CellClass.text) continue;
      const text = textAt(classes, row, column);
      if (names.has(text)) return false;
      names.add(text);
    }
  }
  return names.size > block.bottom - block.top + 1;
}

/** Names ending in colons, or two columns of which the second holds a bit of everything. */
function isForm(classes: CellClasses, block: Block, header: HeaderRows, purity: number): boolean {
  let labels = 0;
  let texts = 0;
  for (const row of sampleRows(block.top, block.bottom)) {
    for (let column = block.left; column <= block.right; column++) {
      if (!isOwn(classes.at(row, column))) continue;
      const text = textAt(classes, row, column);
      if (text === "") continue;
      texts++;
      if (/[:：]$/.test(text) && hasValue(classes, block, row, column)) labels++;
    }
  }
  if (labels >= 2 && labels * 4 >= texts) return true;
  if (arePairs(classes, block, header)) return true;
  return block.right - block.left === 1 && purity < 0.88 && header.contrast <= 1;
}
