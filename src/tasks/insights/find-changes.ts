import { quoteText } from "../../data/sql-names.ts";
import { lineChart } from "./line-chart.ts";
import { grainNoun, periodName } from "./period-names.ts";
import { readGroupSeries, type Series } from "./read-series.ts";
import { type Piece, statementOf } from "./statement.ts";
import { carriedOver } from "./statistics/serial-correlation.ts";
import { studentTwoSided } from "./statistics/tails.ts";
import { theilSen } from "./statistics/trend.ts";
import { momentsOf, welchP } from "./statistics/two-groups.ts";
import { mostCarried } from "./statistics/wandering-noise.ts";
import { measureName, type Subject } from "./subjects.ts";
import type { RunQuery } from "./time-grain.ts";
import type { Candidate, Look } from "./types.ts";

/** Two stretches of a series that are compared: indexes from and to (not included), and what people call them. */
type Stretches = {
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
  readonly beforeName: string;
  readonly afterName: string;
};

/** What changed between the last two years (or halves) of a summed measure, and which group's change is most of it. */
export async function findChanges(subject: Subject, series: Series, run: RunQuery): Promise<Look> {
  const stretches = stretchesOf(series);
  if (stretches === undefined || series.measure.fn !== "sum" || wanders(series))
    return { candidates: [], pValues: [] };
  const table = subject.loaded.description.name;
  const [candidates, pValues]: [Candidate[], number[]] = [[], []];
  const change = periodChange(series, stretches);
  if (change?.p !== undefined) {
    pValues.push(change.p);
    candidates.push({ ...change, table });
  }
  for (const grouping of subject.groupings.filter(({ groups }) => groups <= 40).slice(0, 3)) {
    const groups = await readGroupSeries(
      subject,
      series.axis,
      { measure: series.measure, grouping, most: 40 },
      run,
    );
    const found = attribution(subject, series, groups, stretches);
    if (found?.p === undefined) continue;
    pValues.push(found.p);
    candidates.push({ ...found, table });
  }
  return { candidates, pValues };
}

/** True for a series that may be a random walk, as every short one may: its years differ on their own. */
function wanders({ positions, values }: Series): boolean {
  const { slope } = theilSen(positions, values);
  const residuals = values.map((value, index) => value - slope * positions[index]!);
  return carriedOver(residuals) > 0 || mostCarried(residuals, 1) > 0.7;
}

/** The last two calendar years that are whole; else the two halves of the time. */
function stretchesOf({ periods, axis, values }: Series): Stretches | undefined {
  const { grain } = axis;
  const perYear = grain === "month" ? 12 : grain === "quarter" ? 4 : undefined;
  if (perYear !== undefined) {
    const years = Map.groupBy(
      periods.map((period, index) => ({ year: period.slice(0, 4), index })),
      ({ year }) => year,
    );
    const whole = [...years].filter(([, own]) => own.length === perYear).slice(-2);
    if (whole.length === 2 && Number(whole[1]![0]) - Number(whole[0]![0]) === 1 && perYear >= 4) {
      const [before, after] = whole.map(([, own]): [number, number] => [
        own[0]!.index,
        own.at(-1)!.index + 1,
      ]);
      return { before: before!, after: after!, beforeName: whole[0]![0], afterName: whole[1]![0] };
    }
  }
  if (values.length < 8 || grain === "month-name") return undefined;
  const half = Math.floor(values.length / 2);
  const name = (from: number, to: number): string =>
    `${periodName(periods[from]!, grain)} to ${periodName(periods[to - 1]!, grain)}`;
  const [before, after]: [[number, number], [number, number]] = [
    [0, half],
    [values.length - half, values.length],
  ];
  return { before, after, beforeName: name(...before), afterName: name(...after) };
}

type Found = Omit<Candidate, "table">;

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0);
}

