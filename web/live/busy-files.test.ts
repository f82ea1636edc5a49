import { describe, expect, it } from "vitest";
import { mergeSlots, readBusyFiles } from "./busy-files.ts";

const options = {
  from: new Date("2026-03-02T00:00:00Z"),
  to: new Date("2026-03-16T00:00:00Z"),
  timeZone: "Europe/Lisbon",
};
const event = (title: string, start: string, end: string): string =>
  ["BEGIN:VEVENT", `UID:${title}`, `SUMMARY:${title}`, `DTSTART:${start}`, `DTEND:${end}`, "END:VEVENT"].join(
    "\r\n",
  );
const file = (name: string, ...events: readonly string[]) => ({
  name,
  text: async () => ["BEGIN:VCALENDAR", "VERSION:2.0", ...events, "END:VCALENDAR", ""].join("\r\n"),
});

describe("picked calendar files", () => {
  it("become busy times of all of them together, and nothing else of what they say", async () => {
    const work = file("work.ics", event("Secret merger", "20260303T100000Z", "20260303T110000Z"));
    const home = file("home.ics", event("Dentist", "20260303T103000Z", "20260303T120000Z"));
    const read = await readBusyFiles([home, work], options);
    expect(read).toEqual({
      busy: [{ start: "2026-03-03T10:00:00.000Z", end: "2026-03-03T12:00:00.000Z" }],
      problems: [],
    });
  });

  it("are named where they cannot be read, and the others still count", async () => {
    const good = file("good.ics", event("x", "20260303T100000Z", "20260303T110000Z"));
    const read = await readBusyFiles([{ name: "photo.ics", text: async () => "JFIF" }, good], options);
    expect(read.busy).toHaveLength(1);
    expect(read.problems).toMatchObject([{ file: "photo.ics" }]);
  });

  it("leave no trace of where one ends and the other begins", () => {
    const slot = (start: string, end: string) => ({ start, end });
    expect(
      mergeSlots([slot("3", "5"), slot("1", "2"), slot("2", "3"), slot("7", "9"), slot("7", "8")]),
    ).toEqual([slot("1", "5"), slot("7", "9")]);
  });
});
