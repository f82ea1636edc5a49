import { describe, expect, it } from "vitest";
import { readTranscript, readTranscriptParagraphs } from "./read-transcript.ts";
import { parseTeamsParagraphs } from "./teams-paragraphs.ts";
import type { Transcript } from "./transcript.ts";

function said({ cues }: Transcript): (number | string | undefined)[][] {
  return cues.map((cue) => [cue.start, cue.speaker?.name, cue.text]);
}

describe("paragraphs of a Teams document", () => {
  it("reads name and time, then text, under title and date", () => {
    const transcript = parseTeamsParagraphs([
      "Weekly sync-20261117_140000-Meeting Recording",
      "November 17, 2026, 2:00PM",
      "Ann Lee started transcription",
      "Ann Lee   0:03",
      "Hello all.",
      "We meet at 9:30.",
      "Bo Berg (North)\u00A0\u00A0\u00A01:02:03\nYes.",
      "Ann Lee stopped transcription",
    ]);
    expect(transcript).toMatchObject({ format: "teams-docx", timeKind: "offset", date: "2026-11-17" });
    expect(transcript.title).toBe("Weekly sync");
    expect(said(transcript)).toEqual([
      [3, "Ann Lee", "Hello all. We meet at 9:30."],
      [3723, "Bo Berg (North)", "Yes."],
    ]);
    expect(transcript.warnings).toHaveLength(2);
  });

  it("reads names whose spaces before the time were squeezed", () => {
    const transcript = parseTeamsParagraphs(["Ann Lee 0:03", "we met at 9:30", "Bo Berg 0:08", "Yes."]);
    expect(said(transcript)).toEqual([
      [3, "Ann Lee", "we met at 9:30"],
      [8, "Bo Berg", "Yes."],
    ]);
  });

  it("reads timed blocks with the speaker after the timing line", () => {
    const transcript = parseTeamsParagraphs([
      "0:0:0.0 --> 0:0:1.510\nAnn Lee\nOK. Yeah.",
      "0:0:3.120 --> 0:0:5.210",
      "Bo Berg",
      "Well,",
      "fine.",
      "0:0:6.0 --> 0:0:7.0",
      "Ann Lee",
      "Bye",
    ]);
    expect(said(transcript)).toEqual([
      [0, "Ann Lee", "OK. Yeah."],
      [3.12, "Bo Berg", "Well, fine."],
      [6, "Ann Lee", "Bye"],
    ]);
    expect(transcript.cues[1]?.end).toBe(5.21);
  });

  it("reads timed blocks with the speaker before the timing line", () => {
    const transcript = parseTeamsParagraphs([
      "Weekly sync",
      "Ann Lee",
      "0:0:0.0 --> 0:0:1.510",
      "Right, so we begin.",
      "Bo Berg",
      "0:0:3.120 --> 0:0:5.210",
      "Good idea.",
      "Ann Lee",
      "0:0:6.0 --> 0:0:7.0",
      "Yes.",
    ]);
    expect(said(transcript)).toEqual([
      [0, "Ann Lee", "Right, so we begin."],
      [3.12, "Bo Berg", "Good idea."],
      [6, "Ann Lee", "Yes."],
    ]);
    expect(transcript.title).toBe("Weekly sync");
  });

  it("refuses other documents with the formats in the hint", () => {
    expect(() => parseTeamsParagraphs(["Annual report", "We grew by 3 %."])).toThrow(
      expect.objectContaining({ code: "bad-request", hint: expect.stringContaining("Teams") }),
    );
  });

  it("is recognised in plain text and in any document's paragraphs", () => {
    const text = "Ann Lee  0:03\nHello\n\nBo Berg  0:08\nHi\n";
    expect(said(readTranscript(text))).toEqual([
      [3, "Ann Lee", "Hello"],
      [8, "Bo Berg", "Hi"],
    ]);
    expect(readTranscriptParagraphs(["Ann Lee   0:03", "Hello"]).format).toBe("teams-docx");
    expect(readTranscriptParagraphs(["09:14:05 Ann: Hello", "09:15:00 Bo: Hi"]).format).toBe("chat-log");
  });
});
