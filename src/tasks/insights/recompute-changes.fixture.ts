import type { PlantedWorkbook } from "./planted-workbooks.fixture.ts";
import { type Point, type Recomputed, seriesOf } from "./recompute-series.fixture.ts";
import { mean, studentTail, sum, welch } from "./second-arithmetic.fixture.ts";
import type { Finding } from "./types.ts";

type Rows = PlantedWorkbook["rows"];

/** The rank correlation of two columns, or of their changes from row to row. */
export function recomputeCorrelation(rows: Rows, one: number, two: number, byChange: boolean): Recomputed {
  const known = rows
    .filter((row) => row[one] !== null && row[two] !== null)
    .map((row) => [Number(row[one]), Number(row[two])]);
  const pairs = byChange
    ? known.slice(1).map((pair, index) => pair.map((each, at) => each - known[index]![at]!))
    : known;
  const ranks = (values: readonly number[]): number[] =>
    values.map((value) => {
      let [below, equal] = [0, 0];
      for (const other of values) {
        if (other < value) below++;
        else if (other === value) equal++;
      }
      return below + (equal + 1) / 2;
    });
  const [x, y] = [ranks(pairs.map(([each]) => each!)), ranks(pairs.map(([, each]) => each!))];
  const [mx, my] = [mean(x), mean(y)];
  const product = sum(x.map((each, index) => (each - mx) * (y[index]! - my)));
  const rho =
    product / Math.sqrt(sum(x.map((each) => (each - mx) ** 2)) * sum(y.map((each) => (each - my) ** 2)));
  const freedom = pairs.length * independentShare(x, y) - 2;
  return {
    values: { rho, n: pairs.length },
    p: Math.max(
      studentTail(Math.abs(rho) * Math.sqrt(freedom / (1 - rho * rho)), freedom),
      shareOfTurns(x, y),
    ),
  };
}

/** What share of pairs in order of time count, where both columns carry over (Bartlett). */
function independentShare(x: readonly number[], y: readonly number[]): number {
  const n = x.length;
  const carried = (values: readonly number[], lag: number): number => {
    const centre = mean(values);
    const apart = values.map((each) => each - centre);
    return sum(apart.slice(lag).map((each, at) => each * apart[at]!)) / sum(apart.map((each) => each * each));
  };
  let more = 0;
  for (let lag = 1; lag <= Math.min(200, Math.floor(n / 2)); lag++)
    more += 2 * (1 - lag / n) * carried(x, lag) * carried(y, lag);
  return 1 / Math.max(1, 1 + more);
}

/** The share of turns of one column against the other, each kept in its order, that go together as much. */
function shareOfTurns(x: readonly number[], y: readonly number[]): number {
  const n = x.length;
  const [mx, my] = [mean(x), mean(y)];
  const together = (turn: number): number =>
    Math.abs(x.reduce((total, each, at) => total + (each - mx) * (y[(at + turn) % n]! - my), 0));
  const least = together(0) * (1 - 1e-12);
  const every = Math.ceil(n / 300);
  let [turns, atLeast] = [0, 0];
  for (let turn = every; turn < n; turn += every) {
    turns++;
    if (together(turn) >= least) atLeast++;
  }
  return (atLeast + 1) / (turns + 1);
}

/** Two years or halves, and the differences month by month. */
export function recomputePeriodChange(points: readonly Point[], names: Finding["names"]): Recomputed {
  const [old, recent] = stretches(points, names);
  const [before, after] = [sum(old), sum(recent)];
  const differences = recent.map((value, index) => value - old[index]!);
  const n = differences.length;
  const centre = mean(differences);
  const spread = Math.sqrt(sum(differences.map((each) => (each - centre) ** 2)) / (n - 1) / n);
  return {
    values: { before, after, relative: Math.abs(after / before - 1) },
    p: studentTail(Math.abs(centre) / spread, n - 1),
  };
}

/** The part of a change that is one group's. */
export function recomputeAttribution(finding: Finding, workbook: PlantedWorkbook): Recomputed {
  const [measure, group, time] = finding.columns;
  const whole = seriesOf({ ...finding, columns: [measure!, time!] }, workbook);
  const own = new Map<string, number>();
  const [m, g, t] = [measure, group, time].map((name) => workbook.header.indexOf(name!));
  for (const row of workbook.rows)
    if (row[g!] === finding.names.group && row[m!] !== null)
      own.set(String(row[t!]).slice(0, 7), (own.get(String(row[t!]).slice(0, 7)) ?? 0) + Number(row[m!]));
  const part = whole.map((point) => ({ ...point, value: own.get(point.period) ?? 0 }));
  const change = (points: readonly Point[]): number => {
    const [old, recent] = stretches(points, finding.names);
    return sum(recent) - sum(old);
  };
  const [total, mine] = [change(whole), change(part)];
  const [old, recent] = stretches(part, finding.names);
  return {
    values: { total: Math.abs(total), change: Math.abs(mine), share: mine / total },
    p: welch(old, recent),
  };
}

/** Two years, or the two halves of the time. */
function stretches(points: readonly Point[], { before, after }: Finding["names"]): [number[], number[]] {
  const of = (name: string): number[] =>
    points.filter(({ period }) => period.startsWith(name)).map(({ value }) => value);
  if (/^\d{4}$/.test(before!)) return [of(before!), of(after!)];
  const half = Math.floor(points.length / 2);
  const values = points.map(({ value }) => value);
  return [values.slice(0, half), values.slice(values.length - half)];
}
