import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainNoSlot } from "./explain-no-slot.ts";
import { proposeSlots } from "./propose-slots.ts";
import type { Availability, ProposedSlot, ProposeSlotsOptions } from "./types.ts";

const HOUR = 3_600_000;
const at = (text: string): Date => new Date(`2026-${text}Z`);
const busy = (...times: readonly string[]): Availability["busy"] =>
  times.map((time) => {
    const [start = "", end = ""] = time.split("/");
    return { start: at(start), end: at(end) };
  });
const side = (name: string, timeZone: string, ...times: readonly string[]): Availability => ({
  side: name,
  timeZone,
  busy: busy(...times),
});
const week: ProposeSlotsOptions = {
  durationMinutes: 60,
  within: { from: at("11-23T00:00"), to: at("11-28T00:00") },
};
const starts = (slots: readonly ProposedSlot[]): string[] =>
  slots.map((slot) => slot.start.toISOString().slice(5, 16));

describe("proposeSlots", () => {
  it("spreads over the first days, at comfortable hours", () => {
    expect(starts(proposeSlots([side("acme", "Europe/Lisbon")], week))).toEqual([
      "11-23T10:00",
      "11-24T10:00",
      "11-25T10:00",
    ]);
  });

  it("does not give one side the last hour for the other's first when there is better", () => {
    const slots = proposeSlots([side("acme", "Europe/Lisbon"), side("north", "Europe/Helsinki")], week);
    for (const slot of slots) {
      const [lisbon, helsinki] = slot.local.map((one) => Number(one.start.slice(11, 13)));
      expect(lisbon).toBeGreaterThanOrEqual(10);
      expect(helsinki).toBeLessThanOrEqual(15);
    }
    expect(slots[0]?.local[1]?.text).toMatch(
      /^Monday 23 November 2026, 1\d:\d\d–1\d:\d\d \(Helsinki, UTC\+2\)$/,
    );
    expect(slots[0]?.local[1]?.start).toMatch(/\+02:00$/);
  });

  it("takes several times of one day, well apart, where there is only that day", () => {
    const within = { from: at("11-23T00:00"), to: at("11-24T00:00") };
    const slots = proposeSlots([side("acme", "UTC")], { ...week, within });
    expect(slots).toHaveLength(3);
    for (const [index, slot] of slots.slice(1).entries())
      expect(slot.start.getTime() - (slots[index]?.start.getTime() ?? 0)).toBeGreaterThanOrEqual(2 * HOUR);
  });

  it("keeps what is gone, and a buffer, out", () => {
    const now = at("11-23T13:40");
    const [first] = proposeSlots([side("acme", "UTC")], { ...week, now, count: 1 });
    expect(first?.start.getTime()).toBeGreaterThanOrEqual(now.getTime());
    const full = side(
      "acme",
      "UTC",
      "11-23T09:00/11-23T11:00",
      "11-23T13:00/11-23T17:00",
      "11-24T00:00/11-28T00:00",
    );
    expect(starts(proposeSlots([full], week))).toEqual(["11-23T11:00", "11-23T12:00"]);
    expect(starts(proposeSlots([full], { ...week, bufferMinutes: 30 }))).toEqual(["11-23T11:30"]);
    expect(proposeSlots([full], { ...week, bufferMinutes: 45 })).toEqual([]);
  });

  it("works for a caller that knows only the time and the length", () => {
    const slots = proposeSlots([side("a", "UTC"), side("b", "Europe/Paris")], {
      now: at("11-23T08:00"),
      durationMinutes: 30,
    });
    expect(slots).toHaveLength(3);
  });

  it("refuses what cannot be asked for", () => {
    const one = [side("a", "UTC")];
    expect(() => proposeSlots([], week)).toThrow(/at least one side/);
    expect(() => proposeSlots(one, { ...week, durationMinutes: 0 })).toThrow(/0 minutes/);
    expect(() => proposeSlots(one, { ...week, count: 0 })).toThrow(/0 proposals/);
    expect(() => proposeSlots(one, { durationMinutes: 30 })).toThrow(/no period/);
    expect(() => proposeSlots([side("a", "Mars/Base")], week)).toThrow(/not a time zone/);
    const within = { from: at("11-23T00:00"), to: new Date("2028-01-01") };
    expect(() => proposeSlots(one, { ...week, within })).toThrow(/at most a year/);
    const odd = { ...side("a", "UTC"), workingHours: { start: "17:00", end: "09:00" } };
    expect(() => proposeSlots([odd], week)).toThrow(/cannot go from/);
  });

  it("finds a time if and only if a search by the clocks finds one, and proposes no other", () => {
    fc.assert(
      fc.property(scenario, ({ sides, options }) => {
        const slots = proposeSlots(sides, options);
        const possible = new Set(bruteForce(sides, options));
        for (const slot of slots) {
          expect(possible.has(slot.start.getTime())).toBe(true);
          expect(slot.end.getTime() - slot.start.getTime()).toBe(options.durationMinutes * 60_000);
        }
        expect(slots.length > 0).toBe(possible.size > 0);
        expect(slots.length).toBeLessThanOrEqual(options.count ?? 3);
        for (const [index, slot] of slots.slice(1).entries())
          expect(slot.start.getTime()).toBeGreaterThanOrEqual(slots[index]?.end.getTime() ?? 0);
        const none = explainNoSlot(sides, options);
        expect(none === undefined).toBe(slots.length > 0);
        expect(none?.reason).not.toBe("");
      }),
      { numRuns: 250 },
    );
  });
});

const zones = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Sydney",
  "Asia/Kathmandu",
  "America/Santiago",
];

