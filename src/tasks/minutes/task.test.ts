import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { createDocument } from "../../files/docx/create/create-document.ts";
import { paragraphText } from "../../files/docx/read/paragraph-text.ts";
import { openFile } from "../../files/open-file.ts";
import { minutesTask } from "./task.ts";
import { contextOf } from "./transcript.fixture.ts";

const LOG = `09:14:05 Marta Lindqvist (nordfrakt.example): Could you send me the API description by Friday?
09:14:15 Daniel Okafor (parcelwise.example): Sure, I'll send it on Friday.
09:14:25 Marta Lindqvist (nordfrakt.example): Let's meet again next Tuesday at 3 pm Lisbon time.
09:14:35 Daniel Okafor (parcelwise.example): Works for me, see you then.
`;

describe("the minutes task", () => {
  it("makes a Word document, a calendar entry and JSON from a transcript's text", async () => {
    const input = minutesTask.input.parse({ transcript: LOG, fileName: "2026-11-18 call.txt" });
    const output = await minutesTask.run(input, contextOf());
    const text = openFile(output.docx)
      .paragraphs.map((one) => paragraphText(one))
      .join("\n");
    expect(text).toContain("Send Marta Lindqvist the API description by Friday");
    expect(text).toContain("Could you send me the API description by Friday?");
    expect(output.ics).toContain("DTSTART:20261124T150000Z");
    expect(JSON.parse(output.json)).toMatchObject({
      schemaVersion: 1,
      date: "2026-11-18",
      actions: [{ owner: "Daniel Okafor", counterpart: "Marta Lindqvist" }],
    });
  });

  it("takes bytes and the date it is given", async () => {
    const output = await minutesTask.run(
      { transcript: new TextEncoder().encode(LOG), date: "2026-11-25" },
      contextOf(),
    );
    expect(output.minutes.actions[0]?.due?.date).toBe("2026-11-27");
  });

  it("reads the Word file that Teams makes of a call", async () => {
    const lines = [
      "Integration call-20261118_090000-Meeting Recording",
      "November 18, 2026, 9:00AM",
      "Marta Lindqvist   0:03",
      "Could you send me the API description by Friday?",
      "Daniel Okafor   0:09",
      "Sure, I'll send it on Friday.",
    ];
    const word = createDocument(
      lines.map((text) => ({ kind: "paragraph" as const, runs: [{ text }] })),
      { created: new Date("2026-11-18T10:00:00Z") },
    );
    const { minutes } = await minutesTask.run({ transcript: word, fileName: "call.docx" }, contextOf());
    expect(minutes).toMatchObject({ title: "Integration call", date: "2026-11-18" });
    expect(minutes.actions).toMatchObject([
      { owner: "Daniel Okafor", counterpart: "Marta Lindqvist", due: { date: "2026-11-20" } },
    ]);
    expect(minutes.actions[0]?.evidence[0]?.time).toBe("0:03");
  });

  it("writes a calendar entry that another program reads back", async () => {
    const { ics } = await minutesTask.run({ transcript: LOG, date: "2026-11-18" }, contextOf());
    const event = new ICAL.Event(
      new ICAL.Component(ICAL.parse(ics ?? "")).getFirstSubcomponent("vevent") ?? undefined,
    );
    expect(event.startDate.toJSDate().toISOString()).toBe("2026-11-24T15:00:00.000Z");
    expect(event.duration.toSeconds()).toBe(3600);
    expect(event.description).toContain("Works for me, see you then.");
  });

  it("makes no calendar entry when the date of the call is not known", async () => {
    const output = await minutesTask.run({ transcript: LOG }, contextOf());
    expect(output.ics).toBeUndefined();
    expect(output.minutes.notes.join(" ")).toContain("date of the call is not known");
  });

  it("refuses what is no transcript", async () => {
    await expect(minutesTask.run({ transcript: "" }, contextOf())).rejects.toThrow();
    expect(minutesTask.input.safeParse({ transcript: 5 }).success).toBe(false);
    expect(minutesTask.input.safeParse({ transcript: LOG, date: "tomorrow" }).success).toBe(false);
  });
});
