import type { Line } from "./page-lines.ts";

/**
 * The lines of a page in reading order. That is the order of drawing, unless the page has two columns of running text
 * (then one column follows the other) or is drawn in no order at all (then from top to bottom).
 */
export function orderLines(lines: readonly Line[]): readonly Line[] {
  // A tagged page comes from a program that knows the order.
  if (lines.some((line) => line.tag !== undefined)) return lines;
  const upright = lines.filter((line) => !line.isTurned);
  const turned = lines.filter((line) => line.isTurned);
  const gutter = findGutter(upright);
  if (gutter !== undefined) return [...byColumns(upright, gutter), ...turned];
  return isInOrder(upright) ? lines : [...fromTop(upright), ...turned];
}

/** The middle of a blank stripe between two columns that are both filled with lines of text. */
function findGutter(lines: readonly Line[]): number | undefined {
  if (lines.length < 12) return undefined;
  const start = lines.reduce((least, line) => Math.min(least, line.left), Number.POSITIVE_INFINITY);
  const end = lines.reduce((most, line) => Math.max(most, line.right), Number.NEGATIVE_INFINITY);
  const width = end - start;
  for (let step = 0; step <= 20; step++) {
    // From the middle outwards: 0, +1, -1, +2, …
    const offset = (step % 2 === 0 ? -1 : 1) * Math.ceil(step / 2) * 0.015;
    const at = start + width * (0.5 + offset);
    const left = lines.filter((line) => line.right <= at);
    const right = lines.filter((line) => line.left >= at);
    const crossing = lines.length - left.length - right.length;
    if (left.length < 6 || right.length < 6 || crossing > lines.length * 0.3) continue;
    if (isFilled(left) && isFilled(right)) return at;
  }
  return undefined;
}

/** Lines of prose reach from one edge of their column to the other; the cells of a table rarely do. */
function isFilled(lines: readonly Line[]): boolean {
  const left = lines.reduce((least, line) => Math.min(least, line.left), Number.POSITIVE_INFINITY);
  const right = lines.reduce((most, line) => Math.max(most, line.right), Number.NEGATIVE_INFINITY);
  const full = lines.filter((line) => line.right - line.left > (right - left) * 0.8 && line.text.length > 20);
  return full.length >= lines.length * 0.5;
}

/** Lines that cross the gutter (a title, a wide figure's caption) part the page into bands. */
function byColumns(lines: readonly Line[], gutter: number): Line[] {
  const ordered: Line[] = [];
  let [left, right]: [Line[], Line[]] = [[], []];
  for (const line of fromTop(lines)) {
    if (line.right <= gutter) left.push(line);
    else if (line.left >= gutter) right.push(line);
    else {
      ordered.push(...left, ...right, line);
      [left, right] = [[], []];
    }
  }
  return [...ordered, ...left, ...right];
}

/** True unless many lines stand above the one before and in the same column. */
function isInOrder(lines: readonly Line[]): boolean {
  let upward = 0;
  lines.forEach((line, index) => {
    const last = lines[index - 1];
    if (last === undefined || line.y > last.y - line.size * 0.5) return;
    if (line.left < last.right && line.right > last.left) upward += 1;
  });
  return upward < 4 || upward < lines.length * 0.15;
}

function fromTop(lines: readonly Line[]): Line[] {
  const sorted = lines.toSorted((a, b) => a.y - b.y);
  const rows: Line[][] = [];
  for (const line of sorted) {
    const row = rows.at(-1);
    if (row !== undefined && line.y - row[0]!.y < line.size * 0.4) row.push(line);
    else rows.push([line]);
  }
  return rows.flatMap((row) => row.toSorted((a, b) => a.left - b.left));
}
