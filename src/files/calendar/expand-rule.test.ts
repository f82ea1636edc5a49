import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { calendarEvent, calendarFile } from "./calendar.fixture.ts";
import { expandRule } from "./expand-rule.ts";
import { readBusy } from "./read-busy.ts";
import { ruleOf } from "./recurrence-rule.ts";
import { DAY, ianaZone, instantOfWall, wallOf } from "./wall-clock.ts";

const wall = (text: string): number => Date.parse(`${text}Z`);

function expand(rule: string, start: string, from: string, to: string): string[] {
  const read = ruleOf(ICAL.parse.property(`RRULE:${rule}`)[3]);
  if (read === undefined) throw new Error(`no rule: ${rule}`);
  const window = { start: wall(start), from: wall(from), to: wall(to) };
  const { times, isComplete } = expandRule(read, window, { left: 100_000 });
  expect(isComplete).toBe(true);
  return times.map((time) => new Date(time).toISOString().slice(0, 19));
}

/** The same by ical.js's own iterator, which goes through every occurrence from the start. */
function byIcal(rule: string, start: string, from: string, to: string): string[] {
  const iterator = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateTimeString(start));
  const found: string[] = [];
  for (let steps = 0; steps < 30_000; steps++) {
    const next = iterator.next()?.toString();
    if (next === undefined || next > to) break;
    if (next >= from) found.push(next);
  }
  return found;
}

