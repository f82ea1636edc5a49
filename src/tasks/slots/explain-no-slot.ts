import { meetingTime } from "../minutes/dates-for-people.ts";
import { commonTime, freeTime, MINUTE, type Search, searchOf, startsIn } from "./free-time.ts";
import { proposeSlots, slotAt } from "./propose-slots.ts";
import { intersect, type Stretch } from "./stretches.ts";
import type { Availability, ProposedSlot, ProposeSlotsOptions } from "./types.ts";
import { hoursText, minutesOfDay, USUAL_HOURS, workingStretches } from "./working-hours.ts";

/** What stands in the way: somebody's days, hours that never meet, one side's meetings, or all of them together. */
export type Obstacle = "no-working-time" | "hours-apart" | "side-busy" | "never-together";

/** A change of what was asked for that would give a time. */
export type Relaxation = {
  readonly kind: "shorter" | "later" | "other-hours" | "without-side";
  /** The change in words: `30 minutes instead of 60`. */
  readonly text: string;
  /** The best time then. */
  readonly slot: ProposedSlot;
};

export type NoSlot = {
  readonly obstacle: Obstacle;
  /** A sentence without its full stop. */
  readonly reason: string;
  /** The nearest first. */
  readonly relaxations: readonly Relaxation[];
};

export type ExplainOptions = ProposeSlotsOptions & {
  /** Until when the busy times are known, for times after the period. Defaults to its end. */
  readonly knownUntil?: Date;
};

const MOST_EXTRA_MINUTES = 180;

/** Why there is no time and what would give one; undefined when there is one. */
export function explainNoSlot(
  availabilities: readonly Availability[],
  options: ExplainOptions,
): NoSlot | undefined {
  const search = searchOf(availabilities, options);
  if (startsIn(commonTime(availabilities, search), search.length).length > 0) return undefined;
  const relaxations = [
    shorter(availabilities, options, search),
    later(availabilities, options),
    otherHours(availabilities, options),
    ...withoutOne(availabilities, options),
  ].filter((one) => one !== undefined);
  return { ...obstacleOf(availabilities, search), relaxations };
}

function obstacleOf(
  availabilities: readonly Availability[],
  search: Search,
): Pick<NoSlot, "obstacle" | "reason"> {
  const fits = (stretches: readonly Stretch[]): boolean => startsIn(stretches, search.length).length > 0;
  const works = availabilities.map((side) => workingStretches(side, search.from, search.to));
  const off = availabilities.find((_side, index) => !fits(works[index] ?? []));
  if (off !== undefined)
    return {
      obstacle: "no-working-time",
      reason: `${off.side} does not work for ${search.length / MINUTE} minutes on end in this period (${workText(off)})`,
    };
  const together = works.reduce((common, one) => intersect(common, one));
  if (!fits(together))
    return {
      obstacle: "hours-apart",
      reason: `the working hours meet for ${longest(together)}: ${availabilities.map(workText).join("; ")}`,
    };
  const full = availabilities.filter((side) => !fits(freeTime(side, search)));
  if (full.length > 0)
    return {
      obstacle: "side-busy",
      reason: full
        .map((side) => `${side.side} is free for ${longest(freeTime(side, search))}`)
        .join(", and "),
    };
  return {
    obstacle: "never-together",
    reason: `each side has time, but they are free together for ${longest(commonTime(availabilities, search))}`,
  };
}

function longest(stretches: readonly Stretch[]): string {
  const minutes = Math.max(0, ...stretches.map(({ start, end }) => Math.floor((end - start) / MINUTE)));
  return minutes === 0 ? "no time at all" : `at most ${minutes} minutes on end`;
}

const workText = (side: Availability): string =>
  `${side.side} ${hoursText(side.workingHours ?? USUAL_HOURS)} (${side.timeZone})`;

function first(
  availabilities: readonly Availability[],
  options: ProposeSlotsOptions,
): ProposedSlot | undefined {
  return proposeSlots(availabilities, { ...options, count: 1 })[0];
}

/** The longest meeting that fits, in steps of 5 minutes from 10. */
function shorter(
  availabilities: readonly Availability[],
  options: ProposeSlotsOptions,
  search: Search,
): Relaxation | undefined {
  const common = commonTime(availabilities, search);
  for (let minutes = Math.ceil(options.durationMinutes / 5) * 5 - 5; minutes >= 10; minutes -= 5) {
    if (startsIn(common, minutes * MINUTE).length === 0) continue;
    const slot = first(availabilities, { ...options, durationMinutes: minutes });
    if (slot !== undefined)
      return { kind: "shorter", text: `${minutes} minutes instead of ${options.durationMinutes}`, slot };
  }
  return undefined;
}

function later(availabilities: readonly Availability[], options: ExplainOptions): Relaxation | undefined {
  const { within, knownUntil } = options;
  if (within === undefined || knownUntil === undefined || knownUntil <= within.to) return undefined;
  const slot = first(availabilities, { ...options, within: { from: within.to, to: knownUntil } });
  return slot === undefined ? undefined : { kind: "later", text: "after this period", slot };
}

/** The smallest stretching of everybody's day that gives a time, and whose day it is that is stretched. */
function otherHours(
  availabilities: readonly Availability[],
  options: ProposeSlotsOptions,
): Relaxation | undefined {
  for (let extra = 30; extra <= MOST_EXTRA_MINUTES; extra += 30) {
    const stretched = availabilities.map((side) => stretch(side, extra));
    const slot = first(stretched, options);
    if (slot === undefined) continue;
    const outside = availabilities.filter((side) => !isWithinHours(side, slot));
    const names = outside.map((side) => {
      const clock = meetingTime(
        slot.start.toISOString(),
        (slot.end.getTime() - slot.start.getTime()) / MINUTE,
        side.timeZone,
      );
      return `${side.side} at ${/\d{2}:\d{2}–\d{2}:\d{2}/u.exec(clock)?.[0] ?? clock}`;
    });
    return {
      kind: "other-hours",
      text: `outside the hours of ${names.join(" and ")}`,
      slot: slotAt(slot.start.getTime(), slot.end.getTime() - slot.start.getTime(), availabilities),
    };
  }
  return undefined;
}

function stretch(side: Availability, minutes: number): Availability {
  const hours = side.workingHours ?? USUAL_HOURS;
  const start = Math.max(0, minutesOfDay(hours.start) - minutes);
  const end = Math.min(24 * 60, minutesOfDay(hours.end) + minutes);
  const text = (time: number): string =>
    `${String(Math.floor(time / 60)).padStart(2, "0")}:${String(time % 60).padStart(2, "0")}`;
  return { ...side, workingHours: { ...hours, start: text(start), end: text(end) } };
}

function isWithinHours(side: Availability, { start, end }: ProposedSlot): boolean {
  return workingStretches(side, start.getTime(), end.getTime()).some(
    (one) => one.start === start.getTime() && one.end === end.getTime(),
  );
}

/** Which single side it is that stands in the way of the others. */
function withoutOne(availabilities: readonly Availability[], options: ProposeSlotsOptions): Relaxation[] {
  if (availabilities.length < 3) return [];
  return availabilities.flatMap((side): Relaxation[] => {
    const rest = availabilities.filter((other) => other !== side);
    const slot = first(rest, options);
    return slot === undefined ? [] : [{ kind: "without-side", text: `without ${side.side}`, slot }];
  });
}
