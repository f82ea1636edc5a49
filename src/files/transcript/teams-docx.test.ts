import { expect, it } from "vitest";
import { p, wordFile } from "../docx/word.fixture.ts";
import { readTranscript } from "./read-transcript.ts";

it("reads the Word document that Teams makes of a transcript", () => {
  const body =
    p("Ada Lovelace   0:03") +
    p("Shall we start?") +
    p("Grace Hopper   0:09") +
    p("Yes, the agenda is short.");
  const transcript = readTranscript(wordFile(body), { name: "Weekly sync 2026-11-17.docx" });
  expect(transcript).toMatchObject({ format: "teams-docx", date: "2026-11-17" });
  expect(transcript.cues.map((cue) => [cue.speaker?.name, cue.start, cue.text])).toEqual([
    ["Ada Lovelace", 3, "Shall we start?"],
    ["Grace Hopper", 9, "Yes, the agenda is short."],
  ]);
});

it("says so when a Word document holds no transcript", () => {
  expect(() => readTranscript(wordFile(p("Dear all,") + p("please find the offer attached.")))).toThrow(
    /not a transcript/,
  );
});
