import { describe, expect, it } from "vitest";
import { readTranscript } from "./read-transcript.ts";
import { slackText } from "./slack-text.ts";

const users = [
  { id: "U1", name: "ann", profile: { real_name: "Ann Lee", email: "ann@acme.example" } },
  { id: "U2", name: "bo", profile: { real_name: "", display_name: "Bo Berg" } },
];
// 2026-11-17 09:14:05 UTC
const T = 1_794_906_845;
const messages = [
  {
    type: "message",
    user: "U1",
    text: "Hi <@U2>, see <https://acme.example/a|the plan> &amp; <#C1|general>",
    ts: `${T}.000100`,
  },
  {
    type: "message",
    subtype: "channel_join",
    user: "U2",
    text: "<@U2> has joined the channel",
    ts: `${T + 5}.000000`,
  },
  { type: "message", user: "U2", text: "Two\nlines", ts: `${T + 60}.000000` },
  { type: "message", user: "U9", text: "Who?", ts: `${T + 61}.0`, user_profile: { real_name: "Cy Young" } },
  { type: "message", user: "U1", text: "", ts: `${T + 62}.0`, files: [{ name: "a.pdf" }] },
];

describe("a Slack export", () => {
  it("gives names, domains, UTC times and readable text", () => {
    const transcript = readTranscript(JSON.stringify({ messages, users }));
    expect(transcript).toMatchObject({ format: "slack-json", timeKind: "clock", date: "2026-11-17" });
    expect(transcript.cues.map((cue) => [cue.time, cue.speaker, cue.text])).toEqual([
      [
        "09:14:05",
        { name: "Ann Lee", domain: "acme.example" },
        "Hi @Bo Berg, see the plan (https://acme.example/a) & #general",
      ],
      ["09:15:05", { name: "Bo Berg" }, "Two lines"],
      ["09:15:06", { name: "Cy Young" }, "Who?"],
    ]);
    expect(transcript.cues[0]?.start).toBeCloseTo(33_245.0001, 3);
    expect(transcript.warnings).toEqual([
      "times are in UTC, as Slack stores them",
      "left out, a channel_join event: message 2",
      "left out, a file or card without words: message 5",
    ]);
  });

  it("reads a day's array, an array of days and an object of days", () => {
    const next = [{ type: "message", user: "U1", text: "Next day", ts: `${T + 86_400}.0` }];
    const day = [{ type: "message", user: "U1", text: "A day", ts: `${T}.0` }];
    expect(readTranscript(JSON.stringify(day)).cues).toHaveLength(1);
    for (const days of [[day, next], { "2026-11-17.json": day, "2026-11-18.json": next }]) {
      const { cues } = readTranscript(JSON.stringify(days));
      expect(cues.map((cue) => cue.start)).toEqual([33_245, 33_245 + 86_400]);
      expect(cues[1]?.flags).toEqual(["passed-midnight"]);
      expect(cues[0]?.speaker).toEqual({ name: "U1" });
    }
  });

  it("turns messages that stand newest first round, and says so", () => {
    const { cues, warnings } = readTranscript(JSON.stringify(messages.slice(0, 4).reverse()));
    expect(cues.map((cue) => cue.text).at(-1)).toBe("Who?");
    expect(cues.every((cue) => cue.flags.length === 0)).toBe(true);
    expect(warnings[0]).toContain("newest first");
  });

  it("writes every kind of mark-up as text", () => {
    const nameOf = (id: string): string | undefined => (id === "U1" ? "Ann" : undefined);
    expect(
      slackText("<!here> <!subteam^S1|@ops> <@U7|cy> <mailto:a@b.example|a@b.example> a < b", nameOf),
    ).toBe("@here @ops @cy a@b.example a < b");
    expect(slackText(`${"<".repeat(200_000)}`, nameOf)).toHaveLength(200_000);
  });
});

describe("other JSON", () => {
  it("reads a meeting data set's turns", () => {
    const transcript = readTranscript(
      JSON.stringify({
        meeting_transcripts: [
          { speaker: "Chair", content: "Hello" },
          { speaker: "Ann", content: " " },
        ],
      }),
    );
    expect(transcript).toMatchObject({
      format: "name-text",
      timeKind: "none",
      speakers: [{ name: "Chair" }],
    });
    expect(transcript.warnings).toEqual(["left out, has no words: turn 2"]);
  });

  it("reads a recogniser's segments with seconds", () => {
    const { cues } = readTranscript(
      JSON.stringify({ segments: [{ start: 1.5, end: 2, text: " Hi", speaker: "SPEAKER_00" }] }),
    );
    expect(cues[0]).toMatchObject({ start: 1.5, end: 2, text: "Hi", speaker: { name: "SPEAKER_00" } });
  });

  it("says when JSON is cut off and when it is something else", () => {
    expect(() => readTranscript('[{"type":"message","text":"a')).toThrow(
      expect.objectContaining({ code: "file-damaged", hint: expect.stringContaining("again") }),
    );
    expect(() => readTranscript('{"a":[1,2]}')).toThrow(expect.objectContaining({ code: "bad-request" }));
    expect(() => readTranscript(`${"[".repeat(300_000)}`)).toThrow(
      expect.objectContaining({ code: "file-damaged" }),
    );
    expect(() => readTranscript(`${"[".repeat(3000)}${"]".repeat(3000)}`)).toThrow(/no Slack messages/);
  });
});
