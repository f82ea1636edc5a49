import { describe, expect, it } from "vitest";
import { openFile, paragraphText } from "../../files/index.ts";
import { type TestWorld, type TestWorldOptions, testWorld } from "./cli-io.fixture.ts";
import { runCli } from "./main.ts";

const CALL = `2026-11-17
09:00:05 Jane Doe (acme.example): Good morning. We decided to use the new gateway from January on.
09:00:40 Bo Berg (nord.example): Agreed. I will send you the API description by Friday.
09:01:10 Jane Doe (acme.example): Who hosts the test system?
09:01:30 Bo Berg (nord.example): That is still open. Let us meet again next Tuesday at 15:00.
09:01:40 Jane Doe (acme.example): Yes, Tuesday the 24th at 15:00 works for me, agreed.
`;

const world = async (options?: TestWorldOptions): Promise<TestWorld> => {
  const made = await testWorld(options);
  await made.put("call.txt", CALL);
  return made;
};
const textOf = (bytes: Uint8Array): string =>
  openFile(bytes)
    .paragraphs.map((each) => paragraphText(each))
    .join("\n");

describe("tandem minutes", () => {
  it("writes a Word file beside the transcript and says what was made and checked", async () => {
    const { io, names, get, err, out } = await world();
    expect(await runCli(["minutes", "call.txt"], io)).toBe(0);
    expect(await names()).toEqual(["call.minutes.docx", "call.txt"]);
    expect(textOf(await get("call.minutes.docx"))).toContain("send you the API description");
    expect(out()).toBe("");
    expect(err()).toMatch(/made {5}\d+ decisions?, \d+ actions?/);
    expect(err()).toMatch(/checked {2}every item's quote/);
    expect(err()).toContain("wrote call.minutes.docx");
  });

  it("writes the next meeting as a calendar file", async () => {
    const { io, get } = await world();
    expect(
      await runCli(
        ["minutes", "call.txt", "-o", "m.docx", "--ics", "next.ics", "--time-zone", "Europe/Lisbon"],
        io,
      ),
    ).toBe(0);
    const ics = new TextDecoder().decode(await get("next.ics"));
    expect(ics).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(ics).toContain("20261124T15");
  });

  it("says why there is no calendar file, and goes on", async () => {
    const { io, put, names, err } = await world();
    await put("short.txt", "Jane Doe: We decided to stop.\nBo Berg: I will tell the others by Friday.\n");
    expect(await runCli(["minutes", "short.txt", "--ics", "next.ics"], io)).toBe(0);
    expect(err()).toContain("no calendar file: ");
    expect(await names()).not.toContain("next.ics");
  });

  it("prints the minutes as JSON, and writes no file for stdin unless named", async () => {
    const { io, out, err, names } = await world({ stdin: CALL });
    expect(await runCli(["minutes", "-", "--json", "--title", "Gateway", "--date", "2026-11-18"], io)).toBe(
      0,
    );
    expect(JSON.parse(out())).toMatchObject({
      schemaVersion: 1,
      command: "minutes",
      input: "stdin",
      output: null,
      minutes: {
        title: "Gateway",
        date: "2026-11-18",
        participants: [{ name: "Jane Doe" }, { name: "Bo Berg" }],
      },
    });
    expect(await names()).toEqual(["call.txt"]);
    expect(err()).not.toContain("wrote");
  });

  it("writes JSON when the output's name says so, and a Word file to stdout", async () => {
    const { io, get } = await world();
    expect(await runCli(["minutes", "call.txt", "-o", "m.json"], io)).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(await get("m.json")))).toMatchObject({ schemaVersion: 1 });
    const piped = await world({ stdin: CALL });
    expect(await runCli(["minutes", "-"], piped.io)).toBe(0);
    expect(textOf(piped.outBytes())).toContain("API description");
  });

  it("takes addresses and organisations from the roster", async () => {
    const { io, put, out } = await world();
    await put("who.csv", "name,email,organisation\nJane Doe,jane@acme.example,Acme Ltd\nMo Mute,,Acme Ltd\n");
    expect(await runCli(["minutes", "call.txt", "--roster", "who.csv", "--json"], io)).toBe(0);
    expect(out()).toContain("Acme Ltd");
    expect(out()).toContain("Mo Mute");
  });

  it.each([
    [["minutes", "call.txt", "-o", "m.pdf"], 2, "not written as .pdf"],
    [["minutes", "call.txt", "--time-zone", "Mars/North"], 2, "no time zone"],
    [["minutes", "call.txt", "--date", "yesterday"], 2, "date"],
    [["minutes", "call.txt", "--ics", "call.txt"], 2, "would overwrite call.txt"],
    [["minutes", "call.txt", "--template", "call.txt"], 1, "tandem:"],
    [["minutes", "empty.txt"], 2, "the transcript is empty"],
    [["minutes", "nope.vtt"], 2, "there is no file nope.vtt"],
  ])("answers %j with exit code %i", async (argv, code, message) => {
    const { io, put, names, err } = await world();
    await put("empty.txt", "");
    expect(await runCli(argv, io)).toBe(code);
    expect(err()).toContain(message);
    expect(await names()).toEqual(["call.txt", "empty.txt"]);
  });
});

describe("tandem minutes --availability", () => {
  const calendar = (line: string): string =>
    `BEGIN:VCALENDAR\r\nX-WR-TIMEZONE:Europe/Lisbon\r\nBEGIN:VEVENT\r\nUID:1\r\n${line}\r\nDURATION:PT2H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
  const now = (): Date => new Date("2026-11-17T12:00:00Z");

  it("asks about the agreed time when it is taken, and writes the time chosen instead", async () => {
    const { io, put, err, get } = await world({ now });
    await put("acme.ics", calendar("DTSTART:20261124T140000Z"));
    await put("nord.ics", calendar("DTSTART:20200101T140000Z"));
    const sides = [
      "--availability",
      "acme.ics",
      "--availability",
      "nord.ics",
      "--time-zone",
      "Europe/Lisbon",
    ];
    expect(await runCli(["minutes", "call.txt", ...sides, "--choose", "1", "--ics", "next.ics"], io)).toBe(0);
    expect(err()).toContain(
      "question acme is not free at the agreed time, Tuesday 24 November 2026, 15:00–16:00",
    );
    expect(err()).toMatch(/free {5}1 {2}acme {2}\S+day \d+ November 2026/);
    const ics = new TextDecoder().decode(await get("next.ics"));
    expect(ics).toMatch(/DTSTART:202611(?:24|25|26|27|30)T1[0-6]0000Z/);
    expect(ics).not.toContain("DTSTART:20261124T150000Z");
  });

  it("says what --choose and --hours need", async () => {
    const { io, err } = await world();
    expect(await runCli(["minutes", "call.txt", "--choose", "1", "--ics", "n.ics"], io)).toBe(2);
    expect(err()).toContain("--choose needs the sides' calendars");
    expect(await runCli(["minutes", "call.txt", "--hours", "9-17"], io)).toBe(2);
    expect(err()).toContain("--hours needs the sides' calendars");
  });
});
