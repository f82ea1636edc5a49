import { describe, expect, it } from "vitest";
import { openFile, paragraphText } from "../../files/index.ts";
import type { TaskContext } from "../task.ts";
import { minutesTask } from "./task.ts";
import type { Minutes } from "./types.ts";

const context: TaskContext = {
  now: new Date("2026-11-23T10:00:00Z"),
  timeZone: "Europe/Berlin",
  emit: () => undefined,
};

const calendar = (...lines: string[]): string =>
  [
    "BEGIN:VCALENDAR",
    "X-WR-TIMEZONE:Europe/Berlin",
    "BEGIN:VEVENT",
    "UID:1",
    "SUMMARY:Secret merger",
    ...lines,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
const empty = calendar("DTSTART:20200101T100000Z");
const acme = { side: "acme", ics: empty, timeZone: "Europe/Lisbon" };

async function minutesOf(offer: string, answer: string, north = empty): Promise<Minutes> {
  const output = await run(offer, answer, north);
  return output.minutes;
}

function run(
  offer: string,
  answer: string,
  north = empty,
  choose?: number,
): ReturnType<typeof minutesTask.run> {
  const transcript = `2026-11-23
09:00:05 Rita Melo (acme.example): We decided to use the new gateway from January on.
09:01:30 Bo Berg (north.example): ${offer}
09:01:40 Rita Melo (acme.example): ${answer}
`;
  const availability = [acme, { side: "north", ics: north }];
  return minutesTask.run({ transcript, availability, ...(choose === undefined ? {} : { choose }) }, context);
}

const days = (minutes: Minutes): string[] =>
  minutes.proposals?.times.map((time) => time.start.slice(0, 10)) ?? [];

describe("proposals for the next meeting", () => {
  it("are three times within the days the call named, in every side's clocks", async () => {
    const minutes = await minutesOf("Let us meet again next week for 45 minutes.", "Next week works for me.");
    expect(days(minutes)).toEqual(["2026-11-30", "2026-12-01", "2026-12-02"]);
    expect(minutes.proposals?.period).toBe("next week");
    expect(minutes.proposals?.durationMinutes).toBe(45);
    const local = minutes.proposals?.times[0]?.local ?? [];
    expect(local.map((one) => one.side)).toEqual(["acme", "north"]);
    expect(local.map((one) => one.text)).toEqual([
      "Monday 30 November 2026, 10:00–10:45 (Lisbon, UTC)",
      "Monday 30 November 2026, 11:00–11:45 (Berlin, UTC+1)",
    ]);
  });

  it("are within the day that was named without an hour", async () => {
    const minutes = await minutesOf("Let us meet again on Thursday the 3rd.", "Thursday is fine, agreed.");
    expect(new Set(days(minutes))).toEqual(new Set(["2026-12-03"]));
  });

  it("are in the two weeks to come, from tomorrow, where the call named nothing", async () => {
    const minutes = await minutesOf("Thank you all.", "Goodbye.");
    expect(minutes.nextMeeting).toBeUndefined();
    expect(days(minutes)).toEqual(["2026-11-24", "2026-11-25", "2026-11-26"]);
    expect(minutes.proposals?.period).toBeUndefined();
  });

  it("leave a day that can be read in two ways as a question, with times on both", async () => {
    const minutes = await minutesOf("Let us meet again next Friday.", "Yes, next Friday works for me.");
    expect(minutes.proposals?.question).toBe(
      "“next Friday” can mean Friday 27 November 2026 or Friday 4 December 2026: which one is meant?",
    );
    expect(new Set(days(minutes))).toEqual(new Set(["2026-11-27", "2026-12-04"]));
  });

  it("are none where the agreed time is free, which is noted", async () => {
    const minutes = await minutesOf(
      "Let us meet again on Thursday the 3rd at 11:00 for an hour.",
      "Thursday at 11:00 works for me, agreed.",
    );
    expect(minutes.nextMeeting?.start).toBe("2026-12-03T10:00:00.000Z");
    expect(minutes.proposals).toBeUndefined();
    expect(minutes.notes).toContain("The agreed time is free in every calendar given (acme, north).");
  });

  it("ask about an agreed time that is taken, and say nothing of what takes it", async () => {
    const north = calendar("DTSTART:20261203T090000Z", "DTEND:20261203T120000Z");
    const output = await run(
      "Let us meet again on Thursday the 3rd at 11:00 for an hour.",
      "Thursday at 11:00 works for me, agreed.",
      north,
    );
    const { proposals } = output.minutes;
    expect(proposals?.question).toBe(
      "north is not free at the agreed time, Thursday 3 December 2026, 11:00–12:00 (Berlin, UTC+1). Does it stay, or is another time better?",
    );
    expect(proposals?.times).toHaveLength(3);
    const text = openFile(output.docx)
      .paragraphs.map((each) => paragraphText(each))
      .join("\n");
    expect(text).toContain("Question: north is not free at the agreed time");
    expect(text).toContain("acme (Lisbon)");
    expect(text).toMatch(/Thu 3 Dec 2026, \d\d:\d\d–\d\d:\d\d/);
    expect(text + output.json).not.toMatch(/secret|merger/i);
  });

  it("ask whether the meeting was entered already where exactly its time is taken", async () => {
    const north = calendar("DTSTART:20261203T100000Z", "DTEND:20261203T110000Z");
    const minutes = await minutesOf(
      "Let us meet again on Thursday the 3rd at 11:00 for an hour.",
      "Thursday at 11:00 works for me, agreed.",
      north,
    );
    expect(minutes.proposals?.question).toMatch(/entered already/);
  });

  it("say why there are none and what would give one", async () => {
    const north = calendar("DTSTART:20261129T000000Z", "DTEND:20261207T000000Z");
    const output = await run("Let us meet again next week for 45 minutes.", "Next week works for me.", north);
    const { proposals } = output.minutes;
    expect(proposals?.times).toEqual([]);
    expect(proposals?.reason).toBe("north is free for no time at all");
    expect(proposals?.alternatives?.[0]).toMatch(/^after this period: acme Monday 7 December 2026/);
  });

  it("become the calendar entry when one is chosen", async () => {
    const words = ["Let us meet again next week for 45 minutes.", "Next week works for me."] as const;
    const output = await run(...words, empty, 2);
    expect(output.ics).toContain("DTSTART:20261201T100000Z");
    expect(output.ics).toContain("DTEND:20261201T104500Z");
    expect(output.minutes.notes.join()).not.toContain("No calendar entry");
    await expect(run(...words, empty, 9)).rejects.toThrow(/no proposed time 9/);
  });

  it("name a broken calendar's side and keep its entries to themselves", async () => {
    const minutes = await minutesOf("Thank you all.", "Goodbye.", calendar("DTSTART:soon"));
    expect(minutes.notes.join()).toContain("north: of the calendar, one thing could not be read as written");
    await expect(run("Thank you.", "Bye.", "not a calendar")).rejects.toThrow(
      /^north: this is no calendar file/,
    );
  });
});
