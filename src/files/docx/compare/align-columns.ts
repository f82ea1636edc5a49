import { attribute, childrenOf, descend, descendantsNamed, nameOf, textOf } from "../../xml/xml-tree.ts";
import { alignBlocks } from "./align-blocks.ts";
import {
  alignCells,
  type CellOperation,
  type ColumnCell,
  type ColumnOperation,
  columnCells,
  type GridCell,
  type Partners,
} from "./align-cells.ts";
import type { KeySource } from "./content-key.ts";
import { pairInOrder } from "./pair-in-order.ts";
import { type Block, readRows } from "./read-blocks.ts";
import { commonCharacters, countWords, type WordCounts, wordCharacters } from "./word-counts.ts";

export type RowOperation =
  | {
      readonly kind: "keep";
      readonly before: Block;
      readonly after: Block;
      readonly cells: readonly CellOperation[];
    }
  | { readonly kind: "delete"; readonly before: Block; readonly cells: readonly ColumnCell[] }
  | { readonly kind: "insert"; readonly after: Block; readonly cells: readonly ColumnCell[] };

/** What becomes of the columns and rows of a table whose columns are not those they were. */
export type ColumnPlan = {
  readonly columns: readonly ColumnOperation[];
  readonly rows: readonly RowOperation[];
};

type GridRow = { readonly block: Block; readonly cells: readonly GridCell[] };

type Column = { readonly header: string; readonly words: WordCounts; readonly length: number };

/** Columns with a smaller share of their words in common, under other headings, are not the same. */
const LIKE = 0.3;
/** What a heading that stays counts for, however the figures below it changed. */
const SAME_HEADING = 20;
/** Most columns that are weighed. */
const MOST_COLUMNS = 200;

/**
 * Lays the columns of two tables side by side, by heading and text, and their rows by what stands in the columns that
 * stay. Undefined when the columns are the same ones, or when merged cells leave open which cell came or went.
 */
export function alignColumns(
  before: KeySource,
  table: number,
  after: KeySource,
  other: number,
): ColumnPlan | undefined {
  const [old, fresh] = [gridRows(before, table), gridRows(after, other)];
  if (old === undefined || fresh === undefined) return undefined;
  const [oldColumns, newColumns] = [columnsOf(before, old), columnsOf(after, fresh)];
  if (Math.max(oldColumns.length, newColumns.length) > MOST_COLUMNS) return undefined;
  const partners = pairColumns(oldColumns, newColumns);
  if (partners === undefined) return undefined;
  const columns = columnOperations(oldColumns.length, newColumns.length, partners);
  const rows = alignRows({ before, old, after, fresh, partners, columns });
  return rows === undefined ? undefined : { columns, rows };
}

function columnOperations(before: number, after: number, partners: Partners): ColumnOperation[] {
  const operations: ColumnOperation[] = [];
  let next = 0;
  for (let column = 0; column < before; column++) {
    const partner = partners.get(column);
    if (partner === undefined) {
      operations.push({ kind: "delete", before: column });
      continue;
    }
    for (; next < partner; next++) operations.push({ kind: "insert", after: next });
    operations.push({ kind: "keep", before: column, after: partner });
    next++;
  }
  for (; next < after; next++) operations.push({ kind: "insert", after: next });
  return operations;
}

function gridRows(source: KeySource, table: number): GridRow[] | undefined {
  const { tree } = source;
  return readRows(source, table)?.map((block) => {
    const row = block.elements[0]!;
    const number = (element: number): number =>
      element < 0 ? 0 : Number.parseInt(attribute(tree, element, "w:val") ?? "", 10) || 0;
    let at = number(descend(tree, row, "w:trPr", "w:gridBefore"));
    const cells = childrenOf(tree, row)
      .filter((child) => nameOf(tree, child) === "w:tc")
      .map((element) => {
        const from = at;
        at += Math.max(1, number(descend(tree, element, "w:tcPr", "w:gridSpan")));
        return { element, from, to: at };
      });
    return { block, cells };
  });
}

function columnsOf(source: KeySource, rows: readonly GridRow[]): Column[] {
  const count = rows.reduce((most, { cells }) => Math.max(most, cells.at(-1)?.to ?? 0), 0);
  return Array.from({ length: Math.min(count, MOST_COLUMNS + 1) }, (_, index) => {
    const texts = rows.flatMap(({ cells }) =>
      cells
        .filter(({ from, to }) => from === index && to === index + 1)
        .map(({ element }) => cellText(source, element)),
    );
    const words = countWords(texts.join("\n"));
    return { header: texts[0] ?? "", words, length: wordCharacters(words) };
  });
}

