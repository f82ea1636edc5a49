import { describe, expect, it } from "vitest";
import { writeCalendar } from "../../files/calendar/write-calendar.ts";
import type { ContentBlock, ContentRun } from "../../files/docx/create/content.ts";
import { meetingInvitation } from "./meeting-invitation.ts";
import { renderMinutes } from "./render-minutes.ts";
import { callOf, contextOf } from "./transcript.fixture.ts";
import { writeMinutes } from "./write-minutes.ts";

const LINES = [
  "M: I propose that we host the sandbox in Dublin for the pilot.",
  "D: Agreed, that works for us.",
  "M: Could you send me the API description by Friday?",
  "D: Sure, will do.",
  "M: Let's meet again next Tuesday at 3 pm Lisbon time for an hour.",
  "D: Works for me, see you then.",
];
const CREATED = new Date("2026-11-18T12:00:00Z");

const textOf = (runs: readonly ContentRun[]): string => runs.map((run) => run.text).join("");

function lineOf(block: ContentBlock): string {
  if (block.kind !== "table") return "runs" in block ? textOf(block.runs) : "";
  return [block.header, ...block.rows].map((row) => row.map(textOf).join(" | ")).join("\n");
}

describe("rendered minutes", () => {
  it("show title, people by organisation, items with speaker, time and quote, and how they were made", async () => {
    const minutes = await writeMinutes(callOf(LINES), contextOf(), {
      title: "Integration call",
      roster: [{ name: "Marta Lindqvist", organisation: "Nordfrakt", email: "marta@nordfrakt.example" }],
    });
    const { blocks, properties } = renderMinutes(minutes, { created: CREATED });
    const text = blocks.map(lineOf).join("\n");
    expect(blocks[0]).toEqual({ kind: "paragraph", style: "Title", runs: [{ text: "Integration call" }] });
    expect(text).toContain("Wednesday 18 November 2026, 09:00");
    expect(text).toMatch(/Nordfrakt \| Marta Lindqvist\nparcelwise\.example \| Daniel Okafor/);
    expect(text).toContain("Daniel Okafor for Marta Lindqvist");
    expect(text).toContain("Fri 20 Nov 2026");
    for (const one of [...minutes.actions, ...minutes.decisions].flatMap((item) => item.evidence)) {
      expect(text).toContain(`${one.speaker}, ${one.time}`);
      expect(text).toContain(one.quote);
    }
    expect(text).toContain("Tuesday 24 November 2026, 15:00–16:00 (Lisbon, UTC)");
    expect(text).toContain("No model: this is the extractive version");
    expect(properties).toMatchObject({ title: "Integration call", language: "en-GB", created: CREATED });
  });

  it("has tables whose rows are as wide as their headers", async () => {
    const { blocks } = renderMinutes(await writeMinutes(callOf(LINES), contextOf()), { created: CREATED });
    for (const block of blocks) {
      if (block.kind !== "table") continue;
      for (const row of [block.header, ...block.rows]) expect(row).toHaveLength(block.widths.length);
    }
  });

  it("says so when there is nothing to say", async () => {
    const minutes = await writeMinutes(callOf(["M: Hello.", "D: Hello."], { date: null }), contextOf());
    const text = renderMinutes(minutes, { created: CREATED }).blocks.map(lineOf).join("\n");
    expect(text).toContain("No decision was spoken out");
    expect(text).toContain("not known");
  });
});

describe("the invitation", () => {
  it("carries the agreed instant and addresses from the roster only", async () => {
    const minutes = await writeMinutes(callOf(LINES), contextOf());
    const roster = [{ name: "Marta Lindqvist", email: "marta@nordfrakt.example" }];
    const invitation = meetingInvitation(minutes, { created: CREATED, roster });
    expect(invitation.kind).toBe("meeting");
    if (invitation.kind !== "meeting") return;
    expect(invitation.meeting).toMatchObject({
      start: new Date("2026-11-24T15:00:00Z"),
      durationMinutes: 60,
      timeZone: "Europe/Lisbon",
    });
    expect(invitation.meeting.attendees).toEqual([
      { name: "Marta Lindqvist", email: "marta@nordfrakt.example" },
      { name: "Daniel Okafor" },
    ]);
    expect(meetingInvitation(minutes, { created: CREATED, roster })).toEqual(invitation);
    expect(writeCalendar(invitation.meeting)).toContain("DTSTART:20261124T150000Z");
  });

  it("is not made when the day is open, and says why", async () => {
    const minutes = await writeMinutes(
      callOf(["M: Let's meet again next Friday at 3 pm.", "D: Works for me."]),
      contextOf(),
    );
    expect(meetingInvitation(minutes, { created: CREATED })).toMatchObject({
      kind: "none",
      reason: expect.stringContaining("next"),
    });
    const silent = await writeMinutes(callOf(["M: Hello.", "D: Hello."]), contextOf());
    expect(meetingInvitation(silent, { created: CREATED })).toEqual({
      kind: "none",
      reason: "no next meeting was spoken of",
    });
  });
});
