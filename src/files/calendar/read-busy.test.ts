import { describe, expect, it } from "vitest";
import { berlinZone, calendarEvent, calendarFile } from "./calendar.fixture.ts";
import { type ReadBusyOptions, readBusy } from "./read-busy.ts";

const november: ReadBusyOptions = {
  from: new Date("2026-11-23T00:00:00Z"),
  to: new Date("2026-12-07T00:00:00Z"),
  timeZone: "Europe/Berlin",
};

function busy(ics: string, options: Partial<ReadBusyOptions> = {}): string[] {
  const read = readBusy(ics, { ...november, ...options });
  expect(read.warnings).toEqual([]);
  return read.busy.map(({ start, end }) => `${short(start)}/${short(end)}`);
}
const short = (date: Date): string => date.toISOString().slice(5, 16);
const event = (...lines: string[]): string => calendarFile(...calendarEvent(...lines));
const year = (from: string, to: string): Partial<ReadBusyOptions> => ({
  from: new Date(from),
  to: new Date(to),
});

describe("readBusy", () => {
  it("reads times in UTC, in a zone, floating, and whole days", () => {
    expect(busy(event("DTSTART:20261124T090000Z", "DTEND:20261124T100000Z"))).toEqual([
      "11-24T09:00/11-24T10:00",
    ]);
    const zoned = event(
      "DTSTART;TZID=America/New_York:20261124T090000",
      "DTEND;TZID=Asia/Kolkata:20261124T203000",
    );
    expect(busy(zoned)).toEqual(["11-24T14:00/11-24T15:00"]);
    expect(busy(event("DTSTART:20261124T090000", "DURATION:PT45M"))).toEqual(["11-24T08:00/11-24T08:45"]);
    expect(busy(event("DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261126"))).toEqual([
      "11-23T23:00/11-25T23:00",
    ]);
    expect(busy(event("DTSTART;VALUE=DATE:20261124"))).toEqual(["11-23T23:00/11-24T23:00"]);
    expect(busy(event("DTSTART:20261124"))).toEqual(["11-23T23:00/11-24T23:00"]);
    expect(busy(event("DTSTART:20261124T090000Z"))).toEqual([]);
  });

  it("knows Windows' zone names, with and without a VTIMEZONE, and a file's own zones", () => {
    const lines = (tzid: string): string[] =>
      calendarEvent(`DTSTART;TZID=${tzid}:20261124T090000`, "DURATION:PT1H");
    for (const tzid of ['"W. Europe Standard Time"', "W. Europe Standard Time", "Romance Standard Time"])
      expect(busy(calendarFile(...lines(tzid)))).toEqual(["11-24T08:00/11-24T09:00"]);
    for (const tzid of ["W. Europe Standard Time", "Customized Time Zone", "Our town"])
      expect(busy(calendarFile(...berlinZone(tzid), ...lines(tzid)), { timeZone: "UTC" })).toEqual([
        "11-24T08:00/11-24T09:00",
      ]);
    expect(busy(calendarFile(...lines("/freeassociation.sourceforge.net/Europe/Berlin")))).toEqual([
      "11-24T08:00/11-24T09:00",
    ]);
    const unknown = readBusy(calendarFile(...lines("Atlantis")), november);
    expect(unknown.busy).toHaveLength(1);
    expect(unknown.warnings).toEqual(["line 6: its time zone is not known, so Europe/Berlin was taken"]);
  });

  it("changes the clocks by a file's own rules as the IANA zone does", () => {
    const window = year("2026-03-20T00:00:00Z", "2026-11-10T00:00:00Z");
    const weekly = (tzid: string): string[] =>
      calendarEvent(`DTSTART;TZID=${tzid}:20200102T083000`, "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=SU");
    expect(busy(calendarFile(...berlinZone("Own"), ...weekly("Own")), window)).toEqual(
      busy(calendarFile(...weekly("Europe/Berlin")), window),
    );
  });

  it("leaves out what is free, cancelled or declined, and what is tentative when asked", () => {
    const time = ["DTSTART:20261124T090000Z", "DURATION:PT1H"];
    for (const line of [
      "TRANSP:TRANSPARENT",
      "STATUS:CANCELLED",
      "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
      "X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE",
    ])
      expect(busy(event(...time, line))).toEqual([]);
    for (const line of ["TRANSP:OPAQUE", "STATUS:TENTATIVE", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"])
      expect(busy(event(...time, line))).toHaveLength(1);
    expect(busy(event(...time, "STATUS:TENTATIVE"), { isTentativeBusy: false })).toEqual([]);
    const declined = event(
      ...time,
      "ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=DECLINED;CN=Ann:MAILTO:Ann@acme.example",
      "ATTENDEE;PARTSTAT=ACCEPTED:mailto:bo@north.example",
    );
    expect(busy(declined)).toHaveLength(1);
    expect(busy(declined, { owner: "ann@ACME.example" })).toEqual([]);
    expect(busy(declined, { owner: "bo@north.example" })).toHaveLength(1);
    const google = declined.replace("VERSION:2.0", "VERSION:2.0\r\nX-WR-CALNAME:ann@acme.example");
    expect(busy(google)).toEqual([]);
  });

  it("takes occurrences out, adds and moves them", () => {
    const series = [
      "DTSTART;TZID=Europe/Berlin:20261123T090000",
      "DTEND;TZID=Europe/Berlin:20261123T093000",
      "RRULE:FREQ=DAILY;COUNT=5",
    ];
    expect(busy(event(...series))).toHaveLength(5);
    expect(busy(event(...series, "EXDATE;TZID=Europe/Berlin:20261124T090000,20261126T090000"))).toEqual([
      "11-23T08:00/11-23T08:30",
      "11-25T08:00/11-25T08:30",
      "11-27T08:00/11-27T08:30",
    ]);
    expect(busy(event(...series, "EXDATE:20261124T080000Z"))).toHaveLength(4);
    expect(busy(event(...series, "EXDATE;VALUE=DATE:20261124"))).toHaveLength(4);
    expect(
      busy(event(...series, "RDATE:20261201T100000Z", "RDATE;VALUE=PERIOD:20261202T100000Z/PT2H")).slice(5),
    ).toEqual(["12-01T10:00/12-01T10:30", "12-02T10:00/12-02T12:00"]);
    const moved = calendarEvent(
      "RECURRENCE-ID;TZID=Europe/Berlin:20261124T090000",
      "DTSTART;TZID=Europe/Berlin:20261124T150000",
      "DURATION:PT1H",
    );
    const cancelled = calendarEvent(
      "RECURRENCE-ID:20261125T080000Z",
      "DTSTART:20261125T080000Z",
      "DURATION:PT30M",
      "STATUS:CANCELLED",
    );
    const changed = calendarFile(...calendarEvent(...series), ...moved, ...cancelled);
    const expected = [
      "11-23T08:00/11-23T08:30",
      "11-24T14:00/11-24T15:00",
      "11-26T08:00/11-26T08:30",
      "11-27T08:00/11-27T08:30",
    ];
    expect(busy(changed)).toEqual(expected);
    expect(busy(calendarFile(...moved, ...cancelled, ...calendarEvent(...series)))).toEqual(expected);
    expect(busy(calendarFile(...moved))).toEqual(["11-24T14:00/11-24T15:00"]);
  });

  it("moves and ends all later occurrences where the file says so", () => {
    const series = calendarEvent("DTSTART:20261123T080000Z", "DURATION:PT30M", "RRULE:FREQ=DAILY;COUNT=4");
    const later = (...lines: string[]): string[] =>
      calendarEvent("RECURRENCE-ID;RANGE=THISANDFUTURE:20261125T080000Z", ...lines);
    expect(busy(calendarFile(...series, ...later("DTSTART:20261125T100000Z", "DURATION:PT1H")))).toEqual([
      "11-23T08:00/11-23T08:30",
      "11-24T08:00/11-24T08:30",
      "11-25T10:00/11-25T11:00",
      "11-26T10:00/11-26T11:00",
    ]);
    expect(busy(calendarFile(...series, ...later("DTSTART:20261125T080000Z", "STATUS:CANCELLED")))).toEqual([
      "11-23T08:00/11-23T08:30",
      "11-24T08:00/11-24T08:30",
    ]);
  });

  it("finds an occurrence moved into the window from outside, and one that reaches into it", () => {
    const series = calendarEvent("DTSTART:20260101T080000Z", "DURATION:PT1H", "RRULE:FREQ=YEARLY");
    const moved = calendarEvent(
      "RECURRENCE-ID:20270101T080000Z",
      "DTSTART:20261201T080000Z",
      "DURATION:PT1H",
    );
    expect(busy(calendarFile(...series, ...moved))).toEqual(["12-01T08:00/12-01T09:00"]);
    expect(busy(event("DTSTART:20261101T000000Z", "DTEND:20261124T000000Z"))).toEqual([
      "11-23T00:00/11-24T00:00",
    ]);
    expect(busy(event("DTSTART;VALUE=DATE:20200101", "DURATION:P20D", "RRULE:FREQ=MONTHLY"))).toEqual([
      "11-30T23:00/12-07T00:00",
    ]);
  });

  it("uses the newest version of an entry and keeps calendars apart", () => {
    const old = calendarEvent("DTSTART:20261124T080000Z", "DURATION:PT1H", "SEQUENCE:1");
    const fresh = calendarEvent("DTSTART:20261125T080000Z", "DURATION:PT1H", "SEQUENCE:2");
    expect(busy(calendarFile(...fresh, ...old))).toEqual(["11-25T08:00/11-25T09:00"]);
    const free = calendarEvent("DTSTART:20261124T080000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT");
    expect(busy(calendarFile(...old) + calendarFile(...free))).toEqual(["11-24T08:00/11-24T09:00"]);
    const cancel = calendarFile("METHOD:CANCEL", ...calendarEvent("DTSTART:20261124T080000Z", "SEQUENCE:2"));
    expect(busy(calendarFile(...old) + cancel)).toEqual([]);
    const reply = calendarFile("METHOD:REPLY", ...old);
    expect(busy(reply)).toEqual([]);
  });

  it("reads published busy times", () => {
    const file = calendarFile(
      "BEGIN:VFREEBUSY",
      "DTSTART:20261123T000000Z",
      "DTEND:20261207T000000Z",
      "FREEBUSY:20261124T090000Z/PT1H,20261124T100000Z/20261124T103000Z",
      "FREEBUSY;FBTYPE=FREE:20261125T090000Z/PT1H",
      "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261126T090000Z/PT1H",
      "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261127T090000Z/PT1H",
      "END:VFREEBUSY",
    );
    expect(busy(file)).toEqual([
      "11-24T09:00/11-24T10:30",
      "11-26T09:00/11-26T10:00",
      "11-27T09:00/11-27T10:00",
    ]);
    expect(busy(file, { isTentativeBusy: false })).toHaveLength(2);
  });

  it("follows the clocks of both hemispheres through their changes", () => {
    const daily = (zone: string): string =>
      event(`DTSTART;TZID=${zone}:20260101T090000`, "DURATION:PT30M", "RRULE:FREQ=DAILY");
    const starts = (zone: string, from: string, to: string): string[] => [
      ...new Set(busy(daily(zone), year(from, to)).map((one) => one.slice(6, 11))),
    ];
    expect(starts("Europe/Berlin", "2026-10-20T00:00:00Z", "2026-10-30T00:00:00Z")).toEqual([
      "07:00",
      "08:00",
    ]);
    expect(starts("America/New_York", "2026-03-01T00:00:00Z", "2026-03-20T00:00:00Z")).toEqual([
      "14:00",
      "13:00",
    ]);
    expect(starts("Asia/Kolkata", "2026-03-01T00:00:00Z", "2026-12-01T00:00:00Z")).toEqual(["03:30"]);
    expect(starts("Australia/Sydney", "2026-10-01T00:00:00Z", "2026-10-08T00:00:00Z")).toEqual([
      "23:00",
      "22:00",
    ]);
    expect(starts("America/Santiago", "2026-08-30T00:00:00Z", "2026-09-12T00:00:00Z")).toEqual([
      "13:00",
      "12:00",
    ]);
  });

  it("counts an event across a change of the clocks in real time", () => {
    const night = ["DTSTART;TZID=Europe/Berlin:20261024T220000", "DTEND;TZID=Europe/Berlin:20261025T060000"];
    const window = year("2026-10-20T00:00:00Z", "2026-10-30T00:00:00Z");
    expect(busy(event(...night), window)).toEqual(["10-24T20:00/10-25T05:00"]);
    expect(busy(event("DTSTART;VALUE=DATE:20261025"), window)).toEqual(["10-24T22:00/10-25T23:00"]);
    const nominal = ["DTSTART;TZID=Europe/Berlin:20261024T120000", "DURATION:P1DT1H"];
    expect(busy(event(...nominal), window)).toEqual(["10-24T10:00/10-25T12:00"]);
    const skipped = event("DTSTART;TZID=Europe/Berlin:20260329T023000", "DURATION:PT1H");
    expect(busy(skipped, year("2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z"))).toEqual([
      "03-29T01:30/03-29T02:30",
    ]);
    const twice = event("DTSTART;TZID=Europe/Berlin:20261025T023000", "DURATION:PT1H");
    expect(busy(twice, window)).toEqual(["10-25T00:30/10-25T01:30"]);
  });

  it("gives out times alone", () => {
    const read = readBusy(
      event(
        "DTSTART:20261124T090000Z",
        "DURATION:PT1H",
        "ATTENDEE:mailto:bo@north.example",
        "LOCATION:Room 4",
      ),
      november,
    );
    expect(Object.keys(read)).toEqual(["busy", "warnings"]);
    expect(JSON.stringify(read)).toBe(
      '{"busy":[{"start":"2026-11-24T09:00:00.000Z","end":"2026-11-24T10:00:00.000Z"}],"warnings":[]}',
    );
  });
});

describe("readBusy with damaged and hostile files", () => {
  const good = calendarEvent("UID:good", "DTSTART:20261124T090000Z", "DURATION:PT1H");

  it("leaves out broken parts, says which, and reads the rest", () => {
    for (const [lines, message] of [
      [["DTSTART:garbage"], /"one@test" at line 4 left out: line 6 has no date/],
      [["DTSTART:20261345T090000Z"], /line 6 has a date that does not exist/],
      [["DTSTART:20260230T090000Z"], /date that does not exist/],
      [["DURATION:PT1H"], /it has no start/],
      [["DTSTART:20261124T090000Z", "DTEND:20261123T090000Z"], /line 7 ends before it begins/],
      [["DTSTART:20261124T090000Z", "RRULE:FREQ=SOMETIMES"], /line 7 cannot be read/],
      [["DTSTART:20261124T090000Z", "RRULE:FREQ=DAILY;BYDAY=XX"], /line 7/],
      [["DTSTART:20261124T090000Z", "DURATION:P99999D"], /longer than 10 years/],
      [["DTSTART;TZID:20261124T090000Z"], /line 6/],
    ] as const) {
      const read = readBusy(calendarFile(...calendarEvent(...lines), ...good), november);
      expect(read.busy).toHaveLength(1);
      expect(read.warnings).toHaveLength(1);
      expect(read.warnings[0]).toMatch(message);
    }
  });

  it("reads a file that is cut off, badly nested or folded oddly", () => {
    const cut = calendarFile(
      ...good,
      ...calendarEvent("UID:cut", "DTSTART:20261125T090000Z", "DURATION:PT1H"),
    );
    const read = readBusy(cut.slice(0, cut.lastIndexOf("END:VEVENT")), november);
    expect(read.busy).toHaveLength(1);
    expect(read.warnings[0]).toMatch(/"cut" at line 10 left out: it is cut off/);
    expect(busy(calendarFile("END:VEVENT", "END:VTODO", ...good, "END:NOTHING"))).toHaveLength(1);
    const folded = calendarFile(...good).replace("DTSTART:20261124", "DTSTART:2026\r\n 11\n\t24");
    expect(busy(`\uFEFF${folded.replaceAll("\r\n", "\n")}`)).toHaveLength(1);
    const deep = `${"BEGIN:X\r\n".repeat(50_000)}`;
    expect(busy(`${calendarFile(...good)}${deep}`)).toHaveLength(1);
  });

  it("does not hang on rules without end, and says what it left out", () => {
    const started = performance.now();
    for (const rule of [
      "FREQ=SECONDLY",
      "FREQ=SECONDLY;COUNT=999999999",
      "FREQ=SECONDLY;BYMONTH=2",
      "FREQ=SECONDLY;BYSECOND=1,2,3;COUNT=99999999",
      "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
      "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5",
      "FREQ=MINUTELY;BYHOUR=3;BYMONTHDAY=31;BYMONTH=4",
      "FREQ=DAILY;INTERVAL=999999999",
      `FREQ=YEARLY;BYHOUR=${many(24)};BYMINUTE=${many(60)};BYSECOND=${many(60)};BYDAY=MO,TU,WE,TH,FR`,
      "FREQ=YEARLY;UNTIL=99991231T000000Z",
    ])
      readBusy(event("DTSTART:10000101T000000Z", "DURATION:PT1S", `RRULE:${rule}`), november);
    expect(performance.now() - started).toBeLessThan(10_000);
    const seconds = readBusy(
      event("DTSTART:20261124T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY"),
      november,
    );
    expect(seconds.warnings[0]).toMatch(/"one@test" at line 4: its rule gives too many/);
    expect(seconds.busy.length).toBeGreaterThan(0);
  });

  it("does not hang on a zone of its own that never rests", () => {
    const zone = berlinZone("Odd").map((line) => line.replace("FREQ=YEARLY;INTERVAL=1", "FREQ=SECONDLY"));
    const lines = calendarEvent("DTSTART;TZID=Odd:20261124T090000", "DURATION:PT1H");
    const read = readBusy(calendarFile(...zone, ...lines), november);
    expect(read.busy).toHaveLength(1);
    expect(read.warnings[0]).toMatch(/time zone at line 4: line 10 is no yearly rule/);
  });

  it("bears lines, zones and changes of a series without measure", () => {
    const started = performance.now();
    const line = `DTSTART;${"A=b;".repeat(500_000)}:20261124T090000Z`;
    expect(readBusy(event(line), november).warnings[0]).toMatch(/longer than any in a calendar/);
    const zones = Array.from({ length: 3000 }, (_, index) =>
      calendarEvent(`UID:${index}`, `DTSTART;TZID=Z/${index}:20261124T090000`, "DURATION:PT1H"),
    );
    expect(readBusy(calendarFile(zones.flat().join("\r\n")), november).busy).toHaveLength(1);
    const changes = Array.from({ length: 3000 }, (_, index) => {
      const at = new Date(Date.UTC(2026, 10, 1) + index * 3_600_000)
        .toISOString()
        .replace(/[-:]|\.000/gu, "");
      return calendarEvent(`RECURRENCE-ID;RANGE=THISANDFUTURE:${at}`, `DTSTART:${at}`, "DURATION:PT1H");
    });
    const hourly = calendarEvent("DTSTART:20261101T000000Z", "DURATION:PT1H", "RRULE:FREQ=HOURLY");
    expect(busy(calendarFile([...hourly, ...changes.flat()].join("\r\n")))).toEqual([
      "11-23T00:00/12-07T00:00",
    ]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it("bears many events and many warnings", () => {
    const bad = Array.from({ length: 20_000 }, (_, index) =>
      calendarEvent(`UID:${index}`, "DTSTART:x"),
    ).flat();
    const read = readBusy(calendarFile(...bad, ...good), november);
    expect(read.busy).toHaveLength(1);
    expect(read.warnings).toHaveLength(51);
    expect(read.warnings.at(-1)).toBe("and 19950 more like these");
  });

  it("refuses what is too large, no calendar or no window", () => {
    expect(() => readBusy("x".repeat(10_000_001), november)).toThrow(/larger than 10 MB/);
    expect(() => readBusy("Dear all,", november)).toThrow(/no calendar file/);
    expect(() => readBusy("", november)).toThrow(/no calendar file/);
    expect(() => readBusy(calendarFile(), { ...november, to: new Date(0) })).toThrow(/two days/);
    expect(() => readBusy(calendarFile(), { ...november, to: new Date("x") })).toThrow(/two days/);
    expect(() => readBusy(calendarFile(), { ...november, timeZone: "Mars/Base" })).toThrow(/not a time zone/);
    expect(busy(calendarFile())).toEqual([]);
  });

  it("does not fail on noise between the lines", () => {
    const noise = ["BEGIN:", ":::", "=;=:", "DTSTART", " ", "BEGIN:VEVENT", "\u0000\u0001", "RRULE:", "END:"];
    const read = readBusy(calendarFile(...noise, ...good), november);
    expect(read.busy).toHaveLength(1);
  });
});

const many = (count: number): string => Array.from({ length: count }, (_, index) => index).join(",");
