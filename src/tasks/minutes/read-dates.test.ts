import { describe, expect, it } from "vitest";
import { readDates } from "./read-dates.ts";
import { readDuration, readTimes } from "./read-times.ts";
import { instantOf } from "./time-zone.ts";

/** Wednesday. */
const CALL = "2026-11-18";

const dateIn = (text: string, language = "en", call: string | undefined = CALL): string | undefined =>
  readDates(text, language, call)[0]?.date;

describe("days named in speech", () => {
  it.each([
    ["by Friday", "2026-11-20"],
    ["on Tuesday", "2026-11-24"],
    ["next Tuesday", "2026-11-24"],
    ["next Monday", "2026-11-23"],
    ["Thursday next week", "2026-11-26"],
    ["this Friday", "2026-11-20"],
    ["Thursday the 3rd", "2026-12-03"],
    ["on Monday, the 30th", "2026-11-30"],
    ["next Tuesday the 24th", "2026-11-24"],
    ["Monday the 3rd", undefined],
    ["tomorrow", "2026-11-19"],
    ["the day after tomorrow", "2026-11-20"],
    ["by the end of the day", "2026-11-18"],
    ["by end of month", "2026-11-30"],
    ["by the end of the week", "2026-11-20"],
    ["by the end of next week", "2026-11-27"],
    ["in two weeks", "2026-12-02"],
    ["within ten days", "2026-11-28"],
    ["three weeks from now", "2026-12-09"],
    ["December 3rd at 3 pm Lisbon time", "2026-12-03"],
    ["on 18 January", "2027-01-18"],
    ["the 24th", "2026-11-24"],
    ["the 3rd", "2026-12-03"],
    ["2026-12-24", "2026-12-24"],
    ["25/12", "2026-12-25"],
    ["a week from Tuesday", "2026-12-01"],
  ])("%s is one day", (text, date) => {
    expect(dateIn(text)).toBe(date);
  });

  it.each([
    "next Friday",
    "next Thursday",
    "on Wednesday",
    "the 5/6",
    "next week",
    "early next week",
    "in March",
    "the end of the quarter",
    "asap",
  ])("%s stays words", (text) => {
    const [mention] = readDates(text, "en", CALL);
    expect(mention).toBeDefined();
    expect(mention?.date).toBeUndefined();
    expect(mention?.reason).toBeTruthy();
  });

  it.each([
    "we may march on",
    "may 2 people join?",
    "it is a second choice",
    "the first time",
    "half an hour",
  ])("%s names no day", (text) => {
    expect(readDates(text, "en", CALL)).toEqual([]);
  });

  it("resolves nothing relative when the date of the call is not known", () => {
    for (const text of ["Friday", "tomorrow", "December 3rd", "in two weeks"])
      expect(readDates(text, "en", undefined)[0]?.date).toBeUndefined();
    expect(readDates("on 3 December 2026", "en", undefined)[0]?.date).toBe("2026-12-03");
  });

  it.each([
    ["de", "nächsten Dienstag", "2026-11-24"],
    ["de", "bis übermorgen", "2026-11-20"],
    ["de", "am 3. Dezember um 15 Uhr", "2026-12-03"],
    ["de", "in zwei Wochen", "2026-12-02"],
    ["fr", "mardi prochain", "2026-11-24"],
    ["fr", "d'ici deux semaines", "2026-12-02"],
    ["es", "el martes que viene", "2026-11-24"],
    ["es", "el 3 de diciembre", "2026-12-03"],
    ["pt", "na próxima terça-feira", "2026-11-24"],
    ["pt", "até amanhã", "2026-11-19"],
  ])("reads %s: %s", (language, text, date) => {
    expect(dateIn(text, language)).toBe(date);
  });
});

describe("times named in speech", () => {
  it.each([
    ["at 3 pm Lisbon time", 15, 0, "Europe/Lisbon"],
    ["at 3:30 p.m.", 15, 30, undefined],
    ["at half past two in the afternoon", 14, 30, undefined],
    ["15:00 in Gothenburg", 15, 0, "Europe/Stockholm"],
    ["9 am Eastern", 9, 0, "America/New_York"],
    ["um 15 Uhr", 15, 0, undefined],
    ["à 14h30", 14, 30, undefined],
    ["a las 4 de la tarde", undefined, 0, undefined],
    ["at noon", 12, 0, undefined],
    ["10:00 CET", 10, 0, "Europe/Paris"],
  ])("%s", (text, hour, minute, zone) => {
    const [time] = readTimes(text);
    expect(time?.hour).toBe(hour);
    expect(time?.minute).toBe(minute);
    expect(time?.zone).toBe(zone);
  });

  it("leaves three o'clock and three open between morning and afternoon", () => {
    expect(readTimes("at three o'clock")[0]).toMatchObject({ minute: 0 });
    expect(readTimes("at three o'clock")[0]?.hour).toBeUndefined();
    expect(readTimes("at 3?")[0]?.hour).toBeUndefined();
  });

  it("leaves the zone of the other side's time open", () => {
    expect(readTimes("at 3 pm your time")[0]).toMatchObject({ hour: 15, isElsewhere: true });
  });

  it("reads durations", () => {
    expect(
      ["forty-five minutes", "an hour", "half an hour", "90 minutes", "two hours", "5 pm"].map(readDuration),
    ).toEqual([45, 60, 30, 90, 120, undefined]);
  });

  it("follows daylight saving time", () => {
    expect(instantOf("2026-07-01", 15, 0, "Europe/Lisbon")?.toISOString()).toBe("2026-07-01T14:00:00.000Z");
    expect(instantOf("2026-12-03", 15, 0, "Europe/Lisbon")?.toISOString()).toBe("2026-12-03T15:00:00.000Z");
    expect(instantOf("2026-12-03", 15, 0, "America/New_York")?.toISOString()).toBe(
      "2026-12-03T20:00:00.000Z",
    );
  });

  it("has no instant for an hour that is skipped or comes twice", () => {
    expect(instantOf("2026-03-29", 2, 30, "Europe/Berlin")).toBeUndefined();
    expect(instantOf("2026-10-25", 2, 30, "Europe/Berlin")).toBeUndefined();
  });
});