function cellText({ tree }: KeySource, cell: number): string {
  return descendantsNamed(tree, cell, "w:p")
    .map((paragraph) =>
      descendantsNamed(tree, paragraph, "w:t")
        .map((text) => textOf(tree, text))
        .join(""),
    )
    .join("\n");
}

/** Undefined when each column is best taken for the one that stands in its place. */
function pairColumns(old: readonly Column[], fresh: readonly Column[]): Partners | undefined {
  const gain = (i: number, j: number): number => columnGain(old[i]!, fresh[j]!);
  const partners = new Map<number, number>();
  let sum = 0;
  let [i, j] = [0, 0];
  const end = { before: old.length, after: fresh.length };
  for (const match of [...pairInOrder(old.length, fresh.length, { pair: gain }), end]) {
    // As many as stood here before: the same columns with other content.
    if (match.before - i === match.after - j)
      for (let step = 0; step < match.before - i; step++) partners.set(i + step, j + step);
    if (match.before < old.length) {
      partners.set(match.before, match.after);
      sum += gain(match.before, match.after);
    }
    [i, j] = [match.before + 1, match.after + 1];
  }
  if (partners.size === 0) return undefined;
  if (old.length !== fresh.length) return partners;
  const inPlace = old.reduce((total, _, index) => total + gain(index, index), 0);
  return sum > CLEARLY_BETTER * inPlace + 2 * SAME_HEADING ? partners : undefined;
}

/** How much more text must stay for columns of the same number to be taken for moved ones. */
const CLEARLY_BETTER = 1.5;

function columnGain(one: Column, two: Column): number {
  const weight = one.length + two.length;
  if (weight === 0) return 1;
  const common = 2 * commonCharacters(one.words, two.words);
  const hasHeading = one.header.trim() !== "" && one.header === two.header;
  if (hasHeading) return common + SAME_HEADING;
  return common < LIKE * weight ? 0 : common;
}

type Aligned = {
  readonly before: KeySource;
  readonly old: readonly GridRow[];
  readonly after: KeySource;
  readonly fresh: readonly GridRow[];
  readonly partners: Partners;
  readonly columns: readonly ColumnOperation[];
};

function alignRows(aligned: Aligned): RowOperation[] | undefined {
  const { before, old, after, fresh, partners, columns } = aligned;
  const kept = new Set(partners.values());
  const rows = new Map<Block, GridRow>();
  const reduced = (source: KeySource, row: GridRow, stays: (column: number) => boolean): Block => {
    const block = reducedRow(source, row, stays);
    rows.set(block, row);
    return block;
  };
  const operations = alignBlocks(
    old.map((row) => reduced(before, row, (column) => partners.has(column))),
    fresh.map((row) => reduced(after, row, (column) => kept.has(column))),
  );
  const made: RowOperation[] = [];
  for (const operation of operations) {
    if (operation.kind === "recut") return undefined;
    if (operation.kind === "keep") {
      const [one, two] = [rows.get(operation.before)!, rows.get(operation.after)!];
      const cells = alignCells(one.cells, two.cells, partners);
      if (cells === undefined) return undefined;
      made.push({ kind: "keep", before: one.block, after: two.block, cells });
    } else if (operation.kind === "delete") {
      const { cells } = rows.get(operation.before)!;
      made.push({ ...operation, cells: columnCells(cells, columns, "insert") });
    } else {
      const { cells } = rows.get(operation.after)!;
      made.push({ ...operation, cells: columnCells(cells, columns, "delete") });
    }
  }
  return made;
}

/** The row as what stands in the columns that stay. */
function reducedRow(source: KeySource, row: GridRow, stays: (column: number) => boolean): Block {
  const cells = row.cells.filter(({ from, to }) => {
    for (let column = from; column < to; column++) if (stays(column)) return true;
    return false;
  });
  const texts = cells.map(({ element }) => cellText(source, element));
  const text = texts.join("\n");
  const words = countWords(text);
  const label = (texts[0] ?? "").trim();
  return {
    ...row.block,
    shape: "",
    key: text,
    text: () => text,
    words,
    length: wordCharacters(words),
    label,
  };
}
