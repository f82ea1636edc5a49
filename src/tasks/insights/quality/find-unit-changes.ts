import { median } from "simple-statistics";
import { statementOf } from "../statement.ts";
import { momentsOf, welchP } from "../statistics/two-groups.ts";
import { type Measure, plainName, type Subject } from "../subjects.ts";
import type { RunQuery } from "../time-grain.ts";
import type { Candidate, Look } from "../types.ts";
import { cellsOfRows } from "./cells-of-rows.ts";

/** Fewer rows can't be told from rows that are large for reasons of their own. */
const [leastRows, leastPart] = [24, 5];
const mostBlocks = 150;

/** Stretches of rows whose numbers are 10, 100 or 1,000 times as large as all others: entered in another unit. */
export async function findUnitChanges(subject: Subject, run: RunQuery): Promise<Look> {
  const [candidates, pValues]: [Candidate[], number[]] = [[], []];
  for (const measure of subject.measures) {
    const points = logsOf(measure);
    if (points === undefined) continue;
    const plain = findStretch(points.logs);
    if (plain === undefined) continue;
    // A table sorted by product has such jumps too; they vanish within each product.
    if (!groupsOf(subject, points.rows).every((groups) => holdsWithin(points.logs, plain, groups))) continue;
    const p = stretchP(points.logs, plain);
    pValues.push(p);
    if (p < 0.01) candidates.push(await describe(subject, measure, { ...plain, p, rows: points.rows }, run));
  }
  return { candidates, pValues };
}

type Points = { readonly logs: readonly number[]; readonly rows: readonly number[] };
type Stretch = { readonly from: number; readonly to: number; readonly powers: number };

function logsOf({ profile }: Measure): Points | undefined {
  const { values, present } = profile.column;
  const { min = 0, max = 0 } = profile.range ?? {};
  // Small numbers around zero are no other unit.
  if (min < 0 && max > 0) return undefined;
  const [logs, rows]: [number[], number[]] = [[], []];
  for (let row = 0; row < values.length; row++) {
    if (present[row] === 0 || values[row] === 0) continue;
    logs.push(Math.log10(Math.abs(values[row]!)));
    rows.push(row);
  }
  return logs.length < leastRows ? undefined : { logs, rows };
}

/** The stretch that lies apart most, if it is apart by a whole power of ten from the first row to the last. */
function findStretch(logs: readonly number[]): Stretch | undefined {
  const size = Math.ceil(logs.length / mostBlocks);
  const coarse = bestStretch(blockMeans(logs, size), Math.max(1, Math.ceil(leastPart / size)));
  const [from, to] = size === 1 ? [coarse.from, coarse.to] : refine(logs, coarse, size);
  const [inside, outside] = [logs.slice(from, to), [...logs.slice(0, from), ...logs.slice(to)]];
  if (inside.length < leastPart || outside.length < leastPart) return undefined;
  const apart = median(inside) - median(outside);
  const powers = Math.round(apart);
  if (powers === 0 || Math.abs(powers) > 3 || Math.abs(apart - powers) > 0.2) return undefined;
  const spread = (values: readonly number[]): number => {
    const centre = median(values as number[]);
    return 1.4826 * median(values.map((value) => Math.abs(value - centre)));
  };
  if (Math.max(spread(inside), spread(outside)) > 0.35 * Math.abs(powers)) return undefined;
  return isAbrupt(logs, from, powers) && isAbrupt(logs, to, -powers) ? { from, to, powers } : undefined;
}

/** Just before and just after the edge the numbers are apart as well; the ends of the column are no edges. */
function isAbrupt(logs: readonly number[], edge: number, powers: number): boolean {
  if (edge === 0 || edge === logs.length) return true;
  const [before, after] = [logs.slice(Math.max(0, edge - 9), edge), logs.slice(edge, edge + 9)];
  return Math.abs(median(after) - median(before) - powers) < 0.45;
}

function blockMeans(values: readonly number[], size: number): Float64Array {
  return Float64Array.from({ length: Math.ceil(values.length / size) }, (_, block) => {
    const own = values.slice(block * size, (block + 1) * size);
    return own.reduce((sum, each) => sum + each, 0) / own.length;
  });
}

/** The stretch from `from` up to `to` whose mean differs most from that of all others, for their lengths. */
function bestStretch(values: Float64Array, least: number): { from: number; to: number; gain: number } {
  const n = values.length;
  const sums = new Float64Array(n + 1);
  for (let index = 0; index < n; index++) sums[index + 1] = sums[index]! + values[index]!;
  const total = sums[n]!;
  let best = { from: 0, to: least, gain: -1 };
  for (let from = 0; from < n; from++) {
    for (let to = from + least; to <= n; to++) {
      const inside = to - from;
      // The half that is shorter is the one that was entered otherwise.
      if (inside > n / 2) break;
      const own = sums[to]! - sums[from]!;
      const apart = own / inside - (total - own) / (n - inside);
      const gain = (apart * apart * inside * (n - inside)) / n;
      if (gain > best.gain) best = { from, to, gain };
    }
  }
  return best;
}

