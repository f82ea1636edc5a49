import type { ResultTable } from "../ask/compose-answer.ts";
import { type Piece, statementOf } from "./statement.ts";
import { rankCorrelation } from "./statistics/rank-correlation.ts";
import { type Measure, plainName, type Subject } from "./subjects.ts";
import type { RunQuery } from "./time-grain.ts";
import { totalsWithParts } from "./totals-with-parts.ts";
import { type Candidate, type Look, leastValues } from "./types.ts";

const mostSampled = 3_000;
/** A weaker one hardly says anything about a row, however sure it is; a stronger one is one thing under two names. */
const [leastRho, mostRho] = [0.35, 0.97];

/** Measures whose ranks go together over rows, those left out of which one is computed from others. */
export async function findCorrelations(subject: Subject, inOrder: boolean, run: RunQuery): Promise<Look> {
  const { measures, sql, found } = subject;
  if (measures.length < 2) return { candidates: [], pValues: [] };
  const every = Math.ceil(found.table.rowCount / mostSampled);
  const where = every > 1 ? ` WHERE rowid % ${every} = 0` : "";
  const { time } = subject;
  const order = time === undefined ? " ORDER BY rowid" : ` ORDER BY ${time.sql}, rowid`;
  const columns = measures.map((measure) => measure.sql).join(", ");
  const { rows } = await run(`SELECT ${columns} FROM ${sql}${where}${order}`);
  const values = measures.map((_, index) =>
    rows.map((row) => (row[index] === null || row[index] === undefined ? Number.NaN : Number(row[index]))),
  );
  const derived = [...derivedColumns(values), ...totalsWithParts(values)];
  const candidates: Candidate[] = [];
  const pValues: number[] = [];
  for (let one = 0; one < measures.length; one++) {
    for (let two = one + 1; two < measures.length; two++) {
      if (derived.some((each) => each.includes(one) && each.includes(two))) continue;
      const pairs = pairsOf(values[one]!, values[two]!, inOrder);
      if (pairs.length < leastValues) continue;
      const { rho, p } = rankCorrelation(
        pairs.map(([x]) => x),
        pairs.map(([, y]) => y),
        inOrder || time !== undefined,
      );
      pValues.push(p);
      if (Math.abs(rho) < leastRho || Math.abs(rho) > mostRho) continue;
      const query = `SELECT ${measures[one]!.sql}, ${measures[two]!.sql} FROM ${sql}${where}${order}`;
      const raw = pairsOf(values[one]!, values[two]!, false);
      candidates.push(
        correlation(subject, [measures[one]!, measures[two]!], { rho, p, pairs, raw, query, inOrder, every }),
      );
    }
  }
  return { candidates, pValues };
}

type Pair = readonly [number, number];

/** Rows that follow each other in time are compared by their changes: two things that both grow need not go together. */
function pairsOf(one: readonly number[], two: readonly number[], byChange: boolean): Pair[] {
  const pairs = one.flatMap((x, index): Pair[] => {
    const y = two[index]!;
    return Number.isNaN(x) || Number.isNaN(y) ? [] : [[x, y]];
  });
  if (!byChange) return pairs;
  return pairs.slice(1).map(([x, y], index): Pair => [x - pairs[index]![0], y - pairs[index]![1]]);
}

/** Columns that are a multiple, sum, difference or product of others, with those. */
function derivedColumns(columns: readonly (readonly number[])[]): number[][] {
  const found: number[][] = [];
  const agrees = (target: readonly number[], value: (row: number) => number): boolean => {
    let [fits, all] = [0, 0];
    for (let row = 0; row < target.length; row += Math.ceil(target.length / 400)) {
      const [given, wanted] = [value(row), target[row]!];
      if (Number.isNaN(given) || Number.isNaN(wanted)) continue;
      all++;
      if (Math.abs(given - wanted) <= 0.011 * Math.abs(wanted) + 1e-9) fits++;
    }
    return all >= 5 && fits >= 0.9 * all;
  };
  columns.forEach((target, at) => {
    columns.forEach((one, first) => {
      if (first === at) return;
      const row = one.findIndex(
        (each, index) => each !== 0 && !Number.isNaN(each) && !Number.isNaN(target[index]!),
      );
      const factor = row < 0 ? Number.NaN : target[row]! / one[row]!;
      if (agrees(target, (index) => factor * one[index]!)) found.push([at, first]);
      columns.forEach((two, second) => {
        if (second <= first || second === at) return;
        const isComputed =
          agrees(target, (index) => one[index]! * two[index]!) ||
          agrees(target, (index) => one[index]! * (1 - two[index]!)) ||
          agrees(target, (index) => one[index]! + two[index]!) ||
          agrees(target, (index) => one[index]! - two[index]!);
        if (isComputed) found.push([at, first, second]);
      });
    });
  });
  return found;
}

type Measured = {
  readonly rho: number;
  readonly p: number;
  readonly pairs: readonly Pair[];
  readonly raw: readonly Pair[];
  readonly query: string;
  readonly inOrder: boolean;
  readonly every: number;
};

function correlation(
  subject: Subject,
  [one, two]: readonly [Measure, Measure],
  measured: Measured,
): Candidate {
  const { rho, p, pairs, query, inOrder, every } = measured;
  const values = { rho, n: pairs.length };
  const [first, second] = [plainName(one.name), plainName(two.name)];
  const pieces: Piece[] = [
    inOrder ? "Where " : "Rows with more ",
    { name: first },
    inOrder ? " goes up, " : rho > 0 ? " have more " : " have less ",
    { name: second },
    inOrder ? (rho > 0 ? " goes up with it" : " goes down") : "",
    " (rank correlation ",
    { value: "rho", as: "factor" },
    " over ",
    { value: "n", as: "count" },
    inOrder ? " changes" : " rows",
    every > 1 ? ", a sample)." : ").",
  ];
  return {
    kind: "correlation",
    table: subject.loaded.description.name,
    columns: [one.name, two.name],
    names: { by: inOrder ? "changes" : "rows" },
    statement: statementOf(pieces, values),
    values,
    n: pairs.length,
    test: "Spearman's rank correlation",
    p,
    effect: { name: "rho", value: rho },
    query,
    impact: (0.2 + 0.7 * rho * rho) * Math.max(one.weight, two.weight),
    pattern: `correlation:${[one.name, two.name].sort().join("|")}`,
    chart: scatter([one, two], measured),
  };
}

const mostPoints = 400;

function scatter(
  [one, two]: readonly [Measure, Measure],
  { raw }: Measured,
): NonNullable<Candidate["chart"]> {
  const every = Math.ceil(raw.length / mostPoints);
  const [first, second] = [plainName(one.name), plainName(two.name)];
  const unit = ({ unit }: Measure): string => (unit === undefined || unit === "%" ? "" : ` (${unit})`);
  const result: ResultTable = {
    columns: [
      { name: first, type: "DOUBLE" },
      { name: second, type: "DOUBLE" },
    ],
    rows: raw.filter((_, index) => index % every === 0).map(([x, y]) => [x, y]),
    isTruncated: false,
  };
  return {
    result,
    spec: {
      kind: "scatter",
      title: `${second} against ${first}`,
      category: 0,
      categoryScale: "numbers",
      values: [{ column: 1, name: second }],
      axisTitles: { category: `${first}${unit(one)}`, value: `${second}${unit(two)}` },
      sort: "by-category",
      altText: `Points of ${second} against ${first}.`,
    },
  };
}
