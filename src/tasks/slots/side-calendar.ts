import { z } from "zod";
import type { SideCalendar } from "./read-calendars.ts";
import type { WorkingHours } from "./types.ts";

const workingHours: z.ZodType<WorkingHours> = z.strictObject({
  start: z.string(),
  end: z.string(),
  days: z.array(z.int().min(1).max(7)).min(1).optional(),
});

/** A side's calendar as a task's input. */
export const sideCalendar: z.ZodType<SideCalendar> = z.strictObject({
  side: z.string().trim().min(1).max(100),
  ics: z.string().describe("Text of an .ics file"),
  timeZone: z.string().optional().describe("IANA zone; otherwise what the calendar says"),
  workingHours: workingHours.optional().describe("Otherwise 09:00 to 17:00, Monday to Friday"),
  owner: z.string().optional().describe("The owner's address: what they declined is free"),
});
