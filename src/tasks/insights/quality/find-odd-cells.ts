import { quoteName } from "../../../data/index.ts";
import { type Piece, statementOf } from "../statement.ts";
import { plainName, type Subject } from "../subjects.ts";
import type { RunQuery } from "../time-grain.ts";
import type { Candidate } from "../types.ts";
import { cellsOfRows } from "./cells-of-rows.ts";

/** Texts in columns of numbers or dates: they are in no sum and no average. Dashes and the like mean an empty cell. */
export function findMixedTypes(subject: Subject): Candidate[] {
  const { found, loaded, sql } = subject;
  return found.table.columns.flatMap((column, index): Candidate[] => {
    const odd = column.exceptions.filter(({ text }) => /[\p{L}\d#]/u.test(text));
    const { rowCount } = found.table;
    if (odd.length === 0 || rowCount < 8 || column.type === "text") return [];
    const values = { odd: odd.length, all: rowCount, share: odd.length / rowCount };
    const kind =
      column.type === "date" || column.type === "timestamp"
        ? "dates"
        : column.type === "boolean"
          ? "yes and no"
          : "numbers";
    const texts = [...new Set(odd.map(({ text }) => text))].slice(0, 2);
    const pieces: Piece[] = [
      { name: plainName(column.name) },
      ` holds ${kind}, but `,
      { value: "odd", as: "count" },
      " of ",
      { value: "all", as: "count" },
      odd.length === 1 ? " cells holds something else (" : " cells hold something else (",
      ...texts.flatMap((text, at): Piece[] => [at > 0 ? ", " : "", { name: text }]),
      texts.length < new Set(odd.map(({ text }) => text)).size ? ", …)." : ").",
    ];
    return [
      {
        kind: "mixed-types",
        table: loaded.description.name,
        columns: [column.name],
        names: { text: texts[0]! },
        statement: statementOf(pieces, values),
        values,
        n: rowCount,
        effect: { name: "share of rows", value: values.share },
        query: `SELECT count(*), count(${quoteName(loaded.description.columns[index]!.name)}) FROM ${sql}`,
        cells: cellsOfRows(
          subject,
          column.column,
          odd.map(({ row }) => row),
        ),
        impact: (0.35 + 0.5 * Math.min(1, values.share / 0.08)) * (isUsed(subject, column.name) ? 1 : 0.6),
        pattern: `mixed:${column.name}`,
      },
    ];
  });
}

function isUsed({ measures, time }: Subject, name: string): boolean {
  return time?.column.column.name === name || measures.some((each) => each.name === name);
}

/** Labels that differ only in case, accents, spaces or signs, and so part what belongs together. */
export async function findLabelVariants(subject: Subject, run: RunQuery): Promise<Candidate[]> {
  const found: Candidate[] = [];
  const { groupings, profile, sql, loaded } = subject;
  for (const grouping of groupings) {
    const strings = profile.columns.find(({ column }) => column.name === grouping.name)?.column.strings ?? [];
    const folded = Map.groupBy(strings, foldLabel);
    const variants = [...folded]
      .filter(([key, own]) => own.length > 1 && /\p{L}{2}/u.test(key))
      .map(([, own]) => own);
    if (variants.length === 0) continue;
    const { rows } = await run(
      `SELECT ${grouping.sql}, count(*) FROM ${sql} WHERE ${grouping.sql} IS NOT NULL GROUP BY 1`,
    );
    const counts = new Map(rows.map(([label, count]) => [String(label), Number(count)]));
    const all = [...counts.values()].reduce((sum, each) => sum + each, 0);
    const sorted = variants
      .map((own) => [...own].sort((one, two) => (counts.get(two) ?? 0) - (counts.get(one) ?? 0)))
      .sort((one, two) => minority(two, counts) - minority(one, counts));
    const apart = sorted.reduce((sum, own) => sum + minority(own, counts), 0);
    const [usual = "", other = ""] = sorted[0]!;
    const values = {
      apart,
      all,
      share: apart / all,
      usual: counts.get(usual) ?? 0,
      other: counts.get(other) ?? 0,
      labels: sorted.length,
    };
    const pieces: Piece[] = [
      { name: plainName(grouping.name) },
      " writes the same thing in several ways: ",
      { name: `"${usual}"` },
      " (",
      { value: "usual", as: "count" },
      values.usual === 1 ? " row) and " : " rows) and ",
      { name: `"${other}"` },
      " (",
      { value: "other", as: "count" },
      values.other === 1 ? " row)" : " rows)",
      ...(sorted.length > 1
        ? ([" among ", { value: "labels", as: "count" }, " such labels"] as Piece[])
        : []),
      "; groups by it come apart.",
    ];
    found.push({
      kind: "label-variants",
      table: loaded.description.name,
      columns: [grouping.name],
      names: { usual, other },
      statement: statementOf(pieces, values),
      values,
      n: all,
      effect: { name: "share of rows", value: values.share },
      query: `SELECT ${grouping.sql}, count(*) FROM ${sql} WHERE ${grouping.sql} IS NOT NULL GROUP BY 1`,
      impact: 0.45 + 0.5 * Math.min(1, values.share / 0.08),
      pattern: `labels:${grouping.name}`,
    });
  }
  return found;
}

function minority(labels: readonly string[], counts: ReadonlyMap<string, number>): number {
  return labels.slice(1).reduce((sum, label) => sum + (counts.get(label) ?? 0), 0);
}

/** A label as it reads aloud: no case, accents, signs or doubled spaces. Signs between digits tell things apart. */
export function foldLabel(label: string): string {
  const plain = label.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return /\d/.test(plain) || /[+#<>=%]/.test(plain)
    ? plain.replace(/\s+/g, " ").trim()
    : plain.replace(/[^\p{L}]+/gu, " ").trim();
}

/** Dates years away from all others. */
export async function findStrayDates(subject: Subject, run: RunQuery): Promise<Candidate[]> {
  const { found, loaded, sql } = subject;
  const candidates: Candidate[] = [];
  for (const [index, column] of found.table.columns.entries()) {
    if (column.type !== "date" && column.type !== "timestamp") continue;
    if (column.values.length !== found.table.rowCount || found.table.rowCount < 20) continue;
    const bounds = usualTimes(column.values, column.present, column.type === "date" ? 1 : 86_400_000);
    if (bounds === undefined) continue;
    const stray: number[] = [];
    for (let row = 0; row < column.values.length; row++)
      if (
        column.present[row] === 1 &&
        (column.values[row]! < bounds.low || column.values[row]! > bounds.high)
      )
        stray.push(row);
    if (stray.length === 0 || stray.length > 0.03 * column.values.length) continue;
    const name = quoteName(loaded.description.columns[index]!.name);
    const rows = stray.slice(0, 3).map((row) => `rowid = ${row}`);
    const query = `SELECT strftime(${name}, '%Y-%m-%d') FROM ${sql} WHERE ${rows.join(" OR ")} ORDER BY rowid`;
    const dates = (await run(query)).rows.map(([date]) => String(date));
    const values = {
      stray: stray.length,
      all: found.table.rowCount,
      share: stray.length / found.table.rowCount,
    };
    const pieces: Piece[] = [
      { name: plainName(column.name) },
      stray.length === 1 ? " has a date years away from all others: " : " has ",
      ...(stray.length === 1
        ? []
        : ([{ value: "stray", as: "count" }, " dates years away from all others: "] as Piece[])),
      { name: dates.join(", ") },
      stray.length > dates.length ? ", …" : ".",
    ];
    candidates.push({
      kind: "stray-dates",
      table: loaded.description.name,
      columns: [column.name],
      names: { date: dates[0] ?? "" },
      statement: statementOf(pieces, values),
      values,
      n: values.all,
      effect: { name: "share of rows", value: values.share },
      query,
      cells: cellsOfRows(subject, column.column, stray),
      impact: 0.5 + 0.4 * Math.min(1, values.share / 0.02),
      pattern: `stray:${column.name}`,
    });
  }
  return candidates;
}

/** Beyond three times the middle four fifths, and at least three years from them. */
function usualTimes(
  values: Float64Array,
  present: Uint8Array,
  perDay: number,
): { low: number; high: number } | undefined {
  const known = values.filter((_, row) => present[row] === 1).sort();
  if (known.length < 20) return undefined;
  const [low, high] = [known[Math.floor(known.length * 0.1)]!, known[Math.floor(known.length * 0.9)]!];
  const margin = Math.max(3 * (high - low), 3 * 365 * perDay);
  return { low: low - margin, high: high + margin };
}
