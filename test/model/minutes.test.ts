import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { expect, it } from "vitest";
import { readTranscript } from "../../src/files/transcript/read-transcript.ts";
import { smallestEntry } from "../../src/models/catalogue.ts";
import { defaultCacheFolder, openEmbeddedModel, pullModel } from "../../src/models/llama/index.ts";
import { writeMinutes } from "../../src/tasks/minutes/write-minutes.ts";

it("the smallest real model changes nothing in the minutes of the demo call but the length of a line", async (context) => {
  const cacheFolder = defaultCacheFolder(process.env, process.platform, homedir());
  const entry = smallestEntry();
  const path = await pullModel(entry, { cacheFolder }).then(
    (pulled) => pulled.path,
    (error: unknown) => context.skip(`the model is not to be had here: ${String(error)}`),
  );
  await using model = await openEmbeddedModel({
    path,
    id: entry.id,
    contextTokens: 4_096,
    parametersInBillions: entry.parametersInBillions,
  });
  const transcript = readTranscript(readFileSync(new URL("../../demo/call.txt", import.meta.url), "utf8"));
  const task = { now: new Date("2026-11-17T16:00:00Z"), timeZone: "Europe/Stockholm", emit: () => {} };
  const without = await writeMinutes(transcript, task);
  const minutes = await writeMinutes(transcript, { ...task, model });
  const { summary, checks: _checks, notes: _notes, ...rest } = minutes;
  const { summary: spoken, checks: _spokenChecks, notes: _spokenNotes, ...spokenRest } = without;
  expect(rest).toEqual(spokenRest);
  expect(summary.map((line) => line.evidence)).toEqual(spoken.map((line) => line.evidence));
  for (const [index, line] of summary.entries())
    expect(line.text.length).toBeLessThanOrEqual(spoken[index]?.text.length ?? 0);
  expect(minutes.checks.modelCalls).toBeGreaterThan(0);
});
