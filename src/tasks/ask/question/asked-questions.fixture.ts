import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../../data/index.ts";
import type { Table } from "../../../table.ts";
import { checkPlan } from "../check-plan.ts";
import { type Calculation, calculationSchema } from "../plan.ts";
import { calculationSql } from "../plan-sql.ts";
import { profileTable } from "../profile.ts";
import { readQuestion } from "../read-question.ts";
import { settleReading } from "../settle-reading.ts";

/** What stands in a cell; dates as ISO 8601, moments with their time. */
export type Value = string | number | boolean | null;

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, Value>>;

/** The rows of a result. */
export type Answer = readonly (readonly Value[])[];

/** A question, and how its answer comes about, computed here from the rows without any of what is tested. */
export type Case = readonly [question: string, answer: (rows: readonly Row[]) => Answer];

/** One number of a group of rows. */
export type Fold = (rows: readonly Row[]) => number;

/** The number in a cell. */
export function num(row: Row, name: string): number {
  return Number(row[name]);
}

/** What a column adds up to. */
export function sum(rows: readonly Row[], name: string): number {
  return rows.reduce((all, row) => all + num(row, name), 0);
}

/** The rows where all of these columns hold something. */
export function filled(rows: readonly Row[], ...names: string[]): Row[] {
  return rows.filter((row) => names.every((name) => row[name] !== null));
}

/** The mean of some numbers. */
export function mean(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0) / numbers.length;
}

/** The numbers of a column, without its gaps. */
export function values(rows: readonly Row[], name: string): number[] {
  return filled(rows, name).map((row) => num(row, name));
}

/** The rows that have a value in a column. */
export function where(rows: readonly Row[], name: string, value: Value): Row[] {
  return rows.filter((row) => row[name] === value);
}

/** Days since 1970-01-01 of a date, whatever its time of day. */
export function dayOf(value: Value | undefined): number {
  return Math.floor(Date.parse(String(value).slice(0, 10)) / 86_400_000);
}

/** Days from one date of a row to another. */
export function days(row: Row, from: string, to: string): number {
  return dayOf(row[to]) - dayOf(row[from]);
}

/** `2024-03` of a date. */
export function month(row: Row, name: string): string {
  return String(row[name]).slice(0, 7);
}

/** The different numbers of a column, the largest first. */
export function ranked(rows: readonly Row[], name: string): number[] {
  return [...new Set(values(rows, name))].sort((a, b) => b - a);
}

/** Whole months between two days, by counting up. */
export function wholeMonths(from: string, to: string): number {
  const [year, first, date] = from.split("-").map(Number) as [number, number, number];
  let count = 0;
  while (Date.UTC(year, first - 1 + count + 1, date) <= Date.parse(to)) count++;
  return count;
}

/** One line a group: its name and numbers, put in order by the first number, then by name. */
export function by(
  rows: readonly Row[],
  key: string | ((row: Row) => Value),
  ...numbers: Fold[]
): [Value, ...number[]][] {
  const keyOf = typeof key === "string" ? (row: Row): Value => row[key]! : key;
  return [...Map.groupBy(rows, keyOf)]
    .map(([name, group]): [Value, ...number[]] => [name, ...numbers.map((each) => each(group))])
    .sort((a, b) => Number(b[1]) - Number(a[1]) || String(a[0]).localeCompare(String(b[0])));
}

/** How many rows there are. */
export function count(rows: readonly Row[]): number {
  return rows.length;
}

/** The sum of a column, for each group. */
export function total(name: string): Fold {
  return (rows) => sum(rows, name);
}

/** The mean of a column, for each group. */
export function average(name: string): Fold {
  return (rows) => mean(values(rows, name));
}

/** The largest number of a column, for each group. */
export function most(name: string): Fold {
  return (rows) => Math.max(...values(rows, name));
}

/** The smallest number of a column, for each group. */
export function least(name: string): Fold {
  return (rows) => Math.min(...values(rows, name));
}

/** Put in order by name. */
export function byName(answer: Answer): Answer {
  return [...answer].sort((a, b) => String(a[0]).localeCompare(String(b[0])));
}

/** Tables and the questions asked of them. */
export type Asked = readonly (readonly [Table, readonly Case[]])[];

function rowsOf({ columns, rowCount }: Table): Row[] {
  return Array.from({ length: rowCount }, (_, row) =>
    Object.fromEntries(
      columns.map(({ name, type, values: cells, present, strings }): [string, Value] => {
        const cell = cells[row]!;
        if (present[row] === 0) return [name, null];
        if (type === "text") return [name, strings![cell]!];
        if (type === "boolean") return [name, cell === 1];
        if (type === "date") return [name, new Date(cell * 86_400_000).toISOString().slice(0, 10)];
        return [name, type === "timestamp" ? new Date(cell).toISOString() : cell];
      }),
    ),
  );
}

/**
 * Asks every question and compares with the answer as it is worked out here; where there is none to be had, the
 * question has to be left in doubt.
 */
export function askAll(topics: readonly (readonly [string, Asked])[]): void {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase();
    const tables = topics.flatMap(([, asked]) => asked.map(([table]) => table));
    for (const each of new Set(tables)) await database.load(each);
  }, 30_000);
  afterAll(async () => database[Symbol.asyncDispose]());

  describe.each(topics)("questions for %s", (_, asked) => {
    describe.each(asked)("of %o", (table, cases) => {
      it.each(cases)("%s", async (text, answer) => {
        const rows = answer(rowsOf(table));
        const reading = readQuestion(text, profileTable(table));
        const run = (calculation: Calculation) => database.query(calculationSql(calculation, () => table));
        const settled = reading && (await settleReading(reading, run));
        if (rows.length === 0) {
          expect(settled?.doubts ?? ["none"]).not.toEqual([]);
          return;
        }
        const sql = reading === undefined ? "" : calculationSql(reading.calculation, () => table);
        expect(settled?.doubts, sql).toEqual([]);
        const near = (cell: unknown): unknown => (typeof cell === "number" ? expect.closeTo(cell, 6) : cell);
        expect(settled?.result.rows, sql).toEqual(rows.map((row) => row.map(near)));
        expect(checkPlan(reading!.calculation, [table])).toEqual([]);
        expect(calculationSchema.parse(reading!.calculation)).toEqual(reading!.calculation);
      });
    });
  });
}
