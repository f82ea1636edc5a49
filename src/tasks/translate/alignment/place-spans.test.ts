import { describe, expect, it } from "vitest";
import { alignerFromJson, alignerToJson } from "./aligner-json.ts";
import { linkWords } from "./link-words.ts";
import { placeSpans } from "./place-spans.ts";
import { type Aligner, emptyAligner, type TextPair, trainAligner } from "./train-aligner.ts";

const english = ["file", "folder", "window", "printer", "colour", "network", "picture", "name"];
const german = ["Datei", "Ordner", "Fenster", "Drucker", "Farbe", "Netz", "Bild", "Name"];

/** Sentences that put their words in another order, so that place alone says nothing. */
const pairs: TextPair[] = english.flatMap((word, index) =>
  english.flatMap((other, second) =>
    index === second
      ? []
      : [
          {
            source: `Open the ${word} before you close the ${other}.`,
            target: `Bevor Sie ${german[second]} schließen, öffnen Sie ${german[index]}.`,
          },
        ],
  ),
);

function place(aligner: Aligner, source: string, target: string, ...texts: string[]): (string | undefined)[] {
  const spans = texts.map((text) => ({
    start: source.indexOf(text),
    end: source.indexOf(text) + text.length,
  }));
  const placed = placeSpans(linkWords(aligner, source, target), aligner, source, target, spans);
  return placed.map((each) => each && target.slice(each.start, each.end));
}

const source = "Open the printer before you close the picture.";
const target = "Bevor Sie Bild schließen, öffnen Sie Drucker.";

describe("placeSpans", () => {
  const aligner = trainAligner(pairs);

  it("finds where words went from how they were translated elsewhere", () => {
    expect(place(aligner, source, target, "printer", "picture")).toEqual(["Drucker", "Bild"]);
  });

  it("goes by spelling and place where nothing was learned", () => {
    expect(
      place(emptyAligner(), "Press Enter in the Terminal", "Drücken Sie im Terminal Enter", "Enter"),
    ).toEqual(["Enter"]);
  });

  it("keeps an inner span inside the outer one", () => {
    const [outer, inner] = place(aligner, source, target, "close the picture", "picture");
    expect(inner).toBe("Bild");
    expect(outer).toContain("Bild");
  });

  it("keeps clear of a span whose place is known", () => {
    const links = linkWords(aligner, source, target);
    const spans = [
      { start: 9, end: 16, place: { start: 37, end: 44 } },
      { start: 38, end: 45 },
    ];
    expect(placeSpans(links, aligner, source, target, spans)[1]).toEqual({ start: 10, end: 14 });
  });

  it("trusts a translation of the span's own text over everything", () => {
    const links = linkWords(emptyAligner(), source, target);
    const span = { start: 9, end: 16, translations: ["drucker"] };
    const [placed] = placeSpans(links, emptyAligner(), source, target, [span]);
    expect(target.slice(placed?.start, placed?.end)).toBe("Drucker");
  });

  it("says nothing of a text without words, and of a span over a space", () => {
    expect(place(aligner, source, "", "printer")).toEqual([undefined]);
    const links = linkWords(aligner, "a b", "c d");
    expect(placeSpans(links, aligner, "a b", "c d", [{ start: 1, end: 2 }])).toEqual([undefined]);
  });

  it("takes quotation marks in where people did so in this pair of languages", () => {
    const quoted = (word: string, inside: boolean): TextPair => {
      const mark = `«${word}»`;
      const start = "Wählen Sie ".length + (inside ? 0 : 1);
      const stretch = { start, end: start + word.length + (inside ? 2 : 0) };
      return {
        source: `Select ${word} now`,
        target: `Wählen Sie ${mark} jetzt`,
        spans: [{ source: { start: 7, end: 7 + word.length }, target: stretch }],
      };
    };
    for (const inside of [true, false]) {
      const taught = trainAligner(["Alpha", "Beta", "Gamma"].map((word) => quoted(word, inside)));
      const found = place(taught, "Select Delta now", "Wählen Sie «Delta» jetzt", "Delta");
      expect(found).toEqual([inside ? "«Delta»" : "Delta"]);
    }
  });

  it("ends on a segment that is no sentence", () => {
    const long = Array.from({ length: 3000 }, (_, index) => `w${index % 700}`).join(" ");
    const spans = Array.from({ length: 400 }, (_, index) => ({ start: index * 20, end: index * 20 + 15 }));
    const links = linkWords(aligner, long, long);
    expect(placeSpans(links, aligner, long, long, spans)).toHaveLength(400);
  });
});

describe("trainAligner", () => {
  it("learns more from further pairs and leaves the first aligner as it was", () => {
    const first = trainAligner(pairs.filter(({ source: text }) => !text.includes("printer")));
    const before = JSON.stringify(alignerToJson(first));
    const second = trainAligner(
      pairs.filter(({ source: text }) => text.includes("printer")),
      { from: first },
    );
    expect(place(second, source, target, "printer", "picture")).toEqual(["Drucker", "Bild"]);
    expect(JSON.stringify(alignerToJson(first))).toBe(before);
  });

  it("comes back from JSON with what it knew", () => {
    const again = alignerFromJson(JSON.parse(JSON.stringify(alignerToJson(trainAligner(pairs)))));
    expect(place(again, source, target, "printer", "picture")).toEqual(["Drucker", "Bild"]);
    const more = trainAligner(pairs.slice(0, 3), { from: again });
    expect(more.sourceLength).toBeGreaterThan(again.sourceLength);
  });

  it("takes pairs without words", () => {
    expect(trainAligner([{ source: "", target: "x" }]).targetLength).toBe(1);
    expect(trainAligner([]).forwardCounts).toHaveLength(0);
  });
});
