import type { PlantedCell } from "./made-sheet.fixture.ts";
import type { PlantedWorkbook } from "./planted-workbooks.fixture.ts";
import type { Finding } from "./types.ts";

/**
 * The values of a finding and its p, computed a second time from the rows as they were made: other code than the
 * finder's, plain loops over all rows, without the engine, the reader or any of its statistics.
 */
export type Recomputed = { readonly values: Readonly<Record<string, number>>; readonly p?: number };

type Rows = PlantedWorkbook["rows"];
type Point = { readonly period: string; readonly value: number; readonly at: number };

/** Computes a finding again. Throws for a kind that these workbooks can't give. */
export function recomputeFinding(finding: Finding, workbook: PlantedWorkbook): Recomputed {
  const { names, kind } = finding;
  const column = (name: string): number => workbook.header.indexOf(name);
  const { rows } = workbook;
  const measure = column(finding.columns[0] ?? "");
  const series = (): Point[] => seriesOf(finding, workbook);
  switch (kind) {
    case "trend":
      return trend(withoutSeasons(series(), names.adjusted), middle(series().map(({ value }) => value)));
    case "change-point":
      return "slopeBefore" in finding.values ? bend(series(), names.period!) : step(series(), names.period!);
    case "outlier":
      return outlier(series(), names.period!, names.design!);
    case "seasonality":
      return seasonality(
        series().filter(({ period }) => period !== names.without),
        Number(names.high),
        Number(names.low),
        names.baseline!,
      );
    case "dominance":
      return dominance(rows, measure, column(finding.columns[1]!), names);
    case "outlier-group":
      return outlierGroup(rows, measure, column(finding.columns[1]!), names.group!);
    case "correlation":
      return correlation(rows, measure, column(finding.columns[1]!), names.by === "changes");
    case "period-change":
      return periodChange(series(), names);
    case "attribution":
      return attribution(finding, workbook);
    case "missing":
      return missing(rows, measure);
    case "duplicates":
      return duplicates(rows, measure);
    case "unit-change":
      return unitChange(rows, measure, finding.values);
    default:
      throw new Error(`no second computation of ${kind}`);
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

const summed = /amount|cost|revenue|visitors|returns|delivery/i;

/** Months, or days where the week is what is told; the first and last only where the dates reach their ends. */
function seriesOf(finding: Finding, { header, rows }: PlantedWorkbook): Point[] {
  const [measure, time, within] = finding.columns.map((name) => header.indexOf(name));
  const isDaily = / follows the week/.test(finding.statement.text);
  const own =
    within === undefined || finding.names.within === undefined
      ? rows
      : rows.filter((row) => row[within] === finding.names.within);
  const days = [...new Set(rows.map((row) => String(row[time!])))].sort();
  const [first, last] = [dayOf(days[0]!), dayOf(days.at(-1)!)];
  const isEveryDay = (last - first) / days.length < 1.1;
  const gap = isEveryDay ? 0 : Math.max(2, (3 * (last - first)) / days.length);
  const cells = new Map<string, PlantedCell[]>();
  for (const row of own) {
    const day = String(row[time!]);
    const period = isDaily ? day : day.slice(0, 7);
    cells.set(period, [...(cells.get(period) ?? []), row[measure!]!]);
  }
  const isSummed = summed.test(header[measure!]!);
  const points = [...cells].flatMap(([period, all]): Omit<Point, "at">[] => {
    const filled = all.filter((each) => each !== null) as number[];
    if (filled.length < 0.7 * all.length || filled.length === 0) return [];
    if (!isDaily && (dayOf(`${period}-01`) < first - gap || endOf(period) > last + gap)) return [];
    return [{ period, value: isSummed ? sum(filled) : mean(filled) }];
  });
  points.sort((one, two) => (one.period < two.period ? -1 : 1));
  const place = (period: string): number =>
    isDaily ? dayOf(period) : Number(period.slice(0, 4)) * 12 + Number(period.slice(5));
  return points.map((point) => ({ ...point, at: place(point.period) - place(points[0]!.period) }));
}

function dayOf(text: string): number {
  return Date.parse(`${text}T00:00Z`) / 86_400_000;
}

function endOf(month: string): number {
  return Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0) / 86_400_000;
}

/** Between all points, or between those of the same month or weekday. */
function medianSlope(points: readonly Point[], bySeason = false): number {
  // Long series are looked at in every so many points; so does the finder say it does.
  const every = Math.ceil(points.length / 400);
  const kept = points.filter((_, index) => index % every === 0);
  const isPair = (one: Point, two: Point): boolean =>
    !bySeason || (one.period.length === 10 ? (two.at - one.at) % 7 === 0 : (two.at - one.at) % 12 === 0);
  return middle(
    kept.flatMap((one, index) =>
      kept
        .slice(index + 1)
        .flatMap((two) => (isPair(one, two) ? [(two.value - one.value) / (two.at - one.at)] : [])),
    ),
  );
}

function trend(points: readonly Point[], level: number): Recomputed {
  const n = points.length;
  const slope = medianSlope(points);
  let s = 0;
  points.forEach((one, index) => {
    for (const two of points.slice(index + 1))
      s += two.value > one.value ? 1 : two.value < one.value ? -1 : 0;
  });
  const z = (Math.abs(s) - 1) / Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  return {
    values: { slope, level, tau: s / ((n * (n - 1)) / 2), relative: Math.abs(slope / level), n },
    p: 2 * area((x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI), z, z + 12),
  };
}

/** What is left over of each value above a line through the middle, or above the means before and after a step. */
function above(points: readonly Point[], baseline: string): number[] {
  const values = points.map(({ value }) => value);
  if (baseline === "line") {
    const slope = medianSlope(points, true);
    const rest = points.map(({ value, at }) => value - slope * at);
    return rest.map((each) => each - middle(rest));
  }
  const at = points.findIndex(({ period }) => period === baseline);
  return values.map((value, index) => value - mean(index < at ? values.slice(0, at) : values.slice(at)));
}

function withoutSeasons(points: readonly Point[], baseline: string | undefined): Point[] {
  if (baseline === undefined) return [...points];
  const rest = above(points, baseline);
  const month = ({ period }: Point): string => period.slice(5, 7);
  return points.map((point) => ({
    ...point,
    value: point.value - middle(rest.filter((_, index) => month(points[index]!) === month(point))),
  }));
}

function step(points: readonly Point[], period: string): Recomputed {
  const at = points.findIndex((point) => point.period === period);
  const values = points.map(({ value }) => value);
  const [before, after] = [mean(values.slice(0, at)), mean(values.slice(at))];
  return {
    values: {
      before,
      after,
      relative: Math.abs(after - before) / before,
      beforeCount: at,
      afterCount: points.length - at,
    },
    p: welch(values.slice(0, at), values.slice(at)),
  };
}

function bend(points: readonly Point[], period: string): Recomputed {
  const knee = points.find((point) => point.period === period)!.at;
  const design = points.map(({ at }) => [1, at, Math.max(0, at - knee)]);
  const [, before, more] = solveLeastSquares(
    design,
    points.map(({ value }) => value),
  );
  return { values: { slopeBefore: before!, slopeAfter: before! + more! } };
}

function outlier(points: readonly Point[], period: string, design: string): Recomputed {
  const index = points.findIndex((point) => point.period === period);
  const values = points.map(({ value }) => value);
  const rows = designRows(points, design);
  if (rows === undefined) return { values: {} };
  const others = points.map((_, at) => at).filter((at) => at !== index);
  const without = solveLeastSquares(
    others.map((at) => rows[at]!),
    others.map((at) => values[at]!),
  );
  const all = solveLeastSquares(rows, values);
  const product = (row: readonly number[], by: readonly number[]): number =>
    sum(row.map((each, at) => each * by[at]!));
  const expected = product(rows[index]!, without);
  const value = values[index]!;
  const residuals = values.map((each, at) => each - product(rows[at]!, all));
  // The spread that the other values have around their own fit, and how sure that fit is at this place.
  const freedom = others.length - rows[0]!.length;
  const variance = sum(others.map((at) => (values[at]! - product(rows[at]!, without)) ** 2)) / freedom;
  const reach = solveSquare(gram(others.map((at) => rows[at]!)), rows[index]!);
  const t = Math.abs(value - expected) / Math.sqrt(variance * (1 + product(rows[index]!, reach)));
  return {
    values: {
      value,
      expected,
      factor: value / expected,
      less: 1 - value / expected,
      robustZ: Math.abs(value - expected) / (1.4826 * middle(residuals.map(Math.abs))),
    },
    p: Math.min(1, points.length * studentTail(t, freedom)),
  };
}

/** Undefined for courses whose turning point the finding does not name. */
function designRows(points: readonly Point[], design: string): number[][] | undefined {
  const [course, season] = design.split("+");
  if (course !== "flat" && course !== "trend") return undefined;
  return points.map(({ at, period }) => {
    const month = Number(period.slice(5, 7));
    const months =
      season === undefined ? [] : Array.from({ length: 11 }, (_, index) => (month === index + 2 ? 1 : 0));
    return [1, ...(course === "trend" ? [at] : []), ...months];
  });
}

function seasonality(points: readonly Point[], high: number, low: number, baseline: string): Recomputed {
  const flat = above(points, baseline);
  const isDaily = points[0]!.period.length === 10;
  const count = isDaily ? 7 : 12;
  const season = ({ period }: Point): number =>
    isDaily ? (new Date(`${period}T00:00Z`).getUTCDay() + 6) % 7 : Number(period.slice(5, 7)) - 1;
  const means = Array.from({ length: count }, (_, each) =>
    mean(flat.filter((_, index) => season(points[index]!) === each)),
  );
  const level = mean(points.map(({ value }) => value));
  const centre = mean(means);
  // One of some hundred shuffles at most may be as far apart.
  const spread = (values: readonly number[]): number =>
    sum(
      Array.from({ length: count }, (_, each) => {
        const own = values.filter((_, index) => season(points[index]!) === each);
        return own.length * (mean(own) - mean(values)) ** 2;
      }),
    );
  const observed = spread(flat);
  const draws = 400;
  let state = 12_345;
  let atLeast = 0;
  for (let draw = 0; draw < draws; draw++) {
    const shuffled = [...flat];
    for (let last = shuffled.length - 1; last > 0; last--) {
      state = (state * 48_271) % 2_147_483_647;
      const other = state % (last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
    }
    if (spread(shuffled) >= observed) atLeast++;
  }
  return {
    values: {
      above: (means[high]! - centre) / level,
      below: (means[low]! - centre) / level,
      cycles: points.length / count,
    },
    p: (atLeast + 1) / (draws + 1),
  };
}

function totals(rows: Rows, measure: number, group: number): [string, number][] {
  const found = new Map<string, number>();
  for (const row of rows) {
    if (row[measure] === null || row[group] === null) continue;
    found.set(String(row[group]), (found.get(String(row[group])) ?? 0) + Number(row[measure]));
  }
  return [...found].sort(([, one], [, two]) => two - one);
}

function dominance(rows: Rows, measure: number, group: number, names: Finding["names"]): Recomputed {
  const all = totals(rows, measure, group);
  const whole = sum(all.map(([, total]) => total));
  const shares = all.map(([, total]) => total / whole);
  const hhi = sum(shares.map((share) => share * share));
  if (names.group === undefined) {
    const top = Math.ceil(all.length / 5);
    return { values: { top, groups: all.length, topShare: sum(shares.slice(0, top)), hhi } };
  }
  const share = (name: string | undefined): number => shares[all.findIndex(([each]) => each === name)]!;
  return { values: { share: share(names.group), second: share(names.second), hhi, groups: all.length } };
}

function outlierGroup(rows: Rows, measure: number, group: number, name: string): Recomputed {
  const known = rows.filter((row) => row[measure] !== null && row[group] !== null);
  const of = (wanted: string): number[] =>
    known.filter((row) => row[group] === wanted).map((row) => Number(row[measure]));
  const others = known.filter((row) => row[group] !== name).map((row) => Number(row[measure]));
  const centres = [...new Set(known.map((row) => String(row[group])))].map(
    (each) => [each, mean(of(each).map(Math.log))] as const,
  );
  const centre = middle(centres.map(([, each]) => each));
  const scale = 1.4826 * middle(centres.map(([, each]) => Math.abs(each - centre)));
  const own = of(name);
  return {
    values: {
      own: mean(own),
      others: mean(others),
      factor: mean(own) / mean(others),
      robustZ: Math.abs(mean(own.map(Math.log)) - centre) / scale,
      count: own.length,
    },
    p: welch(own, others),
  };
}

function correlation(rows: Rows, one: number, two: number, byChange: boolean): Recomputed {
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
  const freedom = pairs.length - 2;
  return {
    values: { rho, n: pairs.length },
    p: studentTail(Math.abs(rho) * Math.sqrt(freedom / (1 - rho * rho)), freedom),
  };
}

function periodChange(points: readonly Point[], names: Finding["names"]): Recomputed {
  const [old, recent] = stretches(points, names);
  const [before, after] = [sum(old), sum(recent)];
  return { values: { before, after, relative: Math.abs(after / before - 1) } };
}

function attribution(finding: Finding, workbook: PlantedWorkbook): Recomputed {
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

function missing(rows: Rows, column: number): Recomputed {
  const empty = rows.flatMap((row, index) => (row[column] === null ? [index + 2] : []));
  let best: number[] = [];
  let run: number[] = [];
  for (const row of empty) {
    run = run.at(-1) === row - 1 ? [...run, row] : [row];
    if (run.length > best.length) best = run;
  }
  const values = { missing: empty.length, all: rows.length, share: empty.length / rows.length };
  return { values: { ...values, block: best.length, from: best[0]!, to: best.at(-1)! } };
}

function duplicates(rows: Rows, measure: number): Recomputed {
  const seen = new Set<string>();
  let [extra, amount] = [0, 0];
  for (const row of rows) {
    const key = JSON.stringify(row);
    if (seen.has(key)) {
      extra++;
      amount += Number(row[measure] ?? 0);
    }
    seen.add(key);
  }
  const total = sum(rows.map((row) => Number(row[measure] ?? 0)));
  return {
    values: { extra, all: rows.length, share: extra / rows.length, amount, amountShare: amount / total },
  };
}

function unitChange(rows: Rows, measure: number, { from, to, factor }: Finding["values"]): Recomputed {
  const at = (row: number): boolean => row + 2 >= from! && row + 2 <= to!;
  const known = (inside: boolean): number[] =>
    rows.flatMap((row, index) =>
      row[measure] !== null && at(index) === inside ? [Math.abs(Number(row[measure]))] : [],
    );
  const [own, usual] = [middle(known(true)), middle(known(false))];
  return {
    values: {
      from: from!,
      to: to!,
      count: known(true).length,
      usual,
      own,
      factor: factor!,
      ratio: own / usual,
    },
    p: welch(known(true).map(Math.log10), known(false).map(Math.log10)),
  };
}

function welch(one: readonly number[], two: readonly number[]): number {
  const part = (values: readonly number[]): number =>
    sum(values.map((each) => (each - mean(values)) ** 2)) / (values.length - 1) / values.length;
  const [a, b] = [part(one), part(two)];
  const freedom = (a + b) ** 2 / (a ** 2 / (one.length - 1) + b ** 2 / (two.length - 1));
  return studentTail(Math.abs(mean(one) - mean(two)) / Math.sqrt(a + b), freedom);
}

/** Both tails of Student's t: its density integrated over the angle, where it is `cos^(f-1)`. */
function studentTail(t: number, freedom: number): number {
  const density = (angle: number): number => Math.cos(angle) ** (freedom - 1);
  const start = Math.atan(t / Math.sqrt(freedom));
  return area(density, start, Math.PI / 2) / area(density, 0, Math.PI / 2);
}

/** Simpson's rule. */
function area(density: (x: number) => number, from: number, to: number): number {
  const steps = 4_000;
  const width = (to - from) / steps;
  let total = 0;
  for (let index = 0; index <= steps; index++) {
    const weight = index === 0 || index === steps ? 1 : index % 2 === 1 ? 4 : 2;
    total += weight * density(from + index * width);
  }
  return (total * width) / 3;
}

function gram(rows: readonly (readonly number[])[]): number[][] {
  const width = rows[0]!.length;
  return Array.from({ length: width }, (_, one) =>
    Array.from({ length: width }, (_, two) => sum(rows.map((row) => row[one]! * row[two]!))),
  );
}

function solveLeastSquares(rows: readonly (readonly number[])[], values: readonly number[]): number[] {
  const right = rows[0]!.map((_, column) => sum(rows.map((row, index) => row[column]! * values[index]!)));
  return solveSquare(gram(rows), right);
}

/** Gauss and Jordan, with pivots. */
function solveSquare(left: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = left.map((row, index) => [...row, right[index]!]);
  for (let column = 0; column < rows.length; column++) {
    let pivot = column;
    for (let row = column; row < rows.length; row++)
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let row = 0; row < rows.length; row++) {
      if (row === column) continue;
      const factor = rows[row]![column]! / rows[column]![column]!;
      rows[row] = rows[row]!.map((each, at) => each - factor * rows[column]![at]!);
    }
  }
  return rows.map((row, index) => row.at(-1)! / row[index]!);
}
