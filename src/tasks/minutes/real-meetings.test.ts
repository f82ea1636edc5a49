import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { Transcript } from "../../files/transcript/transcript.ts";
import { quoteStands } from "./sentences.ts";
import { contextOf } from "./transcript.fixture.ts";
import { writeMinutes } from "./write-minutes.ts";

const folder = resolve(process.env.TANDEM_CORPUS ?? "../shared/corpus", "meetings");
const files = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .sort()
  : [];
/** Every fourth meeting: a sample of each kind in a few seconds. */
const sample = files.filter((_name, index) => index % 4 === 0);

function readMeeting(name: string): Transcript {
  const data = JSON.parse(readFileSync(join(folder, name), "utf8")) as {
    meeting_transcripts: { speaker: string; content: string }[];
  };
  const cues = data.meeting_transcripts.map(({ speaker, content }, index) => ({
    index,
    text: content,
    speaker: { name: speaker },
    flags: [],
  }));
  return {
    format: "name-text",
    timeKind: "none",
    speakers: [...new Set(cues.map((cue) => cue.speaker.name))].map((name) => ({ name })),
    cues,
    warnings: [],
  };
}

describe.skipIf(files.length === 0)("real meetings", () => {
  it.each(sample)("%s: every item stands on a quote of its cue and on people of the call", async (name) => {
    const transcript = readMeeting(name);
    const minutes = await writeMinutes(transcript, contextOf());
    const items = [...minutes.summary, ...minutes.decisions, ...minutes.actions, ...minutes.openQuestions];
    for (const item of items) {
      expect(item.evidence.length).toBeGreaterThan(0);
      for (const one of item.evidence) expect(quoteStands(one, transcript.cues)).toBe(true);
    }
    const people = new Set(transcript.speakers.map((speaker) => speaker.name));
    for (const action of minutes.actions) {
      const spoken = action.evidence.some(
        (one) => one.speaker === action.owner || one.quote.includes(action.owner.split(" ")[0] ?? ""),
      );
      expect(action.owner === "unassigned" || people.has(action.owner) || spoken).toBe(true);
    }
    expect(minutes.nextMeeting?.resolved ?? false).toBe(false);
  });
});
