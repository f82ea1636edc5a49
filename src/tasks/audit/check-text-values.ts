import { parsePeriod } from "../../files/tables/parse-period.ts";
import { textNumber } from "../../files/tables/text-numbers.ts";
import { type AuditBook, type AuditSheet, eachCell, targetOf } from "./audit-book.ts";
import { columnRuns } from "./column-runs.ts";
import { cellList, columnLabel, counted, quoted } from "./describe-cells.ts";
import { isYearLike } from "./is-year-like.ts";
import type { AuditFinding } from "./types.ts";

type Place = { readonly row: number; readonly column: number };
type LooksLike = "number" | "date";

/** How many neighbours above and below say what a column holds. */
const looked = 4;
/** Cells that sums read and that are looked at. */
const mostSummed = 200_000;

/** Numbers and dates that stand as texts among numbers and dates, or in cells that a sum reads. */
export function checkTextValues(book: AuditBook, sheet: AuditSheet): AuditFinding[] {
  const found: AuditFinding[] = [];
  const summed = summedTexts(book, sheet);
  for (let column = 0; column < sheet.columnCount; column++) {
    const places: Record<LooksLike, Place[]> = { number: [], date: [] };
    for (const { firstRow, lastRow } of columnRuns(sheet, column, 1)) {
      for (let row = firstRow; row <= lastRow; row++) {
        const like = looksLike(sheet, row, column);
        if (like === undefined) continue;
        const isSummed = like === "number" && summed.has(`${row} ${column}`);
        if (isSummed || isAmong(sheet, like, row, column)) places[like].push({ row, column });
      }
    }
    for (const like of ["number", "date"] as const)
      if (places[like].length > 0) found.push(textFinding(sheet, like, places[like], summed));
  }
  return found;
}

/** Also true for `12 %` and `€ 1,200`; not for codes such as `007`. */
function looksLike(sheet: AuditSheet, row: number, column: number): LooksLike | undefined {
  if (sheet.classAt(row, column) !== "text" || sheet.isComputed(row, column)) return undefined;
  const text = sheet.textAt(row, column)!.trim();
  if (!/\d/.test(text)) return undefined;
  if (/^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/.test(text) || parsePeriod(text)?.kind === "day") return "date";
  if (/^0\d/.test(text)) return undefined;
  return textNumber(text) === undefined ? undefined : "number";
}

function isAmong(sheet: AuditSheet, like: LooksLike, row: number, column: number): boolean {
  const above = neighbours(sheet, row, column, -1, like);
  const below = neighbours(sheet, row, column, 1, like);
  const same = above.same + below.same;
  const other = above.other + below.other;
  if (same === 0) return like === "number" && below.other === 0 && isAloneInRow(sheet, row, column);
  if (other >= same) return false;
  return above.same > 0 || !isHeading(sheet, row, column);
}

/** True between two numbers of a row, where nothing above or below looks like a number too: no column of codes. */
function isAloneInRow(sheet: AuditSheet, row: number, column: number): boolean {
  if (isYearLike(Number(sheet.textAt(row, column)))) return false;
  const isBetween = [column - 1, column + 1].every((at) => at >= 0 && sheet.classAt(row, at) === "number");
  const isListed = [row - 1, row + 1].some((at) => at >= 1 && looksLike(sheet, at, column) === "number");
  return isBetween && !isListed;
}

function neighbours(
  sheet: AuditSheet,
  row: number,
  column: number,
  step: 1 | -1,
  like: LooksLike,
): { same: number; other: number } {
  const seen = { same: 0, other: 0 };
  for (let at = row + step; at >= 1 && Math.abs(at - row) <= looked; at += step) {
    const kind = sheet.classAt(at, column);
    if (kind === "empty") break;
    const isDay = /^(?:date|timestamp)$/.test(sheet.styleAt(at, column)?.formatKind ?? "");
    if (kind === "number" && isDay === (like === "date")) seen.same++;
    else if (looksLike(sheet, at, column) !== like && !isTopCell(sheet, at, column)) seen.other++;
  }
  return seen;
}

/** The first of a run of filled cells is most often its heading. */
function isTopCell(sheet: AuditSheet, row: number, column: number): boolean {
  return row === 1 || sheet.classAt(row - 1, column) === "empty";
}

/** A heading has no numbers right and left of it, and is the first of its column or stands beside others like it. */
function isHeading(sheet: AuditSheet, row: number, column: number): boolean {
  if (isYearLike(Number(sheet.textAt(row, column)))) return true;
  const beside = ([-1, 1] as const).map((step) => nearestFilled(sheet, row, column, step));
  if (beside.some((at) => at !== undefined && sheet.classAt(row, at) === "number")) return false;
  return (
    isTopCell(sheet, row, column) ||
    beside.some((at) => at !== undefined && looksLike(sheet, row, at) === "number")
  );
}

/** The column of the next filled cell in the row. */
function nearestFilled(sheet: AuditSheet, row: number, column: number, step: 1 | -1): number | undefined {
  for (let at = column + step; at >= 0 && Math.abs(at - column) <= 8; at += step)
    if (sheet.classAt(row, at) !== "empty") return at;
  return undefined;
}

/** Cells with text that a sum, an average or a product over a range reads, and so leaves out. */
function summedTexts(book: AuditBook, sheet: AuditSheet): Set<string> {
  const found = new Set<string>();
  const done = new Set<string>();
  let seen = 0;
  for (const own of book.sheets) {
    for (const formula of own.formulas) {
      const { functions, references } = formula.parsed;
      if (!functions.has("SUM") && !functions.has("AVERAGE") && !functions.has("SUMPRODUCT")) continue;
      for (const reference of references) {
        if (reference.shape !== "range") continue;
        const target = targetOf(book, own, reference, formula);
        const key = JSON.stringify(target?.range);
        if (target?.sheet !== sheet || done.has(key)) continue;
        done.add(key);
        eachCell(sheet, target.range, (row, column) => {
          if (sheet.classAt(row, column) === "text") found.add(`${row} ${column}`);
          return seen++ < mostSummed;
        });
      }
    }
  }
  return found;
}

function textFinding(
  sheet: AuditSheet,
  like: LooksLike,
  places: readonly Place[],
  summed: ReadonlySet<string>,
): AuditFinding {
  const [first] = places as readonly [Place, ...Place[]];
  const text = sheet.textAt(first.row, first.column)!;
  const isSummed = places.some(({ row, column }) => summed.has(`${row} ${column}`));
  const isOne = places.length === 1;
  const value = like === "number" ? textNumber(text.trim())?.value : undefined;
  const effect = isSummed ? ", and the formulas that add them up leave them out" : "";
  return {
    kind: like === "number" ? "text-number" : "text-date",
    severity: isSummed ? "high" : "medium",
    confidence: isSummed ? 0.9 : 0.75,
    sheet: sheet.name,
    cells: cellList(places),
    message: `${counted(places.length, "cell")} of ${columnLabel(first.column)} ${isOne ? "holds a" : "hold"} ${like}${isOne ? "" : "s"} as text, ${quoted(text)}${isOne ? "" : " for one"}, among ${like}s${effect}`,
    ...(value !== undefined && { expected: { value } }),
  };
}
