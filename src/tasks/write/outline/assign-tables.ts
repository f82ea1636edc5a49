import type { Table } from "../../../table.ts";
import { sheetName } from "../../ask/cite-cells.ts";
import { queryOf } from "../rank/passage-query.ts";
import { stemsOf } from "../rank/stems.ts";
import type { FigureReference, SourceTables, TableReference } from "../types.ts";
import type { AskedFigure } from "./figures-asked.ts";
import { proposeTables } from "./propose-tables.ts";
import type { SectionSeed } from "./section-seed.ts";
import { tableTitle } from "./source-title.ts";

/** More than these is for a person to choose from. */
const mostRows = 30;
const mostColumns = 8;

/** Small tables of the workbooks, each in the section that speaks of its name or columns; the others are left out. */
export function assignTables(
  seeds: readonly SectionSeed[],
  workbooks: readonly SourceTables[],
): readonly (readonly TableReference[])[] {
  const chosen = seeds.map((): TableReference[] => []);
  for (const { name, tables } of workbooks)
    for (const table of tables) {
      if (table.rowCount > mostRows || table.columns.length > mostColumns || table.columns.length < 2)
        continue;
      const section = bestSection(seeds, tableWords(table));
      if (section !== undefined) chosen[section]!.push(referenceTo(name, table));
    }
  return chosen;
}

/** What numbers of money are called. */
const MONEY_WORDS =
  /\b(?:amounts?|costs?|prices?|sales|revenues?|turnover|spend(?:ing)?|budget|fees?|eur|usd|gbp|betr[aä]ge?|umsatz|montant|importe|valor)\b|[€$£]/iu;

function referenceTo(workbook: string, { name, source, columns }: Table): TableReference {
  const range = source.sheet === undefined ? source.range : `${sheetName(source.sheet)}!${source.range}`;
  return {
    workbook,
    range,
    caption: tableTitle(
      name,
      columns.map((column) => column.name),
    ),
  };
}

function tableWords({ name, columns, source }: Table): string {
  const heads = columns.map((column) => `${column.name} ${column.unit ?? ""}`);
  return [name, source.sheet ?? "", ...heads].join(" ").replaceAll("_", " ");
}

/** `total amount by region` has a number for each region: it is shown as a table. */
const GROUPED = /\s(?:by|per|for each|nach|je|pro|par|por|para cada)\s/iu;

export function isGrouped({ asked }: AskedFigure): boolean {
  return GROUPED.test(asked);
}

export type ComputedTablesOptions = {
  readonly prompt: string;
  /** Names of workbooks of which something is shown already. */
  readonly shown: ReadonlySet<string>;
  /** False when there are workbooks alone: then the numbers open the document. */
  readonly hasTexts: boolean;
};

/**
 * Computed tables: those that the prompt asks for, and for a workbook of which nothing is shown yet its main amount by
 * its groups. Each in the section it fits, else in the first one that holds text.
 */
export function assignComputedTables(
  seeds: readonly SectionSeed[],
  asked: readonly AskedFigure[],
  workbooks: readonly SourceTables[],
  { prompt, shown, hasTexts }: ComputedTablesOptions,
): readonly (readonly TableReference[])[] {
  const chosen = seeds.map((): TableReference[] => []);
  const first = seeds.findIndex(({ share }) => share > 0);
  const add = (reference: TableReference, words: string): void => {
    const section = bestSection(seeds, words) ?? first;
    if (section >= 0) chosen[section]!.push(reference);
  };
  const used = new Set(shown);
  for (const { name, asked: question, workbook } of asked) {
    const among = workbookFor(`${question} ${name}`, workbook, workbooks);
    if (among === undefined) continue;
    used.add(among.name);
    add(
      { workbook: among.name, range: question, ...(name !== question && { caption: name }) },
      `${name} ${question}`,
    );
  }
  for (const workbook of workbooks)
    if (!used.has(workbook.name))
      for (const reference of proposeTables(workbook, prompt))
        add(reference, hasTexts ? reference.range : "");
  return chosen;
}

/** The figures a prompt asks for, each in the section it fits, else in the first one that holds text. */
export function assignFigures(
  seeds: readonly SectionSeed[],
  asked: readonly AskedFigure[],
  workbooks: readonly SourceTables[],
): readonly (readonly FigureReference[])[] {
  const chosen = seeds.map((): FigureReference[] => []);
  const first = seeds.findIndex(({ share }) => share > 0);
  for (const { name, asked: question, workbook } of asked) {
    const among = workbookFor(`${question} ${name}`, workbook, workbooks);
    const section = bestSection(seeds, `${name} ${question}`) ?? first;
    if (among !== undefined && section >= 0)
      chosen[section]!.push({ name, workbook: among.name, asked: question });
  }
  return chosen;
}

function workbookFor(
  question: string,
  wanted: string | undefined,
  workbooks: readonly SourceTables[],
): SourceTables | undefined {
  const named = workbooks.find(
    ({ name }) => wanted !== undefined && name.toLowerCase().endsWith(wanted.toLowerCase()),
  );
  if (named !== undefined) return named;
  const stems = new Set(stemsOf(question));
  const shared = ({ tables }: SourceTables): number =>
    tables.flatMap((table) => stemsOf(tableWords(table))).filter((stem) => stems.has(stem)).length;
  return [...workbooks].sort((a, b) => shared(b) - shared(a))[0];
}

/** The section whose heading or purpose shares most with the words; undefined when none shares any. */
function bestSection(seeds: readonly SectionSeed[], words: string): number | undefined {
  const stems = new Set(stemsOf(words));
  let best: { readonly section: number; readonly sum: number } | undefined;
  for (const [section, seed] of seeds.entries()) {
    if (seed.share === 0) continue;
    const { weights, topics } = queryOf(seed);
    let sum = 0;
    for (const stem of stems) sum += weights.get(stem) ?? 0;
    if (topics.some(({ id, form }) => form?.test(words) || (id === "costs" && MONEY_WORDS.test(words))))
      sum += 0.4;
    if (sum >= 0.4 && (best === undefined || sum > best.sum)) best = { section, sum };
  }
  return best?.section;
}
