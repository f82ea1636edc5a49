import { describe, expect, it } from "vitest";
import { berlinZone, calendarEvent, calendarFile } from "./calendar.fixture.ts";
import { calendarZone } from "./calendar-zone.ts";

const event = (zone: string): string[] => calendarEvent(`DTSTART;TZID=${zone}:20261124T090000`);

describe("calendarZone", () => {
  it("is what the file states, else what most entries use, else the only zone described", () => {
    const lisbon = calendarFile("X-WR-TIMEZONE:Europe/Lisbon", ...event("Asia/Tokyo"));
    expect(calendarZone(lisbon)).toBe("Europe/Lisbon");
    const mostly = calendarFile(...event("Asia/Tokyo"), ...event("Europe/Paris"), ...event("Asia/Tokyo"));
    expect(calendarZone(mostly)).toBe("Asia/Tokyo");
    expect(calendarZone(calendarFile(...event('"W. Europe Standard Time"')))).toBe("Europe/Berlin");
    expect(calendarZone(calendarFile(...berlinZone("Romance Standard Time")))).toBe("Europe/Paris");
  });

  it("is undefined where the file says nothing of use", () => {
    for (const file of [
      "",
      "Dear all",
      calendarFile(),
      calendarFile("X-WR-TIMEZONE:UTC"),
      calendarFile(...event("Nowhere")),
    ])
      expect(calendarZone(file)).toBeUndefined();
  });
});
