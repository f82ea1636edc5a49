import { describe, expect, it } from "vitest";
import { type TestWorld, testWorld } from "./cli-io.fixture.ts";
import { runCli } from "./main.ts";

const calendar = (zone: string, ...lines: string[]): string =>
  `BEGIN:VCALENDAR\r\nX-WR-TIMEZONE:${zone}\r\nBEGIN:VEVENT\r\nUID:1\r\n${lines.join("\r\n")}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;

/** Saturday 1 March 2025, 09:00 UTC. */
async function world(): Promise<TestWorld> {
  const made = await testWorld();
  await made.put("acme.ics", calendar("Europe/Lisbon", "DTSTART:20250303T090000Z", "DTEND:20250303T160000Z"));
  await made.put(
    "north.ics",
    calendar("Europe/Stockholm", "DTSTART:20250304T000000Z", "DTEND:20250305T000000Z"),
  );
  return made;
}

describe("tandem slots", () => {
  it("prints each time in every side's clocks", async () => {
    const { io, out, err } = await world();
    expect(
      await runCli(["slots", "acme.ics", "north.ics", "--duration", "45m", "--within", "next week"], io),
    ).toBe(0);
    expect(out()).toBe(`1  acme   Wednesday 5 March 2025, 10:00–10:45 (Lisbon, UTC)
   north  Wednesday 5 March 2025, 11:00–11:45 (Stockholm, UTC+1)
2  acme   Thursday 6 March 2025, 10:00–10:45 (Lisbon, UTC)
   north  Thursday 6 March 2025, 11:00–11:45 (Stockholm, UTC+1)
3  acme   Friday 7 March 2025, 10:00–10:45 (Lisbon, UTC)
   north  Friday 7 March 2025, 11:00–11:45 (Stockholm, UTC+1)
`);
    expect(err()).toBe("looked for 45 minutes for acme, north, Monday 3 March 2025 to Sunday 9 March 2025\n");
  });

  it("writes the chosen time as an invitation", async () => {
    const { io, get, err } = await world();
    const people = [
      "--organizer",
      "Bo <bo@north.example>",
      "--attendee",
      "Ann Lee <ann@acme.example>",
      "--attendee",
      "Cy",
    ];
    const command = ["slots", "acme.ics", "north.ics", "--within", "2025-03-05..2025-03-07"];
    expect(
      await runCli([...command, "--choose", "2", "-o", "invite.ics", "--title", "Kick-off", ...people], io),
    ).toBe(0);
    const ics = new TextDecoder().decode(await get("invite.ics"));
    expect(ics).toContain("DTSTART:20250306T100000Z");
    expect(ics).toContain("SUMMARY:Kick-off");
    expect(ics).toContain("METHOD:REQUEST");
    expect(ics.replaceAll("\r\n ", "")).toContain("Also taking part: Cy");
    expect(err()).toContain("wrote invite.ics");
  });

  it("says why there is no time, what would give one, and ends with 3", async () => {
    const { io, out } = await world();
    expect(await runCli(["slots", "acme.ics", "north.ics", "--within", "2025-03-04"], io)).toBe(3);
    expect(out()).toMatch(
      /^no time: north is free for no time at all\nit would be possible:\n {2}after this period\n/,
    );
  });

  it("prints one object as JSON", async () => {
    const { io, out } = await world();
    expect(await runCli(["slots", "acme.ics", "north.ics", "--json", "--count", "1"], io)).toBe(0);
    const report = JSON.parse(out());
    expect(report.slots).toHaveLength(1);
    expect(report.sides.map((one: { timeZone: string }) => one.timeZone)).toEqual([
      "Europe/Lisbon",
      "Europe/Stockholm",
    ]);
  });

  it("asks about days that can be read in two ways", async () => {
    const { io, err } = await world();
    expect(await runCli(["slots", "acme.ics", "--within", "03/04"], io)).toBe(2);
    expect(err()).toContain(
      "write 2025-04-03 for Thursday 3 April 2025, or 2025-03-04 for Tuesday 4 March 2025",
    );
  });

  it("refuses what does not fit together", async () => {
    for (const [args, message] of [
      [["acme.ics", "--choose", "1"], "no file is named"],
      [["acme.ics", "-o", "x.ics"], "none is chosen"],
      [["acme.ics", "-o", "x.docx", "--choose", "1"], "is an .ics file"],
      [["acme.ics", "-o", "acme.ics", "--choose", "1"], "not overwritten"],
      [["acme.ics", "-o", "x.ics", "--choose", "9"], "no proposal 9"],
      [["acme.ics", "-o", "x.ics", "--choose", "0"], "no number"],
      [["acme.ics", "./acme.ics"], "both called acme"],
      [["acme.ics", "--hours", "west=9-17"], "west, whose calendar is not here"],
      [["acme.ics", "--hours", "9-25"], "no time of day"],
      [["acme.ics", "--zone", "Mars/Base"], "no time zone"],
      [["acme.ics", "--duration", "soon"], "no length of a meeting"],
      [["nobody.ics"], "there is no file"],
    ] as const) {
      const { io, err, names } = await world();
      expect(await runCli(["slots", ...args], io), args.join(" ")).toBe(2);
      expect(err()).toContain(message);
      expect(await names()).toEqual(["acme.ics", "north.ics"]);
    }
  });

  it("takes sides by name, two calendars of one side and a side's own hours", async () => {
    const { io, out } = await world();
    const files = ["team=acme.ics", "team=north.ics"];
    const hours = ["--hours", "team=Mon-Wed 15:00-18:00@Europe/Stockholm", "--within", "next week"];
    expect(await runCli(["slots", ...files, ...hours], io)).toBe(0);
    // Monday until 17:00 and the whole of Tuesday are taken.
    expect(out().split("\n")[0]).toBe("1  team  Monday 3 March 2025, 17:00–18:00 (Stockholm, UTC+1)");
    expect(out()).toContain("Wednesday 5 March 2025");
    expect(out()).not.toContain("Tuesday");
  });
});
