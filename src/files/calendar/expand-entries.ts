import { expandRule, type WorkBudget } from "./expand-rule.ts";
import type { Stretch } from "./merge-intervals.ts";
import type { CalendarEntry, ZonedTime } from "./read-entry.ts";
import type { Length } from "./read-property.ts";
import { DAY, instantOfWall, type WallTime, wallOf } from "./wall-clock.ts";

export type ExpandOptions = {
  readonly from: number;
  readonly to: number;
  /** The work all entries together may make. */
  readonly budget: WorkBudget;
  readonly warn: (entry: CalendarEntry, warning: string) => void;
};

const WORK_OF_ONE = 50_000;

/** When the entries of one UID keep somebody busy: the series, and the occurrences that entries of their own replace. */
export function expandEntries(entries: readonly CalendarEntry[], options: ExpandOptions): Stretch[] {
  const newest = newestOf(entries);
  const series = newest.filter((entry) => entry.replaces === undefined);
  const replacing = newest.filter((entry) => entry.replaces !== undefined);
  const byInstant = new Map(replacing.map((entry) => [instantOf(entry.replaces), entry]));
  const later = replacing
    .filter((entry) => entry.isForFuture)
    .sort((a, b) => instantOf(a.replaces) - instantOf(b.replaces));
  const changes = later.map((entry) => instantOf(entry.replaces));
  const stretches = replacing.flatMap((entry) => stretchOf(entry, entry.start, entry.length));
  for (const entry of series) {
    if (entry.isCancelled) continue;
    for (const { start, length } of occurrencesOf(entry, later, options)) {
      const at = instantOf(start);
      if (byInstant.has(at)) continue;
      const changed = later[countBefore(changes, at) - 1];
      if (changed === undefined) stretches.push(...stretchOf(entry, start, length));
      else stretches.push(...stretchOf(changed, movedBy(start, changed), changed.length));
    }
  }
  return stretches;
}

/** How many of these, which are in order, lie before a time. */
function countBefore(sorted: readonly number[], at: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

const instantOf = (time: ZonedTime | undefined): number =>
  time === undefined ? Number.NaN : instantOfWall(time.wall, time.zone);

/** The newest version of each entry and of each replaced occurrence. */
function newestOf(entries: readonly CalendarEntry[]): CalendarEntry[] {
  const newest = new Map<string, CalendarEntry>();
  for (const entry of entries) {
    const key = String(instantOf(entry.replaces));
    const old = newest.get(key);
    const isNewer =
      old === undefined ||
      entry.sequence > old.sequence ||
      (entry.sequence === old.sequence && entry.stamp >= old.stamp);
    if (isNewer) newest.set(key, entry);
  }
  return [...newest.values()];
}

/** A later occurrence moves as the replaced one did, by the clocks on the wall. */
function movedBy(start: ZonedTime, entry: CalendarEntry): ZonedTime {
  const { replaces = entry.start } = entry;
  const zone = entry.start.zone;
  const shift = entry.start.wall - wallOf(instantOf(replaces), zone);
  return { wall: wallOf(instantOf(start), zone) + shift, zone, isDay: entry.start.isDay };
}

function stretchOf(entry: CalendarEntry, start: ZonedTime, length: Length): Stretch[] {
  if (entry.isCancelled || !entry.isBusy) return [];
  const begin = instantOf(start);
  const days = length.days === 0 ? begin : instantOfWall(start.wall + length.days * DAY, start.zone);
  const end = days + length.milliseconds;
  return end > begin ? [{ start: begin, end }] : [];
}

type Occurrence = { readonly start: ZonedTime; readonly length: Length };

/** The occurrences that can reach into the window, without those taken out. */
function occurrencesOf(
  entry: CalendarEntry,
  later: readonly CalendarEntry[],
  options: ExpandOptions,
): Occurrence[] {
  const { zone, isDay, wall } = entry.start;
  const times = new Set<WallTime>([wall]);
  const reach = reachOf(entry, later);
  const window = {
    start: wall,
    from: wallOf(options.from, zone) - reach,
    to: wallOf(options.to, zone) + reach,
  };
  for (const rule of entry.rules) {
    const given = Math.max(0, Math.min(WORK_OF_ONE, options.budget.left));
    const work = { left: given };
    const { times: found, isComplete } = expandRule(rule, window, work);
    options.budget.left -= given - work.left;
    if (!isComplete) options.warn(entry, "its rule gives too many occurrences, so some were left out");
    const { until } = rule;
    const isIn = (time: WallTime): boolean =>
      until?.kind !== "instant" || instantOfWall(time, zone) <= until.at || time === wall;
    for (const time of found) if (isIn(time)) times.add(time);
  }
  const all = [...times].map((time) => ({ start: { wall: time, zone, isDay }, length: entry.length }));
  const extra = entry.extra.map(({ start, length }) => ({ start, length: length ?? entry.length }));
  return [...all, ...extra].filter(({ start }) => !isTakenOut(entry, start));
}

/** How far outside the window an occurrence may begin and still matter: its length, and what a change moves it by. */
function reachOf(entry: CalendarEntry, later: readonly CalendarEntry[]): number {
  let [length, move] = [0, 0];
  for (const one of [entry, ...later])
    length = Math.max(length, one.length.days * DAY + one.length.milliseconds);
  for (const one of later) move = Math.max(move, Math.abs(instantOf(one.start) - instantOf(one.replaces)));
  return length + move + 2 * DAY;
}

function isTakenOut({ without }: CalendarEntry, start: ZonedTime): boolean {
  return (
    without.days.has(Math.floor(start.wall / DAY) * DAY) ||
    (without.instants.size > 0 && without.instants.has(instantOf(start)))
  );
}
