import { z } from "zod";
import type { Task, TaskContext } from "../task.ts";
import { explainNoSlot, type NoSlot } from "./explain-no-slot.ts";
import { proposeSlots } from "./propose-slots.ts";
import { readCalendars, type SideCalendar } from "./read-calendars.ts";
import { readWithin } from "./read-within.ts";
import { sideCalendar } from "./side-calendar.ts";
import type { Period, ProposedSlot, WorkingHours } from "./types.ts";

export type SlotsInput = {
  readonly calendars: readonly SideCalendar[];
  readonly durationMinutes: number;
  readonly within?: string | undefined;
  readonly count?: number | undefined;
  readonly buffer?: number | undefined;
  readonly ignoreTentative?: boolean | undefined;
};

/** A side as it was reckoned with. */
export type SlotsSide = {
  readonly side: string;
  readonly timeZone: string;
  readonly workingHours: WorkingHours;
};

export type SlotsOutput = {
  /** In order. */
  readonly slots: readonly ProposedSlot[];
  /** Why there is no slot and what would give one. */
  readonly none?: NoSlot;
  readonly period: Period;
  readonly durationMinutes: number;
  readonly sides: readonly SlotsSide[];
  /** What was assumed or left out. */
  readonly notes: readonly string[];
};

const DEFAULT_WITHIN = "next 14 days";
/** How far beyond the period a later time is looked for when there is none in it. */
const AFTERWARDS = 28 * 86_400_000;

const input: z.ZodType<SlotsInput> = z.strictObject({
  calendars: z
    .array(sideCalendar)
    .min(1)
    .max(50)
    .describe("Each side's calendar; several of one side count together"),
  durationMinutes: z.int().min(5).max(720).describe("Length of the meeting in minutes"),
  within: z
    .string()
    .trim()
    .min(1)
    .optional()
    .describe('When: "next week", "by Friday", 2026-12-01..2026-12-05 (default: the next 14 days)'),
  count: z.int().min(1).max(50).optional().describe("How many times to propose (default: 3)"),
  buffer: z.int().min(0).max(720).optional().describe("Minutes to keep free around other meetings"),
  ignoreTentative: z.boolean().optional().describe("Count what is only tentative as free"),
});

/** Finds times at which all sides work and are free, from their calendars, and says why when there is none. */
export const slotsTask: Task<SlotsInput, SlotsOutput> = {
  name: "slots",
  summary: "Propose times for a meeting at which every side is free.",
  input,
  run: async (request, context) => findSlots(request, context),
};

function findSlots(request: SlotsInput, { now, timeZone, emit }: TaskContext): SlotsOutput {
  const period = readWithin(request.within ?? DEFAULT_WITHIN, { now, timeZone });
  const known = { from: period.from, to: new Date(period.to.getTime() + AFTERWARDS) };
  emit({ kind: "step-started", step: "reading the calendars" });
  const { availabilities, notes, warnings } = readCalendars(request.calendars, {
    period: known,
    timeZone,
    isTentativeBusy: request.ignoreTentative !== true,
  });
  const options = {
    durationMinutes: request.durationMinutes,
    within: period,
    now,
    knownUntil: known.to,
    ...(request.count === undefined ? {} : { count: request.count }),
    ...(request.buffer === undefined ? {} : { bufferMinutes: request.buffer }),
  };
  const slots = proposeSlots(availabilities, options);
  const none = slots.length > 0 ? undefined : explainNoSlot(availabilities, options);
  return {
    slots,
    ...(none === undefined ? {} : { none }),
    period,
    durationMinutes: request.durationMinutes,
    sides: availabilities.map(({ side, timeZone: zone, workingHours: hours }) => ({
      side,
      timeZone: zone,
      workingHours: hours ?? { start: "09:00", end: "17:00" },
    })),
    notes: [...notes, ...warnings.map(({ side, text }) => `${side}: ${text}`)],
  };
}