/** The edges to the row: each goes where the values around it are parted best. */
function refine(
  logs: readonly number[],
  { from, to }: { from: number; to: number },
  size: number,
): [number, number] {
  const n = logs.length;
  const edge = (near: number): number => {
    if (near <= 0) return 0;
    if (near >= n) return n;
    const [low, high] = [Math.max(0, near - 3 * size), Math.min(n, near + 3 * size)];
    let [at, gain] = [near, -1];
    let sum = 0;
    const total = logs.slice(low, high).reduce((all, each) => all + each, 0);
    for (let index = low + 1; index < high; index++) {
      sum += logs[index - 1]!;
      const left = index - low;
      const right = high - index;
      const apart = sum / left - (total - sum) / right;
      const own = (apart * apart * left * right) / (left + right);
      if (own > gain) [at, gain] = [index, own];
    }
    return at;
  };
  return [edge(from * size), edge(Math.min(n, to * size))];
}

/** Welch's t of the stretch against all other rows, times the number of stretches that it was chosen from. */
function stretchP(logs: readonly number[], { from, to }: Stretch): number {
  const [inside, outside] = [logs.slice(from, to), [...logs.slice(0, from), ...logs.slice(to)]];
  const stretches = (logs.length * (logs.length - 1)) / 2;
  return Math.min(1, stretches * welchP(momentsOf(inside), momentsOf(outside)));
}

/** The group of each of these rows, for every column that parts them into few groups. */
function groupsOf({ profile, groupings }: Subject, rows: readonly number[]): number[][] {
  return groupings
    .filter(({ groups }) => groups <= Math.max(2, rows.length / 6))
    .map(({ name }) => {
      const { values, present } = profile.columns.find(({ column }) => column.name === name)!.column;
      return rows.map((row) => (present[row] === 0 ? -1 : values[row]!));
    });
}

/** True where the stretch is apart by the same power within the groups that stand both in it and out of it. */
function holdsWithin(
  logs: readonly number[],
  { from, to, powers }: Stretch,
  groups: readonly number[],
): boolean {
  const inside = new Map<number, number[]>();
  const outside = new Map<number, number[]>();
  logs.forEach((log, index) => {
    const side = index >= from && index < to ? inside : outside;
    const own = side.get(groups[index]!) ?? [];
    own.push(log);
    side.set(groups[index]!, own);
  });
  const shared = [...inside].filter(([group]) => outside.has(group));
  const rows = shared.reduce((sum, [, own]) => sum + own.length, 0);
  if (rows < 0.5 * (to - from)) return false;
  const apart = shared.flatMap(([group, own]) => {
    const other = median(outside.get(group)!);
    return own.map((log) => log - other);
  });
  return Math.abs(median(apart) - powers) < 0.3;
}

async function describe(
  subject: Subject,
  measure: Measure,
  { from, to, powers, p, rows }: Stretch & { readonly p: number; readonly rows: readonly number[] },
  run: RunQuery,
): Promise<Candidate> {
  const { loaded, sql, found } = subject;
  const [first, last] = [rows[from]!, rows[to - 1]!];
  const query = `SELECT rowid BETWEEN ${first} AND ${last} AS apart, median(abs(${measure.sql})), count(*) FROM ${sql} WHERE ${measure.sql} <> 0 GROUP BY 1 ORDER BY 1`;
  const result = (await run(query)).rows;
  const [usual = 0, own = 0] = [Number(result[0]?.[1]), Number(result[1]?.[1])];
  const { sheetRows } = found.table;
  const values = {
    from: sheetRows[first] ?? first + 1,
    to: sheetRows[last] ?? last + 1,
    count: to - from,
    usual,
    own,
    factor: 10 ** Math.abs(powers),
    ratio: own / usual,
  };
  const { unit } = measure;
  return {
    kind: "unit-change",
    table: loaded.description.name,
    columns: [measure.name],
    names: {},
    statement: statementOf(
      [
        { name: plainName(measure.name) },
        " seems to be in another unit from row ",
        { value: "from", as: "count" },
        " to ",
        { value: "to", as: "count" },
        powers > 0 ? ": about " : ": a part of one in ",
        { value: "factor", as: "count" },
        powers > 0 ? " times as large as elsewhere (median " : " of elsewhere (median ",
        { value: "own", unit },
        " against ",
        { value: "usual", unit },
        ").",
      ],
      values,
    ),
    values,
    n: rows.length,
    test: "Welch's t of logarithms, times the number of stretches",
    p,
    effect: { name: "ratio of medians", value: values.ratio },
    query,
    cells: cellsOfRows(subject, measure.profile.column.column, rows.slice(from, to)),
    impact: 1,
    pattern: `unit:${first}-${last}`,
  };
}