describe("expandRule", () => {
  it("gives the standard's own examples (RFC 5545, 3.8.5.3)", () => {
    const days = (rule: string, start: string, to: string): string =>
      expand(rule, `${start}T09:00:00`, `${start}T00:00:00`, `${to}T23:59:59`)
        .map((time) => time.slice(2, 10))
        .join(" ");
    expect(days("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22", "1999-01-01")).toBe(
      "97-09-22 97-10-20 97-11-17 97-12-22 98-01-19 98-02-16",
    );
    expect(days("FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28", "1998-02-28")).toBe(
      "97-09-28 97-10-29 97-11-28 97-12-29 98-01-29 98-02-26",
    );
    expect(days("FREQ=YEARLY;BYDAY=20MO", "1997-05-19", "1999-12-31")).toBe("97-05-19 98-05-18 99-05-17");
    expect(days("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12", "1999-12-31")).toBe(
      "97-05-12 98-05-11 99-05-17",
    );
    expect(days("FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", "1997-01-01", "2006-12-31")).toBe(
      "97-01-01 97-04-10 97-07-19 00-01-01 00-04-09 00-07-18 03-01-01 03-04-10 03-07-19 06-01-01",
    );
    expect(days("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", "1998-12-31")).toBe(
      "97-09-04 97-10-07 97-11-06",
    );
    expect(days("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29", "1998-03-31")).toBe(
      "97-09-29 97-10-30 97-11-27 97-12-30 98-01-29 98-02-26 98-03-30",
    );
    expect(days("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05", "1998-12-31")).toBe(
      "97-08-05 97-08-10 97-08-19 97-08-24",
    );
    expect(days("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05", "1998-12-31")).toBe(
      "97-08-05 97-08-17 97-08-19 97-08-31",
    );
    expect(days("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1998-02-13", "2000-12-31")).toBe(
      "98-02-13 98-03-13 98-11-13 99-08-13 00-10-13",
    );
    expect(
      days("FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "1996-11-05", "2005-01-01"),
    ).toBe("96-11-05 00-11-07 04-11-02");
    expect(days("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15", "2008-12-31")).toBe(
      "07-01-15 07-01-30 07-02-15 07-03-15 07-03-30",
    );
    expect(days("FREQ=YEARLY", "2024-02-29", "2032-12-31")).toBe("24-02-29 28-02-29 32-02-29");
  });

  it("gives the standard's examples within a day", () => {
    const hours = (rule: string): string =>
      expand(rule, "1997-09-02T09:00:00", "1997-09-02T00:00:00", "1997-09-02T23:59:59")
        .map((time) => time.slice(11, 16))
        .join(" ");
    expect(hours("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000")).toBe("09:00 12:00 15:00");
    expect(hours("FREQ=MINUTELY;INTERVAL=90;COUNT=4")).toBe("09:00 10:30 12:00 13:30");
    expect(hours("FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20,40")).toBe("09:00 09:20 09:40 10:00 10:20 10:40");
    expect(hours("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10")).toBe("09:00 09:20 09:40 10:00 10:20 10:40");
  });

  it("agrees with ical.js's iterator on rules people use", () => {
    const weekday = fc.constantFrom("MO", "TU", "WE", "TH", "FR", "SA", "SU");
    const end = fc.constantFrom("", ";COUNT=7", ";COUNT=40", ";UNTIL=20260915T120000");
    const interval = fc.integer({ min: 1, max: 5 }).map((n) => `;INTERVAL=${n}`);
    const body = fc.oneof(
      fc.constantFrom("FREQ=DAILY", "FREQ=YEARLY", "FREQ=MONTHLY", "FREQ=WEEKLY"),
      fc
        .uniqueArray(weekday, { minLength: 1, maxLength: 5 })
        .map((days) => `FREQ=WEEKLY;BYDAY=${days.join(",")}`),
      fc
        .tuple(fc.constantFrom(1, 2, 3, 4, -1, -2), weekday)
        .map(([nth, day]) => `FREQ=MONTHLY;BYDAY=${nth}${day}`),
      fc.integer({ min: 1, max: 31 }).map((day) => `FREQ=MONTHLY;BYMONTHDAY=${day}`),
      fc
        .tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom(1, 2, -1), weekday)
        .map(([month, nth, day]) => `FREQ=YEARLY;BYMONTH=${month};BYDAY=${nth}${day}`),
    );
    const start = fc.integer({ min: 0, max: 900 }).map((days) => {
      const date = new Date(Date.UTC(2024, 0, 1) + days * DAY + 9 * 3_600_000);
      return date.toISOString().slice(0, 19);
    });
    fc.assert(
      fc.property(body, interval, end, start, (rule, every, last, begin) => {
        const text = `${rule}${every}${last}`;
        const [from, to] = ["2026-08-01T00:00:00", "2026-12-31T00:00:00"];
        const theirs = byIcal(text, begin, from, to);
        const first = ICAL.Recur.fromString(text)
          .iterator(ICAL.Time.fromDateTimeString(begin))
          .next()
          ?.toString();
        // They begin at the first day that fits, we at the start: COUNT then means another last day.
        fc.pre(first === begin);
        expect(expand(text, begin, from, to)).toEqual(theirs);
      }),
      { numRuns: 400 },
    );
  });

  it("agrees with a walk through the days by the clocks of a place", () => {
    const zones = [
      "Europe/Berlin",
      "America/New_York",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      "America/Santiago",
    ];
    const names = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 }),
        fc.integer({ min: 0, max: 23 * 2 }),
        fc.integer({ min: 0, max: 350 }),
        (zone, weekdays, half, ahead) => {
          const from = Date.UTC(2026, 0, 1) + ahead * DAY;
          const to = from + 20 * DAY;
          const time = `${String(half >> 1).padStart(2, "0")}${half % 2 === 0 ? "00" : "30"}00`;
          const ics = calendarFile(
            ...calendarEvent(
              `DTSTART;TZID=${zone}:20251201T${time}`,
              "DURATION:PT10M",
              `RRULE:FREQ=DAILY;BYDAY=${weekdays.map((day) => names[day]).join(",")}`,
            ),
          );
          const read = readBusy(ics, { from: new Date(from), to: new Date(to), timeZone: "UTC" });
          const clock = new Intl.DateTimeFormat("en-GB", {
            timeZone: zone,
            weekday: "short",
            hour: "2-digit",
            minute: "2-digit",
            hourCycle: "h23",
          });
          const seen = new Map<string, number>();
          for (let at = from; at < to; at += 30 * 60_000) {
            const part = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
            const day = names.indexOf((part.weekday ?? "").slice(0, 2).toUpperCase());
            if (`${part.hour}${part.minute}00` !== time || !weekdays.includes(day)) continue;
            const date = new Date(at + 12 * 3_600_000).toISOString().slice(0, 10);
            // The hour that comes twice counts once, the first time.
            if (
              !seen.has(date) &&
              ![...seen.values()].includes(at - 3_600_000) &&
              ![...seen.values()].includes(at - 1_800_000)
            )
              seen.set(date, at);
          }
          const skipped = read.busy.filter(({ start }) => ![...seen.values()].includes(start.getTime()));
          for (const { start } of skipped) {
            // Only a time that the clocks leave out may differ.
            const found = ianaZone(zone);
            if (found === undefined) throw new Error(zone);
            const shown = wallOf(start.getTime(), found) % DAY;
            expect(shown).not.toBe((half * 30 * 60_000) % DAY);
          }
          expect(read.busy.length - skipped.length).toBe(seen.size);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("instantOfWall", () => {
  it("is undone by wallOf wherever the clocks show that time", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          "Europe/Berlin",
          "America/New_York",
          "Australia/Lord_Howe",
          "Africa/Casablanca",
          "Asia/Kathmandu",
        ),
        fc.integer({ min: 0, max: 365 * 96 * 5 }),
        (name, quarters) => {
          const zone = ianaZone(name);
          if (zone === undefined) throw new Error(name);
          const instant = Date.UTC(2024, 0, 1) + quarters * 15 * 60_000;
          const back = instantOfWall(wallOf(instant, zone), zone);
          expect(wallOf(back, zone)).toBe(wallOf(instant, zone));
          expect(back).toBeLessThanOrEqual(instant);
        },
      ),
    );
  });

  it("knows zones by their IANA names only", () => {
    expect(ianaZone("Europe/Lisbon")?.offsetAt(Date.UTC(2026, 6, 1))).toBe(3_600_000);
    expect(ianaZone("W. Europe Standard Time")).toBeUndefined();
    expect(ianaZone("+01:00")).toBeUndefined();
  });
});
