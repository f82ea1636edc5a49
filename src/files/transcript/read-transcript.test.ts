import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cueLabel, formatTime } from "./format-time.ts";
import { readTranscript } from "./read-transcript.ts";
import { findDomain, parseSpeaker } from "./speaker-label.ts";

function milliseconds(run: () => unknown): number {
  const start = performance.now();
  try {
    run();
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/bad-request|file-/) });
  }
  return performance.now() - start;
}

describe("plain names and texts", () => {
  it("reads them with wrapped lines, notes and markdown", () => {
    const { cues, format, timeKind, title } = readTranscript(
      "Weekly call\n\n**Ann:** Here it is,\nthe plan.\nNote: we ship 3: A, B\n**Bo:** Fine.\n**Ann:** Good.\n",
    );
    expect({ format, timeKind, title }).toEqual({
      format: "name-text",
      timeKind: "none",
      title: "Weekly call",
    });
    expect(cues.map((cue) => `${cue.speaker?.name}|${cue.text}`)).toEqual([
      "Ann|Here it is, the plan. Note: we ship 3: A, B",
      "Bo|Fine.",
      "Ann|Good.",
    ]);
    expect(cues[0]?.flags).toEqual(["no-time"]);
  });

  it("gives a line that is only a time to the utterance below (Google Meet)", () => {
    const { cues } = readTranscript(
      "00:00:00\nAnn Lee: Hi\nBo Berg: Yo\n00:05:00\nAnn Lee: Back\nBo Berg: Ok\n",
    );
    expect(cues.map((cue) => cue.start)).toEqual([0, undefined, 300, undefined]);
  });

  it("accepts a very short one and one with domains", () => {
    expect(readTranscript("Ann: hello\nBo: hi").cues).toHaveLength(2);
    expect(readTranscript("Ann Lee (acme.example): hello").speakers[0]?.domain).toBe("acme.example");
  });

  it("joins Chinese lines without a space", () => {
    expect(readTranscript("王明：你好，\n世界\n李华：好\n王明：再见").cues[0]?.text).toBe("你好，世界");
  });
});

describe("what is no transcript", () => {
  it.each([
    ["prose", "It was a fine day. We went out.\n\nNote: nobody came back: not one.\nThe end was near."],
    [
      "a mail",
      "From: a@b.example\nTo: c@d.example\nSubject: Hello\n\nDear all,\nplease find the plan below.\nBest",
    ],
    ["html", "<!DOCTYPE html><p>Ann: hi</p>"],
    ["a list of fields", "Name: Ann\nAge: 5\nAddress: 12 High Street"],
    ["an agenda", "Agenda\n10:00 Keynote\n10:30 Coffee break\n11:00 Workshop: the future\n"],
    ["nothing", " \n\u00A0\r\n"],
    ["one line", "hello"],
  ])("%s is refused with the formats in the hint", (_, text) => {
    expect(() => readTranscript(text)).toThrow(
      expect.objectContaining({ code: "bad-request", hint: expect.stringContaining("chat logs") }),
    );
  });

  it("names other kinds of files", () => {
    const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
    const refused = (code: string): unknown => expect.objectContaining({ code, hint: expect.any(String) });
    expect(() => readTranscript(bytes("PK\u0003\u0004rest"))).toThrow(refused("file-damaged"));
    expect(() => readTranscript(bytes("%PDF-1.7"))).toThrow(refused("file-unsupported"));
    expect(() => readTranscript(new Uint8Array(100))).toThrow(refused("file-damaged"));
    expect(() => readTranscript(new Uint8Array(0))).toThrow(refused("bad-request"));
    expect(() => readTranscript(new Uint8Array(21 * 1024 * 1024))).toThrow(refused("file-too-large"));
  });
});

describe("encodings", () => {
  const line = "09:14:05 Zoë (acme.example): naïve – “yes” €5";
  const utf16 = (little: boolean, mark: boolean): Uint8Array => {
    const text = mark ? `\uFEFF${line}` : line;
    const bytes = new Uint8Array(text.length * 2);
    const view = new DataView(bytes.buffer);
    for (let index = 0; index < text.length; index += 1)
      view.setUint16(index * 2, text.charCodeAt(index), little);
    return bytes;
  };
  it.each([
    ["UTF-8", new TextEncoder().encode(line)],
    ["UTF-8 with a mark", new TextEncoder().encode(`\uFEFF${line}`)],
    ["UTF-16 little endian", utf16(true, true)],
    ["UTF-16 big endian", utf16(false, true)],
    ["UTF-16 without a mark", utf16(true, false)],
    [
      "windows-1252",
      Uint8Array.from(
        line,
        (char) => ({ "–": 0x96, "“": 0x93, "”": 0x94, "€": 0x80 })[char] ?? char.charCodeAt(0),
      ),
    ],
  ])("%s is read", (_, bytes) => {
    const { cues } = readTranscript(bytes);
    expect(cues[0]?.speaker).toEqual({ name: "Zoë", domain: "acme.example" });
    expect(cues[0]?.text).toBe("naïve – “yes” €5");
  });
});

describe("the date", () => {
  const text = "Call of 2026-11-17\n09:14 Ann: Hi";
  it("comes from the caller, else from the text, else from the file's name", () => {
    expect(readTranscript(text, { date: "2026-11-18", name: "2025-01-01.txt" }).date).toBe("2026-11-18");
    expect(readTranscript(text, { name: "2025-01-01.txt" }).date).toBe("2026-11-17");
    expect(readTranscript("09:14 Ann: Hi", { name: "GMT20261117-140000.txt" }).date).toBe("2026-11-17");
    expect(readTranscript("09:14 Ann: Hi", { name: "call.txt" }).date).toBeUndefined();
    expect(() => readTranscript(text, { date: "2026-02-30" })).toThrow(
      expect.objectContaining({ code: "bad-request" }),
    );
  });
});

