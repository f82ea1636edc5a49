import { mean, median } from "simple-statistics";
import type { Json } from "../../json.ts";
import type { ResultTable } from "../ask/compose-answer.ts";
import { type Piece, statementOf } from "./statement.ts";
import { type GroupMoments, welchP, withoutGroup } from "./statistics/two-groups.ts";
import { type Grouping, type Measure, measureName, plainName, type Subject } from "./subjects.ts";
import type { RunQuery } from "./time-grain.ts";
import { type Candidate, type InsightChart, type Look, leastValues } from "./types.ts";

/** A measure by the values of a column, largest first. */
type Groups = {
  readonly measure: Measure;
  readonly grouping: Grouping;
  readonly query: string;
  readonly rows: readonly GroupRow[];
};

type GroupRow = {
  readonly name: string;
  readonly total: number;
  readonly moments: GroupMoments;
  /** Of the logarithms; absent where a value has none. */
  readonly logs?: GroupMoments;
};

/** Groups that hold most of an amount, and groups whose rows are unlike those of all others. */
export async function findInGroups(subject: Subject, run: RunQuery): Promise<Look> {
  const [candidates, pValues]: [Candidate[], number[]] = [[], []];
  const overviews: InsightChart[] = [];
  const table = subject.loaded.description.name;
  for (const grouping of subject.groupings) {
    for (const measure of subject.measures.slice(0, 3)) {
      const groups = await readGroups(subject, measure, grouping, run);
      if (groups === undefined) continue;
      if (overviews.length === 0 && groups.rows.length <= 30) overviews.push(barChart(groups));
      const dominant = measure === mainSum(subject) ? dominanceOf(groups) : undefined;
      const apart = groups.rows.length <= 60 ? outlierGroup(groups) : undefined;
      if (apart !== undefined) pValues.push(...apart.pValues);
      for (const each of [dominant, apart?.candidate])
        if (each !== undefined) candidates.push({ ...each, table });
    }
  }
  return { candidates, pValues, overviews };
}

/** The measure that shares are taken of. */
export function mainSum({ measures }: Subject): Measure | undefined {
  return measures.find(({ fn }) => fn === "sum");
}

async function readGroups(
  { sql }: Subject,
  measure: Measure,
  grouping: Grouping,
  run: RunQuery,
): Promise<Groups | undefined> {
  const { sql: m } = measure;
  const value = `CAST(${m} AS DOUBLE)`;
  const query = `SELECT ${grouping.sql}, sum(${m}), count(${m}), avg(${value}), var_samp(${value}), avg(ln(CASE WHEN ${m} > 0 THEN ${value} END)), var_samp(ln(CASE WHEN ${m} > 0 THEN ${value} END)), min(${m}) FROM ${sql} WHERE ${m} IS NOT NULL AND ${grouping.sql} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1`;
  const { rows } = await run(query);
  if (rows.length < 2) return undefined;
  return { measure, grouping, query, rows: rows.map(groupRow) };
}

function groupRow([name = null, ...numbers]: readonly Json[]): GroupRow {
  const [total = 0, n = 0, mean = 0, variance = 0, logMean = 0, logVariance = 0, least = 0] =
    numbers.map(Number);
  return {
    name: String(name),
    total,
    moments: { n, mean, variance },
    ...(least > 0 && { logs: { n, mean: logMean, variance: logVariance } }),
  };
}

type Found = Omit<Candidate, "table">;

function dominanceOf({ measure, grouping, query, rows }: Groups): Found | undefined {
  const total = rows.reduce((sum, each) => sum + each.total, 0);
  const count = rows.reduce((sum, { moments }) => sum + moments.n, 0);
  if (rows.length < 3 || count < leastValues || total <= 0 || rows.some((each) => each.total < 0))
    return undefined;
  const shares = rows.map((each) => each.total / total);
  const hhi = shares.reduce((sum, share) => sum + share * share, 0);
  const [share, second] = [shares[0]!, shares[1]!];
  const own = {
    kind: "dominance" as const,
    columns: [measure.name, grouping.name],
    n: count,
    query,
    chart: barChart({ measure, grouping, query, rows }),
  };
  const name = { name: measureName(measure) };
  if (share > 0.98) return undefined;
  if (share >= Math.max(0.3, 2 / rows.length) && share >= 1.8 * second) {
    const values = { share, second, hhi, groups: rows.length };
    const pieces: Piece[] = [
      { name: rows[0]!.name },
      " makes up ",
      { value: "share", as: "percent" },
      " of ",
      name,
      "; next of ",
      { value: "groups", as: "count" },
      " by ",
      { name: plainName(grouping.name) },
      " is ",
      { name: rows[1]!.name },
      " with ",
      { value: "second", as: "percent" },
      ".",
    ];
    return {
      ...own,
      names: { group: rows[0]!.name, second: rows[1]!.name },
      statement: statementOf(pieces, values),
      values,
      effect: { name: "share", value: share },
      impact: (0.4 + 0.6 * share) * measure.weight,
      pattern: `group:${grouping.name}:${rows[0]!.name}`,
    };
  }
  const top = Math.ceil(rows.length / 5);
  const topShare = shares.slice(0, top).reduce((sum, each) => sum + each, 0);
  if (rows.length < 15 || topShare < 0.75) return undefined;
  const values = { top, groups: rows.length, topShare, hhi };
  const pieces: Piece[] = [
    { value: "top", as: "count" },
    " of ",
    { value: "groups", as: "count" },
    " by ",
    { name: plainName(grouping.name) },
    " make up ",
    { value: "topShare", as: "percent" },
    " of ",
    name,
    ".",
  ];
  return {
    ...own,
    names: {},
    statement: statementOf(pieces, values),
    values,
    effect: { name: "share", value: topShare },
    impact: 0.5 * topShare * measure.weight,
    pattern: `concentration:${grouping.name}`,
  };
}