/** Weeks around the changes of the clocks in both hemispheres. */
const scenario = fc
  .record({
    from: fc
      .constantFrom("2026-03-25", "2026-10-22", "2026-11-23", "2026-04-02", "2026-09-02")
      .map((day) => new Date(day)),
    days: fc.integer({ min: 1, max: 6 }),
    durationMinutes: fc.constantFrom(15, 30, 45, 60, 90, 240),
    bufferMinutes: fc.constantFrom(0, 0, 10, 30),
    count: fc.integer({ min: 1, max: 6 }),
    sides: fc.array(
      fc.record({
        timeZone: fc.constantFrom(...zones),
        opens: fc.integer({ min: 6, max: 11 }),
        hours: fc.integer({ min: 2, max: 12 }),
        days: fc.constantFrom([1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6, 7], [2, 4]),
        busy: fc.array(fc.tuple(fc.integer({ min: -20, max: 900 }), fc.integer({ min: 1, max: 60 })), {
          maxLength: 14,
        }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ from, days, sides, ...rest }) => ({
    options: { ...rest, within: { from, to: new Date(from.getTime() + days * 24 * HOUR) } },
    sides: sides.map((one, index): Availability => {
      const end = Math.min(23, one.opens + one.hours);
      const clock = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;
      return {
        side: `side ${index}`,
        timeZone: one.timeZone,
        workingHours: { start: clock(one.opens), end: clock(end), days: one.days },
        // Tens of minutes, so that busy times begin off the quarters too.
        busy: one.busy.map(([start, length]) => ({
          start: new Date(from.getTime() + start * 600_000),
          end: new Date(from.getTime() + (start + length) * 600_000),
        })),
      };
    }),
  }));

/** Every quarter of an hour, minute by minute by what the clocks of each side show. */
function bruteForce(
  sides: readonly Availability[],
  options: ProposeSlotsOptions & { bufferMinutes: number },
): number[] {
  const { within, durationMinutes, bufferMinutes } = options;
  if (within === undefined) return [];
  const found: number[] = [];
  for (
    let start = within.from.getTime();
    start + durationMinutes * 60_000 <= within.to.getTime();
    start += 900_000
  ) {
    const end = start + durationMinutes * 60_000;
    const isFree = sides.every(
      (one) =>
        isWorking(one, start, end) &&
        one.busy.every(
          (taken) =>
            taken.end.getTime() + bufferMinutes * 60_000 <= start ||
            taken.start.getTime() - bufferMinutes * 60_000 >= end,
        ),
    );
    if (isFree) found.push(start);
  }
  return found;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function isWorking({ timeZone, workingHours }: Availability, start: number, end: number): boolean {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  clocks.set(timeZone, clock);
  const names = ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  // Five-minute steps; the end itself need not be worked, so the last moment before it is looked at.
  for (let time = start; time < end; time += 300_000) {
    const part = Object.fromEntries(clock.formatToParts(time).map(({ type, value }) => [type, value]));
    const shown = `${part.hour}:${part.minute}`;
    const isDay = workingHours?.days?.includes(names.indexOf(part.weekday ?? "")) === true;
    if (!isDay || shown < workingHours.start || shown >= workingHours.end) return false;
  }
  return true;
}

describe("explainNoSlot", () => {
  const relaxed = (sides: Availability[], options = week): string[] =>
    (explainNoSlot(sides, { ...options, knownUntil: at("12-20T00:00") })?.relaxations ?? []).map(
      ({ kind, text, slot }) => `${kind}: ${text}: ${slot.start.toISOString().slice(5, 16)}`,
    );

  it("says that the working hours never meet, and which hours would", () => {
    const sides = [side("acme", "Europe/Lisbon"), side("west", "America/Los_Angeles")];
    const none = explainNoSlot(sides, week);
    expect(none?.obstacle).toBe("hours-apart");
    expect(none?.reason).toBe(
      "the working hours meet for no time at all: acme 09:00–17:00 Mon–Fri (Europe/Lisbon); west 09:00–17:00 Mon–Fri (America/Los_Angeles)",
    );
    expect(relaxed(sides)[0]).toBe(
      "other-hours: outside the hours of acme at 16:30–17:30 and west at 08:30–09:30: 11-23T16:30",
    );
  });

  it("says whose calendar is full, and offers a shorter or a later meeting", () => {
    const full = side("north", "UTC", "11-23T00:00/11-24T10:00", "11-24T10:30/11-28T00:00");
    const none = explainNoSlot([side("acme", "UTC"), full], week);
    expect(none?.obstacle).toBe("side-busy");
    expect(none?.reason).toBe("north is free for at most 30 minutes on end");
    expect(relaxed([side("acme", "UTC"), full]).slice(0, 2)).toEqual([
      "shorter: 30 minutes instead of 60: 11-24T10:00",
      "later: after this period: 11-30T10:00",
    ]);
  });

  it("says that a period has no working days", () => {
    const within = { from: at("11-28T00:00"), to: at("11-30T00:00") };
    const none = explainNoSlot([side("acme", "UTC")], { ...week, within });
    expect(none?.obstacle).toBe("no-working-time");
    expect(none?.reason).toBe(
      "acme does not work for 60 minutes on end in this period (acme 09:00–17:00 Mon–Fri (UTC))",
    );
  });

  it("says that the sides are free, but not at once, and who could be left out", () => {
    const morning = side("a", "UTC", "11-23T12:00/11-28T00:00");
    const afternoon = side("b", "UTC", "11-23T00:00/11-23T12:00", "11-24T00:00/11-28T00:00");
    const none = explainNoSlot([morning, afternoon, side("c", "UTC")], week);
    expect(none?.obstacle).toBe("never-together");
    expect(none?.relaxations.map((one) => one.text)).toContain("without a");
    expect(none?.relaxations.map((one) => one.text)).not.toContain("without c");
  });
});
