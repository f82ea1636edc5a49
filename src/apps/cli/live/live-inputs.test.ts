import { describe, expect, it } from "vitest";
import { BadRequestError } from "../../../errors.ts";
import { readTranscript } from "../../../files/transcript/read-transcript.ts";
import { writeWav } from "../../../models/speech/wav.ts";
import { audioPieces } from "./audio-source.ts";
import { parseLiveLink } from "./live-link.ts";
import { readRoom } from "./open-call.ts";
import { assignSpeakers, timed } from "./play-call.ts";
import { readLines } from "./read-lines.ts";

const TOKEN = "abcdefghijklmnopqrstuvwxyz0123456789_-ABCDE";

async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe("a join link", () => {
  it.each([
    [`https://h.example/live/#${TOKEN}`, "wss://h.example/api/live/socket"],
    [`http://127.0.0.1:8080/live/#${TOKEN}`, "ws://127.0.0.1:8080/api/live/socket"],
    [`https://h.example/tandem/live/#${TOKEN}`, "wss://h.example/tandem/api/live/socket"],
    [`https://h.example/tandem/live#${TOKEN}`, "wss://h.example/tandem/api/live/socket"],
  ])("%s leads to its socket", (text, socketUrl) => {
    expect(parseLiveLink(text)).toMatchObject({ token: TOKEN, socketUrl });
  });

  it.each([
    "",
    TOKEN,
    "https://h.example/live/",
    "https://h.example/live/#a b c d e f",
    `ftp://h/live/#${TOKEN}`,
  ])("is refused without its token being shown: %j", (text) => {
    expect(() => parseLiveLink(text)).toThrow(BadRequestError);
    if (!text.includes("#")) return;
    expect(() => parseLiveLink(text)).toThrow(/#…/);
  });
});

describe("the sides of a call", () => {
  it("are read with engines and retention by name", () => {
    const room = readRoom({
      title: "Delivery",
      side: ["Acme:acme.example:en", "Beta Lda::pt-PT", "Gamma:de"],
      engine: ["beta lda=model:http://localhost:8080/v1#m=x"],
      retention: ["Acme=until-closed", "Gamma=30 days"],
    });
    expect(room.sides).toEqual([
      { name: "Acme", domain: "acme.example", language: "en", retention: "until-closed" },
      { name: "Beta Lda", language: "pt-PT", engine: "model:http://localhost:8080/v1#m=x" },
      { name: "Gamma", language: "de", retention: { days: 30 } },
    ]);
  });

  it.each([
    { side: ["Acme"] },
    { side: ["Acme:x:y:en"] },
    { side: ["Acme:english!"] },
    { side: ["Acme:en"], retention: ["Acme=soon"] },
    { side: ["Acme:en"], retention: ["Acme=0"] },
    { side: ["Acme:en"], engine: ["bergamot"] },
  ])("are refused when they are not written as they should be: %j", (options) => {
    expect(() => readRoom({ title: "T", engine: [], retention: [], ...options })).toThrow(BadRequestError);
  });
});

describe("a transcript that is played", () => {
  const read = (text: string) => readTranscript(new TextEncoder().encode(text));
  const chat = read(
    "09:00 - Ada (acme.example): Hello\n09:01 - Rui (beta.example): Olá\n09:30 - Eva (acme.example): Late\n",
  );

  it("gives the speakers of an organisation one link, in the order in which they speak", () => {
    const assigned = [...assignSpeakers(chat, ["https://a/#1", "https://b/#2"]).values()];
    expect(assigned).toEqual(["https://a/#1", "https://b/#2", "https://a/#1"]);
    const same = chat.cues.map((cue) => ({
      ...cue,
      speaker: { name: `P${cue.index}`, domain: "acme.example" },
    }));
    const acme = { ...chat, cues: same, speakers: same.map(({ speaker }) => speaker) };
    expect(new Set(assignSpeakers(acme, ["https://a/#1", "https://b/#2"]).values())).toEqual(
      new Set(["https://a/#1"]),
    );
  });

  it("lets a link say whose it is, and names whoever has none", () => {
    const vtt = read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>Hi\n\n00:02.000 --> 00:03.000\n<v Rui>Olá\n");
    const assigned = assignSpeakers(vtt, ["rui=https://b/#2", "Ada=https://a/#1"]);
    expect([...assigned]).toEqual([
      ["Ada", "Ada=https://a/#1"],
      ["Rui", "rui=https://b/#2"],
    ]);
    expect(() => assignSpeakers(vtt, ["ada=https://a/#1"])).toThrow("there is no link for Rui");
  });

  it("keeps its pace, cuts long silences and guesses what is not told", () => {
    const vtt = read(
      "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ada>One two\n\n00:05.000 --> 00:06.000\n<v Rui>Three\n\n10:00.000 --> 10:01.000\n<v Ada>Four\n",
    );
    expect(timed(vtt).map(({ start, end }) => [start, end])).toEqual([
      [0, 2],
      [4, 5],
      [15, 16],
    ]);
    const starts = timed(chat).map(({ start }) => start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(starts.at(-1)!).toBeLessThan(30);
  });
});

describe("what comes on stdin", () => {
  it("is cut into lines wherever its pieces end", async () => {
    const bytes = new TextEncoder().encode("Olá é ção\r\n\nlast");
    for (const size of [1, 2, 3, 100]) {
      const lines: string[] = [];
      for await (const line of readLines(chunked(bytes, size))) lines.push(line);
      expect(lines).toEqual(["Olá é ção", "", "last"]);
    }
  });

  it("is audio, as a WAV stream or as bare samples, wherever its pieces end", async () => {
    const pcm = Int16Array.from({ length: 300 }, (_, index) => index * 100 - 15_000);
    const bare = new Uint8Array(pcm.buffer);
    for (const bytes of [bare, writeWav(pcm)])
      for (const size of [1, 7, 44, 45, 1_000]) {
        const io = { input: () => chunked(bytes, size), signal: new AbortController().signal };
        const heard: number[] = [];
        for await (const piece of audioPieces(io as never, "-", 1)) heard.push(...piece);
        expect(heard).toEqual([...pcm]);
      }
  });
});