function outlierGroup(
  groups: Groups,
): { readonly candidate?: Found; readonly pValues: readonly number[] } | undefined {
  const { measure, grouping, query } = groups;
  const rows = groups.rows.filter(({ moments }) => moments.n >= leastValues);
  if (rows.length < 5) return undefined;
  const onLogs = rows.every(({ logs }) => logs !== undefined);
  const all = pooled(rows.map(({ moments }) => moments));
  const allLogs = onLogs ? pooled(rows.map(({ logs }) => logs!)) : undefined;
  const pValues = rows.map(({ moments, logs }) => {
    const plain = welchP(moments, withoutGroup(all, moments));
    return allLogs === undefined ? plain : Math.max(plain, welchP(logs!, withoutGroup(allLogs, logs!)));
  });
  const centres = rows.map(({ moments, logs }) => (onLogs ? logs!.mean : moments.mean));
  const centre = median(centres);
  const scale = 1.4826 * median(centres.map((each) => Math.abs(each - centre)));
  const far = centres.map((each) => Math.abs(each - centre) / (scale || Number.POSITIVE_INFINITY));
  const index = far.indexOf(Math.max(...far));
  const row = rows[index]!;
  const others = withoutGroup(all, row.moments);
  const factor = row.moments.mean / others.mean;
  if (far[index]! < 3.5 || !(factor >= 1.3 || factor <= 0.75) || others.mean <= 0) return { pValues };
  const values = {
    own: row.moments.mean,
    others: others.mean,
    factor,
    robustZ: far[index]!,
    count: row.moments.n,
  };
  const { unit } = measure;
  const plain = measureName({ ...measure, fn: "avg" });
  const pieces: Piece[] = [
    { name: row.name },
    " is unlike the other ",
    { name: plainName(grouping.name) },
    ": ",
    { name: plain },
    " is ",
    { value: "own", unit },
    ", in all others it is ",
    { value: "others", unit },
    ".",
  ];
  return {
    pValues,
    candidate: {
      kind: "outlier-group",
      columns: [measure.name, grouping.name],
      names: { group: row.name },
      statement: statementOf(pieces, values),
      values,
      n: all.n,
      test: "Welch's t of the group against all others",
      p: pValues[index]!,
      effect: { name: "ratio of means", value: factor },
      query,
      impact: measure.weight * (0.3 + 0.35 * Math.min(1, Math.abs(Math.log2(factor)))),
      pattern: `group:${grouping.name}:${row.name}`,
      chart: barChart(groups, "average"),
    },
  };
}

function pooled(groups: readonly GroupMoments[]): GroupMoments {
  const n = groups.reduce((sum, each) => sum + each.n, 0);
  const centre = groups.reduce((sum, each) => sum + each.n * each.mean, 0) / n;
  const squares = groups.reduce(
    (sum, each) => sum + (each.n - 1) * (each.n > 1 ? each.variance : 0) + each.n * (each.mean - centre) ** 2,
    0,
  );
  return { n, mean: centre, variance: squares / (n - 1) };
}

const mostBars = 10;

function barChart({ measure, grouping, rows }: Groups, by: "total" | "average" = "total"): InsightChart {
  const name = measureName(by === "total" ? measure : { ...measure, fn: "avg" });
  const value = (row: GroupRow): number => (by === "total" ? row.total : row.moments.mean);
  const sorted = [...rows].sort((one, two) => value(two) - value(one));
  const rest = sorted.slice(mostBars);
  const shown = sorted.slice(0, mostBars).map((row) => [row.name, value(row)]);
  const other =
    by === "total"
      ? rest.reduce((sum, row) => sum + row.total, 0)
      : mean(rest.map(value).concat(rest.length === 0 ? [0] : []));
  const unit = measure.unit === undefined || measure.unit === "%" ? "" : ` (${measure.unit})`;
  const result: ResultTable = {
    columns: [
      { name: grouping.name, type: "VARCHAR" },
      { name, type: "DOUBLE", ...(measure.unit !== undefined && { unit: measure.unit }) },
    ],
    rows: rest.length === 0 || by === "average" ? shown : [...shown, [`${rest.length} others`, other]],
    isTruncated: false,
  };
  return {
    result,
    spec: {
      kind: "bar",
      title: `${name} by ${plainName(grouping.name)}`,
      category: 0,
      categoryScale: "names",
      values: [{ column: 1, name }],
      axisTitles: { value: `${name}${unit}` },
      sort: "listed",
      altText: `Bars of ${name} by ${plainName(grouping.name)}, largest first: ${shown
        .slice(0, 3)
        .map(([label]) => label)
        .join(", ")} …`,
    },
  };
}