describe("speakers' domains", () => {
  it.each([
    ["mail.sales.example.co.uk", "example.co.uk"],
    ["ann@EU.Contoso.com", "contoso.com"],
    ["https://www.contoso.com/", "contoso.com"],
    ["acme.example", "acme.example"],
    ["eu.acme.test", "eu.acme.test"],
    ["printer.local", "printer.local"],
    ["ann@corp.unknownsuffix", "corp.unknownsuffix"],
  ])("%s gives %s", (text, domain) => {
    expect(findDomain(text)).toBe(domain);
  });

  it.each(["Acme Ltd", "Node.js", "v2.0", "U.S.A", "10.0.0.1", "J.Smith", "a b@c.com", "@ann", ""])(
    "%j is no domain",
    (text) => {
      expect(findDomain(text)).toBeUndefined();
    },
  );

  it("leaves the rest of the label in the name", () => {
    expect(parseSpeaker("Ann Lee (Acme, acme.example)")).toEqual({
      name: "Ann Lee (Acme)",
      domain: "acme.example",
    });
    expect(parseSpeaker("Ann Lee (Guest)")).toEqual({ name: "Ann Lee (Guest)" });
    expect(parseSpeaker("ann@acme.example")).toEqual({ name: "ann@acme.example", domain: "acme.example" });
    expect(parseSpeaker("  ")).toBeUndefined();
  });
});

describe("formatTime", () => {
  it("shows hours, minutes and seconds, and a clock starts again at midnight", () => {
    expect(formatTime(33_245.9)).toBe("09:14:05");
    expect(formatTime(86_410)).toBe("24:00:10");
    expect(formatTime(86_410, "clock")).toBe("00:00:10");
    expect(cueLabel({ index: 4 })).toBe("#5");
    expect(cueLabel({ index: 4, start: 5 })).toBe("00:00:05");
    expect(cueLabel({ index: 4, start: 5, time: "0:05" })).toBe("0:05");
  });
});

describe("size", () => {
  it("reads 5,000 cues in much less than a second", () => {
    const lines = Array.from({ length: 5000 }, (_, index) => {
      const said = "we talk about the plan and the budget ".repeat(4);
      return `${formatTime(32_400 + index * 2)} Speaker ${index % 7} (acme.example): ${said}`;
    });
    const text = lines.join("\n");
    expect(milliseconds(() => expect(readTranscript(text).cues).toHaveLength(5000))).toBeLessThan(1000);
  });

  const MB = 1_000_000;
  // Work that grows with the square of the size would take minutes here; the limit leaves room for a busy machine.
  it.each([
    ["one long line", `09:14:05 Ann: ${"a".repeat(5 * MB)}`],
    ["spaces", `09:14:05 Ann: x${" ".repeat(5 * MB)}y`],
    ["open brackets", `09:14:05 ${"(".repeat(5 * MB)}`],
    ["open tags", `WEBVTT\n\n00:01.000 --> 00:02.000\n${"<v ".repeat(MB)}`],
    ["tags that end late", `WEBVTT\n\n00:01.000 --> 00:02.000\n<v${".a".repeat(2 * MB)}`],
    ["ampersands", `WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>${"&amp".repeat(MB)}`],
    ["arrows", "-->".repeat(MB)],
    ["colons", ":".repeat(5 * MB)],
    ["times in one line", "09:14:05 ".repeat(500_000)],
    ["empty lines", "\n".repeat(5 * MB)],
    ["timing lines", "0:0:0.0 --> 0:0:1.0\n".repeat(150_000)],
    ["timing lines and ids", "1\n00:00:00,000 --> 00:00:01,000\n".repeat(100_000)],
    ["short lines", "a:\n".repeat(590_000)],
    ["too many cues", "09:14:05 Ann: a\n".repeat(250_000)],
  ])("%s of megabytes costs no more than seconds", (_, text) => {
    expect(milliseconds(() => readTranscript(text))).toBeLessThan(6000);
  });

  it("refuses more than 200,000 cues", () => {
    expect(() => readTranscript("09:14:05 Ann: a\n".repeat(200_001))).toThrow(
      expect.objectContaining({ code: "file-too-large" }),
    );
  });
});

describe("the demo call", () => {
  const demo = (name: string): string =>
    readFileSync(new URL(`../../../demo/${name}`, import.meta.url), "utf8");
  it("is read without a warning, and its expected minutes point to cues that are there", () => {
    const transcript = readTranscript(demo("call.txt"));
    const expected = JSON.parse(demo("call.expected.json")) as {
      title: string;
      date: string;
      participants: unknown;
      [key: string]: unknown;
    };
    expect(transcript.warnings).toEqual([]);
    expect(transcript.cues.length).toBeGreaterThanOrEqual(25);
    expect(transcript.title).toBe(expected.title);
    expect(transcript.date).toBe(expected.date);
    expect(transcript.speakers).toEqual(expected.participants);
    const times = new Set(transcript.cues.map((cue) => cue.time));
    for (const [time] of JSON.stringify(expected).matchAll(/\d\d:\d\d:\d\d(?=")/g))
      expect(times).toContain(time);
  });
});
