import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Turn, writeChatLog } from "./chat-log.fixture.ts";
import { cleanText } from "./cue-text.ts";
import { formatTime } from "./format-time.ts";
import { readTranscript } from "./read-transcript.ts";

const word = fc
  .tuple(fc.constantFrom(..."ABDEGKLMNRSTVZÉØŁШ李"), fc.stringMatching(/^[a-zéøß'’-]{1,10}[a-z]$/))
  .map(([first, rest]) => first + rest);
const speaker = fc.record(
  {
    name: fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" ")),
    domain: fc.constantFrom(
      "acme.example",
      "eu.north.example",
      "parcels.test",
      "example.co.uk",
      "contoso.com",
    ),
  },
  { requiredKeys: ["name"] },
);
const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 80 })
  .map((raw) => cleanText(raw.replace(/[\u0000-\u001F\u007F\u0085\u2028\u2029]/g, " ")))
  .filter((clean) => /[\p{L}\p{N}]/u.test(clean) && !/^\*\*/.test(clean));

function turnsOf(
  people: readonly Turn["speaker"][],
  texts: readonly string[],
  gaps: readonly number[],
): Turn[] {
  let seconds = 9 * 3600;
  return texts.map((said, index) => {
    seconds += gaps[index % gaps.length] ?? 1;
    return { speaker: people[index % people.length] as Turn["speaker"], text: said, seconds };
  });
}

describe("a written chat log", () => {
  it("reads back as the same cues", () => {
    const people = fc.uniqueArray(speaker, {
      minLength: 1,
      maxLength: 4,
      selector: ({ name }) => name.normalize("NFKC").toLowerCase(),
    });
    const gaps = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(
        people,
        fc.array(text, { minLength: 1, maxLength: 30 }),
        gaps,
        (speakers, texts, pauses) => {
          const turns = turnsOf(speakers, texts, pauses);
          const { cues, format, warnings } = readTranscript(writeChatLog(turns));
          expect(format).toBe("chat-log");
          expect(warnings).toEqual([]);
          expect(cues.map((cue) => ({ speaker: cue.speaker, text: cue.text, seconds: cue.start }))).toEqual(
            turns,
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("written WebVTT", () => {
  it("reads back as the same cues", () => {
    const escaped = (said: string): string =>
      said.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    fc.assert(
      fc.property(
        fc.array(speaker, { minLength: 1, maxLength: 3 }),
        fc.array(text, { minLength: 1 }),
        (people, texts) => {
          const turns = turnsOf(people, texts, [3, 0, 70]);
          const blocks = turns.map(({ speaker: { name }, seconds, text: said }, index) => {
            const time = `${formatTime(seconds)}.000 --> ${formatTime(seconds + 2)}.500`;
            return `guid/${index}-0\n${time}\n<v ${name}>${escaped(said)}</v>\n`;
          });
          const { cues, warnings } = readTranscript(`WEBVTT\n\n${blocks.join("\n")}`);
          expect(warnings).toEqual([]);
          expect(cues.map((cue) => cue.text)).toEqual(texts);
          expect(cues.map((cue) => cue.speaker?.name.toLowerCase())).toEqual(
            turns.map((turn) => turn.speaker.name.toLowerCase()),
          );
          expect(cues.map((cue) => [cue.start, cue.end])).toEqual(
            turns.map(({ seconds }) => [seconds, seconds + 2.5]),
          );
        },
      ),
    );
  });
});

const folder = resolve(process.env.TANDEM_CORPUS ?? "../shared/corpus", "meetings");
const meetings = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];

type Meeting = {
  readonly meeting_transcripts: readonly { readonly speaker: string; readonly content: string }[];
};

describe.skipIf(meetings.length === 0)("the corpus meetings", () => {
  it.each(meetings)("%s reads the same from JSON and from a chat log", (name) => {
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    const meeting = JSON.parse(new TextDecoder().decode(bytes)) as Meeting;
    const said = meeting.meeting_transcripts
      .map((turn) => ({ name: cleanText(turn.speaker).replace(/\s+/g, " "), text: cleanText(turn.content) }))
      .filter((turn) => turn.text !== "");
    const fromJson = readTranscript(bytes);
    expect(fromJson.format).toBe("name-text");
    expect(fromJson.cues.map((cue) => ({ name: cue.speaker?.name, text: cue.text }))).toEqual(said);
    const turns = said.map((turn, index) => ({
      speaker: { name: turn.name },
      text: turn.text,
      seconds: 32_400 + index * 7,
    }));
    const fromLog = readTranscript(writeChatLog(turns));
    expect(fromLog.format).toBe("chat-log");
    expect(fromLog.cues.map((cue) => ({ name: cue.speaker?.name, text: cue.text }))).toEqual(said);
    expect(fromLog.speakers.map((speaker) => speaker.name)).toEqual([
      ...new Set(said.map((turn) => turn.name)),
    ]);
    const asNames = readTranscript(said.map((turn) => `${turn.name}: ${turn.text}\n`).join(""));
    expect(asNames.cues.map((cue) => cue.text)).toEqual(said.map((turn) => turn.text));
  });
});
