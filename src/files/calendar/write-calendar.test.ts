import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { type CalendarMeeting, writeCalendar } from "./write-calendar.ts";

function meeting(changes: Partial<CalendarMeeting> = {}): CalendarMeeting {
  return {
    uid: "7d1c@tandem",
    title: "Follow-up",
    start: new Date("2026-11-24T14:00:00Z"),
    durationMinutes: 45,
    attendees: [],
    created: new Date("2026-11-17T13:12:00Z"),
    ...changes,
  };
}

function parsed(text: string): ICAL.Component {
  const component = new ICAL.Component(ICAL.parse(text));
  const event = component.getFirstSubcomponent("vevent");
  if (event === null) throw new Error("no event");
  return event;
}

const ann = { name: "Ann Lee", email: "ann@acme.example" };
const bo = { name: "Bo Berg", email: "bo@north.example" };

describe("writeCalendar", () => {
  it("writes UTC times that do not depend on this machine", () => {
    const event = parsed(writeCalendar(meeting()));
    expect(event.getFirstPropertyValue("dtstart")?.toString()).toBe("2026-11-24T14:00:00Z");
    expect(event.getFirstPropertyValue("dtend")?.toString()).toBe("2026-11-24T14:45:00Z");
    expect(event.getFirstPropertyValue("dtstamp")?.toString()).toBe("2026-11-17T13:12:00Z");
    expect(event.getFirstPropertyValue("sequence")).toBe(0);
    expect(writeCalendar(meeting())).not.toContain("TZID");
  });

  it("invites the people whose address is known and names the others in the description", () => {
    const text = writeCalendar(
      meeting({ organizer: ann, attendees: [bo, { name: "Cy Young" }], description: "Hosting" }),
    );
    const event = parsed(text);
    expect(text).toContain("METHOD:REQUEST\r\n");
    const attendees = event.getAllProperties("attendee");
    expect(attendees.map((property) => property.getFirstValue())).toEqual(["mailto:bo@north.example"]);
    expect(attendees[0]?.getFirstParameter("cn")).toBe("Bo Berg");
    expect(event.getFirstPropertyValue("organizer")).toBe("mailto:ann@acme.example");
    expect(event.getFirstPropertyValue("description")).toBe("Hosting\n\nAlso taking part: Cy Young");
  });

  it("invites nobody when no address is known", () => {
    const text = writeCalendar(meeting({ organizer: { name: "Ann Lee" }, attendees: [{ name: "Bo Berg" }] }));
    expect(text).not.toMatch(/ATTENDEE|ORGANIZER|METHOD|mailto/);
    expect(parsed(text).getFirstPropertyValue("description")).toBe("Also taking part: Ann Lee, Bo Berg");
  });

  it("keeps attendees out of a published entry, as RFC 5546 wants", () => {
    const text = writeCalendar(meeting({ method: "PUBLISH", organizer: ann, attendees: [bo] }));
    expect(text).toContain("METHOD:PUBLISH\r\n");
    expect(text).not.toContain("ATTENDEE");
    expect(parsed(text).getFirstPropertyValue("description")).toContain("Bo Berg <bo@north.example>");
  });

  it("says the local time when the zone is known, across a change of the clocks", () => {
    const event = parsed(writeCalendar(meeting({ timeZone: "Europe/Stockholm" })));
    expect(event.getFirstPropertyValue("description")).toMatch(
      /24 November 2026.*15:00 \(Europe\/Stockholm\)/,
    );
    const summer = meeting({ timeZone: "Europe/Stockholm", start: new Date("2026-07-01T14:00:00Z") });
    expect(parsed(writeCalendar(summer)).getFirstPropertyValue("description")).toContain("16:00");
  });

  it("folds at 75 octets without cutting a character, and ends every line with CRLF", () => {
    const title = `Ünïcode ${"日本語".repeat(20)} ${"👩‍🚀".repeat(12)}`;
    const text = writeCalendar(meeting({ title, description: "é".repeat(300) }));
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
    for (const line of text.split("\r\n")) {
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
      expect(line.isWellFormed()).toBe(true);
    }
    expect(parsed(text).getFirstPropertyValue("summary")).toBe(title);
  });

  it("cannot be made to write a property of an attacker's choice", () => {
    const evil = "Lee\r\nATTENDEE:mailto:evil@x.example";
    const text = writeCalendar(
      meeting({
        uid: `1\r\nX-EVIL:1`,
        title: evil,
        location: evil,
        organizer: { name: evil, email: "ann@acme.example" },
        attendees: [
          { name: 'A "Q" ^ B', email: "q@acme.example" },
          { name: "Bad", email: "b@x.example\r\nX-EVIL:1" },
        ],
      }),
    );
    expect(text).not.toMatch(/^(?:X-EVIL|ATTENDEE:)/m);
    const event = parsed(text);
    expect(event.getAllProperties("attendee")).toHaveLength(1);
    expect(event.getFirstProperty("attendee")?.getFirstParameter("cn")).toBe('A "Q" ^ B');
    expect(event.getFirstPropertyValue("description")).toBe("Also taking part: Bad");
  });

  it("refuses what is no meeting, with a hint", () => {
    expect(() => writeCalendar(meeting({ start: new Date("x") }))).toThrow(/valid start/);
    expect(() => writeCalendar(meeting({ durationMinutes: 0 }))).toThrow(/0 minutes/);
    expect(() => writeCalendar(meeting({ durationMinutes: Number.NaN }))).toThrow(/NaN/);
    expect(() => writeCalendar(meeting({ timeZone: "Mars/Base" }))).toThrow(/not a time zone/);
    expect(() => writeCalendar(meeting({ method: "REQUEST", attendees: [bo] }))).toThrow(/addresses/);
  });

  it("gives back any title, place and description", () => {
    const line = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 200 })
      .map((raw) => raw.replace(/[\u0000-\u001F\u007F]/g, "").toWellFormed())
      .filter((clean) => clean !== "");
    fc.assert(
      fc.property(line, line, fc.array(line, { minLength: 1, maxLength: 5 }), (title, location, texts) => {
        const description = texts.join("\n");
        const event = parsed(writeCalendar(meeting({ title, location, description })));
        expect(event.getFirstPropertyValue("summary")).toBe(title);
        expect(event.getFirstPropertyValue("location")).toBe(location);
        expect(event.getFirstPropertyValue("description")).toBe(description);
      }),
    );
  });

  it("writes the same text for the same meeting", () => {
    const twice = meeting({ organizer: ann, attendees: [bo], timeZone: "Europe/Dublin" });
    expect(writeCalendar(twice)).toBe(writeCalendar(twice));
  });
});
