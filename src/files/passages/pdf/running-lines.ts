import { oneLine } from "../one-line.ts";
import type { Line } from "./page-lines.ts";

export type PageOfLines = { readonly height: number; readonly lines: readonly Line[] };

/** Share of the page's height at its top and at its bottom where headers and footers are looked for. */
const EDGE = 0.15;
/** Two pages prove less than three: there only the outermost lines count. */
const EDGE_OF_TWO = 0.09;
/** Most rows of a header or footer. */
const MOST_ROWS = 5;

/** The pages without what is printed on each of them: headers, footers, page numbers. */
export function dropRunningLines<Page extends PageOfLines>(pages: readonly Page[]): Page[] {
  const [needed, edge] = pages.length === 2 ? [2, EDGE_OF_TWO] : [3, EDGE];
  const counts = countEdges(pages, edge);
  const isRunning = (line: Line, page: Page): boolean => {
    const key = edgeKey(line, page, edge);
    return key?.some((each) => (counts.get(each) ?? 0) >= needed) ?? false;
  };
  return pages.map((page) => {
    const rows = rowsOf(page.lines);
    const dropped = new Set<Line>();
    // From the page's edge inwards, and no further than the first line that is the page's own.
    for (const ordered of [rows, rows.toReversed()]) {
      for (const row of ordered.slice(0, MOST_ROWS)) {
        if (!row.some((line) => isRunning(line, page))) break;
        for (const line of row) dropped.add(line);
      }
    }
    return dropped.size === 0 ? page : { ...page, lines: page.lines.filter((line) => !dropped.has(line)) };
  });
}

function countEdges(pages: readonly PageOfLines[], edge: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const page of pages) {
    const keys = new Set(page.lines.map((line) => edgeKey(line, page, edge)?.[0] ?? ""));
    keys.delete("");
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Text with its numbers left out, and its height in steps of 4 points; the neighbouring steps follow. */
function edgeKey(line: Line, { height }: PageOfLines, edge: number): [string, string, string] | undefined {
  if (line.isTurned || (line.y > height * edge && line.y < height * (1 - edge))) return undefined;
  const text = oneLine(line.text)
    .replace(/\d+/g, "#")
    .replace(/^[-–—\s]*[ivxlc]{1,7}[-–—\s]*$/i, "#");
  const step = Math.round(line.y / 4);
  return [`${step} ${text}`, `${step - 1} ${text}`, `${step + 1} ${text}`];
}

function rowsOf(lines: readonly Line[]): Line[][] {
  const rows: Line[][] = [];
  for (const line of lines.filter((each) => !each.isTurned).toSorted((a, b) => a.y - b.y)) {
    const last = rows.at(-1);
    if (last !== undefined && line.y - last[0]!.y < line.size * 0.4) last.push(line);
    else rows.push([line]);
  }
  return rows;
}
