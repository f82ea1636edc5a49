import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readTranscript } from "../../files/transcript/read-transcript.ts";
import { contextOf } from "./transcript.fixture.ts";
import type { Evidence, Minutes } from "./types.ts";
import { writeMinutes } from "./write-minutes.ts";

type Expected = {
  readonly participants: readonly { readonly name: string }[];
  readonly decisions: readonly { readonly what: string; readonly cues: readonly string[] }[];
  readonly actions: readonly {
    readonly owner: string | null;
    readonly what: string;
    readonly due: string | null;
    readonly status: string;
    readonly cues: readonly string[];
  }[];
  readonly notCommitments: readonly { readonly speaker: string; readonly cues: readonly string[] }[];
  readonly nextMeeting: { readonly start: string; readonly minutes: number; readonly timeZone: string };
};

const demo = (name: string): string =>
  readFileSync(new URL(`../../../demo/${name}`, import.meta.url), "utf8");
const expected = JSON.parse(demo("call.expected.json")) as Expected;
const minutes: Minutes = await writeMinutes(
  readTranscript(demo("call.txt")),
  contextOf({ timeZone: "Europe/Stockholm" }),
);

const timesOf = (evidence: readonly Evidence[]): string[] => evidence.flatMap((one) => one.time ?? []);
const isAt = (cues: readonly string[], evidence: readonly Evidence[]): boolean =>
  timesOf(evidence).some((time) => cues.includes(time));

it("finds every decision of the demo call, and the proposal it answers", () => {
  for (const decision of expected.decisions)
    expect(minutes.decisions.some((one) => isAt(decision.cues, one.evidence))).toBe(true);
  expect(minutes.decisions.map((one) => [one.text, timesOf(one.evidence)])).toEqual([
    ["Twelve months of history, pseudonymised, no names and no street addresses.", ["14:04:07", "14:04:49"]],
    ["The sandbox runs in Dublin and Parcelwise pays for it.", ["14:08:10", "14:08:20"]],
    ["7 December and then ten customers on 18 January.", ["14:09:11", "14:09:25"]],
    ["1 March I'd call a target and not a date, until we've seen the pilot.", ["14:09:25", "14:09:46"]],
  ]);
});

it.each(expected.actions)("finds the action: $what", ({ owner, due, status, cues }) => {
  const found = minutes.actions.find(
    (one) =>
      isAt(cues, one.evidence) &&
      one.owner === (owner ?? "unassigned") &&
      one.due?.date === (due ?? undefined),
  );
  expect(found?.status).toBe(status);
});

it("makes no commitment of a maybe, and no action more than the call has", () => {
  for (const { speaker, cues } of expected.notCommitments) {
    const found = minutes.actions.filter((one) => isAt(cues, one.evidence) && one.owner === speaker);
    expect(found.map((one) => one.status)).toEqual(["conditional"]);
  }
  expect(minutes.actions).toHaveLength(expected.actions.length + expected.notCommitments.length);
});

it("names who is meant where that is sure, and keeps the words before where it is not", () => {
  const texts = minutes.actions.map((one) => one.text);
  expect(texts).toContain("Brief Johan afterwards");
  expect(texts).toContain("Set up the shared channel today and invite all six");
  expect(texts).toContain(
    "For production I have to ask the IT board. They meet on Monday the 23rd, I'll put it on their agenda.",
  );
});

it("says what was left open, and sums the call up without first-person asides", () => {
  expect(minutes.openQuestions.map((one) => one.text)).toEqual([
    "Left open: production",
    "Do the hold reasons come in Swedish?",
  ]);
  expect(minutes.summary[0]?.text).toContain("our tracking and customs status goes into your booking portal");
  expect(minutes.topics.map((one) => one.title)).not.toContain("Other");
});

it("settles the next meeting on the hour that was agreed in the end", () => {
  const { start, minutes: length, timeZone } = expected.nextMeeting;
  expect(minutes.nextMeeting).toMatchObject({ resolved: true, durationMinutes: length, timeZone });
  expect(minutes.nextMeeting?.start).toBe(new Date(start).toISOString());
  expect(minutes.participants.map(({ name, organisation }) => `${name}, ${organisation}`)).toEqual([
    "Marta Lindqvist, Nordfrakt",
    "Daniel Okafor, Parcelwise",
  ]);
});
