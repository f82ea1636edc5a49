import { describe, expect, it } from "vitest";
import { TandemError } from "../../errors.ts";
import { readDurationText } from "./read-duration.ts";
import { readWithin } from "./read-within.ts";
import { readHours } from "./working-hours.ts";

// A Wednesday, 10:30 in Stockholm.
const now = new Date("2026-11-25T09:30:00Z");

function within(text: string, timeZone = "Europe/Stockholm"): string {
  const { from, to } = readWithin(text, { now, timeZone });
  const shown = (date: Date): string => date.toISOString().slice(0, 16);
  return `${shown(from)} ${shown(to)}`;
}
const days = (text: string): string => {
  const { from, to } = readWithin(text, { now, timeZone: "UTC" });
  return `${from.toISOString().slice(0, 10)} ${new Date(to.getTime() - 1).toISOString().slice(0, 10)}`;
};
function refusal(text: string): string {
  try {
    return within(text);
  } catch (error) {
    if (!(error instanceof TandemError) || error.code !== "bad-request") throw error;
    return `${error.message} | ${error.hint ?? ""}`;
  }
}

describe("readWithin", () => {
  it("reads words, from now on and by the clocks of the zone", () => {
    expect(within("today")).toBe("2026-11-25T09:30 2026-11-25T23:00");
    expect(within("tomorrow")).toBe("2026-11-25T23:00 2026-11-26T23:00");
    expect(within("this week")).toBe("2026-11-25T09:30 2026-11-29T23:00");
    expect(within("Next week")).toBe("2026-11-29T23:00 2026-12-06T23:00");
    expect(within("next week", "America/New_York")).toBe("2026-11-30T05:00 2026-12-07T05:00");
    expect(within("by Friday")).toBe("2026-11-25T09:30 2026-11-27T23:00");
  });

  it("reads periods in the forms that people write", () => {
    for (const [text, expected] of [
      ["the week after next", "2026-12-07 2026-12-13"],
      ["early next week", "2026-11-30 2026-12-01"],
      ["this month", "2026-11-25 2026-11-30"],
      ["next month", "2026-12-01 2026-12-31"],
      ["December", "2026-12-01 2026-12-31"],
      ["in January", "2027-01-01 2027-01-31"],
      ["next 14 days", "2026-11-25 2026-12-09"],
      ["in the next two weeks", "2026-11-25 2026-12-09"],
      ["2026-12-01..2026-12-05", "2026-12-01 2026-12-05"],
      ["2026-12-01 to 2026-12-05", "2026-12-01 2026-12-05"],
      ["2026-12-01", "2026-12-01 2026-12-01"],
      ["1 to 5 December", "2026-12-01 2026-12-05"],
      ["between 1 December and 5 December", "2026-12-01 2026-12-05"],
      ["Thursday", "2026-11-26 2026-11-26"],
      ["Thursday to Friday", "2026-11-26 2026-11-27"],
      ["next Tuesday", "2026-12-01 2026-12-01"],
      ["before Monday", "2026-11-25 2026-11-29"],
      ["nächste Woche", "2026-11-30 2026-12-06"],
      ["la semaine prochaine", "2026-11-30 2026-12-06"],
      ["próxima semana", "2026-11-30 2026-12-06"],
      ["25/12", "2026-12-25 2026-12-25"],
      ["1.12.2026", "2026-12-01 2026-12-01"],
    ] as const)
      expect(days(text), text).toBe(expected);
  });

  it("asks where words mean two days, and shows both", () => {
    expect(refusal("03/04")).toBe(
      '"03/04" can mean two days | write 2027-04-03 for Saturday 3 April 2027, or 2027-03-04 for Thursday 4 March 2027',
    );
    expect(refusal("by 05/06/2027")).toMatch(/can mean two days \| write 2027-06-05 .* or 2027-05-06/);
    expect(refusal("next Friday")).toMatch(/can mean two days \| write 2026-11-27 .* or 2026-12-04/);
    expect(refusal("Wednesday")).toMatch(/can mean two days \| write 2026-11-25 .* or 2026-12-02/);
  });

  it("refuses what names no days to come", () => {
    for (const text of [
      "soon",
      "2026-02-30",
      "2026-11-01",
      "yesterday",
      "x".repeat(5000),
      "99/99",
      "5 to 1 December",
    ])
      expect(refusal(text), text).toContain(" | ");
    expect(refusal("2026-11-01..2026-11-02")).toMatch(/is over: it is 2026-11-25 now/);
    expect(refusal("2026-12-05..2026-12-01")).toMatch(/ends before it begins/);
  });
});

describe("readHours", () => {
  it("reads hours with days and a zone", () => {
    expect(readHours("09:00-17:00@Europe/Lisbon")).toEqual({
      hours: { start: "09:00", end: "17:00", days: [1, 2, 3, 4, 5] },
      timeZone: "Europe/Lisbon",
    });
    expect(readHours("Sun-Thu 8-16:30").hours).toEqual({
      start: "08:00",
      end: "16:30",
      days: [1, 2, 3, 4, 7],
    });
    expect(readHours("@Asia/Tokyo").timeZone).toBe("Asia/Tokyo");
    for (const text of ["", "9", "17-9", "9-25", "9-17@Nowhere", "9:75-10"])
      expect(() => readHours(text)).toThrow();
  });
});

describe("readDurationText", () => {
  it("reads minutes and hours", () => {
    for (const [text, minutes] of [
      ["45m", 45],
      ["45", 45],
      ["1h", 60],
      ["1h30", 90],
      ["1.5h", 90],
      ["2 hours", 120],
      ["90 min", 90],
    ] as const)
      expect(readDurationText(text)).toBe(minutes);
    for (const text of ["", "soon", "0", "3", "13h", "1.33h", "-45m"])
      expect(() => readDurationText(text)).toThrow(/length/);
  });
});
