import { DAY, wallOf } from "../../files/calendar/wall-clock.ts";
import { commonTime, MINUTE, type Search, searchOf, startsIn } from "./free-time.ts";
import { localTime } from "./local-time.ts";
import type { Availability, ProposedSlot, ProposeSlotsOptions } from "./types.ts";
import { minutesOfDay, USUAL_HOURS, zoneOf } from "./working-hours.ts";

/** A start with what speaks for it; the higher the better. */
type Rated = { readonly start: number; readonly day: number; readonly score: number };

const LUNCH = [12 * 60, 13 * 60] as const;
/** What a day later costs: a day costs less than a bad hour and a week costs more. */
const COST_OF_A_DAY = 0.07;
const APART: number = 2 * 60 * MINUTE;

/**
 * Times at which every side works and is free, in order, on quarters of an hour and rather on full and half hours:
 * on different days where that can be, early days first, at hours that suit the side they suit least. Empty when there
 * is none; `explainNoSlot` says why.
 */
export function proposeSlots(
  availabilities: readonly Availability[],
  options: ProposeSlotsOptions,
): ProposedSlot[] {
  const search = searchOf(availabilities, options);
  const rated = startsIn(commonTime(availabilities, search), search.length).map((start) =>
    rate(start, availabilities, search),
  );
  return choose(rated, search)
    .map(({ start }) => start)
    .sort((a, b) => a - b)
    .map((start) => slotAt(start, search.length, availabilities));
}

/** A slot with the clocks of each side. */
export function slotAt(start: number, length: number, availabilities: readonly Availability[]): ProposedSlot {
  const [from, to] = [new Date(start), new Date(start + length)];
  return { start: from, end: to, local: availabilities.map((side) => localTime(side, from, to)) };
}

function rate(start: number, availabilities: readonly Availability[], search: Search): Rated {
  const comforts = availabilities.map((side) => comfort(side, start, search.length));
  const worst = Math.min(...comforts);
  const mean = comforts.reduce((sum, one) => sum + one, 0) / comforts.length;
  const day = dayOf(start, availabilities);
  const daysAhead = day - dayOf(search.from, availabilities);
  const minute = (start / MINUTE) % 60;
  const roundness = minute === 0 ? 0.06 : minute === 30 ? 0.04 : 0;
  return { start, day, score: worst + mean / 10 + roundness - COST_OF_A_DAY * Math.min(daysAhead, 60) };
}

function dayOf(instant: number, [first]: readonly Availability[]): number {
  return Math.floor(wallOf(instant, zoneOf(first?.timeZone ?? "UTC")) / DAY);
}

/** 1 in the middle of a side's day, less in its first and last hour, over lunch and late on a Friday. */
function comfort(side: Availability, start: number, length: number): number {
  const { start: opens, end: closes } = side.workingHours ?? USUAL_HOURS;
  const wall = wallOf(start, zoneOf(side.timeZone));
  const from = (wall % DAY) / MINUTE;
  const to = from + length / MINUTE;
  const margin = Math.max(0, Math.min(from - minutesOfDay(opens), minutesOfDay(closes) - to));
  const lunch = Math.max(0, Math.min(to, LUNCH[1]) - Math.max(from, LUNCH[0]));
  const isLateFriday = new Date(wall).getUTCDay() === 5 && to > 16 * 60;
  return 0.4 + 0.6 * Math.min(1, margin / 60) - 0.3 * Math.min(1, lunch / 30) - (isLateFriday ? 0.15 : 0);
}

/** The best of each day, then, when there are too few days, more of the same days that are well apart. */
function choose(rated: readonly Rated[], { count, length }: Search): Rated[] {
  const sorted = [...rated].sort((a, b) => b.score - a.score || a.start - b.start);
  const chosen: Rated[] = [];
  const add = (fits: (one: Rated, other: Rated) => boolean): void => {
    for (const one of sorted) {
      if (chosen.length >= count) return;
      if (chosen.every((other) => fits(one, other))) chosen.push(one);
    }
  };
  add((one, other) => one.day !== other.day);
  add((one, other) => Math.abs(one.start - other.start) >= length + APART);
  add((one, other) => Math.abs(one.start - other.start) >= length);
  return chosen;
}
