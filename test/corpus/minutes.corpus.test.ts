import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readTranscript } from "../../src/files/transcript/read-transcript.ts";
import { quoteStands } from "../../src/tasks/minutes/sentences.ts";
import { writeMinutes } from "../../src/tasks/minutes/write-minutes.ts";

const folder = resolve(process.env.TANDEM_CORPUS ?? "../shared/corpus", "meetings");
const files = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .sort()
  : [];
const context = { now: new Date("2026-11-18T12:00:00Z"), timeZone: "Europe/Lisbon", emit: () => {} };

type Row = {
  readonly meeting: string;
  readonly cues: number;
  readonly actions: number;
  readonly assigned: number;
  readonly decisions: number;
  readonly questions: number;
  readonly seen: number;
};

describe.skipIf(files.length === 0)("minutes of real meetings, without a model", () => {
  const rows: Row[] = [];

  it.each(files)("%s: every item stands on a quote of its cue and on people of the call", async (name) => {
    const transcript = readTranscript(new Uint8Array(readFileSync(join(folder, name))), { name });
    const minutes = await writeMinutes(transcript, context);
    const items = [...minutes.summary, ...minutes.decisions, ...minutes.actions, ...minutes.openQuestions];
    for (const item of items) {
      expect(item.evidence.length).toBeGreaterThan(0);
      for (const one of item.evidence) expect(quoteStands(one, transcript.cues)).toBe(true);
    }
    const people = new Set(transcript.speakers.map((speaker) => speaker.name));
    for (const action of minutes.actions) {
      const isSpokenOf = action.evidence.some((one) => one.quote.includes(action.owner.split(" ")[0] ?? ""));
      expect(action.owner === "unassigned" || people.has(action.owner) || isSpokenOf).toBe(true);
    }
    // None of these meetings has a date, so no day can be sure.
    expect(minutes.nextMeeting?.resolved ?? false).toBe(false);
    rows.push({
      meeting: name.replace(/\.json$/u, ""),
      cues: transcript.cues.length,
      actions: minutes.actions.length,
      assigned: minutes.actions.filter((action) => action.owner !== "unassigned").length,
      decisions: minutes.decisions.length,
      questions: minutes.openQuestions.length,
      seen: minutes.checks.candidates,
    });
  });

  it("prints what was found", () => {
    const sum = (of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);
    console.table(rows);
    console.log(
      `${rows.length} meetings, ${sum((row) => row.cues)} cues: ${sum((row) => row.actions)} actions ` +
        `(${sum((row) => row.assigned)} with an owner), ${sum((row) => row.decisions)} decisions, ` +
        `${sum((row) => row.questions)} open questions, out of ${sum((row) => row.seen)} candidates`,
    );
    expect(rows).toHaveLength(files.length);
  });
});
