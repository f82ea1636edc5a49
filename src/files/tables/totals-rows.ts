import { CellClass, type CellClasses, isBoldAt, numberAt, textAt } from "./cell-classes.ts";
import type { Block } from "./find-blocks.ts";
import { loneText } from "./read-rows.ts";

/** Words that begin the label of a sum, in the languages of Europe and some beyond. */
const totalWord =
  "(?:total|totals|totaal|totale|totali|totales|totais|totaux|totalt|totalsumme|sum|sums|summe|summen|gesamt|gesamtsumme|gesamtergebnis|gesamtbetrag|endsumme|zwischensumme|teilsumme|zwischentotal|insgesamt|sous-total|somme|ensemble|subtotaal|eindtotaal|som|suma|razem|łącznie|ogółem|soma|summa|totalsumma|delsumma|celkem|součet|mezisoučet|spolu|ukupno|skupaj|összesen|yhteensä|i alt|samlet|delsum|kokku|kopā|iš viso|toplam|genel toplam|subtotale|totale complessivo|total general|total geral|σύνολο|итого|всего|усього|разом|общо)";
const beginsAsTotal = new RegExp(
  `^(?:grand |sub[- ]?|net |overall |running )*${totalWord}(?![\\p{L}\\p{N}-])`,
  "iu",
);
const isBareTotal = new RegExp(
  `^(?:grand |sub[- ]?|overall )*${totalWord}(?:\\s+(?:due|amount|général|generale|general|geral|sum))?\\s*[:.]?$`,
  "iu",
);
const eastern = /^(?:合計|小計|総計|总计|合计|總計|小计|소계|합계|총계|รวม|कुल)/u;
const endsAsTotal = /\b(?:total|totaal|summe|gesamt)\s*:?$/iu;
/** Other figures that people put below a table. They count only at its end. */
const isStatistic =
  /^(?:average|avg\.?|mean|median|min\.?|max\.?|minimum|maximum|std\.? ?dev\.?|count|durchschnitt|mittelwert|schnitt|anzahl|moyenne|médiane|media|promedio|média|gemiddelde|średnia|průměr|medel|snitt|keskiarvo|átlag|ortalama|среднее|平均|평균)\s*:?$/iu;

/** True for a text that labels a sum (`Total`, `Summe`, `Grand total:`), or begins or ends as such a label. */
export function readsAsTotal(text: string): boolean {
  return beginsAsTotal.test(text) || eastern.test(text) || endsAsTotal.test(text);
}

/** Index of each stored row of the block's body that sums others up, ascending. */
export function totalsRows(classes: CellClasses, body: Block): number[] {
  const named = namedRows(classes, body);
  const isLong = body.bottom - body.top >= longBody;
  const found = isLong ? sumsOfLong(classes, body, named) : checkSums(classes, body, named);
  addStatistics(classes, body, found);
  return found.sort((a, b) => a - b);
}

/** In a longer body sums are sought at its ends only. */
const longBody = 20_000;
const lookedAt = 2000;

/** By their labels alone; the last row also when it has none and is the sum of all above. */
function sumsOfLong(classes: CellClasses, body: Block, named: ReadonlyMap<number, Naming>): number[] {
  const found = [...named].flatMap(([row, naming]) =>
    naming === "bare" || row === body.bottom ? [row] : [],
  );
  const isNumbered = classes.at(body.bottom, body.left) === CellClass.empty;
  if (!isNumbered || named.has(body.bottom)) return found;
  const above = { ...body, bottom: body.bottom - 1 };
  const sums = noSums(body);
  for (let row = above.top; row <= above.bottom; row++)
    if (!named.has(row)) addRow(classes, above, row, sums, false);
  return isSumRow(classes, body, body.bottom, undefined, sums, found.length > 0)
    ? [...found, body.bottom]
    : found;
}

type Naming = "bare" | "begins";

function namedRows(classes: CellClasses, body: Block): Map<number, Naming> {
  const named = new Map<number, Naming>();
  const isLong = body.bottom - body.top >= longBody;
  for (let row = body.top; row <= body.bottom; row++) {
    if (isLong && row === body.top + lookedAt) row = body.bottom - lookedAt;
    const label = totalLabel(classes, body, row);
    if (label !== undefined) named.set(row, label);
  }
  return named;
}

function totalLabel(classes: CellClasses, { left, right }: Block, row: number): Naming | undefined {
  let seen = 0;
  for (let column = left; column <= right && seen < 3; column++) {
    if (classes.at(row, column) !== CellClass.text) continue;
    seen++;
    const text = textAt(classes, row, column);
    if (text.length > 60) continue;
    if (isBareTotal.test(text) || eastern.test(text)) return "bare";
    if (beginsAsTotal.test(text) || (seen === 1 && endsAsTotal.test(text))) return "begins";
  }
  return undefined;
}

/** What a column's numbers came to so far. */
type Sums = {
  all: number;
  since: number;
  section: number;
  totals: number;
  size: number;
  readonly counts: { all: number; since: number; section: number; totals: number };
};

