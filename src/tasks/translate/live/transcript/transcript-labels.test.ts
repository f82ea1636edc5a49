import { describe, expect, it } from "vitest";
import { openFile, paragraphText } from "../../../../files/index.ts";
import { exportTranscript } from "./export-transcript.ts";
import { transcriptLabels } from "./transcript-labels.ts";

describe("the labels of a transcript", () => {
  it.each(["pt", "es", "de", "fr", "it", "nl"])("are in %s where that is the side's language", (language) => {
    const own = transcriptLabels(language);
    expect(own).not.toEqual(transcriptLabels("en"));
    for (const label of Object.values(own)) expect(label).toMatch(/^\p{L}[\p{L}\p{M}'’ ]+$/u);
  });

  it("are those of the language in any of its countries, and English where there are none", () => {
    expect(transcriptLabels("PT-br")).toEqual(transcriptLabels("pt"));
    expect(transcriptLabels("qu").transcript).toBe("Transcript");
    expect(transcriptLabels("constructor").transcript).toBe("Transcript");
  });

  it("stand in the document with the date in that language and the zone of the times", () => {
    const at = new Date("2026-11-23T09:14:00Z");
    const speaker = { id: "1", name: "Ann", side: "a", language: "en" };
    const bytes = exportTranscript(
      [{ seq: 1, at, speaker, text: "Hello.", translations: { pt: "Olá." } }],
      [{ id: "a", name: "Acme", language: "en" }],
      { format: "docx", language: "pt", title: "Vendas", timeZone: "Europe/Lisbon" },
    ) as Uint8Array;
    const texts = openFile(bytes).paragraphs.map((paragraph) => paragraphText(paragraph));
    expect(texts).toContain("23 de novembro de 2026, Europe/Lisbon");
    expect(texts).toContain("Participantes");
    expect(texts).toContain("Transcrição");
  });
});
