import { CellClass, type CellClasses, isTyped, textAt } from "./cell-classes.ts";
import { isNoteText, withoutEdgeLines } from "./edge-lines.ts";
import { aroundBoth, type Block } from "./find-blocks.ts";
import { headerRows } from "./header-rows.ts";
import { loneText, readRow, sampleColumn } from "./read-rows.ts";

/** Blocks before this one that may still be joined with it; without a bound many small blocks would take forever. */
const reach = 24;

/** Puts together what an empty row or column parted, though it is one table. */
export function joinBlocks(classes: CellClasses, blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  blocks.forEach((block, place) => {
    const from = Math.max(0, joined.length - reach);
    const before = joined.slice(from);
    const nearby = [...before, ...blocks.slice(place + 1, place + reach)];
    const found = before.findLastIndex(
      (other) =>
        (continues(classes, other, block) || standsBeside(classes, other, block)) &&
        isFree(nearby, other, block),
    );
    const at = found < 0 ? -1 : from + found;
    if (at < 0) joined.push(block);
    else joined[at] = aroundBoth(joined[at]!, block);
  });
  return joined;
}

/** True when no other block stands in the way of the two. */
function isFree(others: readonly Block[], a: Block, b: Block): boolean {
  const whole = aroundBoth(a, b);
  return !others.some(
    (other) =>
      other !== a &&
      other.top <= whole.bottom &&
      other.bottom >= whole.top &&
      other.left <= whole.right &&
      other.right >= whole.left,
  );
}

/** True when the lower block goes on with the upper one after a single empty row. */
function continues(classes: CellClasses, upper: Block, lower: Block): boolean {
  const { rows } = classes.cells;
  if (rows[lower.top]! - rows[upper.bottom]! !== 2) return false;
  if (lower.left < upper.left || lower.right > upper.right) return false;
  if (lower.right === lower.left) return false;
  if (isHeaderOnly(classes, upper)) return belongsBelow(classes, upper, lower);
  if (upper.bottom === upper.top) return false;
  const opensSection = loneText(classes, lower, lower.top) === lower.left && lower.bottom > lower.top;
  if (opensSection && lower.right < upper.right) return false;
  const rest = opensSection ? { ...lower, top: lower.top + 1 } : lower;
  if (headerRows(classes, rest).contrast > 0) return false;
  return isAlike(classes, withoutEdgeLines(classes, upper).table, rest);
}

/** Up to three rows of two and more labels. */
function isHeaderOnly(classes: CellClasses, block: Block): boolean {
  if (block.bottom - block.top > 2) return false;
  for (let row = block.top; row <= block.bottom; row++) {
    const { own, texts } = readRow(classes, block, row);
    if (own.length !== texts.length) return false;
  }
  return readRow(classes, block, block.bottom).own.length >= 2;
}

function belongsBelow(classes: CellClasses, upper: Block, lower: Block): boolean {
  const names = readRow(classes, upper, upper.bottom).own.length;
  const width = lower.right - lower.left + 1;
  if (names < width || lower.left > upper.left + 1) return false;
  const isTypedRow = readRow(classes, lower, lower.top).typed.length > 0;
  return (isTypedRow || width === names) && headerRows(classes, lower).contrast === 0;
}

/** True when the columns of the lower block hold what those of the upper one hold. */
function isAlike(classes: CellClasses, upper: Block, lower: Block): boolean {
  let alike = 0;
  let compared = 0;
  let typed = 0;
  const from = upper.top + Math.min(headerRows(classes, upper).count, upper.bottom - upper.top);
  for (let column = lower.left; column <= lower.right; column++) {
    const above = sampleColumn(classes, upper, from, column).found;
    const own = sampleColumn(classes, lower, lower.top, column).found;
    if (own === CellClass.empty || above === CellClass.empty) continue;
    compared++;
    if (own !== above) continue;
    alike++;
    if (isTyped(own)) typed++;
  }
  // A single row may have a word where the others have a number.
  const needed = lower.top === lower.bottom ? compared * 0.6 : compared;
  if (compared === 0 || alike < needed) return false;
  return typed > 0 || (compared >= 3 && lower.left === upper.left && lower.right === upper.right);
}

/** True when the left block ends in the row of the right one, but for notes. */
function endsWith(classes: CellClasses, left: Block, right: Block): boolean {
  if (left.bottom < right.bottom) return false;
  const below = { ...left, top: right.bottom + 1 };
  if (below.top > below.bottom) return true;
  if (loneText(classes, below, below.top) === undefined) return false;
  const text = textAt(classes, below.top, left.left);
  return isNoteText(text) || text.length > 40;
}

/** True when two blocks of the same rows are parted by a single empty column and the right one has no key of its own. */
function standsBeside(classes: CellClasses, left: Block, right: Block): boolean {
  if (right.left - left.right !== 2 || left.top !== right.top) return false;
  if (right.bottom - right.top < 2 || !endsWith(classes, left, right)) return false;
  // A column of labels is no table, so it belongs to the numbers beside it.
  if (left.left === left.right && right.right > right.left) return true;
  const names = new Set<string>();
  for (let column = left.left; column <= left.right; column++)
    names.add(textAt(classes, left.top, column).toLowerCase());
  for (let column = right.left; column <= right.right; column++) {
    const name = textAt(classes, right.top, column).toLowerCase();
    if (name !== "" && names.has(name)) return false;
  }
  return sampleColumn(classes, right, right.top + 1, right.left).found !== CellClass.text;
}