function noSums({ left, right }: Block): Sums[] {
  return Array.from({ length: right - left + 1 }, () => ({
    all: 0,
    since: 0,
    section: 0,
    totals: 0,
    size: 0,
    counts: { all: 0, since: 0, section: 0, totals: 0 },
  }));
}

function checkSums(classes: CellClasses, body: Block, named: ReadonlyMap<number, Naming>): number[] {
  const found: number[] = [];
  const sums = noSums(body);
  for (let row = body.top; row <= body.bottom; row++) {
    const isNumbered = classes.at(row, body.left) === CellClass.empty;
    const naming = named.get(row);
    const isSum =
      row > body.top &&
      (naming !== undefined || isNumbered) &&
      isSumRow(classes, body, row, naming, sums, found.length > 0);
    if (isSum) found.push(row);
    else if (loneText(classes, body, row) === body.left) startSection(sums);
    addRow(classes, body, row, sums, isSum);
  }
  return found;
}

function startSection(sums: readonly Sums[]): void {
  for (const each of sums) {
    each.section = 0;
    each.counts.section = 0;
  }
}

function isSumRow(
  classes: CellClasses,
  body: Block,
  row: number,
  naming: Naming | undefined,
  sums: readonly Sums[],
  hasSums: boolean,
): boolean {
  let numbers = 0;
  let added = 0;
  let texts = 0;
  for (let column = body.left; column <= body.right; column++) {
    if (classes.at(row, column) === CellClass.text) texts++;
    const value = numberAt(classes, row, column);
    if (value === undefined) continue;
    numbers++;
    if (addsUp(value, sums[column - body.left]!, naming === undefined ? 2 : 1)) added++;
  }
  const isLast = row === body.bottom;
  if (naming === "bare") return texts > 1 ? added > 0 : numbers > 0 || isLast;
  if (numbers === 0) return false;
  if (naming === "begins") return added > 0 || isLast || isBoldAt(classes, row, body.left);
  // Without a word for it the arithmetic has to hold: in every column, at the end also in most of them. The last line
  // of a statement with sums is a result, whatever it was made of.
  if (texts > 0) return false;
  return added === numbers || (isLast && (hasSums || added * 2 >= numbers));
}

/** True when the value is the sum of all numbers above, of those since the last sum or section, or of the sums. */
function addsUp(value: number, { all, since, section, totals, size, counts }: Sums, least: number): boolean {
  const isNear = (sum: number, count: number): boolean =>
    count >= least &&
    sum !== 0 &&
    // Shown numbers are rounded, each perhaps by half of its last place; among very many a chance hit comes too easily.
    Math.abs(sum - value) <=
      Math.max(
        1e-9 * size * Math.min(count, 1000),
        count < longBody ? Math.min(0.0005 * Math.abs(value), 2) : 0,
      );
  return (
    isNear(all, counts.all) ||
    isNear(since, counts.since) ||
    isNear(section, counts.section) ||
    isNear(totals, counts.totals) ||
    isNear(totals + since, counts.totals + counts.since)
  );
}

function addRow(classes: CellClasses, body: Block, row: number, sums: readonly Sums[], isSum: boolean): void {
  for (let column = body.left; column <= body.right; column++) {
    const value = numberAt(classes, row, column);
    const own = sums[column - body.left]!;
    if (isSum) {
      own.since = 0;
      own.section = 0;
      own.counts.since = 0;
      own.counts.section = 0;
    }
    if (value === undefined) continue;
    if (isSum) {
      own.totals += value;
      own.counts.totals++;
      continue;
    }
    own.size = Math.max(own.size, Math.abs(value));
    for (const part of ["all", "since", "section"] as const) {
      own[part] += value;
      own.counts[part]++;
    }
  }
}

/** Averages and the like at the very end, in between sums or below them; tax and discounts on the way to a sum. */
function addStatistics(classes: CellClasses, body: Block, found: number[]): void {
  for (let row = body.bottom; row > body.top; row--) {
    if (found.includes(row)) continue;
    const label = firstText(classes, body, row);
    if (label === undefined) return;
    if (!isStatistic.test(label) && !leadsToSum(classes, body, row, found)) return;
    found.push(row);
  }
}

/** True for a row between sums that has its label where they have theirs, behind the first columns of the table. */
function leadsToSum(classes: CellClasses, body: Block, row: number, found: readonly number[]): boolean {
  const column = firstTextColumn(classes, body, row);
  if (column === undefined || column === body.left || !found.includes(row + 1)) return false;
  for (let before = body.left; before < column; before++)
    if (classes.at(row, before) !== CellClass.empty) return false;
  return column === firstTextColumn(classes, body, row + 1);
}

function firstTextColumn(classes: CellClasses, { left, right }: Block, row: number): number | undefined {
  for (let column = left; column <= right; column++)
    if (classes.at(row, column) === CellClass.text) return column;
  return undefined;
}

function firstText(classes: CellClasses, body: Block, row: number): string | undefined {
  const column = firstTextColumn(classes, body, row);
  return column === undefined ? undefined : textAt(classes, row, column);
}
