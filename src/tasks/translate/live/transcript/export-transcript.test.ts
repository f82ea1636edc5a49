import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openFile, paragraphText } from "../../../../files/index.ts";
import { readTmx } from "../../../../files/tmx/read-tmx.ts";
import { readTranscript } from "../../../../files/transcript/read-transcript.ts";
import type { LiveLine, Participant } from "../types.ts";
import { type ExportTranscriptOptions, exportTranscript } from "./export-transcript.ts";

const sides = [
  { id: "acme", name: "Acme", domain: "acme.example", language: "en" },
  { id: "ota", name: "Ota", domain: "ota.example", language: "ar" },
];
const ann: Participant = { id: "1", name: "Ann Lee", side: "acme", language: "en" };
const rui: Participant = { id: "2", name: "Rui Melo", side: "ota", language: "pt" };

const line = (
  seq: number,
  speaker: Participant,
  text: string,
  translations: Record<string, string> = {},
): LiveLine => ({
  seq,
  at: new Date(Date.UTC(2026, 10, 23, 9, 14, seq)),
  speaker,
  text,
  translations,
  language: speaker.language,
});

const call = [
  line(3, ann, "Good morning.", { pt: "Bom dia." }),
  line(5, rui, "Temos 2 quartos\nlivres & limpos."),
  line(7, ann, "I take <both> --> now.", { pt: "Fico com <ambos> --> já." }),
  line(9, ann, "This one failed."),
];

const text = (options: Partial<ExportTranscriptOptions>, lines: readonly LiveLine[] = call): string =>
  exportTranscript(lines, sides, { format: "vtt", language: "pt-PT", title: "Rooms", ...options }) as string;

describe("exportTranscript", () => {
  it.each(["vtt", "chat-log"] as const)(
    "writes a %s that reads back with speakers, times and words",
    (format) => {
      const { cues, speakers, date, title, warnings } = readTranscript(text({ format }));
      expect(cues.map((cue) => [cue.speaker?.name, cue.text])).toEqual([
        ["Ann Lee", "Bom dia."],
        ["Rui Melo", "Temos 2 quartos livres & limpos."],
        ["Ann Lee", "Fico com <ambos> --> já."],
        ["Ann Lee", "This one failed."],
      ]);
      expect(cues.map(({ start }) => start! - cues[0]!.start!)).toEqual([0, 2, 4, 6]);
      expect(speakers).toEqual([
        { name: "Ann Lee", domain: "acme.example" },
        { name: "Rui Melo", domain: "ota.example" },
      ]);
      expect(date).toBe("2026-11-23");
      expect(title).toContain("Rooms");
      expect(warnings).toEqual([]);
    },
  );

  it("keeps what was said beside its caption", () => {
    expect(text({})).toContain("NOTE en: Good morning.");
    expect(text({})).not.toContain("NOTE pt");
  });

  it("writes times of the zone that is asked for", () => {
    expect(text({ format: "chat-log", timeZone: "Asia/Tokyo" })).toContain(
      "18:14:03 Ann Lee (acme.example): Bom dia.",
    );
  });

  it("writes a memory of what was translated, without what must not be used", () => {
    const blocked: LiveLine = {
      ...line(11, ann, "Bad.", { pt: "Mau." }),
      findings: { pt: [{ kind: "refusal", severity: "blocking", text: "the engine speaks of itself" }] },
    };
    const { units } = readTmx(text({ format: "tmx" }, [...call, blocked]));
    expect(
      units.map(({ variants }) => variants.map(({ language, content }) => [language, content.text])),
    ).toEqual([
      [
        ["en", "Good morning."],
        ["pt", "Bom dia."],
      ],
      [
        ["en", "I take <both> --> now."],
        ["pt", "Fico com <ambos> --> já."],
      ],
    ]);
  });

  it("writes a document with both languages, each in its direction", () => {
    const lines = [
      line(3, ann, "Good morning.", { ar: "صباح الخير." }),
      line(5, { ...rui, language: "ar" }, "لدينا غرفتان."),
    ];
    const bytes = exportTranscript(lines, sides, { format: "docx", language: "ar", title: "Rooms" });
    const file = openFile(bytes as Uint8Array);
    const texts = file.paragraphs.map((paragraph) => paragraphText(paragraph));
    expect(texts).toEqual(
      expect.arrayContaining(["Rooms", "Ann Lee, Acme (acme.example)", "09:14:03", "صباح الخير."]),
    );
    const { source } = file.stories[0]!.tree;
    expect(source).toContain("<w:bidiVisual/>");
    const paragraphs = source.match(/<w:p[ >].*?<\/w:p>/gs)!;
    const of = (words: string): string => paragraphs.find((xml) => xml.includes(words))!;
    expect(of("صباح الخير.")).toMatch(/<w:bidi\/>.*<w:rtl\/>/s);
    expect(of("Good morning.")).not.toMatch(/<w:bidi\/>|<w:rtl\/>/);
  });

  it("leaves the table as it is where only what was said runs from right to left", () => {
    const lines = [line(5, { ...rui, language: "he" }, "שלום לכולם.", { en: "Hello, everyone." })];
    const bytes = exportTranscript(lines, sides, { format: "docx", language: "en", title: "Rooms" });
    const { source } = openFile(bytes as Uint8Array).stories[0]!.tree;
    expect(source).not.toContain("<w:bidiVisual");
    expect(source).toMatch(/<w:rtl\/>/);
  });

  it("stands any text and any name", () => {
    const words = fc.string({ unit: "binary", minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(fc.tuple(words, words, words), { minLength: 1, maxLength: 5 }), (all) => {
        const lines = all.map(([name, said, target], index) =>
          line(index + 1, { ...ann, name }, `said ${said}`, { pt: `dito ${target}` }),
        );
        expect(readTranscript(text({}, lines)).cues.map((cue) => cue.text.slice(0, 4))).toEqual(
          lines.map(() => "dito"),
        );
        expect(readTmx(text({ format: "tmx" }, lines)).units).toHaveLength(lines.length);
      }),
      { numRuns: 20 },
    );
  });

  it("puts any text and any name into a document", () => {
    const words = fc.string({ unit: "binary", minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(words, words, words, (name, said, target) => {
        const lines = [line(1, { ...ann, name }, `said ${said}`, { ar: `قال ${target}` })];
        const bytes = exportTranscript(lines, sides, { format: "docx", language: "ar", title: name });
        const texts = openFile(bytes as Uint8Array).paragraphs.map((paragraph) => paragraphText(paragraph));
        expect(texts).toEqual(
          expect.arrayContaining([expect.stringMatching(/^said/), expect.stringMatching(/^قال/)]),
        );
        expect(texts.join("")).not.toMatch(/\ue000/);
      }),
      { numRuns: 12 },
    );
  });

  it("writes a call in which nobody spoke", () => {
    for (const format of ["docx", "vtt", "tmx", "chat-log"] as const)
      expect(text({ format }, []).length).toBeGreaterThan(0);
  });
});