function periodChange(
  series: Series,
  { before, after, beforeName, afterName }: Stretches,
): Found | undefined {
  const { values, measure, axis, query } = series;
  const [old, recent] = [values.slice(...before), values.slice(...after)];
  const found = {
    before: sumOf(old),
    after: sumOf(recent),
    relative: Math.abs(sumOf(recent) / sumOf(old) - 1),
  };
  if (found.before <= 0 || found.after <= 0 || found.relative < 0.03 || old.length !== recent.length)
    return undefined;
  const isMore = found.after > found.before;
  const { unit } = measure;
  const pieces: Piece[] = [
    { name: measureName(measure) },
    " comes to ",
    { value: "after", unit },
    " in ",
    { name: afterName },
    ", ",
    { value: "relative", as: "percent" },
    isMore ? " more than in " : " less than in ",
    { name: beforeName },
    " (",
    { value: "before", unit },
    ").",
  ];
  return {
    kind: "period-change",
    columns: [measure.name, axis.column],
    names: { before: beforeName, after: afterName },
    statement: statementOf(pieces, found),
    values: found,
    n: old.length + recent.length,
    test: `t test of the differences by ${grainNoun(axis.grain)}`,
    p: pairedP(old, recent),
    effect: { name: "relative change", value: found.after / found.before - 1 },
    query,
    impact: (0.25 + 0.3 * Math.min(1, found.relative / 0.5)) * measure.weight,
    pattern: `course:${isMore}`,
    chart: lineChart(series, pieces),
  };
}

function pairedP(one: readonly number[], two: readonly number[]): number {
  const { mean, variance, n } = momentsOf(one.map((value, index) => two[index]! - value));
  return variance === 0 ? 1 : studentTwoSided(mean / Math.sqrt(variance / n), n - 1);
}

function attribution(
  subject: Subject,
  series: Series,
  groups: readonly Series[],
  { before, after, beforeName, afterName }: Stretches,
): Found | undefined {
  const { measure, values, periods, axis } = series;
  const total = sumOf(values.slice(...after)) - sumOf(values.slice(...before));
  const old = sumOf(values.slice(...before));
  if (groups.length < 3 || old <= 0 || Math.abs(total) < 0.03 * old) return undefined;
  const changes = groups.map((group) => {
    const at = new Map(group.periods.map((period, index) => [period, group.values[index]!]));
    const of = ([from, to]: readonly [number, number]): number[] =>
      periods.slice(from, to).map((period) => at.get(period) ?? 0);
    return { group: group.within!, old: of(before), recent: of(after) };
  });
  const sized = changes.map((each) => ({ ...each, change: sumOf(each.recent) - sumOf(each.old) }));
  const top = sized.reduce((one, two) =>
    two.change * Math.sign(total) > one.change * Math.sign(total) ? two : one,
  );
  const share = top.change / total;
  const usual = sumOf(top.old) / old;
  if (share < 0.4 || share < 1.4 * usual) return undefined;
  const found = { total: Math.abs(total), change: Math.abs(top.change), share };
  const grouping = subject.groupings.find(({ name }) => name === top.group.column)!;
  const verb = total > 0 ? "rises" : "falls";
  const { unit } = measure;
  const pieces: Piece[] = [
    "From ",
    { name: beforeName },
    " to ",
    { name: afterName },
    " ",
    { name: measureName(measure) },
    ` ${verb} by `,
    { value: "total", unit },
    "; ",
    { name: top.group.value },
    ` alone ${verb} by `,
    { value: "change", unit },
    ...(share <= 1 ? ([" (", { value: "share", as: "percent" }, " of it)"] as Piece[]) : []),
    ".",
  ];
  const condition = `${grouping.sql} = ${quoteText(top.group.value)}`;
  return {
    kind: "attribution",
    columns: [measure.name, top.group.column, axis.column],
    names: { group: top.group.value, before: beforeName, after: afterName },
    statement: statementOf(pieces, found),
    values: found,
    n: top.old.length + top.recent.length,
    test: "Welch's t of the group's periods before and after",
    p: welchP(momentsOf(top.old), momentsOf(top.recent)),
    effect: { name: "share of change", value: share },
    query: `SELECT ${axis.sql} AS period, sum(${measure.sql}), sum(CASE WHEN ${condition} THEN ${measure.sql} END) FROM ${subject.sql} GROUP BY 1 ORDER BY 1`,
    impact: (0.3 + 0.3 * Math.min(1, share) + 0.2 * Math.min(1, Math.abs(total) / old)) * measure.weight,
    pattern: `attribution:${top.group.value}`,
  };
}
