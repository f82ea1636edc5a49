import { type CellValue, cellValue } from "../../../files/index.ts";
import { formatValue } from "../../ask/compose-answer.ts";
import type { AskOutput } from "../../ask/task.ts";
import type { TaskContext } from "../../task.ts";
import type { Figure, FigureReference, SourceTables } from "../types.ts";
import { askSource } from "./ask-source.ts";
import { type FigureProblem, type NamedCells, namedCells, shownText } from "./source-cells.ts";

export type ResolvedFigures = {
  readonly figures: readonly Figure[];
  readonly problems: readonly FigureProblem[];
};

export type ResolveFiguresOptions = {
  /** Number of the first figure's id. Defaults to 1. */
  readonly firstNumber?: number;
};

type Found = Pick<Figure, "text" | "value" | "cells" | "query">;

/**
 * Numbers that an outline names, taken from their cells or computed by `ask`'s rules (no model reads these questions).
 * What can't be had is a problem, in a sentence; nothing is guessed.
 */
export async function resolveFigures(
  references: readonly FigureReference[],
  workbooks: readonly SourceTables[],
  context: TaskContext,
  { firstNumber = 1 }: ResolveFiguresOptions = {},
): Promise<ResolvedFigures> {
  const figures: Figure[] = [];
  const problems: FigureProblem[] = [];
  for (const reference of references) {
    context.signal?.throwIfAborted();
    const workbook = workbooks.find(({ name }) => name.toLowerCase() === reference.workbook.toLowerCase());
    const found =
      workbook === undefined
        ? `there is no workbook ${reference.workbook} among the sources`
        : await find(workbook, reference.asked, context);
    if (typeof found === "string") problems.push({ name: reference.name, reason: found });
    else {
      const { name, sha256 } = workbook!;
      const id = `f${firstNumber + figures.length}`;
      figures.push({ id, name: reference.name, workbook: name, sha256, ...found });
    }
  }
  return { figures, problems };
}

async function find(workbook: SourceTables, asked: string, context: TaskContext): Promise<Found | string> {
  const cells = await namedCells(workbook, asked);
  if (typeof cells === "string") return cells;
  return cells === undefined ? computed(workbook, asked, context) : cellFigure(cells);
}

function cellFigure(named: NamedCells): Found | string {
  const { cells, range, label } = named;
  if (range.firstRow !== range.lastRow || range.firstColumn !== range.lastColumn)
    return `${label} is more than one cell; name one, or ask in words: total of …`;
  const value = cellValue(cells, range.firstRow, range.firstColumn);
  if (value === undefined) return `${label} is empty`;
  if (typeof value === "object" && value.kind === "error") return `${label} holds the error ${value.code}`;
  const text = shownText(named, range.firstRow, range.firstColumn);
  return { text, value: plainValue(value), cells: [label] };
}

function plainValue(value: CellValue): number | string {
  if (typeof value === "object") return value.kind === "error" ? value.code : value.text;
  return typeof value === "boolean" ? String(value) : value;
}

async function computed(
  workbook: SourceTables,
  question: string,
  context: TaskContext,
): Promise<Found | string> {
  const output = await askSource(workbook, question, context);
  if (typeof output === "string") return output;
  return oneValue(output, question) ?? `"${question}" has more than one number as its answer; ask for one`;
}

/** `which region sold most` wants the region, with the amount beside it in the answer. */
const asksForName =
  /^(?:which|who|welche\p{L}*|wer|qu[eé]l\p{L}*|qui|qual|quais|quem|cu[aá]l\p{L}*|qui[eé]n\p{L}*)\s/iu;

/** The answer's number, or its only text. A result of several rows is a table, not a figure. */
function oneValue(
  { rows, columns, cells, query, isTruncated }: AskOutput,
  question: string,
): Found | undefined {
  const [row] = rows;
  if (row === undefined || rows.length > 1 || isTruncated) return undefined;
  const numbers = row.values.flatMap((value, index) => (typeof value === "number" ? [index] : []));
  const texts = row.values.flatMap((value, index) => (typeof value === "string" ? [index] : []));
  const wanted = asksForName.test(question) && texts.length === 1 ? texts : numbers;
  const index = wanted.length === 1 ? wanted[0]! : row.values.length === 1 ? 0 : undefined;
  const value = index === undefined ? undefined : row.values[index];
  if (index === undefined || (typeof value !== "number" && typeof value !== "string")) return undefined;
  return {
    // A tenth of a euro is ten cents.
    text: formatValue(value, columns[index]!).replace(/(?<=^\p{Sc}[\d,]*\.\d)$/u, "0"),
    value,
    cells: row.cells.length > 0 ? row.cells : cells,
    ...(query !== undefined && { query }),
  };
}
