import { describe, expect, it } from "vitest";
import { captionSeconds } from "./caption-blocks.ts";
import { readTranscript } from "./read-transcript.ts";

const GUID = "5d1f8a52-6a0c-4c4e-9f57-1b1d9a1c2e3f";

describe("WebVTT", () => {
  it("reads Teams: ids, voice tags, wrapped lines, entities, several voices in a cue", () => {
    const transcript = readTranscript(
      [
        "WEBVTT",
        "",
        `${GUID}/12-0`,
        "00:00:03.120 --> 00:00:05.210",
        "<v Ann Lee>We have R&amp;D here,",
        "and it&#39;s &lt;5 people.</v>",
        "",
        `${GUID}/13-0`,
        "00:00:06.000 --> 00:00:08.000 align:start",
        "<v.loud Bo Berg>Yes.</v><v Ann Lee>I <i>heard</i> you <3</v>",
        "",
        "NOTE a comment",
        "over two lines",
        "",
      ].join("\r\n"),
    );
    expect(transcript.format).toBe("webvtt");
    expect(transcript.timeKind).toBe("offset");
    expect(transcript.cues.map((cue) => [cue.start, cue.end, cue.speaker?.name, cue.text])).toEqual([
      [3.12, 5.21, "Ann Lee", "We have R&D here, and it's <5 people."],
      [6, 8, "Bo Berg", "Yes."],
      [6, 8, "Ann Lee", "I heard you <3"],
    ]);
    expect(transcript.cues[0]?.time).toBe("00:00:03.120");
    expect(transcript.warnings).toEqual([]);
  });

  it("reads Zoom: names in the text, and cues without one go on with the speaker", () => {
    const { cues, speakers } = readTranscript(
      [
        "WEBVTT",
        "",
        "1",
        "00:00:01.000 --> 00:00:02.000",
        "Ann Lee (acme.example): Hello",
        "",
        "2",
        "00:00:03.000 --> 00:00:04.000",
        "everybody. Note: we start late.",
        "",
        "3",
        "00:00:05.000 --> 00:00:06.000",
        "Bo Berg: Right.",
        "Ann Lee: Good.",
        "",
      ].join("\n"),
    );
    expect(cues.map((cue) => `${cue.speaker?.name}: ${cue.text}`)).toEqual([
      "Ann Lee: Hello",
      "Ann Lee: everybody. Note: we start late.",
      "Bo Berg: Right.",
      "Ann Lee: Good.",
    ]);
    expect(speakers).toEqual([{ name: "Ann Lee", domain: "acme.example" }, { name: "Bo Berg" }]);
  });

  it("reads Teams' times without leading zeros, where the fraction counts milliseconds", () => {
    const { cues } = readTranscript("WEBVTT\n\n0:0:2.90 --> 0:1:5.320\n<v Ann Lee>This is it.</v>\n");
    expect(cues[0]).toMatchObject({ start: 2.09, end: 65.32, speaker: { name: "Ann Lee" } });
    expect(captionSeconds("00:00:02.90")).toBe(2.9);
    expect(captionSeconds("01:02")).toBe(62);
    expect(captionSeconds("1:99:00")).toBeUndefined();
  });

  it("keeps what has no readable time, and names stray lines", () => {
    const { cues, warnings } = readTranscript(
      "WEBVTT - Weekly 2026-11-17\n\nxx --> yy\n<v Ann>Hi</v>\n\nlost line\n\n00:00:09.000 --> 00:00:10.000\n<v Bo>Yo</v>",
    );
    expect(cues[0]).toMatchObject({ text: "Hi", flags: ["no-time"] });
    expect(cues[1]).toMatchObject({ text: "Yo", start: 9 });
    expect(warnings).toEqual([
      "there is no readable time at line 3",
      'line 6 left out, belongs to no cue: "lost line"',
    ]);
  });

  it("reads blocks that are not set apart by empty lines", () => {
    const { cues } = readTranscript(
      "WEBVTT\n00:01.000 --> 00:02.000\nAnn: one\n2\n00:03.000 --> 00:04.000\nAnn: two",
    );
    expect(cues.map((cue) => cue.text)).toEqual(["one", "two"]);
  });

  it("refuses one without any cue", () => {
    expect(() => readTranscript("WEBVTT\n\nNOTE nothing\n")).toThrow(/no words/);
  });
});

describe("SubRip", () => {
  it("reads times with a comma, with and without names", () => {
    const named = readTranscript(
      "1\n00:00:01,000 --> 00:00:02,500\nAnn: <i>Hi</i>\n\n2\n00:00:03,000 --> 00:00:04,000\n{\\an8}there\n\n3\n00:00:05,000 --> 00:00:06,000\nBo: Yo\n",
    );
    expect(named.format).toBe("srt");
    expect(named.cues.map((cue) => [cue.start, cue.speaker?.name, cue.text])).toEqual([
      [1, "Ann", "Hi"],
      [3, "Ann", "there"],
      [5, "Bo", "Yo"],
    ]);
    const bare = readTranscript("1\n00:00:01,000 --> 00:00:02,500\nHi\nthere\n");
    expect(bare.cues).toEqual([
      { index: 0, start: 1, end: 2.5, time: "00:00:01,000", text: "Hi there", flags: [] },
    ]);
    expect(bare.speakers).toEqual([]);
  });

  it("reads .sbv too", () => {
    const { cues } = readTranscript("0:00:01.000,0:00:05.000\nAnn: hi\n\n0:00:06.000,0:00:09.000\nBo: yo\n");
    expect(cues.map((cue) => [cue.start, cue.end, cue.speaker?.name, cue.text])).toEqual([
      [1, 5, "Ann", "hi"],
      [6, 9, "Bo", "yo"],
    ]);
  });
});
