import { unitOfFormat } from "../../files/tables/text-numbers.ts";
import type { AuditSheet } from "./audit-book.ts";
import { type ColumnRun, columnRuns } from "./column-runs.ts";
import { cellList, columnLabel, quoted, shownNumber } from "./describe-cells.ts";
import { headingOf } from "./sheet-labels.ts";
import type { AuditFinding } from "./types.ts";

type Value = {
  readonly row: number;
  readonly column: number;
  readonly value: number;
  readonly unit: string | undefined;
};

/** Columns whose numbers are written in two units: per cent and parts of one, thousands and units, two currencies. */
export function checkUnits(sheet: AuditSheet): AuditFinding[] {
  const found: AuditFinding[] = [];
  for (let column = 0; column < sheet.columnCount; column++) {
    for (const run of columnRuns(sheet, column, 4)) {
      const values = valuesOf(sheet, run);
      if (values.length < 4) continue;
      const finding =
        currencyFinding(sheet, values) ?? percentFinding(sheet, values) ?? scaleFinding(sheet, values);
      if (finding !== undefined) found.push(finding);
    }
  }
  return found;
}

function valuesOf(sheet: AuditSheet, { column, firstRow, lastRow }: ColumnRun): Value[] {
  const values: Value[] = [];
  for (let row = firstRow; row <= lastRow; row++) {
    const value = sheet.numberAt(row, column);
    if (value === undefined || sheet.isComputed(row, column)) continue;
    const style = sheet.styleAt(row, column);
    if (style !== undefined && /^(?:date|time|timestamp)$/.test(style.formatKind)) continue;
    values.push({
      row,
      column,
      value,
      unit: style === undefined ? undefined : unitOfFormat(style.formatCode),
    });
  }
  return values;
}

const currencies: readonly (readonly [sign: string, words: RegExp])[] = [
  ["€", /€|\bEUR\b/],
  ["$", /\$|\bUSD\b/],
  ["£", /£|\bGBP\b/],
  ["¥", /¥|\bJPY\b/],
  ["CHF", /\bCHF\b/],
];

function currencyOf(text: string): string | undefined {
  return currencies.find(([, words]) => words.test(text))?.[0];
}

function currencyFinding(sheet: AuditSheet, values: readonly Value[]): AuditFinding | undefined {
  const counts = new Map<string, Value[]>();
  for (const value of values) {
    const currency = value.unit === undefined ? undefined : currencyOf(value.unit);
    if (currency !== undefined) counts.set(currency, [...(counts.get(currency) ?? []), value]);
  }
  const [most, next] = [...counts].sort((a, b) => b[1].length - a[1].length);
  if (most === undefined) return undefined;
  const column = columnLabel(values[0]!.column);
  if (next !== undefined && next[1].length * 3 <= most[1].length)
    return unitFinding(
      sheet,
      next[1],
      0.75,
      `the amounts of ${column} are in ${most[0]}, these in ${next[0]}`,
    );
  const heading = headingOf(sheet, values[0]!.row, values[0]!.column);
  const named = currencyOf(heading);
  if (named === undefined || named === most[0] || most[1].length < values.length) return undefined;
  return unitFinding(
    sheet,
    values,
    0.7,
    `the heading ${quoted(heading)} says ${named}, and the cells show ${most[0]}`,
  );
}

function percentFinding(sheet: AuditSheet, values: readonly Value[]): AuditFinding | undefined {
  const heading = headingOf(sheet, values[0]!.row, values[0]!.column);
  const isPercent =
    /%|\bper ?cent\b|prozent|pourcent|porcent/i.test(heading) || values.some(({ unit }) => unit === "%");
  const odd = isPercent ? oddOnes(values, 100, 15) : undefined;
  if (odd === undefined) return undefined;
  // One of the two scales has to be parts of a hundred: 0.8 % beside 40 % is no mistake.
  const sizes = values.filter(({ value }) => value !== 0).map(({ value }) => Math.abs(value));
  if (sizes.some((size) => size > 1 && size <= 1.5) || !sizes.some((size) => size > 1.5)) return undefined;
  const isOddLarge = Math.abs(odd[0]!.value) > 1.5;
  const others = values.filter((each) => each.value !== 0 && !odd.includes(each));
  if (others.some(({ value }) => Math.abs(value) > 1.5 === isOddLarge)) return undefined;
  return unitFinding(
    sheet,
    odd,
    0.7,
    `among the percentages of ${columnLabel(odd[0]!.column)}, ${shownNumber(odd[0]!.value)} is a hundred times out of line: some are parts of one, some parts of a hundred`,
  );
}

function scaleFinding(sheet: AuditSheet, values: readonly Value[]): AuditFinding | undefined {
  const odd = values.length < 8 ? undefined : oddOnes(values, 1000, 60, 12);
  if (odd === undefined) return undefined;
  return unitFinding(
    sheet,
    odd,
    0.5,
    `${shownNumber(odd[0]!.value)} is about a thousand times out of line in ${columnLabel(odd[0]!.column)}: perhaps in thousands, or not`,
  );
}

/**
 * The few values that lie a gap away from all others and among them when multiplied or divided by `factor`. Undefined
 * where there are none, or where the others spread further than `widest` from smallest to largest.
 */
function oddOnes(
  values: readonly Value[],
  factor: number,
  gap: number,
  widest = Number.POSITIVE_INFINITY,
): Value[] | undefined {
  const filled = values
    .filter(({ value }) => value !== 0)
    .sort((a, b) => Math.abs(a.value) - Math.abs(b.value));
  if (filled.length < 4) return undefined;
  const size = (index: number): number => Math.abs(filled[index]!.value);
  let cut = 1;
  for (let index = 2; index < filled.length; index++)
    if (size(index) / size(index - 1) > size(cut) / size(cut - 1)) cut = index;
  if (size(cut) / size(cut - 1) < gap) return undefined;
  const [small, large] = [filled.slice(0, cut), filled.slice(cut)];
  const [odd, usual] = small.length < large.length ? [small, large] : [large, small];
  if (odd.length * 4 > filled.length) return undefined;
  const [least, most] = [Math.abs(usual[0]!.value), Math.abs(usual.at(-1)!.value)];
  if (most / least > widest) return undefined;
  const scale = odd === small ? factor : 1 / factor;
  const fits = odd.every(({ value }) => {
    const scaled = Math.abs(value) * scale;
    return scaled >= least * 0.7 && scaled <= most * 1.4;
  });
  return fits ? odd : undefined;
}

function unitFinding(
  sheet: AuditSheet,
  places: readonly Value[],
  confidence: number,
  message: string,
): AuditFinding {
  return {
    kind: "mixed-units",
    severity: confidence > 0.6 ? "medium" : "low",
    confidence,
    sheet: sheet.name,
    cells: cellList(places),
    message,
  };
}
