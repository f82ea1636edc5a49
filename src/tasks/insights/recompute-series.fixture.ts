import type { PlantedCell } from "./made-sheet.fixture.ts";
import type { PlantedWorkbook } from "./planted-workbooks.fixture.ts";
import { mean, middle, sum } from "./second-arithmetic.fixture.ts";
import type { Finding } from "./types.ts";

/** A period of a series, and where it comes counted in periods from the first. */
export type Point = { readonly period: string; readonly value: number; readonly at: number };

/** A finding computed a second time: its values, and its p where it was tested. */
export type Recomputed = { readonly values: Readonly<Record<string, number>>; readonly p?: number };

const summed = /amount|cost|revenue|visitors|returns|delivery|stock/i;

type Grain = "day" | "week" | "month";

/** What the finding says it was gathered by; that its query is right is what its values show. */
function grainOf({ query }: Finding): Grain {
  if (/date_trunc\('week'/.test(query)) return "week";
  return /'%Y-%m-%d'/.test(query) ? "day" : "month";
}

/** The first and last period only where the dates reach their ends. */
export function seriesOf(finding: Finding, { header, rows }: PlantedWorkbook): Point[] {
  const [measure, time, within] = finding.columns.map((name) => header.indexOf(name));
  const grain = grainOf(finding);
  const own =
    within === undefined || finding.names.within === undefined
      ? rows
      : rows.filter((row) => row[within] === finding.names.within);
  const days = [...new Set(rows.map((row) => String(row[time!])))].sort();
  const [first, last] = [dayOf(days[0]!), dayOf(days.at(-1)!)];
  const spacing = (last - first) / days.length;
  const gap = spacing < 1.1 ? 0 : grain === "week" ? 2 : Math.max(2, 3 * spacing);
  const cells = new Map<string, PlantedCell[]>();
  for (const row of own) {
    const period = periodOf(String(row[time!]), grain);
    cells.set(period, [...(cells.get(period) ?? []), row[measure!]!]);
  }
  const isSummed = summed.test(header[measure!]!);
  const points = [...cells].flatMap(([period, all]): Omit<Point, "at">[] => {
    const filled = all.filter((each) => each !== null) as number[];
    if (filled.length < 0.7 * all.length || filled.length === 0) return [];
    const [start, end] = spanOf(period, grain);
    if (grain !== "day" && (start < first - gap || end > last + gap)) return [];
    return [{ period, value: isSummed ? sum(filled) : mean(filled) }];
  });
  points.sort((one, two) => (one.period < two.period ? -1 : 1));
  const place = (period: string): number =>
    grain === "month"
      ? Number(period.slice(0, 4)) * 12 + Number(period.slice(5))
      : dayOf(period) / (grain === "week" ? 7 : 1);
  return points.map((point) => ({ ...point, at: place(point.period) - place(points[0]!.period) }));
}

function periodOf(day: string, grain: Grain): string {
  if (grain === "month") return day.slice(0, 7);
  if (grain === "day") return day;
  const monday = dayOf(day) - weekdayOf(day);
  return new Date(monday * 86_400_000).toISOString().slice(0, 10);
}

function spanOf(period: string, grain: Grain): [number, number] {
  if (grain !== "month") return [dayOf(period), dayOf(period) + (grain === "week" ? 6 : 0)];
  const [year, month] = [Number(period.slice(0, 4)), Number(period.slice(5))];
  return [dayOf(`${period}-01`), Date.UTC(year, month, 0) / 86_400_000];
}

function dayOf(text: string): number {
  return Date.parse(`${text}T00:00Z`) / 86_400_000;
}

/** 0 is Monday. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7;
}

/** The median slope between all points, or between those of the same month or weekday. */
export function medianSlope(points: readonly Point[], bySeason = false): number {
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

/** What is left over of each value above a line through the middle, or above the means before and after a step. */
export function above(points: readonly Point[], baseline: string): number[] {
  const values = points.map(({ value }) => value);
  if (baseline === "line") {
    const slope = medianSlope(points, true);
    const rest = points.map(({ value, at }) => value - slope * at);
    return rest.map((each) => each - middle(rest));
  }
  const at = points.findIndex(({ period }) => period === baseline);
  return values.map((value, index) => value - mean(index < at ? values.slice(0, at) : values.slice(at)));
}

/** The points less what their month adds; as they are without a `baseline`. */
export function withoutSeasons(points: readonly Point[], baseline: string | undefined): Point[] {
  if (baseline === undefined) return [...points];
  const rest = above(points, baseline);
  const month = ({ period }: Point): string => period.slice(5, 7);
  return points.map((point) => ({
    ...point,
    value: point.value - middle(rest.filter((_, index) => month(points[index]!) === month(point))),
  }));
}
