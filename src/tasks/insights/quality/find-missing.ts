import { quoteName } from "../../../data/index.ts";
import { type Piece, statementOf } from "../statement.ts";
import { isNamed, plainName, type Subject } from "../subjects.ts";
import type { RunQuery } from "../time-grain.ts";
import type { Candidate } from "../types.ts";
import { cellsOfRows } from "./cells-of-rows.ts";

/** What is empty as long as something goes on. */
const staysOpen =
  /\b(to|end|ended|ends|until|closed|closing|retired|death|died|left|cancel\w*|resolved|paid|returned|shipped|notes?|comments?|remarks?)\b/i;

/** Columns with empty cells and columns that hold one value only. Texts that people write or leave out don't count. */
export async function findMissing(subject: Subject, run: RunQuery): Promise<Candidate[]> {
  const { profile, loaded, sql, measures, groupings, time, found } = subject;
  const { rowCount } = found.table;
  if (rowCount < 8) return [];
  const names = loaded.description.columns.map(({ name }) => quoteName(name));
  const counts = names.flatMap((name) => [`count(${name})`, `count(DISTINCT ${name})`]);
  // Counting different values of many columns of a long table takes seconds; the profile knows most of them.
  const isLong = rowCount > 200_000;
  const { rows } = await run(
    `SELECT count(*), ${isLong ? names.map((name) => `count(${name})`).join(", ") : counts.join(", ")} FROM ${sql}`,
  );
  const [all = 0, ...numbers] = (rows[0] ?? []).map(Number);
  return profile.columns.flatMap((column, index): Candidate[] => {
    const filled = numbers[isLong ? index : 2 * index] ?? all;
    const different = isLong ? column.distinctCount : (numbers[2 * index + 1] ?? 0);
    const name = column.column.name;
    const isUsed =
      measures.some((each) => each.profile === column) ||
      time?.column === column ||
      groupings.some((each) => each.name === name);
    const exceptions = column.column.exceptions.length;
    const missing = all - filled - exceptions;
    const own = { table: loaded.description.name, sqlName: names[index]!, all, name };
    if (different === 1 && filled === all) return [constantColumn(subject, own)];
    if (!isUsed || missing <= 0 || filled === 0) return [];
    if (!isNamed(name) || staysOpen.test(name)) return [];
    return [missingCells(subject, { ...own, missing, isMeasure: column.kind !== "text" })];
  });
}

type Own = { readonly table: string; readonly sqlName: string; readonly all: number; readonly name: string };

function missingCells(
  subject: Subject,
  own: Own & { readonly missing: number; readonly isMeasure: boolean },
): Candidate {
  const { table, sqlName, all, name, missing, isMeasure } = own;
  const column = subject.found.table.columns.find((each) => each.name === name)!;
  const odd = new Set(column.exceptions.map(({ row }) => row));
  const empty: number[] = [];
  for (let row = 0; row < column.present.length; row++)
    if (column.present[row] === 0 && !odd.has(row)) empty.push(row);
  const block = longestRun(empty);
  const share = missing / all;
  const { sheetRows } = subject.found.table;
  const isBlock = block.length >= Math.max(4, missing / 2) && missing < all / 2;
  const values = {
    missing,
    all,
    share,
    ...(isBlock && { block: block.length, from: sheetRows[block[0]!]!, to: sheetRows[block.at(-1)!]! }),
  };
  const pieces: Piece[] = [
    { name: plainName(name) },
    " is empty in ",
    { value: "missing", as: "count" },
    " of ",
    { value: "all", as: "count" },
    " rows (",
    { value: "share", as: "percent" },
    ")",
    ...(isBlock
      ? ([
          block.length === missing ? ", one block from row " : ", most of them in one block from row ",
          { value: "from", as: "count" },
          " to ",
          { value: "to", as: "count" },
        ] as Piece[])
      : []),
    ".",
  ];
  // A column that is empty in most rows is meant to be.
  const strength =
    share > 0.5 ? 0.15 : share > 0.3 ? 0.35 : 0.25 + 0.6 * Math.min(1, share / 0.12) + (isBlock ? 0.15 : 0);
  return {
    kind: "missing",
    table,
    columns: [name],
    names: {},
    statement: statementOf(pieces, values),
    values,
    n: all,
    effect: { name: "share of rows", value: share },
    query: `SELECT count(*), count(${sqlName}) FROM ${subject.sql}`,
    cells: cellsOfRows(subject, column.column, isBlock ? block : empty),
    impact: Math.min(1, strength) * (isMeasure ? 1 : 0.6),
    pattern: isBlock ? `missing:${block[0]}-${block.at(-1)}` : `missing:${name}`,
  };
}

function longestRun(rows: readonly number[]): number[] {
  let [from, best] = [0, [0, 0] as [number, number]];
  for (let index = 1; index <= rows.length; index++) {
    if (index < rows.length && rows[index] === rows[index - 1]! + 1) continue;
    if (index - from > best[1] - best[0]) best = [from, index];
    from = index;
  }
  return rows.slice(...best);
}

function constantColumn({ sql }: Subject, { table, sqlName, all, name }: Own): Candidate {
  const values = { all };
  return {
    kind: "constant",
    table,
    columns: [name],
    names: {},
    statement: statementOf(
      [{ name: plainName(name) }, " holds the same value in all ", { value: "all", as: "count" }, " rows."],
      values,
    ),
    values,
    n: all,
    effect: { name: "different values", value: 1 },
    query: `SELECT count(*), count(DISTINCT ${sqlName}) FROM ${sql}`,
    impact: 0.02,
    pattern: `constant:${name}`,
  };
}
